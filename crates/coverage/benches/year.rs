//! Time of a year's programme of 3,000 partners, ten PAMs and four seasons: `cargo bench -p spelplan-coverage`.
//! Promise: a changed budget is answered (plan, one day more and one less) within a second.
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::time::Instant;

use spelplan_coverage::Effort;
use spelplan_coverage::year::{Ask, Programme, YearBudget};
use spelplan_facts::{
    Day, DayRange, Facts, Minutes, Money, Month, MonthSale, PamId, Partner, PartnerId, Touch, TouchId, TouchKind,
};
use spelplan_focus::open_goals;

const PAMS: i64 = 10;

fn main() {
    let partners: i64 = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(3_000);
    let today = Day::new(2026, 1, 7).expect("a day");
    let seasons: Vec<DayRange> =
        ["2026-02-02..2026-03-06", "2026-04-13..2026-05-15", "2026-08-24..2026-09-25", "2026-10-26..2026-11-27"]
            .into_iter()
            .map(|text| DayRange::parse(text).expect("a season"))
            .collect();
    let facts = market(partners, today);
    let goals = open_goals(&facts, today);
    let efforts: Vec<Vec<Effort>> = seasons.iter().map(|_| (1..=partners).map(effort).collect()).collect();
    let start = Instant::now();
    let programme = Programme::new(&facts, &goals, &efforts, &seasons, today);
    println!("{partners} partners: options valued in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    for hours in [210, 168, 250] {
        let budget = |pam| YearBudget {
            pam: PamId(pam),
            field_time: vec![Minutes::hours(hours); seasons.len()],
            digital_time: Minutes::hours(200),
        };
        let ask = Ask::new((1..=PAMS).map(budget).collect(), Vec::new());
        let start = Instant::now();
        let plan = programme.plan(&ask).expect("a plan");
        let planned = start.elapsed().as_secs_f64();
        let start = Instant::now();
        programme.here(&ask).expect("an answer");
        let here = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let answer = programme.answer(&ask).expect("an answer");
        let answered = start.elapsed().as_secs_f64();
        let points = &answer.frontier.points;
        let gaps = points.iter().map(|point| 1.0 - point.value.units() / point.upper_bound.units());
        println!(
            "{hours} h a season: plan {:.0} ms, with a day more and less {:.0} ms, with the frontier {:.0} ms; {} visits, value {:.0}, gap {:.4} %, {} points, widest {:.3} %",
            planned * 1000.0,
            here * 1000.0,
            answered * 1000.0,
            plan.visits,
            plan.value.units(),
            plan.gap.0 * 100.0,
            points.len(),
            gaps.fold(0.0, f64::max) * 100.0
        );
    }
}

fn effort(id: i64) -> Effort {
    let minutes = 75 + (id * 7919 % 160) as i32;
    let cost = Money::whole(650) * (f64::from(minutes) / 60.0) + Money::whole(40 + id * 31 % 400);
    Effort { partner: PartnerId(id), per_visit: Minutes(minutes), cost_per_visit: cost, obstacle: None, max_visits: 2 }
}

fn market(partners: i64, today: Day) -> Facts {
    let mut facts = Facts { partners: (1..=partners).map(partner).collect(), ..Facts::default() };
    for id in 1..=partners {
        let size = 4_000 + (id * 7919) % 90_000 + if id % 17 == 0 { 400_000 } else { 0 };
        for back in (0..36).rev() {
            let revenue = Money::whole(size + (id * 31 + i64::from(back) * 104_729) % 9_000);
            facts.sales.by_month.push(MonthSale {
                partner: PartnerId(id),
                month: Month(today.month().0 - back),
                revenue,
                margin: revenue * 0.1,
                revenue_with_margin: revenue,
            });
        }
    }
    let kinds: Vec<&TouchKind> = ["visit", "call", "mail"].into_iter().filter_map(TouchKind::named).collect();
    for n in 0..12 * partners {
        let back = (n * 613 % 1095) as i32;
        let (partner, kind) = (PartnerId(n * 7 % partners + 1), kinds[(n / 5) as usize % kinds.len()]);
        let (id, day) = (TouchId(n), today.plus(-back));
        facts.touches.push(Touch { id, day, partner, contact: None, pam: None, kind, quality: None });
    }
    facts.touches.sort_by_key(|touch| (touch.day, touch.id));
    facts
}

fn partner(id: i64) -> Partner {
    Partner {
        key: id.to_string(),
        name: format!("Partner {id}"),
        country: "SE".to_owned(),
        segment: format!("segment {}", id % 6),
        employees: (id % 5 != 0).then_some(1 + (id * 31 % 200) as u32),
        pam: Some(PamId(id % PAMS + 1)),
        ..Partner::of(PartnerId(id))
    }
}
