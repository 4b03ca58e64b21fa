//! The coverage page: what more and fewer days are worth, and how many visits every partner gets for the days asked.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::sync::Arc;

use spelplan_coverage::year::{YearLine, YearPlan};
use spelplan_facts::{Band, Day, DayRange, Minutes, Money, PamId, PartnerId, Share};

use spelplan_reports::{Material, Table};

use super::company::{CompanyYear, company_year};
use super::counted::{Answered, Asked, Counted};
use super::filter::{Change, CoverageFilter, order};
use super::refused::{Refused, RuleRow, refused, rule_row};
use super::what_ifs::company;
use crate::access::Actor;
use crate::jobs::Progress;
use crate::open_goals::{Basis, facets, sum};
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// What the reader asks of the year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum TimeAsked {
    /// What holds.
    #[default]
    Usual,
    /// A part of today's days (1 is all of them).
    Part(f64),
    /// So many days in the field, of all PAMs.
    Days(f64),
}

/// Rows on a page of the table.
pub const PAGE_ROWS: usize = 50;

/// Everything the coverage page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct CoveragePage {
    /// What the figures build on.
    pub basis: Basis,
    /// Name of the what-if that holds, where one does.
    pub held: Option<String>,
    /// May the reader change anything?
    pub steers: bool,
    /// The year's field seasons.
    pub seasons: Vec<DayRange>,
    /// Days in the field that the last twelve months' visits took, of all PAMs; those there are where nobody was visited.
    pub days_today: f64,
    /// Days in the field that the seasons hold, of all PAMs.
    pub days_there: f64,
    /// Days asked about.
    pub days: f64,
    /// The same as a part of today's.
    pub time: Share,
    /// The plan's sums; `None` where it was refused.
    pub sums: Option<YearSums>,
    /// Why there is no plan.
    pub refused: Option<Refused>,
    /// What only those see who see the whole company.
    pub company: Option<CompanyYear>,
    /// The rows of this page.
    pub rows: Vec<CoverageRow>,
    /// Rows the filter lets through.
    pub total: usize,
    /// Partners in all.
    pub partners: usize,
    /// Partners outside the year, with no line: inactive ones, and those that nobody with hours runs.
    pub outside: usize,
    /// This page, from 1.
    pub page: usize,
    /// Pages, at least 1.
    pub pages: usize,
    /// PAMs with their number of partners.
    pub pams: Vec<(PamId, String, usize)>,
    /// Segments with their number of partners.
    pub segments: Vec<(String, usize)>,
    /// PAMs' hours and what one more is worth.
    pub hours: Vec<PamYear>,
}

/// The sums of a year's plan over the partners the reader sees.
#[derive(Debug, Clone, PartialEq)]
pub struct YearSums {
    /// Expected margin gain.
    pub gain: Band,
    /// The same with video that builds; `None` where video is taken to build that much already.
    pub gain_with_video: Option<Money>,
    /// Kilometres, nights and hours.
    pub cost: Money,
    /// Visits of the year.
    pub visits: usize,
    /// Visits of the last twelve months.
    pub visits_now: f64,
    /// Partners visited.
    pub visited: usize,
    /// Partners by what the proposal changes for them.
    pub changes: Vec<(Change, usize)>,
    /// What rules cost together.
    pub rules_cost: Money,
    /// Partners that rules concern.
    pub ruled: usize,
    /// No plan is better by more than this.
    pub gap: Share,
    /// The realised/planned ratio that gains were multiplied by.
    pub realised: f64,
    /// Closed seasons it was learned from; none where it is assumed.
    pub realised_from: Option<usize>,
    /// Months that are valued.
    pub months: usize,
}

/// One partner's year, with names and rules.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageRow {
    /// Number in the files.
    pub key: String,
    /// Name.
    pub name: String,
    /// Town.
    pub city: String,
    /// Segment; may be empty.
    pub segment: String,
    /// Its PAM's name.
    pub pam_name: String,
    /// The year.
    pub line: YearLine,
    /// What it changes.
    pub change: Change,
    /// What was decided about it.
    pub rules: Vec<RuleRow>,
    /// Last visit.
    pub last_visit: Option<Day>,
    /// Visits before and after at equal relationship, where it is visited now.
    pub substituted: Option<(f64, f64)>,
}

/// A PAM's hours in the year.
#[derive(Debug, Clone, PartialEq)]
pub struct PamYear {
    /// Who.
    pub pam: PamId,
    /// Their name.
    pub name: String,
    /// Partners they run.
    pub partners: usize,
    /// Field time there is in all seasons.
    pub field_time: Minutes,
    /// Field time used.
    pub field_time_used: Minutes,
    /// Visits.
    pub visits: usize,
    /// What one more field hour brings, for each season.
    pub hour_values: Vec<Money>,
    /// What one more digital hour brings.
    pub digital_hour: Money,
    /// What they bring.
    pub gain: Money,
}

impl App {
    /// The coverage page for that many days.
    #[boxed]
    pub async fn coverage(
        &self,
        actor: &Actor,
        asked: TimeAsked,
        filter: &CoverageFilter,
        page: usize,
        progress: Arc<Progress>,
    ) -> Result<CoveragePage, AppError> {
        let year = self.counted(Asked::Held, progress).await?;
        let answered = year.answered(part(&year, asked)).await?;
        let held = self.store.what_ifs().await?.into_iter().find(|kept| kept.holds).map(|kept| kept.name);
        let (actor, filter) = (actor.clone(), filter.clone());
        let made = tokio::task::spawn_blocking(move || show(&year, &answered, &actor, held, (&filter, page)));
        made.await.map_err(|panic| AppError::died(&panic))
    }
}

impl App {
    /// The table's rows as a report: those the filter lets through, in its order.
    #[boxed]
    pub async fn coverage_table(
        &self,
        actor: &Actor,
        asked: TimeAsked,
        filter: &CoverageFilter,
    ) -> Result<Table, AppError> {
        let year = self.counted(Asked::Held, Arc::new(Progress::default())).await?;
        let answered = year.answered(part(&year, asked)).await?;
        let totals = self.report_totals().await?;
        let snapshot = &*year.snapshot;
        let plan = answered.answer.as_ref().ok().map(|answer| &answer.plan);
        let missing = || AppError::not_found("report of that name", "rapport med det namnet");
        let report = spelplan_reports::named(spelplan_reports::YEAR).ok_or_else(missing)?;
        Ok((report.make)(&Material {
            facts: &snapshot.facts,
            as_of: snapshot.basis.as_of,
            goals: Vec::new(),
            plan: None,
            year: plan.map(|plan| chosen(snapshot, actor, plan, filter)).unwrap_or_default(),
            next_visits: &snapshot.next_visits,
            totals,
        }))
    }
}

/// The part of the hours that is asked about, from none to ten times all.
pub(crate) fn part(year: &Counted, asked: TimeAsked) -> f64 {
    let there = days(year, year.ask.field_time());
    let part = match asked {
        TimeAsked::Usual => year.usual_time,
        TimeAsked::Part(part) => part * year.today,
        TimeAsked::Days(days) if there > 0.0 => days / there,
        TimeAsked::Days(_) => year.usual_time,
    };
    if part.is_finite() { part.clamp(0.0, 10.0) } else { year.usual_time }
}

/// Minutes as days in the field.
pub(crate) fn days(year: &Counted, time: Minutes) -> f64 {
    f64::from(time.0) / f64::from(year.programme.day_length().0.max(1))
}

fn show(
    year: &Counted,
    answered: &Answered,
    actor: &Actor,
    held: Option<String>,
    (filter, page): (&CoverageFilter, usize),
) -> CoveragePage {
    let snapshot = &*year.snapshot;
    let plan = answered.answer.as_ref().ok().map(|answer| &answer.plan);
    let lines = plan.map(|plan| seen(snapshot, actor, plan)).unwrap_or_default();
    let company = company(actor).ok().and_then(|()| company_year(year, answered));
    let chosen = plan.map(|plan| chosen(snapshot, actor, plan, filter)).unwrap_or_default();
    let pages = chosen.len().div_ceil(PAGE_ROWS).max(1);
    let page = page.clamp(1, pages);
    let (pams, _, segments) = facets(snapshot, actor);
    let substituted = company.as_ref().map(|company| &company.substitution.by_partner);
    let shown = chosen.iter().skip((page - 1) * PAGE_ROWS).take(PAGE_ROWS);
    let today = days(year, year.ask.field_time()) * year.today;
    CoveragePage {
        held,
        steers: actor.steers(),
        seasons: year.programme.seasons().to_vec(),
        days_today: today,
        days_there: days(year, year.ask.field_time()),
        days: days(year, answered.ask.field_time()),
        time: Share(if today > 0.0 { days(year, answered.ask.field_time()) / today } else { 1.0 }),
        sums: plan.map(|plan| YearSums {
            realised_from: learned_from(snapshot, plan),
            ..sums(answered, plan, &lines, actor)
        }),
        refused: answered.answer.as_ref().err().map(|refusal| refused(snapshot, refusal)),
        rows: shown.filter_map(|line| row(snapshot, line, substituted)).collect(),
        total: chosen.len(),
        partners: lines.len(),
        outside: plan.map_or(0, |plan| outside(snapshot, actor, plan)),
        page,
        pages,
        pams,
        segments,
        hours: plan.map(|plan| hours(snapshot, actor, plan, answered)).unwrap_or_default(),
        basis: snapshot.basis.clone(),
        company,
    }
}

/// How many partners that the actor may see have no line.
fn outside(snapshot: &Snapshot, actor: &Actor, plan: &YearPlan) -> usize {
    let sees = |partner: PartnerId| snapshot.facts.partner(partner).is_some_and(|partner| actor.sees(partner));
    plan.left_out.iter().filter(|one| sees(one.partner)).count()
}

/// The lines of partners the actor may see.
fn seen<'a>(snapshot: &Snapshot, actor: &Actor, plan: &'a YearPlan) -> Vec<&'a YearLine> {
    let sees = |line: &&YearLine| snapshot.facts.partner(line.partner).is_some_and(|partner| actor.sees(partner));
    plan.lines.iter().filter(sees).collect()
}

/// The lines that the filter lets through and the actor may see, in the filter's order.
pub(crate) fn chosen<'a>(
    snapshot: &Snapshot,
    actor: &Actor,
    plan: &'a YearPlan,
    filter: &CoverageFilter,
) -> Vec<&'a YearLine> {
    let partners = snapshot.facts.partners.iter().zip(&snapshot.searchable);
    let mut chosen: Vec<_> = partners
        .filter(|(partner, _)| actor.sees(partner))
        .filter_map(|(partner, words)| Some((partner, words, plan.line(partner.id)?)))
        .filter(|(partner, words, line)| filter.passes(partner, words, line))
        .map(|(partner, _, line)| {
            let pam = partner.pam.and_then(|pam| snapshot.facts.pam(pam)).map_or("", |pam| pam.name.as_str());
            (partner, pam, line)
        })
        .collect();
    chosen.sort_by(|one, other| order(filter.sort, *one, *other));
    if filter.reversed {
        chosen.reverse();
    }
    chosen.into_iter().map(|(_, _, line)| line).collect()
}

fn sums(answered: &Answered, plan: &YearPlan, lines: &[&YearLine], actor: &Actor) -> YearSums {
    let whole = company(actor).is_ok();
    let count = |change: Change| lines.iter().filter(|line| Change::of(line) == change).count();
    YearSums {
        gain: if whole { plan.gain } else { sum(lines.iter().map(|line| line.gain)) },
        gain_with_video: answered.with_video.as_ref().filter(|_| whole).map(|plan| plan.gain.value),
        cost: if whole { plan.cost } else { lines.iter().map(|line| line.gain.value - line.net).sum() },
        visits: lines.iter().map(|line| line.visits_year()).sum(),
        visits_now: lines.iter().map(|line| line.now.visits_year).sum(),
        visited: lines.iter().filter(|line| line.visits_year() > 0).count(),
        changes: Change::ALL.into_iter().map(|change| (change, count(change))).collect(),
        rules_cost: lines.iter().filter_map(|line| line.rules_cost).sum(),
        ruled: lines.iter().filter(|line| !line.rules.is_empty()).count(),
        gap: plan.gap,
        realised: plan.realised,
        realised_from: None,
        months: plan.months,
    }
}

/// Closed seasons that taught the ratio of that plan; a what-if may have another.
fn learned_from(snapshot: &Snapshot, plan: &YearPlan) -> Option<usize> {
    let learned = snapshot.facts.settings.realised_ratio.filter(|learned| learned.value == plan.realised);
    learned.map(|learned| learned.seasons)
}

pub(crate) fn row(
    snapshot: &Snapshot,
    line: &YearLine,
    substituted: Option<&BTreeMap<PartnerId, (f64, f64)>>,
) -> Option<CoverageRow> {
    let partner = snapshot.facts.partner(line.partner)?;
    let pam = partner.pam.and_then(|pam| snapshot.facts.pam(pam));
    Some(CoverageRow {
        key: partner.key.clone(),
        name: partner.name.clone(),
        city: partner.city.clone(),
        segment: partner.segment.clone(),
        pam_name: pam.map(|pam| pam.name.clone()).unwrap_or_default(),
        change: Change::of(line),
        rules: line.rules.iter().filter_map(|rule| rule_row(snapshot, *rule)).collect(),
        last_visit: snapshot.goal(line.partner).and_then(|goal| goal.last_visit),
        substituted: substituted.and_then(|all| all.get(&line.partner).copied()),
        line: line.clone(),
    })
}

fn hours(snapshot: &Snapshot, actor: &Actor, plan: &YearPlan, answered: &Answered) -> Vec<PamYear> {
    let budgets = answered.ask.budgets.iter().zip(&plan.hour_values);
    let seen = budgets.filter(|(budget, _)| actor.sees_days_of(budget.pam));
    seen.filter_map(|(budget, value)| {
        let pam = snapshot.facts.pam(budget.pam)?;
        let own = || plan.lines.iter().filter(|line| line.pam == budget.pam);
        Some(PamYear {
            pam: budget.pam,
            name: pam.name.clone(),
            partners: own().count(),
            field_time: budget.field_time.iter().copied().sum(),
            field_time_used: own().map(|line| line.field_time).sum(),
            visits: own().map(YearLine::visits_year).sum(),
            hour_values: value.field.clone(),
            digital_hour: value.digital,
            gain: own().map(|line| line.gain.value).sum(),
        })
    })
    .collect()
}
