//! A small world north of Stockholm in February 2026 and a valid plan for it, made by hand.
//!
//! PAM 1 lives in Norrtälje and drives; PAM 2 has no home; PAM 3 is away. Partners 10-14 are visited, the others are
//! left out, one for each reason.

use spelplan_facts::{
    Absence, Band, Contact, ContactId, CoverageLine, Day, DayRange, DeskBlock, DeskKind, Facts, FieldDay, LeftOut,
    LeftOutReason, Leg, Minutes, Money, Month, MonthSale, Night, Pam, PamId, Partner, PartnerId, Place, PlanId,
    PlannedVisit, Point, Precision, SeasonPlan, Settings, Share, Stop, TimeOfDay, Touch, TouchId, WeekHours, Workload,
    touches,
};
use spelplan_referee::roads;

pub const PAM: PamId = PamId(1);
pub const AWAY_PAM: PamId = PamId(3);
/// Visited on 3 February and 3 March.
pub const ALMUNGE: PartnerId = PartnerId(10);
/// Visited on 3 February.
pub const RIMBO: PartnerId = PartnerId(11);
/// Visited on 11 February; the night is spent here.
pub const GAVLE: PartnerId = PartnerId(12);
/// Visited on 12 February, from the night's place.
pub const TIERP: PartnerId = PartnerId(13);
/// Visited on 24 February.
pub const VALLENTUNA: PartnerId = PartnerId(14);
/// An ordinary partner, left out because hours go elsewhere.
pub const HALLSTAVIK: PartnerId = PartnerId(20);
/// Nobody runs it.
pub const UNOWNED: PartnerId = PartnerId(21);
/// Sells at a loss.
pub const LOSING: PartnerId = PartnerId(24);

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn days(text: &str) -> DayRange {
    DayRange::parse(text).unwrap()
}

fn point(lat: f64, lon: f64) -> Point {
    Point { lat, lon }
}

fn place(lat: f64, lon: f64) -> Option<Place> {
    Some(Place { point: point(lat, lon), precision: Precision::Given })
}

pub fn facts() -> Facts {
    let settings = Settings { max_visits_season: 2, ..Settings::default() };
    let mut facts = Facts {
        settings,
        pams: vec![pam(1, place(59.76, 18.70)), pam(2, None), pam(3, place(59.76, 18.70))],
        ..Facts::default()
    };
    let north = [
        (10, 59.88, 18.04),
        (11, 59.74, 18.37),
        (12, 60.67, 17.14),
        (13, 60.34, 17.52),
        (14, 59.53, 18.08),
        (20, 60.05, 18.60),
    ];
    facts.partners.extend(north.map(|(id, lat, lon)| partner(id, place(lat, lon))));
    facts.partners.extend((21..=32).map(|id| partner(id, place(59.90, 18.30))));
    odd_partners(&mut facts);
    facts.partners[0].opening_hours = WeekHours::parse("Mon-Sat 08:00-17:00");
    facts.contacts = [(1, 10), (2, 11)].map(|(id, at)| contact(id, PartnerId(at))).to_vec();
    facts.absences = vec![Absence { pam: AWAY_PAM, days: days("2026-01-01..2026-12-31"), reason: String::new() }];
    facts.touches = vec![visit("2025-06-10", ALMUNGE), visit("2026-01-28", PartnerId(28))];
    facts.planned = vec![PlannedVisit { partner: ALMUNGE, day: day("2026-04-20") }];
    let months = facts.partners.iter().map(|partner| month(partner.id, if partner.id == LOSING { -0.05 } else { 0.1 }));
    facts.sales.by_month = months.collect();
    facts
}

/// Each with its own reason to be left out: see [`REASONS`].
fn odd_partners(facts: &mut Facts) {
    let partner = |facts: &mut Facts, id: i64, change: fn(&mut Partner)| {
        let at = facts.partners.binary_search_by_key(&PartnerId(id), |partner| partner.id).unwrap();
        change(&mut facts.partners[at]);
    };
    partner(facts, 21, |partner| partner.pam = None);
    partner(facts, 22, |partner| partner.inactive = true);
    partner(facts, 23, |partner| partner.place = None);
    partner(facts, 25, |partner| partner.place = place(57.63, 18.30));
    partner(facts, 26, |partner| partner.place = place(67.86, 20.22));
    partner(facts, 27, |partner| partner.closed = vec![days("2026-01-01..2026-12-31")]);
    partner(facts, 28, |partner| partner.closed = vec![days("2026-02-16..2026-12-31")]);
    partner(facts, 29, |partner| partner.pam = Some(PamId(2)));
    partner(facts, 30, |partner| partner.pam = Some(AWAY_PAM));
}

const REASONS: [(i64, LeftOutReason); 13] = [
    (20, LeftOutReason::HoursGoElsewhere),
    (21, LeftOutReason::NoPam),
    (22, LeftOutReason::Inactive),
    (23, LeftOutReason::NoPlace),
    (24, LeftOutReason::NoMargin),
    (25, LeftOutReason::AcrossWater),
    (26, LeftOutReason::TooFar),
    (27, LeftOutReason::ClosedAllSeason),
    (28, LeftOutReason::VisitedRecently),
    (29, LeftOutReason::PamWithoutHome),
    (30, LeftOutReason::PamAway),
    (31, LeftOutReason::CostsMore),
    (32, LeftOutReason::NoHeadroom),
];

pub fn plan(facts: &Facts) -> SeasonPlan {
    let away = Night::Away { near: GAVLE, point: place_of(facts, GAVLE) };
    let mut plan = SeasonPlan {
        id: PlanId(1),
        season: days("2026-02-02..2026-03-06"),
        as_of: day("2026-01-12"),
        seed: 1,
        settings: facts.settings.clone(),
        workloads: vec![Workload {
            pam: PAM,
            // Five weeks of four days, each 7:30 to 18:00; four digital hours a week.
            field_days: 20,
            field_time: Minutes(20 * 630),
            field_time_used: Minutes::ZERO,
            digital_time: Minutes(5 * 240),
            digital_time_used: Minutes(60),
            hour_value: Money::whole(700),
        }],
        coverage: coverage(),
        days: vec![
            field_day(facts, "2026-02-03", 0, (Night::Home, Night::Home), &[(ALMUNGE, 10), (RIMBO, 13)]),
            field_day(facts, "2026-02-11", 1, (Night::Home, away), &[(GAVLE, 13)]),
            field_day(facts, "2026-02-12", 1, (away, Night::Home), &[(TIERP, 10)]),
            field_day(facts, "2026-02-24", 2, (Night::Home, Night::Home), &[(VALLENTUNA, 10)]),
            field_day(facts, "2026-03-03", 3, (Night::Home, Night::Home), &[(ALMUNGE, 10)]),
        ],
        desk: Vec::new(),
        left_out: REASONS.map(|(id, reason)| left_out(PartnerId(id), reason)).to_vec(),
        gain: Band::default(),
        cost: Money::ZERO,
        upper_bound: Money::whole(60_000),
        gap: Share(0.02),
        drives: spelplan_facts::DriveNote::default(),
        rounds: spelplan_facts::RoundNote::default(),
    };
    settle(&mut plan);
    plan
}

/// Drives at the estimate, begins visits on the hour, departs in time for the first.
pub fn field_day(
    facts: &Facts,
    text: &str,
    trip: usize,
    ends: (Night, Night),
    visits: &[(PartnerId, i32)],
) -> FieldDay {
    let mut day = FieldDay {
        pam: PAM,
        day: day(text),
        trip,
        from: ends.0,
        departs: TimeOfDay::default(),
        stops: visits.iter().map(|&(partner, hour)| stop(partner, hour)).collect(),
        last_leg: Leg::default(),
        arrives: TimeOfDay::default(),
        to: ends.1,
    };
    drive(facts, &mut day);
    day
}

/// Fits every drive of the day to its ends again.
pub fn drive(facts: &Facts, day: &mut FieldDay) {
    let night = |night: Night| match night {
        Night::Home => facts.pam(PAM).unwrap().home.unwrap().point,
        Night::Away { point, .. } => point,
    };
    let mut at = night(day.from);
    for stop in &mut day.stops {
        let there = place_of(facts, stop.partner);
        stop.leg = leg(&facts.settings, at, there);
        at = there;
    }
    day.last_leg = leg(&facts.settings, at, night(day.to));
    let (first, last) = (&day.stops[0], &day.stops[day.stops.len() - 1]);
    day.departs = TimeOfDay(first.begins.0 - first.leg.time.0);
    day.arrives = last.ends + day.last_leg.time;
}

fn leg(settings: &Settings, from: Point, to: Point) -> Leg {
    let estimate = roads::estimate(settings, from, to);
    Leg { time: Minutes(estimate.minutes as i32), km: estimate.km, ..Leg::default() }
}

fn place_of(facts: &Facts, partner: PartnerId) -> Point {
    facts.partner(partner).unwrap().place.unwrap().point
}

pub fn stop(partner: PartnerId, hour: i32) -> Stop {
    let kronor = Money::whole;
    Stop {
        partner,
        contact: (partner == ALMUNGE).then_some(ContactId(1)),
        leg: Leg::default(),
        begins: TimeOfDay::at(hour, 0),
        ends: TimeOfDay::at(hour + 1, 0),
        gain: Band { low: kronor(2000), value: kronor(5000), high: kronor(9000) },
        why: Vec::new(),
    }
}

/// Sums and desk time as they follow from the days.
pub fn settle(plan: &mut SeasonPlan) {
    let settings = &plan.settings;
    let minutes: i32 = plan.days.iter().map(|day| day.arrives.0 - day.departs.0).sum();
    let stops = || plan.days.iter().flat_map(|day| &day.stops);
    let km: f64 =
        stops().map(|stop| stop.leg.km).sum::<f64>() + plan.days.iter().map(|day| day.last_leg.km).sum::<f64>();
    let nights = plan.days.iter().filter(|day| day.to != Night::Home).count() as f64;
    let n_stops = stops().count() as i32;
    let touches = plan.coverage.iter().filter(|line| line.visits == 0).map(|line| line.gain.value);
    let value = stops().map(|stop| stop.gain.value).chain(touches).sum();
    plan.gain = Band { low: Money::ZERO, value, high: value + value };
    plan.cost = settings.km_cost * km + settings.night_cost * nights + settings.hour_cost * (f64::from(minutes) / 60.0);
    let desk = |day: Day, kind, time| DeskBlock { pam: PAM, day, kind, time: Minutes(n_stops * time) };
    // The Friday before the season and the Monday after it.
    plan.desk = vec![
        desk(plan.season.from.plus(-3), DeskKind::Preparation, settings.preparation_time.0),
        desk(plan.season.to.monday().plus(7), DeskKind::FollowUp, settings.follow_up_time.0),
    ];
    plan.desk.retain(|block| block.time.0 > 0);
    if let Some(load) = plan.workloads.iter_mut().find(|load| load.pam == PAM) {
        load.field_time_used = Minutes(minutes);
    }
}

fn coverage() -> Vec<CoverageLine> {
    let line = |partner, visits, touches_month| CoverageLine {
        partner,
        pam: PAM,
        visits,
        touches_month,
        gain: Band { low: Money::ZERO, value: Money::whole(4000), high: Money::whole(8000) },
    };
    vec![
        line(ALMUNGE, 2, 1.0),
        line(RIMBO, 1, 0.0),
        line(GAVLE, 1, 0.0),
        line(TIERP, 1, 0.0),
        line(VALLENTUNA, 1, 0.5),
        line(HALLSTAVIK, 0, 1.0),
    ]
}

pub fn left_out(partner: PartnerId, reason: LeftOutReason) -> LeftOut {
    LeftOut { partner, reason, gain: Money::whole(100) }
}

pub fn visit(text: &str, partner: PartnerId) -> Touch {
    Touch {
        id: TouchId(day(text).number().into()),
        day: day(text),
        partner,
        contact: None,
        pam: Some(PAM),
        kind: touches::visit(),
        quality: None,
    }
}

pub fn month(partner: PartnerId, margin: f64) -> MonthSale {
    let revenue = Money::whole(100_000);
    MonthSale { partner, month: Month(2026 * 12 - 2), revenue, margin: revenue * margin, revenue_with_margin: revenue }
}

fn contact(id: i64, partner: PartnerId) -> Contact {
    let text = String::new;
    Contact {
        id: ContactId(id),
        key: id.to_string(),
        partner,
        name: text(),
        role: text(),
        email: text(),
        phone: text(),
    }
}

fn pam(id: i64, home: Option<Place>) -> Pam {
    let text = String::new;
    Pam {
        id: PamId(id),
        key: id.to_string(),
        name: format!("Pam {id}"),
        email: text(),
        street: text(),
        postal_code: text(),
        city: text(),
        country: "SE".into(),
        home,
        manager: text(),
        field_time_week: None,
    }
}

fn partner(id: i64, place: Option<Place>) -> Partner {
    Partner { country: "SE".into(), place, pam: Some(PAM), ..Partner::of(PartnerId(id)) }
}
