//! Toss-ups that were drawn elsewhere, one row for each partner that took part: in which season, and on which side it fell.

use spelplan_facts::{Day, DayRange, Month};

use super::business::PARTNER;
use super::partners::unreadable_period;
use super::row_reader::RowReader;
use crate::columns::{Columns, dates, numbers, words};
use crate::errors::Complaint;
use crate::{Batch, DrawnRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words("season", "sasong faltsasong fieldseason omgang lottning tossup lottery"),
        dates("from", "seasonstart fromdate fran franochmed startdate startdatum"),
        dates("to", "seasonend todate till tillochmed enddate slutdatum"),
        words("partner_id", PARTNER),
        words("arm", "lott utfall won vann vinnare drawn lottad treat treated treatment grupp group assigned"),
        words("block", "stratum strata skikt"),
        words("entry", "drawntogether cluster kluster lottadsom deltagare"),
        numbers("visits", "dose dos besok antalbesok"),
    ],
    needed: &[&["season", "from"], &["partner_id"], &["arm"]],
    telling: &["season", "arm"],
};

/// Words for having won a visit, and for not.
const WON: &[&str] = &[
    "1",
    "true",
    "yes",
    "ja",
    "x",
    "treat",
    "treated",
    "treatment",
    "won",
    "winner",
    "visit",
    "visited",
    "vann",
    "vinnare",
    "besök",
    "besöks",
];
const LOST: &[&str] = &[
    "0",
    "false",
    "no",
    "nej",
    "control",
    "controls",
    "lost",
    "loser",
    "holdout",
    "kontroll",
    "kontrollgrupp",
    "förlorade",
    "förlorare",
];

/// Visits that winners get more, where the file does not say.
const USUAL_DOSE: u32 = 1;

/// One partner of one toss-up.
pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let told = reader.words("season");
    let season = season(reader, &told);
    let won = side(reader);
    let visits = reader.count("visits").unwrap_or(USUAL_DOSE).max(1);
    let (Some((season, days, dated)), Some(won), true) = (season, won, reader.is_good()) else { return };
    let (block, entry) = (reader.words("block"), reader.words("entry"));
    batch.draws.push((reader.line, DrawnRecord { season, days, dated, partner, block, entry, won, visits }));
}

/// The season's name, its days, and whether they are told: by two columns, by a name that is days, or only by a half-year.
fn season(reader: &mut RowReader<'_>, told: &str) -> Option<(String, DayRange, bool)> {
    let (from, to) = (reader.day("from"), reader.day("to"));
    if let (Some(from), Some(to)) = (from, to) {
        if to < from {
            reader.complain("to", unreadable_period(&format!("{from}..{to}")));
            return None;
        }
        let name = if told.is_empty() { format!("{from}..{to}") } else { told.to_owned() };
        return Some((name, DayRange { from, to }, true));
    }
    if let Some(days) = DayRange::parse(told) {
        return Some((told.to_owned(), days, true));
    }
    let within = within_year(told);
    if within.is_none() {
        reader.complain("season", no_season(told));
    }
    within.map(|days| (told.to_owned(), days, false))
}

/// The months that a word and a year mean: `2021-spring`, `höst 2025`, `2024 H1`, `2024Q3`.
fn within_year(told: &str) -> Option<DayRange> {
    let lower = told.to_lowercase();
    let at = (0..lower.len())
        .find(|&at| lower.get(at..at + 4).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())))?;
    let year: i32 = lower.get(at..at + 4)?.parse().ok()?;
    let rest = format!("{}{}", lower.get(..at)?, lower.get(at + 4..)?);
    let word = rest.trim_matches(|letter: char| !letter.is_alphanumeric());
    let (first, last) = match word {
        "spring" | "vår" | "våren" | "var" | "vt" | "h1" => (0, 5),
        "autumn" | "fall" | "höst" | "hösten" | "host" | "ht" | "h2" => (6, 11),
        "q1" | "k1" => (0, 2),
        "q2" | "k2" => (3, 5),
        "q3" | "k3" => (6, 8),
        "q4" | "k4" => (9, 11),
        _ => return None,
    };
    let of = |month: i32| Month(12 * year + month).first();
    let (from, after): (Day, Day) = (of(first)?, of(last + 1)?);
    Some(DayRange { from, to: after.plus(-1) })
}

fn side(reader: &mut RowReader<'_>) -> Option<bool> {
    let word = reader.needed_words("arm").to_lowercase();
    let side = match (WON.contains(&word.as_str()), LOST.contains(&word.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    if side.is_none() && !word.is_empty() {
        reader.complain("arm", no_side(&word));
    }
    side
}

fn no_season(told: &str) -> Complaint {
    Complaint::new(
        "I115",
        (
            format!("\"{told}\" does not tell when the season was"),
            "Add columns from and to with its first and last day, or write 2021-02-01..2021-04-30 or 2021-spring",
        ),
        (
            format!("\"{told}\" säger inte när säsongen var"),
            "Lägg till kolumnerna from och to med första och sista dag, eller skriv 2021-02-01..2021-04-30 eller 2021-vår",
        ),
    )
}

fn no_side(word: &str) -> Complaint {
    Complaint::new(
        "I116",
        (
            format!("\"{word}\" is no side of a toss-up"),
            "Write treat for those drawn to be visited and control for the others, or 1 and 0",
        ),
        (
            format!("\"{word}\" är ingen sida av en lottning"),
            "Skriv treat för dem som lottades till besök och control för de andra, eller 1 och 0",
        ),
    )
}
