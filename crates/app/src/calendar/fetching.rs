//! Fetches a calendar's text by its address: a few seconds, a few megabytes, a few detours, and no more.

use std::time::Duration;

use spelplan_adapters::texts::{self, Limits, NoText};

/// Largest text.
pub(crate) const LARGEST: u64 = 10 * 1024 * 1024;
/// How much is put up with.
const LIMITS: Limits = Limits { patience: Duration::from_secs(20), redirects: 3, longest: LARGEST as usize };
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

/// The text behind the address.
pub(crate) async fn fetch(address: &str) -> Result<String, Unfetched> {
    texts::fetch(address, "text/calendar, */*;q=0.1", LIMITS).await.map_err(|why| match why {
        NoText::Unreachable(told) => Unfetched { code: "A401", told },
        NoText::Refused(told) => Unfetched { code: "A402", told },
        NoText::TooLong => Unfetched { code: "A403", told: format!("> {LARGEST} B") },
        NoText::TooSlow(told) => Unfetched { code: "A408", told },
    })
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

    #[tokio::test]
    async fn nobody_there_is_said() {
        // Port 9 discards; nothing listens there on this machine.
        let gone = fetch("http://127.0.0.1:9/x.ics").await.expect_err("nobody is there");
        assert_eq!(gone.code, "A401", "{gone:?}");
    }
}
