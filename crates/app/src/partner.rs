//! One partner: who they are, what they buy, how the relationship stands, what is planned.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use spelplan_facts::{
    Contact, Day, DayRange, LeftOut, Money, Month, Pam, PamId, Parameter, Partner, PartnerId, PlanId, SaleLine,
    SeasonPlan, Share, TimeOfDay, Touch,
};

use crate::access::Actor;
use crate::open_goals::{self, Basis, OpenGoalRow};
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// Everything the partner page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerPage {
    /// As in the list.
    pub goal: OpenGoalRow,
    /// The partner itself.
    pub partner: Partner,
    /// Who runs it.
    pub pam: Option<Pam>,
    /// People there.
    pub contacts: Vec<Contact>,
    /// The last 24 months in order, none left out.
    pub months: Vec<PartnerMonth>,
    /// Revenue of the last six full months, and of the six before them a year earlier.
    pub half_year: (Money, Money),
    /// The last twelve months by category, biggest first.
    pub categories: Vec<PartnerCategory>,
    /// Relationship strength over the last 24 months.
    pub curve: Vec<(Day, Share)>,
    /// The parameters that hold for its segment, with where they come from.
    pub parameters: Vec<Parameter>,
    /// Visits and touches of the last 24 months, in order.
    pub touches: Vec<Touch>,
    /// Planned visits.
    pub planned: Vec<PlannedVisit>,
    /// Left out of the latest plan, with the reason.
    pub left_out: Option<(PlanId, LeftOut)>,
    /// The latest lines.
    pub lines: Vec<(SaleLine, String)>,
    /// What the figures build on.
    pub basis: Basis,
}

/// One month of a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartnerMonth {
    /// Which.
    pub month: Month,
    /// Net revenue.
    pub revenue: Money,
    /// Contribution margin where cost is known.
    pub margin: Money,
}

/// One category of a partner's last twelve months.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerCategory {
    /// Category.
    pub name: String,
    /// Aftermarket?
    pub aftermarket: bool,
    /// Net revenue.
    pub revenue: Money,
    /// Margin as part of the revenue whose cost is known.
    pub margin_share: Option<Share>,
}

/// A visit in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedVisit {
    /// In which plan.
    pub plan: PlanId,
    /// When.
    pub day: Day,
    /// From.
    pub begins: TimeOfDay,
    /// To.
    pub ends: TimeOfDay,
    /// Who.
    pub pam: PamId,
    /// Expected margin gain.
    pub gain: Money,
}

/// Months shown of sales, relationship and touches.
const MONTHS: i32 = 24;

/// Lines shown at once.
const LINES: i64 = 25;

impl App {
    /// Everything about one partner.
    #[boxed]
    pub async fn partner(&self, actor: &Actor, id: PartnerId) -> Result<PartnerPage, AppError> {
        let snapshot = self.snapshot().await?;
        let missing = || AppError::not_found("partner with that number", "partner med det numret");
        let partner = snapshot.facts.partner(id).filter(|partner| actor.sees(partner)).ok_or_else(missing)?.clone();
        let goal = snapshot.goal(id).and_then(|goal| open_goals::row(&snapshot, goal)).ok_or_else(missing)?;
        let judged = self.latest_plan(actor).await?;
        let plan = judged.as_ref().map(|judged| &judged.plan);
        let names: BTreeMap<_, _> =
            snapshot.facts.sales.categories.iter().map(|one| (one.id, one.name.clone())).collect();
        let lines = self.store.partner_lines(id, LINES, None).await?;
        let since = snapshot.basis.as_of.plus(-MONTHS * 61 / 2);
        let range = DayRange { from: since, to: snapshot.basis.as_of };
        Ok(PartnerPage {
            pam: partner.pam.and_then(|pam| snapshot.facts.pam(pam)).cloned(),
            contacts: snapshot.facts.contacts.iter().filter(|contact| contact.partner == id).cloned().collect(),
            months: months(&snapshot, id),
            half_year: half_year(&snapshot, id),
            categories: categories(&snapshot, id),
            curve: spelplan_focus::strength_curve(&snapshot.facts, id, range),
            parameters: crate::model::parameters(&snapshot.facts.settings, &partner.segment),
            touches: touches(&snapshot, id, since),
            planned: plan.map(|plan| planned(plan, id)).unwrap_or_default(),
            left_out: plan.and_then(|plan| left_out(plan, id)),
            lines: lines
                .into_iter()
                .map(|line| (names.get(&line.category).cloned().unwrap_or_default(), line))
                .map(|(name, line)| (line, name))
                .collect(),
            basis: snapshot.basis.clone(),
            goal,
            partner,
        })
    }
}

fn months(snapshot: &Snapshot, id: PartnerId) -> Vec<PartnerMonth> {
    let last = snapshot.basis.as_of.month();
    let known = snapshot.facts.sales.months_of(id);
    let month = |number: i32| {
        let sale = known.iter().find(|sale| sale.month == Month(number));
        let (revenue, margin) = sale.map_or((Money::ZERO, Money::ZERO), |sale| (sale.revenue, sale.margin));
        PartnerMonth { month: Month(number), revenue, margin }
    };
    (last.0 - MONTHS + 1..=last.0).map(month).collect()
}

/// Revenue of the six full months before the month of the day, and of the same months a year before.
fn half_year(snapshot: &Snapshot, id: PartnerId) -> (Money, Money) {
    let end = snapshot.basis.as_of.plus(1).month().0;
    let known = snapshot.facts.sales.months_of(id);
    let between = |from: i32, to: i32| -> Money {
        known.iter().filter(|sale| (from..to).contains(&sale.month.0)).map(|sale| sale.revenue).sum()
    };
    (between(end - 6, end), between(end - 18, end - 12))
}

fn categories(snapshot: &Snapshot, id: PartnerId) -> Vec<PartnerCategory> {
    let sales = &snapshot.facts.sales;
    let named = |sale: &spelplan_facts::CategorySale| {
        let category = sales.categories.iter().find(|category| category.id == sale.category);
        PartnerCategory {
            name: category.map(|category| category.name.clone()).unwrap_or_default(),
            aftermarket: category.is_some_and(|category| category.aftermarket),
            revenue: sale.revenue,
            margin_share: Share::of(sale.margin, sale.revenue_with_margin),
        }
    };
    let mut categories: Vec<_> = sales.categories_of(id).iter().map(named).collect();
    categories.sort_by(|one, other| other.revenue.cmp(&one.revenue).then(one.name.cmp(&other.name)));
    categories
}

fn touches(snapshot: &Snapshot, id: PartnerId, since: Day) -> Vec<Touch> {
    let shown = |touch: &&Touch| touch.partner == id && touch.day >= since && touch.day <= snapshot.basis.as_of;
    snapshot.facts.touches.iter().filter(shown).cloned().collect()
}

fn planned(plan: &SeasonPlan, id: PartnerId) -> Vec<PlannedVisit> {
    let days = plan.days.iter().flat_map(|day| day.stops.iter().map(move |stop| (day, stop)));
    let own = days.filter(|(_, stop)| stop.partner == id);
    own.map(|(day, stop)| PlannedVisit {
        plan: plan.id,
        day: day.day,
        begins: stop.begins,
        ends: stop.ends,
        pam: day.pam,
        gain: stop.gain.value,
    })
    .collect()
}

fn left_out(plan: &SeasonPlan, id: PartnerId) -> Option<(PlanId, LeftOut)> {
    plan.left_out.iter().find(|one| one.partner == id).map(|one| (plan.id, one.clone()))
}
