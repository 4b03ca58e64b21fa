//! A season plan as it was decided: dated days with stops, the time reserved around them, who was left out and why.
//! A published plan is a fact: it is never overwritten, only followed by a later one.

use crate::{
    Band, ContactId, Day, DayRange, DriveNote, DriveSource, Minutes, Money, PamId, PartnerId, PlanId, Point, Settings,
    Share, Text, TimeOfDay,
};

/// A field season, planned for every PAM.
#[derive(Debug, Clone, PartialEq)]
pub struct SeasonPlan {
    /// Identity once stored; zero before.
    pub id: PlanId,
    /// The weeks on the road.
    pub season: DayRange,
    /// The day whose knowledge it builds on.
    pub as_of: Day,
    /// Seed of the search: same facts, day and seed give the same plan.
    pub seed: u64,
    /// The settings it was made under.
    pub settings: Settings,
    /// What each PAM has and uses.
    pub workloads: Vec<Workload>,
    /// What coverage decided for each partner that it gave anything.
    pub coverage: Vec<CoverageLine>,
    /// Field days by PAM, then date.
    pub days: Vec<FieldDay>,
    /// Preparation before and follow-up after, by PAM, then date.
    pub desk: Vec<DeskBlock>,
    /// Everybody who gets no visit, with the reason. Partner ids in order.
    pub left_out: Vec<LeftOut>,
    /// Expected margin gain of the planned visits and touches, after the realised/planned ratio, before costs.
    pub gain: Band,
    /// Kilometres, nights and PAM hours in money.
    pub cost: Money,
    /// No coverage under these hours can gain more than this (value of the coverage relaxation).
    pub upper_bound: Money,
    /// (upper bound - coverage value) / upper bound.
    pub gap: Share,
    /// How the drives were found out.
    pub drives: DriveNote,
    /// How often coverage and routes were laid, and what that brought.
    pub rounds: RoundNote,
}

impl SeasonPlan {
    /// What is left of its expected gain after its cost.
    pub fn net(&self) -> Money {
        self.gain.value - self.cost
    }
}

/// How coverage and routes came together: each round tells coverage what visits cost on the routes of the round before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundNote {
    /// Rounds laid, the first included.
    pub laid: usize,
    /// What the plan is worth after costs above the plan of the first round; never negative.
    pub gained: Money,
}

impl Default for RoundNote {
    fn default() -> RoundNote {
        RoundNote { laid: 1, gained: Money::ZERO }
    }
}

/// One PAM's hours in the season.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// Who.
    pub pam: PamId,
    /// Working days in the season that may become field days.
    pub field_days: usize,
    /// Field time there is (visits and driving).
    pub field_time: Minutes,
    /// Field time the plan uses.
    pub field_time_used: Minutes,
    /// Digital time there is.
    pub digital_time: Minutes,
    /// Digital time the plan uses.
    pub digital_time_used: Minutes,
    /// What one more hour in the field would bring, by the coverage prices.
    pub hour_value: Money,
}

/// How much of a PAM's attention a partner gets in the season.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageLine {
    /// Whom.
    pub partner: PartnerId,
    /// Who.
    pub pam: PamId,
    /// Visits coverage wants (the field plan may reach fewer; then `left_out` says why).
    pub visits: usize,
    /// Digital touches a month.
    pub touches_month: f64,
    /// Expected margin gain of these over doing nothing, after the realised/planned ratio, before costs.
    pub gain: Band,
}

/// One day on the road.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDay {
    /// Whose.
    pub pam: PamId,
    /// When.
    pub day: Day,
    /// Which trip of this PAM it belongs to, from 0; days of one trip are joined by nights away.
    pub trip: usize,
    /// Where it begins.
    pub from: Night,
    /// Departure.
    pub departs: TimeOfDay,
    /// The visits in order.
    pub stops: Vec<Stop>,
    /// The drive after the last stop.
    pub last_leg: Leg,
    /// Arrival at home or at the night's place.
    pub arrives: TimeOfDay,
    /// Where it ends.
    pub to: Night,
}

/// Where a field day begins or ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Night {
    /// At the PAM's home.
    Home,
    /// Away, in the town of this partner (a hotel near it), at that point.
    Away {
        /// The partner whose town it is.
        near: PartnerId,
        /// Where.
        point: Point,
    },
}

/// A drive.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Leg {
    /// Time, slack included.
    pub time: Minutes,
    /// Distance by road.
    pub km: f64,
    /// Where the time comes from.
    pub source: DriveSource,
}

/// A visit with its time and place.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// At whose place.
    pub partner: PartnerId,
    /// Whom to meet, where known.
    pub contact: Option<ContactId>,
    /// The drive to it.
    pub leg: Leg,
    /// The visit begins.
    pub begins: TimeOfDay,
    /// The visit ends.
    pub ends: TimeOfDay,
    /// Expected margin gain of this visit, after the realised/planned ratio, before costs.
    pub gain: Band,
    /// Why this partner.
    pub why: Vec<Reason>,
}

/// Time at the desk that a season needs, so that its meetings have quality (S11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskBlock {
    /// Whose.
    pub pam: PamId,
    /// When.
    pub day: Day,
    /// What for.
    pub kind: DeskKind,
    /// How long.
    pub time: Minutes,
}

/// What desk time is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeskKind {
    /// Before the season.
    Preparation,
    /// After it.
    FollowUp,
}

/// A partner without a visit in the season.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Whom.
    pub partner: PartnerId,
    /// Why not.
    pub reason: LeftOutReason,
    /// The best expected gain of one visit, where there was any to expect.
    pub gain: Money,
}

/// Why a partner gets no visit. Codes and words are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeftOutReason {
    /// Nobody runs it.
    NoPam,
    /// Its PAM has no home to start from.
    PamWithoutHome,
    /// It could not be placed on the map.
    NoPlace,
    /// Marked inactive.
    Inactive,
    /// Its margin is zero or negative: a visit would sell more at a loss.
    NoMargin,
    /// There is margin, but no room left to grow in.
    NoHeadroom,
    /// The gain would not pay the visit's time and travel.
    CostsMore,
    /// Visited too recently for another visit in this season.
    VisitedRecently,
    /// A visit that the plan of another season holds is too close to every day of this one.
    VisitPlanned,
    /// Other partners bring more for the same hours.
    HoursGoElsewhere,
    /// Ferry or flight between: nobody has entered the time.
    AcrossWater,
    /// Too far to reach within a day's driving.
    TooFar,
    /// Coverage wanted it; no day had room within opening hours.
    NoDayFits,
    /// Never open to visitors on a working day of the season.
    ClosedAllSeason,
    /// Its PAM is away or has no field day in the season.
    PamAway,
    /// Somebody, or chance in a toss-up, decided so.
    Decided,
    /// A planned visit was called off and found no other place.
    Cancelled,
}

impl LeftOutReason {
    /// Every reason, in the order shown.
    pub const ALL: [LeftOutReason; 17] = [
        Self::NoPam,
        Self::PamWithoutHome,
        Self::NoPlace,
        Self::Inactive,
        Self::NoMargin,
        Self::NoHeadroom,
        Self::CostsMore,
        Self::VisitedRecently,
        Self::VisitPlanned,
        Self::HoursGoElsewhere,
        Self::AcrossWater,
        Self::TooFar,
        Self::NoDayFits,
        Self::ClosedAllSeason,
        Self::PamAway,
        Self::Decided,
        Self::Cancelled,
    ];

    /// Stable word for files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoPam => "no-pam",
            Self::PamWithoutHome => "pam-without-home",
            Self::NoPlace => "no-place",
            Self::Inactive => "inactive",
            Self::NoMargin => "no-margin",
            Self::NoHeadroom => "no-headroom",
            Self::CostsMore => "costs-more",
            Self::VisitedRecently => "visited-recently",
            Self::VisitPlanned => "visit-planned",
            Self::HoursGoElsewhere => "hours-go-elsewhere",
            Self::AcrossWater => "across-water",
            Self::TooFar => "too-far",
            Self::NoDayFits => "no-day-fits",
            Self::ClosedAllSeason => "closed-all-season",
            Self::PamAway => "pam-away",
            Self::Decided => "decided",
            Self::Cancelled => "cancelled",
        }
    }

    /// The reason with that code.
    pub fn coded(code: &str) -> Option<LeftOutReason> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::NoPam => Text { sv: "ingen PAM ansvarar för partnern", en: "no PAM runs this partner" },
            Self::PamWithoutHome => Text { sv: "PAM:en saknar startplats", en: "its PAM has no place to start from" },
            Self::NoPlace => {
                Text { sv: "partnern kunde inte placeras på kartan", en: "the partner could not be placed on the map" }
            }
            Self::Inactive => Text { sv: "markerad som inaktiv", en: "marked inactive" },
            Self::NoMargin => Text {
                sv: "ingen eller negativ marginal: ett besök skulle sälja mer med förlust",
                en: "no or negative margin: a visit would sell more at a loss",
            },
            Self::NoHeadroom => Text { sv: "inget utrymme kvar att växa i", en: "no room left to grow in" },
            Self::CostsMore => {
                Text { sv: "vinsten betalar inte tid och resa", en: "the gain would not pay the time and travel" }
            }
            Self::VisitedRecently => Text { sv: "besökt för nyligen", en: "visited too recently" },
            Self::VisitPlanned => Text {
                sv: "ett besök som redan är planerat i en annan säsong ligger för nära",
                en: "a visit already planned in another season is too close",
            },
            Self::HoursGoElsewhere => Text {
                sv: "andra partner ger mer för samma timmar",
                en: "other partners bring more for the same hours",
            },
            Self::AcrossWater => {
                Text { sv: "färja eller flyg: ange restiden", en: "ferry or flight: enter the travel time" }
            }
            Self::TooFar => Text { sv: "för långt för en dags körning", en: "too far for a day's driving" },
            Self::NoDayFits => {
                Text { sv: "ingen dag hade plats inom öppettiderna", en: "no day had room within opening hours" }
            }
            Self::ClosedAllSeason => {
                Text { sv: "tar inte emot besök under säsongen", en: "receives no visitors during the season" }
            }
            Self::Decided => Text {
                sv: "ett beslut eller en lottning säger inget besök",
                en: "a decision or a toss-up says no visit",
            },
            Self::Cancelled => Text {
                sv: "besöket blev inställt och fick ingen ny plats",
                en: "its visit was called off and found no other place",
            },
            Self::PamAway => Text { sv: "PAM:en är borta hela säsongen", en: "its PAM is away all season" },
        }
    }
}

/// A visit that the plan of another season holds and that is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedVisit {
    /// At whose place.
    pub partner: PartnerId,
    /// When.
    pub day: Day,
}

/// One reason why a partner is worth a visit, with its figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Room to grow in: this much revenue a year.
    Headroom(Money),
    /// Nobody has built a relationship yet (strength 0 to 1).
    Unbuilt(Share),
    /// The relationship is fading: this many days since the last visit.
    Fading(i32),
    /// Digital touches keep what a visit builds: this many weighted touches a month.
    KeptByTouches(f64),
    /// Margin above the others': this share of revenue.
    GoodMargin(Share),
    /// On the way: only this much extra driving.
    OnTheWay(Minutes),
}
