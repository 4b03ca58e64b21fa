//! From facts to the panel: settled months, usual months, who is compared with whom.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Day, Facts, Month, Partner, PartnerId};
use spelplan_panel::adoption::Adoption;

use super::visits::{Window, visits};
use super::{Compared, Comparison, Lack, Measure, NotCounted, Scope};
use crate::specification::Specification;

/// Months that are kept in memory, and hence the longest panel.
pub(crate) const MONTHS: i32 = 36;
/// Covariates are used where this part of the counted has them.
const KNOWN: f64 = 0.8;

/// The panel as it can be seen on that day.
pub fn comparison(facts: &Facts, today: Day, specification: &Specification, scope: Scope) -> Result<Comparison, Lack> {
    let months = settled_months(facts, today, specification)?;
    let measure = measure(facts, &months, specification);
    let (first, last) = (months[0], months[months.len() - 1]);
    let sales = paths(facts, first, months.len(), measure);
    let window = Window { first, last, specification, scope };
    let visits = visits(facts, today);
    let none = Vec::new();
    let (mut entries, mut not_counted) = (Vec::new(), Vec::new());
    for partner in &facts.partners {
        let usual = sales.get(&partner.id).map_or(0.0, |path| mean(&path[..specification.base_months]));
        match window.entry(visits.get(&partner.id).unwrap_or(&none)) {
            _ if usual <= 0.0 => not_counted.push((partner.id, NotCounted::NoBaseYear)),
            Ok(entry) => entries.push((partner, entry, usual)),
            Err(why) => not_counted.push((partner.id, why)),
        }
    }
    let chains = visited_chains(facts, &visits);
    entries.retain(|(partner, entry, _)| {
        let spilled = entry.is_none() && !partner.chain.is_empty() && chains.contains(partner.chain.as_str());
        not_counted.extend(spilled.then_some((partner.id, NotCounted::ChainVisited)));
        !spilled
    });
    entries.iter().any(|entry| entry.1.is_some()).then_some(()).ok_or(Lack::Visited)?;
    entries.iter().any(|entry| entry.1.is_none()).then_some(()).ok_or(Lack::Unvisited)?;
    let compared = compared(&entries, specification);
    let partners: Vec<&Partner> = entries.iter().map(|entry| entry.0).collect();
    let panel = adoption(&compared, &partners, &months, &sales);
    Ok(Comparison { months, measure, compared, not_counted, panel })
}

/// From the first month with a sale, or as many as are kept, to the last whose returns have come.
fn settled_months(facts: &Facts, today: Day, specification: &Specification) -> Result<Vec<Month>, Lack> {
    let needed = specification.base_months + specification.horizon_months as usize;
    let first = facts.sales.by_month.iter().map(|sale| sale.month).min();
    let lack = |settled| Lack::Months { settled, needed };
    let first = Month(first.ok_or_else(|| lack(0))?.0.max(today.month().0 - MONTHS + 1));
    let last = last_settled(today, specification);
    let months: Vec<Month> = (first.0..=last.0).map(Month).collect();
    if months.len() < needed { Err(lack(months.len())) } else { Ok(months) }
}

/// The last month whose returns have come.
pub(crate) fn last_settled(today: Day, specification: &Specification) -> Month {
    Month(today.plus(1 - specification.return_days).month().0 - 1)
}

/// Margin, where enough of the revenue of those months has one.
pub(crate) fn measure(facts: &Facts, months: &[Month], specification: &Specification) -> Measure {
    let used = facts.sales.by_month.iter().filter(|sale| months.contains(&sale.month));
    let (known, all) = used.fold((0.0, 0.0), |(known, all), sale| {
        (known + sale.revenue_with_margin.units().abs(), all + sale.revenue.units().abs())
    });
    if known >= specification.known_margin * all { Measure::Margin } else { Measure::Revenue }
}

/// Each partner's months; one without a sale is nothing, not missing.
pub(crate) fn paths(facts: &Facts, first: Month, n_months: usize, measure: Measure) -> BTreeMap<PartnerId, Vec<f64>> {
    let mut paths: BTreeMap<PartnerId, Vec<f64>> = BTreeMap::new();
    for sale in &facts.sales.by_month {
        let Some(at) = usize::try_from(sale.month.0 - first.0).ok().filter(|&at| at < n_months) else { continue };
        let amount = match measure {
            Measure::Margin => sale.margin,
            Measure::Revenue => sale.revenue,
        };
        paths.entry(sale.partner).or_insert_with(|| vec![0.0; n_months])[at] += amount.units();
    }
    paths
}

fn visited_chains<'a>(facts: &'a Facts, visits: &BTreeMap<PartnerId, Vec<Day>>) -> BTreeSet<&'a str> {
    let visited = facts.partners.iter().filter(|partner| visits.contains_key(&partner.id));
    visited.map(|partner| partner.chain.as_str()).filter(|chain| !chain.is_empty()).collect()
}

fn compared(entries: &[(&Partner, Option<Month>, f64)], specification: &Specification) -> Vec<Compared> {
    let mut sorted: Vec<f64> = entries.iter().map(|entry| entry.2).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |part: f64| sorted[((sorted.len() - 1) as f64 * part).round() as usize];
    let (floor, cap) = (at(specification.floor), at(specification.cap));
    let one = |(partner, first, usual): &(&Partner, Option<Month>, f64)| {
        let usual = usual.max(floor);
        Compared { partner: partner.id, first: *first, usual, weight: usual.min(cap) }
    };
    entries.iter().map(one).collect()
}

fn adoption(
    compared: &[Compared],
    partners: &[&Partner],
    months: &[Month],
    sales: &BTreeMap<PartnerId, Vec<f64>>,
) -> Adoption {
    let path = |one: &Compared| -> Vec<f64> {
        sales.get(&one.partner).into_iter().flatten().map(|amount| amount / one.usual).collect()
    };
    Adoption {
        periods: months.iter().map(|month| i64::from(month.0)).collect(),
        first: compared.iter().map(|one| one.first.map(|first| i64::from(first.0))).collect(),
        outcomes: compared.iter().flat_map(path).collect(),
        weights: compared.iter().map(|one| one.weight).collect(),
        clusters: clusters(partners),
        covariates: covariates(compared, partners),
    }
}

/// Partners of a chain answer together, the others alone.
fn clusters(partners: &[&Partner]) -> Vec<usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut clusters = Vec::with_capacity(partners.len());
    for (at, &partner) in partners.iter().enumerate() {
        let alone = partner.chain.is_empty();
        clusters.push(if alone { at } else { *known.entry(partner.chain.as_str()).or_insert(at) });
    }
    clusters
}

/// What was known before: the size of the business with us, and the partner's own size where most have told it.
fn covariates(compared: &[Compared], partners: &[&Partner]) -> Vec<Vec<f64>> {
    let sizes: Vec<Option<f64>> =
        partners.iter().map(|partner| partner.employees.map(|employees| f64::from(employees.max(1)).ln())).collect();
    let known: Vec<f64> = sizes.iter().flatten().copied().collect();
    let varies = known.windows(2).any(|pair| pair[0] != pair[1]);
    let use_sizes = varies && known.len() as f64 >= KNOWN * partners.len() as f64;
    let usual_size = mean(&known);
    let row = |(one, size): (&Compared, &Option<f64>)| {
        let size = use_sizes.then(|| size.unwrap_or(usual_size));
        std::iter::once(one.usual.ln()).chain(size).collect()
    };
    compared.iter().zip(&sizes).map(row).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
