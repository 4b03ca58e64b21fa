//! What managers answered, and which parameters were put into use: both appended, never changed. Parameters in use stand
//! in the settings; here is how they came there.

use spelplan_facts::{Answers, GivenAnswers, SegmentModel};

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::names::take;
use crate::statements::{ADD_ANSWER, ADD_MODEL_CHANGE, ANSWERS, MODEL_CHANGES};
use crate::transaction::Transaction;
use crate::{Store, StoreError, settings};

/// A segment's parameters as somebody changed them.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelChange {
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub person: String,
    /// As they were; without parameters where the company's held.
    pub before: SegmentModel,
    /// As they became.
    pub after: SegmentModel,
}

impl Store {
    /// Appends answers; the round is the person's next one about that segment, and is given back. `at` is RFC 3339.
    pub async fn append_answers(
        &self,
        person: &str,
        segment: &str,
        answers: &Answers,
        at: &str,
    ) -> Result<u32, StoreError> {
        let mut transaction = self.write().await?;
        let known = given(&mut transaction).await?;
        let own = |one: &&GivenAnswers| one.segment == segment && one.is_by(person);
        let round = known.iter().filter(own).count() as u32 + 1;
        let id = take(&mut transaction, "manager_answer", 1).await?;
        let json = to_json(answers)?;
        transaction.insert(&ADD_ANSWER, &binds![id, person, segment, round as i32, at, &json]).await?;
        transaction.commit().await?;
        Ok(round)
    }

    /// Every answer, in the order given.
    pub async fn answers(&self) -> Result<Vec<GivenAnswers>, StoreError> {
        given(&mut self.read().await?).await
    }

    /// Puts a segment's parameters into use (none: the company's hold again) and appends that it was done.
    pub async fn change_segment_model(&self, after: &SegmentModel, person: &str, at: &str) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let mut decided = settings::decided(&mut transaction).await?.unwrap_or_default();
        let kept = decided.segments.iter().position(|one| one.segment == after.segment);
        let before = match kept {
            Some(at) => decided.segments.remove(at),
            None => SegmentModel { segment: after.segment.clone(), parameters: Vec::new() },
        };
        if !after.parameters.is_empty() {
            decided.segments.push(after.clone());
            decided.segments.sort_by(|one, other| one.segment.cmp(&other.segment));
        }
        settings::decide(&mut transaction, &decided).await?;
        let id = take(&mut transaction, "model_change", 1).await?;
        let (before, became) = (to_json(&before)?, to_json(after)?);
        let row = binds![id, &after.segment, at, person, &before, &became];
        transaction.insert(&ADD_MODEL_CHANGE, &row).await?;
        transaction.commit().await
    }

    /// Every change of a segment's parameters, in order.
    pub async fn model_changes(&self) -> Result<Vec<ModelChange>, StoreError> {
        let rows: Vec<(String, String, String, String)> = self.read().await?.all(MODEL_CHANGES, &[]).await?;
        let change = |(at, person, before, after): (String, String, String, String)| {
            let model = |json: &str| from_json::<SegmentModel>("a change of the model", json);
            Ok(ModelChange { at, person, before: model(&before)?, after: model(&after)? })
        };
        rows.into_iter().map(change).collect()
    }
}

async fn given(transaction: &mut Transaction) -> Result<Vec<GivenAnswers>, StoreError> {
    let rows: Vec<(String, String, i32, String, String)> = transaction.all(ANSWERS, &[]).await?;
    let one = |(person, segment, round, at, json): (String, String, i32, String, String)| {
        let answers = from_json::<Answers>(&format!("the answers of {person}"), &json)?;
        Ok(GivenAnswers { person, segment, round: round.unsigned_abs(), at, answers })
    };
    rows.into_iter().map(one).collect()
}
