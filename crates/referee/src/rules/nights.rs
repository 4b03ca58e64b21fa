//! F5: nights away and the trips they join.

use std::collections::BTreeMap;

use spelplan_facts::{FieldDay, Night, PamId};

use crate::case::Case;
use crate::verdict::{Protocol, Spot};

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    for (&pam, days) in &case.by_pam {
        for (at, day) in days.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| days.get(at)).copied();
            begins(protocol, before, day);
            if let Night::Away { .. } = day.to {
                goes_on(protocol, day, days.get(at + 1).copied());
                weekday(case, protocol, day);
                place(case, protocol, day);
            }
        }
        trips(case, protocol, pam, days);
    }
}

fn joined(first: &FieldDay, second: &FieldDay) -> bool {
    first.day.until(second.day) == 1 && first.trip == second.trip && first.to == second.from
}

fn begins(protocol: &mut Protocol, before: Option<&FieldDay>, day: &FieldDay) {
    let from_night = before.is_some_and(|before| before.to != Night::Home);
    let holds = day.from == Night::Home || from_night;
    protocol.expect("F505", holds, Spot::day(day.pam, day.day), || {
        let (pam, date) = (day.pam.0, day.day);
        [
            format!("PAM {pam} begins {date} away without a night away before it"),
            format!("PAM {pam} börjar {date} borta utan en natt borta dessförinnan"),
        ]
    });
}

fn goes_on(protocol: &mut Protocol, day: &FieldDay, next: Option<&FieldDay>) {
    protocol.expect("F501", next.is_some_and(|next| joined(day, next)), Spot::day(day.pam, day.day), || {
        let (pam, date) = (day.pam.0, day.day);
        [
            format!("PAM {pam} sleeps away after {date}, but the trip does not go on from there the next day"),
            format!("PAM {pam} sover borta efter {date}, men resan fortsätter inte därifrån nästa dag"),
        ]
    });
}

fn weekday(case: &Case, protocol: &mut Protocol, day: &FieldDay) {
    let in_time = day.day.weekday() <= case.settings.home_by_weekday;
    protocol.expect("F503", in_time, Spot::day(day.pam, day.day), || {
        let (pam, date) = (day.pam.0, day.day);
        [
            format!("PAM {pam} sleeps away after {date}, too late in the week"),
            format!("PAM {pam} sover borta efter {date}, för sent i veckan"),
        ]
    });
}

fn place(case: &Case, protocol: &mut Protocol, day: &FieldDay) {
    let Night::Away { near, point } = day.to else { return };
    let there = case.facts.partner(near).and_then(|partner| partner.place);
    protocol.expect(
        "F504",
        there.is_some_and(|place| place.point == point),
        Spot::visit(day.pam, day.day, near),
        || {
            let (pam, date, near) = (day.pam.0, day.day, near.0);
            [
                format!("The night of PAM {pam} after {date} is not at the place of partner {near}"),
                format!("Natten för PAM {pam} efter {date} är inte vid partner {near}"),
            ]
        },
    );
}

fn trips(case: &Case, protocol: &mut Protocol, pam: PamId, days: &[&FieldDay]) {
    let mut trips: BTreeMap<usize, Vec<&FieldDay>> = BTreeMap::new();
    for day in days {
        trips.entry(day.trip).or_default().push(day);
    }
    for (trip, days) in trips {
        let Some(first) = days.first() else { continue };
        let spot = Spot::day(pam, first.day);
        let nights = days.iter().filter(|day| day.to != Night::Home).count();
        let most = case.settings.max_nights;
        protocol.expect("F502", nights <= most, spot, || {
            let (id, from) = (pam.0, first.day);
            [
                format!("PAM {id} is away {nights} nights from {from}, at most {most} allowed"),
                format!("PAM {id} är borta {nights} nätter från {from}, högst {most} tillåts"),
            ]
        });
        let together = days.windows(2).all(|pair| pair[0].day.until(pair[1].day) == 1 && pair[0].to != Night::Home);
        protocol.expect("F506", together, spot, || {
            let id = pam.0;
            [
                format!("Trip {trip} of PAM {id} is not one run of days joined by nights away"),
                format!("Resa {trip} för PAM {id} är inte en följd av dagar med nätter borta emellan"),
            ]
        });
    }
}
