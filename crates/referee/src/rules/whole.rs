//! F1: the plan itself. Its season, settings, numbers and everything it refers to.

use std::collections::BTreeSet;

use spelplan_facts::{Band, Leg, Money, PamId, PartnerId, Settings, TimeOfDay};

use crate::case::Case;
use crate::verdict::{Protocol, Spot};

/// Larger than any real amount of money (a hundred thousand million kronor), small enough to add up millions of.
const MOST_MONEY: i64 = 1_000_000_000_000_000;

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    season(case, protocol);
    settings(case.settings, protocol);
    pams(case, protocol);
    partners(case, protocol);
    numbers(case, protocol);
    times(case, protocol);
    order(case, protocol);
}

fn season(case: &Case, protocol: &mut Protocol) {
    let season = case.plan.season;
    protocol.expect("F101", !case.season_days().is_empty(), Spot::PLAN, || {
        [
            format!("The season {season} has no end or lasts over a year"),
            format!("Säsongen {season} saknar slut eller är över ett år"),
        ]
    });
}

fn settings(settings: &Settings, protocol: &mut Protocol) {
    for (name, sane) in sanity(settings) {
        protocol.expect("F102", sane, Spot::PLAN, || {
            [format!("The setting {name} is out of range"), format!("Inställningen {name} är orimlig")]
        });
    }
}

fn sanity(settings: &Settings) -> Vec<(&'static str, bool)> {
    let day = |minutes: i32| (0..=1440).contains(&minutes);
    let price = |money: Money| (0..MOST_MONEY).contains(&money.0);
    let share = |number: f64| number.is_finite() && (0.0..=1.0).contains(&number);
    let positive = |number: f64| number.is_finite() && number >= 0.0;
    let model = &settings.model;
    let slow = |factor: f64| factor.is_finite() && (0.1..=20.0).contains(&factor);
    vec![
        ("currency", settings.currency.len() == 3),
        ("hour_cost", price(settings.hour_cost)),
        ("km_cost", price(settings.km_cost)),
        ("night_cost", price(settings.night_cost)),
        ("day_start", day(settings.day_start.0)),
        ("day_end", day(settings.day_end.0) && settings.day_start < settings.day_end),
        ("home_by_weekday", settings.home_by_weekday < 7),
        ("max_drive_day", day(settings.max_drive_day.0)),
        ("max_visits_day", settings.max_visits_day <= 100),
        ("max_nights", settings.max_nights <= 100),
        ("field_days_week", settings.field_days_week <= 7),
        ("visit_time", day(settings.visit_time.0) && settings.visit_time.0 > 0),
        ("ferries", settings.ferries.iter().all(|ferry| day(ferry.time.0))),
        ("drive_factors", settings.drive_factors.iter().all(|one| (0.2..=5.0).contains(&one.factor))),
        ("preparation_time", day(settings.preparation_time.0)),
        ("follow_up_time", day(settings.follow_up_time.0)),
        ("desk_time_day", day(settings.desk_time_day.0)),
        ("min_gap_days", (0..=3660).contains(&settings.min_gap_days)),
        ("max_visits_season", settings.max_visits_season <= 366),
        ("drive_slack", settings.drive_slack.0.is_finite() && (0.0..=10.0).contains(&settings.drive_slack.0)),
        ("slow_regions", settings.slow_regions.iter().all(|region| slow(region.factor))),
        ("digital_time_week", (0..=10_080).contains(&settings.digital_time_week.0)),
        ("travel_budget", settings.travel_budget.is_none_or(price)),
        ("model.build", share(model.build)),
        ("model.half_life_months", model.half_life_months.is_finite() && model.half_life_months > 0.0),
        ("model.digital_relief", share(model.digital_relief)),
        ("model.digital_scale", positive(model.digital_scale)),
        ("model.video_build", share(model.video_build)),
        ("model.video_build_unmet", share(model.video_build_unmet)),
        ("model.base_share", share(model.base_share)),
        ("model.response", positive(model.response)),
        ("model.slow_start", share(model.slow_start)),
        ("model.handover", share(model.handover)),
        ("model.joint_handover", share(model.joint_handover)),
        ("segments", settings.segments.iter().flat_map(|one| &one.parameters).all(|one| positive(one.value))),
        ("model.discount", positive(model.discount)),
        ("model.realised", positive(model.realised)),
    ]
}

fn pams(case: &Case, protocol: &mut Protocol) {
    let plan = case.plan;
    let days = plan.days.iter().map(|day| (day.pam, Spot::day(day.pam, day.day)));
    let desk = plan.desk.iter().map(|block| (block.pam, Spot::day(block.pam, block.day)));
    let coverage =
        plan.coverage.iter().map(|line| (line.pam, Spot { pam: Some(line.pam), ..Spot::partner(line.partner) }));
    let unknown = |pam: PamId| move || [format!("PAM {} does not exist", pam.0), format!("PAM {} finns inte", pam.0)];
    for (pam, spot) in days.chain(desk).chain(coverage) {
        protocol.expect("F103", case.facts.pam(pam).is_some(), spot, unknown(pam));
    }
    let mut seen = BTreeSet::new();
    for workload in &plan.workloads {
        let pam = workload.pam;
        protocol.expect("F103", case.facts.pam(pam).is_some(), Spot::pam(pam), unknown(pam));
        protocol.expect("F103", seen.insert(pam), Spot::pam(pam), || {
            [format!("PAM {} has two workloads", pam.0), format!("PAM {} har två arbetsbördor", pam.0)]
        });
    }
}

fn partners(case: &Case, protocol: &mut Protocol) {
    let stops = case
        .visits
        .iter()
        .map(|visit| (visit.stop.partner, Spot::visit(visit.day.pam, visit.day.day, visit.stop.partner)));
    let coverage = case.plan.coverage.iter().map(|line| (line.partner, Spot::partner(line.partner)));
    let left_out = case.plan.left_out.iter().map(|left| (left.partner, Spot::partner(left.partner)));
    for (partner, spot) in stops.chain(coverage).chain(left_out) {
        protocol.expect("F104", case.facts.partner(partner).is_some(), spot, || unknown_partner(partner));
    }
    for visit in &case.visits {
        let Some(contact) = visit.stop.contact else { continue };
        let known = case.facts.contacts.binary_search_by_key(&contact, |known| known.id).ok();
        let works_there = |at: PartnerId| known.is_some_and(|index| case.facts.contacts[index].partner == at);
        let spot = Spot::visit(visit.day.pam, visit.day.day, visit.stop.partner);
        protocol.expect("F105", works_there(visit.stop.partner), spot, || {
            let partner = visit.stop.partner.0;
            [
                format!("Contact {} does not work at partner {partner}", contact.0),
                format!("Kontaktperson {} arbetar inte hos partner {partner}", contact.0),
            ]
        });
    }
}

fn unknown_partner(partner: PartnerId) -> [String; 2] {
    [format!("Partner {} does not exist", partner.0), format!("Partner {} finns inte", partner.0)]
}

fn numbers(case: &Case, protocol: &mut Protocol) {
    let plan = case.plan;
    let mut number = |sane: bool, spot: Spot, name: &str| {
        protocol.expect("F106", sane, spot, || [format!("{name} is out of range"), format!("{name} är orimligt")]);
    };
    for visit in &case.visits {
        let spot = Spot::visit(visit.day.pam, visit.day.day, visit.stop.partner);
        number(is_leg(visit.stop.leg), spot, "leg");
        number(is_band(visit.stop.gain), spot, "gain");
    }
    for day in &plan.days {
        number(is_leg(day.last_leg), Spot::day(day.pam, day.day), "last_leg");
    }
    for line in &plan.coverage {
        number(
            line.touches_month.is_finite() && (0.0..=1000.0).contains(&line.touches_month),
            Spot::partner(line.partner),
            "touches_month",
        );
        number(is_band(line.gain), Spot::partner(line.partner), "gain");
    }
    for left in &plan.left_out {
        number((0..MOST_MONEY).contains(&left.gain.0), Spot::partner(left.partner), "gain");
    }
    for block in &plan.desk {
        number((1..=1440).contains(&block.time.0), Spot::day(block.pam, block.day), "desk time");
    }
    for load in &plan.workloads {
        number((0..MOST_MONEY).contains(&load.hour_value.0), Spot::pam(load.pam), "hour_value");
    }
    number(is_band(plan.gain), Spot::PLAN, "gain");
    number((0..MOST_MONEY).contains(&plan.cost.0), Spot::PLAN, "cost");
    number((0..MOST_MONEY).contains(&plan.upper_bound.0), Spot::PLAN, "upper_bound");
}

fn is_leg(leg: Leg) -> bool {
    (0..=1440).contains(&leg.time.0) && leg.km.is_finite() && (0.0..=5000.0).contains(&leg.km)
}

fn is_band(band: Band) -> bool {
    let small = |money: Money| money.0.unsigned_abs() < MOST_MONEY as u64;
    small(band.low) && small(band.value) && small(band.high) && band.low <= band.value && band.value <= band.high
}

fn times(case: &Case, protocol: &mut Protocol) {
    let mut time = |time: TimeOfDay, spot: Spot| {
        protocol.expect("F107", (0..=1440).contains(&time.0), spot, || {
            [format!("Minute {} is no time of day", time.0), format!("Minut {} är ingen tid på dygnet", time.0)]
        });
    };
    for day in &case.plan.days {
        time(day.departs, Spot::day(day.pam, day.day));
        time(day.arrives, Spot::day(day.pam, day.day));
    }
    for visit in &case.visits {
        let spot = Spot::visit(visit.day.pam, visit.day.day, visit.stop.partner);
        time(visit.stop.begins, spot);
        time(visit.stop.ends, spot);
    }
}

fn order(case: &Case, protocol: &mut Protocol) {
    let plan = case.plan;
    let mut sorted = |sorted: bool, en: &str, sv: &str| {
        protocol
            .expect("F108", sorted, Spot::PLAN, || [format!("{en} out of order"), format!("{sv} står inte i ordning")]);
    };
    sorted(plan.days.is_sorted_by_key(|day| (day.pam, day.day)), "Field days are", "Fältdagarna");
    sorted(plan.desk.is_sorted_by_key(|block| (block.pam, block.day)), "Desk blocks are", "Skrivbordstiden");
    sorted(plan.left_out.is_sorted_by_key(|left| left.partner), "Left-out partners are", "De utelämnade");
}
