//! What a season plan promises to those who drive it: every visit pays, nights are slept away only where that pays,
//! nothing is planned in the past, and what is proposed first is sensible.

use spelplan_coverage::CoveragePlan;
use spelplan_facts::{
    CoverageRule, Day, DayRange, Demand, Facts, FieldDay, LeftOutReason, Money, Month, MonthSale, Night, Pam, PamId,
    Partner, PartnerId, Place, PlannedVisit, Point, Precision, RuleId, SeasonPlan, Settings,
};
use spelplan_focus::season_goals;
use spelplan_referee::judge;
use spelplan_testkit::worlds::small_world;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn spring() -> DayRange {
    DayRange::parse("2026-02-02..2026-03-13").expect("a season")
}

fn place(lat: f64, lon: f64) -> Option<Place> {
    Some(Place { point: Point { lat, lon }, precision: Precision::Given })
}

/// A PAM in Örnsköldsvik with partners at those places, each buying for so much a month at 8 % margin.
fn market(partners: &[(f64, f64, f64)]) -> Facts {
    let mut facts = Facts { settings: Settings::default(), ..Facts::default() };
    facts.pams.push(Pam {
        id: PamId(1),
        key: "1".into(),
        name: "Maj".into(),
        email: String::new(),
        street: String::new(),
        postal_code: String::new(),
        city: "Örnsköldsvik".into(),
        country: "SE".into(),
        home: place(63.2909, 18.7153),
        manager: String::new(),
        field_time_week: None,
    });
    for (n, (lat, lon, revenue)) in partners.iter().enumerate() {
        facts.partners.push(partner(n as i64 + 1, *lat, *lon));
        for month in 0..24 {
            let revenue = Money::from_units(*revenue);
            facts.sales.by_month.push(MonthSale {
                partner: PartnerId(n as i64 + 1),
                month: Month(day("2024-01-15").month().0 + month),
                revenue,
                margin: revenue * 0.08,
                revenue_with_margin: revenue,
            });
        }
    }
    facts
}

fn partner(id: i64, lat: f64, lon: f64) -> Partner {
    Partner {
        key: id.to_string(),
        name: format!("Partner {id}"),
        country: "SE".into(),
        place: place(lat, lon),
        pam: Some(PamId(1)),
        ..Partner::of(PartnerId(id))
    }
}

fn covered(facts: &Facts, season: DayRange, today: Day) -> CoveragePlan {
    let goals = season_goals(facts, today, season.from);
    let efforts = spelplan_field::efforts(facts, &goals, season, today);
    spelplan_coverage::plan(facts, &goals, &spelplan_field::budgets(facts, season), &efforts, season, 1)
}

fn planned(facts: &Facts, season: DayRange, today: Day) -> SeasonPlan {
    let goals = season_goals(facts, today, season.from);
    let coverage = covered(facts, season, today);
    let plan = spelplan_field::plan(facts, &goals, &coverage, season, today, 1, &|_, _| {});
    let verdict = judge(facts, &plan);
    assert!(verdict.passed(), "{:?}", verdict.faults);
    plan
}

/// Partners round Örnsköldsvik, and some in Umeå 110 km to the north.
const NEAR_AND_NORTH: [(f64, f64, f64); 6] = [
    (63.29, 18.70, 400_000.0),
    (63.31, 18.75, 300_000.0),
    (63.25, 18.60, 500_000.0),
    (63.83, 20.26, 600_000.0),
    (63.84, 20.30, 700_000.0),
    (63.80, 20.20, 500_000.0),
];

fn nights(plan: &SeasonPlan) -> usize {
    plan.days.iter().filter(|day| day.to != Night::Home).count()
}

#[test]
fn partners_worth_a_drive_are_visited_and_neighbours_share_a_day() {
    let plan = planned(&market(&NEAR_AND_NORTH), spring(), day("2026-01-02"));
    assert_eq!(plan.left_out, Vec::new());
    let to_umea: Vec<usize> = plan
        .days
        .iter()
        .map(|day| day.stops.iter().filter(|stop| stop.partner >= PartnerId(4)).count())
        .filter(|stops| *stops > 0)
        .collect();
    assert!(to_umea.iter().all(|stops| *stops == 3), "nobody drives to Umeå for one visit: {to_umea:?}");
}

#[test]
fn a_visit_whose_gain_does_not_pay_the_drive_is_left_out_and_says_so() {
    let mut facts = market(&NEAR_AND_NORTH);
    facts.settings.km_cost = Money::whole(700);
    let plan = planned(&facts, spring(), day("2026-01-02"));
    let far: Vec<(PartnerId, LeftOutReason)> = plan.left_out.iter().map(|left| (left.partner, left.reason)).collect();
    let expected: Vec<_> = (4..=6).map(|id| (PartnerId(id), LeftOutReason::CostsMore)).collect();
    assert_eq!(far, expected);
}

#[test]
fn no_partner_at_a_loss_is_ever_visited() {
    let mut facts = market(&NEAR_AND_NORTH);
    for sale in facts.sales.by_month.iter_mut().filter(|sale| sale.partner == PartnerId(5)) {
        sale.margin = sale.revenue * -0.02;
    }
    let plan = planned(&facts, spring(), day("2026-01-02"));
    let left: Vec<_> = plan.left_out.iter().map(|left| (left.partner, left.reason)).collect();
    assert_eq!(left, [(PartnerId(5), LeftOutReason::NoMargin)]);
}

/// Luleå lies 340 km to the north: further than there and back in a day.
fn with_lulea() -> Facts {
    let lulea =
        [(65.58, 22.15, 900_000.0), (65.60, 22.10, 900_000.0), (65.57, 22.20, 900_000.0), (65.59, 22.05, 800_000.0)];
    let mut facts = market(&lulea);
    facts.settings.max_drive_day = spelplan_facts::Minutes::hours(6);
    facts
}

#[test]
fn what_lies_farther_than_a_day_is_reached_over_a_night_where_that_pays() {
    let plan = planned(&with_lulea(), spring(), day("2026-01-02"));
    assert!(nights(&plan) > 0 && plan.left_out.is_empty(), "{:?}", plan.left_out);
}

#[test]
fn nobody_sleeps_away_for_a_night_that_costs_more_than_it_brings_or_where_nights_are_not_allowed() {
    let mut dear = with_lulea();
    dear.settings.night_cost = Money::whole(10_000_000);
    assert!(planned(&dear, spring(), day("2026-01-02")).days.is_empty());
    let mut at_home = with_lulea();
    at_home.settings.max_nights = 0;
    let plan = planned(&at_home, spring(), day("2026-01-02"));
    assert!(plan.left_out.iter().all(|left| left.reason == LeftOutReason::TooFar), "{:?}", plan.left_out);
    assert_eq!(plan.left_out.len(), 4);
}

#[test]
fn a_ferry_is_named_as_the_obstacle() {
    let mut facts = market(&[(63.10, 21.62, 900_000.0)]);
    facts.partners[0].country = "FI".into();
    let plan = planned(&facts, spring(), day("2026-01-02"));
    assert_eq!(plan.left_out.iter().map(|left| left.reason).collect::<Vec<_>>(), [LeftOutReason::AcrossWater], "Vasa");
}

#[test]
fn in_the_middle_of_a_season_only_days_to_come_are_planned() {
    let today = day("2026-02-20");
    let plan = planned(&market(&NEAR_AND_NORTH), spring(), today);
    assert!(!plan.days.is_empty() && plan.days.iter().all(|day| day.day >= today));
}

#[test]
fn a_short_travel_budget_is_kept_and_spent_on_what_pays_most() {
    let free = planned(&market(&NEAR_AND_NORTH), spring(), day("2026-01-02"));
    let mut tight = market(&NEAR_AND_NORTH);
    tight.settings.travel_budget = Some(Money::whole(300));
    let plan = planned(&tight, spring(), day("2026-01-02"));
    assert!(plan.gain.value < free.gain.value && !plan.days.is_empty());
}

#[test]
fn every_planned_visit_of_two_hundred_worlds_brings_more_than_the_drive_it_adds() {
    let mut examined = 0;
    for seed in 0..200 {
        let (facts, season, today) = small_world(seed);
        let goals = season_goals(&facts, today, season.from);
        let plan =
            spelplan_field::plan(&facts, &goals, &covered(&facts, season, today), season, today, seed, &|_, _| {});
        let minute = facts.settings.hour_cost.units() / 60.0;
        for field_day in &plan.days {
            let km: f64 = field_day.stops.iter().map(|stop| stop.leg.km).sum::<f64>() + field_day.last_leg.km;
            let time = f64::from((field_day.arrives - field_day.departs).0);
            let gain: f64 = field_day.stops.iter().map(|stop| stop.gain.value.units()).sum();
            let at_home = field_day.from == Night::Home && field_day.to == Night::Home;
            if at_home {
                examined += 1;
                let cost = km * facts.settings.km_cost.units() + time * minute;
                assert!(gain > cost, "world {seed}, {}: {gain} for {cost}", field_day.day);
            }
        }
    }
    assert!(examined > 100, "{examined} days examined");
}

fn decided(facts: &Facts, partner: PartnerId, demand: Demand) -> Facts {
    let (reason, by) = (String::new(), "Maj".to_owned());
    let rule = CoverageRule {
        id: RuleId(1),
        partner,
        demand,
        within: Some(spring()),
        by,
        on: day("2026-01-01"),
        reason,
        toss_up: None,
    };
    Facts { rules: vec![rule], ..facts.clone() }
}

#[test]
fn what_is_decided_about_a_partner_binds_its_days() {
    let (facts, today) = (market(&NEAR_AND_NORTH), day("2026-01-02"));
    let free = planned(&facts, spring(), today);
    let first = free.days.iter().find(|day| !day.stops.is_empty()).expect("a day");
    let partner = first.stops[0].partner;
    let days = |plan: &SeasonPlan, partner: PartnerId| -> Vec<Day> {
        let visited = |day: &&FieldDay| day.stops.iter().any(|stop| stop.partner == partner);
        plan.days.iter().filter(visited).map(|day| day.day).collect()
    };
    let none = planned(&decided(&facts, partner, Demand::Visits(0)), spring(), today);
    assert!(days(&none, partner).is_empty() && !none.days.is_empty());
    let weeks = DayRange { from: spring().from, to: first.day.plus(7) };
    let later = planned(&decided(&facts, partner, Demand::NotOn(weeks)), spring(), today);
    assert!(!days(&later, partner).is_empty(), "there is room later");
    assert!(days(&later, partner).iter().all(|day| !weeks.contains(*day)));
    assert!(days(&free, partner).iter().any(|day| weeks.contains(*day)), "or nothing was tried");
}

#[test]
fn a_visit_that_is_demanded_is_made_though_others_bring_more() {
    let mut places = NEAR_AND_NORTH.to_vec();
    places.push((64.16, 17.36, 3_000.0));
    let (mut facts, today) = (market(&places), day("2026-01-02"));
    facts.partners[6].revenue = Some(Money::whole(60_000));
    let least = PartnerId(places.len() as i64);
    let stops =
        |plan: &SeasonPlan| plan.days.iter().flat_map(|day| &day.stops).filter(|stop| stop.partner == least).count();
    assert_eq!(stops(&planned(&facts, spring(), today)), 0, "it does not pay");
    let demanded = planned(&decided(&facts, least, Demand::Visits(1)), spring(), today);
    assert_eq!(stops(&demanded), 1);
}

#[test]
fn the_proposed_season_is_whole_weeks_ahead_away_from_holidays() {
    let cases = [
        ("2026-01-02", "2026-01-19", "2026-04-05"),
        ("2026-05-20", "2026-08-10", "2026-12-18"),
        ("2013-11-30", "2013-12-16", "2014-06-15"),
    ];
    for (today, earliest, latest) in cases {
        let suggestion = spelplan_field::suggestion(&market(&NEAR_AND_NORTH), day(today));
        let season = suggestion.season;
        assert_eq!((season.from.weekday(), season.to.weekday()), (0, 4), "{season}: Monday to Friday");
        let weeks = (season.from.until(season.to) + 3) / 7;
        assert!((4..=6).contains(&weeks), "{season}: {weeks} weeks");
        assert!(day(earliest) <= season.from && season.to <= day(latest), "asked on {today}: {season}");
        assert!(suggestion.closed_days <= 1, "asked on {today}: {suggestion:?}");
        assert_eq!(suggestion.pam_days, weeks as usize * 5 - suggestion.closed_days, "{suggestion:?}");
    }
}

#[test]
fn a_plan_for_nobody_is_empty_and_accounts_for_everybody() {
    let empty = Facts { settings: Settings::default(), ..Facts::default() };
    assert!(planned(&empty, spring(), day("2026-01-02")).days.is_empty());
    let mut alone = market(&NEAR_AND_NORTH);
    alone.pams.clear();
    let plan = planned(&alone, spring(), day("2026-01-02"));
    assert!(plan.left_out.iter().all(|left| left.reason == LeftOutReason::NoPam) && plan.left_out.len() == 6);
}

/// Days of the visits to partner 1, and what the first of them brings.
fn visits_to_the_first(plan: &SeasonPlan) -> (Vec<Day>, Money) {
    let own = plan.days.iter().flat_map(|day| day.stops.iter().map(move |stop| (day.day, stop)));
    let own: Vec<_> = own.filter(|(_, stop)| stop.partner == PartnerId(1)).collect();
    (own.iter().map(|(day, _)| *day).collect(), own.first().map_or(Money::ZERO, |(_, stop)| stop.gain.value))
}

#[test]
fn visits_that_other_plans_hold_keep_their_distance_and_take_from_the_next() {
    let today = day("2026-01-02");
    let held = |days: &[&str]| {
        let mut facts = market(&NEAR_AND_NORTH);
        facts.planned = days.iter().map(|on| PlannedVisit { partner: PartnerId(1), day: day(on) }).collect();
        planned(&facts, spring(), today)
    };
    let (free, alone) = visits_to_the_first(&held(&[]));
    assert!(free[0] < day("2026-02-11"), "nothing holds it back: {free:?}");
    let (before, less) = visits_to_the_first(&held(&["2026-01-21"]));
    assert!(!before.is_empty() && before.iter().all(|on| *on >= day("2026-02-11")), "{before:?}");
    assert!(less < alone * 0.9 && less > Money::ZERO, "{less:?} of {alone:?}");
    let (after, same) = visits_to_the_first(&held(&["2026-03-16"]));
    assert!(!after.is_empty() && after.iter().all(|on| *on <= day("2026-02-23")), "{after:?}");
    assert_eq!(same, alone, "a visit after the season takes nothing from it");
    let none = held(&["2026-01-30", "2026-02-20", "2026-03-13"]);
    assert_eq!(visits_to_the_first(&none).0, Vec::new());
    let reason = none.left_out.iter().find(|left| left.partner == PartnerId(1)).map(|left| left.reason);
    assert_eq!(reason, Some(LeftOutReason::VisitPlanned));
}

#[test]
fn the_year_s_visits_that_a_rule_allows_are_counted_with_those_planned() {
    let today = day("2026-01-02");
    let mut facts = decided(&market(&NEAR_AND_NORTH), PartnerId(1), Demand::VisitsAtMost(1));
    // Any twelve months.
    facts.rules[0].within = None;
    assert_eq!(visits_to_the_first(&planned(&facts, spring(), today)).0.len(), 1);
    facts.planned = vec![PlannedVisit { partner: PartnerId(1), day: day("2026-01-08") }];
    assert_eq!(visits_to_the_first(&planned(&facts, spring(), today)).0, Vec::new());
}
