//! Open goals: which partners deserve a visit, filtered, sorted and paged for the list, the map and the export alike.

use async_recursion::async_recursion as boxed;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use spelplan_facts::{Band, Day, LeftOutReason, Money, PamId, Partner, PartnerId, Place, Reason, Share};
use spelplan_focus::{OpenGoal, PotentialSource};

use crate::access::Actor;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// What the list shows. Everything absent shows everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenGoalFilter {
    /// Part of name, number or town, any case.
    pub search: String,
    /// Run by this PAM.
    pub pam: Option<PamId>,
    /// In this country.
    pub country: Option<String>,
    /// Of this segment.
    pub segment: Option<String>,
    /// Which of them.
    pub show: Show,
    /// Order.
    pub sort: Sort,
    /// The other way round.
    pub reversed: bool,
}

/// Which partners the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Show {
    /// Those worth a visit.
    #[default]
    Worth,
    /// Those worth a visit that nobody ever visited.
    NeverVisited,
    /// Those worth a visit with no visit planned.
    NotPlanned,
    /// Those with a visit planned.
    Planned,
    /// Those not worth a visit, with the reason.
    NotWorth,
    /// Everybody.
    All,
}

/// Order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// By rank: gain per hour.
    #[default]
    Rank,
    /// By name.
    Name,
    /// By margin at stake.
    AtStake,
    /// By gain of one visit.
    Gain,
    /// By relationship strength.
    Strength,
    /// By last visit, longest ago first.
    LastVisit,
    /// By next planned visit.
    NextVisit,
    /// By sales of the last twelve months.
    Sales,
    /// By town.
    Town,
}

/// One partner in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenGoalRow {
    /// Whom.
    pub partner: PartnerId,
    /// Number in the files.
    pub key: String,
    /// Name.
    pub name: String,
    /// Town.
    pub city: String,
    /// ISO country.
    pub country: String,
    /// Segment; may be empty.
    pub segment: String,
    /// Who runs it.
    pub pam: Option<PamId>,
    /// Their name; empty where nobody.
    pub pam_name: String,
    /// Where.
    pub place: Option<Place>,
    /// 1 is the best open goal.
    pub rank: usize,
    /// Gain of a visit per hour it takes.
    pub score: Money,
    /// Margin a year that the headroom is worth.
    pub at_stake: Band,
    /// Expected margin gain of the next visit.
    pub gain: Band,
    /// Potential: what could be ours in a year.
    pub potential: Band,
    /// What of it is not yet.
    pub headroom: Money,
    /// Sales of the last twelve months.
    pub sales_year: Money,
    /// Margin as part of revenue.
    pub margin_share: Share,
    /// Relationship strength, 0 to 1.
    pub strength: Share,
    /// Weighted digital touches a month.
    pub touches_month: f64,
    /// Last visit.
    pub last_visit: Option<Day>,
    /// Next planned visit.
    pub next_visit: Option<Day>,
    /// Why worth a visit, strongest first.
    pub why: Vec<Reason>,
    /// Why not, where it is not.
    pub obstacle: Option<LeftOutReason>,
    /// What it wants to meet about, where it has asked for a meeting; may be empty.
    pub wish: Option<String>,
    /// Where potential comes from.
    pub potential_source: PotentialSource,
}

/// A page of the list, with what the filters can be set to.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenGoalPage {
    /// The rows of this page.
    pub rows: Vec<OpenGoalRow>,
    /// How many rows the filter lets through in all.
    pub total: usize,
    /// How many partners there are.
    pub partners: usize,
    /// This page, from 1.
    pub page: usize,
    /// Number of pages (at least 1).
    pub pages: usize,
    /// Margin at stake of all rows the filter lets through.
    pub at_stake: Band,
    /// PAMs with their number of partners.
    pub pams: Vec<(PamId, String, usize)>,
    /// Countries with their number of partners.
    pub countries: Vec<(String, usize)>,
    /// Segments with their number of partners.
    pub segments: Vec<(String, usize)>,
    /// What the figures build on.
    pub basis: Basis,
}

/// What figures build on.
#[derive(Debug, Clone, PartialEq)]
pub struct Basis {
    /// The day the figures are computed for.
    pub as_of: Day,
    /// True when that is the last day in the data because the data is old, and not today.
    pub figures_are_old: bool,
    /// Currency.
    pub currency: String,
    /// Is this the invented demo market?
    pub demo: bool,
    /// Is there any partner at all?
    pub empty: bool,
}

/// Rows on a page of the list.
pub const PAGE_ROWS: usize = 50;

impl App {
    /// One page of the list.
    #[boxed]
    pub async fn open_goals(
        &self,
        actor: &Actor,
        filter: &OpenGoalFilter,
        page: usize,
    ) -> Result<OpenGoalPage, AppError> {
        let snapshot = self.snapshot().await?;
        let chosen = chosen(&snapshot, actor, filter);
        let pages = chosen.len().div_ceil(PAGE_ROWS).max(1);
        let page = page.clamp(1, pages);
        let shown = chosen.iter().skip((page - 1) * PAGE_ROWS).take(PAGE_ROWS);
        let (pams, countries, segments) = facets(&snapshot, actor);
        Ok(OpenGoalPage {
            rows: shown.filter_map(|goal| row(&snapshot, goal)).collect(),
            total: chosen.len(),
            partners: snapshot.facts.partners.iter().filter(|partner| actor.sees(partner)).count(),
            page,
            pages,
            at_stake: sum(chosen.iter().map(|goal| goal.at_stake)),
            pams,
            countries,
            segments,
            basis: snapshot.basis.clone(),
        })
    }

    /// Every row the filter lets through, for the map.
    #[boxed]
    pub async fn map_goals(
        &self,
        actor: &Actor,
        filter: &OpenGoalFilter,
    ) -> Result<(Vec<OpenGoalRow>, Basis), AppError> {
        let snapshot = self.snapshot().await?;
        let rows = chosen(&snapshot, actor, filter).into_iter().filter_map(|goal| row(&snapshot, goal)).collect();
        Ok((rows, snapshot.basis.clone()))
    }

    /// What figures build on.
    #[boxed]
    pub async fn basis(&self, _actor: &Actor) -> Result<Basis, AppError> {
        Ok(self.snapshot().await?.basis.clone())
    }
}

/// The goals that the filter lets through and the actor may see, in the filter's order.
pub(crate) fn chosen<'a>(snapshot: &'a Snapshot, actor: &Actor, filter: &OpenGoalFilter) -> Vec<&'a OpenGoal> {
    let search = filter.search.trim().to_lowercase();
    let partners = snapshot.facts.partners.iter().zip(&snapshot.goal_at).zip(&snapshot.searchable);
    let mut chosen: Vec<(&Partner, &OpenGoal)> = partners
        .filter(|((partner, _), words)| {
            actor.sees(partner) && passes(partner, filter) && (search.is_empty() || words.contains(&search))
        })
        .filter_map(|((partner, &at), _)| Some((partner, snapshot.goals.get(at)?)))
        .filter(|(_, goal)| shows(filter.show, goal, snapshot.next_visits.contains_key(&goal.partner)))
        .collect();
    chosen.sort_by(|one, other| order(snapshot, filter.sort, one, other).then(one.1.rank.cmp(&other.1.rank)));
    if filter.reversed {
        chosen.reverse();
    }
    chosen.into_iter().map(|(_, goal)| goal).collect()
}

fn passes(partner: &Partner, filter: &OpenGoalFilter) -> bool {
    filter.pam.is_none_or(|pam| partner.pam == Some(pam))
        && filter.country.as_ref().is_none_or(|country| partner.country == *country)
        && filter.segment.as_ref().is_none_or(|segment| partner.segment == *segment)
}

fn shows(show: Show, goal: &OpenGoal, planned: bool) -> bool {
    let worth = goal.obstacle.is_none() && goal.gains[0].value > Money::ZERO;
    match show {
        Show::Worth => worth,
        Show::NeverVisited => worth && goal.last_visit.is_none(),
        Show::NotPlanned => worth && !planned,
        Show::Planned => planned,
        Show::NotWorth => !worth,
        Show::All => true,
    }
}

fn order(snapshot: &Snapshot, sort: Sort, one: &(&Partner, &OpenGoal), other: &(&Partner, &OpenGoal)) -> Ordering {
    let ((partner_a, a), (partner_b, b)) = (one, other);
    // An unknown day sorts last among planned visits, first among last visits (nobody was ever there).
    let next = |goal: &OpenGoal| snapshot.next_visits.get(&goal.partner).map_or((1, 0), |day| (0, day.number()));
    let asked = |goal: &OpenGoal| !snapshot.wishes.contains_key(&goal.partner);
    match sort {
        // Whoever has asked for a meeting comes first: the goal stands open by itself.
        Sort::Rank => asked(a).cmp(&asked(b)).then(a.rank.cmp(&b.rank)),
        Sort::Name => partner_a.name.to_lowercase().cmp(&partner_b.name.to_lowercase()),
        Sort::Town => partner_a.city.to_lowercase().cmp(&partner_b.city.to_lowercase()),
        Sort::AtStake => b.at_stake.value.cmp(&a.at_stake.value),
        Sort::Gain => b.gains[0].value.cmp(&a.gains[0].value),
        Sort::Strength => b.strength.0.total_cmp(&a.strength.0),
        Sort::LastVisit => a.last_visit.cmp(&b.last_visit),
        Sort::NextVisit => next(a).cmp(&next(b)),
        Sort::Sales => b.sales_year.cmp(&a.sales_year),
    }
}

/// The row of one goal.
pub(crate) fn row(snapshot: &Snapshot, goal: &OpenGoal) -> Option<OpenGoalRow> {
    let partner = snapshot.facts.partner(goal.partner)?;
    let pam = partner.pam.and_then(|pam| snapshot.facts.pam(pam));
    Some(OpenGoalRow {
        partner: goal.partner,
        key: partner.key.clone(),
        name: partner.name.clone(),
        city: partner.city.clone(),
        country: partner.country.clone(),
        segment: partner.segment.clone(),
        pam: partner.pam,
        pam_name: pam.map(|pam| pam.name.clone()).unwrap_or_default(),
        place: partner.place,
        rank: goal.rank,
        score: goal.score,
        at_stake: goal.at_stake,
        gain: goal.gains[0],
        potential: goal.potential,
        headroom: goal.headroom,
        sales_year: goal.sales_year,
        margin_share: goal.margin_share,
        strength: goal.strength,
        touches_month: goal.touches_month,
        last_visit: goal.last_visit,
        next_visit: snapshot.next_visits.get(&goal.partner).copied(),
        why: goal.why.clone(),
        obstacle: goal.obstacle,
        wish: snapshot.wishes.get(&goal.partner).cloned(),
        potential_source: goal.potential_source,
    })
}

pub(crate) type Facets = (Vec<(PamId, String, usize)>, Vec<(String, usize)>, Vec<(String, usize)>);

pub(crate) fn facets(snapshot: &Snapshot, actor: &Actor) -> Facets {
    let (mut pams, mut countries, mut segments) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for partner in snapshot.facts.partners.iter().filter(|partner| actor.sees(partner)) {
        if let Some(pam) = partner.pam {
            *pams.entry(pam).or_insert(0) += 1;
        }
        *countries.entry(partner.country.as_str()).or_insert(0) += 1;
        *segments.entry(partner.segment.as_str()).or_insert(0) += 1;
    }
    let named = |words: BTreeMap<&str, usize>| {
        words.into_iter().filter(|(word, _)| !word.is_empty()).map(|(word, count)| (word.to_owned(), count)).collect()
    };
    let name = |pam: PamId| snapshot.facts.pam(pam).map(|pam| pam.name.clone()).unwrap_or_default();
    let mut pams: Vec<_> = pams.into_iter().map(|(pam, count)| (pam, name(pam), count)).collect();
    pams.sort_by(|one, other| one.1.cmp(&other.1));
    (pams, named(countries), named(segments))
}

/// Bands added as if their errors were independent: the sum's width is the root of the squared widths.
pub(crate) fn sum(bands: impl Iterator<Item = Band>) -> Band {
    let (mut value, mut below, mut above) = (Money::ZERO, 0.0_f64, 0.0_f64);
    for band in bands {
        value += band.value;
        below += (band.value - band.low).units().powi(2);
        above += (band.high - band.value).units().powi(2);
    }
    Band { low: value - Money::from_units(below.sqrt()), value, high: value + Money::from_units(above.sqrt()) }
}
