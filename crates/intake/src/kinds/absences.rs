//! Absences: when PAMs are away.

use spelplan_facts::DayRange;

use super::partners::unreadable_period;
use super::row_reader::RowReader;
use crate::columns::{Columns, dates, words};
use crate::{AbsenceRecord, Batch};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words("pam_id", "pam pamkey employeekey employeeid anstnr saljare saljarnr who vem ownerid"),
        dates("from", "start startdate fromdate fran franochmed first firstday startdatum"),
        dates("to", "end enddate todate till tillochmed last lastday slut slutdatum"),
        words("reason", "orsak anledning type typ subject kommentar comment"),
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
