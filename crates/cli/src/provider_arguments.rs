//! What can be said of a provider of sign-in on the command line.

use std::path::PathBuf;

use clap::Args;
use spelplan_app::people::Provider;

use crate::output::Failure;

/// A provider of sign-in (OpenID Connect) beside passwords.
#[derive(Debug, Clone, Args)]
pub struct ProviderArguments {
    /// Let people sign in at this OpenID Connect provider as well: its issuer
    #[arg(long, value_name = "URL", env = "SPELPLAN_OIDC_ISSUER", requires = "oidc_client")]
    pub oidc_issuer: Option<String>,
    /// Our name at the provider
    #[arg(long, value_name = "ID", env = "SPELPLAN_OIDC_CLIENT")]
    pub oidc_client: Option<String>,
    /// Our secret there; better in the environment or a file
    #[arg(long, value_name = "SECRET", env = "SPELPLAN_OIDC_SECRET", hide_env_values = true)]
    pub oidc_secret: Option<String>,
    /// A file with our secret there
    #[arg(long, value_name = "FILE", env = "SPELPLAN_OIDC_SECRET_FILE", conflicts_with = "oidc_secret")]
    pub oidc_secret_file: Option<PathBuf>,
    /// What the provider's button says
    #[arg(long, value_name = "NAME", env = "SPELPLAN_OIDC_NAME", default_value = "OpenID Connect")]
    pub oidc_name: String,
}

impl ProviderArguments {
    /// The provider, where one was said.
    pub fn provider(self) -> Result<Option<Provider>, Failure> {
        let Some((issuer, client)) = self.oidc_issuer.zip(self.oidc_client) else { return Ok(None) };
        let secret = match self.oidc_secret_file {
            Some(file) => Some(secret_in(&file)?),
            None => self.oidc_secret,
        };
        Ok(Some(Provider { issuer, client, secret, name: self.oidc_name }))
    }
}

#[allow(clippy::disallowed_methods, reason = "the command line reads the files it is told of")]
fn secret_in(file: &std::path::Path) -> Result<String, Failure> {
    let read = std::fs::read_to_string(file);
    read.map(|secret| secret.trim().to_owned()).map_err(|cause| Failure {
        exit: 2,
        words: format!("the secret in {} could not be read: {cause}. Check --oidc-secret-file", file.display()),
    })
}
