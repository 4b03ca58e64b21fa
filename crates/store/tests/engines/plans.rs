//! Published plans come back exactly; a later plan for the same weeks frees the days of the earlier one.

use spelplan_facts::{
    Band, ContactId, CoverageLine, DayRange, DeskBlock, DeskKind, DriveNote, DriveSource, Fallback, FieldDay, LeftOut,
    LeftOutReason, Leg, Minutes, Money, Night, PamId, PartnerId, PlanId, Point, Reason, RouteBound, RouteProof,
    SeasonPlan, Settings, Share, Stop, TimeOfDay, Workload,
};
use spelplan_store::testing::on_both;
use spelplan_store::{Signed, Store};

use crate::draft::{AT, day, small_market};

/// A plan that uses every shape a plan can have.
pub(crate) fn plan(season: &str, days: &[&str], (pam, partner): (PamId, PartnerId)) -> SeasonPlan {
    let season = DayRange::parse(season).unwrap();
    let band = Band { low: Money(-1), value: Money(123_456), high: Money(i64::MAX) };
    let away = Night::Away { near: partner, point: Point { lat: 59.1 + 0.2, lon: -17.0 / 3.0 } };
    let leg = Leg { time: Minutes(31), km: 1.0 / 3.0, source: DriveSource::Map };
    let why = vec![
        Reason::Headroom(Money(5)),
        Reason::Unbuilt(Share(0.1 + 0.2)),
        Reason::Fading(90),
        Reason::KeptByTouches(1e-300),
        Reason::GoodMargin(Share(-0.5)),
        Reason::OnTheWay(Minutes(4)),
    ];
    let (begins, ends) = (TimeOfDay::at(9, 0), TimeOfDay::at(10, 0));
    let stop = Stop { partner, contact: None::<ContactId>, leg, begins, ends, gain: band, why };
    let field_day = |on: &&str| FieldDay {
        pam,
        day: day(on),
        trip: 0,
        from: Night::Home,
        departs: TimeOfDay::at(7, 30),
        stops: vec![stop.clone()],
        last_leg: leg,
        arrives: TimeOfDay::at(17, 0),
        to: away,
    };
    let left_out = LeftOutReason::ALL.map(|reason| LeftOut { partner, reason, gain: Money(1) });
    SeasonPlan {
        id: PlanId(0),
        season,
        as_of: season.from.plus(-30),
        seed: u64::MAX,
        settings: Settings::for_currency("NOK"),
        workloads: vec![Workload {
            pam,
            field_days: 20,
            field_time: Minutes(600),
            field_time_used: Minutes(599),
            digital_time: Minutes(60),
            digital_time_used: Minutes(0),
            hour_value: Money(7),
        }],
        coverage: vec![CoverageLine { partner, pam, visits: 2, touches_month: 0.7, gain: band }],
        days: days.iter().map(field_day).collect(),
        desk: vec![
            DeskBlock { pam, day: season.from.plus(-1), kind: DeskKind::Preparation, time: Minutes(45) },
            DeskBlock { pam, day: season.to.plus(1), kind: DeskKind::FollowUp, time: Minutes(30) },
        ],
        left_out: left_out.to_vec(),
        gain: band,
        cost: Money(99),
        upper_bound: Money(1_000_000),
        gap: Share(1.0 / 7.0),
        drives: DriveNote { source: DriveSource::Map, pairs: 9, estimated: vec![(Fallback::NoRoad, 2)] },
        rounds: spelplan_facts::RoundNote { laid: 3, gained: Money(7) },
    }
}

/// A PAM and a partner to plan for.
pub(crate) async fn pair(store: &Store) -> (PamId, PartnerId) {
    small_market().commit(store).await;
    let facts = store.facts(day("2026-01-01")).await.unwrap();
    (facts.pams[0].id, facts.partners[0].id)
}

#[test]
fn a_plan_comes_back_to_the_last_bit() {
    on_both(async |store| {
        let pair = pair(&store).await;
        let appended = plan("2026-02-02..2026-03-13", &["2026-02-03", "2026-02-04"], pair);
        let id = store.append_plan(&appended, AT).await.unwrap();
        assert_eq!(store.plan(id).await.unwrap(), Some(SeasonPlan { id, ..appended.clone() }));
        assert_eq!(store.plan(PlanId(id.0 + 1)).await.unwrap(), None);
        let summaries = store.plans().await.unwrap();
        assert_eq!(summaries.len(), 1);
        let one = &summaries[0];
        assert_eq!((one.plan, one.season, one.visits, one.gain), (id, appended.season, 2, appended.gain.value));
        assert_eq!((one.made_at.as_str(), one.superseded), (AT, false));
    });
}

#[test]
fn what_is_proved_of_a_plan_is_kept_beside_it_and_disturbs_nobody() {
    on_both(async |store| {
        let pair = pair(&store).await;
        let made = plan("2026-02-02..2026-03-13", &["2026-02-03"], pair);
        let plan = store.append_plan(&made, AT).await.unwrap();
        assert_eq!(store.route_proof(plan).await.unwrap(), None);
        let generation = store.generation().await.unwrap();
        let bound = |most| RouteBound { pam: pair.0, worth: Money(7), most: Money(most), partners: 3, beyond: false };
        for most in [9, 8] {
            let proof = RouteProof { plan, at: AT.to_owned(), seconds: 4, bounds: vec![bound(most)] };
            store.keep_route_proof(&proof).await.unwrap();
            assert_eq!(store.route_proof(plan).await.unwrap(), Some(proof), "the latest holds");
        }
        assert_eq!(store.generation().await.unwrap(), generation);
        store.clear().await.unwrap();
        assert_eq!(store.route_proof(plan).await.unwrap(), None);
    });
}

#[test]
fn a_number_that_is_none_is_refused() {
    on_both(async |store| {
        let pair = pair(&store).await;
        for not_finite in [f64::NAN, f64::INFINITY] {
            let mut wrong = plan("2026-02-02..2026-03-13", &["2026-02-03"], pair);
            wrong.gap = Share(not_finite);
            assert_eq!(store.append_plan(&wrong, AT).await.unwrap_err().code(), "S114");
        }
        assert_eq!(store.plans().await.unwrap(), []);
    });
}

#[test]
fn a_plan_that_visits_nobody_we_know_is_refused() {
    on_both(async |store| {
        let (pam, partner) = pair(&store).await;
        let wrong = plan("2026-02-02..2026-03-13", &["2026-02-03"], (pam, PartnerId(partner.0 + 100)));
        assert!(store.append_plan(&wrong, AT).await.is_err());
        assert_eq!(store.plans().await.unwrap(), []);
    });
}

#[test]
fn a_later_plan_for_the_same_weeks_frees_the_days_of_the_earlier() {
    on_both(async |store| {
        let pair = pair(&store).await;
        let taken = async |planning: Option<&str>| {
            let on = day("2026-01-01");
            let facts = match planning {
                Some(season) => store.facts_for_planning(on, DayRange::parse(season).unwrap()).await,
                None => store.facts(on).await,
            };
            let taken = facts.unwrap().taken;
            assert!(taken.is_sorted() && taken.iter().all(|(pam, _)| *pam == pair.0));
            taken.iter().map(|(_, day)| day.to_string()).collect::<Vec<_>>()
        };
        let spring = plan("2026-02-02..2026-03-13", &["2026-02-03"], pair);
        let autumn = plan("2026-09-07..2026-10-02", &["2026-09-08"], pair);
        let spring_again = plan("2026-03-02..2026-04-03", &["2026-03-03"], pair);
        // Days on the road, and the desk days before and after.
        let of_spring = ["2026-02-01", "2026-02-03", "2026-03-14"];
        let of_autumn = ["2026-09-06", "2026-09-08", "2026-10-03"];
        let of_spring_again = ["2026-03-01", "2026-03-03", "2026-04-04"];

        let first = store.append_plan(&spring, AT).await.unwrap();
        let second = store.append_plan(&autumn, AT).await.unwrap();
        assert_eq!(taken(None).await, [of_spring, of_autumn].concat());
        assert_eq!(taken(Some("2026-03-13..2026-03-20")).await, of_autumn);
        assert_eq!(taken(Some("2026-03-14..2026-09-06")).await, [of_spring, of_autumn].concat());

        let third = store.append_plan(&spring_again, AT).await.unwrap();
        assert_eq!(taken(None).await, [of_spring_again, of_autumn].concat());
        let superseded: Vec<_> =
            store.plans().await.unwrap().into_iter().map(|one| (one.plan, one.superseded)).collect();
        assert_eq!(superseded, [(third, false), (second, false), (first, true)]);

        let next: Vec<_> = store
            .next_stops(day("2026-03-03"))
            .await
            .unwrap()
            .into_iter()
            .map(|(_, _, day, plan)| (day, plan))
            .collect();
        assert_eq!(next, [(day("2026-03-03"), third), (day("2026-09-08"), second)]);
        assert_eq!(store.next_stops(day("2026-03-04")).await.unwrap().len(), 1);
    });
}

#[test]
fn a_partner_that_a_plan_visits_is_kept_when_its_import_is_undone() {
    on_both(async |store| {
        let pair = pair(&store).await;
        store.append_plan(&plan("2026-02-02..2026-03-13", &["2026-02-03"], pair), AT).await.unwrap();
        let import = store.imports().await.unwrap()[0].import;
        let undone = store.undo(import, AT).await.unwrap();
        // The visited partner and its PAM stay, the other two go.
        assert_eq!((undone.removed, undone.kept), (2, 2));
        let facts = store.facts(day("2026-01-01")).await.unwrap();
        assert_eq!((facts.pams[0].id, facts.partners[0].id), pair);
    });
}

#[test]
fn visits_of_other_seasons_that_are_to_come_are_known_when_a_season_is_planned() {
    on_both(async |store| {
        let (pam, partner) = pair(&store).await;
        let (winter, spring) = ("2026-02-02..2026-03-13", "2026-04-06..2026-05-15");
        let held = plan(winter, &["2026-02-03", "2026-03-10"], (pam, partner));
        let first = store.append_plan(&held, AT).await.unwrap();
        let asked = DayRange::parse(spring).unwrap();
        let known_on = async |as_of: &str, season: DayRange| -> Vec<_> {
            let facts = store.facts_for_planning(day(as_of), season).await.unwrap();
            facts.planned.iter().map(|visit| (visit.partner, visit.day)).collect()
        };
        let both = vec![(partner, day("2026-02-03")), (partner, day("2026-03-10"))];
        assert_eq!(known_on("2026-01-01", asked).await, both);
        assert_eq!(known_on("2026-02-03", asked).await, both[1..], "what is over counts as it was made");
        assert_eq!(known_on("2026-01-01", held.season).await, [], "a plan that is to be replaced");
        let next = store.append_plan(&plan(spring, &["2026-04-07"], (pam, partner)), AT).await.unwrap();
        for (id, known) in [(first, 0), (next, 1)] {
            let stored = store.plan(id).await.unwrap().unwrap();
            assert_eq!(store.facts_of_plan(&stored).await.unwrap().planned.len(), known, "{id:?}");
        }
        store.append_plan(&plan(winter, &["2026-02-05"], (pam, partner)), AT).await.unwrap();
        assert_eq!(known_on("2026-01-01", asked).await, [(partner, day("2026-02-05"))], "the latest plan counts");
    });
}

#[test]
fn a_better_plan_is_kept_beside_its_plan_declined_and_cleared_and_disturbs_nobody() {
    on_both(async |store| {
        let pair = pair(&store).await;
        let of = store.append_plan(&plan("2026-02-02..2026-03-13", &["2026-02-03"], pair), AT).await.unwrap();
        assert_eq!(store.better_plan(of).await.unwrap(), None);
        let generation = store.generation().await.unwrap();
        store.keep_better(of, None, AT).await.unwrap();
        assert_eq!(store.better_plan(of).await.unwrap().unwrap().plan, None);
        let better = plan("2026-02-02..2026-03-13", &["2026-02-04", "2026-02-05"], pair);
        store.keep_better(of, Some(&better), AT).await.unwrap();
        let kept = store.better_plan(of).await.unwrap().unwrap();
        assert_eq!((kept.plan, kept.at.as_str(), kept.declined), (Some(better.clone()), AT, None));
        store.decline_better(of, Signed { by: "Maj", at: AT }).await.unwrap();
        let kept = store.better_plan(of).await.unwrap().unwrap();
        assert_eq!((kept.plan, kept.declined), (Some(better), Some(("Maj".to_owned(), AT.to_owned()))));
        assert_eq!(store.generation().await.unwrap(), generation);
        assert_eq!(store.next_stops(day("2026-02-01")).await.unwrap().len(), 1, "it is no plan");
        store.clear().await.unwrap();
        assert_eq!(store.better_plan(of).await.unwrap(), None);
    });
}
