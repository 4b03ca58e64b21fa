//! F8, the roll: every partner visited or left out, once; coverage lines that agree with the facts.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::PartnerId;

use crate::case::Case;
use crate::verdict::{Protocol, Spot};

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    let mut left_out: BTreeMap<PartnerId, usize> = BTreeMap::new();
    for left in &case.plan.left_out {
        *left_out.entry(left.partner).or_default() += 1;
    }
    for partner in &case.facts.partners {
        let id = partner.id;
        let (visited, left) = (case.dates.contains_key(&id), left_out.get(&id).copied().unwrap_or(0));
        protocol.expect("F801", visited || left > 0, Spot::partner(id), || {
            [
                format!("Partner {} ({}) is neither visited nor left out", id.0, partner.name),
                format!("Partner {} ({}) varken besöks eller utelämnas", id.0, partner.name),
            ]
        });
    }
    for (&id, &times) in &left_out {
        protocol.expect("F802", !case.dates.contains_key(&id), Spot::partner(id), || {
            [format!("Partner {} is visited and left out", id.0), format!("Partner {} både besöks och utelämnas", id.0)]
        });
        protocol.expect("F803", times == 1, Spot::partner(id), || {
            [
                format!("Partner {} is left out {times} times", id.0),
                format!("Partner {} utelämnas {times} gånger", id.0),
            ]
        });
    }
    coverage(case, protocol);
}

fn coverage(case: &Case, protocol: &mut Protocol) {
    let mut seen = BTreeSet::new();
    for line in &case.plan.coverage {
        let (spot, id) = (Spot::partner(line.partner), line.partner.0);
        let Some(partner) = case.facts.partner(line.partner) else { continue };
        protocol.expect("F805", seen.insert(line.partner) && partner.pam == Some(line.pam), spot, || {
            [
                format!("Partner {id} has two coverage lines or another PAM than {}", line.pam.0),
                format!("Partner {id} har två bearbetningsrader eller en annan PAM än {}", line.pam.0),
            ]
        });
        let most = case.settings.max_visits_season;
        let something = line.visits > 0 || line.touches_month > 0.0;
        let allowed =
            line.visits <= most && something && !(partner.inactive && line.visits > 0) && line.gain.value.0 >= 0;
        protocol.expect("F806", allowed, spot, || {
            let visits = line.visits;
            [
                format!("Coverage asks {visits} visits to partner {id}, which is not allowed"),
                format!("Bearbetningen begär {visits} besök hos partner {id}, vilket inte tillåts"),
            ]
        });
    }
}
