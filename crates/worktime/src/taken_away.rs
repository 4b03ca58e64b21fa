//! Administration that somebody did not have to do: what was made here, counted, times minutes that are assumed. Only what was used is counted,
//! and nothing of it is measured.

use spelplan_facts::{Minutes, Text};

use crate::assumptions::{Assumption, Assumptions};

/// How often something was made here and used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Minutes that somebody pressed send for.
    pub minutes: usize,
    /// Invitations and cancellations that somebody pressed send for.
    pub invitations: usize,
    /// Meetings proposed, confirmed or held whose words began from a template or a plan's visit.
    pub drafts: usize,
    /// Held meetings whose partner's figures stood ready.
    pub briefings: usize,
    /// Visits of plans whose day has come.
    pub stops: usize,
    /// What was written without a network and came in by itself.
    pub offline: usize,
    /// Touches logged by a tap.
    pub touches: usize,
}

/// A line of what was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenAway {
    /// What one is assumed to take by hand.
    pub of: Assumption,
    /// How many there were.
    pub count: usize,
    /// Minutes for one.
    pub each: Minutes,
}

impl TakenAway {
    /// How long together.
    pub fn time(&self) -> Minutes {
        Minutes(self.count as i32 * self.each.0)
    }

    /// What is counted.
    pub fn counted(&self) -> Text {
        match self.of {
            Assumption::Minutes => Text { sv: "anteckningar skickade", en: "minutes sent" },
            Assumption::Invitation => {
                Text { sv: "inbjudningar och återbud skickade", en: "invitations and cancellations sent" }
            }
            Assumption::Draft => Text {
                sv: "möten med förifyllda ord som användes",
                en: "meetings with prefilled words that were used",
            },
            Assumption::Briefing => {
                Text { sv: "hållna möten med färdigt underlag", en: "held meetings with a briefing ready" }
            }
            Assumption::Stop => {
                Text { sv: "planlagda besök vars dag har kommit", en: "planned visits whose day has come" }
            }
            Assumption::Offline => Text {
                sv: "skrivet utan nät och inkommet av sig självt",
                en: "written without a network and come in by itself",
            },
            _ => Text { sv: "kontakter loggade med ett tryck", en: "touches logged by a tap" },
        }
    }
}

impl std::ops::AddAssign for Done {
    fn add_assign(&mut self, other: Done) {
        self.minutes += other.minutes;
        self.invitations += other.invitations;
        self.drafts += other.drafts;
        self.briefings += other.briefings;
        self.stops += other.stops;
        self.offline += other.offline;
        self.touches += other.touches;
    }
}

/// What was taken away, line by line; lines of nothing too, so that what is counted is seen.
pub fn taken_away(done: Done, assumptions: &Assumptions) -> Vec<TakenAway> {
    let line = |of, count| TakenAway { of, count, each: assumptions.minutes(of) };
    vec![
        line(Assumption::Minutes, done.minutes),
        line(Assumption::Invitation, done.invitations),
        line(Assumption::Draft, done.drafts),
        line(Assumption::Briefing, done.briefings),
        line(Assumption::Stop, done.stops),
        line(Assumption::Offline, done.offline),
        line(Assumption::Touch, done.touches),
    ]
}
