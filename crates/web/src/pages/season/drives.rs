//! Where a plan's drive times come from, in words.

use spelplan_facts::{DriveFactor, DriveSource, Fallback, Roads, SeasonPlan};

use crate::tongue::Tongue;

/// Whom the plan asked, and how many pairs of places had to be estimated, and why.
pub(super) fn sources(plan: &SeasonPlan, t: Tongue) -> String {
    let Roads { source, address, .. } = &plan.settings.roads;
    let slack = t.percent(plan.settings.drive_slack);
    let with_slack = format!("{} {slack} {}", t.say("med", "with"), t.say("marginal", "slack"));
    if *source == DriveSource::Estimated {
        let by_distance = t.say("Körtider: uppskattade efter avstånd", "Drive times: estimated by distance");
        return format!("{by_distance}, {with_slack}.");
    }
    let asked = format!("{}: {} ({address}), {with_slack}", t.say("Körtider", "Drive times"), t.text(source.text()));
    let pairs = format!("{} {}", t.count(plan.drives.pairs), t.say("par av platser", "pairs of places"));
    let mut words = format!("{asked}; {pairs}.");
    for (why, count) in &plan.drives.estimated {
        words.push(' ');
        words.push_str(&estimated(*why, *count, t));
    }
    words
}

fn estimated(why: Fallback, count: usize, t: Tongue) -> String {
    let by_estimate = t.say("av dem är uppskattade, eftersom", "of them are estimated, because");
    format!("{} {by_estimate} {}.", t.count(count), t.text(why.text()))
}

/// What a PAM's own trips say, where there are any.
pub(super) fn correction(factor: Option<&DriveFactor>, t: Tongue) -> Option<String> {
    let factor = factor?;
    let multiplied = t.say("Körtiderna är multiplicerade med", "Drive times are multiplied by");
    let learned = t.say("efter", "from");
    let trips = t.say("egna loggade resor", "logged trips of their own");
    Some(format!("{multiplied} {}, {learned} {} {trips}.", t.number(factor.factor, 2), t.count(factor.trips)))
}

#[cfg(test)]
mod tests {
    use super::{correction, estimated};
    use crate::tongue::Tongue;
    use spelplan_facts::{DriveFactor, Fallback, Language, PamId};

    #[test]
    fn what_was_estimated_says_why_in_both_languages() {
        let say = |language| estimated(Fallback::TooSlow, 1234, Tongue(language));
        assert!(say(Language::English).contains("because the service did not answer in time"));
        assert!(say(Language::Swedish).contains("eftersom tjänsten svarade inte i tid"));
    }

    #[test]
    fn a_correction_is_shown_with_its_trips() {
        let t = Tongue(Language::English);
        let factor = DriveFactor { pam: PamId(1), factor: 1.124, trips: 34 };
        let words = correction(Some(&factor), t).unwrap_or_default();
        assert!(words.contains("1.12") && words.contains("34"), "{words}");
        assert_eq!(correction(None, t), None);
    }
}
