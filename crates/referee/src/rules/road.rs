//! F4: each day on the road. Its hours, the order of its visits, and every drive against the referee's own estimate.

use spelplan_facts::{FieldDay, Leg, Point};

use crate::case::Case;
use crate::verdict::{Protocol, Spot};
use crate::ways::Ways;

/// A minute of rounding is forgiven on a drive.
const TOLERANCE_MINUTES: i64 = 1;

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    for day in &case.plan.days {
        frame(case, protocol, day);
        order(protocol, day);
        driving(case, protocol, day);
        for (from, leg, to) in legs(case, day) {
            drive(case, protocol, day, (from, leg, to));
        }
    }
}

fn frame(case: &Case, protocol: &mut Protocol, day: &FieldDay) {
    let (spot, pam, date) = (Spot::day(day.pam, day.day), day.pam.0, day.day);
    let (earliest, latest) = (case.settings.day_start, case.settings.day_end);
    protocol.expect("F401", day.departs >= earliest, spot, || {
        let departs = day.departs;
        [
            format!("PAM {pam} departs {departs} on {date}, before {earliest}"),
            format!("PAM {pam} åker {departs} {date}, före {earliest}"),
        ]
    });
    protocol.expect("F402", day.arrives <= latest, spot, || {
        let arrives = day.arrives;
        [
            format!("PAM {pam} arrives {arrives} on {date}, after {latest}"),
            format!("PAM {pam} är framme {arrives} {date}, efter {latest}"),
        ]
    });
    let (n_stops, most) = (day.stops.len(), case.settings.max_visits_day);
    protocol.expect("F407", n_stops <= most, spot, || {
        [
            format!("PAM {pam} has {n_stops} visits on {date}, at most {most} allowed"),
            format!("PAM {pam} har {n_stops} besök {date}, högst {most} tillåts"),
        ]
    });
}

fn order(protocol: &mut Protocol, day: &FieldDay) {
    let mut free = i64::from(day.departs.0);
    for stop in &day.stops {
        let there = free + i64::from(stop.leg.time.0);
        protocol.expect("F403", i64::from(stop.begins.0) >= there, Spot::visit(day.pam, day.day, stop.partner), || {
            let (id, begins, date) = (stop.partner.0, stop.begins, day.day);
            [
                format!("The visit to partner {id} on {date} begins {begins}, before the PAM can be there"),
                format!("Besöket hos partner {id} {date} börjar {begins}, innan PAM:en kan vara där"),
            ]
        });
        free = i64::from(stop.ends.0);
    }
    let home = free + i64::from(day.last_leg.time.0);
    protocol.expect("F403", i64::from(day.arrives.0) >= home, Spot::day(day.pam, day.day), || {
        let (pam, arrives, date) = (day.pam.0, day.arrives, day.day);
        [
            format!("PAM {pam} arrives {arrives} on {date}, before the last drive can be over"),
            format!("PAM {pam} är framme {arrives} {date}, innan sista körningen kan vara klar"),
        ]
    });
}

fn driving(case: &Case, protocol: &mut Protocol, day: &FieldDay) {
    let legs = day.stops.iter().map(|stop| stop.leg).chain([day.last_leg]);
    let minutes: i64 = legs.map(|leg| i64::from(leg.time.0)).sum();
    let most = case.settings.max_drive_day.0;
    protocol.expect("F406", minutes <= i64::from(most), Spot::day(day.pam, day.day), || {
        let (pam, date) = (day.pam.0, day.day);
        [
            format!("PAM {pam} drives {minutes} minutes on {date}, at most {most} allowed"),
            format!("PAM {pam} kör {minutes} minuter {date}, högst {most} tillåts"),
        ]
    });
}

/// Every drive of the day whose two ends are known.
fn legs(case: &Case, day: &FieldDay) -> Vec<(Point, Leg, Point)> {
    let place = |partner| Some(case.facts.partner(partner)?.place?.point);
    let ends = day.stops.iter().map(|stop| (stop.leg, place(stop.partner)));
    let ends = ends.chain([(day.last_leg, case.point_of(day.pam, day.to))]);
    let mut from = case.point_of(day.pam, day.from);
    let mut legs = Vec::new();
    for (leg, to) in ends {
        if let (Some(from), Some(to)) = (from, to) {
            legs.push((from, leg, to));
        }
        from = to;
    }
    legs
}

fn drive(case: &Case, protocol: &mut Protocol, day: &FieldDay, (from, leg, to): (Point, Leg, Point)) {
    let way = Ways { facts: case.facts, settings: case.settings, pam: day.pam }.of(leg, from, to);
    let (spot, pam, date) = (Spot::day(day.pam, day.day), day.pam.0, day.day);
    let ends = format!("{:.4},{:.4} - {:.4},{:.4}", from.lat, from.lon, to.lat, to.lon);
    let (is, least) = (leg.time.0, way.least.minutes);
    protocol.expect("F404", i64::from(is) + TOLERANCE_MINUTES >= least, spot, || {
        [
            format!("PAM {pam} on {date}: drive {ends} takes {is} minutes, estimated {least}"),
            format!("PAM {pam} {date}: körningen {ends} tar {is} minuter, uppskattat {least}"),
        ]
    });
    protocol.expect("F405", !way.wet, spot, || {
        [
            format!("PAM {pam} on {date}: drive {ends} crosses water"),
            format!("PAM {pam} {date}: körningen {ends} går över vatten"),
        ]
    });
    let (is, km) = (leg.km, way.least.km);
    protocol.expect("F408", (is - km).abs() <= 0.2 + 0.02 * km, spot, || {
        [
            format!("PAM {pam} on {date}: drive {ends} is said to be {is:.1} km, by the map {km:.1}"),
            format!("PAM {pam} {date}: körningen {ends} sägs vara {is:.1} km, enligt kartan {km:.1}"),
        ]
    });
    let (is, source) = (leg.source.text(), way.source.text());
    protocol.expect("F409", leg.source == way.source, spot, || {
        [
            format!("PAM {pam} on {date}: the time of drive {ends} is said to be {}, but is {}", is.en, source.en),
            format!("PAM {pam} {date}: tiden för körningen {ends} sägs vara {}, men är {}", is.sv, source.sv),
        ]
    });
}
