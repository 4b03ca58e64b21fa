//! Everything away; and the mark that says a database holds invented figures.

use crate::binds::binds;
use crate::statements::*;
use crate::transaction::Statement;
use crate::{Store, StoreError};

/// Tables in an order that leaves nothing pointing nowhere. Counters stay: an identity is never used twice.
const CLEARINGS: &[Statement] = &[
    CLEAR_BUSY,
    CLEAR_READINGS,
    CLEAR_SUBSCRIPTIONS,
    CLEAR_FEEDS,
    CLEAR_ZONES,
    CLEAR_CALENDAR,
    CLEAR_TERRITORY_EVENTS,
    CLEAR_TERRITORY_LOCKS,
    CLEAR_TERRITORY_HANDOVERS,
    CLEAR_TERRITORY_CHANGES,
    CLEAR_BUSINESS,
    CLEAR_TOLD_DRAWS,
    CLEAR_LETTERS,
    CLEAR_TIME_CORRECTIONS,
    CLEAR_TIME_ASSUMPTIONS,
    CLEAR_LOGGED_TOUCHES,
    CLEAR_PORTAL_ANSWERS,
    CLEAR_PORTAL_LINKS,
    CLEAR_CLASHES,
    CLEAR_OPERATIONS,
    CLEAR_RATINGS,
    CLEAR_MEETINGS,
    CLEAR_MEETING_SOURCES,
    CLEAR_DRIVE_TIMES,
    CLEAR_ROAD_VERSIONS,
    CLEAR_LOGGED_TRIPS,
    CLEAR_JUDGEMENTS,
    CLEAR_RULE_EVENTS,
    CLEAR_RULES,
    CLEAR_TOSS_UP_EVENTS,
    CLEAR_TOSS_UP_CANDIDATES,
    CLEAR_TOSS_UPS,
    CLEAR_WHAT_IF_EVENTS,
    CLEAR_WHAT_IFS,
    CLEAR_ANSWERS,
    CLEAR_MODEL_CHANGES,
    CLEAR_LESSONS,
    CLEAR_EFFECT_SPECIFICATIONS,
    CLEAR_EFFECT_FIGURES,
    CLEAR_KAM_FIGURES,
    CLEAR_PLAN_BETTER,
    CLEAR_PLAN_PROOFS,
    CLEAR_PLAN_VERSIONS,
    CLEAR_PLAN_STOPS,
    CLEAR_PLAN_DAYS,
    CLEAR_PLANS,
    CLEAR_ABSENCES,
    CLEAR_IMPORT_PARTNERS,
    CLEAR_IMPORT_CATEGORIES,
    CLEAR_CHANGES,
    CLEAR_EVENTS,
    CLEAR_IMPORTS,
    CLEAR_CELLS,
    CLEAR_DAYS,
    CLEAR_SUPPLY_MONTHS,
    CLEAR_SUPPLIES,
    CLEAR_LINE_KEYS,
    CLEAR_LINES,
    CLEAR_TOUCH_KEYS,
    CLEAR_TOUCHES,
    CLEAR_QUOTAS,
    CLEAR_ARTICLES,
    CLEAR_CATEGORIES,
    CLEAR_CONTACTS,
    CLEAR_PARTNERS,
    CLEAR_PAMS,
    CLEAR_DEMO_SESSIONS,
    CLEAR_DEMO_PEOPLE,
    DROP_SETTINGS,
];

impl Store {
    /// Takes everything away: facts, imports, plans, answers, settings, the demo mark and the demo's
    /// people. Other people stay, and so does the audit log.
    pub async fn clear(&self) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        for clearing in CLEARINGS {
            transaction.run(*clearing, &[]).await?;
        }
        transaction.run(SET_COUNTER, &binds![0_i64, "demo"]).await?;
        transaction.commit().await
    }

    /// Marks that the figures are invented, or that they are not.
    pub async fn mark_demo(&self, demo: bool) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        transaction.run(SET_COUNTER, &binds![i64::from(demo), "demo"]).await?;
        transaction.commit().await
    }

    /// Are the figures invented?
    pub async fn is_demo(&self) -> Result<bool, StoreError> {
        Ok(self.counter("demo").await? != 0)
    }
}
