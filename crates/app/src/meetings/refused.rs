//! Why a step with a meeting is refused, in words.

use spelplan_facts::{Language, Missing, Stage};
use spelplan_meetings::NotSo;

use crate::{AppError, ErrorKind};

/// Stable code of a confirmed meeting that lacks purpose, agenda or goal.
pub const LACKS: &str = "A250";

/// The room's no as an error.
pub(crate) fn refused(not_so: NotSo) -> AppError {
    let own = |code, en: String, sv: String| AppError::own(code, ErrorKind::Refused, en, sv);
    match not_so {
        NotSo::Lacks(missing) => {
            let en = format!(
                "the meeting cannot be confirmed without: {}. Fill in what is missing; a template does it in seconds",
                listed(&missing, Language::English)
            );
            let sv = format!(
                "mötet kan inte bekräftas utan: {}. Fyll i det som saknas; en mall gör det på några sekunder",
                listed(&missing, Language::Swedish)
            );
            own(LACKS, en, sv)
        }
        NotSo::WrongStage { from, to } => {
            let (now, then) = (words(from, Language::English), words(to, Language::English));
            let en = format!("a meeting that is {now} cannot become {then}. Reload it, or undo the last step first");
            let (now, then) = (words(from, Language::Swedish), words(to, Language::Swedish));
            let sv =
                format!("ett möte som är {now} kan inte bli {then}. Ladda om det, eller ångra senaste steget först");
            own("A251", en, sv)
        }
        NotSo::NotYet(day) => own(
            "A252",
            format!("the meeting is on {day}, so it cannot be held or missed yet. Change its day if it was earlier"),
            format!("mötet är {day} och kan inte vara genomfört eller uteblivet än. Ändra dagen om det var tidigare"),
        ),
        NotSo::NoOutcome => own(
            "A253",
            "the goal was not reached in full, so say what came out instead, or what somebody promised".to_owned(),
            "målet nåddes inte helt, så skriv vad som kom ut av mötet eller vad någon lovade".to_owned(),
        ),
        NotSo::NoReason => own(
            "A254",
            "say why the meeting is off: one word is enough".to_owned(),
            "skriv varför mötet inte blir av: ett ord räcker".to_owned(),
        ),
        NotSo::NoPromise => own(
            "A701",
            "the promise stands there no longer: somebody rewrote it or struck it out. Open the meeting and mark the one there is".to_owned(),
            "löftet står inte kvar: någon har skrivit om eller strukit det. Öppna mötet och markera det som finns".to_owned(),
        ),
        NotSo::HalfPromise => own(
            "A255",
            "a commitment lacks who or what. Fill both in, or empty the whole line".to_owned(),
            "ett åtagande saknar vem eller vad. Fyll i båda, eller töm hela raden".to_owned(),
        ),
    }
}

fn listed(missing: &[Missing], language: Language) -> String {
    missing.iter().map(|one| one.text().in_language(language)).collect::<Vec<_>>().join(", ")
}

fn words(stage: Stage, language: Language) -> String {
    stage.text().in_language(language).to_lowercase()
}
