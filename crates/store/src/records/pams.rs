//! PAMs.

use spelplan_intake::PamRecord;

use super::{Kept, identities};
use crate::StoreError;
use crate::binds::{Bind, binds};
use crate::names::{Names, take};
use crate::rows::place_columns;
use crate::statements::{
    ADD_PAMS, CHANGE_PAM, DROP_PAMS, PAMS_OF_ABSENCES, PAMS_OF_LETTERS, PAMS_OF_LOGGED, PAMS_OF_MEETINGS,
    PAMS_OF_PARTNERS, PAMS_OF_QUOTAS, PAMS_OF_STANDING, PAMS_OF_TERRITORIES, PAMS_OF_TOUCHES, PAMS_OF_WORKTIME,
    PLANNED_PAMS, TRAVELLED_PAMS,
};
use crate::transaction::{Statement, Transaction};

impl Kept for PamRecord {
    const KIND: &'static str = "pam";
    const NAMED_BY: &'static [Statement] = &[
        PAMS_OF_PARTNERS,
        PAMS_OF_STANDING,
        PAMS_OF_QUOTAS,
        PAMS_OF_ABSENCES,
        PAMS_OF_TOUCHES,
        PLANNED_PAMS,
        TRAVELLED_PAMS,
        PAMS_OF_TERRITORIES,
        PAMS_OF_MEETINGS,
        PAMS_OF_LETTERS,
        PAMS_OF_LOGGED,
        PAMS_OF_WORKTIME,
    ];

    fn key(&self) -> String {
        self.key.clone()
    }

    fn identity(names: &Names, key: &str) -> Option<i64> {
        names.pams.get(key).copied()
    }

    async fn add(transaction: &mut Transaction, names: &mut Names, records: &[&Self]) -> Result<(), StoreError> {
        let first = take(transaction, "pam", records.len()).await?;
        let mut rows = Vec::with_capacity(records.len() * 13);
        for (record, id) in records.iter().zip(first..) {
            names.pams.insert(record.key.clone(), id);
            rows.extend(binds![id, &record.key]);
            rows.extend(columns(record));
        }
        transaction.insert(&ADD_PAMS, &rows).await
    }

    async fn change(&self, transaction: &mut Transaction, names: &mut Names) -> Result<(), StoreError> {
        let mut row = binds![names.pam(&self.key)?].to_vec();
        row.extend(columns(self));
        transaction.run(CHANGE_PAM, &row).await.map(|_| ())
    }

    async fn take_away(
        transaction: &mut Transaction,
        names: &mut Names,
        gone: &[(String, i64)],
    ) -> Result<(), StoreError> {
        for (key, _) in gone {
            names.pams.remove(key);
        }
        transaction.run_among(DROP_PAMS, &identities(gone)).await
    }
}

fn columns(record: &PamRecord) -> [Bind<'_>; 11] {
    let (lat, lon, precision) = place_columns(record.home);
    binds![
        &record.name,
        &record.email,
        &record.street,
        &record.postal_code,
        &record.city,
        &record.country,
        lat,
        lon,
        precision,
        &record.manager,
        record.field_time_week.map(|time| time.0),
    ]
}
