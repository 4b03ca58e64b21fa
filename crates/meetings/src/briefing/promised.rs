//! Promises: how each side has kept its own, and what is open.

use spelplan_facts::{Side, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, input};
use crate::{open_promises, promises_kept};

const OURS: Recipe = Recipe {
    code: "our-promises",
    name: Text { sv: "Våra löften hållna i tid", en: "Our promises kept in time" },
    formula: Text { sv: "hållna i tid / förfallna", en: "kept in time / due" },
    origin: Origin::Observed,
    missing: Text { sv: "inget löfte har förfallit än", en: "no promise has been due yet" },
};

const THEIRS: Recipe = Recipe {
    code: "their-promises",
    name: Text { sv: "Deras löften hållna i tid", en: "Their promises kept in time" },
    ..OURS
};

const OPEN: Recipe = Recipe {
    code: "open-promises",
    name: Text { sv: "Öppna löften, båda sidor", en: "Open promises, both sides" },
    formula: Text { sv: "gjorda och ännu inte hållna", en: "made and not kept yet" },
    origin: Origin::Observed,
    missing: Text { sv: "inget möte är loggat än", en: "no meeting has been logged yet" },
};

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let (meetings, partner, today) = (&ground.from.facts.meetings, ground.partner.id, ground.from.today);
    let kept = |recipe: &Recipe, side: Side| {
        let kept = promises_kept(meetings, partner, side, today);
        let inputs = vec![
            input("hållna i tid", "kept in time", Amount::Count(kept.on_time as f64)),
            input("förfallna", "due", Amount::Count(kept.due as f64)),
        ];
        recipe.made(kept.share().map(Amount::Share), None, inputs)
    };
    let held = meetings.iter().any(|one| one.plan().partner == partner && one.state.outcome().is_some());
    let open = open_promises(meetings, partner);
    let late = open.iter().filter(|(_, promise)| promise.is_late(today)).count();
    let inputs = vec![input("varav försenade", "of them late", Amount::Count(late as f64))];
    let open = OPEN.made(held.then_some(Amount::Count(open.len() as f64)), None, inputs);
    vec![kept(&OURS, Side::Ours), kept(&THEIRS, Side::Theirs), open]
}
