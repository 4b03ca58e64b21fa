//! What history has taught: each reading appended whole, the latest looked at.

use spelplan_facts::Lessons;

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::names::take;
use crate::statements::{ADD_LESSONS, LATEST_LESSONS};
use crate::{Store, StoreError};

impl Store {
    /// Appends a reading; `at` is the time, RFC 3339.
    pub async fn append_lessons(&self, lessons: &Lessons, at: &str) -> Result<(), StoreError> {
        let json = to_json(lessons)?;
        if from_json::<Lessons>("the lessons", &json).ok().as_ref() != Some(lessons) {
            return Err(StoreError::NotExact);
        }
        let mut transaction = self.write().await?;
        let id = take(&mut transaction, "lesson", 1).await?;
        transaction.insert(&ADD_LESSONS, &binds![id, at, &json]).await?;
        transaction.commit().await
    }

    /// When history was last read, and what it taught; `None` before the first time.
    pub async fn latest_lessons(&self) -> Result<Option<(String, Lessons)>, StoreError> {
        let row: Option<(String, String)> = self.read().await?.first(LATEST_LESSONS, &[]).await?;
        row.map(|(at, json)| Ok((at, from_json("the lessons", &json)?))).transpose()
    }
}
