//! How letters leave, as said to `spelplan serve`: the mail server, who we are to it, and in whose name.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use spelplan_app::letters::{Office, Post, Road, Tls, is_address};

use crate::output::Failure;

/// Where a mail server's secret may stand besides its file. Never on the command line, where everybody on the machine reads it.
const SECRET: &str = "SPELPLAN_SMTP_SECRET";
/// Longest wait for any answer of the mail server.
const PATIENCE: Duration = Duration::from_secs(20);

/// Mail out.
#[derive(Debug, Clone, Default, Args)]
#[command(
    next_help_heading = "Mail out (its secret in SPELPLAN_SMTP_SECRET or in a file; without a server letters are kept to be taken out as files)"
)]
pub struct MailArguments {
    /// Mail server; nothing leaves before somebody presses Send
    #[arg(long, value_name = "HOST", env = "SPELPLAN_SMTP_HOST", requires = "smtp_from")]
    pub smtp_host: Option<String>,
    /// Its port; 587, 465 or 25 after how the way is hidden
    #[arg(long, value_name = "PORT", env = "SPELPLAN_SMTP_PORT")]
    pub smtp_port: Option<u16>,
    /// How the way is hidden: starttls, tls from the first byte, none (only on this machine or in your own rooms)
    #[arg(long, value_name = "HOW", env = "SPELPLAN_SMTP_TLS", default_value = "starttls", value_parser = tls)]
    pub smtp_tls: Tls,
    /// Name to sign in by, where it asks for one
    #[arg(long, value_name = "NAME", env = "SPELPLAN_SMTP_USER")]
    pub smtp_user: Option<String>,
    /// File with the secret to sign in by
    #[arg(long, value_name = "FILE", env = "SPELPLAN_SMTP_SECRET_FILE")]
    pub smtp_secret_file: Option<PathBuf>,
    /// Address that letters come from
    #[arg(long, value_name = "ADDRESS", env = "SPELPLAN_SMTP_FROM", value_parser = address)]
    pub smtp_from: Option<String>,
    /// Send nothing, whatever is pressed: letters are prepared, and every page says so
    #[arg(long)]
    pub mail_dry_run: bool,
}

impl MailArguments {
    /// How letters leave.
    pub fn post(&self) -> Result<Post, Failure> {
        let mut post = Post::default();
        if let Some(sender) = &self.smtp_from {
            post.sender.clone_from(sender);
        }
        post.road = match (&self.smtp_host, self.mail_dry_run) {
            (_, true) => Road::DryRun,
            (None, false) => Road::None,
            (Some(host), false) => Road::Server(Office {
                host: host.clone(),
                port: self.smtp_port.unwrap_or(self.smtp_tls.port()),
                tls: self.smtp_tls,
                login: self.login()?,
                patience: PATIENCE,
            }),
        };
        Ok(post)
    }

    fn login(&self) -> Result<Option<(String, String)>, Failure> {
        let Some(user) = &self.smtp_user else { return Ok(None) };
        let secret = match &self.smtp_secret_file {
            Some(file) => read(file)?,
            None => std::env::var(SECRET).unwrap_or_default(),
        };
        if secret.is_empty() {
            let words = format!(
                "A318 --smtp-user needs a secret: put it into {SECRET}, or into a file named by --smtp-secret-file"
            );
            return Err(Failure { exit: 2, words });
        }
        Ok(Some((user.clone(), secret)))
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|cause| Failure {
        exit: 2,
        words: format!(
            "A318 the mail server's secret cannot be read from {}: {cause}. Check the file and who may read it",
            file.display()
        ),
    })?;
    Ok(text.trim().to_owned())
}

fn tls(word: &str) -> Result<Tls, String> {
    Tls::named(word).ok_or_else(|| format!("`{word}` is no way to hide mail; write starttls, tls or none"))
}

fn address(word: &str) -> Result<String, String> {
    let wrong = || format!("`{word}` is no mail address; write one such as plan@company.example");
    is_address(word).then(|| word.to_owned()).ok_or_else(wrong)
}
