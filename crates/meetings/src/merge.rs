//! Two who change one meeting without seeing each other: what each changed is taken, field by field, against what the later one saw.
//! Where both changed the same field to different values, what stands stays and the other is handed back beside it; nothing is lost.

use spelplan_facts::{
    Commitment, Day, GoalReached, MeetingState, Minutes, Outcome, ReadyMeeting, Side, Stage, Text, TimeOfDay,
};

use crate::moves::{Move, NotSo, moved};

/// What somebody wrote about a meeting away from the others.
#[derive(Debug, Clone, PartialEq)]
pub enum Wrote {
    /// It was held, and this came out of it.
    Outcome(Outcome),
    /// It did not come about, or is called off.
    Ended(Move),
    /// It was at another time, or took longer or shorter.
    Time(Option<TimeOfDay>, Minutes),
    /// A promise of that side is kept, or open again.
    Promise {
        /// Which side's.
        side: Side,
        /// Whose.
        who: String,
        /// What was promised.
        what: String,
        /// The day it was kept; `None` opens it again.
        done: Option<Day>,
    },
}

/// A field that can clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Was the goal reached?
    Reached,
    /// What came out of it.
    Words,
    /// What happens next.
    NextStep,
    /// When it began.
    Begins,
    /// How long it was.
    Length,
}

/// One field with two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Which.
    pub field: Field,
    /// What stands and stays.
    pub stands: String,
    /// What was told beside it.
    pub told: String,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 5] = [Field::Reached, Field::Words, Field::NextStep, Field::Begins, Field::Length];

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Field::Reached => "reached",
            Field::Words => "words",
            Field::NextStep => "next_step",
            Field::Begins => "begins",
            Field::Length => "length",
        }
    }

    /// The field with that word.
    pub fn coded(code: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.code() == code)
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            Field::Reached => Text { sv: "Nådde vi målet?", en: "Did we reach the goal?" },
            Field::Words => Text { sv: "Vad kom ut av det?", en: "What came out of it?" },
            Field::NextStep => Text { sv: "Nästa steg", en: "Next step" },
            Field::Begins => Text { sv: "Mötet började", en: "The meeting began" },
            Field::Length => Text { sv: "Minuter", en: "Minutes" },
        }
    }
}

/// The meeting as it stands with what was written about the version that was seen, and what clashes.
pub fn merged(
    seen: &MeetingState,
    stands: MeetingState,
    wrote: Wrote,
    today: Day,
) -> Result<(MeetingState, Vec<Clash>), NotSo> {
    match wrote {
        Wrote::Outcome(told) => with_outcome(seen, stands, told, today),
        Wrote::Ended(step) if stands.stage() == step.to() => Ok((stands, Vec::new())),
        Wrote::Ended(step) => Ok((moved(stands, step, today)?, Vec::new())),
        Wrote::Time(begins, length) => with_time(seen, stands, begins, length),
        Wrote::Promise { side, who, what, done } => {
            let MeetingState::Held(ready, mut outcome) = stands else { return Err(NotSo::NoPromise) };
            let same = |one: &&mut Commitment| one.side == side && one.who == who && one.what == what;
            outcome.commitments.iter_mut().find(same).ok_or(NotSo::NoPromise)?.done = done;
            Ok((MeetingState::Held(ready, outcome), Vec::new()))
        }
    }
}

/// The meeting with another value in that field; what cannot be a value of it leaves it as it is.
pub fn chosen(stands: MeetingState, field: Field, value: &str, today: Day) -> Result<MeetingState, NotSo> {
    let time = |ready: &ReadyMeeting| (ready.plan().begins, ready.plan().length);
    match (stands, field) {
        (MeetingState::Held(ready, outcome), Field::Reached | Field::Words | Field::NextStep) => {
            let told = match field {
                Field::Reached => Outcome { reached: GoalReached::coded(value).unwrap_or(outcome.reached), ..outcome },
                Field::Words => Outcome { words: value.to_owned(), ..outcome },
                _ => Outcome { next_step: value.to_owned(), ..outcome },
            };
            moved(MeetingState::Held(ready, told.clone()), Move::Hold(told), today)
        }
        (MeetingState::Held(ready, outcome), Field::Begins | Field::Length) => {
            let (begins, length) = timed(time(&ready), field, value);
            Ok(MeetingState::Held(at(ready, begins, length)?, outcome))
        }
        (MeetingState::Confirmed(ready), Field::Begins | Field::Length) => {
            let (begins, length) = timed(time(&ready), field, value);
            Ok(MeetingState::Confirmed(at(ready, begins, length)?))
        }
        (other, _) => Err(NotSo::WrongStage { from: other.stage(), to: Stage::Held }),
    }
}

fn with_outcome(
    seen: &MeetingState,
    stands: MeetingState,
    told: Outcome,
    today: Day,
) -> Result<(MeetingState, Vec<Clash>), NotSo> {
    let MeetingState::Held(_, now) = &stands else { return Ok((moved(stands, Move::Hold(told), today)?, Vec::new())) };
    let base = seen.outcome();
    let mut clashes = Vec::new();
    let mut pick = |field, base: Option<&str>, now: &str, told: &str| picked(&mut clashes, field, base, now, told);
    let reached = pick(Field::Reached, base.map(|one| one.reached.code()), now.reached.code(), told.reached.code());
    let words = pick(Field::Words, base.map(|one| one.words.as_str()), &now.words, &told.words);
    let next_step = pick(Field::NextStep, base.map(|one| one.next_step.as_str()), &now.next_step, &told.next_step);
    let seen_promises = base.map(|one| &one.commitments[..]).unwrap_or_default();
    let outcome = Outcome {
        reached: GoalReached::coded(&reached).unwrap_or(now.reached),
        words,
        next_step,
        commitments: promises(seen_promises, &now.commitments, told.commitments),
    };
    Ok((moved(stands, Move::Hold(outcome), today)?, clashes))
}

/// What one alone changed is taken; where both did, what stands stays, and the clash is noted. Nothing said is no change.
fn picked(clashes: &mut Vec<Clash>, field: Field, base: Option<&str>, now: &str, told: &str) -> String {
    let (now_trimmed, told_trimmed) = (now.trim(), told.trim());
    let unchanged = base == Some(told) || told_trimmed.is_empty() && base.is_none_or(|base| base.trim().is_empty());
    if now_trimmed == told_trimmed || unchanged {
        return now.to_owned();
    }
    if base == Some(now) || now_trimmed.is_empty() && base.is_none_or(|base| base.trim().is_empty()) {
        return told.to_owned();
    }
    clashes.push(Clash { field, stands: now.to_owned(), told: told.to_owned() });
    now.to_owned()
}

/// Promises of both: those that the later one added, without those that the later one struck out and nobody else touched.
fn promises(seen: &[Commitment], now: &[Commitment], told: Vec<Commitment>) -> Vec<Commitment> {
    let same = |one: &Commitment, other: &Commitment| {
        (one.side, &one.who, &one.what, one.by, &one.trigger)
            == (other.side, &other.who, &other.what, other.by, &other.trigger)
    };
    let struck = |one: &&Commitment| seen.iter().any(|had| same(had, one)) && !told.iter().any(|kept| same(kept, one));
    let mut all: Vec<Commitment> = now.iter().filter(|one| !struck(one)).cloned().collect();
    let added: Vec<Commitment> = told
        .into_iter()
        .filter(|one| !seen.iter().any(|had| same(had, one)) && !now.iter().any(|there| same(there, one)))
        .collect();
    all.extend(added);
    all
}

fn with_time(
    seen: &MeetingState,
    stands: MeetingState,
    begins: Option<TimeOfDay>,
    length: Minutes,
) -> Result<(MeetingState, Vec<Clash>), NotSo> {
    let written = |time: Option<TimeOfDay>| time.map(|time| time.to_string()).unwrap_or_default();
    let (base, now) = (seen.plan(), stands.plan().clone());
    let mut clashes = Vec::new();
    let mut pick = |field, base: &str, now: &str, told: &str| picked(&mut clashes, field, Some(base), now, told);
    let begun = pick(Field::Begins, &written(base.begins), &written(now.begins), &written(begins));
    let lasted = pick(Field::Length, &base.length.0.to_string(), &now.length.0.to_string(), &length.0.to_string());
    let (kept, _) = timed((now.begins, now.length), Field::Begins, &begun);
    let (_, length) = timed((now.begins, now.length), Field::Length, &lasted);
    let state = match stands {
        MeetingState::Held(ready, outcome) => MeetingState::Held(at(ready, kept, length)?, outcome),
        MeetingState::Confirmed(ready) => MeetingState::Confirmed(at(ready, kept, length)?),
        other => return Err(NotSo::WrongStage { from: other.stage(), to: Stage::Held }),
    };
    Ok((state, clashes))
}

fn timed(now: (Option<TimeOfDay>, Minutes), field: Field, value: &str) -> (Option<TimeOfDay>, Minutes) {
    match field {
        Field::Begins => (read_time(value).or(now.0), now.1),
        _ => (now.0, value.parse().ok().filter(|minutes| (1..=1440).contains(minutes)).map_or(now.1, Minutes)),
    }
}

fn read_time(text: &str) -> Option<TimeOfDay> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then(|| TimeOfDay::at(hour, minute))
}

fn at(ready: ReadyMeeting, begins: Option<TimeOfDay>, length: Minutes) -> Result<ReadyMeeting, NotSo> {
    let plan = spelplan_facts::MeetingPlan { begins, length, ..ready.into_plan() };
    plan.ready().map_err(NotSo::Lacks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::{MeetingPlace, MeetingPlan, PamId, PartnerId};

    fn today() -> Day {
        Day::new(2026, 11, 23).expect("a day")
    }

    fn confirmed() -> MeetingState {
        let words = || "x".to_owned();
        let plan = MeetingPlan {
            partner: PartnerId(1),
            pam: PamId(1),
            contact: None,
            day: today(),
            begins: Some(TimeOfDay::at(9, 0)),
            length: Minutes(60),
            place: MeetingPlace::InPerson,
            location: String::new(),
            people: Vec::new(),
            purpose: words(),
            agenda: vec![words()],
            our_goal: words(),
            their_goal: words(),
            template: String::new(),
            season: None,
        };
        MeetingState::Confirmed(plan.ready().expect("whole"))
    }

    fn promise(what: &str) -> Commitment {
        Commitment {
            side: Side::Ours,
            who: "Eva".into(),
            what: what.into(),
            by: today(),
            trigger: String::new(),
            done: None,
        }
    }

    fn outcome(reached: GoalReached, words: &str, next_step: &str, promises: &[&str]) -> Outcome {
        let commitments = promises.iter().map(|what| promise(what)).collect();
        Outcome { reached, words: words.into(), commitments, next_step: next_step.into() }
    }

    fn held(outcome: Outcome) -> MeetingState {
        moved(confirmed(), Move::Hold(outcome), today()).expect("held")
    }

    /// What stands after that was told by somebody who saw that: words, next step, promises, and the fields that clash.
    fn check(seen: &MeetingState, stands: MeetingState, told: Outcome, expected: (&str, &str, &[&str], &[Field])) {
        let (state, clashes) = merged(seen, stands, Wrote::Outcome(told), today()).expect("merged");
        let now = state.outcome().expect("held");
        let promises: Vec<&str> = now.commitments.iter().map(|one| one.what.as_str()).collect();
        let fields: Vec<Field> = clashes.iter().map(|one| one.field).collect();
        assert_eq!((now.words.as_str(), now.next_step.as_str(), &promises[..], &fields[..]), expected);
    }

    use GoalReached::{Partly, Yes};

    #[test]
    fn the_first_outcome_is_taken_whole() {
        check(&confirmed(), confirmed(), outcome(Yes, "a", "b", &["p"]), ("a", "b", &["p"], &[]));
    }

    #[test]
    fn the_same_told_twice_changes_nothing() {
        let told = outcome(Yes, "a", "b", &["p"]);
        check(&confirmed(), held(told.clone()), told, ("a", "b", &["p"], &[]));
    }

    #[test]
    fn different_fields_of_two_devices_are_both_taken() {
        let base = held(outcome(Yes, "a", "b", &[]));
        check(&base, held(outcome(Yes, "new", "b", &[])), outcome(Yes, "a", "later", &[]), ("new", "later", &[], &[]));
    }

    #[test]
    fn one_field_of_two_devices_clashes_and_what_stands_stays() {
        check(
            &confirmed(),
            held(outcome(Yes, "a", "", &["p"])),
            outcome(Partly, "z", "ring", &["q"]),
            ("a", "ring", &["p", "q"], &[Field::Reached, Field::Words]),
        );
    }

    #[test]
    fn a_promise_struck_out_by_one_goes_and_one_added_by_the_other_stays() {
        let base = held(outcome(Yes, "a", "", &["p", "q"]));
        let stands = held(outcome(Yes, "a", "", &["p", "q", "r"]));
        check(&base, stands, outcome(Yes, "a", "", &["q"]), ("a", "", &["q", "r"], &[]));
    }

    #[test]
    fn silence_strikes_out_nothing() {
        check(&confirmed(), held(outcome(Yes, "a", "b", &[])), outcome(Yes, "", "", &[]), ("a", "b", &[], &[]));
    }

    #[test]
    fn what_one_emptied_on_purpose_is_empty() {
        let base = held(outcome(Yes, "a", "b", &[]));
        check(&base, base.clone(), outcome(Yes, "a", "", &[]), ("a", "", &[], &[]));
    }

    #[test]
    fn a_time_is_corrected_after_the_meeting_too_and_clashes_with_another_correction() {
        let base = held(outcome(Yes, "a", "", &[]));
        let wrote = |begins, length| Wrote::Time(Some(begins), Minutes(length));
        let (longer, _) = merged(&base, base.clone(), wrote(TimeOfDay::at(9, 0), 90), today()).expect("timed");
        assert_eq!((longer.plan().length, longer.stage()), (Minutes(90), Stage::Held));
        let (both, clashes) = merged(&base, longer, wrote(TimeOfDay::at(10, 0), 45), today()).expect("timed");
        assert_eq!((both.plan().begins, both.plan().length), (Some(TimeOfDay::at(10, 0)), Minutes(90)));
        let told = Clash { field: Field::Length, stands: "90".into(), told: "45".into() };
        assert_eq!(clashes, [told]);
        let taken = chosen(both, Field::Length, "45", today()).expect("chosen");
        assert_eq!(taken.plan().length, Minutes(45));
    }

    #[test]
    fn a_promise_is_marked_by_its_words_wherever_it_stands() {
        let stands = held(outcome(Yes, "a", "", &["p", "q"]));
        let kept = |what: &str| {
            let wrote = Wrote::Promise { side: Side::Ours, who: "Eva".into(), what: what.into(), done: Some(today()) };
            merged(&stands, stands.clone(), wrote, today())
        };
        let (state, _) = kept("q").expect("kept");
        let done: Vec<bool> = state.outcome().expect("held").commitments.iter().map(|one| one.done.is_some()).collect();
        assert_eq!(done, [false, true]);
        assert_eq!(kept("gone"), Err(NotSo::NoPromise));
    }

    #[test]
    fn a_choice_takes_the_other_value() {
        let stands = held(outcome(Yes, "a", "", &[]));
        let (state, field) = (chosen(stands, Field::Words, "z", today()).expect("chosen"), Field::Words);
        assert_eq!(state.outcome().map(|one| one.words.as_str()), Some("z"), "{field:?}");
    }
}
