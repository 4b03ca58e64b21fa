//! What is known: partners, people, sales, touches, settings and decided plans, with units in their types.
//! Leaves to others: where facts come from (intake), where they are kept (store), what follows from them (focus onwards).

mod answers;
mod arrangements;
mod business;
mod coverage_rule;
mod day;
mod drives;
mod judgement;
mod lessons;
mod meetings;
mod model;
mod pam;
mod partner;
mod plan_change;
mod quantities;
mod route_bound;
mod sales;
mod season_plan;
mod settings;
mod text;
pub mod touches;

pub use answers::{Answers, GivenAnswers, Question, WrongAnswer};
pub use arrangements::{
    Appointment, ArrangedPlan, Arrangements, BrokenPromise, FixedVisit, Fixedness, Hindrance, HindranceKind, NotOn,
};
pub use business::{
    AnnualFigures, Business, BusinessRecord, Campaign, Case, CaseKind, Certificate, Contract, Deal, DealStage, Invoice,
    Rebate, Resale, StockLevel,
};
pub use coverage_rule::{CoverageRule, Demand};
pub use day::{Day, DayRange, Month};
pub use drives::{
    DriveFactor, DriveNote, DriveSource, DriveTable, Fallback, Ferry, LearnedSlack, LoggedTrip, Measured, Roads, Spot,
};
pub use judgement::{Judgement, KnownWallet, ToldWallet};
pub use lessons::{Lesson, Lessons, Likely, Taught, Why};
pub use meetings::{
    Commitment, GoalReached, MOST_PEOPLE, Meeting, MeetingPlace, MeetingPlan, MeetingState, Missing, Outcome,
    ReadyMeeting, Side, Stage,
};
pub use model::{Model, Parameter, ParameterName, ParameterSource, SegmentModel};
pub use pam::{Absence, BusyBlock, Pam, Quota};
pub use partner::{Contact, Partner, Place, Precision, WeekHours, Window};
pub use plan_change::{Allowance, PlanChange};
pub use quantities::{Band, Minutes, Money, Point, Share, TimeOfDay};
pub use route_bound::{RouteBound, RouteProof};
pub use sales::{Category, CategorySale, MonthSale, SaleLine, SaleStage, Sales, SupplyMonth};
pub use season_plan::{
    CoverageLine, DeskBlock, DeskKind, FieldDay, LeftOut, LeftOutReason, Leg, Night, PlannedVisit, Reason, RoundNote,
    SeasonPlan, Stop, Workload,
};
pub use settings::{RealisedRatio, Settings, SlowRegion};
pub use text::{Language, Text};
pub use touches::{Touch, TouchKind};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub i64);
    )+};
}

ids! {
    /// Identity of a partner in the store.
    PartnerId,
    /// Identity of a contact in the store.
    ContactId,
    /// Identity of a PAM in the store.
    PamId,
    /// Identity of a category in the store.
    CategoryId,
    /// Identity of a touch in the store.
    TouchId,
    /// Identity of a stored plan.
    PlanId,
    /// Identity of a coverage rule.
    RuleId,
    /// Identity of a toss-up.
    TossUpId,
    /// Identity of a meeting.
    MeetingId,
}

/// Everything a step may know, loaded once; partners, PAMs and contacts sorted by id, touches by day then id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The company's own decisions.
    pub settings: Settings,
    /// Resellers.
    pub partners: Vec<Partner>,
    /// People at them.
    pub contacts: Vec<Contact>,
    /// Our partner account managers.
    pub pams: Vec<Pam>,
    /// When they are away.
    pub absences: Vec<Absence>,
    /// When they are busy by calendars of their own, by PAM, day and time; pieces of a day do not overlap.
    pub busy: Vec<BusyBlock>,
    /// What they should sell.
    pub quotas: Vec<Quota>,
    /// What was sold, summed.
    pub sales: Sales,
    /// Visits and other touches.
    pub touches: Vec<Touch>,
    /// Meetings that stand, by id; held ones up to the day are among the touches too.
    pub meetings: Vec<Meeting>,
    /// Wallets that somebody has told us, by partner.
    pub wallets: Vec<KnownWallet>,
    /// Figures for potentials that people stand for, by partner; at most one of each.
    pub judgements: Vec<Judgement>,
    /// What has been decided about partners' coverage, by partner then id.
    pub rules: Vec<CoverageRule>,
    /// Days already promised in published plans: (PAM, day) pairs, sorted. The plan goes around them.
    pub taken: Vec<(PamId, Day)>,
    /// Visits still to come that published plans of other seasons hold, by partner then day.
    pub planned: Vec<PlannedVisit>,
    /// Drive times that were asked of a map; empty where all are estimated.
    pub drives: DriveTable,
}

impl Facts {
    /// The partner with that id.
    pub fn partner(&self, id: PartnerId) -> Option<&Partner> {
        self.partners.binary_search_by_key(&id, |partner| partner.id).ok().map(|at| &self.partners[at])
    }

    /// Visits to that partner that plans of other seasons hold, in order of day.
    pub fn planned_at(&self, partner: PartnerId) -> &[PlannedVisit] {
        let from = self.planned.partition_point(|one| one.partner < partner);
        let to = self.planned.partition_point(|one| one.partner <= partner);
        &self.planned[from..to.max(from)]
    }

    /// When that PAM is busy on that day, in order.
    pub fn busy_on(&self, pam: PamId, day: Day) -> &[BusyBlock] {
        let from = self.busy.partition_point(|one| (one.pam, one.day) < (pam, day));
        let to = self.busy.partition_point(|one| (one.pam, one.day) <= (pam, day));
        &self.busy[from..to.max(from)]
    }

    /// The PAM with that id.
    pub fn pam(&self, id: PamId) -> Option<&Pam> {
        self.pams.binary_search_by_key(&id, |pam| pam.id).ok().map(|at| &self.pams[at])
    }
}
