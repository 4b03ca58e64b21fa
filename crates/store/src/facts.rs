//! The facts a step may know, loaded at one moment from the tables and the roll-up; no line is read.

use spelplan_facts::{Day, DayRange, Facts, Month, PamId, PartnerId, PlanId, PlannedVisit, Sales, SeasonPlan};

use crate::binds::binds;
use crate::calendar::busy_from;
use crate::judgements::JudgementRow;
use crate::rows::{
    AbsenceRow, CategoryRow, CategorySaleRow, ContactRow, MonthRow, PamRow, PartnerRow, QuotaRow, TouchRow, day,
};
use crate::statements::{
    ABSENCES, CATEGORIES, CATEGORY_SALES, CONTACTS, MONTH_SALES, PAMS, PARTNERS, PLANNED_VISITS, QUOTAS,
    STANDING_JUDGEMENTS, TAKEN, TOUCHES_UNTIL,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError, drives, logged_touches, meetings, portal, rules, settings};

/// Months of sales that facts hold, the month of the day included.
const MONTHS: i32 = 36;
/// Months of sales by category.
const CATEGORY_MONTHS: i32 = 12;

impl Store {
    /// Everything known on that day: sales to the end of its month, touches up to it. Days of every plan that holds
    /// (no later plan covers any of its season) are taken.
    pub async fn facts(&self, as_of: Day) -> Result<Facts, StoreError> {
        // A range that runs backwards touches no season.
        self.facts_but(as_of, (i32::MAX, i32::MIN), PlanId(i64::MAX)).await
    }

    /// As [`Store::facts`], for planning that season: days of plans it would replace are free.
    pub async fn facts_for_planning(&self, as_of: Day, season: DayRange) -> Result<Facts, StoreError> {
        self.facts_but(as_of, (season.from.number(), season.to.number()), PlanId(i64::MAX)).await
    }

    /// As [`Store::facts_for_planning`], for judging a stored plan: visits count that plans before it hold. Plans after it had
    /// to heed its own.
    pub async fn facts_of_plan(&self, plan: &SeasonPlan) -> Result<Facts, StoreError> {
        self.facts_but(plan.as_of, (plan.season.from.number(), plan.season.to.number()), plan.id).await
    }

    async fn facts_but(&self, as_of: Day, free: (i32, i32), before: PlanId) -> Result<Facts, StoreError> {
        let mut transaction = self.read().await?;
        let transaction = &mut transaction;
        let pams: Vec<PamRow> = transaction.all(PAMS, &[]).await?;
        let partners: Vec<PartnerRow> = transaction.all(PARTNERS, &[]).await?;
        let contacts: Vec<ContactRow> = transaction.all(CONTACTS, &[]).await?;
        let absences: Vec<AbsenceRow> = transaction.all(ABSENCES, &[]).await?;
        let quotas: Vec<QuotaRow> = transaction.all(QUOTAS, &[]).await?;
        let touches: Vec<TouchRow> = transaction.all(TOUCHES_UNTIL, &binds![as_of.number()]).await?;
        let standing = meetings::all_standing(transaction).await?;
        let logged = logged_touches::standing(transaction).await?;
        let touches = touches.into_iter().map(TouchRow::fact).collect::<Result<_, _>>()?;
        let taken: Vec<(i64, i32)> = transaction.all(TAKEN, &binds![free.0, free.1]).await?;
        let row = binds![as_of.number(), before.0, free.0, free.1];
        let planned: Vec<(i64, i32)> = transaction.all(PLANNED_VISITS, &row).await?;
        let wallets = partners.iter().filter_map(PartnerRow::wallet).collect();
        let wallets = portal::with_own_words(transaction, wallets).await?;
        let judgements: Vec<JudgementRow> = transaction.all(STANDING_JUDGEMENTS, &[]).await?;
        let settings = settings::decided(transaction).await?.unwrap_or_default();
        Ok(Facts {
            drives: drives::table(transaction, &settings.roads).await?,
            wallets,
            judgements: judgements.into_iter().filter_map(JudgementRow::standing).collect(),
            settings,
            partners: partners.into_iter().map(PartnerRow::fact).collect::<Result<_, _>>()?,
            contacts: contacts.into_iter().map(ContactRow::fact).collect(),
            pams: pams.into_iter().map(PamRow::fact).collect(),
            absences: absences.into_iter().map(AbsenceRow::fact).collect(),
            quotas: quotas.into_iter().map(QuotaRow::fact).collect(),
            sales: sales(transaction, as_of.month()).await?,
            touches: logged_touches::with_logged(meetings::with_held(touches, &standing, as_of), logged, as_of),
            meetings: standing.into_iter().map(|(meeting, _)| meeting).collect(),
            rules: rules::holding(transaction).await?,
            busy: busy_from(transaction, as_of).await?,
            taken: taken.into_iter().map(|(pam, number)| (PamId(pam), day(number))).collect(),
            planned: planned.into_iter().map(planned_visit).collect(),
        })
    }
}

fn planned_visit((partner, number): (i64, i32)) -> PlannedVisit {
    PlannedVisit { partner: PartnerId(partner), day: day(number) }
}

async fn sales(transaction: &mut Transaction, last: Month) -> Result<Sales, StoreError> {
    let months: Vec<MonthRow> = transaction.all(MONTH_SALES, &binds![last.0 - MONTHS + 1, last.0]).await?;
    let by_category: Vec<CategorySaleRow> =
        transaction.all(CATEGORY_SALES, &binds![last.0 - CATEGORY_MONTHS + 1, last.0]).await?;
    let categories: Vec<CategoryRow> = transaction.all(CATEGORIES, &[]).await?;
    Ok(Sales {
        by_month: months.into_iter().map(MonthRow::fact).collect(),
        by_category: by_category.into_iter().map(CategorySaleRow::fact).collect(),
        categories: categories.into_iter().map(CategoryRow::fact).collect(),
    })
}
