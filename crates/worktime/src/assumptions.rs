//! What is assumed where nothing tells: minutes that a manager may change, each with its words.

use std::collections::BTreeMap;

use spelplan_facts::{Minutes, Text};

/// Minutes that are assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumption {
    /// A working day.
    WorkingDay,
    /// Driving there and back for a visit that no plan holds.
    DriveOutside,
    /// Writing minutes for both sides by hand.
    Minutes,
    /// Writing an invitation or a cancellation with its calendar entry by hand.
    Invitation,
    /// Thinking out purpose, agenda and goals from nothing.
    Draft,
    /// Gathering a partner's figures before a meeting.
    Briefing,
    /// Finding a day, an hour and a route for a visit.
    Stop,
    /// Writing up again at the desk what was noted on the road.
    Offline,
    /// Finding whom to be in touch with, and logging it.
    Touch,
}

/// The minutes that hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assumptions(BTreeMap<Assumption, Minutes>);

impl Assumption {
    /// Every one, in the order shown.
    pub const ALL: [Assumption; 9] = [
        Self::WorkingDay,
        Self::DriveOutside,
        Self::Minutes,
        Self::Invitation,
        Self::Draft,
        Self::Briefing,
        Self::Stop,
        Self::Offline,
        Self::Touch,
    ];

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::WorkingDay => "working-day",
            Self::DriveOutside => "drive-outside",
            Self::Minutes => "minutes",
            Self::Invitation => "invitation",
            Self::Draft => "draft",
            Self::Briefing => "briefing",
            Self::Stop => "stop",
            Self::Offline => "offline",
            Self::Touch => "touch",
        }
    }

    /// The one of that word.
    pub fn coded(code: &str) -> Option<Assumption> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What holds until somebody says otherwise. Nobody has measured these: they are modest guesses, to be replaced by your own.
    pub fn default_minutes(self) -> Minutes {
        Minutes(match self {
            Self::WorkingDay => 8 * 60,
            Self::DriveOutside => 60,
            Self::Minutes => 15,
            Self::Invitation => 5,
            Self::Draft => 10,
            Self::Briefing => 20,
            Self::Stop => 5,
            Self::Offline => 3,
            Self::Touch => 2,
        })
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::WorkingDay => Text { sv: "en arbetsdag", en: "a working day" },
            Self::DriveOutside => Text {
                sv: "körning fram och åter för ett besök utanför planen",
                en: "driving there and back for a visit outside the plan",
            },
            Self::Minutes => Text {
                sv: "skriva anteckningar till båda sidor för hand",
                en: "writing minutes for both sides by hand",
            },
            Self::Invitation => Text {
                sv: "skriva en inbjudan eller ett återbud med kalenderpost",
                en: "writing an invitation or a cancellation with its calendar entry",
            },
            Self::Draft => Text {
                sv: "tänka ut syfte, agenda och mål från noll",
                en: "thinking out purpose, agenda and goals from nothing",
            },
            Self::Briefing => Text {
                sv: "samla en partners siffror inför ett möte",
                en: "gathering a partner's figures before a meeting",
            },
            Self::Stop => Text {
                sv: "hitta dag, tid och väg för ett besök",
                en: "finding a day, an hour and a route for a visit",
            },
            Self::Offline => Text {
                sv: "skriva in igen vid skrivbordet det som antecknats på vägen",
                en: "writing up again at the desk what was noted on the road",
            },
            Self::Touch => Text {
                sv: "hitta vem som ska kontaktas, och logga det",
                en: "finding whom to be in touch with, and logging it",
            },
        }
    }
}

impl Assumptions {
    /// Those, and the defaults for the others.
    pub fn with(told: impl IntoIterator<Item = (Assumption, Minutes)>) -> Assumptions {
        Assumptions(told.into_iter().collect())
    }

    /// The minutes that hold.
    pub fn minutes(&self, of: Assumption) -> Minutes {
        self.0.get(&of).copied().unwrap_or_else(|| of.default_minutes())
    }
}
