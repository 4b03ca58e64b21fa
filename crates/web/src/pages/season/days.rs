//! The days of one PAM: trips, days with their line of time, stops with the drives between them.

use std::collections::BTreeMap;

use spelplan_app::season::PartnerLabel;
use spelplan_facts::{DeskBlock, DeskKind, FieldDay, Leg, Minutes, Night, PamId, PartnerId, SeasonPlan, Stop};

use super::drives::correction;
use crate::drawings::DayLine;
use crate::tongue::Tongue;
use crate::words;

/// Everything one PAM does in the season.
pub(crate) struct PamDays {
    /// Name.
    pub name: String,
    /// What the PAM's own trips say of the drive times.
    pub correction: Option<String>,
    /// Trips in order.
    pub trips: Vec<Trip>,
    /// Preparation before.
    pub preparation: Option<Desk>,
    /// Follow-up after.
    pub follow_up: Option<Desk>,
}

/// Desk time in all, and its days.
pub(crate) struct Desk {
    /// In all.
    pub time: Minutes,
    /// Block by block.
    pub blocks: Vec<DeskBlock>,
}

/// Days joined by nights away.
pub(crate) struct Trip {
    /// Its days.
    pub days: Vec<DayView>,
    /// Nights away.
    pub nights: usize,
    /// Visits.
    pub visits: usize,
    /// Distance in all.
    pub km: f64,
}

/// One day.
pub(crate) struct DayView {
    /// The day.
    pub day: FieldDay,
    /// Its line of time.
    pub line: DayLine,
    /// Its stops.
    pub stops: Vec<StopView>,
    /// Driving in all.
    pub driving: Minutes,
    /// Where the night is spent, when away.
    pub night: Option<String>,
    /// Where the day begins, when away.
    pub from: Option<String>,
}

/// One stop.
pub(crate) struct StopView {
    /// The stop.
    pub stop: Stop,
    /// At whose place.
    pub name: String,
    /// Town.
    pub city: String,
    /// Why it is in.
    pub why: String,
}

/// The days of that PAM.
pub(crate) fn pam_days(
    plan: &SeasonPlan,
    pam: PamId,
    name: &str,
    partners: &BTreeMap<PartnerId, PartnerLabel>,
    t: Tongue,
    unit: &str,
) -> PamDays {
    let mut trips: BTreeMap<usize, Vec<DayView>> = BTreeMap::new();
    for day in plan.days.iter().filter(|day| day.pam == pam) {
        trips.entry(day.trip).or_default().push(day_view(day, partners, t, unit));
    }
    PamDays {
        name: name.to_owned(),
        correction: correction(plan.settings.drive_factors.iter().find(|one| one.pam == pam), t),
        trips: trips.into_values().map(trip).collect(),
        preparation: desk(plan, pam, DeskKind::Preparation),
        follow_up: desk(plan, pam, DeskKind::FollowUp),
    }
}

fn desk(plan: &SeasonPlan, pam: PamId, kind: DeskKind) -> Option<Desk> {
    let blocks: Vec<DeskBlock> =
        plan.desk.iter().filter(|block| block.pam == pam && block.kind == kind).copied().collect();
    (!blocks.is_empty()).then(|| Desk { time: blocks.iter().map(|block| block.time).sum(), blocks })
}

fn trip(days: Vec<DayView>) -> Trip {
    let legs = |day: &DayView| legs(&day.day).map(|leg| leg.km).sum::<f64>();
    Trip {
        nights: days.iter().filter(|day| day.night.is_some()).count(),
        visits: days.iter().map(|day| day.stops.len()).sum(),
        km: days.iter().map(legs).sum(),
        days,
    }
}

fn legs(day: &FieldDay) -> impl Iterator<Item = Leg> {
    day.stops.iter().map(|stop| stop.leg).chain([day.last_leg])
}

fn day_view(day: &FieldDay, partners: &BTreeMap<PartnerId, PartnerLabel>, t: Tongue, unit: &str) -> DayView {
    let town = |night: Night| match night {
        Night::Home => None,
        Night::Away { near, .. } => Some(partners.get(&near).map(|label| label.city.clone()).unwrap_or_default()),
    };
    DayView {
        line: DayLine::new(day),
        stops: day.stops.iter().map(|stop| stop_view(stop, partners, t, unit)).collect(),
        driving: legs(day).map(|leg| leg.time).sum(),
        night: town(day.to),
        from: town(day.from),
        day: day.clone(),
    }
}

fn stop_view(stop: &Stop, partners: &BTreeMap<PartnerId, PartnerLabel>, t: Tongue, unit: &str) -> StopView {
    let label = partners.get(&stop.partner);
    let why: Vec<String> = stop.why.iter().take(2).map(|why| words::reason(why, t, unit)).collect();
    StopView {
        name: label.map(|label| label.name.clone()).unwrap_or_default(),
        city: label.map(|label| label.city.clone()).unwrap_or_default(),
        why: why.join(" · "),
        stop: stop.clone(),
    }
}
