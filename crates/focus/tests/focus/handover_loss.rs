//! What a handover costs is what the model itself says of the relationship afterwards.

use crate::world::{facts, months, partner, today, touch};
use spelplan_facts::{Money, Pam, PamId, PartnerId, Touch};
use spelplan_focus::{HandoverLosses, OpenGoal, open_goals};

const MAJ: PamId = PamId(1);
const BO: PamId = PamId(2);

fn by(pam: PamId, touch: Touch) -> Touch {
    Touch { pam: Some(pam), ..touch }
}

fn pam(id: PamId) -> Pam {
    let text = String::new;
    Pam {
        id,
        key: id.0.to_string(),
        name: text(),
        email: text(),
        street: text(),
        postal_code: text(),
        city: text(),
        country: "SE".into(),
        home: None,
        manager: text(),
        field_time_week: None,
    }
}

/// A partner of Maj's with these visits, as it stands today and as it would stand with Bo; what the handover costs.
fn check(visits: &[(PamId, &str)], kept: f64) {
    let touches = visits.iter().enumerate().map(|(n, (pam, on))| by(*pam, touch(n as i64, 1, "visit", on))).collect();
    let mut world = facts(vec![partner(1)], months(1, 24, 100_000.0, 0.12), touches);
    world.partners[0].pam = Some(MAJ);
    world.pams = vec![pam(MAJ), pam(BO)];
    let now: OpenGoal = open_goals(&world, today()).remove(0);
    let losses = HandoverLosses::until(&world, today());
    assert!((losses.kept(PartnerId(1), MAJ, BO) - kept).abs() < 1e-12, "{visits:?}");
    let loss = losses.loss(&now, MAJ, BO);
    let mut other = world.clone();
    other.partners[0].pam = Some(BO);
    let then = open_goals(&other, today()).remove(0);
    assert!((then.strength.0 - kept * now.strength.0).abs() < 1e-6, "{} of {}", then.strength.0, now.strength.0);
    // What a full relationship still to be built is worth grows by what is lost of this one, over the same years.
    let model = world.settings.model;
    let decay = spelplan_focus::stock::decay(&model, now.touches_month);
    let years = |strength: f64| spelplan_focus::returns::of_strength(&model, strength, decay);
    let lost = years(now.strength.0) - years(then.strength.0);
    let expected = lost * now.worth_year.value.units() * model.realised;
    assert!(expected > 0.0 && (loss.value.units() - expected).abs() < 0.001 * expected, "{loss:?} against {expected}");
    assert!(Money::ZERO <= loss.low && loss.low < loss.value && loss.value < loss.high);
    assert_eq!(losses.loss(&now, MAJ, MAJ).value, Money::ZERO);
}

#[test]
fn half_of_it_is_lost_without_an_introduction() {
    check(&[(MAJ, "2025-11-03"), (MAJ, "2026-02-03")], 0.5);
}

#[test]
fn a_fifth_is_lost_where_both_have_been_there_together() {
    check(&[(MAJ, "2025-11-03"), (BO, "2025-11-03"), (MAJ, "2026-02-03")], 0.8);
}
