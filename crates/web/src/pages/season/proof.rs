//! How good the routes are proved to be, in words.

use spelplan_facts::{PamId, RouteProof, Share};

use crate::tongue::Tongue;

/// From here on a bound says little, and the page says so.
const WIDE: Share = Share(0.1);

/// The proof of all routes together.
pub(crate) struct Proved {
    /// The part that other routes could bring more at most.
    pub gap: String,
    /// What that means, with when and how long it was sought.
    pub words: String,
}

/// The proof as it is shown.
pub(crate) fn proved(proof: &RouteProof, t: Tongue, unit: &str) -> Proved {
    let (_, most) = proof.total();
    let beyond = proof.bounds.iter().filter(|bound| bound.beyond).count();
    let mut words = format!(
        "{} {} {unit} {}",
        t.say(
            "Inga rutter med samma partner, dagar och beslut kan ge mer än",
            "No routes with the same partners, days and decisions can bring more than"
        ),
        t.about(most),
        t.say("efter kostnader.", "after costs."),
    );
    if proof.gap().is_some_and(|gap| gap.0 > WIDE.0) {
        words.push_str(t.say(
            " Beviset är vitt: det säger lite om hur bra planen är.",
            " The proof is wide: it says little about how good the plan is.",
        ));
    }
    if beyond > 0 {
        words.push_str(&format!(
            " {} {}",
            t.count(beyond),
            t.say(
                "PAM har ändringar som planeraren själv inte får göra; om dem bevisas inget.",
                "PAMs have changes that the planner itself may not make; about them nothing is proved.",
            ),
        ));
    }
    words.push_str(&format!(
        " {} {}, {} {}.",
        t.say("Sökt", "Sought"),
        proof.at.split_once('T').map_or(proof.at.as_str(), |(day, _)| day),
        t.count(i64::from(proof.seconds)),
        t.say("sekunder per PAM", "seconds for each PAM"),
    ));
    Proved {
        gap: proof
            .gap()
            .map_or_else(|| t.say("inget att jämföra", "nothing to compare").to_owned(), |gap| at_most(gap, t)),
        words,
    }
}

/// How much more other routes of the PAM could bring at most; `None` where nothing is proved.
pub(crate) fn gap_of(proof: &RouteProof, pam: PamId, t: Tongue) -> Option<String> {
    let bound = proof.bounds.iter().find(|bound| bound.pam == pam && !bound.beyond)?;
    bound.gap().map(|gap| at_most(gap, t))
}

/// One decimal, rounded up: a bound is never told lower than it is.
fn at_most(gap: Share, t: Tongue) -> String {
    let percent = (gap.0 * 1000.0 - 1e-9).ceil().max(0.0) / 10.0;
    format!("{}{}", t.number(percent, 1), t.say("\u{a0}%", "%"))
}
