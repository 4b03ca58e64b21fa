//! Minutes of a held meeting: one text that both sides may have. What is ours alone, our goal and whether it was reached, stays out.

use spelplan_facts::{Commitment, Language, Meeting, Side};

/// The minutes in that language, with the partner's and the PAM's names; `None` where the meeting was not held.
pub fn minutes(meeting: &Meeting, partner: &str, pam: &str, language: Language) -> Option<String> {
    let (outcome, plan) = (meeting.state.outcome()?, meeting.plan());
    let say = |sv: &'static str, en: &'static str| if language == Language::Swedish { sv } else { en };
    let mut text = format!("{}: {partner}, {}\n", say("Mötesanteckningar", "Minutes"), plan.day);
    let people: Vec<&str> = std::iter::once(pam).chain(plan.people.iter().map(String::as_str)).collect();
    text += &format!("{}: {}\n", say("Deltagare", "Present"), people.join(", "));
    text += &format!("\n{}\n{}\n", say("Syfte", "Purpose"), plan.purpose);
    text += "\nAgenda\n";
    for (n, point) in plan.agenda.iter().enumerate() {
        text += &format!("{}. {point}\n", n + 1);
    }
    if !outcome.words.is_empty() {
        text += &format!("\n{}\n{}\n", say("Vad vi kom fram till", "What came out of it"), outcome.words);
    }
    for (side, title) in [(Side::Ours, pam), (Side::Theirs, partner)] {
        let own: Vec<&Commitment> = outcome.commitments.iter().filter(|one| one.side == side).collect();
        if own.is_empty() {
            continue;
        }
        text += &format!("\n{} {title}\n", say("Åtaganden,", "Commitments,"));
        for one in own {
            let trigger = if one.trigger.is_empty() { String::new() } else { format!(" ({})", one.trigger) };
            text += &format!("- {}: {}, {} {}{trigger}\n", one.who, one.what, say("senast", "by"), one.by);
        }
    }
    if !outcome.next_step.is_empty() {
        text += &format!("\n{}\n{}\n", say("Nästa steg", "Next step"), outcome.next_step);
    }
    Some(text)
}
