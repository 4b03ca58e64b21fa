//! Forms of meetings, read: what it is to be, and what came of it.

use spelplan_facts::{
    Commitment, ContactId, Day, GoalReached, MeetingPlace, MeetingPlan, Minutes, Outcome, PamId, Side, TimeOfDay,
};

use super::ask::{Said, UNREAD, number, said};
use crate::failure::Failure;

/// The plan that a form tells; what it does not tell stays as before.
pub(super) fn plan(form: &Said, before: &MeetingPlan) -> Result<MeetingPlan, Failure> {
    let words = |name: &str, otherwise: &str| said(form, name).unwrap_or(otherwise).to_owned();
    let lines = |name: &str, otherwise: &[String]| match said(form, name) {
        Some(text) => text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        None => otherwise.to_vec(),
    };
    let begins = match said(form, "begins") {
        None => before.begins,
        Some("") => None,
        Some(text) => Some(time(text)?),
    };
    let length = match said(form, "length").filter(|text| !text.is_empty()) {
        None => before.length,
        Some(text) => {
            text.parse().ok().filter(|minutes| (5..=720).contains(minutes)).map(Minutes).ok_or_else(unread)?
        }
    };
    Ok(MeetingPlan {
        pam: number(form, "pam").map_or(before.pam, PamId),
        contact: if said(form, "contact").is_some() { number(form, "contact").map(ContactId) } else { before.contact },
        day: said(form, "day").map_or(Ok(before.day), day)?,
        begins,
        length,
        place: said(form, "place").and_then(MeetingPlace::coded).unwrap_or(before.place),
        location: words("location", &before.location),
        people: lines("people", &before.people),
        purpose: words("purpose", &before.purpose),
        agenda: lines("agenda", &before.agenda),
        our_goal: words("our_goal", &before.our_goal),
        their_goal: words("their_goal", &before.their_goal),
        template: words("template", &before.template),
        ..before.clone()
    })
}

/// A plan with another one's words: time, place and people stay.
pub(super) fn with_words_of(plan: &MeetingPlan, words: &MeetingPlan) -> MeetingPlan {
    let MeetingPlan { purpose, agenda, our_goal, their_goal, template, .. } = words.clone();
    MeetingPlan { purpose, agenda, our_goal, their_goal, template, ..plan.clone() }
}

/// What came of a meeting. Commitments come as fields of the same names, line by line; empty lines are left out.
pub(super) fn outcome(form: &Said) -> Result<Outcome, Failure> {
    let all = |name: &str| -> Vec<String> {
        form.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.trim().to_owned()).collect()
    };
    let (sides, whos, whats) = (all("side"), all("who"), all("what"));
    let (days, triggers) = (all("by"), all("trigger"));
    let at = |list: &[String], n: usize| list.get(n).cloned().unwrap_or_default();
    let mut commitments = Vec::new();
    for n in 0..whats.len() {
        let (what, trigger) = (at(&whats, n), at(&triggers, n));
        // Who and by when are filled in beforehand: a line without a promise in it is empty.
        if what.is_empty() && trigger.is_empty() {
            continue;
        }
        commitments.push(Commitment {
            side: Side::coded(&at(&sides, n)).ok_or_else(unread)?,
            who: at(&whos, n),
            what,
            by: day(&at(&days, n))?,
            trigger,
            done: None,
        });
    }
    Ok(Outcome {
        reached: said(form, "reached").and_then(GoalReached::coded).ok_or_else(unread)?,
        words: said(form, "words").unwrap_or_default().to_owned(),
        commitments,
        next_step: said(form, "next_step").unwrap_or_default().to_owned(),
    })
}

fn day(text: &str) -> Result<Day, Failure> {
    Day::parse(text).ok_or_else(unread)
}

fn time(text: &str) -> Result<TimeOfDay, Failure> {
    let (hour, minute) = text.split_once(':').ok_or_else(unread)?;
    let hour: i32 = hour.parse().map_err(|_| unread())?;
    let minute: i32 = minute.get(..2).unwrap_or_default().parse().map_err(|_| unread())?;
    let sane = (0..24).contains(&hour) && (0..60).contains(&minute);
    sane.then(|| TimeOfDay::at(hour, minute)).ok_or_else(unread)
}

fn unread() -> Failure {
    Failure::refused("W170", UNREAD)
}
