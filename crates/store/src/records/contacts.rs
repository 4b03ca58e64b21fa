//! Contacts, known by their partner's key and their own.

use spelplan_intake::ContactRecord;

use super::{Kept, identities, one_key, two_words};
use crate::StoreError;
use crate::binds::binds;
use crate::names::{Names, missing, take};
use crate::statements::{
    ADD_CONTACTS, CHANGE_CONTACT, CONTACTS_OF_LOGGED, CONTACTS_OF_MEETINGS, CONTACTS_OF_TOUCHES, DROP_CONTACTS,
    PLANNED_CONTACTS,
};
use crate::transaction::{Statement, Transaction};

impl Kept for ContactRecord {
    const KIND: &'static str = "contact";
    const NAMED_BY: &'static [Statement] =
        &[CONTACTS_OF_TOUCHES, PLANNED_CONTACTS, CONTACTS_OF_MEETINGS, CONTACTS_OF_LOGGED];

    fn key(&self) -> String {
        one_key(&self.partner, &self.key)
    }

    fn identity(names: &Names, key: &str) -> Option<i64> {
        let (partner, key) = two_words(key)?;
        names.contacts.get(&(*names.partners.get(&partner)?, key)).copied()
    }

    async fn add(transaction: &mut Transaction, names: &mut Names, records: &[&Self]) -> Result<(), StoreError> {
        let first = take(transaction, "contact", records.len()).await?;
        let mut rows = Vec::with_capacity(records.len() * 7);
        for (record, id) in records.iter().zip(first..) {
            let partner = names.partner(&record.partner)?;
            names.contacts.insert((partner, record.key.clone()), id);
            rows.extend(binds![id, partner, &record.key, &record.name, &record.role, &record.email, &record.phone]);
        }
        transaction.insert(&ADD_CONTACTS, &rows).await
    }

    async fn change(&self, transaction: &mut Transaction, names: &mut Names) -> Result<(), StoreError> {
        let id = Self::identity(names, &Kept::key(self)).ok_or_else(|| missing("contact", &self.key))?;
        let row = binds![id, &self.name, &self.role, &self.email, &self.phone];
        transaction.run(CHANGE_CONTACT, &row).await.map(|_| ())
    }

    async fn take_away(
        transaction: &mut Transaction,
        names: &mut Names,
        gone: &[(String, i64)],
    ) -> Result<(), StoreError> {
        for (partner, key) in gone.iter().filter_map(|(key, _)| two_words(key)) {
            if let Some(partner) = names.partners.get(&partner) {
                names.contacts.remove(&(*partner, key));
            }
        }
        transaction.run_among(DROP_CONTACTS, &identities(gone)).await
    }
}
