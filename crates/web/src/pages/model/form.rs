//! The form of the managers' questions, taken apart: numbers as people write them, and everything that is wrong at once.

use spelplan_facts::{Answers, Question, Text, WrongAnswer};

use super::said;

/// A field that is wrong, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrongField {
    /// Its name in the form.
    pub field: &'static str,
    /// Why, and what to do.
    pub why: Text,
}

/// The code of answers that cannot be read.
pub(crate) const CODE: &str = "W140";

/// Longest name of a person.
const LONGEST_NAME: usize = 80;

const NO_NAME: Text =
    Text { sv: "Skriv vem som svarar, med högst 80 tecken", en: "Write who answers, in at most 80 characters" };
const MISSING: Text = Text { sv: "Skriv ett tal", en: "Write a number" };
const NOT_A_NUMBER: Text =
    Text { sv: "Skriv bara ett tal, som 85 eller 2,5", en: "Write only a number, such as 85 or 2.5" };
const LIMITS_OUTSIDE: Text = Text {
    sv: "Svaret ligger utanför sin egen gräns. Ändra gränsen eller svaret",
    en: "The answer lies outside its own limit. Change the limit or the answer",
};

/// The answers, or every field that is wrong.
pub(crate) fn answers(given: &[(String, String)]) -> Result<Answers, Vec<WrongField>> {
    let mut wrongs = Vec::new();
    let name = said(given, "person");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        wrongs.push(WrongField { field: "person", why: NO_NAME });
    }
    let mut numbers = Vec::new();
    for question in Question::ALL {
        let written = said(given, question.code());
        match number(written) {
            Some(number) => numbers.push((question, number)),
            None if written.is_empty() => {}
            None => wrongs.push(WrongField { field: question.code(), why: NOT_A_NUMBER }),
        }
    }
    let slow_start = !said(given, "slow-start").is_empty();
    let unread: Vec<&str> = wrongs.iter().map(|wrong| wrong.field).collect();
    match Answers::new(&numbers, slow_start) {
        Ok(answers) if wrongs.is_empty() => return Ok(answers),
        Ok(_) => {}
        Err(more) => {
            let more = more.into_iter().filter(|(question, _)| !unread.contains(&question.code()));
            let more: Vec<WrongField> = more
                .map(|(question, wrong)| WrongField { field: question.code(), why: why(question, wrong) })
                .collect();
            wrongs.extend(more);
        }
    }
    Err(wrongs)
}

fn why(question: Question, wrong: WrongAnswer) -> Text {
    match wrong {
        WrongAnswer::Missing => MISSING,
        WrongAnswer::LimitsOutside => LIMITS_OUTSIDE,
        WrongAnswer::OutOfRange => range(question),
    }
}

/// What a field may hold; kept beside [`Question::range`] by a test.
pub(crate) fn range(question: Question) -> Text {
    match question.range() {
        (0.5, 52.0) => Text { sv: "Mellan 0,5 och 52 besök om året", en: "Between 0.5 and 52 visits a year" },
        (0.25, 120.0) => Text { sv: "Mellan 0,25 och 120 månader", en: "Between 0.25 and 120 months" },
        (0.0, 150.0) => Text { sv: "Mellan 0 och 150", en: "Between 0 and 150" },
        (0.0, 300.0) => Text { sv: "Mellan 0 och 300", en: "Between 0 and 300" },
        _ => Text { sv: "Mellan 0 och 1000", en: "Between 0 and 1000" },
    }
}

/// A number as people write it: decimal comma or point, spaces, a per cent sign after it.
fn number(written: &str) -> Option<f64> {
    let plain: String = written.trim_end_matches('%').chars().filter(|sign| !sign.is_whitespace()).collect();
    plain.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [&str; 13] = ["4", "77,5", "90", "106", "130", "6", "10", "30 %", "10", "65", "85", "115", "160"];

    fn check(changed: &[(&str, &str)], expected: &[&str]) {
        let names = Question::ALL.map(|question| question.code());
        let mut given: Vec<(String, String)> =
            names.into_iter().zip(GOOD).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        given.push(("person".to_owned(), "Åsa".to_owned()));
        for (name, value) in changed {
            given.retain(|pair| pair.0 != *name);
            given.push((name.to_string(), value.to_string()));
        }
        let wrong: Vec<&str> = answers(&given).err().unwrap_or_default().iter().map(|wrong| wrong.field).collect();
        assert_eq!(wrong, expected, "{changed:?}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them_and_every_wrong_one_is_named() {
        check(&[], &[]);
        check(&[("half", "90.5"), ("saturation-high", "1 000")], &[]);
        check(&[("half", "många"), ("more", ""), ("person", " ")], &["person", "half", "more"]);
        check(&[("silent-months", "0"), ("without-low", "80")], &["silent-months", "without-low"]);
        check(&[("half", "inf")], &["half"]);
    }

    #[test]
    fn every_range_is_said_as_it_is() {
        for question in Question::ALL {
            let (least, most) = question.range();
            let words = range(question).en;
            assert!(
                words.contains(&format!(" {least} ")) && words.contains(&format!(" {most}")),
                "{question:?}: {words}"
            );
        }
    }
}
