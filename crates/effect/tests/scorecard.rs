//! Five lines by hand: columns add up to the ledger, parts to the whole; and no ranking where the data carry none.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use spelplan_effect::{
    Effect, Grade, KamFigures, OwnFigures, PlannedStop, Scope, Scorecard, Specification, Told, Whose, craft, effect,
    no_ranking, own_figures, scorecard,
};
use spelplan_facts::{
    Day, Facts, Money, Month, MonthSale, Pam, PamId, Partner, PartnerId, Settings, Touch, TouchId, touches,
};

const A: PamId = PamId(1);
const B: PamId = PamId(2);

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn today() -> Day {
    day("2026-06-15")
}

fn pam(id: PamId) -> Pam {
    let text = String::new;
    Pam {
        id,
        key: id.0.to_string(),
        name: text(),
        email: text(),
        street: text(),
        postal_code: text(),
        city: text(),
        country: "SE".into(),
        home: None,
        manager: text(),
        field_time_week: None,
    }
}

fn partner(id: i64, pam: Option<PamId>) -> Partner {
    Partner { country: "SE".to_owned(), pam, ..Partner::of(PartnerId(id)) }
}

fn sale(partner: i64, month: Month, margin: f64) -> MonthSale {
    let margin = Money::from_units(margin);
    MonthSale { partner: PartnerId(partner), month, revenue: margin * 5.0, margin, revenue_with_margin: margin * 5.0 }
}

fn visit(id: i64, partner: i64, pam: Option<PamId>, on: Day) -> Touch {
    Touch {
        id: TouchId(id),
        day: on,
        partner: PartnerId(partner),
        contact: None,
        pam,
        kind: touches::visit(),
        quality: None,
    }
}

/// A third each run by A, by B and by nobody; half of A's and B's are visited from the second year on, with those effects.
fn market(partners: i64, effects: (f64, f64)) -> Facts {
    let chance = &mut ChaCha8Rng::seed_from_u64(11);
    let mut facts = Facts { settings: Settings::default(), pams: vec![pam(A), pam(B)], ..Facts::default() };
    let first = Month(today().month().0 - 35);
    for id in 0..partners {
        let runs = [Some(A), Some(B), None][(id % 3) as usize];
        let visited = runs.is_some() && (id / 3) % 2 == 0;
        let start = first.0 + if (id / 6) % 2 == 0 { 15 } else { 21 };
        let start = start.div_euclid(3) * 3;
        facts.partners.push(partner(id, runs));
        if visited {
            facts.touches.push(visit(id, id, None, Month(start).first().unwrap().plus(8)));
        }
        let effect = if runs == Some(A) { effects.0 } else { effects.1 };
        let size = 10_000.0 + 40.0 * id as f64;
        for n in 0..36 {
            let noise: f64 = StandardNormal.sample(chance);
            let lift = if visited && first.0 + n >= start { effect } else { 0.0 };
            facts.sales.by_month.push(sale(id, Month(first.0 + n), size * (1.0 + 0.15 * noise + lift)));
        }
    }
    facts.touches.sort_by_key(|touch| touch.day);
    facts
}

fn counted(facts: &Facts) -> Result<Effect, Told> {
    effect(facts, today(), &Specification::STANDARD, Scope::Everybody, &BTreeMap::new())
}

/// Every visited partner of A's received 3, every one of B's 1.
fn cards(facts: &Facts, found: &Result<Effect, Told>) -> Scorecard {
    let treated = found.iter().flat_map(|effect| effect.comparison.treated());
    let dose = |partner: PartnerId| if facts.partner(partner).unwrap().pam == Some(A) { 3.0 } else { 1.0 };
    let doses = treated.map(|one| (one.partner, dose(one.partner))).collect();
    scorecard(facts, today(), found, &doses, &BTreeMap::new())
}

#[test]
fn columns_add_up_to_the_ledger_and_parts_to_the_whole() {
    let facts = market(360, (0.25, 0.25));
    let found = counted(&facts);
    let (card, effect) = (cards(&facts, &found), found.as_ref().unwrap());
    assert_eq!(
        card.cards.iter().map(|one| one.whose).collect::<Vec<_>>(),
        [Whose::Pam(A), Whose::Pam(B), Whose::Nobody]
    );
    let (from, to) = card.months;
    let by_hand: Money =
        facts.sales.by_month.iter().filter(|one| from <= one.month && one.month <= to).map(|one| one.margin).sum();
    assert!(card.reconciles());
    assert_eq!((card.ledger, card.team.booked), (by_hand, by_hand));
    let share = |at: usize| card.cards[at].share.unwrap();
    assert!((share(0) - 0.75).abs() < 1e-12 && (share(1) - 0.25).abs() < 1e-12 && share(2) == 0.0);
    let brought: Money = card.cards.iter().map(|one| one.brought.unwrap().value).sum();
    assert!((brought - effect.brought.unwrap().value).units().abs() < 0.01);
    let cost: Money = card.cards.iter().map(|one| one.counted.total()).sum();
    assert_eq!((cost, card.team.counted), (effect.ledger.total(), effect.ledger));
    // 120 visits of an hour, with 75 minutes before and after, at 650 an hour.
    assert_eq!(card.team.counted.visits, 120);
    assert!((card.team.counted.total().units() - 120.0 * 650.0 * 2.25).abs() < 0.01);
    for one in card.cards.iter().chain([&card.team]) {
        let (brought, anyway, net) = (one.brought.unwrap(), one.baseline().unwrap(), one.net().unwrap());
        assert_eq!((anyway.value + brought.value, anyway.low + brought.high), (one.booked, one.booked));
        assert_eq!(net.low + one.counted.total(), brought.low);
        assert_eq!(one.bookable(), Some(brought.low));
    }
    let (team, told) = (card.team.brought.unwrap(), effect.brought.unwrap());
    let part = (team.value - team.low).units() / (told.value - told.low).units();
    assert!((part - 0.653_862).abs() < 1e-4, "80 % of 95 %: {part}");
    assert_eq!((card.cards[0].grade, card.team.grade), (Grade::C, effect.grade));
}

#[test]
fn what_cannot_be_told_is_withheld_and_the_rest_stands() {
    let mut facts = market(60, (0.25, 0.25));
    facts.touches.clear();
    facts.touches.push(visit(1, 0, Some(B), day("2026-03-10")));
    facts.touches.push(visit(2, 2, None, day("2026-03-11")));
    let found = counted(&facts);
    assert!(found.is_err());
    let card = cards(&facts, &found);
    assert_eq!(card.months, (day("2025-06-01").month(), day("2026-05-01").month()));
    assert!(card.reconciles() && !card.withheld.is_empty());
    assert!(card.cards.iter().chain([&card.team]).all(|one| one.brought.is_none() && one.net().is_none()));
    // B drove to a partner of A's: what was done is B's, what is booked is A's. Nobody's is nobody's.
    let cost: Vec<usize> = card.cards.iter().map(|one| one.uncounted.visits).collect();
    assert_eq!(cost, [0, 1, 1]);
    assert!(no_ranking(&OwnFigures::default(), true).is_some());
}

#[test]
fn a_figure_of_ones_own_needs_fifty_and_keeps_its_place_only_where_they_differ() {
    let few = market(240, (0.4, 0.1));
    let own = own_figures(&few, &counted(&few).unwrap(), &Specification::STANDARD);
    assert_eq!((own.enough, own.figures.len(), own.between), (0, 0, None));
    assert!(no_ranking(&own, false).is_some());

    let apart = market(360, (0.5, 0.1));
    let own = own_figures(&apart, &counted(&apart).unwrap(), &Specification::STANDARD);
    assert!(own.ranked() && own.enough == 2 && no_ranking(&own, false).is_none());
    let (a, b) = (own.figures[&A], own.figures[&B]);
    assert!(a.treated == 60 && a.part > b.part + 0.2 && a.kept > 0.9, "{a:?} {b:?}");
    assert!(a.brought.low < a.brought.value && a.brought.value < a.brought.high);
}

#[test]
fn what_was_done_is_counted_by_who_did_it() {
    let mut facts = Facts { pams: vec![pam(A), pam(B)], ..Facts::default() };
    facts.partners = vec![partner(1, Some(A)), partner(2, Some(A))];
    facts.touches = vec![
        visit(1, 1, None, day("2026-02-02")),
        visit(2, 2, None, day("2026-02-02")),
        visit(3, 1, Some(B), day("2026-02-20")),
    ];
    let stop = |partner, on| PlannedStop { pam: A, partner: PartnerId(partner), day: day(on) };
    let planned = [stop(1, "2026-02-04"), stop(2, "2026-04-20"), stop(2, "2026-07-01")];
    let done = craft(&facts, (day("2026-01-01").month(), day("2026-12-01").month()), today(), &planned);
    assert_eq!((done[&A].field_days, done[&A].visits, done[&B].visits), (1, 2, 1));
    assert_eq!(done[&A].planned, (2, 1), "one was made near its day, one was not, one is still to come");
}

#[test]
fn a_kams_five_lines_follow_from_what_is_told() {
    let month = day("2025-01-01").month();
    let told = |doubt: Option<i64>| KamFigures {
        kam: "Karin".to_owned(),
        months: (month, month),
        booked: Money::whole(900),
        baseline: Money::whole(700),
        doubt: doubt.map(Money::whole),
        cost: Money::whole(100),
    };
    let sure = told(Some(50));
    let (brought, net, mroi) = (sure.brought(), sure.net(), sure.mroi().unwrap());
    assert_eq!([brought.low, brought.value, brought.high], [150, 200, 250].map(Money::whole));
    assert_eq!((net.value, mroi.low, mroi.value, mroi.high), (Money::whole(100), 0.5, 1.0, 1.5));
    assert_eq!((sure.bookable(), sure.grade()), (Some(Money::whole(150)), Grade::C));
    assert_eq!((told(None).bookable(), told(None).grade()), (None, Grade::D));
}
