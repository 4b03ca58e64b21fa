//! Small companies for the tests of a year: goals whose worth is said outright, parameters known for certain.
#![allow(dead_code, reason = "each test file uses its part")]

use spelplan_coverage::Effort;
use spelplan_coverage::year::{Ask, Programme, YearBudget};
use spelplan_facts::{
    Band, CoverageRule, Day, DayRange, Demand, Facts, Minutes, Money, PamId, Parameter, ParameterName, Partner,
    PartnerId, RuleId, SegmentModel, Share, Touch, TouchId, TouchKind,
};
use spelplan_focus::{OpenGoal, PotentialSource};

pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub fn today() -> Day {
    day("2026-01-05")
}

/// At most four seasons of five weeks: months 1, 3, 8 and 10 from today.
pub fn seasons(count: usize) -> Vec<DayRange> {
    let all = ["2026-02-02..2026-03-06", "2026-04-13..2026-05-15", "2026-08-31..2026-10-02", "2026-11-02..2026-12-04"];
    all[..count].iter().map(|text| DayRange::parse(text).expect("a season")).collect()
}

/// Months from today in which those seasons lie.
pub const MONTHS: [usize; 4] = [1, 3, 8, 10];

pub fn partner(id: i64, pam: i64) -> Partner {
    Partner {
        key: format!("P{id}"),
        name: format!("Partner {id}"),
        country: "SE".to_owned(),
        segment: "known".to_owned(),
        pam: (pam > 0).then_some(PamId(pam)),
        ..Partner::of(PartnerId(id))
    }
}

/// A full relationship there is worth that much margin a year: twice the sales could be had, all of what is sold would
/// come without one, and a tenth is margin.
pub fn goal(id: i64, worth_year: f64, strength: f64) -> OpenGoal {
    let band = |value: f64| {
        let value = Money::from_units(value);
        Band { low: value, value, high: value }
    };
    OpenGoal {
        partner: PartnerId(id),
        rank: id as usize,
        score: Money::ZERO,
        gains: [Band::default(); 3],
        at_stake: band(worth_year * (1.0 - strength)),
        worth_year: band(worth_year),
        sales_year: Money::from_units(10.0 * worth_year),
        margin_share: Share(0.1),
        potential: band(20.0 * worth_year),
        headroom: Money::from_units(10.0 * worth_year),
        strength: Share(strength),
        touches_month: 0.0,
        last_visit: (strength > 0.0).then(|| day("2025-11-03")),
        why: Vec::new(),
        obstacle: None,
        potential_source: PotentialSource::ByRule,
    }
}

/// A visit of two hours, 1,300 of it hours and 200 travel.
pub fn effort(id: i64) -> Effort {
    Effort {
        partner: PartnerId(id),
        per_visit: Minutes(120),
        cost_per_visit: Money::whole(1500),
        obstacle: None,
        max_visits: 2,
    }
}

pub fn visit(id: i64, partner: i64, text: &str) -> Touch {
    let kind = TouchKind::named("visit").expect("visits");
    Touch {
        id: TouchId(id),
        day: day(text),
        partner: PartnerId(partner),
        contact: None,
        pam: None,
        kind,
        quality: None,
    }
}

/// Facts of these goals, all of PAM 1, in a segment whose parameters are known for certain; no sales, so that every
/// month weighs the same.
#[derive(Debug, Clone)]
pub struct Company {
    pub facts: Facts,
    pub goals: Vec<OpenGoal>,
    pub efforts: Vec<Effort>,
    pub seasons: Vec<DayRange>,
}

impl Company {
    pub fn of(goals: Vec<OpenGoal>, n_seasons: usize) -> Company {
        let mut facts =
            Facts { partners: goals.iter().map(|goal| partner(goal.partner.0, 1)).collect(), ..Facts::default() };
        let certain = |name: ParameterName| {
            let value = facts.settings.model.value(name);
            Parameter { low: value, high: value, ..Parameter::default_of(name) }
        };
        let parameters = ParameterName::ALL.into_iter().map(certain).collect();
        facts.settings.segments = vec![SegmentModel { segment: "known".to_owned(), parameters }];
        let efforts = goals.iter().map(|goal| effort(goal.partner.0)).collect();
        Company { facts, goals, efforts, seasons: seasons(n_seasons) }
    }

    pub fn programme(&self) -> Programme {
        let efforts = vec![self.efforts.clone(); self.seasons.len()];
        Programme::new(&self.facts, &self.goals, &efforts, &self.seasons, today())
    }

    /// PAM 1 with so many field hours a season and digital hours a year.
    pub fn ask(&self, field_hours: i32, digital_hours: i32) -> Ask {
        let field_time = vec![Minutes::hours(field_hours); self.seasons.len()];
        Ask::new(
            vec![YearBudget { pam: PamId(1), field_time, digital_time: Minutes::hours(digital_hours) }],
            Vec::new(),
        )
    }
}

pub fn rule(id: i64, partner: i64, demand: Demand) -> CoverageRule {
    CoverageRule {
        id: RuleId(id),
        partner: PartnerId(partner),
        demand,
        within: None,
        by: "Maria".to_owned(),
        on: today(),
        reason: String::new(),
        toss_up: None,
    }
}

/// The judge: what visits in each season and a level of touches bring a partner over doing nothing, in money after the
/// realised ratio, month by month from the text of the model and sharing no code with the programme.
pub fn judged_gain(facts: &Facts, goal: &OpenGoal, visits: &[usize], touches: f64) -> f64 {
    let model = &facts.settings.model;
    let natural = 2.0_f64.ln() / model.half_life_months;
    let gamma = 1.10_f64.powf(-1.0 / 12.0);
    let run = |visits: &[usize], touches: f64| {
        let decay = natural * (1.0 - model.digital_relief * (1.0 - (-touches / model.digital_scale).exp()));
        let (mut strength, mut sum) = (goal.strength.0, 0.0);
        for month in 0..12 {
            for (season, count) in visits.iter().enumerate() {
                if MONTHS[season] == month {
                    (0..*count).for_each(|_| strength += model.build * (1.0 - strength));
                }
            }
            sum += gamma.powi(month as i32) / 12.0 * strength * (1.0 - (-decay).exp()) / decay;
            strength *= (-decay).exp();
        }
        let after = (1.0 - (-natural).exp()) / natural / (1.0 - gamma * (-natural).exp());
        sum + gamma.powi(12) / 12.0 * strength * after
    };
    let nothing = run(&vec![0; visits.len()], 0.0);
    model.realised * goal.worth_year.value.units() * (run(visits, touches) - nothing)
}
