//! Contacts: people at partners.

use super::row_reader::{RowReader, missing};
use crate::columns::{Columns, words};
use crate::{Batch, ContactRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words("contact_id", "contactkey contactno kontaktid kontaktnr recordid donotmodifycontact id"),
        words(
            "partner_id",
            "partnerkey partner partnerno partnernr accountid associatedcompanyids companyid kundnr \
            kundnummer customerid resellerid accountname companyname associatedcompany company foretag \
            kund parentcustomerid",
        ),
        words("first_name", "fornamn givenname firstname"),
        words("last_name", "efternamn surname familyname lastname"),
        words("name", "namn fullname contactname kontakt kontaktperson contact"),
        words("role", "roll befattning jobtitle position title titel"),
        words("email", "epost epostadress mail mejl emailaddress emailaddress1"),
        words("phone", "telefon tel phonenumber businessphone mobilephone mobil telephone1"),
    ],
    needed: &[&["partner_id"], &["name", "first_name", "last_name", "email"]],
    telling: &["first_name", "last_name", "role", "contact_id"],
};

/// One contact. Known again by number, else by mail address, else by name.
pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    // HubSpot joins several companies by semicolons; the first is the primary one.
    let partner = reader.needed_words("partner_id");
    let partner = partner.split(';').map(str::trim).find(|key| !key.is_empty()).unwrap_or_default().to_owned();
    let (first, last) = (reader.words("first_name"), reader.words("last_name"));
    let joined = [first.as_str(), last.as_str()].join(" ").trim().to_owned();
    let whole = reader.words("name");
    let email = reader.words("email");
    let name = [whole, joined, email.clone()].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let number = reader.words("contact_id");
    let key = [number, email.to_lowercase(), name.clone()].into_iter().find(|key| !key.is_empty()).unwrap_or_default();
    if key.is_empty() {
        reader.complain("name", missing());
    }
    let record = ContactRecord { key, partner, name, role: reader.words("role"), email, phone: reader.words("phone") };
    if reader.is_good() {
        batch.contacts.push((reader.line, record));
    }
}
