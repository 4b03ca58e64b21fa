//! A PAM's week: the time there is, and the parts it goes to.

use spelplan_facts::{Day, DayRange, Facts, Minutes, PamId, SeasonPlan, Text, Touch};

use crate::assumptions::{Assumption, Assumptions};
use crate::{field, office};

/// What time goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeClass {
    /// Visits and the driving between them.
    Field,
    /// Before and after meetings, at the desk.
    Preparation,
    /// Calls, mails, video.
    Digital,
    /// What the PAM's own calendar is taken by, and what the PAM says.
    Administration,
}

impl TimeClass {
    /// Every class, in the order shown.
    pub const ALL: [TimeClass; 4] = [Self::Field, Self::Preparation, Self::Digital, Self::Administration];

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Preparation => "preparation",
            Self::Digital => "digital",
            Self::Administration => "administration",
        }
    }

    /// The class of that word.
    pub fn coded(code: &str) -> Option<TimeClass> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Field => Text { sv: "Fält", en: "Field" },
            Self::Preparation => Text { sv: "Förberedelse", en: "Preparation" },
            Self::Digital => Text { sv: "Digitalt", en: "Digital" },
            Self::Administration => Text { sv: "Administration", en: "Administration" },
        }
    }
}

/// What a part of a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Visits of the plan, as long as planned.
    PlannedVisits,
    /// Drives of the plan.
    PlannedDrives,
    /// Visits that no plan holds.
    OtherVisits,
    /// Driving to those, assumed.
    OtherDrives,
    /// Desk time that the plan reserves, before and after a season.
    PlannedDesk,
    /// Preparing and following up other meetings, assumed.
    OtherDesk,
    /// Touches from afar that were made.
    Touches,
    /// Video meetings.
    Video,
    /// Touches from afar that the plan has time for, ahead.
    PlannedTouches,
    /// Taken by the PAM's own calendar, outside visits and meetings.
    Busy,
    /// As the PAM has corrected it.
    Corrected,
}

/// A part of a class in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Of which class.
    pub class: TimeClass,
    /// What it is.
    pub kind: PartKind,
    /// How many of them.
    pub count: usize,
    /// How long together; a correction may be negative.
    pub time: Minutes,
}

/// A PAM's own word: so much more or less in a class of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The week's Monday.
    pub monday: Day,
    /// Which class.
    pub class: TimeClass,
    /// More, or less.
    pub time: Minutes,
}

/// What the hours are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// What is known.
    pub facts: &'a Facts,
    /// Touches after the day that the facts are of.
    pub later: &'a [Touch],
    /// Plans that hold.
    pub plans: &'a [SeasonPlan],
    /// Days on which the PAM works, in order: no weekend, holiday or absence.
    pub working_days: &'a [Day],
    /// The PAM's own words.
    pub corrections: &'a [Correction],
    /// What is assumed.
    pub assumptions: &'a Assumptions,
    /// On this day: before it counts what happened, from it on what is planned.
    pub today: Day,
}

/// A week of a PAM's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub monday: Day,
    /// The time there is: working days times a day's length.
    pub there_is: Minutes,
    /// Where it goes.
    pub parts: Vec<Part>,
}

impl Week {
    /// The time of a class; never below nought.
    pub fn time(&self, class: TimeClass) -> Minutes {
        self.parts.iter().filter(|part| part.class == class).map(|part| part.time).sum::<Minutes>().max(Minutes::ZERO)
    }

    /// All that is accounted for.
    pub fn known(&self) -> Minutes {
        TimeClass::ALL.into_iter().map(|class| self.time(class)).sum()
    }

    /// What nobody knows; nought where more is accounted for than there is.
    pub fn unknown(&self) -> Minutes {
        (self.there_is - self.known()).max(Minutes::ZERO)
    }

    /// What goes beyond the time there is.
    pub fn beyond(&self) -> Minutes {
        (self.known() - self.there_is).max(Minutes::ZERO)
    }
}

/// A PAM's weeks: every one that begins in that range.
pub fn weeks(pam: PamId, range: DayRange, sources: Sources<'_>) -> Vec<Week> {
    let mondays = range.days().filter(|day| *day == day.monday());
    mondays.map(|monday| week(pam, monday, sources)).collect()
}

fn week(pam: PamId, monday: Day, sources: Sources<'_>) -> Week {
    let days = DayRange { from: monday, to: monday.plus(6) };
    let mut parts = field::parts(pam, days, sources);
    parts.extend(office::parts(pam, days, sources));
    let own = sources.corrections.iter().filter(|one| one.monday == monday);
    for class in TimeClass::ALL {
        let (count, time) = own
            .clone()
            .filter(|one| one.class == class)
            .fold((0, Minutes::ZERO), |(count, time), one| (count + 1, time + one.time));
        parts.push(Part { class, kind: PartKind::Corrected, count, time });
    }
    parts.retain(|part| part.count > 0 || part.time != Minutes::ZERO);
    let working = sources.working_days.iter().filter(|day| days.contains(**day)).count() as i32;
    let there_is = Minutes(working * sources.assumptions.minutes(Assumption::WorkingDay).0);
    Week { monday, there_is, parts }
}
