//! F6, hours: what each PAM has of field days, field time and digital time, and what the plan uses.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Pam, Workload};

use crate::case::Case;
use crate::verdict::{Protocol, Spot};

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    for &pam in case.by_pam.keys() {
        let there = case.plan.workloads.iter().any(|load| load.pam == pam);
        protocol.expect("F601", there, Spot::pam(pam), || {
            [
                format!("PAM {} has field days but no workload", pam.0),
                format!("PAM {} har fältdagar men ingen arbetsbörda", pam.0),
            ]
        });
    }
    for load in &case.plan.workloads {
        used(case, protocol, load);
        if let Some(pam) = case.facts.pam(load.pam) {
            field_time(case, protocol, load, pam);
        }
        digital_time(case, protocol, load);
    }
}

fn used(case: &Case, protocol: &mut Protocol, load: &Workload) {
    let sum = minutes_on_the_road(case, load);
    let used = load.field_time_used.0;
    protocol.expect("F602", i64::from(used) == sum, Spot::pam(load.pam), || {
        let pam = load.pam.0;
        [
            format!("PAM {pam} is said to use {used} minutes in the field, the days sum to {sum}"),
            format!("PAM {pam} sägs använda {used} minuter i fält, dagarna summerar till {sum}"),
        ]
    });
}

/// Arrival minus departure, summed over the PAM's field days.
fn minutes_on_the_road(case: &Case, load: &Workload) -> i64 {
    let days = case.by_pam.get(&load.pam).map_or(&[][..], Vec::as_slice);
    days.iter().map(|day| i64::from(day.arrives.0) - i64::from(day.departs.0)).sum()
}

fn field_time(case: &Case, protocol: &mut Protocol, load: &Workload, pam: &Pam) {
    let (days, time) = own_field_time(case, pam);
    let (spot, id) = (Spot::pam(load.pam), load.pam.0);
    let sum = minutes_on_the_road(case, load);
    protocol.expect("F603", sum <= time, spot, || {
        [
            format!("PAM {id} is {sum} minutes in the field and has {time}"),
            format!("PAM {id} är {sum} minuter i fält och har {time}"),
        ]
    });
    let (said_days, said_time) = (load.field_days, load.field_time.0);
    protocol.expect("F604", said_days as u64 == days && i64::from(said_time) == time, spot, || {
        [
            format!("PAM {id} is said to have {said_days} field days and {said_time} minutes, by the calendar {days} and {time}"),
            format!("PAM {id} sägs ha {said_days} fältdagar och {said_time} minuter, enligt kalendern {days} och {time}"),
        ]
    });
}

/// Field days there may be (no week above its limit) and the minutes in them, week by week within the PAM's own hours.
pub(super) fn own_field_time(case: &Case, pam: &Pam) -> (u64, i64) {
    let mut weeks: BTreeMap<Day, u64> = BTreeMap::new();
    for day in case.working_days(pam) {
        *weeks.entry(day.monday()).or_default() += 1;
    }
    let length = i64::from(case.settings.day_end.0) - i64::from(case.settings.day_start.0);
    let most_week = pam.field_time_week.map_or(i64::MAX, |time| i64::from(time.0));
    let capped = weeks.values().map(|&days| days.min(case.settings.field_days_week as u64));
    let minutes = capped.clone().map(|days| (days as i64 * length).min(most_week)).sum();
    (capped.sum(), minutes)
}

fn digital_time(case: &Case, protocol: &mut Protocol, load: &Workload) {
    let n_days = case.season_days().len() as i64;
    let time = (n_days + 6) / 7 * i64::from(case.settings.digital_time_week.0);
    let (said, used) = (load.digital_time.0, load.digital_time_used.0);
    let (spot, id) = (Spot::pam(load.pam), load.pam.0);
    protocol.expect("F605", i64::from(said) == time && used >= 0, spot, || {
        [
            format!("PAM {id} is said to have {said} digital minutes and use {used}, by the weeks there are {time}"),
            format!("PAM {id} sägs ha {said} digitala minuter och använda {used}, enligt veckorna finns {time}"),
        ]
    });
    protocol.expect("F606", i64::from(used) <= time, spot, || {
        [
            format!("PAM {id} uses {used} digital minutes and has {time}"),
            format!("PAM {id} använder {used} digitala minuter och har {time}"),
        ]
    });
}
