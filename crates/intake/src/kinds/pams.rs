//! Partner account managers.

use spelplan_facts::{Minutes, Money};

use super::addresses::{CITY, COUNTRY, LAT, LON, POSTAL_CODE, REGION, STREET, read_country, read_place};
use super::row_reader::RowReader;
use crate::columns::{Columns, numbers, words};
use crate::{Batch, PamRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words(
            "pam_id",
            "pam pamkey pamno pamnr employeekey employeeid anstallningsnummer anstnr saljarnr saljarid \
            saljare repid salespersonid userid ownerid",
        ),
        words("name", "pamname namn fullname employeename saljarnamn ownername pamnamn"),
        words("email", "epost epostadress mail mejl emailaddress pamemail"),
        STREET,
        POSTAL_CODE,
        CITY,
        REGION,
        COUNTRY,
        LAT,
        LON,
        words("manager_id", "manager managerkey chef chefid reportstoid reportsto"),
        numbers(
            "field_time_week",
            "fieldtime fieldhours fieldhoursweek falttid falttimmar falttidvecka falttimmarvecka",
        ),
        words("hire_date", "anstalld anstallningsdatum"),
        words("territory", "salesterritorykey distrikt saljdistrikt"),
        words("programme_start", ""),
    ],
    needed: &[&["pam_id"]],
    telling: &["manager_id", "field_time_week", "hire_date", "programme_start"],
};

/// One PAM.
pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let key = reader.needed_words("pam_id").into_owned();
    let country = read_country(reader);
    let name = reader.words("name");
    let record = PamRecord {
        name: if name.is_empty() { key.clone() } else { name },
        email: reader.words("email"),
        street: reader.words("street"),
        postal_code: reader.words("postal_code"),
        city: reader.words("city"),
        home: read_place(reader, &country),
        country,
        manager: reader.words("manager_id"),
        field_time_week: reader.amount("field_time_week").map(hours),
        key,
    };
    if reader.is_good() {
        batch.pams.push((reader.line, record));
    }
}

/// Hours as minutes.
fn hours(hours: Money) -> Minutes {
    Minutes((hours.units() * 60.0).round() as i32)
}
