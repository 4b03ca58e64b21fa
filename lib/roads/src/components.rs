//! Strongly connected components: groups of nodes between which one can drive both ways (Tarjan, without recursion).

/// The number of each node's component; nodes with the same number can be driven between, both ways.
pub(crate) fn components(n_nodes: usize, lanes: &[(u32, u32)]) -> Vec<u32> {
    let (first, to) = rows(n_nodes, lanes);
    let mut search = Search {
        number: vec![UNSEEN; n_nodes],
        low: vec![0; n_nodes],
        component: vec![UNSEEN; n_nodes],
        open: Vec::new(),
        seen: 0,
        found: 0,
    };
    let mut path: Vec<(u32, u32)> = Vec::new();
    for root in 0..n_nodes as u32 {
        if search.number[root as usize] != UNSEEN {
            continue;
        }
        path.push((root, search.enter(root, &first)));
        while let Some((node, next)) = path.pop() {
            if next < first[node as usize + 1] {
                path.push((node, next + 1));
                let there = to[next as usize];
                if search.number[there as usize] == UNSEEN {
                    path.push((there, search.enter(there, &first)));
                } else if search.component[there as usize] == UNSEEN {
                    search.lower(node, search.number[there as usize]);
                }
            } else {
                search.leave(node);
                if let Some((before, _)) = path.last() {
                    search.lower(*before, search.low[node as usize]);
                }
            }
        }
    }
    search.component
}

const UNSEEN: u32 = u32::MAX;

/// Where each node's lanes begin, and where they end.
fn rows(n_nodes: usize, lanes: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; n_nodes + 1];
    for (from, _) in lanes {
        first[*from as usize + 1] += 1;
    }
    for at in 0..n_nodes {
        first[at + 1] += first[at];
    }
    let mut free = first.clone();
    let mut to = vec![0; lanes.len()];
    for (from, there) in lanes {
        let at = &mut free[*from as usize];
        to[*at as usize] = *there;
        *at += 1;
    }
    (first, to)
}

struct Search {
    number: Vec<u32>,
    low: Vec<u32>,
    component: Vec<u32>,
    open: Vec<u32>,
    seen: u32,
    found: u32,
}

impl Search {
    fn enter(&mut self, node: u32, first: &[u32]) -> u32 {
        self.number[node as usize] = self.seen;
        self.low[node as usize] = self.seen;
        self.seen += 1;
        self.open.push(node);
        first[node as usize]
    }

    fn lower(&mut self, node: u32, number: u32) {
        let low = &mut self.low[node as usize];
        *low = number.min(*low);
    }

    /// Closes the component that begins at the node, if one does.
    fn leave(&mut self, node: u32) {
        if self.low[node as usize] != self.number[node as usize] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component[member as usize] = self.found;
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    /// Can one drive from each node to each, by a plain search?
    fn reachable(n: usize, lanes: &[(u32, u32)]) -> Vec<Vec<bool>> {
        let mut reached = vec![vec![false; n]; n];
        for (at, row) in reached.iter_mut().enumerate() {
            row[at] = true;
        }
        for _ in 0..n {
            for (from, to) in lanes {
                for row in &mut reached {
                    row[*to as usize] |= row[*from as usize];
                }
            }
        }
        reached
    }

    #[test]
    fn nodes_share_a_component_just_where_one_can_drive_both_ways() {
        let mut state = 7_u64;
        let mut chance = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % most) as u32
        };
        for case in 0..200 {
            let n = 1 + (case % 12) as usize;
            let lanes: Vec<(u32, u32)> = (0..chance(30)).map(|_| (chance(n as u64), chance(n as u64))).collect();
            let (found, plain) = (components(n, &lanes), reachable(n, &lanes));
            for one in 0..n {
                for other in 0..n {
                    let both = plain[one][other] && plain[other][one];
                    assert_eq!(found[one] == found[other], both, "{lanes:?}: {one} {other}");
                }
            }
        }
    }
}
