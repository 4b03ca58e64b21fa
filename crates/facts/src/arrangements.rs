//! What people have arranged about a season plan beyond the plan itself: how fixed each visit is, when nobody drives, what
//! else a PAM is booked for, and which partners cannot receive on which days.

use std::collections::BTreeSet;

use crate::{Day, DayRange, PamId, PartnerId, SeasonPlan, Text, TimeOfDay};

/// How fixed a planned visit is; on screen, the darker the more fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Fixedness {
    /// A suggestion of the plan's own: may move, may fall out.
    #[default]
    Suggested,
    /// Promised for that week: may move to other days of it.
    Week,
    /// Promised for that day: may move within it.
    Day,
    /// Kept by whoever plans: neither day nor time moves.
    Locked,
    /// Agreed with the partner: neither day nor time moves.
    Confirmed,
}

impl Fixedness {
    /// From free to fixed.
    pub const ALL: [Fixedness; 5] = [Self::Suggested, Self::Week, Self::Day, Self::Locked, Self::Confirmed];

    /// Stable word for files, forms and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Week => "week",
            Self::Day => "day",
            Self::Locked => "locked",
            Self::Confirmed => "confirmed",
        }
    }

    /// The one with that code.
    pub fn coded(code: &str) -> Option<Fixedness> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Suggested => Text { sv: "förslag", en: "suggestion" },
            Self::Week => Text { sv: "lovad veckan", en: "promised for the week" },
            Self::Day => Text { sv: "lovad dagen", en: "promised for the day" },
            Self::Locked => Text { sv: "låst", en: "locked" },
            Self::Confirmed => Text { sv: "bekräftad", en: "confirmed" },
        }
    }

    /// The days within which a visit so fixed to that day is where it was promised: its week, or the day alone.
    pub fn days(self, day: Day) -> DayRange {
        match self {
            Self::Week => DayRange { from: day.monday(), to: day.monday().plus(6) },
            _ => DayRange { from: day, to: day },
        }
    }

    /// Neither day nor time may move.
    pub fn is_pinned(self) -> bool {
        self >= Self::Locked
    }
}

/// A visit of the plan that is more than a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FixedVisit {
    /// At whose place.
    pub partner: PartnerId,
    /// When.
    pub day: Day,
    /// How fixed.
    pub fixedness: Fixedness,
}

/// Days on which a PAM does not drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hindrance {
    /// Who.
    pub pam: PamId,
    /// When.
    pub days: DayRange,
    /// Why.
    pub kind: HindranceKind,
}

/// Why a PAM does not drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HindranceKind {
    /// Ill.
    Ill,
    /// Snow, storm or closed roads.
    Snow,
}

impl HindranceKind {
    /// Stable word for files, forms and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ill => "ill",
            Self::Snow => "snow",
        }
    }

    /// The one with that code.
    pub fn coded(code: &str) -> Option<HindranceKind> {
        [Self::Ill, Self::Snow].into_iter().find(|one| one.code() == code)
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Ill => Text { sv: "sjuk", en: "ill" },
            Self::Snow => Text { sv: "oväder", en: "snow day" },
        }
    }
}

/// A time that a PAM is booked for by somebody else: the plan goes around it, neither driving nor visiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Whose.
    pub pam: PamId,
    /// When.
    pub day: Day,
    /// It begins.
    pub from: TimeOfDay,
    /// It ends.
    pub to: TimeOfDay,
    /// What it is; may be empty.
    pub title: String,
}

/// A partner that is not to be visited on some days of the season: it called off, or somebody took the visit out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOn {
    /// Whom.
    pub partner: PartnerId,
    /// When.
    pub days: DayRange,
}

/// Everything arranged about one version of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrangements {
    /// Visits that are more than suggestions, by partner then day.
    pub visits: Vec<FixedVisit>,
    /// When nobody drives.
    pub hindrances: Vec<Hindrance>,
    /// What PAMs are booked for.
    pub appointments: Vec<Appointment>,
    /// Who cannot be visited when.
    pub not_on: Vec<NotOn>,
}

impl Arrangements {
    /// How fixed the visit to that partner on that day is.
    pub fn of(&self, partner: PartnerId, day: Day) -> Fixedness {
        let found = self.visits.iter().find(|visit| visit.partner == partner && visit.day == day);
        found.map_or(Fixedness::Suggested, |visit| visit.fixedness)
    }

    /// Says how fixed a visit is.
    pub fn fix(&mut self, partner: PartnerId, day: Day, fixedness: Fixedness) {
        self.visits.retain(|visit| (visit.partner, visit.day) != (partner, day));
        if fixedness != Fixedness::Suggested {
            self.visits.push(FixedVisit { partner, day, fixedness });
            self.visits.sort();
        }
    }

    /// Is the PAM kept from driving that day?
    pub fn hindered(&self, pam: PamId, day: Day) -> Option<HindranceKind> {
        let found = self.hindrances.iter().find(|one| one.pam == pam && one.days.contains(day));
        found.map(|one| one.kind)
    }

    /// The same about another plan of these weeks: a visit promised for a week is on the day of it that it got, and what that
    /// plan does not hold is promised no more.
    pub fn on(&self, plan: &SeasonPlan) -> Arrangements {
        let visited: BTreeSet<(PartnerId, Day)> =
            plan.days.iter().flat_map(|day| day.stops.iter().map(|stop| (stop.partner, day.day))).collect();
        let there = |visit: &FixedVisit| {
            let is_on = |day: &Day| visited.contains(&(visit.partner, *day));
            let day = std::iter::once(visit.day).chain(visit.fixedness.days(visit.day).days()).find(is_on)?;
            Some(FixedVisit { day, ..*visit })
        };
        let mut visits: Vec<FixedVisit> = self.visits.iter().filter_map(there).collect();
        visits.sort();
        Arrangements { visits, ..self.clone() }
    }

    /// May the partner be visited that day, as far as people have said?
    pub fn allows(&self, partner: PartnerId, day: Day) -> bool {
        !self.not_on.iter().any(|one| one.partner == partner && one.days.contains(day))
    }
}

/// A visit that was promised in a plan and that the plan made anew for its weeks could not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenPromise {
    /// To whom.
    pub partner: PartnerId,
    /// For which day.
    pub day: Day,
    /// When it was to begin.
    pub begins: TimeOfDay,
    /// How fixed it was.
    pub fixedness: Fixedness,
    /// Stable code of what stood in the way.
    pub why: String,
}

/// One version of a plan with what is arranged about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrangedPlan {
    /// The plan.
    pub plan: SeasonPlan,
    /// What people have arranged.
    pub arrangements: Arrangements,
}
