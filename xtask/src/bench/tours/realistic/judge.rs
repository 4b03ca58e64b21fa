//! The second opinion on a season: reads the written days with the file beside them, rule by rule, and counts the money.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Ask, Season, WEEK, way};
use crate::bench::tours::instance::Verdict;

/// Rounding of sums of minutes.
const ROUNDING: f64 = 1e-6;

/// The money of a written answer, or what is wrong with it.
pub(crate) fn judge(season: &Season, ask: &Ask, answer: &Value) -> Result<Verdict> {
    let days = answer["days"].as_array().context("no days")?;
    let days = days.iter().map(|day| Driven::read(season, day)).collect::<Result<Vec<Driven>>>()?;
    let mut net = 0.0;
    for day in &days {
        net -= day.drive(season, ask).with_context(|| format!("PAM {}, day {}", day.pam, day.day))?;
    }
    let slept = nights(season, ask, &days)?;
    net -= slept;
    let mut calendar: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for day in &days {
        day.visits.iter().for_each(|(partner, _)| calendar.entry(*partner).or_default().push(day.day));
    }
    for (partner, mut visited) in calendar {
        visited.sort_unstable();
        let partner_of_file = &season.partners[partner];
        ensure!(visited.len() <= ask.most_visits(partner_of_file), "partner {partner} has {} visits", visited.len());
        let close = visited.windows(2).any(|pair| pair[1] - pair[0] < partner_of_file.min_gap_days.max(1));
        ensure!(!close, "partner {partner} is visited on days {visited:?}");
        net += partner_of_file.value[..visited.len()].iter().sum::<f64>();
    }
    let kept = |fixed: &&super::Appointment| {
        let there = |visit: &(usize, f64)| visit.0 == fixed.partner && (visit.1 - fixed.start).abs() < ROUNDING;
        days.iter().any(|day| day.pam == fixed.pam && day.day == fixed.day && day.visits.iter().any(there))
    };
    let left_out = left_out(season, ask, &days);
    let charged = left_out + if ask.free_nights() { 0.0 } else { slept };
    let asked = if ask.reduction.is_none() { &season.fixed[..] } else { &[] };
    let value = net - left_out;
    Ok(Verdict { value, missed: asked.len() - asked.iter().filter(kept).count(), charged })
}

/// One day as it was written.
struct Driven {
    pam: usize,
    day: usize,
    from: Option<usize>,
    departs: f64,
    visits: Vec<(usize, f64)>,
    arrives: f64,
    to: Option<usize>,
}

impl Driven {
    fn read(season: &Season, day: &Value) -> Result<Driven> {
        let count = |name: &str| day[name].as_u64().map(|count| count as usize).with_context(|| format!("no {name}"));
        let number = |value: &Value, name: &str| value[name].as_f64().with_context(|| format!("no {name}"));
        let hotel = |name: &str| day[name].as_u64().map(|hotel| hotel as usize);
        let visits = day["visits"].as_array().context("no visits")?.iter().map(|visit| {
            let partner = visit["partner"].as_u64().context("no partner")? as usize;
            ensure!(partner < season.partners.len(), "partner {partner} is unknown");
            Ok((partner, number(visit, "begins")?))
        });
        let visits = visits.collect::<Result<_>>()?;
        let (departs, arrives) = (number(day, "departs")?, number(day, "arrives")?);
        let driven = Driven {
            pam: count("pam")?,
            day: count("day")?,
            from: hotel("from"),
            departs,
            visits,
            arrives,
            to: hotel("to"),
        };
        ensure!(driven.pam < season.pams.len(), "PAM {} is unknown", driven.pam);
        let known = driven.from.iter().chain(&driven.to).all(|hotel| *hotel < season.hotels.len());
        ensure!(known, "an unknown hotel");
        Ok(driven)
    }

    /// Drives the day and returns what its ways cost.
    fn drive(&self, season: &Season, ask: &Ask) -> Result<f64> {
        ensure!(self.day < ask.days(season), "is not asked for");
        ensure!(!season.pams[self.pam].blocked_days.contains(&self.day), "is blocked");
        ensure!(self.departs >= season.day.0 - ROUNDING, "departs at {}", self.departs);
        ensure!(self.arrives <= season.back(self.day) + ROUNDING, "arrives at {}", self.arrives);
        let places = season.places();
        let place = |hotel: Option<usize>| hotel.map_or(self.pam, |hotel| season.hotel_place(hotel));
        let (mut now, mut here, mut cost) = (self.departs, place(self.from), 0.0);
        let mut go = |now: &mut f64, to: usize| {
            if to != here {
                let way = way(places[here], places[to]);
                *now += way.minutes;
                cost += season.fare(way);
            }
            here = to;
        };
        for &(partner, begins) in &self.visits {
            go(&mut now, season.partner_place(partner));
            let of_file = &season.partners[partner];
            ensure!(begins >= now - ROUNDING, "partner {partner} at {begins}, reached at {now}");
            let open = of_file.open[self.day % WEEK].context("visits a closed partner")?;
            let within = open.0 - ROUNDING <= begins && begins <= open.1 + ROUNDING;
            ensure!(within, "partner {partner} at {begins}, open {open:?}");
            ensure!(ask.reduction.is_some() || of_file.pams.contains(&self.pam), "partner {partner} is not theirs");
            now = begins + of_file.stay;
        }
        go(&mut now, place(self.to));
        ensure!(self.arrives >= now - ROUNDING, "arrives at {}, not before {now}", self.arrives);
        Ok(cost)
    }
}

/// What the ways between given nights cost on days that the answer leaves out: one must get to the next hotel all the same.
fn left_out(season: &Season, ask: &Ask, days: &[Driven]) -> f64 {
    let places = season.places();
    let place = |pam: usize, hotel: Option<usize>| hotel.map_or(pam, |hotel| season.hotel_place(hotel));
    let mut cost = 0.0;
    for pam in 0..season.pams.len() {
        for day in 0..ask.days(season) {
            let before = day.checked_sub(1).and_then(|before| ask.given(pam, before));
            let (from, to) = (place(pam, before), place(pam, ask.given(pam, day)));
            if from != to && !days.iter().any(|driven| driven.pam == pam && driven.day == day) {
                cost += season.fare(way(places[from], places[to]));
            }
        }
    }
    cost
}

/// What the nights cost, once they have been found in order.
fn nights(season: &Season, ask: &Ask, days: &[Driven]) -> Result<f64> {
    let price = |hotel: usize| season.hotels[hotel].price;
    let mut by_day: BTreeMap<(usize, usize), &Driven> = BTreeMap::new();
    for day in days {
        ensure!(by_day.insert((day.pam, day.day), day).is_none(), "PAM {} has day {} twice", day.pam, day.day);
    }
    if !ask.free_nights() {
        for day in days {
            let before = day.day.checked_sub(1).and_then(|before| ask.given(day.pam, before));
            let as_given = day.from == before && day.to == ask.given(day.pam, day.day);
            ensure!(as_given, "PAM {}, day {}: not from and to the given places", day.pam, day.day);
        }
        return Ok(ask.nights.iter().map(|night| price(night.hotel)).sum());
    }
    let mut cost = 0.0;
    let mut in_a_row = 0;
    for (&(pam, day), driven) in &by_day {
        let before = day.checked_sub(1).and_then(|before| by_day.get(&(pam, before)));
        ensure!(driven.from == before.and_then(|b| b.to), "PAM {pam}, day {day}: begins elsewhere than it slept");
        in_a_row = if driven.from.is_some() { in_a_row } else { 0 };
        let Some(hotel) = driven.to else { continue };
        in_a_row += 1;
        cost += price(hotel);
        ensure!(in_a_row <= season.max_nights_in_a_row, "PAM {pam}, day {day}: night {in_a_row} in a row");
        ensure!(day % WEEK != WEEK - 1, "PAM {pam}, day {day}: away over the weekend");
        ensure!(by_day.contains_key(&(pam, day + 1)), "PAM {pam}, day {day}: the next day does not begin in the hotel");
    }
    Ok(cost)
}
