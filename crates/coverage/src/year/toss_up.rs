//! Toss-ups: partners for which it hardly matters to the plan whether they get two more visits in a season. There
//! chance may decide, and teach what visits bring (model.md sections 6 and 8). The price of the experiment is known
//! before the coin: the best plan's value without it less that with it.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_allocate::Problem;
use spelplan_facts::{CoverageRule, Day, DayRange, Demand, Money, PamId, PartnerId, RuleId, TossUpId};

use super::ask::{Ask, Refusal};
use super::choosing::{ALONE, Choosing, Chosen, PLAN, Way};
use super::programme::Programme;
use crate::draw::{Assignment, Block, Entry};

/// Visits that winners get more than the others in the season (model.md D4: one visit would need too many pairs).
pub const DOSE: usize = 2;

/// A block of fewer entries joins its neighbours: both arms need two to be compared within it.
const LEAST_BLOCK: usize = 4;

/// What experiment is wished for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TossUpWish {
    /// Place of the season among the programme's.
    pub season: usize,
    /// Entries to draw among at most; those that cost the plan least are taken.
    pub entries: usize,
}

/// A block that chance may decide.
#[derive(Debug, Clone, PartialEq)]
pub struct TossUp {
    /// Its entries and how many win.
    pub block: Block,
    /// Whose partners.
    pub pam: PamId,
    /// Which third of the PAM's entries by sales, from 0 for the smallest; 0 where they are not divided.
    pub tercile: usize,
    /// What it takes from the plan, at the plan's prices of hours.
    pub price: Money,
}

/// The experiment that is proposed, before any draw.
#[derive(Debug, Clone, PartialEq)]
pub struct TossUps {
    /// The season in which visits are drawn.
    pub season: DayRange,
    /// Visits that winners get more.
    pub dose: usize,
    /// By PAM, then size.
    pub blocks: Vec<TossUp>,
    /// Value of the best plan without the experiment.
    pub value_without: Money,
    /// Expected value of the best plan with it.
    pub value_with: Money,
    /// The first less the second: what is paid for knowing.
    pub price: Money,
}

/// A partner's options where chance decides about the season: all else equal, with the visits and without.
struct Tied<'a> {
    with: &'a Way,
    without: &'a Way,
}

impl Programme {
    /// Toss-ups around the best plan under that ask: as many entries as wished, or as many as the season's hours hold;
    /// `Ok(None)` where nobody is near enough to the margin to be drawn with another.
    pub fn toss_ups(&self, ask: &Ask, wish: TossUpWish) -> Result<Option<TossUps>, Refusal> {
        let Some(&season) = self.seasons.get(wish.season) else { return Ok(None) };
        let mut choosing = Choosing::new(self, ask, &ALONE)?;
        let chosen = choosing.solve()?;
        let mut candidates = choosing.candidates(&chosen, wish);
        loop {
            let blocks = choosing.blocks(candidates.clone(), wish.season);
            if blocks.is_empty() {
                return Ok(None);
            }
            if let Ok(value_with) = choosing.with_chance(&blocks, wish.season) {
                let value_without = chosen.value();
                let value_with = value_with.min(value_without);
                let price = value_without - value_with;
                return Ok(Some(TossUps { season, dose: DOSE, blocks, value_without, value_with, price }));
            }
            // Winners need more hours than there are: fewer are drawn among, the cheapest of them.
            candidates.truncate(candidates.len() * 4 / 5);
        }
    }
}

/// An entry with what it costs and how large it is.
#[derive(Clone)]
struct Candidate {
    entry: Entry,
    budget: usize,
    loss: f64,
    sales: Money,
}

impl Choosing<'_> {
    /// The entries that cost least, cheapest first. A chain is one entry; a chain with several PAMs is none, since their
    /// hours could not be promised; nor is a partner that a rule concerns.
    fn candidates(&self, chosen: &Chosen, wish: TossUpWish) -> Vec<Candidate> {
        let mut pams_of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for item in (0..self.items.len()).filter(|item| !self.case(*item).chain.is_empty()) {
            pams_of.entry(self.case(item).chain.as_str()).or_default().insert(self.items[item].budget);
        }
        let mut entries: BTreeMap<(usize, String), Candidate> = BTreeMap::new();
        for item in (0..self.items.len()).filter(|item| self.items[*item].kept.is_empty()) {
            let (case, budget) = (self.case(item), self.items[item].budget);
            let alone = case.chain.is_empty();
            if !alone && pams_of.get(case.chain.as_str()).is_some_and(|pams| pams.len() > 1) {
                continue;
            }
            let Some(loss) = self.loss(chosen, item, wish.season) else { continue };
            let key =
                if alone { format!("partner {}", case.partner.0) } else { format!("chain {}", tidy(&case.chain)) };
            let entry = Entry { key: key.clone(), partners: Vec::new() };
            let none = || Candidate { entry, budget, loss: 0.0, sales: Money::ZERO };
            let candidate = entries.entry((budget, key)).or_insert_with(none);
            candidate.entry.partners.push(case.partner);
            candidate.loss += loss;
            candidate.sales += case.sales_year;
        }
        let mut cheapest: Vec<Candidate> = entries.into_values().collect();
        cheapest.sort_by(|a, b| a.loss.total_cmp(&b.loss).then_with(|| a.entry.key.cmp(&b.entry.key)));
        cheapest.truncate(wish.entries);
        cheapest
    }

    /// What chance takes from the partner's best at the plan's prices, each outcome being as likely.
    fn loss(&self, chosen: &Chosen, item: usize, season: usize) -> Option<f64> {
        let best = self.items[item].ways.iter().map(|way| self.reduced(chosen, way)).fold(f64::NEG_INFINITY, f64::max);
        let even = |tied: &Tied| 0.5 * (self.reduced(chosen, tied.with) + self.reduced(chosen, tied.without));
        let tied = self
            .tied(item, season)
            .iter()
            .map(even)
            .fold(None, |most: Option<f64>, one| Some(most.map_or(one, |most| most.max(one))));
        tied.map(|tied| best - tied)
    }

    /// The options that differ in nothing but the dose in that season.
    fn tied(&self, item: usize, season: usize) -> Vec<Tied<'_>> {
        let ways = &self.items[item].ways;
        let partner_of = |way: &Way| {
            let mut visits = way.visits.clone();
            visits[season] = 0;
            ways.iter().find(|other| other.level == way.level && other.visits == visits)
        };
        let dosed = ways.iter().filter(|way| usize::from(way.visits[season]) == DOSE);
        dosed.filter_map(|with| Some(Tied { with, without: partner_of(with)? })).collect()
    }

    /// PAM by PAM, in thirds by size where there are enough.
    fn blocks(&self, candidates: Vec<Candidate>, season: usize) -> Vec<TossUp> {
        let mut by_budget: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        candidates.into_iter().for_each(|one| by_budget.entry(one.budget).or_default().push(one));
        let mut blocks = Vec::new();
        for (budget, mut own) in by_budget {
            own.sort_by(|a, b| a.sales.cmp(&b.sales).then_with(|| a.entry.key.cmp(&b.entry.key)));
            let thirds = (own.len() / LEAST_BLOCK).clamp(1, 3);
            let count = own.len();
            let mut rest = own.into_iter();
            for tercile in 0..thirds {
                let size = (tercile + 1) * count / thirds - tercile * count / thirds;
                let part: Vec<Candidate> = rest.by_ref().take(size).collect();
                let price = Money::from_units(part.iter().map(|one| one.loss).sum());
                let pam = self.ask.budgets[budget].pam;
                let code = format!("pam {} season {} size {}", pam.0, self.programme.seasons[season], tercile + 1);
                let block = Block::halved(code, part.into_iter().map(|one| one.entry).collect());
                blocks.extend(block.map(|block| TossUp { block, pam, tercile, price }));
            }
        }
        blocks
    }

    /// Expected value of the best plan in which chance decides about the blocks: their partners have each pair of
    /// options as one, which brings and uses what its outcomes do, weighted by their probability.
    fn with_chance(&self, blocks: &[TossUp], season: usize) -> Result<Money, Refusal> {
        let mut chances: BTreeMap<PartnerId, f64> = BTreeMap::new();
        for toss_up in blocks {
            let partners = toss_up.block.entries.iter().flat_map(|entry| &entry.partners);
            chances.extend(partners.map(|partner| (*partner, toss_up.block.probability())));
        }
        let mut problem = Problem::new(self.problem.capacities().to_vec());
        for item in 0..self.items.len() {
            problem.item();
            match chances.get(&self.case(item).partner) {
                None => self.core_ways(item).for_each(|way| {
                    problem.choice(way.value, &way.uses, &[]);
                }),
                Some(chance) => self.tied(item, season).iter().for_each(|tied| {
                    let value = chance * tied.with.value + (1.0 - chance) * tied.without.value;
                    problem.choice(value, &mixed(tied, *chance), &[]);
                }),
            }
        }
        let answer = spelplan_allocate::solve(&problem, &PLAN);
        answer.map(|answer| Money::from_units(answer.value)).map_err(|infeasible| self.too_little(&infeasible))
    }
}

/// What the outcomes use, weighted.
fn mixed(tied: &Tied, chance: f64) -> Vec<(usize, f64)> {
    let mut uses: BTreeMap<usize, f64> = BTreeMap::new();
    for (way, weight) in [(tied.with, chance), (tied.without, 1.0 - chance)] {
        way.uses.iter().for_each(|(resource, amount)| *uses.entry(*resource).or_default() += weight * amount);
    }
    uses.into_iter().collect()
}

/// Without what would break the list's lines.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rules that bind plans to a draw: winners get just the dose in the season, the others no visit. Their identities
/// are the store's to give.
pub fn rules_of(
    assignments: &[Assignment],
    toss_up: TossUpId,
    season: DayRange,
    by: &str,
    on: Day,
) -> Vec<CoverageRule> {
    let rule = |wins: bool, partner: PartnerId| CoverageRule {
        id: RuleId::default(),
        partner,
        demand: Demand::Visits(if wins { DOSE } else { 0 }),
        within: Some(season),
        by: by.to_owned(),
        on,
        reason: String::new(),
        toss_up: Some(toss_up),
    };
    let partners = |one: &Assignment| one.partners.iter().map(|partner| rule(one.wins, *partner)).collect::<Vec<_>>();
    assignments.iter().flat_map(partners).collect()
}
