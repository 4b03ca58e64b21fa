//! Toss-ups that were drawn elsewhere, as the step reads them: the season's days, entries and their chances out of what a file tells.

use async_recursion::async_recursion as boxed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spelplan_effect::{DrawnEntry, DrawnTossUp, TossUpResult, Witness};
use spelplan_facts::{Day, DayRange, Facts, PartnerId, TossUpId};
use spelplan_store::{ToldPartner, ToldTossUp};

use crate::access::Actor;
use crate::{App, AppError};

/// A toss-up that was drawn elsewhere, with what it came to so far.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownTold {
    /// Identity, among all toss-ups.
    pub id: TossUpId,
    /// What the file calls its season.
    pub name: String,
    /// The season's days; where the file does not tell them, from the first to the last visit to those who won.
    pub season: DayRange,
    /// Does the file tell them?
    pub dated: bool,
    /// On which day it was told.
    pub told: Day,
    /// Visits that winners get more.
    pub dose: usize,
    /// Entries that won, and all that count.
    pub entries: (usize, usize),
    /// Entries in blocks where all fell on one side: nobody to compare them with.
    pub one_sided: usize,
    /// What it came to.
    pub result: Arc<Option<TossUpResult>>,
}

impl App {
    /// Every toss-up that was drawn elsewhere with what it came to, latest first.
    #[boxed]
    pub async fn told_toss_ups(&self, actor: &Actor) -> Result<Vec<KnownTold>, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let mut known = Vec::new();
        for told in self.store.told_toss_ups().await? {
            let (drawn, one_sided) = drawn_elsewhere(&snapshot.facts, &told);
            known.push(KnownTold {
                id: told.id,
                season: drawn.season,
                dated: told.dated,
                told: day_told(&told),
                dose: drawn.dose,
                entries: (drawn.entries.iter().filter(|entry| entry.won).count(), drawn.entries.len()),
                one_sided,
                name: told.name,
                result: self.worked_out(&snapshot, Some(told.id), vec![drawn]).await?,
            });
        }
        Ok(known)
    }
}

/// As the step reads it, and how many entries have nobody to be compared with.
pub(super) fn drawn_elsewhere(facts: &Facts, told: &ToldTossUp) -> (DrawnTossUp, usize) {
    let season = if told.dated { told.season } else { visited(facts, told) };
    let mut blocks: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for entry in entries(facts, told) {
        blocks.entry(entry.block).or_default().push(entry);
    }
    let n_won = |entries: &[Entry<'_>]| entries.iter().filter(|entry| entry.won).count();
    let (two_sided, one_sided): (Vec<_>, Vec<_>) =
        blocks.into_values().partition(|entries| (1..entries.len()).contains(&n_won(entries)));
    let mut drawn = Vec::new();
    for (number, entries) in two_sided.iter().enumerate() {
        let chance = n_won(entries) as f64 / entries.len() as f64;
        drawn.extend(entries.iter().map(|entry| DrawnEntry {
            key: entry.key.clone(),
            partners: entry.partners.clone(),
            block: number,
            chance,
            won: entry.won,
        }));
    }
    let dose = told.partners.iter().filter(|one| one.won).map(|one| one.visits).max().unwrap_or(1);
    let witness = Witness::of_told(season.to, day_told(told));
    let dose = usize::try_from(dose).unwrap_or(1);
    (DrawnTossUp { season, dose, entries: drawn, witness }, one_sided.iter().map(Vec::len).sum())
}

/// The day of the import; one that cannot be read counts as late.
fn day_told(told: &ToldTossUp) -> Day {
    Day::parse(told.told_at.get(..10).unwrap_or_default()).unwrap_or(told.season.to.plus(366))
}

/// From the first to the last visit to those who won, within what the file tells of the season; all of that where there is none.
fn visited(facts: &Facts, told: &ToldTossUp) -> DayRange {
    let won: BTreeSet<PartnerId> = told.partners.iter().filter(|one| one.won).map(|one| one.partner).collect();
    let visits = facts.touches.iter().filter(|touch| touch.kind.is_visit() && won.contains(&touch.partner));
    let days: Vec<Day> = visits.map(|visit| visit.day).filter(|day| told.season.contains(*day)).collect();
    match (days.iter().min(), days.iter().max()) {
        (Some(from), Some(to)) => DayRange { from: *from, to: *to },
        _ => told.season,
    }
}

/// Partners that won or lost as one.
struct Entry<'a> {
    key: String,
    block: &'a str,
    partners: Vec<PartnerId>,
    won: bool,
}

/// Entries as the file tells them; where it tells none, each partner is one, unless no chain was split between the sides: then
/// chains were drawn as one.
fn entries<'a>(facts: &Facts, told: &'a ToldTossUp) -> Vec<Entry<'a>> {
    let chain = |one: &ToldPartner| facts.partner(one.partner).map(|partner| partner.chain.clone()).unwrap_or_default();
    let by_chain = chains_drawn_as_one(told, chain);
    let mut found: BTreeMap<(&str, String, bool), Entry<'a>> = BTreeMap::new();
    for one in &told.partners {
        let key = match (one.entry.is_empty(), chain(one)) {
            (false, _) => format!("entry {}", one.entry),
            (true, chain) if by_chain && !chain.is_empty() => format!("chain {chain}"),
            // As where it is drawn here: a partner that takes part in several is one cluster.
            _ => format!("partner {}", one.partner.0),
        };
        let at = (one.block.as_str(), key.clone(), one.won);
        let new = || Entry { key, block: &one.block, partners: Vec::new(), won: one.won };
        found.entry(at).or_insert_with(new).partners.push(one.partner);
    }
    found.into_values().collect()
}

/// Are there chains with several partners in it, and does each lie on one side?
fn chains_drawn_as_one(told: &ToldTossUp, chain: impl Fn(&ToldPartner) -> String) -> bool {
    let mut sides: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for one in &told.partners {
        sides.entry(chain(one)).or_default()[usize::from(one.won)] += 1;
    }
    sides.remove("");
    sides.values().any(|[lost, won]| lost + won > 1) && sides.values().all(|[lost, won]| *lost == 0 || *won == 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;
    use spelplan_facts::{Partner, Touch, TouchId, touches};

    /// Partners 1 to 6 of chains as told, and who won.
    fn world(chains: [&str; 6], won: [bool; 6], blocks: [&str; 6]) -> (Facts, ToldTossUp) {
        let partner = |at: usize| Partner {
            id: PartnerId(at as i64 + 1),
            key: format!("P{}", at + 1),
            chain: chains[at].to_owned(),
            ..nobody()
        };
        let told = |at: usize| ToldPartner {
            partner: PartnerId(at as i64 + 1),
            block: blocks[at].to_owned(),
            entry: String::new(),
            won: won[at],
            visits: 2,
        };
        let facts = Facts { partners: (0..6).map(partner).collect(), ..Facts::default() };
        let told = ToldTossUp {
            id: TossUpId(7),
            name: "2025-spring".to_owned(),
            season: DayRange::parse("2025-01-01..2025-06-30").unwrap(),
            dated: false,
            told_at: "2025-04-30T10:00:00Z".to_owned(),
            partners: (0..6).map(told).collect(),
        };
        (facts, told)
    }

    fn nobody() -> Partner {
        Partner { country: "SE".to_owned(), ..Partner::of(PartnerId(0)) }
    }

    const ONE: [&str; 6] = [""; 6];
    const MIXED: [bool; 6] = [true, false, true, false, true, false];

    #[test]
    fn a_season_without_days_runs_from_the_first_to_the_last_visit_to_winners() {
        let (mut facts, told) = world(ONE, MIXED, ONE);
        assert_eq!(drawn_elsewhere(&facts, &told).0.season, told.season);
        for (number, (partner, day)) in
            [(1, "2025-02-03"), (3, "2025-04-11"), (2, "2025-01-07"), (5, "2025-09-01")].into_iter().enumerate()
        {
            facts.touches.push(Touch {
                id: TouchId(number as i64 + 1),
                day: Day::parse(day).unwrap(),
                partner: PartnerId(partner),
                contact: None,
                pam: None,
                kind: touches::visit(),
                quality: None,
            });
        }
        let drawn = drawn_elsewhere(&facts, &told).0;
        assert_eq!(drawn.season, DayRange::parse("2025-02-03..2025-04-11").unwrap());
        assert_eq!((drawn.witness, drawn.dose), (Witness::ToldInTime, 2));
        let late = ToldTossUp { told_at: "2025-05-01T08:00:00Z".to_owned(), ..told.clone() };
        assert_eq!(drawn_elsewhere(&facts, &late).0.witness, Witness::ToldAfterwards);
        let dated = ToldTossUp { dated: true, ..told };
        assert_eq!(drawn_elsewhere(&facts, &dated).0.season, dated.season);
    }

    #[test]
    fn chains_are_one_entry_only_where_none_was_split() {
        let keys = |chains, won| {
            let (facts, told) = world(chains, won, ONE);
            drawn_elsewhere(&facts, &told).0.entries.into_iter().map(|entry| entry.key).collect::<Vec<_>>()
        };
        let whole = ["Kedja", "Kedja", "", "", "Annan", "Annan"];
        assert_eq!(
            keys(whole, [true, true, true, false, false, false]),
            ["chain Annan", "chain Kedja", "partner 3", "partner 4"]
        );
        assert_eq!(keys(whole, MIXED), ["partner 1", "partner 2", "partner 3", "partner 4", "partner 5", "partner 6"]);
    }

    #[test]
    fn the_chance_is_the_part_of_the_block_that_won_and_a_one_sided_block_is_left_out() {
        let (facts, told) = world(ONE, [true, false, false, false, true, true], ["a", "a", "a", "a", "b", "b"]);
        let (drawn, one_sided) = drawn_elsewhere(&facts, &told);
        assert_eq!((drawn.entries.len(), one_sided), (4, 2));
        assert!(drawn.entries.iter().all(|entry| (entry.chance - 0.25).abs() < 1e-12));
    }
}
