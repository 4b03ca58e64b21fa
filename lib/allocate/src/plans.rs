//! The plans of a cluster that lose little at the prices: for each set of trips, the units' choices in the order of
//! their losses, as many as there is patience for. Each plan is one column, its trips paid for in full.

use crate::cluster::Cluster;
use crate::near::{Asked, Column, Origin};
use crate::oracle::reduced;

/// At most so many plans of one cluster.
const PLANS: usize = 3000;

/// A cluster's near plans.
pub(crate) struct Plans {
    pub(crate) columns: Vec<Column>,
    /// What the cluster brings at best, at the prices.
    pub(crate) hard: f64,
    /// Every plan that loses less is among the columns.
    pub(crate) complete_to: f64,
}

/// Besides the plans near at the prices, each set's best plan at the prices times these, for when much more, or a
/// little less, must be saved.
const SCALES: [f64; 6] = [0.8, 1.25, 1.6, 2.5, 6.0, 40.0];

/// The cluster's plans that lose at most `most`, fewer where there are too many, and `known` among them.
pub(crate) fn cluster_plans(
    asked: &Asked,
    limited: &[usize],
    number: usize,
    most: f64,
    known: Option<&[usize]>,
) -> Plans {
    let cluster = &asked.layout.clusters[number];
    let sets = sets(asked, cluster, asked.prices);
    let hard = sets.iter().map(|set| set.hard).fold(f64::NEG_INFINITY, f64::max);
    if hard == f64::NEG_INFINITY {
        return Plans { columns: Vec::new(), hard: 0.0, complete_to: f64::INFINITY };
    }
    let widest = sets.iter().map(|set| hard - set.hard + set.width()).fold(0.0, f64::max) + 1.0;
    let (mut found, near_to) = listed(cluster, &sets, hard, most.min(widest));
    let complete_to = if near_to >= widest { f64::INFINITY } else { near_to };
    if complete_to.is_finite() {
        let value: f64 = sets.iter().map(|set| set.hard.abs()).fold(0.0, f64::max);
        for scale in SCALES {
            let base =
                |row: usize| asked.limits[row].map_or(0.0, |limit| 1e-4 * scale * scale * value / limit.max(1e-9));
            let prices: Vec<f64> =
                asked.prices.iter().enumerate().map(|(row, price)| scale * price + base(row)).collect();
            let best = |set: &Set| -> Vec<u16> { set.choices.iter().map(|choices| choices[0].1).collect() };
            found.extend(self::sets(asked, cluster, &prices).iter().map(best));
        }
        found.extend(known.map(|known| cluster.units.iter().map(|&unit| known[unit as usize] as u16).collect()));
        found.sort_unstable();
        found.dedup();
    }
    let columns = found.into_iter().filter_map(|picks| column(asked, limited, cluster, picks, hard)).collect();
    Plans { columns, hard, complete_to }
}

/// The plans that lose at most `most`, or less where they are too many; and how much they lose at most.
fn listed(cluster: &Cluster, sets: &[Set], hard: f64, mut most: f64) -> (Vec<Vec<u16>>, f64) {
    loop {
        let mut listing = Listing { picks: vec![0; cluster.units.len()], found: Vec::new(), seen: 0 };
        if sets.iter().all(|set| listing.list(cluster, set, 0, 0, most - (hard - set.hard))) {
            return (listing.found, most);
        }
        most *= 0.7;
    }
}

/// The sets of trips at these prices.
fn sets(asked: &Asked, cluster: &Cluster, prices: &[f64]) -> Vec<Set> {
    let (mut costs, mut each) = (Vec::new(), Vec::new());
    for &unit in &cluster.units {
        let mut values = Vec::new();
        reduced(asked.layout, prices, unit as usize, &mut costs, &mut values);
        each.push(values);
    }
    let trips = cluster.costs(prices);
    (0..1_usize << cluster.counted()).filter_map(|set| Set::new(cluster, set as u16, &each, &trips)).collect()
}

/// A set of trips, and per unit its choices that need no others, least loss first.
struct Set {
    trips: u16,
    hard: f64,
    choices: Vec<Vec<(f64, u16)>>,
}

impl Set {
    fn new(cluster: &Cluster, trips: u16, each: &[Vec<f64>], costs: &[f64]) -> Option<Set> {
        let mut set = Set { trips, hard: 0.0, choices: Vec::new() };
        for (reduced, masks) in each.iter().zip(&cluster.masks) {
            let fitting = reduced.iter().zip(masks).enumerate().filter(|(_, (_, mask))| **mask & !trips == 0);
            let mut choices: Vec<(f64, u16)> = fitting.map(|(choice, (value, _))| (*value, choice as u16)).collect();
            let top = choices.iter().map(|(value, _)| *value).reduce(f64::max)?;
            choices.iter_mut().for_each(|(value, _)| *value = top - *value);
            choices.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            set.hard += top;
            set.choices.push(choices);
        }
        for (bit, (opening, cost)) in cluster.openings.iter().zip(costs).enumerate().take(cluster.counted()) {
            if trips >> bit & 1 == 1 {
                if opening.most < 1.0 {
                    return None;
                }
                set.hard += (-cost).max(-cost * opening.most);
            }
        }
        Some(set)
    }

    /// What the worst of its plans loses against its best.
    fn width(&self) -> f64 {
        self.choices.iter().filter_map(|choices| choices.last()).map(|(loss, _)| loss).sum()
    }
}

struct Listing {
    picks: Vec<u16>,
    found: Vec<Vec<u16>>,
    seen: usize,
}

impl Listing {
    /// Lists the plans of the set that lose at most `left` more; false when there are too many.
    fn list(&mut self, cluster: &Cluster, set: &Set, unit: usize, needed: u16, left: f64) -> bool {
        if left < 0.0 {
            return true;
        }
        if unit == self.picks.len() {
            // A plan that leaves a trip unused belongs to a smaller set.
            if needed == set.trips {
                self.found.push(self.picks.clone());
            }
            self.seen += 1;
            return self.found.len() <= PLANS && self.seen <= 20 * PLANS;
        }
        for &(loss, choice) in &set.choices[unit] {
            if loss > left {
                break;
            }
            self.picks[unit] = choice;
            let needed = needed | cluster.masks[unit][choice as usize];
            if !self.list(cluster, set, unit + 1, needed, left - loss) {
                return false;
            }
        }
        true
    }
}

/// The plan as a column, with the trips it needs; `None` where they are made too often.
fn column(asked: &Asked, limited: &[usize], cluster: &Cluster, picks: Vec<u16>, hard: f64) -> Option<Column> {
    let layout = asked.layout;
    let mut visits = vec![0.0; cluster.openings.len()];
    let (mut value, mut used) = (0.0, vec![0.0; asked.limits.len()]);
    for (&unit, &choice) in cluster.units.iter().zip(&picks) {
        let (table, item) = layout.units.place(unit as usize);
        value += table.value(item, choice as usize);
        for (row, amount) in table.uses(item, choice as usize) {
            match row.checked_sub(layout.resources) {
                None => used[layout.place[row] as usize] += amount,
                Some(trip) => {
                    let at = cluster.openings.iter().position(|opening| opening.trip == trip)?;
                    visits[at] += amount;
                }
            }
        }
    }
    for (opening, made) in cluster.openings.iter().zip(cluster.made(&visits)?) {
        value -= made * opening.cost;
        opening.uses.iter().for_each(|&(row, amount)| used[row as usize] += made * amount);
    }
    let paid: f64 = used.iter().zip(asked.prices).map(|(used, price)| used * price).sum();
    let uses = limited.iter().map(|&row| used[row]).collect();
    Some(Column { loss: hard - (value - paid), uses, origin: Origin::Choices(picks) })
}
