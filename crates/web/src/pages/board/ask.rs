//! The forms of the board, taken apart: what is to be changed, what may be touched, where the reader stood.

use spelplan_app::board::BoardQuery;
use spelplan_facts::{Allowance, Day, DayRange, Fixedness, PamId, PartnerId, PlanChange, Text, TimeOfDay};

use crate::failure::Failure;

const NOT_A_CHANGE: Text = Text {
    sv: "Formuläret säger inte vad som ska ändras. Läs in tavlan igen",
    en: "The form does not say what is to be changed. Load the board again",
};

const NOT_A_DAY: Text =
    Text { sv: "Dagar skrivs som 2026-02-03 och tider som 09:30", en: "Days are written 2026-02-03 and times 09:30" };

const BACKWARDS: Text = Text {
    sv: "Slutet ligger före början. Byt plats på dem",
    en: "The end lies before the beginning. Exchange them",
};

/// A form as it was sent.
pub(crate) type Asked = Vec<(String, String)>;

/// Whose week the reader looks at.
pub(crate) fn query(asked: &[(String, String)]) -> BoardQuery {
    let pam = said(asked, "pam").and_then(|word| word.parse().ok()).map(PamId);
    BoardQuery { pam, week: said(asked, "week").and_then(Day::parse) }
}

/// What may be touched.
pub(crate) fn allowance(asked: &[(String, String)]) -> Allowance {
    let ticked = |name: &str| said(asked, name).is_some();
    Allowance {
        next_days: ticked("next_days"),
        fixed_visits: ticked("fixed_visits"),
        fill: !ticked("fill_asked") || ticked("fill"),
    }
}

/// The change that the form asks for.
pub(crate) fn change(asked: &[(String, String)]) -> Result<PlanChange, Failure> {
    let form = Form { asked };
    Ok(match said(asked, "change").unwrap_or_default() {
        "cancel" => PlanChange::Cancel { partner: form.partner("partner")?, day: form.day("day")? },
        "remove" => PlanChange::Remove { partner: form.partner("partner")?, day: form.day("day")? },
        "settle" => PlanChange::Settle { partner: form.partner("partner")?, day: form.day("day")? },
        "ill" => {
            let from = form.day("from")?;
            let to = if said(asked, "to").is_some() { form.day("to")? } else { from };
            (from <= to).then_some(()).ok_or_else(|| Failure::refused("W151", BACKWARDS))?;
            PlanChange::Ill { pam: form.pam()?, days: DayRange { from, to } }
        }
        "snow" => {
            let everybody = said(asked, "everybody").is_some();
            PlanChange::Snow { day: form.day("day")?, pam: if everybody { None } else { Some(form.pam()?) } }
        }
        "appoint" => PlanChange::Appoint {
            partner: form.partner("partner")?,
            day: form.day("day")?,
            begins: form.time("begins")?,
        },
        "book" => {
            let (from, to) = (form.time("from_time")?, form.time("to_time")?);
            (from < to).then_some(()).ok_or_else(|| Failure::refused("W151", BACKWARDS))?;
            let title = said(asked, "title").unwrap_or_default().chars().take(LONGEST_TITLE).collect();
            PlanChange::Book { pam: form.pam()?, day: form.day("day")?, from, to, title }
        }
        "move" => PlanChange::Move {
            partner: form.partner("partner")?,
            from: form.day("day")?,
            to: form.day("to")?,
            position: form.position(),
        },
        "swap" => {
            let (partner, day) =
                said(asked, "other").and_then(|other| other.split_once('@')).ok_or_else(not_a_change)?;
            let partner = partner.parse().map(PartnerId).map_err(|_| not_a_change())?;
            let other = (partner, Day::parse(day).ok_or_else(not_a_change)?);
            PlanChange::Swap { one: (form.partner("partner")?, form.day("day")?), other }
        }
        "fix" => {
            let fixedness = said(asked, "fixedness").and_then(Fixedness::coded).ok_or_else(not_a_change)?;
            PlanChange::Fix { partner: form.partner("partner")?, day: form.day("day")?, fixedness }
        }
        "place" => {
            let day = if said(asked, "to").is_some() { Some(form.day("to")?) } else { None };
            PlanChange::Place { partner: form.partner("partner")?, day, position: form.position() }
        }
        _ => return Err(not_a_change()),
    })
}

/// Longest title of a booking.
const LONGEST_TITLE: usize = 120;

/// A field that is filled in.
pub(crate) fn said<'a>(asked: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim());
    found.filter(|value| !value.is_empty())
}

fn not_a_change() -> Failure {
    Failure::refused("W150", NOT_A_CHANGE)
}

struct Form<'a> {
    asked: &'a [(String, String)],
}

impl Form<'_> {
    fn partner(&self, name: &str) -> Result<PartnerId, Failure> {
        said(self.asked, name).and_then(|word| word.parse().ok()).map(PartnerId).ok_or_else(not_a_change)
    }

    fn pam(&self) -> Result<PamId, Failure> {
        said(self.asked, "pam").and_then(|word| word.parse().ok()).map(PamId).ok_or_else(not_a_change)
    }

    fn day(&self, name: &str) -> Result<Day, Failure> {
        let day = said(self.asked, name).and_then(Day::parse);
        day.ok_or_else(|| Failure::refused("W152", NOT_A_DAY))
    }

    fn time(&self, name: &str) -> Result<TimeOfDay, Failure> {
        let parts = said(self.asked, name).and_then(|word| word.split_once([':', '.']));
        let time = parts.and_then(|(hour, minute)| Some((hour.parse::<i32>().ok()?, minute.parse::<i32>().ok()?)));
        let sane = time.filter(|(hour, minute)| (0..24).contains(hour) && (0..60).contains(minute));
        sane.map(|(hour, minute)| TimeOfDay::at(hour, minute)).ok_or_else(|| Failure::refused("W152", NOT_A_DAY))
    }

    fn position(&self) -> Option<usize> {
        said(self.asked, "position").and_then(|word| word.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, expected: Option<PlanChange>) {
        let asked: Vec<(String, String)> = crate::addresses::pairs(form);
        assert_eq!(change(&asked).ok(), expected, "{form}");
    }

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn forms_become_changes() {
        let (partner, on, to) = (PartnerId(7), day("2026-02-03"), day("2026-02-05"));
        check("change=cancel&partner=7&day=2026-02-03", Some(PlanChange::Cancel { partner, day: on }));
        check(
            "change=move&partner=7&day=2026-02-03&to=2026-02-05&position=2",
            Some(PlanChange::Move { partner, from: on, to, position: Some(2) }),
        );
        check(
            "change=swap&partner=7&day=2026-02-03&other=9%402026-02-05",
            Some(PlanChange::Swap { one: (partner, on), other: (PartnerId(9), to) }),
        );
        check(
            "change=ill&pam=1&from=2026-02-03",
            Some(PlanChange::Ill { pam: PamId(1), days: DayRange { from: on, to: on } }),
        );
        check("change=snow&pam=1&day=2026-02-03&everybody=1", Some(PlanChange::Snow { day: on, pam: None }));
        check(
            "change=appoint&partner=7&day=2026-02-03&begins=09%3A30",
            Some(PlanChange::Appoint { partner, day: on, begins: TimeOfDay::at(9, 30) }),
        );
        check(
            "change=fix&partner=7&day=2026-02-03&fixedness=locked",
            Some(PlanChange::Fix { partner, day: on, fixedness: Fixedness::Locked }),
        );
        check("change=place&partner=7", Some(PlanChange::Place { partner, day: None, position: None }));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for form in [
            "",
            "change=cancel&partner=x&day=2026-02-03",
            "change=cancel&partner=7&day=tomorrow",
            "change=ill&pam=1&from=2026-02-05&to=2026-02-03",
            "change=book&pam=1&day=2026-02-03&from_time=10:00&to_time=09:00",
            "change=appoint&partner=7&day=2026-02-03&begins=25:00",
            "change=swap&partner=7&day=2026-02-03&other=9",
        ] {
            check(form, None);
        }
    }

    #[test]
    fn gaps_are_filled_unless_the_box_was_there_and_empty() {
        let fill = |form: &str| allowance(&crate::addresses::pairs(form)).fill;
        assert_eq!([fill("x=1"), fill("fill_asked=1&fill=1"), fill("fill_asked=1")], [true, true, false]);
    }
}
