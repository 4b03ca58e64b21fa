//! How much of a plan came true, from the plan to the press that multiplies the next one by it: what was planted is found, nothing
//! changes before, and all of it is taken back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use crate::shared::open_on;
use crate::toss_ups::{LIFT, day, partners, sales, take_in};
use spelplan_app::access::{Actor, Role};
use spelplan_app::season::SeasonRequest;
use spelplan_facts::{Day, DayRange, PamId, SeasonPlan};

/// Partners that the plan visits, by their number in the files.
fn planned(plan: &SeasonPlan) -> BTreeSet<usize> {
    plan.days.iter().flat_map(|day| &day.stops).map(|stop| stop.partner.0 as usize - 1).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_closed_season_brought_of_its_plan_multiplies_the_next_one_when_somebody_says_so() {
    let opened = open_on(day("2025-01-27")).await;
    let actor = &opened.actor;
    let january = day("2025-01-01").month().0;
    let pams = "pam_id,name,country,postal_code\nA,Anna,SE,11122\nB,Bo,SE,41101\n";
    let before = sales(january - 19..=january - 1, &BTreeSet::new());
    for (name, text) in [("pams.csv", pams), ("partners.csv", &partners()), ("before.csv", &before)] {
        take_in(&opened.app, actor, name, text).await;
    }
    assert_eq!(opened.app.use_realised(actor).await.unwrap_err().code(), "A560");
    let season = DayRange::parse("2025-02-03..2025-03-14").unwrap();
    let request = SeasonRequest { season, seed: 1 };
    let id = opened.app.plan_season(actor, request, Arc::default()).await.unwrap();
    let plan = opened.app.season(actor, Some(id)).await.unwrap().plan.unwrap();

    // Snow: only every other of the planned visits is made, so that there is somebody alike.
    let visited: BTreeSet<usize> = planned(&plan).into_iter().filter(|partner| partner % 2 == 0).collect();
    assert!(visited.len() >= 50, "{} visited", visited.len());
    let mut visits = "date,partner_id,kind\n".to_owned();
    visited.iter().for_each(|partner| writeln!(visits, "2025-02-18,P{partner},visit").unwrap());
    let closed = opened.on(Day::new(2025, 12, 31).unwrap()).await;
    for (name, text) in [
        ("visits.csv", visits),
        ("january.csv", sales(january..=january, &BTreeSet::new())),
        ("after.csv", sales(january + 1..=january + 11, &visited)),
    ] {
        take_in(&closed, actor, name, &text).await;
    }

    // From the first quarter to October, a month of it before the visits; what a plan promises halves in six months, at ten per
    // cent a year.
    let (months, lifted) = (10.0, 9.0);
    let due = 1.0 - (-months * (std::f64::consts::LN_2 / 6.0 + 1.1_f64.ln() / 12.0)).exp();
    let promised: f64 = plan
        .coverage
        .iter()
        .filter(|line| visited.contains(&(line.partner.0 as usize - 1)))
        .map(|line| line.gain.value.units() / 0.5)
        .sum();
    let brought: f64 = visited.iter().map(|partner| LIFT * lifted * (6_000.0 + 60.0 * *partner as f64)).sum();
    let planted = brought / (promised * due);
    let page = closed.realised(actor).await.unwrap();
    assert_eq!((page.in_use, page.learned, page.can_use(), page.can_undo()), (0.5, None, true, false), "{page:?}");
    let proposed = page.proposed.unwrap();
    let [own] = &proposed.seasons[..] else { panic!("{:?} {:?}", proposed, page.uncounted) };
    let off = (own.ratio.value - planted).abs();
    assert!(off < 2.5 * own.ratio.error && own.ratio.error < 0.4 * planted, "{own:?} where {planted} was planted");
    assert!(proposed.low < proposed.value && proposed.value < proposed.high && own.season == season);

    let used = closed.use_realised(actor).await.unwrap();
    assert_eq!((used.value, used.before, used.seasons), (proposed.value, 0.5, 1));
    assert_eq!(closed.model(actor).await.unwrap().company.realised, proposed.value);
    let next = SeasonRequest { season: DayRange::parse("2026-02-02..2026-03-13").unwrap(), seed: 1 };
    let next = closed.plan_season(actor, next, Arc::default()).await.unwrap();
    let next = closed.season(actor, Some(next)).await.unwrap().plan.unwrap();
    assert_eq!(next.settings.model.realised, proposed.value);
    let page = closed.realised(actor).await.unwrap();
    assert_eq!((page.in_use, page.learned, page.can_use(), page.can_undo()), (used.value, Some(used), false, true));
    // The closed season says the same of its plan, whatever later ones are multiplied by.
    assert_eq!(page.proposed.unwrap().seasons[0].ratio, own.ratio);

    assert_eq!(closed.forget_realised(actor).await.unwrap(), 0.5);
    assert_eq!(closed.model(actor).await.unwrap().company.realised, 0.5);
    assert_eq!(closed.forget_realised(actor).await.unwrap_err().code(), "A561");
    let pam = Actor::named("Anna", Role::Pam(PamId(1)));
    assert_eq!(closed.realised(&pam).await.unwrap_err().code(), "A102");
}
