//! What the company has decided about itself, and the database's one currency.

use spelplan_facts::Settings;

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::statements::{HAS_AMOUNTS, SET_SETTINGS, SETTINGS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// The word for settings in the history of imports.
pub(crate) const KIND: &str = "settings";

impl Store {
    /// The settings; defaults until somebody decides otherwise.
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        Ok(decided(&mut self.read().await?).await?.unwrap_or_default())
    }

    /// Decides the settings.
    pub async fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        decide(&mut transaction, settings).await?;
        transaction.commit().await
    }
}

/// The settings, where anybody or an import has decided any.
pub(crate) async fn decided(transaction: &mut Transaction) -> Result<Option<Settings>, StoreError> {
    let row: Option<(String,)> = transaction.first(SETTINGS, &[]).await?;
    row.map(|(json,)| from_json("the settings", &json)).transpose()
}

/// Writes the settings.
pub(crate) async fn decide(transaction: &mut Transaction, settings: &Settings) -> Result<(), StoreError> {
    let json = to_json(settings)?;
    if from_json::<Settings>("the settings", &json).ok().as_ref() != Some(settings) {
        return Err(StoreError::NotExact);
    }
    transaction.run(SET_SETTINGS, &binds![&json]).await.map(|_| ())
}

/// The currency of the amounts there are; `None` while there are none.
pub(crate) async fn currency(transaction: &mut Transaction) -> Result<Option<String>, StoreError> {
    let amounts: Option<(i64,)> = transaction.first(HAS_AMOUNTS, &[]).await?;
    if amounts.is_none_or(|(count,)| count == 0) {
        return Ok(None);
    }
    Ok(Some(decided(transaction).await?.unwrap_or_default().currency))
}
