//! From an OpenStreetMap extract (`.osm.pbf`) to a graph, in two readings: first the ways, then the places of their nodes.
//! A node is kept where ways meet or end, and so often in between that no place is far from one along its road.

use std::collections::HashMap;
use std::io::Read;

use osmpbf::{Element, ElementReader};

use crate::profile::{Use, use_of};
use crate::snap::metres_between;
use crate::{Edge, Graph, Lane};

/// A node is kept at least so often along a road, in metres.
const STRETCH: f64 = 100.0;

/// Why an extract cannot be read.
#[derive(Debug)]
pub enum ExtractError {
    /// It is no extract, or a broken one.
    Broken(String),
    /// It holds no road that a car may use.
    NoRoads,
}

/// A way that cars use, with the ids of its nodes.
struct Way {
    nodes: Vec<i64>,
    allowed: Use,
}

/// Reads an extract twice; `open` begins at its first byte each time.
pub fn read_extract<R: Read + Send>(open: impl Fn() -> std::io::Result<R>) -> Result<Graph, ExtractError> {
    let ways = ways(begin(&open)?)?;
    if !ways.iter().any(|way| matches!(way.allowed, Use::Road { .. })) {
        return Err(ExtractError::NoRoads);
    }
    let places = places(begin(&open)?, &ways)?;
    Ok(laid(&ways, &places))
}

fn begin<R: Read + Send>(open: &impl Fn() -> std::io::Result<R>) -> Result<ElementReader<R>, ExtractError> {
    open().map(ElementReader::new).map_err(|error| ExtractError::Broken(error.to_string()))
}

fn broken(error: osmpbf::Error) -> ExtractError {
    ExtractError::Broken(error.to_string())
}

fn ways<R: Read + Send>(reader: ElementReader<R>) -> Result<Vec<Way>, ExtractError> {
    let mut ways = Vec::new();
    let keep = |element: Element| {
        if let Element::Way(way) = element {
            let nodes: Vec<i64> = way.refs().collect();
            if let Some(allowed) = use_of(way.tags()).filter(|_| nodes.len() > 1) {
                ways.push(Way { nodes, allowed });
            }
        }
    };
    reader.for_each(keep).map_err(broken)?;
    Ok(ways)
}

type Places = HashMap<i64, (f64, f64)>;

/// Where the ways' nodes lie. An extract cut at a border names nodes that it does not hold.
fn places<R: Read + Send>(reader: ElementReader<R>, ways: &[Way]) -> Result<Places, ExtractError> {
    let nowhere = (f64::NAN, f64::NAN);
    let mut places: Places = ways.iter().flat_map(|way| &way.nodes).map(|node| (*node, nowhere)).collect();
    let mut put = |id: i64, lat: f64, lon: f64| {
        if let Some(place) = places.get_mut(&id) {
            *place = (lat, lon);
        }
    };
    let read = |element: Element| match element {
        Element::Node(node) => put(node.id(), node.lat(), node.lon()),
        Element::DenseNode(node) => put(node.id(), node.lat(), node.lon()),
        _ => {}
    };
    reader.for_each(read).map_err(broken)?;
    places.retain(|_, (lat, _)| !lat.is_nan());
    Ok(places)
}

/// Lanes and nodes of the ways.
fn laid(ways: &[Way], places: &Places) -> Graph {
    let meeting = meeting_nodes(ways);
    let mut net = Net { places, numbers: HashMap::new(), points: Vec::new(), lanes: Vec::new() };
    let mut ferries = Vec::new();
    for way in ways {
        match way.allowed {
            Use::Road { forward, backward } => net.lay(way, (forward, backward), &meeting),
            Use::Ferry => {
                let ends: Vec<i64> = way.nodes.iter().copied().filter(|node| meeting.contains_key(node)).collect();
                ferries.extend(ends.windows(2).map(|pair| (pair[0], pair[1])));
            }
        }
    }
    let ferries: Vec<(u32, u32)> =
        ferries.iter().filter_map(|(one, other)| Some((net.number(*one)?, net.number(*other)?))).collect();
    Graph::new(net.points, net.lanes, &ferries)
}

/// Nodes at which ways meet, cross or end.
fn meeting_nodes(ways: &[Way]) -> HashMap<i64, ()> {
    let mut seen: HashMap<i64, bool> = HashMap::new();
    for way in ways {
        for (at, node) in way.nodes.iter().enumerate() {
            let end = at == 0 || at + 1 == way.nodes.len();
            seen.entry(*node).and_modify(|meets| *meets = true).or_insert(end);
        }
    }
    seen.into_iter().filter(|(_, meets)| *meets).map(|(node, _)| (node, ())).collect()
}

struct Net<'a> {
    places: &'a Places,
    numbers: HashMap<i64, u32>,
    points: Vec<(f64, f64)>,
    lanes: Vec<Lane>,
}

impl Net<'_> {
    /// The number of a node; `None` where the extract does not hold it.
    fn number(&mut self, node: i64) -> Option<u32> {
        let place = *self.places.get(&node)?;
        let next = self.points.len() as u32;
        let number = *self.numbers.entry(node).or_insert(next);
        if number == next {
            self.points.push(place);
        }
        Some(number)
    }

    fn lay(&mut self, way: &Way, speeds: (Option<f64>, Option<f64>), meeting: &HashMap<i64, ()>) {
        let (mut from, mut before, mut metres) = (None, None, 0.0);
        for node in &way.nodes {
            let Some(&place) = self.places.get(node) else {
                (from, before) = (None, None);
                continue;
            };
            metres += before.map_or(0.0, |before| metres_between(before, place));
            before = Some(place);
            if from.is_some() && metres < STRETCH && !meeting.contains_key(node) {
                continue;
            }
            let to = self.number(*node);
            if let (Some(from), Some(to)) = (from, to) {
                self.join(from, to, metres, speeds);
            }
            (from, metres) = (to, 0.0);
        }
    }

    fn join(&mut self, one: u32, other: u32, metres: f64, (forward, backward): (Option<f64>, Option<f64>)) {
        let mut lane = |from: u32, to: u32, speed: Option<f64>| {
            if let Some(speed) = speed {
                let time = ((metres * 36.0 / speed).round() as u32).max(1);
                self.lanes.push(Lane { from, edge: Edge { to, time, metres: metres.round() as u32 } });
            }
        };
        lane(one, other, forward);
        lane(other, one, backward);
    }
}
