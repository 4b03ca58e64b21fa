//! Plans that no planner makes: the referee objects and never falls.

use spelplan_facts::{
    Band, CoverageLine, Day, DayRange, DeskBlock, DeskKind, Facts, FieldDay, LeftOut, LeftOutReason, Leg, Minutes,
    Money, Night, PamId, PartnerId, PlanId, Point, SeasonPlan, Settings, Share, SlowRegion, Stop, TimeOfDay, Workload,
};
use spelplan_referee::judge;

use crate::world;

/// Draws extreme values; a plain generator (Knuth's MMIX constants) is random enough.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_of<T: Copy>(&mut self, choice: &[T]) -> T {
        choice[self.below(choice.len() as u64) as usize]
    }

    fn int(&mut self) -> i32 {
        self.one_of(&[i32::MIN, -1, 0, 1, 59, 600, 1440, 100_000, i32::MAX])
    }

    fn count(&mut self) -> usize {
        self.one_of(&[0, 1, 2, 9, usize::MAX])
    }

    fn float(&mut self) -> f64 {
        self.one_of(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0, 0.5, 59.5, 180.0, 1e300])
    }

    fn money(&mut self) -> Money {
        Money(self.one_of(&[i64::MIN, -1, 0, 10_000, i64::MAX]))
    }

    fn day(&mut self) -> Day {
        world::day(self.one_of(&["0001-01-01", "2026-02-03", "2026-02-04", "2026-03-06", "9999-12-31", "2026-12-24"]))
    }

    fn partner(&mut self) -> PartnerId {
        PartnerId(self.one_of(&[i64::MIN, -1, 0, 10, 11, 25, i64::MAX]))
    }

    fn pam(&mut self) -> PamId {
        PamId(self.one_of(&[i64::MIN, 0, 1, 2, 3, i64::MAX]))
    }

    fn band(&mut self) -> Band {
        Band { low: self.money(), value: self.money(), high: self.money() }
    }

    fn leg(&mut self) -> Leg {
        Leg { time: Minutes(self.int()), km: self.float(), ..Leg::default() }
    }

    fn night(&mut self) -> Night {
        let point = Point { lat: self.float(), lon: self.float() };
        if self.below(2) == 0 { Night::Home } else { Night::Away { near: self.partner(), point } }
    }

    fn field_day(&mut self) -> FieldDay {
        let n_stops = self.below(3);
        FieldDay {
            pam: self.pam(),
            day: self.day(),
            trip: self.count(),
            from: self.night(),
            departs: TimeOfDay(self.int()),
            stops: (0..n_stops).map(|_| self.stop()).collect(),
            last_leg: self.leg(),
            arrives: TimeOfDay(self.int()),
            to: self.night(),
        }
    }

    fn stop(&mut self) -> Stop {
        Stop {
            partner: self.partner(),
            contact: None,
            leg: self.leg(),
            begins: TimeOfDay(self.int()),
            ends: TimeOfDay(self.int()),
            gain: self.band(),
            why: Vec::new(),
        }
    }

    fn settings(&mut self) -> Settings {
        Settings {
            currency: String::new(),
            hour_cost: self.money(),
            km_cost: self.money(),
            day_start: TimeOfDay(self.int()),
            day_end: TimeOfDay(self.int()),
            home_by_weekday: self.count(),
            max_drive_day: Minutes(self.int()),
            max_nights: self.count(),
            field_days_week: self.count(),
            visit_time: Minutes(self.int()),
            preparation_time: Minutes(self.int()),
            follow_up_time: Minutes(self.int()),
            desk_time_day: Minutes(self.int()),
            min_gap_days: self.int(),
            drive_slack: Share(self.float()),
            slow_regions: vec![SlowRegion {
                name: String::new(),
                south_west: Point { lat: self.float(), lon: self.float() },
                north_east: Point { lat: self.float(), lon: self.float() },
                factor: self.float(),
            }],
            digital_time_week: Minutes(self.int()),
            travel_budget: Some(self.money()),
            ferries: vec![spelplan_facts::Ferry {
                name: String::new(),
                from: Point { lat: self.float(), lon: self.float() },
                to: Point { lat: self.float(), lon: self.float() },
                time: Minutes(self.int()),
            }],
            drive_factors: vec![spelplan_facts::DriveFactor { pam: PamId(1), factor: self.float(), trips: 0 }],
            ..Settings::default()
        }
    }

    fn plan(&mut self) -> SeasonPlan {
        let gain = self.band();
        SeasonPlan {
            id: PlanId(i64::MIN),
            season: DayRange { from: self.day(), to: self.day() },
            as_of: self.day(),
            seed: u64::MAX,
            settings: self.settings(),
            workloads: (0..self.below(4)).map(|_| self.workload()).collect(),
            coverage: (0..self.below(4)).map(|_| self.line()).collect(),
            days: (0..self.below(6)).map(|_| self.field_day()).collect(),
            desk: (0..self.below(4)).map(|_| self.block()).collect(),
            left_out: (0..self.below(9)).map(|_| self.left_out()).collect(),
            gain,
            cost: self.money(),
            upper_bound: self.money(),
            gap: Share(self.float()),
            drives: spelplan_facts::DriveNote::default(),
            rounds: spelplan_facts::RoundNote::default(),
        }
    }

    fn workload(&mut self) -> Workload {
        Workload {
            pam: self.pam(),
            field_days: self.count(),
            field_time: Minutes(self.int()),
            field_time_used: Minutes(self.int()),
            digital_time: Minutes(self.int()),
            digital_time_used: Minutes(self.int()),
            hour_value: self.money(),
        }
    }

    fn line(&mut self) -> CoverageLine {
        let (partner, pam, visits) = (self.partner(), self.pam(), self.count());
        CoverageLine { partner, pam, visits, touches_month: self.float(), gain: self.band() }
    }

    fn block(&mut self) -> DeskBlock {
        let kind = self.one_of(&[DeskKind::Preparation, DeskKind::FollowUp]);
        DeskBlock { pam: self.pam(), day: self.day(), kind, time: Minutes(self.int()) }
    }

    fn left_out(&mut self) -> LeftOut {
        let reason = self.one_of(&LeftOutReason::ALL);
        LeftOut { partner: self.partner(), reason, gain: self.money() }
    }
}

#[test]
fn two_thousand_absurd_plans_are_refused_without_a_fall() {
    let facts = world::facts();
    for seed in 0..2_000 {
        let verdict = judge(&facts, &Chance(seed).plan());
        assert!(!verdict.passed(), "seed {seed} passed");
    }
}

#[test]
fn nobody_knows_anything_and_nothing_is_planned() {
    let mut plan = Chance(0).plan();
    plan.settings = Settings::default();
    plan.season = world::days("2026-02-02..2026-03-06");
    plan.days.clear();
    (plan.workloads, plan.coverage, plan.desk, plan.left_out) = Default::default();
    (plan.gain, plan.cost, plan.upper_bound, plan.gap) = (Band::default(), Money::ZERO, Money::ZERO, Share::ZERO);
    let verdict = judge(&Facts::default(), &plan);
    assert!(verdict.passed(), "{:#?}", verdict.faults);
}

#[test]
fn an_empty_plan_forgets_every_partner() {
    let facts = world::facts();
    let mut plan = world::plan(&facts);
    (plan.days, plan.coverage, plan.left_out) = Default::default();
    world::settle(&mut plan);
    let verdict = judge(&facts, &plan);
    assert_eq!(verdict.faults.len(), facts.partners.len());
    assert!(verdict.faults.iter().all(|fault| fault.code == "F801"));
}
