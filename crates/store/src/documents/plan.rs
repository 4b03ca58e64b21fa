//! The shape of a published season plan.

use serde::{Deserialize, Serialize};
use spelplan_facts::{
    Band, ContactId, CoverageLine, Day, DayRange, DeskBlock, DeskKind, DriveNote, DriveSource, Fallback, FieldDay,
    LeftOut, LeftOutReason, Leg, Minutes, Money, Night, PamId, PartnerId, PlanId, Point, Reason, RoundNote, RouteBound,
    RouteProof, SeasonPlan, Settings, Share, Stop, TimeOfDay, Workload,
};

use super::quantities::PointKept;
use super::{Broken, Document, documents};

documents! {
    SeasonPlanKept = SeasonPlan {
        id: PlanId, season: DayRange, as_of: Day, seed: u64, settings: Settings, workloads: Vec<Workload>,
        coverage: Vec<CoverageLine>, days: Vec<FieldDay>, desk: Vec<DeskBlock>, left_out: Vec<LeftOut>, gain: Band,
        cost: Money, upper_bound: Money, gap: Share,
        #[serde(default = "nothing_said")]
        drives: DriveNote,
        #[serde(default = "one_round")]
        rounds: RoundNote,
    }
    RoundNoteKept = RoundNote { laid: usize, gained: Money }
    RouteProofKept = RouteProof { plan: PlanId, at: String, seconds: i32, bounds: Vec<RouteBound> }
    RouteBoundKept = RouteBound { pam: PamId, worth: Money, most: Money, partners: usize, beyond: bool }
    WorkloadKept = Workload {
        pam: PamId, field_days: usize, field_time: Minutes, field_time_used: Minutes, digital_time: Minutes,
        digital_time_used: Minutes, hour_value: Money,
    }
    CoverageLineKept = CoverageLine { partner: PartnerId, pam: PamId, visits: usize, touches_month: f64, gain: Band }
    FieldDayKept = FieldDay {
        pam: PamId, day: Day, trip: usize, from: Night, departs: TimeOfDay, stops: Vec<Stop>, last_leg: Leg,
        arrives: TimeOfDay, to: Night,
    }
    LegKept = Leg {
        time: Minutes, km: f64,
        #[serde(default = "estimated")]
        source: DriveSource,
    }
    DriveNoteKept = DriveNote { source: DriveSource, pairs: usize, estimated: Vec<(Fallback, usize)> }
    StopKept = Stop {
        partner: PartnerId, contact: Option<ContactId>, leg: Leg, begins: TimeOfDay, ends: TimeOfDay, gain: Band,
        why: Vec<Reason>,
    }
    DeskBlockKept = DeskBlock { pam: PamId, day: Day, kind: DeskKind, time: Minutes }
    LeftOutKept = LeftOut { partner: PartnerId, reason: LeftOutReason, gain: Money }
}

fn estimated() -> String {
    DriveSource::Estimated.keep()
}

fn one_round() -> RoundNoteKept {
    RoundNote::default().keep()
}

fn nothing_said() -> DriveNoteKept {
    DriveNote::default().keep()
}

impl Document for DriveSource {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<DriveSource, Broken> {
        DriveSource::coded(&kept).ok_or_else(|| Broken(format!("{kept} is not a source of drive times")))
    }
}

impl Document for (Fallback, usize) {
    type Kept = (String, usize);
    fn keep(&self) -> (String, usize) {
        (self.0.code().to_owned(), self.1)
    }
    fn read((code, count): (String, usize)) -> Result<(Fallback, usize), Broken> {
        let reason = Fallback::coded(&code).ok_or_else(|| Broken(format!("{code} is no reason to estimate")))?;
        Ok((reason, count))
    }
}

/// Where a day begins or ends.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NightKept {
    Home,
    Away { near: i64, point: PointKept },
}

impl Document for Night {
    type Kept = NightKept;
    fn keep(&self) -> NightKept {
        match self {
            Night::Home => NightKept::Home,
            Night::Away { near, point } => NightKept::Away { near: near.keep(), point: point.keep() },
        }
    }
    fn read(kept: NightKept) -> Result<Night, Broken> {
        Ok(match kept {
            NightKept::Home => Night::Home,
            NightKept::Away { near, point } => Night::Away { near: PartnerId(near), point: Point::read(point)? },
        })
    }
}

impl Document for DeskKind {
    type Kept = String;
    fn keep(&self) -> String {
        match self {
            DeskKind::Preparation => "preparation".to_owned(),
            DeskKind::FollowUp => "follow-up".to_owned(),
        }
    }
    fn read(kept: String) -> Result<DeskKind, Broken> {
        match kept.as_str() {
            "preparation" => Ok(DeskKind::Preparation),
            "follow-up" => Ok(DeskKind::FollowUp),
            other => Err(Broken(format!("{other} is no kind of desk time"))),
        }
    }
}

impl Document for LeftOutReason {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<LeftOutReason, Broken> {
        LeftOutReason::coded(&kept).ok_or_else(|| Broken(format!("{kept} is no reason for leaving out")))
    }
}

/// A reason with its figure.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReasonKept {
    Headroom(i64),
    Unbuilt(f64),
    Fading(i32),
    KeptByTouches(f64),
    GoodMargin(f64),
    OnTheWay(i32),
}

impl Document for Reason {
    type Kept = ReasonKept;
    fn keep(&self) -> ReasonKept {
        match self {
            Reason::Headroom(amount) => ReasonKept::Headroom(amount.0),
            Reason::Unbuilt(strength) => ReasonKept::Unbuilt(strength.0),
            Reason::Fading(days) => ReasonKept::Fading(*days),
            Reason::KeptByTouches(touches) => ReasonKept::KeptByTouches(*touches),
            Reason::GoodMargin(share) => ReasonKept::GoodMargin(share.0),
            Reason::OnTheWay(driving) => ReasonKept::OnTheWay(driving.0),
        }
    }
    fn read(kept: ReasonKept) -> Result<Reason, Broken> {
        Ok(match kept {
            ReasonKept::Headroom(amount) => Reason::Headroom(Money(amount)),
            ReasonKept::Unbuilt(strength) => Reason::Unbuilt(Share(strength)),
            ReasonKept::Fading(days) => Reason::Fading(days),
            ReasonKept::KeptByTouches(touches) => Reason::KeptByTouches(touches),
            ReasonKept::GoodMargin(share) => Reason::GoodMargin(Share(share)),
            ReasonKept::OnTheWay(driving) => Reason::OnTheWay(Minutes(driving)),
        })
    }
}
