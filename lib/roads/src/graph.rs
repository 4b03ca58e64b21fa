//! The graph: nodes with places, directed edges with tenths of a second and metres, ferries apart.

use crate::components::components;
use crate::snap::Grid;

/// A stretch of road that may be driven in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Node at which it ends.
    pub to: u32,
    /// Tenths of a second it takes; whole, so that the shortest time is the same whichever way it is found.
    pub time: u32,
    /// Metres.
    pub metres: u32,
}

/// An edge with both its ends, as a graph is made from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lane {
    /// Node at which it begins.
    pub from: u32,
    /// The rest.
    pub edge: Edge,
}

/// Roads, ready to be driven over.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Latitude and longitude of each node, degrees.
    points: Vec<(f64, f64)>,
    /// Where each node's edges begin in `edges`, and one more.
    first: Vec<u32>,
    edges: Vec<Edge>,
    /// Within a component one can drive from every node to every other.
    component: Vec<u32>,
    /// The same with ferries.
    with_ferries: Vec<u32>,
    grid: Grid,
}

impl Graph {
    /// Lays the lanes out by the node they begin at. `ferries` join nodes both ways, and only tell what a ferry reaches.
    pub fn new(points: Vec<(f64, f64)>, mut lanes: Vec<Lane>, ferries: &[(u32, u32)]) -> Graph {
        let n = points.len();
        lanes.retain(|lane| (lane.from as usize) < n && (lane.edge.to as usize) < n);
        lanes.sort_by_key(|lane| (lane.from, lane.edge.to, lane.edge.time, lane.edge.metres));
        let mut first = vec![0_u32; n + 1];
        for lane in &lanes {
            first[lane.from as usize + 1] += 1;
        }
        for at in 0..n {
            first[at + 1] += first[at];
        }
        let pairs: Vec<(u32, u32)> = lanes.iter().map(|lane| (lane.from, lane.edge.to)).collect();
        let component = components(n, &pairs);
        let both_ways = ferries.iter().flat_map(|&(one, other)| [(one, other), (other, one)]);
        let joined = both_ways.filter(|(one, other)| (*one as usize) < n && (*other as usize) < n);
        let with_ferries = if ferries.is_empty() {
            component.clone()
        } else {
            components(n, &pairs.iter().copied().chain(joined).collect::<Vec<_>>())
        };
        let grid = Grid::new(&points, &component);
        let edges = lanes.into_iter().map(|lane| lane.edge).collect();
        Graph { points, first, edges, component, with_ferries, grid }
    }

    /// Nodes there are.
    pub fn n_nodes(&self) -> usize {
        self.points.len()
    }

    /// Edges there are.
    pub fn n_edges(&self) -> usize {
        self.edges.len()
    }

    /// Where a node lies, degrees north and east.
    pub fn point(&self, node: u32) -> (f64, f64) {
        self.points[node as usize]
    }

    /// The edges that begin at a node.
    pub fn edges(&self, node: u32) -> &[Edge] {
        let node = node as usize;
        &self.edges[self.first[node] as usize..self.first[node + 1] as usize]
    }

    /// Can one drive from one to the other and back without a ferry?
    pub fn joined(&self, one: u32, other: u32) -> bool {
        self.component[one as usize] == self.component[other as usize]
    }

    /// Can one with ferries?
    pub fn joined_by_ferry(&self, one: u32, other: u32) -> bool {
        self.with_ferries[one as usize] == self.with_ferries[other as usize]
    }

    pub(crate) fn grid(&self) -> &Grid {
        &self.grid
    }
}
