//! What is kept about people: found, and taken away in one transaction. What counts as naming somebody is the caller's to say.

use spelplan_facts::{Contact, Day, MeetingId, Pam, PlanId};

use crate::audit::{DeedRow, KeptDeed};
use crate::binds::binds;
use crate::people::PersonId;
use crate::records::one_key;
use crate::rows::day;
use crate::statements::*;
use crate::transaction::{Statement, Transaction};
use crate::{Store, StoreError};

/// A value that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// Table and column.
    pub place: String,
    /// How the column names people.
    pub kind: PlaceKind,
    /// What stands there.
    pub value: String,
    /// In so many rows.
    pub rows: i64,
}

/// What a person is replaced with, and when.
#[derive(Debug, Clone, Copy)]
pub struct Erasure<'a> {
    /// Stands where the name stood.
    pub mark: &'a str,
    /// When, in seconds since 1970.
    pub at: i64,
    /// When, as RFC 3339 text.
    pub written: &'a str,
}

/// Somebody's record that is taken away with a reference to where imports kept it.
#[derive(Debug, Clone, Copy)]
pub struct ErasedContact<'a> {
    /// As they were.
    pub contact: &'a Contact,
    /// Key of their partner.
    pub partner_key: &'a str,
}

/// What the other tables hold about a person, for telling them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AboutPerson {
    /// When sessions began and were last used, in seconds since 1970.
    pub sessions: Vec<(i64, i64)>,
    /// What the log tells of them.
    pub deeds: Vec<KeptDeed>,
    /// When a device sent something, and what.
    pub operations: Vec<(String, String)>,
    /// From when to when the PAM was away, and why.
    pub absences: Vec<(Day, Day, String)>,
    /// Name and address of the PAM's own calendars.
    pub calendars: Vec<(String, Option<String>)>,
}

/// What the other tables hold about a contact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AboutContact {
    /// Day and kind of each touch.
    pub touches: Vec<(Day, String)>,
    /// Meetings with them, and on which day.
    pub meetings: Vec<(MeetingId, Day)>,
    /// Planned visits to them, and in which plan.
    pub stops: Vec<(Day, PlanId)>,
}

/// What stands in a place, changed; `None` leaves it.
pub type Rewrite<'a> = &'a (dyn Fn(PlaceKind, &str) -> Option<String> + Sync);

impl Store {
    /// Every value that names somebody, by whoever can tell.
    pub async fn namings(&self, names: &(dyn Fn(PlaceKind, &str) -> bool + Sync)) -> Result<Vec<Naming>, StoreError> {
        let mut transaction = self.read().await?;
        let mut found = Vec::new();
        for place in PLACES {
            let values: Vec<(String, i64)> = transaction.all(place.values, &[]).await?;
            let naming = |(value, rows)| Naming {
                place: format!("{}.{}", place.table, place.column),
                kind: place.kind,
                value,
                rows,
            };
            found.extend(values.into_iter().filter(|(value, _)| names(place.kind, value)).map(naming));
        }
        Ok(found)
    }

    /// What is kept about a person beside their row, and about the PAM they are.
    pub async fn about_person(&self, person: PersonId, pam: Option<&Pam>) -> Result<AboutPerson, StoreError> {
        let mut transaction = self.read().await?;
        let transaction = &mut transaction;
        let deeds: Vec<DeedRow> = transaction.all(DEEDS_OF, &binds![person.0, &format!("person {}", person.0)]).await?;
        let mut about = AboutPerson {
            sessions: transaction.all(EVERY_SESSION_OF, &binds![person.0]).await?,
            deeds: deeds.into_iter().map(KeptDeed::from).collect(),
            operations: transaction.all(OPERATIONS_OF, &binds![person.0]).await?,
            ..AboutPerson::default()
        };
        if let Some(pam) = pam {
            let absences: Vec<(i32, i32, String)> = transaction.all(ABSENCES_OF, &binds![pam.id.0]).await?;
            about.absences = absences.into_iter().map(|(from, to, why)| (day(from), day(to), why)).collect();
            about.calendars = transaction.all(SUBSCRIPTIONS_OF, &binds![pam.id.0]).await?;
        }
        Ok(about)
    }

    /// What is kept about a contact beside their record.
    pub async fn about_contact(&self, contact: &Contact) -> Result<AboutContact, StoreError> {
        let mut transaction = self.read().await?;
        let one = binds![contact.id.0];
        let mut touches: Vec<(i32, String)> = transaction.all(TOUCHES_OF_CONTACT, &one).await?;
        touches.extend(transaction.all::<(i32, String)>(LOGGED_OF_CONTACT, &one).await?);
        let meetings: Vec<(i64, i32)> = transaction.all(MEETINGS_OF_CONTACT, &one).await?;
        let stops: Vec<(i32, i64)> = transaction.all(STOPS_OF_CONTACT, &one).await?;
        Ok(AboutContact {
            touches: touches.into_iter().map(|(number, kind)| (day(number), kind)).collect(),
            meetings: meetings.into_iter().map(|(meeting, number)| (MeetingId(meeting), day(number))).collect(),
            stops: stops.into_iter().map(|(number, plan)| (day(number), PlanId(plan))).collect(),
        })
    }

    /// Takes a person away, and the PAM they were: names, addresses, secrets; numbers stay. All of it, or nothing.
    pub async fn erase_person(
        &self,
        person: PersonId,
        pam: Option<&Pam>,
        erasure: Erasure<'_>,
        rewrite: Rewrite<'_>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        rewrite_all(&mut transaction, rewrite).await?;
        if let Some(pam) = pam {
            erase_pam(&mut transaction, pam, &erasure).await?;
        }
        for away in PERSONS {
            transaction.run(*away, &binds![person.0]).await?;
        }
        let email = format!("person-{}@erased.invalid", person.0);
        transaction.run(ERASE_PERSON, &binds![person.0, &email, erasure.mark, erasure.at]).await?;
        transaction.commit().await
    }

    /// Takes a contact away: names, addresses, what imports kept of them; touches and meetings stay. All of it, or nothing.
    pub async fn erase_contact(
        &self,
        erased: ErasedContact<'_>,
        erasure: Erasure<'_>,
        rewrite: Rewrite<'_>,
    ) -> Result<(), StoreError> {
        let contact = erased.contact;
        let mut transaction = self.write().await?;
        let key = one_key(erased.partner_key, &contact.key);
        transaction.run(DROP_CHANGES_OF, &binds!["contact", &key]).await?;
        rewrite_all(&mut transaction, rewrite).await?;
        let key = format!("erased-{}", contact.id.0);
        transaction.run(ERASE_CONTACT, &binds![contact.id.0, &key, erasure.mark]).await?;
        transaction.run(END_LINKS_NAMED, &binds![contact.partner.0, erasure.mark, erasure.at]).await?;
        transaction.commit().await
    }
}

/// What of a person's goes altogether.
const PERSONS: &[Statement] = &[
    DROP_SESSIONS_OF,
    DROP_LINKS_OF,
    DROP_BROWSERS_OF,
    DROP_BEGUN_OF,
    DROP_CLOCK_CODE,
    DROP_RECOVERY_CODES,
    DROP_PASSKEYS_OF,
    DROP_IDENTITIES_OF,
];

async fn erase_pam(transaction: &mut Transaction, pam: &Pam, erasure: &Erasure<'_>) -> Result<(), StoreError> {
    transaction.run(DROP_CHANGES_OF, &binds!["pam", &pam.key]).await?;
    transaction.run(ERASE_PAM, &binds![pam.id.0, erasure.mark]).await?;
    for away in [ERASE_REASONS, DROP_READINGS_OF_PAM, DROP_BUSY_OF_PAM, DROP_ZONE_OF] {
        transaction.run(away, &binds![pam.id.0]).await?;
    }
    for ended in [ERASE_SUBSCRIPTIONS, END_FEEDS_OF] {
        transaction.run(ended, &binds![pam.id.0, erasure.written]).await?;
    }
    Ok(())
}

async fn rewrite_all(transaction: &mut Transaction, rewrite: Rewrite<'_>) -> Result<(), StoreError> {
    for place in PLACES {
        let values: Vec<(String, i64)> = transaction.all(place.values, &[]).await?;
        for (value, _) in values {
            if let Some(other) = rewrite(place.kind, &value) {
                transaction.run(place.change, &binds![&value, &other]).await?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both;

    #[test]
    fn both_engines_understand_every_place_in_which_people_are_named() {
        on_both(async |store| {
            assert_eq!(store.namings(&|_, _| true).await.expect("read"), Vec::new());
            for place in PLACES {
                store
                    .try_statement(place.change.sql)
                    .await
                    .unwrap_or_else(|error| panic!("{}: {error}", place.change.name));
            }
        });
    }

    /// A column called after who did something is a place where people are named, or says here why it is not.
    #[test]
    fn no_column_that_names_people_is_forgotten() {
        let elsewhere = ["audit.done_by"];
        on_both(async |store| {
            let columns =
                store.columns().await.into_iter().filter(|(_, column)| column.ends_with("_by") || column == "person");
            for (table, column) in columns.filter(|(_, column)| column != "counted_by") {
                let listed = PLACES.iter().any(|place| place.table == table && place.column == column);
                assert!(listed || elsewhere.contains(&format!("{table}.{column}").as_str()), "{table}.{column}");
            }
        });
    }
}
