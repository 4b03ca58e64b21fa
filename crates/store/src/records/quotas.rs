//! Quotas, known by PAM and first month.

use spelplan_intake::QuotaRecord;

use super::{Kept, one_key, two_words};
use crate::StoreError;
use crate::binds::binds;
use crate::names::Names;
use crate::statements::{DROP_QUOTA, PUT_QUOTA};
use crate::transaction::{Statement, Transaction};

impl Kept for QuotaRecord {
    const KIND: &'static str = "quota";
    const NAMED_BY: &'static [Statement] = &[];

    fn key(&self) -> String {
        one_key(&self.pam, &self.from.0.to_string())
    }

    /// Its PAM's; nothing names a quota, so this only tells that the PAM is there.
    fn identity(names: &Names, key: &str) -> Option<i64> {
        names.pams.get(&two_words(key)?.0).copied()
    }

    async fn add(transaction: &mut Transaction, names: &mut Names, records: &[&Self]) -> Result<(), StoreError> {
        for record in records {
            record.change(transaction, names).await?;
        }
        Ok(())
    }

    async fn change(&self, transaction: &mut Transaction, names: &mut Names) -> Result<(), StoreError> {
        let row = binds![names.pam(&self.pam)?, self.from.0, self.months, self.amount.0];
        transaction.run(PUT_QUOTA, &row).await.map(|_| ())
    }

    async fn take_away(transaction: &mut Transaction, _: &mut Names, gone: &[(String, i64)]) -> Result<(), StoreError> {
        for (key, pam) in gone {
            let month: Option<i32> = two_words(key).and_then(|(_, month)| month.parse().ok());
            if let Some(month) = month {
                transaction.run(DROP_QUOTA, &binds![*pam, month]).await?;
            }
        }
        Ok(())
    }
}
