//! What can be wrong with a file or a row: stable codes, each with its title; the words stand where the fault is found.

use spelplan_facts::Text;

use crate::RowError;

/// A file that cannot be read at all: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {source_name}: {cause}. {remedy}")]
pub struct IntakeError {
    /// Stable code, documented in docs/guide.
    pub code: &'static str,
    /// The file.
    pub source_name: Box<str>,
    /// What is wrong, in English.
    pub cause: Box<str>,
    /// What to do, in English.
    pub remedy: Box<str>,
    /// What is wrong, på svenska.
    pub cause_sv: Box<str>,
    /// What to do, på svenska.
    pub remedy_sv: Box<str>,
}

/// A code and what it stands for, for the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorKind {
    /// Stable code: I0xx stops a file, I1xx a row, I2xx stops nothing.
    pub code: &'static str,
    /// What it stands for.
    pub title: Text,
}

/// Every code that intake uses.
pub fn errors() -> &'static [ErrorKind] {
    KINDS
}

/// What is wrong before it is known where: a code and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub code: &'static str,
    pub cause: String,
    pub remedy: String,
    pub cause_sv: String,
    pub remedy_sv: String,
}

impl Complaint {
    /// A complaint in the order cause, remedy, English first.
    pub fn new(code: &'static str, en: (String, &str), sv: (String, &str)) -> Complaint {
        Complaint { code, cause: en.0, remedy: en.1.to_owned(), cause_sv: sv.0, remedy_sv: sv.1.to_owned() }
    }

    /// The complaint about a whole file.
    pub fn of_file(self, source_name: &str) -> IntakeError {
        IntakeError {
            code: self.code,
            source_name: source_name.into(),
            cause: self.cause.into(),
            remedy: self.remedy.into(),
            cause_sv: self.cause_sv.into(),
            remedy_sv: self.remedy_sv.into(),
        }
    }

    /// The complaint about one cell.
    pub fn at(self, source_name: &str, line: u32, column: &str) -> RowError {
        let Complaint { code, cause, remedy, cause_sv, remedy_sv } = self;
        let (source_name, column) = (source_name.to_owned(), column.to_owned());
        RowError { code, source_name, line, column, cause, remedy, cause_sv, remedy_sv }
    }
}

const fn kind(code: &'static str, sv: &'static str, en: &'static str) -> ErrorKind {
    ErrorKind { code, title: Text { sv, en } }
}

static KINDS: &[ErrorKind] = &[
    kind("I001", "Filen är tom", "The file is empty"),
    kind("I002", "Filen är inte en tabell som går att läsa", "The file is not a table that can be read"),
    kind("I003", "Det går inte att se vad filen innehåller", "What the file holds cannot be told"),
    kind("I004", "En kolumn som behövs saknas", "A column that is needed is missing"),
    kind("I005", "Formatet är okänt", "The format is unknown"),
    kind("I006", "En angiven kolumn finns inte i filen", "A column you named is not in the file"),
    kind("I007", "Filen är skadad", "The file is damaged"),
    kind(
        "I008",
        "Raderna kan bara läsas tillsammans med en annan fil",
        "The rows can only be read together with another file",
    ),
    kind("I101", "Ett värde som behövs saknas", "A value that is needed is missing"),
    kind("I102", "Talet går inte att läsa", "The number cannot be read"),
    kind("I103", "Datumet går inte att läsa", "The date cannot be read"),
    kind("I104", "Datumet ligger utanför 1990–2100", "The date lies outside 1990–2100"),
    kind("I105", "Raden har fler celler än rubriken", "The row has more cells than the header"),
    kind(
        "I106",
        "Koordinaterna ligger inte på jorden eller är omkastade",
        "The coordinates are off the earth or swapped",
    ),
    kind("I107", "Talet får inte vara negativt", "The number must not be negative"),
    kind("I108", "Kontaktsättet är okänt", "The kind of touch is unknown"),
    kind("I109", "Öppettiderna går inte att läsa", "The opening hours cannot be read"),
    kind("I110", "Perioden går inte att läsa", "The period cannot be read"),
    kind("I111", "Kvaliteten ligger utanför 0–1,2", "The quality lies outside 0–1.2"),
    kind("I112", "Filen blandar valutor", "The file mixes currencies"),
    kind("I113", "Landet är okänt", "The country is unknown"),
    kind("I115", "När säsongen var går inte att se", "When the season was cannot be told"),
    kind("I116", "Sidan i lottningen går inte att läsa", "The side of the toss-up cannot be read"),
    kind("I117", "Ärendetypen är okänd", "The kind of case is unknown"),
    kind("I121", "Partnern är okänd", "The partner is unknown"),
    kind("I122", "PAM är okänd", "The PAM is unknown"),
    kind("I123", "Samma nyckel två gånger med olika innehåll", "The same key twice with different content"),
    kind("I124", "Valutan är en annan än databasens", "The currency is not the database's"),
    kind("I125", "Namnet betyder flera partner", "The name means several partners"),
    kind("I201", "Datumens ordning antogs", "The order of the dates was assumed"),
    kind("I202", "Decimaltecknet antogs", "The decimal mark was assumed"),
    kind("I203", "Placerade efter postnummer eller ort", "Placed by postal code or town"),
    kind("I204", "Månadssummor och rader kan räknas dubbelt", "Monthly sums and lines may count twice"),
    kind("I205", "Rader utan kategori", "Lines without a category"),
    kind("I206", "Inställda eller raderade rader hoppades över", "Cancelled or deleted rows were passed over"),
    kind("I207", "En fil lämnades oläst till förmån för en annan", "A file was left aside in favour of another"),
    kind("I208", "Antal avrundades till hela", "Quantities were rounded to whole pieces"),
    kind("I209", "PAM skapades av de nycklar filerna nämner", "PAMs were made from the keys the files name"),
    kind("I210", "Alla felrader ges inte tillbaka", "Not all wrong rows are given back"),
    kind("I211", "Ett blad hoppades över", "A sheet was passed over"),
    kind("I212", "Raderna känns igen på hela sitt innehåll", "The rows are recognised by their whole content"),
    kind("I213", "Kunde inte placeras", "Could not be placed"),
    kind("I214", "Kontaktsättet antogs", "The kind of touch was assumed"),
    kind("I215", "Kolumner som inte används", "Columns that are not used"),
    kind("I216", "Filen nämner flera valutor men har en", "The file names several currencies but has one"),
];
