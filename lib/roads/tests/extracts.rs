//! Roads read from real extracts, and every shortest time held against a plain search that shares no code with ours.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::PathBuf;

use spelplan_roads::{Edge, Graph, Lane, Reached, read_extract};

/// The extract; `None`, with a message, where the shared folder is absent (never in CI).
fn extract(name: &str) -> Option<Graph> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/geo")).join(name);
    if !path.exists() {
        assert!(std::option_env!("CI").is_none(), "CI must have {}", path.display());
        println!("skipped: {} is absent", path.display());
        return None;
    }
    #[allow(clippy::disallowed_methods, reason = "a test reads what the product may not ship")]
    let bytes = std::fs::read(path).expect("the extract can be read");
    Some(read_extract(|| Ok(Cursor::new(&bytes))).expect("an extract"))
}

/// Dijkstra's method as it stands in the books: all nodes, no early end, an ordered set.
fn plain(graph: &Graph, from: u32) -> Vec<Option<u64>> {
    let mut times = vec![None; graph.n_nodes()];
    let mut open = BTreeSet::from([(0_u64, from)]);
    times[from as usize] = Some(0);
    while let Some((time, node)) = open.pop_first() {
        for Edge { to, time: more, .. } in graph.edges(node) {
            let there = time + u64::from(*more);
            let known = times[*to as usize];
            if known.is_none_or(|known| there < known) {
                if let Some(known) = known {
                    open.remove(&(known, *to));
                }
                times[*to as usize] = Some(there);
                open.insert((there, *to));
            }
        }
    }
    times
}

fn check(name: &str, sources: usize, least_nodes: usize) {
    let Some(graph) = extract(name) else { return };
    println!("{name}: {} nodes, {} edges", graph.n_nodes(), graph.n_edges());
    assert!(graph.n_nodes() >= least_nodes, "{} nodes", graph.n_nodes());
    let every = graph.n_nodes() / sources;
    let targets: Vec<u32> = (0..graph.n_nodes() as u32).step_by(7).collect();
    let (mut driven, mut unreached) = (0, 0);
    for from in (0..sources).map(|n| (n * every) as u32) {
        let exact = plain(&graph, from);
        for (to, reached) in targets.iter().zip(graph.drives(from, &targets, u64::MAX)) {
            match reached {
                Reached::Driven(time) => {
                    assert_eq!(Some(time.tenths), exact[*to as usize], "{name}: {from} to {to}");
                    driven += 1;
                }
                _ => unreached += 1,
            }
        }
    }
    println!("{name}: {driven} drives exact, {unreached} not both ways by road");
    assert!(driven > 5 * unreached, "most of the map hangs together: {driven} {unreached}");
}

#[test]
fn shortest_times_in_liechtenstein_are_exact() {
    check("liechtenstein.osm.pbf", 40, 4_000);
}

#[test]
fn shortest_times_in_eastern_oslo_are_exact() {
    check("oslo-east.osm.pbf", 40, 4_000);
}

#[test]
fn a_place_is_snapped_to_its_road_and_a_far_place_to_none() {
    let Some(graph) = extract("liechtenstein.osm.pbf") else { return };
    let vaduz = graph.snap((47.1410, 9.5209), 500.0).expect("Vaduz has roads");
    assert!(vaduz.metres < 150.0, "{vaduz:?}");
    assert_eq!(graph.snap((48.2082, 16.3738), 2_000.0), None, "Vienna is not on the map");
    let balzers = graph.snap((47.0667, 9.5000), 500.0).expect("Balzers has roads");
    let there = graph.drives(vaduz.node, &[balzers.node], u64::MAX);
    let Reached::Driven(time) = there[0] else { panic!("{there:?}") };
    // 9 km of main road through villages.
    assert!((8.0..14.0).contains(&(time.metres as f64 / 1000.0)), "{time:?}");
    assert!((9.0..18.0).contains(&(time.tenths as f64 / 600.0)), "{time:?}");
    assert_eq!(graph.drives(vaduz.node, &[balzers.node], 600), [Reached::TooFar]);
}

#[test]
fn an_island_needs_the_ferry_and_a_land_without_one_has_no_way() {
    let square = |first: u32| {
        let pairs = [(0, 1), (1, 2), (2, 3), (3, 0)];
        let both = pairs.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]);
        both.map(move |(from, to)| Lane { from: first + from, edge: Edge { to: first + to, time: 10, metres: 100 } })
    };
    let points = (0..12).map(|n| (57.0 + f64::from(n / 4), 18.0 + 0.001 * f64::from(n % 4))).collect();
    let lanes = square(0).chain(square(4)).chain(square(8)).collect();
    let graph = Graph::new(points, lanes, &[(0, 4)]);
    let reached = graph.drives(1, &[3, 6, 9], u64::MAX);
    assert!(matches!(reached[0], Reached::Driven(time) if time.tenths == 20 && time.metres == 200), "{reached:?}");
    assert_eq!(reached[1..], [Reached::NeedsFerry, Reached::NoWay]);
}

#[test]
fn what_is_no_extract_is_refused() {
    assert!(read_extract(|| Ok(Cursor::new(b"partner;town".as_slice()))).is_err());
    assert!(read_extract(|| Ok(Cursor::new(b"".as_slice()))).is_err());
}
