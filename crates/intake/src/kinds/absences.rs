//! Absences: when PAMs are away.

use spelplan_facts::DayRange;

use super::partners::unreadable_period;
use super::row_reader::RowReader;
use crate::columns::{Column, Columns, Holds};
use crate::{AbsenceRecord, Batch};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        Column {
            code: "pam_id",
            holds: Holds::Words,
            names: &[
                "pam",
                "pamkey",
                "employeekey",
                "employeeid",
                "anstnr",
                "saljare",
                "saljarnr",
                "who",
                "vem",
                "ownerid",
            ],
        },
        Column {
            code: "from",
            holds: Holds::Dates,
            names: &["start", "startdate", "fromdate", "fran", "franochmed", "first", "firstday", "startdatum"],
        },
        Column {
            code: "to",
            holds: Holds::Dates,
            names: &["end", "enddate", "todate", "till", "tillochmed", "last", "lastday", "slut", "slutdatum"],
        },
        Column {
            code: "reason",
            holds: Holds::Words,
            names: &["orsak", "anledning", "type", "typ", "subject", "kommentar", "comment"],
        },
    ],
    needed: &[&["pam_id"], &["from"], &["to"]],
    telling: &["from", "to"],
};

/// One absence; a single day has no end.
pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let pam = reader.needed_words("pam_id").into_owned();
    let from = reader.needed_day("from");
    let to = reader.day("to").or(from);
    let (Some(from), Some(to)) = (from, to) else { return };
    if to < from {
        reader.complain("to", unreadable_period(&format!("{from}..{to}")));
    }
    if reader.is_good() {
        let days = DayRange { from, to };
        batch.absences.push((reader.line, AbsenceRecord { pam, days, reason: reader.words("reason") }));
    }
}
