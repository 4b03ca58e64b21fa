//! How the command line speaks: answers on standard output, everything else on standard error, progress on a terminal only.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use spelplan_app::jobs::Progress;
use spelplan_app::{AppError, ErrorKind};
use spelplan_facts::{Language, Money};

/// A command that did not come about: an exit code and words.
#[derive(Debug)]
pub struct Failure {
    /// For the shell.
    pub exit: u8,
    /// Code, what, where, what to do.
    pub words: String,
}

/// Exit code: refused.
pub const REFUSED: u8 = 3;
/// Exit code: the referee found faults.
pub const FAULTS: u8 = 4;
/// Exit code: no such thing.
pub const MISSING: u8 = 5;

impl Failure {
    /// Says it on standard error.
    pub fn report(&self) -> ExitCode {
        let _ = writeln!(std::io::stderr(), "spelplan: {}", self.words);
        ExitCode::from(self.exit)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Failure {
        let exit = match error.kind() {
            ErrorKind::NotFound => MISSING,
            ErrorKind::Refused | ErrorKind::Forbidden => REFUSED,
            ErrorKind::Failed => 1,
        };
        let text = error.text(Language::English);
        let words = if text.starts_with(error.code()) { text } else { format!("{} {text}", error.code()) };
        Failure { exit, words }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure { exit: 1, words: format!("{error:#}") }
    }
}

/// Writes one line on standard output; a closed pipe ends quietly.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes one line on standard error.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Runs work while a bar on the terminal follows its progress.
pub async fn watched<T>(title: &'static str, progress: Arc<Progress>, work: impl Future<Output = T>) -> T {
    if !std::io::stderr().is_terminal() {
        return work.await;
    }
    let bar = ProgressBar::new(0).with_message(title);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent}% {elapsed}") {
        bar.set_style(style);
    }
    let follow = async {
        loop {
            let (done, total) = progress.get();
            bar.set_length(total);
            bar.set_position(done);
            bar.tick();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let result = tokio::select! {
        result = work => result,
        () = follow => unreachable!("following never ends"),
    };
    bar.finish_and_clear();
    result
}

/// Money in whole units with thin grouping and its currency, for people.
pub fn money(amount: Money, currency: &str) -> String {
    let hundredths = amount.hundredths();
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    format!("{sign}{}.{rest:02} {currency}", grouped(whole))
}

/// A count with its thousands apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_to_the_cent() {
        for (amount, words) in [
            (804_505_969_823, "80,450,596.98 USD"),
            (-12_345, "-1.23 USD"),
            (0, "0.00 USD"),
            (9_999_950_000, "999,995.00 USD"),
        ] {
            assert_eq!(money(Money(amount), "USD"), words);
        }
    }
}
