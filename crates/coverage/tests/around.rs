//! What surrounds a year's plan: the frontier, one day more or less, substitution, toss-ups with their draw and price,
//! and explanations whose prices really change a partner's visits.

mod company;

use company::{Company, day, goal, judged_gain, visit};
use spelplan_coverage::draw::{Block, DrawFault, Entry, PROBABILITIES, commit, draw, verify};
use spelplan_coverage::year::{Ask, DOSE, TossUpWish, rules_of};
use spelplan_facts::{Minutes, Money, PartnerId, TossUpId, Touch, TouchKind};

/// Twenty partners from rich to poor, some built, four of them visited last year.
fn company(n_seasons: usize) -> Company {
    let goals = (1..=20).map(|id| goal(id, 200_000.0 / id as f64, 0.1 * (id % 5) as f64)).collect();
    let mut company = Company::of(goals, n_seasons);
    company.facts.touches = (0..4).map(|n| visit(n, 17 + n, "2025-05-05")).collect();
    company
}

#[test]
fn the_frontier_never_falls_and_shows_the_best_profit() {
    let company = company(4);
    let ask = company.ask(12, 40);
    let frontier = company.programme().answer(&ask).expect("an answer").frontier;
    assert_eq!(frontier.points.len(), 21);
    for pair in frontier.points.windows(2) {
        assert!(pair[1].days > pair[0].days && pair[1].value >= pair[0].value, "{pair:?}");
        assert!(pair[1].upper_bound >= pair[0].upper_bound && pair[0].upper_bound >= pair[0].value);
    }
    assert!(frontier.points.iter().all(|point| point.profit <= frontier.optimum.profit));
    assert!(frontier.points.iter().all(|point| point.profit == point.margin - point.cost));
    let (low, high) = frontier.within_98.expect("a profit");
    assert!(low <= frontier.optimum.days && frontier.optimum.days <= high);
    let half = frontier.cuts.iter().find(|cut| (cut.cut.0 - 0.5).abs() < 1e-9).expect("half");
    let (all, left) = (frontier.points[10], frontier.points[0]);
    assert_eq!(
        (half.margin, half.saved, half.net),
        (all.margin - left.margin, all.cost - left.cost, left.profit - all.profit)
    );
    assert!((half.sales.units() - 10.0 * half.margin.units()).abs() < 1.0, "a tenth of sales is margin");
}

#[test]
fn todays_hours_bring_more_where_they_bring_most() {
    let frontier = company(4).programme().answer(&company(4).ask(12, 40)).expect("an answer").frontier;
    assert_eq!(frontier.today.visits, 4);
    assert!((frontier.today.days - 8.0 / 10.5).abs() < 1e-9, "{}", frontier.today.days);
    assert!(frontier.reallocated.days <= frontier.today.days + 1e-9);
    assert!(frontier.reallocated.margin > frontier.today.margin, "the poorest were visited");
}

#[test]
fn a_day_more_brings_what_its_changes_bring_and_a_day_less_never_does() {
    let company = company(2);
    let frontier = company.programme().answer(&company.ask(21, 0)).expect("an answer").frontier;
    let (more, fewer) = (frontier.day_more.expect("a day"), frontier.day_fewer.expect("a day"));
    assert!(more.gain.value > Money::ZERO && fewer.gain.value < Money::ZERO, "{more:?}\n{fewer:?}");
    assert!(more.gain.value <= -fewer.gain.value + Money(100), "what is added brings no more than what is taken");
    for day in [&more, &fewer] {
        let sum: Money = day.changes.iter().map(|change| change.gain).sum();
        assert!((sum - day.gain.value).0.abs() < 100, "{sum:?} {:?}", day.gain);
        assert!(day.gain.low <= day.gain.value && day.gain.value <= day.gain.high);
    }
    assert!(more.changes.iter().any(|change| change.visits.1 > change.visits.0));
    assert!(fewer.changes.iter().any(|change| change.visits.1 < change.visits.0));
}

#[test]
fn staffing_follows_the_value_of_days() {
    let roi = |hours: i32| {
        let frontier = company(4).programme().answer(&company(4).ask(hours, 0)).expect("an answer").frontier;
        frontier.staffing.expect("a rule")
    };
    let (scarce, ample) = (roi(4), roi(200));
    assert!(scarce.roi > ample.roi, "{scarce:?} {ample:?}");
    assert_eq!(ample.roi, -1.0, "a head more without anything left to do loses its cost");
    // Half a strength is left after a half-life: the third year brings a quarter of the second at six months.
    assert!((scarce.third_year / scarce.second_year - 0.25).abs() < 1e-9);
}

#[test]
fn touches_replace_visits_as_the_law_says() {
    let mut company = Company::of(vec![goal(1, 90_000.0, 0.4), goal(2, 90_000.0, 0.4)], 2);
    company.facts.touches = (0..6).map(|n| visit(n, 1, &format!("2025-{:02}-10", 2 * n + 1))).collect();
    let programme = company.programme();
    for (touches, visits) in [(1.0, 4.6), (2.0, 3.7), (4.0, 2.9)] {
        let answer = programme.substitution(&company.ask(10, 10), touches);
        assert_eq!((answer.lines.len(), answer.visits.0), (1, 6.0));
        assert!((answer.visits.1 - visits).abs() < 0.05, "{touches}: {:?}", answer.visits);
        assert_eq!(answer.digital_time_taken, Minutes((touches * 12.0 * 15.0) as i32));
    }
    let call = TouchKind::named("call").expect("calls");
    company.facts.touches.extend((6..42).map(|id| Touch { kind: call, ..visit(id, 1, "2025-12-20") }));
    let kept = company.programme().substitution(&company.ask(10, 10), 2.0);
    assert!((kept.visits.0 - kept.visits.1).abs() < 1e-9, "touched more already");
}

fn blocks(sizes: &[usize]) -> Vec<Block> {
    let entry = |n: usize| Entry { key: format!("partner {n:03}"), partners: vec![PartnerId(n as i64)] };
    let block = |(at, size): (usize, &usize)| {
        Block::halved(format!("block {at}"), (0..*size).map(|n| entry(100 * at + n)).collect()).expect("two entries")
    };
    sizes.iter().enumerate().map(block).collect()
}

#[test]
fn a_draw_is_balanced_and_can_be_made_again() {
    let blocks = blocks(&[2, 3, 5, 8]);
    let kept = draw(&blocks, "a seed");
    for block in &blocks {
        let winners = kept.assignments.iter().filter(|one| one.block == block.code && one.wins).count();
        assert_eq!(winners, block.winners);
        assert!((PROBABILITIES.0..=PROBABILITIES.1).contains(&block.probability()));
    }
    assert_eq!((verify(&blocks, &kept), kept.commit.len()), (Ok(()), 64));
    assert_eq!(kept.commit, commit(&blocks, "a seed"));
    let mut other = kept.clone();
    other.assignments[0].wins = !other.assignments[0].wins;
    assert_eq!(verify(&blocks, &other), Err(DrawFault::OtherOutcome));
    let mut longer = blocks.clone();
    longer[0].entries.pop();
    assert_eq!(verify(&longer, &kept), Err(DrawFault::OtherCommit));
    assert_ne!(draw(&blocks, "another seed").assignments, kept.assignments);
    assert!(Block::halved("one".to_owned(), vec![]).is_none());
}

#[test]
fn every_entry_wins_as_often_as_its_probability_says() {
    let blocks = blocks(&[3, 8]);
    let mut wins = [0_usize; 11];
    for seed in 0..2000 {
        let drawn = draw(&blocks, &format!("seed {seed}"));
        drawn.assignments.iter().enumerate().for_each(|(at, one)| wins[at] += usize::from(one.wins));
    }
    for (at, wins) in wins.into_iter().enumerate() {
        let expected: f64 = if at < 3 { 1.0 / 3.0 } else { 0.5 };
        let error = (wins as f64 / 2000.0 - expected) / (expected * (1.0 - expected) / 2000.0).sqrt();
        assert!(error.abs() < 4.0, "entry {at}: {wins} of 2000");
    }
}

/// The best plan of one season by exhaustion, where chance decides about some partners with even odds.
fn best_with_chance(company: &Company, drawn: &[PartnerId], hours: i32) -> f64 {
    let mut states = vec![(0.0_f64, 0.0_f64)];
    for goal in &company.goals {
        let value = |visits: usize| judged_gain(&company.facts, goal, &[visits], 0.0) - 200.0 * visits as f64;
        let ways: Vec<(f64, f64)> = match drawn.contains(&goal.partner) {
            true => vec![(0.5 * DOSE as f64, 0.5 * (value(DOSE) + value(0)))],
            false => (0..=2).map(|visits| (visits as f64, value(visits))).collect(),
        };
        let mut next: Vec<(f64, f64)> = Vec::new();
        for (used, sum) in &states {
            for (visits, value) in &ways {
                let (used, sum) = (used + visits, sum + value);
                match next.iter_mut().find(|(known, _)| *known == used) {
                    _ if 2.0 * used > f64::from(hours) => {}
                    Some((_, best)) => *best = best.max(sum),
                    None => next.push((used, sum)),
                }
            }
        }
        states = next;
    }
    states.into_iter().map(|(_, value)| value).fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn the_price_of_toss_ups_is_the_difference_of_two_plans_and_plans_keep_the_draw() {
    let mut company = company(1);
    company.facts.partners[3].chain = "Kedjan".to_owned();
    company.facts.partners[4].chain = "Kedjan".to_owned();
    let (programme, ask) = (company.programme(), company.ask(24, 0));
    let toss_ups = programme.toss_ups(&ask, TossUpWish { season: 0, entries: 6 }).expect("solved").expect("some");
    let entries: Vec<&Entry> = toss_ups.blocks.iter().flat_map(|one| &one.block.entries).collect();
    assert_eq!(entries.len(), 6);
    let chained = |entry: &&&Entry| entry.partners.contains(&PartnerId(4)) || entry.partners.contains(&PartnerId(5));
    assert!(entries.iter().filter(chained).all(|entry| entry.partners.len() == 2), "a chain is one entry");
    let drawn: Vec<PartnerId> = entries.iter().flat_map(|entry| entry.partners.clone()).collect();
    let (without, with) = (best_with_chance(&company, &[], 24), best_with_chance(&company, &drawn, 24));
    assert!((toss_ups.value_without.units() - without).abs() < 0.1, "{:?} {without}", toss_ups.value_without);
    assert!((toss_ups.price.units() - (without - with)).abs() < 0.1, "{:?} for {}", toss_ups.price, without - with);
    let blocks: Vec<Block> = toss_ups.blocks.iter().map(|one| one.block.clone()).collect();
    let outcome = draw(&blocks, "0123456789abcdef");
    let rules = rules_of(&outcome.assignments, TossUpId(1), toss_ups.season, "Maria", day("2026-01-05"));
    let plan = programme.plan(&Ask { rules, ..ask.clone() }).expect("a plan");
    for one in &outcome.assignments {
        for partner in &one.partners {
            let expected = if one.wins { DOSE } else { 0 };
            assert_eq!(plan.line(*partner).expect("a line").visits, [expected], "{one:?}");
        }
    }
}

#[test]
fn no_more_are_drawn_among_than_the_hours_of_the_season_hold() {
    let company = company(1);
    let (programme, ask) = (company.programme(), company.ask(24, 0));
    let toss_ups = programme.toss_ups(&ask, TossUpWish { season: 0, entries: 90 }).expect("solved").expect("some");
    let winners: usize = toss_ups.blocks.iter().map(|one| one.block.winners).sum();
    let entries: usize = toss_ups.blocks.iter().map(|one| one.block.entries.len()).sum();
    assert!((6..20).contains(&entries), "{entries} of 20 partners");
    let blocks: Vec<Block> = toss_ups.blocks.iter().map(|one| one.block.clone()).collect();
    let outcome = draw(&blocks, "0123456789abcdef");
    let rules = rules_of(&outcome.assignments, TossUpId(1), toss_ups.season, "Maria", day("2026-01-05"));
    let plan = programme.plan(&Ask { rules, ..ask.clone() }).expect("whoever wins is visited");
    assert!(plan.visits >= DOSE * winners && plan.field_time <= ask.field_time());
}

/// With hours enough for everybody, an hour's price is what the ask says it must bring: visits at that price.
fn visits_at(company: &Company, price: Money, id: i64) -> usize {
    let ask = Ask { least_hour: price, ..company.ask(400, 400) };
    company.programme().plan(&ask).expect("a plan").line(PartnerId(id)).expect("a line").visits_year()
}

#[test]
fn at_the_price_explained_the_visits_change() {
    let company = company(1);
    let (programme, ask) = (company.programme(), company.ask(16, 400));
    let plan = programme.plan(&ask).expect("a plan");
    let (mut gained, mut lost) = (0, 0);
    for id in 1..=20 {
        let told = programme.explain(&ask, &plan, PartnerId(id)).expect("an explanation");
        let now = plan.line(PartnerId(id)).expect("a line").visits_year();
        assert_eq!(told.alternatives[told.chosen].visits.iter().sum::<usize>(), now);
        let step = Money::from_units(0.5);
        if let Some(change) = told.loses_at {
            let (before, after) =
                (visits_at(&company, change.hour_price - step, id), visits_at(&company, change.hour_price + step, id));
            assert!(
                before >= now && after < now && after == change.visits,
                "{id} loses: {now}, {before}, {after}, {change:?}"
            );
            lost += 1;
        }
        if let Some(change) = told.gains_at {
            let (before, after) =
                (visits_at(&company, change.hour_price + step, id), visits_at(&company, change.hour_price - step, id));
            assert!(
                before <= now && after > now && after == change.visits,
                "{id} gains: {now}, {before}, {after}, {change:?}"
            );
            gained += 1;
        }
    }
    assert!(gained >= 5 && lost >= 5, "{gained} {lost}");
}

#[test]
fn inputs_say_what_they_do() {
    let mut company = company(2);
    let (programme, ask) = (company.programme(), company.ask(16, 0));
    let plan = programme.plan(&ask).expect("a plan");
    let told = programme.explain(&ask, &plan, PartnerId(1)).expect("an explanation");
    let line = plan.line(PartnerId(1)).expect("a line").clone();
    let margin = told.inputs.iter().find(|one| one.input == spelplan_coverage::year::Input::Margin).expect("margin");
    assert!(
        (margin.elasticity - 1.0).abs() < 1e-6 && (margin.effect.units() - 0.1 * line.gain.value.units()).abs() < 0.01
    );
    assert!(told.inputs.windows(2).all(|pair| pair[0].effect.0.abs() >= pair[1].effect.0.abs()));
    let half_life = spelplan_coverage::year::Input::Parameter(spelplan_facts::ParameterName::HalfLife);
    let effect = told.inputs.iter().find(|one| one.input == half_life).expect("half-life").effect.units();
    let mut gain = |factor: f64| {
        company.facts.settings.model.half_life_months = 6.0 * factor;
        judged_gain(&company.facts, &company.goals[0], &line.visits, line.touches_month)
    };
    let expected = 0.5 * (gain(1.1) - gain(0.9));
    assert!((effect - expected).abs() < 1e-6 * expected.abs() + 0.01, "{effect} for {expected}");
    assert!(programme.explain(&ask, &plan, PartnerId(99)).is_none());
}
