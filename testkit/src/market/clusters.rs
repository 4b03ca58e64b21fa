//! Groups of points of equal size around centres of weight: a k-means that keeps every group as large as the next.

use spelplan_facts::Point;

const ROUNDS: usize = 8;
/// Above this many points the halved map must do: comparing every pair would take long, and nobody looks at one far member.
const MOST_TO_MOVE: usize = 4_000;

/// Kilometres on a flat map, good enough to tell near from far in the Nordics.
pub(super) fn flat(point: Point) -> [f64; 2] {
    [point.lat * 111.2, point.lon * 111.2 * 61.0_f64.to_radians().cos()]
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// k-means weighted by potential with groups of equal size: halved along the longer side to begin with, then centres and
/// members in turn, and at last members exchanged.
pub(super) fn groups_of(points: &[[f64; 2]], weights: &[f64], n_groups: usize) -> Vec<usize> {
    let mut groups = vec![0; points.len()];
    halve(&mut (0..points.len()).collect::<Vec<_>>(), 0, n_groups, points, &mut groups);
    if points.len() > MOST_TO_MOVE {
        return groups;
    }
    for _ in 0..ROUNDS {
        let centres = centres(points, weights, &groups, n_groups);
        let next = nearest_with_room(points, &centres);
        if next == groups {
            break;
        }
        groups = next;
    }
    exchange(points, &centres(points, weights, &groups, n_groups), &mut groups);
    groups
}

fn halve(members: &mut [usize], first: usize, n_groups: usize, points: &[[f64; 2]], groups: &mut [usize]) {
    if n_groups <= 1 {
        for &at in members.iter() {
            groups[at] = first;
        }
        return;
    }
    let extent = |axis: usize| {
        let values = members.iter().map(|&at| points[at][axis]);
        values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
    };
    let axis = usize::from(extent(1) > extent(0));
    members.sort_by(|&a, &b| points[a][axis].total_cmp(&points[b][axis]).then(a.cmp(&b)));
    let lower = n_groups / 2;
    let (below, above) = members.split_at_mut(members.len() * lower / n_groups);
    halve(below, first, lower, points, groups);
    halve(above, first + lower, n_groups - lower, points, groups);
}

fn centres(points: &[[f64; 2]], weights: &[f64], groups: &[usize], n_groups: usize) -> Vec<[f64; 2]> {
    let mut sums = vec![[0.0; 3]; n_groups];
    for ((point, weight), &group) in points.iter().zip(weights).zip(groups) {
        sums[group][0] += point[0] * weight;
        sums[group][1] += point[1] * weight;
        sums[group][2] += weight;
    }
    sums.iter().map(|sum| [sum[0] / sum[2].max(1.0e-9), sum[1] / sum[2].max(1.0e-9)]).collect()
}

/// Each point to the nearest centre that still has room; those choose first who would lose most by the second choice.
fn nearest_with_room(points: &[[f64; 2]], centres: &[[f64; 2]]) -> Vec<usize> {
    let room = points.len().div_ceil(centres.len());
    let mut order: Vec<(f64, usize)> = points
        .iter()
        .enumerate()
        .map(|(at, &point)| {
            let (mut best, mut second) = (f64::MAX, f64::MAX);
            for &centre in centres {
                let far = distance(point, centre);
                second = second.min(far.max(best));
                best = best.min(far);
            }
            (best - second, at)
        })
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut taken = vec![0; centres.len()];
    let mut groups = vec![0; points.len()];
    for (_, at) in order {
        let free = (0..centres.len()).filter(|&group| taken[group] < room);
        let nearest =
            free.min_by(|&a, &b| distance(points[at], centres[a]).total_cmp(&distance(points[at], centres[b])));
        groups[at] = nearest.unwrap_or(0);
        taken[groups[at]] += 1;
    }
    groups
}

/// Exchanges members of two groups as long as both together come nearer their centres.
fn exchange(points: &[[f64; 2]], centres: &[[f64; 2]], groups: &mut [usize]) {
    let far = |at: usize, group: usize| distance(points[at], centres[group]);
    for _ in 0..ROUNDS {
        let mut exchanged = false;
        for a in 0..points.len() {
            for b in a + 1..points.len() {
                let (of_a, of_b) = (groups[a], groups[b]);
                if of_a != of_b && far(a, of_b) + far(b, of_a) + 1.0 < far(a, of_a) + far(b, of_b) {
                    groups.swap(a, b);
                    exchanged = true;
                }
            }
        }
        if !exchanged {
            break;
        }
    }
}

/// The member from whom all others, weighted by potential, are nearest.
pub(super) fn middle_most(members: &[usize], points: &[[f64; 2]], weights: &[f64]) -> Option<usize> {
    let toil = |from: usize| members.iter().map(|&to| weights[to] * distance(points[from], points[to])).sum::<f64>();
    members.iter().copied().map(|at| (toil(at), at)).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
}
