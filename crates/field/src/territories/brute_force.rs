//! The fronts of tiny companies against every assignment there is; what the search keeps against counting anew.

use std::collections::BTreeSet;

use spelplan_facts::{Day, DayRange, Facts};
use spelplan_focus::open_goals;
use spelplan_testkit::worlds::{small_world, territory_world};

use super::assignment::{Assignment, Figures};
use super::ground::Ground;
use super::search::Chance;
use super::{Demand, Terms, demand, proposal, propose};

/// A small world cut down to so many partners and three PAMs.
fn tiny(seed: u64, n_partners: usize) -> (Facts, DayRange, Day) {
    let (mut facts, season, today) = small_world(seed);
    facts.pams.truncate(3);
    let pams: BTreeSet<_> = facts.pams.iter().map(|pam| pam.id).collect();
    facts.partners.truncate(n_partners);
    for partner in &mut facts.partners {
        partner.pam = partner.pam.filter(|pam| pams.contains(pam));
    }
    (facts, season, today)
}

fn wide() -> Terms {
    Terms { cap: spelplan_facts::Share(0.5), ..Terms::default() }
}

/// Every assignment within the cap, weighed.
fn all(ground: &Ground) -> Vec<Figures> {
    let mut at = Assignment::today(ground);
    let mut found = Vec::new();
    every(ground, &mut at, 0, &mut found);
    found
}

fn every(ground: &Ground, at: &mut Assignment, unit: usize, found: &mut Vec<Figures>) {
    if unit == ground.units.len() {
        if at.handovers <= ground.most {
            found.push(Assignment::new(ground, at.pams.clone()).figures(ground));
        }
        return;
    }
    let own = at.pams[unit];
    for &to in &ground.units[unit].options {
        at.hand_over(ground, unit, to);
        every(ground, at, unit + 1, found);
    }
    at.hand_over(ground, unit, own);
}

/// Tiny odd worlds, and ordinary ones of that size.
fn grounds(seeds: std::ops::Range<u64>, n_partners: usize, check: impl Fn(u64, &Ground)) {
    let odd = seeds.clone().map(|seed| (seed, tiny(seed, n_partners)));
    let ordinary = seeds.map(|seed| {
        let world = territory_world(seed, n_partners, 3, 0.3);
        (seed, (world.facts, world.season, world.today))
    });
    for (seed, (facts, season, today)) in odd.chain(ordinary) {
        let goals = open_goals(&facts, today);
        let asked: Demand = demand(&facts, &goals, season, 4, today, 1);
        check(seed, &Ground::new(&facts, &goals, &asked, &wide(), today));
    }
}

#[test]
fn nothing_that_can_be_enumerated_beats_what_is_found() {
    let points = std::cell::Cell::new((0, 0, 0));
    grounds(0..60, 9, |_, ground| {
        let ways: usize = ground.units.iter().map(|unit| unit.options.len()).product();
        if ways < 8 {
            return;
        }
        let every = all(ground);
        for (figures, _) in &proposal::front(ground, 1, &|_, _| {}).0 {
            let beaten = every.iter().any(|other| other.beats(figures));
            let (n, beaten_so_far, worlds) = points.get();
            points.set((n + 1, beaten_so_far + usize::from(beaten), worlds.max(ways)));
        }
    });
    let (n, beaten, ways) = points.get();
    println!("{beaten} of {n} points are beaten; the largest world has {ways} assignments");
    assert!(n >= 100 && ways >= 500, "{n} points, {ways} assignments: too little to try");
    assert!(beaten * 10 <= n, "{beaten} of {n} points are beaten");
}

#[test]
fn a_thousand_handovers_leave_the_sums_that_counting_anew_gives() {
    grounds(0..40, 40, |seed, ground| {
        let mut at = Assignment::today(ground);
        let mut chance = Chance(seed);
        for _ in 0..1000 {
            let unit = chance.below(ground.units.len());
            let Some(of) = ground.units.get(unit) else { return };
            let to = of.options[chance.below(of.options.len())];
            if to == at.pams[unit] {
                continue;
            }
            let before = at.figures(ground);
            let told = at.change(ground, unit, to);
            at.hand_over(ground, unit, to);
            let after = at.figures(ground);
            assert!((after.drive - before.drive - told[0]).abs() < 1e-6, "seed {seed}: a change is told wrongly");
            assert!((after.price - before.price - told[2]).abs() < 1e-6, "seed {seed}: a price is told wrongly");
        }
        let (kept, anew) = (at.figures(ground), Assignment::new(ground, at.pams.clone()).figures(ground));
        assert!((kept.drive - anew.drive).abs() < 1e-6 && (kept.price - anew.price).abs() < 1e-6, "seed {seed}");
        assert!((kept.spread - anew.spread).abs() < 1e-6 && kept.handovers == anew.handovers, "seed {seed}");
    });
}

#[test]
fn what_is_proposed_is_what_was_weighed() {
    for seed in 0..40 {
        let (facts, season, today) = tiny(seed, 30);
        let goals = open_goals(&facts, today);
        let asked = demand(&facts, &goals, season, 4, today, 1);
        let ground = Ground::new(&facts, &goals, &asked, &wide(), today);
        let weighed: Vec<Figures> =
            proposal::front(&ground, 1, &|_, _| {}).0.iter().map(|(figures, _)| *figures).collect();
        for told in propose(&facts, &goals, &asked, &wide(), today, &|_, _| {}).proposals.iter().skip(1) {
            let same = |one: &&Figures| {
                (one.drive - f64::from(told.drive.0)).abs() <= facts.pams.len() as f64
                    && (one.spread - told.spread.0).abs() < 0.01
                    && one.handovers == told.handovers.len()
            };
            assert!(weighed.iter().any(|one| same(&one)), "seed {seed}: {told:?} was not weighed");
        }
    }
}
