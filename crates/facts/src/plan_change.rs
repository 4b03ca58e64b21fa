//! What somebody asks to be changed in a season plan, and what they allow to be touched on the way.

use crate::{Day, DayRange, Fixedness, PamId, PartnerId, Text, TimeOfDay};

/// One change that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanChange {
    /// The partner called a visit off; another day is looked for, and the gap is filled.
    Cancel {
        /// Who called off.
        partner: PartnerId,
        /// Which day.
        day: Day,
    },
    /// A PAM is ill.
    Ill {
        /// Who.
        pam: PamId,
        /// How long.
        days: DayRange,
    },
    /// Snow: nobody drives, or one PAM does not.
    Snow {
        /// When.
        day: Day,
        /// Who; `None` is everybody.
        pam: Option<PamId>,
    },
    /// A meeting at a partner that somebody else has fixed.
    Appoint {
        /// Whom to visit.
        partner: PartnerId,
        /// When.
        day: Day,
        /// It begins.
        begins: TimeOfDay,
    },
    /// A time that a PAM is booked for otherwise.
    Book {
        /// Who.
        pam: PamId,
        /// When.
        day: Day,
        /// From.
        from: TimeOfDay,
        /// Until.
        to: TimeOfDay,
        /// What it is; may be empty.
        title: String,
    },
    /// A visit moves to another day, or to another place within the day.
    Move {
        /// Which visit.
        partner: PartnerId,
        /// Its day.
        from: Day,
        /// The day it moves to.
        to: Day,
        /// Its place among that day's visits, from 0; `None` is wherever it fits best.
        position: Option<usize>,
    },
    /// Two visits of one PAM change places.
    Swap {
        /// One visit.
        one: (PartnerId, Day),
        /// The other.
        other: (PartnerId, Day),
    },
    /// A visit is locked, confirmed, promised, or let go.
    Fix {
        /// Which visit.
        partner: PartnerId,
        /// Its day.
        day: Day,
        /// How fixed it is from now on.
        fixedness: Fixedness,
    },
    /// A visit is taken out and stays out.
    Remove {
        /// Which visit.
        partner: PartnerId,
        /// Its day.
        day: Day,
    },
    /// A partner that was left out is put in.
    Place {
        /// Whom.
        partner: PartnerId,
        /// On that day; `None` is wherever it brings most.
        day: Option<Day>,
        /// Its place among that day's visits, from 0; `None` is wherever it fits best.
        position: Option<usize>,
    },
    /// A promise that the plan had to break has been settled with the partner: it is told no more, and no later plan tries to
    /// keep it. No visit changes.
    Settle {
        /// With whom.
        partner: PartnerId,
        /// The day that had been promised.
        day: Day,
    },
}

impl PlanChange {
    /// Stable word for forms and the database.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Cancel { .. } => "cancel",
            Self::Ill { .. } => "ill",
            Self::Snow { .. } => "snow",
            Self::Appoint { .. } => "appoint",
            Self::Book { .. } => "book",
            Self::Move { .. } => "move",
            Self::Swap { .. } => "swap",
            Self::Fix { .. } => "fix",
            Self::Remove { .. } => "remove",
            Self::Place { .. } => "place",
            Self::Settle { .. } => "settle",
        }
    }

    /// For people.
    pub fn text(&self) -> Text {
        match self {
            Self::Cancel { .. } => Text { sv: "besök inställt", en: "visit called off" },
            Self::Ill { .. } => Text { sv: "PAM sjuk", en: "PAM ill" },
            Self::Snow { .. } => Text { sv: "oväder", en: "snow day" },
            Self::Appoint { .. } => Text { sv: "ny bokad tid hos partner", en: "new appointment at a partner" },
            Self::Book { .. } => Text { sv: "PAM upptagen", en: "PAM booked" },
            Self::Move { .. } => Text { sv: "besök flyttat", en: "visit moved" },
            Self::Swap { .. } => Text { sv: "besök bytte plats", en: "visits swapped" },
            Self::Fix { .. } => Text { sv: "besökets låsning ändrad", en: "visit locked or let go" },
            Self::Remove { .. } => Text { sv: "besök borttaget", en: "visit taken out" },
            Self::Place { .. } => Text { sv: "partner insatt", en: "partner put in" },
            Self::Settle { .. } => Text { sv: "brutet löfte avklarat", en: "broken promise settled" },
        }
    }
}

/// What a change may touch on its way, and whether gaps are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Visits of today and the next two days may be touched.
    pub next_days: bool,
    /// Locked and confirmed visits may be moved, by the change itself.
    pub fixed_visits: bool,
    /// Gaps are filled with the best partners on the way.
    pub fill: bool,
}

impl Default for Allowance {
    fn default() -> Allowance {
        Allowance { next_days: false, fixed_visits: false, fill: true }
    }
}
