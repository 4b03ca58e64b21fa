//! The lottery as arbiter: where the comparison over time says another thing than chance does, those visited were probably
//! chosen because they would grow anyway, or after a bad year (effect.md 0.5).

use super::{TossUpResult, Witness};
use crate::did_it_pay::{DidItPay, Grade};
use crate::doubts::Told;
use crate::effect::Effect;

/// So many joint errors apart, and the two disagree.
const APART: f64 = 1.96;

impl Effect {
    /// Withholds the figure where a toss-up disagrees with it. Both are parts of a usual month.
    pub fn heed(&mut self, toss_up: &TossUpResult) {
        let Some(drawn) = toss_up.part else { return };
        let Some((value, error)) = self.estimates.simple.and_then(|simple| Some((simple.value, simple.error?))) else {
            return;
        };
        let joint = drawn.error.hypot(error);
        if (value - drawn.value).abs() <= APART * joint {
            return;
        }
        let percent = |part: f64| (part * 100.0).round();
        let (compared, chance) = (percent(value), percent(drawn.value));
        let whom = match toss_up.witness {
            Witness::WrittenDown => ("Tro på lottningarna", "Believe the toss-ups"),
            Witness::ToldInTime | Witness::ToldAfterwards => (
                "Lottningen gjordes inte här: ta reda på hur den drogs innan du tror på någon av dem",
                "It was not drawn here: find out how before you believe either",
            ),
        };
        self.refusals.push(Told::new(
            "selection_suspected",
            format!("the comparison says {compared}% of a usual month, the toss-ups {chance}%: more than chance explains. {}", whom.1),
            format!("jämförelsen säger {compared} % av en vanlig månad, lottningarna {chance} %: mer än slumpen förklarar. {}", whom.0),
        ));
        (self.verdict, self.grade) = (DidItPay::CannotTell, Grade::D);
        (self.brought, self.part, self.roi, self.settle) = (None, None, None, None);
    }
}
