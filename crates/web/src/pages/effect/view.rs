//! The page of effects as it is shown.

use askama::Template;
use spelplan_app::effect::{Effect, EffectPage, EffectScope, NotCounted, Said, said, said_of_toss_up};
use spelplan_facts::{Money, Text};

use crate::drawings::{EffectPath, Step, Waterfall};
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Effekt: vad besöken gav", en: "Effect: what the visits brought in" };

/// The page.
#[derive(Template)]
#[template(path = "effect/page.html")]
pub(crate) struct EffectView {
    frame: Frame,
    t: Tongue,
    unit: String,
    query: String,
    said: Option<Said>,
    taught: Option<(&'static str, Said)>,
    path: EffectPath,
    fall: Option<Waterfall>,
    page: EffectPage,
}

impl EffectView {
    /// The page of that effect.
    pub fn new(visitor: &Visitor, page: EffectPage) -> EffectView {
        let t = visitor.t;
        let frame = visitor.frame("/effect", t.text(TITLE), page.basis.clone());
        let unit = frame.unit();
        let written = |amount: Money| format!("{}\u{a0}{unit}", t.about(amount));
        let effect = page.found.as_ref().as_ref().ok();
        EffectView {
            said: effect.map(|effect| said(effect, t.0, written)),
            taught: page.toss_ups.as_ref().as_ref().map(|one| (one.verdict.word(), said_of_toss_up(one, t.0, written))),
            path: effect.map(|effect| EffectPath::new(&effect.path, t)).unwrap_or_default(),
            fall: effect.and_then(|effect| fall(effect, t)),
            query: address("", page.scope),
            frame,
            t,
            unit,
            page,
        }
    }

    fn effect(&self) -> Option<&Effect> {
        self.page.found.as_ref().as_ref().ok()
    }

    /// Why there is nothing to count.
    fn lack(&self) -> Option<&str> {
        self.page.found.as_ref().as_ref().err().map(|lack| self.t.say(&lack.sv, &lack.en))
    }

    fn part(&self, part: &f64) -> String {
        self.t.part(*part)
    }

    /// Who is left out, by reason.
    fn left_out(&self, effect: &Effect) -> Vec<(usize, Text)> {
        let all = [
            NotCounted::VisitedFromStart,
            NotCounted::TooRecent,
            NotCounted::NoBaseYear,
            NotCounted::ChainVisited,
            NotCounted::OtherSeason,
        ];
        let counted = all.into_iter().map(|why| (effect.comparison.n_not_counted(why), why.text()));
        counted.filter(|(count, _)| *count > 0).collect()
    }

    fn is_all(&self) -> bool {
        self.page.scope == EffectScope::Everybody
    }
}

/// An address that asks about the same visits.
pub(crate) fn address(path: &str, scope: EffectScope) -> String {
    match scope {
        EffectScope::Everybody => path.to_owned(),
        EffectScope::Season(plan) => format!("{path}?plan={}", plan.0),
    }
}

/// From what came in, cost by cost, to what is left; where margin was measured.
fn fall(effect: &Effect, t: Tongue) -> Option<Waterfall> {
    let brought = effect.brought.filter(|_| effect.roi.is_some())?;
    let (ledger, cost) = (&effect.ledger, effect.ledger.total());
    let step = |name, amount: Money, whole| Step { name, amount, whole, written: t.about(amount) };
    let net = brought.value - cost;
    let takes = |money: Money| Money::ZERO - money;
    Some(Waterfall::new(&[
        step(t.say("Täckningsbidrag in", "Margin in"), brought.value, Some((brought.low, brought.high))),
        step(t.say("Besök och resor", "Visits and travel"), takes(ledger.field), None),
        step(t.say("För- och efterarbete", "Before and after"), takes(ledger.desk), None),
        step(t.say("Digitala kontakter", "Digital touches"), takes(ledger.digital), None),
        step(t.say("Netto", "Net"), net, Some((brought.low - cost, brought.high - cost))),
    ]))
}
