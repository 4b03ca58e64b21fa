//! Time of the open goals of 10,000 partners with 36 months of sales and 30 touches each: `cargo bench -p spelplan-focus`.
//! Promise: under a second.
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::time::Instant;

use spelplan_facts::{Day, Facts, Money, Month, MonthSale, Partner, PartnerId, Touch, TouchId, TouchKind};
use spelplan_focus::open_goals;

const PARTNERS: i64 = 10_000;

fn main() {
    let today = Day::new(2026, 3, 31).expect("a day");
    let facts = market(today);
    for run in 1..=3 {
        let start = Instant::now();
        let goals = open_goals(&facts, today);
        println!("run {run}: {} goals in {:.0} ms", goals.len(), start.elapsed().as_secs_f64() * 1000.0);
    }
}

fn market(today: Day) -> Facts {
    let mut facts = Facts { partners: (1..=PARTNERS).map(partner).collect(), ..Facts::default() };
    for id in 1..=PARTNERS {
        for back in (0..36).rev() {
            let revenue = Money::whole(5_000 + (id * 7919 + i64::from(back) * 104_729) % 90_000);
            facts.sales.by_month.push(MonthSale {
                partner: PartnerId(id),
                month: Month(today.month().0 - back),
                revenue,
                margin: revenue * 0.1,
                revenue_with_margin: revenue,
            });
        }
    }
    let kinds: Vec<&TouchKind> =
        ["visit", "call", "mail", "newsletter"].into_iter().filter_map(TouchKind::named).collect();
    for n in 0..30 * PARTNERS {
        let back = (n * 613 % 1095) as i32;
        let (partner, kind) = (PartnerId(n % PARTNERS + 1), kinds[(n / PARTNERS) as usize % kinds.len()]);
        facts.touches.push(Touch {
            id: TouchId(n),
            day: today.plus(-back),
            partner,
            contact: None,
            pam: None,
            kind,
            quality: None,
        });
    }
    facts.touches.sort_by_key(|touch| (touch.day, touch.id));
    facts
}

fn partner(id: i64) -> Partner {
    Partner {
        key: id.to_string(),
        name: format!("Partner {id}"),
        country: ["SE", "NO", "DK", "FI"][id as usize % 4].to_owned(),
        segment: format!("segment {}", id % 9),
        chain: if id % 2 == 0 { format!("chain {}", id % 60) } else { String::new() },
        employees: (id % 5 != 0).then_some(1 + (id * 31 % 200) as u32),
        ..Partner::of(PartnerId(id))
    }
}
