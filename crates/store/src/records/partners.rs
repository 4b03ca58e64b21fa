//! Partners.

use spelplan_intake::PartnerRecord;

use super::{Kept, identities};
use crate::StoreError;
use crate::binds::{Bind, binds};
use crate::documents::to_json;
use crate::names::{Names, take};
use crate::rows::place_columns;
use crate::statements::{
    ADD_PARTNERS, CHANGE_PARTNER, DROP_PARTNERS, PARTNERS_OF_BUSINESS, PARTNERS_OF_CONTACTS, PARTNERS_OF_JUDGEMENTS,
    PARTNERS_OF_LETTERS, PARTNERS_OF_LOGGED, PARTNERS_OF_MEETINGS, PARTNERS_OF_PORTAL, PARTNERS_OF_SALES,
    PARTNERS_OF_TERRITORIES, PARTNERS_OF_TOLD_DRAWS, PARTNERS_OF_TOUCHES, PLANNED_PARTNERS, RULED_PARTNERS,
    TOSSED_PARTNERS,
};
use crate::transaction::{Statement, Transaction};

impl Kept for PartnerRecord {
    const KIND: &'static str = "partner";
    const NAMED_BY: &'static [Statement] = &[
        PARTNERS_OF_CONTACTS,
        PARTNERS_OF_SALES,
        PARTNERS_OF_TOUCHES,
        PLANNED_PARTNERS,
        PARTNERS_OF_BUSINESS,
        PARTNERS_OF_JUDGEMENTS,
        PARTNERS_OF_MEETINGS,
        PARTNERS_OF_LETTERS,
        PARTNERS_OF_LOGGED,
        PARTNERS_OF_PORTAL,
        RULED_PARTNERS,
        TOSSED_PARTNERS,
        PARTNERS_OF_TOLD_DRAWS,
        PARTNERS_OF_TERRITORIES,
    ];

    fn key(&self) -> String {
        self.key.clone()
    }

    fn names(&self) -> Option<&str> {
        (!self.pam.is_empty()).then_some(&self.pam)
    }

    fn identity(names: &Names, key: &str) -> Option<i64> {
        names.partners.get(key).copied()
    }

    async fn add(transaction: &mut Transaction, names: &mut Names, records: &[&Self]) -> Result<(), StoreError> {
        let first = take(transaction, "partner", records.len()).await?;
        let written = records.iter().map(|record| Written::of(record)).collect::<Result<Vec<_>, _>>()?;
        let mut rows = Vec::with_capacity(records.len() * 21);
        for ((record, written), id) in records.iter().zip(&written).zip(first..) {
            names.partners.insert(record.key.clone(), id);
            rows.extend(binds![id, &record.key]);
            rows.extend(columns(record, written, names));
        }
        transaction.insert(&ADD_PARTNERS, &rows).await
    }

    async fn change(&self, transaction: &mut Transaction, names: &mut Names) -> Result<(), StoreError> {
        let written = Written::of(self)?;
        let mut row = binds![names.partner(&self.key)?].to_vec();
        row.extend(columns(self, &written, names));
        transaction.run(CHANGE_PARTNER, &row).await.map(|_| ())
    }

    async fn take_away(
        transaction: &mut Transaction,
        names: &mut Names,
        gone: &[(String, i64)],
    ) -> Result<(), StoreError> {
        for (key, _) in gone {
            names.partners.remove(key);
        }
        transaction.run_among(DROP_PARTNERS, &identities(gone)).await
    }
}

/// What is kept as JSON within the row.
struct Written {
    opening_hours: Option<String>,
    closed: String,
}

impl Written {
    fn of(record: &PartnerRecord) -> Result<Written, StoreError> {
        let opening_hours = record.opening_hours.as_ref().map(to_json).transpose()?;
        Ok(Written { opening_hours, closed: to_json(&record.closed)? })
    }
}

/// A PAM that is not there (any longer) is nobody; commits have looked before.
fn columns<'a>(record: &'a PartnerRecord, written: &'a Written, names: &Names) -> [Bind<'a>; 19] {
    let (lat, lon, precision) = place_columns(record.place);
    binds![
        &record.name,
        &record.street,
        &record.postal_code,
        &record.city,
        &record.country,
        lat,
        lon,
        precision,
        &record.segment,
        &record.chain,
        record.employees.map(i64::from),
        record.revenue.map(|revenue| revenue.0),
        names.pams.get(&record.pam).copied(),
        written.opening_hours.as_deref(),
        &written.closed,
        record.visit_time.map(|time| time.0),
        record.inactive,
        record.wallet.map(|wallet| wallet.0),
        record.wallet_share.map(|share| share.0),
    ]
}
