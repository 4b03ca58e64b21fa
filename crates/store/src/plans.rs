//! Published season plans: appended whole, never changed, and read back to the last bit.

use std::collections::BTreeSet;

use spelplan_facts::{Day, DayRange, Money, PamId, PartnerId, PlanId, SeasonPlan};
use sqlx::FromRow;

use crate::binds::binds;
use crate::calendar;
use crate::documents::{from_json, to_json};
use crate::names::take;
use crate::rows::day;
use crate::statements::{ADD_PLAN, ADD_PLAN_DAYS, ADD_PLAN_STOPS, NEXT_STOPS, PLAN, PLANS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// A stored plan in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSummary {
    /// Identity.
    pub plan: PlanId,
    /// When it was appended (RFC 3339).
    pub made_at: String,
    /// Its weeks.
    pub season: DayRange,
    /// Visits in it.
    pub visits: usize,
    /// Expected margin gain, before costs.
    pub gain: Money,
    /// A later plan covers some of its season, so its days are free again.
    pub superseded: bool,
    /// A change has made another version of it.
    pub revised: bool,
}

impl Store {
    /// Appends a plan; `at` is the time, RFC 3339. Its own `id` is ignored and given anew.
    pub async fn append_plan(&self, plan: &SeasonPlan, at: &str) -> Result<PlanId, StoreError> {
        let mut transaction = self.write().await?;
        let id = append(&mut transaction, plan, at).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Every plan, latest first.
    pub async fn plans(&self) -> Result<Vec<PlanSummary>, StoreError> {
        let rows: Vec<PlanRow> = self.read().await?.all(PLANS, &[]).await?;
        Ok(rows.into_iter().map(PlanRow::summary).collect())
    }

    /// One plan, exactly as it was appended; `None` where there is none.
    pub async fn plan(&self, plan: PlanId) -> Result<Option<SeasonPlan>, StoreError> {
        let row: Option<(String,)> = self.read().await?.first(PLAN, &binds![plan.0]).await?;
        row.map(|(json,)| from_json(&format!("plan {}", plan.0), &json)).transpose()
    }

    /// Visits from that day on, of plans that hold; by partner, then day.
    pub async fn next_stops(&self, from: Day) -> Result<Vec<(PartnerId, PamId, Day, PlanId)>, StoreError> {
        let rows: Vec<(i64, i64, i32, i64)> = self.read().await?.all(NEXT_STOPS, &binds![from.number()]).await?;
        let stop = |(partner, pam, on, plan)| (PartnerId(partner), PamId(pam), day(on), PlanId(plan));
        Ok(rows.into_iter().map(stop).collect())
    }
}

/// Appends a plan within a transaction.
pub(crate) async fn append(transaction: &mut Transaction, plan: &SeasonPlan, at: &str) -> Result<PlanId, StoreError> {
    let id = take(transaction, "plan", 1).await?;
    let stored = SeasonPlan { id: PlanId(id), ..plan.clone() };
    let json = to_json(&stored)?;
    if from_json::<SeasonPlan>("the plan", &json).ok().as_ref() != Some(&stored) {
        return Err(StoreError::NotExact);
    }
    let visits: usize = plan.days.iter().map(|day| day.stops.len()).sum();
    let (from, to) = (plan.season.from.number(), plan.season.to.number());
    let row = binds![id, at, from, to, visits as i64, plan.gain.value.0, &json];
    transaction.insert(&ADD_PLAN, &row).await?;
    add_days(transaction, &stored).await?;
    add_stops(transaction, &stored).await?;
    calendar::catch_up(transaction).await?;
    Ok(PlanId(id))
}

/// On the road or at the desk: on neither may another plan count on the PAM.
async fn add_days(transaction: &mut Transaction, plan: &SeasonPlan) -> Result<(), StoreError> {
    let road = plan.days.iter().map(|day| (day.pam.0, day.day.number()));
    let desk = plan.desk.iter().map(|block| (block.pam.0, block.day.number()));
    let days: BTreeSet<(i64, i32)> = road.chain(desk).collect();
    let rows: Vec<_> = days.into_iter().flat_map(|(pam, day)| binds![plan.id.0, pam, day]).collect();
    transaction.insert(&ADD_PLAN_DAYS, &rows).await
}

async fn add_stops(transaction: &mut Transaction, plan: &SeasonPlan) -> Result<(), StoreError> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for day in &plan.days {
        for stop in day.stops.iter().filter(|stop| seen.insert((stop.partner, day.day))) {
            let contact = stop.contact.map(|contact| contact.0);
            rows.extend(binds![plan.id.0, stop.partner.0, day.pam.0, day.day.number(), contact]);
        }
    }
    transaction.insert(&ADD_PLAN_STOPS, &rows).await
}

#[derive(FromRow)]
struct PlanRow {
    id: i64,
    at: String,
    season_from: i32,
    season_to: i32,
    visits: i64,
    gain: i64,
    superseded: bool,
    revised: bool,
}

impl PlanRow {
    fn summary(self) -> PlanSummary {
        PlanSummary {
            plan: PlanId(self.id),
            made_at: self.at,
            season: DayRange { from: day(self.season_from), to: day(self.season_to) },
            visits: usize::try_from(self.visits).unwrap_or_default(),
            gain: Money(self.gain),
            superseded: self.superseded,
            revised: self.revised,
        }
    }
}
