//! How long a row of drives takes, on the extract of eastern Oslo and on many copies of it side by side, as large as a
//! country. `cargo bench -p spelplan-roads -- PATH [COPIES]`; 12 copies a side are a million nodes.
#![allow(clippy::disallowed_methods, reason = "a bench reads files, its arguments and the clock")]

use std::io::Cursor;
use std::time::Instant;

use spelplan_roads::{Edge, Graph, Lane, Reached, read_extract};

/// Places in a row: a PAM's home and partners.
const PLACES: usize = 300;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    let Some(path) = arguments.first() else {
        println!("skipped: say which extract: cargo bench -p spelplan-roads -- PATH [COPIES]");
        return;
    };
    let copies = arguments.get(1).and_then(|copies| copies.parse().ok()).unwrap_or(1);
    let bytes = std::fs::read(path).expect("the extract can be read");
    let started = Instant::now();
    let one = read_extract(|| Ok(Cursor::new(&bytes))).expect("an extract");
    println!("read {} nodes, {} edges in {:.2?}", one.n_nodes(), one.n_edges(), started.elapsed());
    let started = Instant::now();
    let graph = side_by_side(&one, copies);
    println!("laid out {} nodes, {} edges in {:.2?}", graph.n_nodes(), graph.n_edges(), started.elapsed());
    let every = graph.n_nodes() / PLACES;
    let places: Vec<u32> = (0..PLACES).map(|n| (n * every) as u32).collect();
    let started = Instant::now();
    let rows = 10;
    let driven: usize = (0..rows)
        .flat_map(|n| graph.drives(places[n * PLACES / rows], &places, u64::MAX))
        .filter(|reached| matches!(reached, Reached::Driven(_)))
        .count();
    println!("{} drives, {:.2?} a row of {PLACES}", driven, started.elapsed() / rows as u32);
}

/// So many copies a side, each joined to its neighbours to the east and north by a road from every tenth node.
fn side_by_side(one: &Graph, copies: u32) -> Graph {
    let n = one.n_nodes() as u32;
    let (mut points, mut lanes) = (Vec::new(), Vec::new());
    for copy in 0..copies * copies {
        let (row, column) = (copy / copies, copy % copies);
        let base = copy * n;
        points.extend((0..n).map(|node| {
            let (lat, lon) = one.point(node);
            (lat + 0.1 * f64::from(row), lon + 0.2 * f64::from(column))
        }));
        for node in 0..n {
            let lane = |edge: &Edge| Lane { from: base + node, edge: Edge { to: base + edge.to, ..*edge } };
            lanes.extend(one.edges(node).iter().map(lane));
        }
        let neighbours = [(column + 1 < copies).then_some(1), (row + 1 < copies).then_some(copies)];
        for step in neighbours.into_iter().flatten() {
            for node in (0..n).step_by(n as usize / 10) {
                let (here, there) = (base + node, base + step * n + node);
                let edge = |to| Edge { to, time: 6_000, metres: 11_000 };
                lanes.extend([Lane { from: here, edge: edge(there) }, Lane { from: there, edge: edge(here) }]);
            }
        }
    }
    Graph::new(points, lanes, &[])
}
