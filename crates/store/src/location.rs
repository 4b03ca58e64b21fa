//! Where a database is: a file of SQLite's, or an address of PostgreSQL's.

use std::path::PathBuf;

use crate::StoreError;

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// A file, made when it is not there.
    File(PathBuf),
    /// An address such as `postgres://user@host/database`.
    Postgres(String),
}

impl Location {
    /// Understands what a person wrote.
    pub(crate) fn parse(text: &str) -> Result<Location, StoreError> {
        let text = text.trim();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Location::Postgres(text.to_owned()));
        }
        let file = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(text);
        if file.is_empty() || file.contains("://") {
            return Err(StoreError::UnknownLocation { location: without_password(text) });
        }
        Ok(Location::File(PathBuf::from(file)))
    }
}

/// The address fit for messages: its password, if any, is left out.
pub(crate) fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let rest = rest.split('?').next().unwrap_or(rest);
    let Some((who, place)) = rest.rsplit_once('@') else { return format!("{scheme}://{rest}") };
    let user = who.split(':').next().unwrap_or(who);
    format!("{scheme}://{user}@{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_file_or_a_postgres_address() {
        let file = |name: &str| Some(Location::File(PathBuf::from(name)));
        let cases = [
            ("spelplan.db", file("spelplan.db")),
            ("sqlite:/var/lib/spelplan.db", file("/var/lib/spelplan.db")),
            ("sqlite:///var/lib/spelplan.db", file("/var/lib/spelplan.db")),
            ("postgres://me@here/there", Some(Location::Postgres("postgres://me@here/there".to_owned()))),
            ("mysql://me@here/there", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Location::parse(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn a_password_never_reaches_a_message() {
        let cases = [
            ("postgres://me:secret@here:5432/there", "postgres://me@here:5432/there"),
            ("postgres://me:se@cret@here/there", "postgres://me@here/there"),
            ("postgres://here/there?password=secret", "postgres://here/there"),
            ("postgres://me@here/there", "postgres://me@here/there"),
            ("spelplan.db", "spelplan.db"),
        ];
        for (address, expected) in cases {
            assert_eq!(without_password(address), expected);
        }
    }
}
