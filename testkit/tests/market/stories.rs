//! Every planted story is there, and its signature shows in the records.

use spelplan_facts::Month;
use spelplan_testkit::market::{Market, PartnerTruth, Story};

use super::figures::{Figures, PartnerFigures};
use super::{market, until};

/// What is seen of the one who plays it: the partner's figures, the truth about it, all figures.
type Signature = fn(&PartnerFigures, &PartnerTruth, &Figures) -> bool;

/// A partner's months: the last twelve whole ones, and the twelve before.
fn years(partner: &PartnerFigures) -> (f64, f64) {
    let now = until().month().0;
    (partner.between(Month(now - 12), Month(now)), partner.between(Month(now - 24), Month(now - 12)))
}

fn days_since_visit(partner: &PartnerFigures) -> i32 {
    let visits = partner.touches.iter().filter(|touch| touch.kind.is_visit());
    visits.map(|touch| touch.day.until(until())).min().unwrap_or(i32::MAX)
}

const SIGNATURES: [(Story, Signature); 11] = [
    (Story::SleepingGiant, |seen, truth, all| {
        let sizes = all.sizes();
        let larger = sizes.iter().filter(|&&size| size > seen.total()).count();
        seen.n_visits() == 0
            && truth.headroom.units() > 50.0e6
            && truth.share.0 < 0.03
            && larger > 40
            && seen.record.revenue.is_some_and(|revenue| revenue.units() > 100.0e6)
    }),
    (Story::OverVisitedFavourite, |seen, truth, _| {
        seen.n_visits() >= 30 && truth.share.0 > 0.5 && truth.uplift_year.units() < 0.03 * truth.bought_year.units()
    }),
    (Story::FadingFriend, |seen, _, _| {
        let (last, before) = years(seen);
        seen.n_visits() >= 12 && days_since_visit(seen) > 270 && last < 0.85 * before
    }),
    (Story::DigitalOnly, |seen, truth, _| seen.touches.len() > 200 && seen.n_visits() == 0 && truth.uplift_year.0 == 0),
    (Story::BoughtAtALoss, |seen, _, _| seen.margin() < 0.0 && seen.total() > 10.0e6),
    (Story::QuarterEndPusher, |seen, _, all| {
        let usual: f64 = all.partners.values().map(|one| one.last_week_of_quarters).sum::<f64>() / all.revenue;
        seen.last_week_of_quarters > 0.45 * seen.total() && usual < 0.25
    }),
    (Story::NewPartner, |seen, _, _| {
        let first = seen.revenue.keys().next().is_some_and(|month| month.0 >= until().month().0 - 5);
        first && seen.n_visits() <= 1 && seen.total() > 0.0
    }),
    (Story::LostOne, |seen, _, _| {
        let (last, before) = years(seen);
        let silent = seen.between(Month(until().month().0 - 6), Month(until().month().0 + 1));
        !seen.record.inactive && silent == 0.0 && last > 0.0 && last < before
    }),
    (Story::SharedShareChain, |seen, truth, _| {
        seen.record.chain == "Blåbläck" && truth.share_by_brand.iter().all(|(_, share)| share.0 == 0.15)
    }),
    (Story::AftermarketGold, |seen, _, all| {
        let aftermarket = ["Polaro servicepaket", "Tryckra förbrukning", "Tryckra reservdelar", "Skyddia abonnemang"];
        let part: f64 = aftermarket.iter().filter_map(|name| seen.categories.get(*name)).map(|sums| sums.0).sum();
        part > 0.85 * seen.total() && seen.margin() / seen.total() > all.margin / all.revenue + 0.03
    }),
    (Story::AcrossWater, |seen, _, _| {
        ["Visby", "Mariehamn"].contains(&seen.record.city.as_str())
            && seen.n_visits() == 0
            && seen.record.place.is_some()
    }),
];

fn check(made: &Market, seed: u64) {
    let all = Figures::of(made);
    for (story, signature) in SIGNATURES {
        let planted = made.truth().story(story).unwrap_or_else(|| panic!("seed {seed}: {story:?} is not planted"));
        assert!(!planted.partners.is_empty());
        for key in &planted.partners {
            let truth = made.truth().partner(key).unwrap();
            assert_eq!(truth.story, Some(story));
            assert!(
                signature(&all.partners[key], truth, &all),
                "seed {seed}: {story:?} does not show at {key}: {:?}, {} visits, {truth:?}",
                years(&all.partners[key]),
                all.partners[key].n_visits()
            );
        }
    }
}

#[test]
fn every_story_shows_in_the_records() {
    for seed in 1..=6 {
        check(&market(seed), seed);
    }
}

#[test]
fn the_chain_buys_for_the_same_part_of_its_revenue_while_others_do_not() {
    let made = market(1);
    let all = Figures::of(&made);
    let spread = |partners: Vec<&PartnerFigures>| {
        let parts: Vec<f64> = partners
            .iter()
            .filter_map(|one| Some((years(one).0 / one.record.revenue?.units()).ln()))
            .filter(|part| part.is_finite())
            .collect();
        let mean = parts.iter().sum::<f64>() / parts.len() as f64;
        (parts.iter().map(|part| (part - mean).powi(2)).sum::<f64>() / parts.len() as f64).sqrt()
    };
    let chain = made.truth().story(Story::SharedShareChain).unwrap();
    let members = chain.partners.iter().map(|key| &all.partners[key]).collect();
    let others = all.partners.values().filter(|one| one.record.segment == "print" && one.record.chain.is_empty());
    assert!(spread(members) < 0.5 * spread(others.collect()));
}

#[test]
fn nobody_visits_during_the_long_leave_while_other_pams_go_on() {
    let made = market(1);
    let leave = made.truth().story(Story::ParentalLeave).unwrap();
    let batches = made.batches();
    let absences = batches.iter().flat_map(|batch| &batch.absences);
    let long =
        absences.map(|(_, absence)| absence).find(|absence| absence.days.from.until(absence.days.to) > 150).unwrap();
    assert_eq!(Some(&long.pam), leave.pam.as_ref());
    let visits =
        batches.iter().flat_map(|batch| &batch.touches).map(|(_, touch)| touch).filter(|touch| touch.kind.is_visit());
    let during = visits.filter(|touch| long.days.contains(touch.day));
    let (theirs, others): (Vec<_>, Vec<_>) = during.partition(|touch| leave.partners.contains(&touch.partner));
    assert!(theirs.is_empty() && others.len() > 50);
    assert!(leave.partners.len() > 20);
}

#[test]
fn touches_alone_lift_nothing_in_the_whole_market() {
    let made = market(1);
    let never_met = made.truth().partners.iter().filter(|partner| partner.n_visits == 0);
    assert!(never_met.clone().any(|partner| partner.n_touches > 0));
    assert!(never_met.into_iter().all(|partner| partner.uplift_year.0 == 0));
}
