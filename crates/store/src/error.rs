//! What can go wrong with a database: a stable code, what happened, where, and what to do, in both languages.

use spelplan_facts::Language;

use crate::coverage_error::CoverageError;

/// The store could not do it. Codes S1xx are stable and documented in docs/guide.
#[derive(Debug, thiserror::Error)]
#[error("{} {}", self.code(), self.text(Language::English))]
pub enum StoreError {
    /// The location is a folder.
    IsFolder {
        /// As given.
        location: String,
    },
    /// The folder the file should lie in is not there, or may not be written in.
    CannotOpen {
        /// As given.
        location: String,
        /// What the system says.
        cause: String,
    },
    /// A file of another sort.
    NotADatabase {
        /// As given.
        location: String,
    },
    /// The PostgreSQL server does not answer or does not let us in.
    Unreachable {
        /// As given, without the password.
        location: String,
        /// What the server or the network says.
        cause: String,
    },
    /// The database was written by a newer Spelplan.
    Newer {
        /// The first step of its making that this version does not know.
        version: i64,
    },
    /// A step of its making was altered, or failed.
    Migration {
        /// What is known of it.
        cause: String,
    },
    /// The location is neither a file nor a PostgreSQL address.
    UnknownLocation {
        /// As given.
        location: String,
    },
    /// Somebody else has been writing for too long.
    Busy,
    /// No import has that number.
    NoSuchImport {
        /// As asked for.
        import: i64,
    },
    /// The import was undone before.
    AlreadyUndone {
        /// As asked for.
        import: i64,
    },
    /// The import plan was made from another state of the database.
    Outdated {
        /// What does not fit any longer.
        what: String,
    },
    /// The lines are in another currency than the database.
    OtherCurrency {
        /// Of the database.
        kept: String,
        /// Of the lines.
        given: String,
    },
    /// A stored document cannot be read back.
    Unreadable {
        /// Which.
        what: String,
        /// Where it breaks.
        cause: String,
    },
    /// A plan has a number that cannot be kept exactly (not a number, or infinite).
    NotExact,
    /// A later plan touches the season of the plan that a version was made from.
    Overtaken {
        /// The plan it was made from.
        plan: i64,
        /// The latest.
        newer: i64,
    },
    /// Partners have other PAMs than a change of territories counts on.
    OtherPams {
        /// How many.
        partners: usize,
    },
    /// No change of territories has that number.
    NoSuchTerritories {
        /// As asked for.
        change: i64,
    },
    /// The change of territories was taken back before.
    TerritoriesUndone {
        /// As asked for.
        change: i64,
    },
    /// No meeting has that number.
    NoSuchMeeting {
        /// As asked for.
        meeting: i64,
    },
    /// Somebody has changed the meeting since it was shown.
    MeetingChanged {
        /// Which.
        meeting: i64,
    },
    /// A rule, a what-if or a toss-up is not as asked for.
    Coverage(CoverageError),
    /// The disk is full.
    DiskFull,
    /// The database file is damaged.
    Damaged {
        /// What the engine says.
        cause: String,
    },
    /// Anything else the engine refuses.
    Refused {
        /// While doing what.
        what: String,
        /// What the engine says.
        cause: String,
    },
}

const NOT_EXACT: &str =
    "the plan holds a number that is not finite, so it was not kept. Check the settings and plan again";

impl From<CoverageError> for StoreError {
    fn from(error: CoverageError) -> StoreError {
        StoreError::Coverage(error)
    }
}

impl StoreError {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::IsFolder { .. } => "S101",
            Self::CannotOpen { .. } => "S102",
            Self::NotADatabase { .. } => "S103",
            Self::Unreachable { .. } => "S104",
            Self::Newer { .. } => "S105",
            Self::Migration { .. } => "S106",
            Self::UnknownLocation { .. } => "S107",
            Self::Busy => "S108",
            Self::NoSuchImport { .. } => "S109",
            Self::AlreadyUndone { .. } => "S110",
            Self::Outdated { .. } => "S111",
            Self::OtherCurrency { .. } => "S112",
            Self::Unreadable { .. } => "S113",
            Self::NotExact => "S114",
            Self::Coverage(error) => error.code(),
            Self::Overtaken { .. } => "S118",
            Self::OtherPams { .. } => "S119",
            Self::NoSuchTerritories { .. } => "S120",
            Self::TerritoriesUndone { .. } => "S121",
            Self::NoSuchMeeting { .. } => "S122",
            Self::MeetingChanged { .. } => "S123",
            Self::DiskFull => "S115",
            Self::Damaged { .. } => "S116",
            Self::Refused { .. } => "S117",
        }
    }

    /// What happened and what to do.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::Swedish => self.swedish(),
            Language::English => self.english(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::IsFolder { location } => {
                format!("{location} is a folder. Name a database file in it, for example {location}/spelplan.db")
            }
            Self::CannotOpen { location, cause } => {
                format!("{location} cannot be opened: {cause}. Check that the folder exists and may be written in")
            }
            Self::NotADatabase { location } => {
                format!(
                    "{location} is not a Spelplan database. Name another file, or a new one; import files with `spelplan import`"
                )
            }
            Self::Unreachable { location, cause } => format!(
                "PostgreSQL at {location} cannot be reached: {cause}. Check that it runs, and the host, port, user and database name"
            ),
            Self::Newer { version } => format!(
                "the database was written by a newer Spelplan (its step {version} is unknown here). Install that version, or restore an older copy"
            ),
            Self::Migration { cause } => {
                format!(
                    "the database could not be brought up to date: {cause}. Nothing was changed; restore a copy or report this"
                )
            }
            Self::UnknownLocation { location } => format!(
                "{location} is not a place for a database. Give a file name, sqlite:FILE or postgres://USER@HOST/DATABASE"
            ),
            Self::Busy => {
                "the database has been busy with another change for too long. Wait until it is done and try again"
                    .into()
            }
            Self::NoSuchImport { import } => format!("there is no import {import}. See the list of imports"),
            Self::AlreadyUndone { import } => format!("import {import} is already undone. See the list of imports"),
            Self::Outdated { what } => {
                format!(
                    "the database has changed since the files were read ({what}). Read the files again, then import"
                )
            }
            Self::OtherCurrency { kept, given } => format!(
                "the lines are in {given} but the database is in {kept}. Convert the lines, or import them into a database of their own"
            ),
            Self::Unreadable { what, cause } => {
                format!("{what} in the database cannot be read: {cause}. Restore a copy, or report this")
            }
            Self::NotExact => NOT_EXACT.into(),
            Self::Overtaken { plan, newer } => format!(
                "plan {plan} is no longer the latest: plan {newer} came after it. Look at that one and make the change there"
            ),
            Self::Coverage(error) => error.text().1,
            Self::DiskFull => "the disk is full. Nothing was changed; make room and try again".into(),
            Self::Damaged { cause } => format!("the database file is damaged: {cause}. Restore a copy"),
            Self::Refused { what, cause } => {
                format!("the database refused ({what}): {cause}. Nothing was changed; try again, or report this")
            }
            _ => self.changes_in_english(),
        }
    }

    fn changes_in_english(&self) -> String {
        match self {
            Self::OtherPams { partners } => format!(
                "{partners} of the partners have got another PAM since. Nothing was changed; look at the proposals anew"
            ),
            Self::NoSuchTerritories { change } => {
                format!("there is no change of territories {change}. See the list on the territories page")
            }
            Self::TerritoriesUndone { change } => {
                format!("change of territories {change} is already undone. See the list on the territories page")
            }
            Self::NoSuchMeeting { meeting } => format!("there is no meeting {meeting}. See the list of meetings"),
            Self::MeetingChanged { meeting } => format!(
                "somebody has changed meeting {meeting} since you opened it. Nothing was changed; open it again and make your change there"
            ),
            _ => String::new(),
        }
    }

    fn swedish(&self) -> String {
        match self {
            Self::IsFolder { location } => {
                format!("{location} är en mapp. Ange en databasfil i den, till exempel {location}/spelplan.db")
            }
            Self::CannotOpen { location, cause } => {
                format!("{location} kan inte öppnas: {cause}. Kontrollera att mappen finns och går att skriva i")
            }
            Self::NotADatabase { location } => {
                format!("{location} är ingen Spelplan-databas. Ange en annan fil eller en ny; filer importeras med `spelplan import`")
            }
            Self::Unreachable { location, cause } => format!(
                "PostgreSQL på {location} kan inte nås: {cause}. Kontrollera att den är i gång, samt värd, port, användare och databasnamn"
            ),
            Self::Newer { version } => format!(
                "databasen är skriven av en nyare Spelplan (steg {version} är okänt här). Installera den versionen eller återställ en äldre kopia"
            ),
            Self::Migration { cause } => {
                format!("databasen kunde inte uppdateras: {cause}. Inget ändrades; återställ en kopia eller rapportera detta")
            }
            Self::UnknownLocation { location } => format!(
                "{location} är ingen plats för en databas. Ange ett filnamn, sqlite:FIL eller postgres://ANVÄNDARE@VÄRD/DATABAS"
            ),
            Self::Busy => "databasen har varit upptagen med en annan ändring för länge. Vänta tills den är klar och försök igen".into(),
            Self::NoSuchImport { import } => format!("det finns ingen import {import}. Se listan över importer"),
            Self::AlreadyUndone { import } => format!("import {import} är redan ångrad. Se listan över importer"),
            Self::Outdated { what } => {
                format!("databasen har ändrats sedan filerna lästes ({what}). Läs in filerna igen och importera sedan")
            }
            Self::OtherCurrency { kept, given } => format!(
                "raderna är i {given} men databasen i {kept}. Räkna om raderna eller importera dem till en egen databas"
            ),
            Self::Unreadable { what, cause } => {
                format!("{what} i databasen går inte att läsa: {cause}. Återställ en kopia eller rapportera detta")
            }
            Self::NotExact => {
                "planen innehåller ett tal som inte är ändligt och sparades inte. Kontrollera inställningarna och planera igen".into()
            }
            Self::Overtaken { plan, newer } => format!(
                "plan {plan} är inte längre den senaste: plan {newer} har kommit efter. Titta på den och gör ändringen där"
            ),
            Self::Coverage(error) => error.text().0,
            Self::DiskFull => "disken är full. Inget ändrades; gör plats och försök igen".into(),
            Self::Damaged { cause } => format!("databasfilen är skadad: {cause}. Återställ en kopia"),
            Self::Refused { what, cause } => {
                format!("databasen sade nej ({what}): {cause}. Inget ändrades; försök igen eller rapportera detta")
            }
            _ => self.changes_in_swedish(),
        }
    }

    fn changes_in_swedish(&self) -> String {
        match self {
            Self::OtherPams { partners } => format!(
                "{partners} av partnerna har fått en annan PAM sedan dess. Inget ändrades; titta på förslagen på nytt"
            ),
            Self::NoSuchTerritories { change } => {
                format!("det finns ingen ändring av distrikt {change}. Se listan på distriktssidan")
            }
            Self::TerritoriesUndone { change } => {
                format!("ändringen av distrikt {change} är redan ångrad. Se listan på distriktssidan")
            }
            Self::NoSuchMeeting { meeting } => format!("det finns inget möte {meeting}. Se listan över möten"),
            Self::MeetingChanged { meeting } => format!(
                "någon har ändrat möte {meeting} sedan du öppnade det. Inget ändrades; öppna det igen och gör ändringen där"
            ),
            _ => String::new(),
        }
    }

    /// What an engine's error means, met while doing `what`.
    pub(crate) fn met(what: &str, error: sqlx::Error) -> StoreError {
        let cause = error.to_string();
        let code = error.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
        // SQLite numbers its extended codes in the high bits; 5 busy, 6 locked, 11 corrupt, 13 full, 26 not a database.
        match (code.as_str(), code.parse::<u32>().map(|code| code & 0xff)) {
            ("53100", _) | (_, Ok(13)) if code.len() != 5 || code == "53100" => Self::DiskFull,
            ("55P03" | "40001" | "40P01", _) => Self::Busy,
            (_, Ok(5 | 6)) if code.len() != 5 => Self::Busy,
            (_, Ok(11 | 26)) if code.len() != 5 => Self::Damaged { cause },
            _ if error.as_database_error().is_some_and(|error| error.is_unique_violation()) => {
                Self::Outdated { what: format!("somebody else wrote the same {what}") }
            }
            _ if matches!(error, sqlx::Error::PoolTimedOut) => Self::Busy,
            _ => Self::Refused { what: what.to_owned(), cause },
        }
    }
}
