//! Services that answer well, slowly, wrongly or not at all, played by a server of our own that speaks their JSON.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use spelplan_adapters::roads::{Answer, Patience, Wanted, measure};
use spelplan_facts::{DriveSource, Fallback, Measured, Point, Roads, Spot};

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    Well,
    NoExclude,
    Slow,
    Broken,
    Garbage,
    Nulls,
    FarFromRoads,
    ShortRows,
}

#[derive(Clone)]
struct Server {
    mood: Mood,
    asked: Arc<AtomicUsize>,
}

/// Seconds are the places' distance in ten-thousandths of a degree, metres ten times that: what comes back says who was asked.
fn figures(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let seconds = ((from.0 - to.0).abs() + (from.1 - to.1).abs()) * 1e4;
    (seconds.round(), seconds.round() * 10.0)
}

async fn table(
    State(server): State<Server>,
    Path(places): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    server.asked.fetch_add(1, Ordering::Relaxed);
    let places: Vec<(f64, f64)> = places
        .split(';')
        .map(|place| place.split_once(',').expect("lon,lat"))
        .map(|(lon, lat)| (lat.parse().expect("lat"), lon.parse().expect("lon")))
        .collect();
    let chosen = |key: &str| -> Vec<(f64, f64)> {
        query[key].split(';').map(|number| places[number.parse::<usize>().expect("a number")]).collect()
    };
    assert_eq!(query["annotations"], "duration,distance");
    match server.mood {
        Mood::Slow => tokio::time::sleep(Duration::from_secs(30)).await,
        Mood::Broken => return (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "message": "out of memory" }))),
        Mood::Garbage => return (StatusCode::OK, Json(json!({ "code": "Ok", "durations": "soon" }))),
        Mood::NoExclude if query.contains_key("exclude") => {
            let message = "Exclude flag combination is not supported.";
            return (StatusCode::BAD_REQUEST, Json(json!({ "code": "InvalidValue", "message": message })));
        }
        _ => {}
    }
    let (from, to) = (chosen("sources"), chosen("destinations"));
    let rows = |which: fn((f64, f64)) -> f64| -> Vec<Vec<Option<f64>>> {
        let cell = |from: &(f64, f64), (at, to): (usize, &(f64, f64))| {
            (server.mood != Mood::Nulls || at > 0).then(|| which(figures(*from, *to)))
        };
        let take = to.len() - usize::from(server.mood == Mood::ShortRows);
        from.iter().map(|from| to.iter().enumerate().take(take).map(|to| cell(from, to)).collect()).collect()
    };
    let off = if server.mood == Mood::FarFromRoads { 5_000.0 } else { 12.0 };
    let waypoints = |n: usize| vec![json!({ "distance": off, "name": "", "location": [0.0, 0.0] }); n];
    let answer = json!({
        "code": "Ok", "durations": rows(|cell| cell.0), "distances": rows(|cell| cell.1),
        "sources": waypoints(from.len()), "destinations": waypoints(to.len()),
    });
    (StatusCode::OK, Json(answer))
}

async fn sources_to_targets(State(server): State<Server>, question: Bytes) -> (StatusCode, Json<Value>) {
    server.asked.fetch_add(1, Ordering::Relaxed);
    let question: Value = serde_json::from_slice(&question).expect("JSON");
    assert_eq!((&question["costing"], &question["units"]), (&json!("auto"), &json!("kilometers")));
    let places = |key: &str| -> Vec<(f64, f64)> {
        let list = question[key].as_array().expect("a list").iter();
        list.map(|one| (one["lat"].as_f64().expect("lat"), one["lon"].as_f64().expect("lon"))).collect()
    };
    match server.mood {
        Mood::Slow => tokio::time::sleep(Duration::from_secs(30)).await,
        Mood::Broken => return (StatusCode::BAD_REQUEST, Json(json!({ "error_code": 150, "error": "too many" }))),
        Mood::Garbage => return (StatusCode::OK, Json(json!(["?"]))),
        _ => {}
    }
    let targets = places("targets");
    let cell = |from: (f64, f64), (at, to): (usize, &(f64, f64))| {
        let (seconds, metres) = figures(from, *to);
        match server.mood {
            Mood::Nulls if at == 0 => json!({ "distance": null, "time": null, "to_index": at }),
            _ => json!({ "distance": metres / 1000.0, "time": seconds, "to_index": at }),
        }
    };
    let rows: Vec<Vec<Value>> =
        places("sources").iter().map(|from| targets.iter().enumerate().map(|to| cell(*from, to)).collect()).collect();
    (StatusCode::OK, Json(json!({ "sources_to_targets": rows, "units": "kilometers" })))
}

async fn server(mood: Mood) -> (SocketAddr, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let router = Router::new()
        .route("/table/v1/driving/{places}", get(table))
        .route("/sources_to_targets", post(sources_to_targets))
        .with_state(Server { mood, asked: Arc::clone(&asked) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, asked)
}

fn spot(lat: f64, lon: f64) -> Spot {
    Spot::of(Point { lat, lon })
}

/// So many places inland, each to each.
fn inland(n: usize) -> Vec<Wanted> {
    let spots: Vec<Spot> = (0..n).map(|at| spot(60.0 + 0.01 * at as f64, 14.0)).collect();
    spots.iter().map(|from| (*from, spots.clone())).collect()
}

fn patience() -> Patience {
    let seconds = Duration::from_secs;
    Patience { connect: seconds(2), answer: Duration::from_millis(1_500), all: seconds(20) }
}

fn asking(source: DriveSource, address: String) -> Roads {
    Roads { source, address, version: 1 }
}

async fn ask(source: DriveSource, mood: Mood, wanted: &[Wanted]) -> (Answer, usize) {
    let (address, asked) = server(mood).await;
    let roads = asking(source, format!("http://{address}/"));
    let answer = measure(&roads, wanted, patience()).await;
    (answer, asked.load(Ordering::Relaxed))
}

const SERVICES: [DriveSource; 2] = [DriveSource::Osrm, DriveSource::Valhalla];

#[tokio::test]
async fn every_pair_is_answered_in_blocks_and_lands_where_it_belongs() {
    let wanted = inland(120);
    for source in SERVICES {
        let (answer, asked) = ask(source, Mood::Well, &wanted).await;
        assert_eq!((answer.found.len(), answer.missed.len()), (120 * 119, 0), "{source:?}: {:?}", answer.said);
        assert_eq!(asked, 9, "{source:?}: three blocks by three");
        for ((from, to), measured) in answer.found {
            let seconds = from.lat.abs_diff(to.lat);
            assert_eq!(measured, Measured::Drive { seconds, metres: seconds * 10 }, "{source:?}");
        }
    }
}

#[tokio::test]
async fn water_is_a_ferry_unless_the_service_left_ferries_out() {
    let (umea, vasa) = (spot(63.8258, 20.2630), spot(63.0960, 21.6158));
    let wanted = [(umea, vec![vasa])];
    let cases = [
        (DriveSource::Osrm, Mood::Well, false),
        (DriveSource::Osrm, Mood::NoExclude, true),
        (DriveSource::Valhalla, Mood::Well, true),
    ];
    for (source, mood, ferry) in cases {
        let (answer, _) = ask(source, mood, &wanted).await;
        assert_eq!(answer.found.len(), 1, "{source:?} {mood:?}: {:?}", answer.said);
        assert_eq!(answer.found[0].1 == Measured::NeedsFerry, ferry, "{source:?} {mood:?}: {:?}", answer.found);
    }
    let (answer, asked) = ask(DriveSource::Osrm, Mood::NoExclude, &inland(60)).await;
    assert_eq!((answer.found.len(), asked), (60 * 59, 5), "it is asked about ferries once, not in every block");
}

#[tokio::test]
async fn whatever_goes_wrong_is_counted_with_its_reason_and_not_asked_again() {
    let wanted = inland(120);
    let all = 120 * 119;
    let cases = [
        (DriveSource::Osrm, Mood::Slow, Fallback::TooSlow, 1),
        (DriveSource::Osrm, Mood::Broken, Fallback::Refused, 9),
        (DriveSource::Osrm, Mood::Garbage, Fallback::Unreadable, 1),
        (DriveSource::Osrm, Mood::ShortRows, Fallback::Unreadable, 1),
        (DriveSource::Valhalla, Mood::Slow, Fallback::TooSlow, 1),
        (DriveSource::Valhalla, Mood::Broken, Fallback::Refused, 9),
        (DriveSource::Valhalla, Mood::Garbage, Fallback::Unreadable, 1),
    ];
    for (source, mood, why, times) in cases {
        let (answer, asked) = ask(source, mood, &wanted).await;
        assert_eq!(answer.found.len(), 0, "{source:?} {mood:?}");
        assert_eq!(answer.missed, [(why, all)], "{source:?} {mood:?}: {:?}", answer.said);
        assert!(answer.said.is_some_and(|said| !said.is_empty()), "{source:?} {mood:?} says what");
        assert_eq!(asked, times, "{source:?} {mood:?}");
    }
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_no_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    for source in SERVICES {
        let roads = asking(source, address.clone());
        let answer = measure(&roads, &inland(3), patience()).await;
        assert_eq!(answer.missed, [(Fallback::NoAnswer, 6)], "{:?}", answer.said);
    }
    let answer = measure(&asking(DriveSource::Osrm, "no address".to_owned()), &inland(3), patience()).await;
    assert_eq!(answer.missed, [(Fallback::NoAnswer, 6)]);
}

#[tokio::test]
async fn what_a_service_does_not_know_is_unknown_and_counted() {
    for source in SERVICES {
        let (answer, _) = ask(source, Mood::Nulls, &inland(3)).await;
        // The first place is never reached: from the other two.
        let unknown = answer.found.iter().filter(|(_, measured)| *measured == Measured::Unknown).count();
        assert_eq!((answer.found.len(), unknown), (6, 2), "{source:?}");
        assert_eq!(answer.missed, [(Fallback::NoRoad, 2)], "{source:?}");
    }
    let (answer, _) = ask(DriveSource::Osrm, Mood::FarFromRoads, &inland(3)).await;
    assert_eq!(answer.missed, [(Fallback::NoRoad, 6)], "places five kilometres from any road");
}

#[tokio::test]
async fn a_map_of_ones_own_answers_where_it_has_roads() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/geo/liechtenstein.osm.pbf"));
    if !path.exists() {
        assert!(std::option_env!("CI").is_none(), "CI must have {}", path.display());
        println!("skipped: {} is absent", path.display());
        return;
    }
    let (vaduz, balzers, vienna) = (spot(47.1410, 9.5209), spot(47.0667, 9.5000), spot(48.2082, 16.3738));
    let wanted = [(vaduz, vec![balzers, vienna, vaduz]), (vienna, vec![vaduz])];
    let roads = asking(DriveSource::Map, path.to_string_lossy().into_owned());
    let answer = measure(&roads, &wanted, patience()).await;
    assert_eq!((answer.found.len(), &answer.missed[..]), (3, &[(Fallback::NoRoad, 2)][..]), "{:?}", answer.said);
    let Measured::Drive { seconds, metres } = answer.found[0].1 else { panic!("{:?}", answer.found) };
    assert!((480..1_200).contains(&seconds) && (8_000..14_000).contains(&metres), "{seconds} s, {metres} m");
}

#[tokio::test]
async fn a_map_that_is_none_is_said_to_be_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sweden.osm.pbf");
    for write in [false, true] {
        if write {
            #[allow(clippy::disallowed_methods, reason = "the test spoils a file")]
            std::fs::write(&path, "partner;town").expect("written");
        }
        let roads = asking(DriveSource::Map, path.to_string_lossy().into_owned());
        let answer = measure(&roads, &inland(3), patience()).await;
        assert_eq!(answer.missed, [(Fallback::NoMap, 6)]);
        assert!(answer.said.is_some());
    }
}
