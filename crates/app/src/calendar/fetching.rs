//! Fetches a calendar's text by its address: a few seconds, a few megabytes, a few detours, and no more.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;

/// Longest wait for all of it.
const PATIENCE: Duration = Duration::from_secs(20);
/// Largest text.
pub(crate) const LARGEST: u64 = 10 * 1024 * 1024;
/// Most times that an answer may point elsewhere.
const DETOURS: u32 = 3;
/// Longest address.
const LONGEST: usize = 2_000;

/// Why a calendar did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unfetched {
    /// Stable code.
    pub(crate) code: &'static str,
    /// What the other side or the system said.
    pub(crate) told: String,
}

/// The address as it is fetched: calendars' own `webcal` is read as `https`. `None` where it is no web address.
pub(crate) fn address(written: &str) -> Option<String> {
    let written = written.trim();
    let (scheme, rest) = written.split_once("://")?;
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" => "http",
        "https" | "webcal" | "webcals" => "https",
        _ => return None,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let sane = !host.is_empty() && written.len() <= LONGEST && !written.contains(char::is_whitespace);
    sane.then(|| format!("{scheme}://{rest}"))
}

/// The text behind the address. Waits: not for the thread that answers.
pub(crate) fn fetch(address: &str) -> Result<String, Unfetched> {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(DETOURS)
        .http_status_as_error(false)
        .user_agent("Spelplan")
        .build();
    let asked = Agent::new_with_config(config).get(address).header("accept", "text/calendar, */*;q=0.1").call();
    let answer = asked.map_err(|cause| unfetched(&cause))?;
    let status = answer.status();
    if !status.is_success() {
        return Err(Unfetched { code: "A402", told: status.to_string() });
    }
    let mut bytes = Vec::new();
    let body = answer.into_body().into_reader().take(LARGEST + 1).read_to_end(&mut bytes);
    body.map_err(|cause| Unfetched { code: "A401", told: cause.to_string() })?;
    if bytes.len() as u64 > LARGEST {
        return Err(Unfetched { code: "A403", told: format!("> {LARGEST} B") });
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unfetched(cause: &ureq::Error) -> Unfetched {
    let code = match cause {
        ureq::Error::Timeout(_) => "A408",
        ureq::Error::TooManyRedirects => "A402",
        ureq::Error::BodyExceedsLimit(_) => "A403",
        _ => "A401",
    };
    Unfetched { code, told: cause.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_fetched() {
        let check = |written: &str, wanted: Option<&str>| {
            assert_eq!(address(written).as_deref(), wanted, "{written}");
        };
        check(" https://example.org/a.ics ", Some("https://example.org/a.ics"));
        check("webcal://example.org/a.ics?x=1", Some("https://example.org/a.ics?x=1"));
        check("http://127.0.0.1:5232/eva/c/", Some("http://127.0.0.1:5232/eva/c/"));
        for written in
            ["file:///etc/passwd", "ftp://example.org/a", "example.org/a.ics", "https:///a", "https://a b", ""]
        {
            check(written, None);
        }
    }

    #[test]
    fn nobody_there_is_said() {
        // Port 9 discards; nothing listens there on this machine.
        let gone = fetch("http://127.0.0.1:9/x.ics").expect_err("nobody is there");
        assert_eq!(gone.code, "A401", "{gone:?}");
    }
}
