//! Drive times of a service: asked once, kept, shown with their source, believed by the referee; and what a plan does
//! when the service is gone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::shared::{Opened, open};
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use spelplan_app::demo::DemoSize;
use spelplan_app::jobs::Progress;
use spelplan_app::roads::RoadsChoice;
use spelplan_app::season::SeasonRequest;
use spelplan_facts::{DayRange, DriveSource, Fallback, Ferry, Leg, Minutes, Point, SeasonPlan};

/// A made-up OSRM: 72 seconds and a kilometre to a hundredth of a degree, north-south and east-west alike.
async fn table(
    State(asked): State<Arc<AtomicUsize>>,
    Path(places): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Json<Value> {
    let places: Vec<(f64, f64)> = places
        .split(';')
        .filter_map(|place| place.split_once(','))
        .map(|(lon, lat)| (lat.parse().unwrap(), lon.parse().unwrap()))
        .collect();
    let chosen = |key: &str| -> Vec<(f64, f64)> {
        query[key].split(';').map(|number| places[number.parse::<usize>().unwrap()]).collect()
    };
    let (from, to) = (chosen("sources"), chosen("destinations"));
    asked.fetch_add(from.len() * to.len(), Ordering::Relaxed);
    let rows = |by: f64| -> Vec<Vec<f64>> {
        let steps = |one: &(f64, f64), other: &(f64, f64)| ((one.0 - other.0).abs() + (one.1 - other.1).abs()) * 100.0;
        from.iter().map(|from| to.iter().map(|to| (steps(from, to) * by).round()).collect()).collect()
    };
    Json(json!({ "code": "Ok", "durations": rows(72.0), "distances": rows(1_000.0) }))
}

async fn osrm() -> (String, Arc<AtomicUsize>, tokio::task::JoinHandle<()>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let router = Router::new().route("/table/v1/driving/{places}", get(table)).with_state(Arc::clone(&asked));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, asked, serving)
}

/// Invents a market; the weeks that it proposes.
async fn demo(opened: &Opened) -> DayRange {
    let size = DemoSize { partners: 120, months: 24, seed: 3, lines: Some(20_000) };
    opened.app.build_demo(&opened.actor, size, Arc::default()).await.unwrap();
    opened.app.season(&opened.actor, None).await.unwrap().proposed
}

/// A season of the demo, planned and judged.
async fn planned(opened: &Opened, season: DayRange) -> SeasonPlan {
    let request = SeasonRequest { season, seed: 1 };
    let plan = opened.app.plan_season(&opened.actor, request, Arc::new(Progress::default())).await.unwrap();
    let verdict = opened.app.check(&opened.actor, plan).await.unwrap();
    assert!(verdict.passed(), "{:#?}", verdict.faults.iter().take(5).collect::<Vec<_>>());
    opened.app.season(&opened.actor, Some(plan)).await.unwrap().plan.unwrap()
}

fn legs(plan: &SeasonPlan) -> Vec<Leg> {
    let stops = |day: &spelplan_facts::FieldDay| day.stops.iter().map(|stop| stop.leg).collect::<Vec<_>>();
    plan.days.iter().flat_map(|day| stops(day).into_iter().chain([day.last_leg])).collect()
}

fn counts(plan: &SeasonPlan) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for leg in legs(plan) {
        *counts.entry(leg.source.code()).or_default() += 1;
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_asked_once_its_times_are_kept_and_without_it_the_estimate_holds() {
    let opened = open().await;
    let season = demo(&opened).await;
    let before = planned(&opened, season).await;
    assert_eq!(counts(&before).keys().copied().collect::<Vec<_>>(), ["estimate"]);

    let (address, asked, serving) = osrm().await;
    opened.app.choose_roads(&opened.actor, RoadsChoice::Osrm(address.clone()), false).await.unwrap();
    let trial = opened.app.try_roads(&opened.actor).await.unwrap();
    assert!(!trial.drives.is_empty() && trial.said.is_none(), "{trial:?}");
    let measured = planned(&opened, season).await;
    println!("{:?}, asked {}", counts(&measured), asked.load(Ordering::Relaxed));
    assert!(counts(&measured).get("osrm").is_some_and(|count| *count > 20), "{:?}", counts(&measured));
    let guessed = legs(&measured).into_iter().filter(|leg| leg.source == DriveSource::Estimated);
    let far: Vec<Leg> = guessed.filter(|leg| leg.km > 0.02).collect();
    assert!(far.is_empty(), "only hops between partners on one spot are estimated: {far:?}");
    assert_eq!((measured.drives.source, &measured.drives.estimated[..]), (DriveSource::Osrm, &[][..]));
    assert!(measured.drives.pairs > 100);

    let once = asked.load(Ordering::Relaxed);
    let again = planned(&opened, season).await;
    assert_eq!(asked.load(Ordering::Relaxed), once, "what is known is not asked again");
    assert!(again.days == measured.days, "the same times, the same plan");

    serving.abort();
    let _ = serving.await;
    assert_eq!(counts(&planned(&opened, season).await), counts(&measured), "what is kept needs no service");
    opened.app.choose_roads(&opened.actor, RoadsChoice::Osrm(address), true).await.unwrap();
    let alone = planned(&opened, season).await;
    assert_eq!(counts(&alone).keys().copied().collect::<Vec<_>>(), ["estimate"]);
    assert_eq!(alone.drives.estimated, [(Fallback::NoAnswer, alone.drives.pairs)]);

    // An earlier plan is judged by the times it was made with.
    let first = opened.app.check(&opened.actor, measured.id).await.unwrap();
    assert!(!first.faults.iter().any(|fault| fault.code.starts_with("F4")), "{:#?}", first.faults.first());
}

#[tokio::test(flavor = "multi_thread")]
async fn logged_trips_stretch_a_pams_times_and_the_plan_still_holds() {
    let opened = open().await;
    let season = demo(&opened).await;
    let plan = planned(&opened, season).await;
    let page = opened.app.season(&opened.actor, Some(plan.id)).await.unwrap();
    let day = plan.days.iter().find(|day| day.stops.len() > 1).unwrap();
    let pam = &page.pams[&day.pam];
    let mut file = "pam;from;to;minutes;day\n".to_owned();
    for other in plan.days.iter().filter(|one| one.pam == day.pam) {
        let stop = &other.stops[0];
        // Slack is 15 %, and the trip took 30 % longer than estimated.
        let minutes = f64::from(stop.leg.time.0) / 1.15 * 1.3;
        let partner = &page.partners[&stop.partner].key;
        if other.from == spelplan_facts::Night::Home {
            file.push_str(&format!("{pam};home;{partner};{minutes:.0};{}\n", other.day));
        }
    }
    file.push_str("nobody;home;1;60;2026-01-01\n");
    let read = opened.app.log_trips(&opened.actor, file.as_bytes()).await.unwrap();
    assert!(read.read > 2, "{read:?}\n{file}");
    assert_eq!((read.wrong.len(), read.wrong[0].column), (1, "pam"));
    let (name, factor) = &read.factors[0];
    assert!(name == pam && factor.factor > 1.02 && factor.factor < 1.3, "{:?}", read.factors);
    let stretched = planned(&opened, season).await;
    assert_eq!(stretched.settings.drive_factors.len(), 1);
    let twice = opened.app.log_trips(&opened.actor, file.as_bytes()).await.unwrap();
    assert_eq!(twice.factors, read.factors, "the same file teaches nothing new");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_is_refused_with_its_code() {
    let opened = open().await;
    let code = |error: spelplan_app::AppError| error.code();
    let choose = async |choice| code(opened.app.choose_roads(&opened.actor, choice, false).await.unwrap_err());
    assert_eq!(choose(RoadsChoice::Osrm("localhost".to_owned())).await, "A180");
    assert_eq!(choose(RoadsChoice::Map("nowhere.osm.pbf".into())).await, "A181");
    assert_eq!(code(opened.app.try_roads(&opened.actor).await.unwrap_err()), "A182");
    let point = Point { lat: 57.6, lon: 18.3 };
    let ferry = |minutes| Ferry { name: "Visby".to_owned(), from: point, to: point, time: Minutes(minutes) };
    assert_eq!(code(opened.app.enter_ferry(&opened.actor, ferry(0)).await.unwrap_err()), "A163");
    assert_eq!(code(opened.app.log_trips(&opened.actor, b"to,from").await.unwrap_err()), "A164");
    opened.app.enter_ferry(&opened.actor, ferry(225)).await.unwrap();
    assert_eq!(opened.app.roads(&opened.actor).await.unwrap().ferries, [ferry(225)]);
    assert!(opened.app.drop_ferry(&opened.actor, "Visby").await.unwrap());
    assert!(!opened.app.drop_ferry(&opened.actor, "Visby").await.unwrap());
}
