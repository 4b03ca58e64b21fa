//! What each partner without a visit would have to bring: the cheapest way past it on the plan's own drives, at what the
//! PAM's hours cost and what the plan says another of them is worth elsewhere.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_facts::{Facts, FieldDay, Money, PamId, PartnerId, SeasonPlan};

use crate::road_costs::Ways;

/// What each left-out partner would have to bring for a visit to be worth its hours and its way; none where no day's
/// driving reaches it. The facts must be those the plan was made from, under its settings.
pub fn left_out_prices(facts: &Facts, plan: &SeasonPlan) -> BTreeMap<PartnerId, Money> {
    let mut by_pam: BTreeMap<PamId, Vec<PartnerId>> = BTreeMap::new();
    for left in &plan.left_out {
        if let Some(pam) = facts.partner(left.partner).and_then(|partner| partner.pam) {
            by_pam.entry(pam).or_default().push(left.partner);
        }
    }
    let priced: Vec<Vec<(PartnerId, Money)>> =
        by_pam.into_par_iter().map(|(pam, left)| prices_of(facts, plan, pam, &left)).collect();
    priced.into_iter().flatten().collect()
}

fn prices_of(facts: &Facts, plan: &SeasonPlan, pam: PamId, left: &[PartnerId]) -> Vec<(PartnerId, Money)> {
    let days: Vec<&FieldDay> = plan.days.iter().filter(|day| day.pam == pam).collect();
    let Some(ways) = Ways::of_days(facts, pam, &days) else { return Vec::new() };
    let load = plan.workloads.iter().find(|load| load.pam == pam);
    let hour = facts.settings.hour_cost + load.map_or(Money::ZERO, |load| load.hour_value);
    let price = |id: &PartnerId| {
        let cost = ways.past(facts, facts.partner(*id)?)?;
        Some((*id, hour * (cost.minutes / 60.0) + Money::from_units(cost.fares)))
    };
    left.iter().filter_map(price).collect()
}

#[cfg(test)]
mod tests {
    use spelplan_facts::{LeftOut, LeftOutReason, Minutes};
    use spelplan_testkit::worlds::small_world;

    use super::*;
    use crate::drive::leg;

    #[test]
    fn a_price_is_the_detour_at_the_hour_s_cost_and_worth() {
        let mut tried = 0;
        for seed in 0..40 {
            let (facts, season, today) = small_world(seed);
            let goals = spelplan_focus::season_goals(&facts, today, season.from);
            let budgets = crate::budgets(&facts, season);
            let mut plan = crate::plan_in_rounds(&facts, &goals, &budgets, season, today, seed, &|_, _| {});
            let Some(load) = plan.workloads.first().cloned() else { continue };
            // A PAM that drives nowhere: the price is a day of its own, there and back.
            plan.days.clear();
            plan.workloads.iter_mut().for_each(|load| load.hour_value = Money::from_units(300.0));
            let own = facts.partners.iter().find(|partner| partner.pam == Some(load.pam) && partner.place.is_some());
            let home = facts.pam(load.pam).and_then(|pam| pam.home);
            let (Some(partner), Some(home)) = (own, home) else { continue };
            plan.left_out =
                vec![LeftOut { partner: partner.id, reason: LeftOutReason::HoursGoElsewhere, gain: Money::ZERO }];
            let there = partner.place.map(|place| leg(&facts.settings, home.point, place.point));
            let Some(way) = there.and_then(crate::drive::Drive::leg) else { continue };
            if way.time + way.time > facts.settings.max_drive_day || facts.settings.drive_factor(load.pam) != 1.0 {
                continue;
            }
            let minutes = partner.visit_time.unwrap_or(facts.settings.visit_time) + way.time + way.time;
            let hour = facts.settings.hour_cost.units() + 300.0;
            let by_hand = hour * f64::from(minutes.0) / 60.0 + 2.0 * way.km * facts.settings.km_cost.units();
            let found = left_out_prices(&facts, &plan).get(&partner.id).map_or(0.0, |price| price.units());
            assert!(minutes > Minutes::ZERO && (found - by_hand).abs() < 1.0, "world {seed}: {found} {by_hand}");
            tried += 1;
        }
        assert!(tried > 5, "{tried} worlds");
    }
}
