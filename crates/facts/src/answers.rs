//! What managers answer about a segment, in the units they answer in: a typical partner whose sales today are 100.
//! An answer that cannot be meant (a number out of its range, limits that do not hold the answer) cannot be built;
//! answers that contradict each other can, and are flagged where they are read.

/// One number that is asked for. Questions 7 and 8 ask for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Visits a year the typical partner gets today.
    VisitsYear,
    /// 1: sales a year after the last visit and touch.
    Without,
    /// 2: sales with half the visits.
    Half,
    /// 3: sales with half as many visits again.
    More,
    /// 4: sales with as many good visits as can be wished for.
    Saturation,
    /// 5: months of silence until half of what the relationship sells is gone.
    SilentMonths,
    /// 6: the same with two personal digital touches a month.
    DigitalMonths,
    /// 7: per cent of a visit's effect that a good video meeting has with somebody met before.
    VideoMet,
    /// 7: the same with somebody never met.
    VideoUnmet,
    /// 8: one time in ten question 1 ends lower.
    WithoutLow,
    /// 8: one time in ten question 1 ends higher.
    WithoutHigh,
    /// 8: one time in ten question 4 ends lower.
    SaturationLow,
    /// 8: one time in ten question 4 ends higher.
    SaturationHigh,
}

/// Everything one person says about one segment, once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answers {
    numbers: [f64; 13],
    /// The first visits do nothing: sales answer only once the relationship is there.
    pub slow_start: bool,
}

/// Why something cannot be an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongAnswer {
    /// There is none.
    Missing,
    /// It lies outside [`Question::range`].
    OutOfRange,
    /// The limits of question 8 do not hold the answer they are of.
    LimitsOutside,
}

/// Answers as they are kept: appended, never changed.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenAnswers {
    /// Who answered, as they wrote their name.
    pub person: String,
    /// About which segment of partners.
    pub segment: String,
    /// 1 for the first time, 2 once they have seen the others' and thought again.
    pub round: u32,
    /// When (RFC 3339).
    pub at: String,
    /// What they said.
    pub answers: Answers,
}

impl GivenAnswers {
    /// Are they by the person of that name, however they wrote it?
    pub fn is_by(&self, name: &str) -> bool {
        self.person.trim().to_lowercase() == name.trim().to_lowercase()
    }
}

impl Question {
    /// Every one, in the order asked.
    pub const ALL: [Question; 13] = [
        Self::VisitsYear,
        Self::Without,
        Self::Half,
        Self::More,
        Self::Saturation,
        Self::SilentMonths,
        Self::DigitalMonths,
        Self::VideoMet,
        Self::VideoUnmet,
        Self::WithoutLow,
        Self::WithoutHigh,
        Self::SaturationLow,
        Self::SaturationHigh,
    ];

    /// Stable word for forms, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::VisitsYear => "visits-year",
            Self::Without => "without",
            Self::Half => "half",
            Self::More => "more",
            Self::Saturation => "saturation",
            Self::SilentMonths => "silent-months",
            Self::DigitalMonths => "digital-months",
            Self::VideoMet => "video-met",
            Self::VideoUnmet => "video-unmet",
            Self::WithoutLow => "without-low",
            Self::WithoutHigh => "without-high",
            Self::SaturationLow => "saturation-low",
            Self::SaturationHigh => "saturation-high",
        }
    }

    /// The question with that code.
    pub fn coded(code: &str) -> Option<Question> {
        Self::ALL.into_iter().find(|question| question.code() == code)
    }

    /// Least and most that can be meant.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::VisitsYear => (0.5, 52.0),
            Self::Without | Self::WithoutLow | Self::WithoutHigh => (0.0, 150.0),
            Self::Half | Self::More => (0.0, 300.0),
            Self::Saturation | Self::SaturationLow | Self::SaturationHigh => (0.0, 1000.0),
            Self::SilentMonths | Self::DigitalMonths => (0.25, 120.0),
            Self::VideoMet | Self::VideoUnmet => (0.0, 150.0),
        }
    }
}

impl Answers {
    /// The answers, or everything that is wrong with them.
    pub fn new(given: &[(Question, f64)], slow_start: bool) -> Result<Answers, Vec<(Question, WrongAnswer)>> {
        let said = |question: Question| given.iter().find(|(one, _)| *one == question).map(|(_, number)| *number);
        let wrong = |question: Question| {
            let Some(number) = said(question) else { return Some((question, WrongAnswer::Missing)) };
            let (least, most) = question.range();
            (!(least..=most).contains(&number)).then_some((question, WrongAnswer::OutOfRange))
        };
        let mut wrongs: Vec<_> = Question::ALL.into_iter().filter_map(wrong).collect();
        for (low, answer, high) in [
            (Question::WithoutLow, Question::Without, Question::WithoutHigh),
            (Question::SaturationLow, Question::Saturation, Question::SaturationHigh),
        ] {
            let known = [low, answer, high].map(said);
            if let [Some(lowest), Some(number), Some(highest)] = known {
                if lowest > number {
                    wrongs.push((low, WrongAnswer::LimitsOutside));
                }
                if number > highest {
                    wrongs.push((high, WrongAnswer::LimitsOutside));
                }
            }
        }
        if wrongs.is_empty() {
            let numbers = Question::ALL.map(|question| said(question).unwrap_or_default());
            return Ok(Answers { numbers, slow_start });
        }
        Err(wrongs)
    }

    /// The answer to a question, in its own unit.
    pub fn get(&self, question: Question) -> f64 {
        self.numbers[question as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [f64; 13] = [4.0, 77.5, 90.0, 106.0, 130.0, 6.0, 10.0, 30.0, 10.0, 65.0, 85.0, 115.0, 160.0];

    fn check(changed: &[(Question, f64)], expected: &[(Question, WrongAnswer)]) {
        let mut given: Vec<(Question, f64)> = Question::ALL.into_iter().zip(GOOD).collect();
        for (question, number) in changed {
            given[*question as usize].1 = *number;
        }
        given.retain(|(_, number)| *number != -1.0);
        match Answers::new(&given, false) {
            Ok(answers) => {
                assert!(expected.is_empty(), "{changed:?} should be wrong");
                assert!(given.iter().all(|(question, number)| answers.get(*question) == *number));
            }
            Err(wrongs) => assert_eq!(wrongs, expected, "{changed:?}"),
        }
    }

    #[test]
    fn answers_that_cannot_be_meant_are_told_one_by_one() {
        check(&[], &[]);
        check(&[(Question::Half, -1.0)], &[(Question::Half, WrongAnswer::Missing)]);
        check(&[(Question::VisitsYear, 0.0)], &[(Question::VisitsYear, WrongAnswer::OutOfRange)]);
        check(&[(Question::SilentMonths, f64::NAN)], &[(Question::SilentMonths, WrongAnswer::OutOfRange)]);
        check(&[(Question::WithoutLow, 80.0)], &[(Question::WithoutLow, WrongAnswer::LimitsOutside)]);
        check(&[(Question::SaturationHigh, 120.0)], &[(Question::SaturationHigh, WrongAnswer::LimitsOutside)]);
    }

    #[test]
    fn every_question_is_found_by_its_code() {
        assert!(Question::ALL.into_iter().all(|question| Question::coded(question.code()) == Some(question)));
        assert!(Question::ALL.into_iter().enumerate().all(|(at, question)| question as usize == at));
    }
}
