//! The days of the week as cards: stops with number and time, the drives between, nights, gaps and who could fill them.

use std::collections::BTreeMap;

use spelplan_app::board::{BoardDay, BoardPage, Filler, StopWhy};
use spelplan_app::season::PartnerLabel;
use spelplan_facts::{Day, FieldDay, Fixedness, Minutes, Money, Night, PartnerId, Stop};

use super::sentences::{detour, why_here, why_now};
use crate::drawings::DayLine;
use crate::tongue::Tongue;

/// One day.
pub(crate) struct DayCard {
    /// When.
    pub day: Day,
    /// Something may be dropped on it.
    pub open: bool,
    /// Over already, or too close to be touched unless that is allowed.
    pub close: bool,
    /// Why nobody drives, or what is booked.
    pub notes: Vec<String>,
    /// The field day with its line of time.
    pub field: Option<(FieldDay, DayLine)>,
    /// Where it begins, when away.
    pub from: Option<String>,
    /// Where the night is spent, when away.
    pub night: Option<String>,
    /// Driving in all.
    pub driving: Minutes,
    /// What the day costs, the night after it included.
    pub cost: Money,
    /// Its stops.
    pub stops: Vec<StopCard>,
    /// Who could fill a gap.
    pub fillers: Vec<FillerCard>,
}

/// One stop.
pub(crate) struct StopCard {
    /// The stop.
    pub stop: Stop,
    /// At whose place.
    pub name: String,
    /// Town.
    pub city: String,
    /// How fixed it is.
    pub fixedness: Fixedness,
    /// Why here.
    pub here: String,
    /// Why now.
    pub now: String,
    /// Why this partner.
    pub reasons: String,
    /// How late one may be.
    pub slack: Option<Minutes>,
    /// Waiting before it.
    pub waiting: Minutes,
}

/// A partner on the way.
pub(crate) struct FillerCard {
    /// Where it would go.
    pub filler: Filler,
    /// Whom.
    pub name: String,
    /// Town.
    pub city: String,
    /// Style, drawing and words of its detour.
    pub detour: (&'static str, &'static str, String),
}

/// The week's days.
pub(crate) fn cards(page: &BoardPage, t: Tongue, unit: &str) -> Vec<DayCard> {
    let whys: BTreeMap<(Day, PartnerId), &StopWhy> =
        page.stop_whys.iter().map(|why| ((why.day, why.partner), why)).collect();
    page.days.iter().map(|day| card(page, day, &whys, t, unit)).collect()
}

fn card(
    page: &BoardPage,
    day: &BoardDay,
    whys: &BTreeMap<(Day, PartnerId), &StopWhy>,
    t: Tongue,
    unit: &str,
) -> DayCard {
    let town = |night: Night| match night {
        Night::Home => None,
        Night::Away { near, .. } => Some(label(page, near).map(|label| label.city.clone()).unwrap_or_default()),
    };
    let field = day.field.as_ref();
    let legs = field.map(|field| field.stops.iter().map(|stop| stop.leg).chain([field.last_leg]).collect::<Vec<_>>());
    let legs = legs.unwrap_or_default();
    let stop = |stop: &Stop| stop_card(page, day.day, stop, whys.get(&(day.day, stop.partner)).copied(), t, unit);
    DayCard {
        day: day.day,
        open: day.open,
        close: page.today.until(day.day) <= NEXT_DAYS,
        notes: notes(day, t),
        from: field.and_then(|field| town(field.from)),
        night: field.and_then(|field| town(field.to)),
        driving: legs.iter().map(|leg| leg.time).sum(),
        cost: field.map_or(Money::ZERO, |field| cost(page, field)),
        stops: field.map(|field| field.stops.iter().map(stop).collect()).unwrap_or_default(),
        fillers: day.fillers.iter().map(|filler| filler_card(page, filler, t)).collect(),
        field: field.map(|field| (field.clone(), DayLine::new(field))),
    }
}

/// Days after today that no change touches unless that is allowed.
const NEXT_DAYS: i32 = 2;

fn notes(day: &BoardDay, t: Tongue) -> Vec<String> {
    let hindrance = day.hindrance.map(|kind| t.text(kind.text()).to_owned());
    let booked = day.appointments.iter().map(|one| {
        let title = if one.title.is_empty() { t.say("upptagen", "booked") } else { &one.title };
        format!("{}–{} {title}", one.from, one.to)
    });
    hindrance.into_iter().chain(booked).collect()
}

fn cost(page: &BoardPage, field: &FieldDay) -> Money {
    let settings = &page.plan.settings;
    let km: f64 = field.stops.iter().map(|stop| stop.leg.km).sum::<f64>() + field.last_leg.km;
    let night = if field.to == Night::Home { Money::ZERO } else { settings.night_cost };
    settings.km_cost * km + settings.hour_cost * (field.arrives - field.departs).as_hours() + night
}

fn stop_card(page: &BoardPage, day: Day, stop: &Stop, why: Option<&StopWhy>, t: Tongue, unit: &str) -> StopCard {
    let label = label(page, stop.partner);
    let reasons: Vec<String> = stop.why.iter().take(2).map(|why| crate::words::reason(why, t, unit)).collect();
    StopCard {
        name: label.map(|label| label.name.clone()).unwrap_or_default(),
        city: label.map(|label| label.city.clone()).unwrap_or_default(),
        fixedness: page.arrangements.of(stop.partner, day),
        here: why.map(|why| why_here(why, t, unit)).unwrap_or_default(),
        now: why.map(|why| why_now(why, t, unit)).unwrap_or_default(),
        reasons: reasons.join(" · "),
        slack: why.map(|why| why.slack),
        waiting: why.map_or(Minutes::ZERO, |why| why.waiting),
        stop: stop.clone(),
    }
}

fn filler_card(page: &BoardPage, filler: &Filler, t: Tongue) -> FillerCard {
    let label = label(page, filler.partner);
    FillerCard {
        filler: *filler,
        name: label.map(|label| label.name.clone()).unwrap_or_default(),
        city: label.map(|label| label.city.clone()).unwrap_or_default(),
        detour: detour(filler.detour, t),
    }
}

fn label(page: &BoardPage, partner: PartnerId) -> Option<&PartnerLabel> {
    page.partners.get(&partner)
}
