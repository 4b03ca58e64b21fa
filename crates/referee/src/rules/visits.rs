//! F3: each visit at its partner. Ownership, calendar, opening hours, length, gain, distance between visits.

use spelplan_facts::{PartnerId, Text};

use crate::calendar::{self, Openness};
use crate::case::{Case, NOON, Visit, hours_of};
use crate::verdict::{Protocol, Spot};

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    for visit in &case.visits {
        let mut bench = Bench { case, protocol, visit };
        bench.ownership();
        bench.length();
        bench.calendar();
        bench.hours();
        bench.gain();
        bench.busy();
    }
    for day in &case.plan.days {
        let home = case.facts.pam(day.pam).is_none_or(|pam| pam.home.is_some());
        protocol.expect("F304", home, Spot::day(day.pam, day.day), || {
            [format!("PAM {} has no home", day.pam.0), format!("PAM {} saknar startplats", day.pam.0)]
        });
    }
    for &partner in case.dates.keys() {
        distance(case, protocol, partner);
    }
}

/// One visit under examination.
struct Bench<'a, 'b> {
    case: &'a Case<'b>,
    protocol: &'a mut Protocol,
    visit: &'a Visit<'b>,
}

impl Bench<'_, '_> {
    fn expect(&mut self, code: &'static str, holds: bool, en: impl FnOnce() -> String, sv: impl FnOnce() -> String) {
        let (day, partner) = (self.visit.day, self.visit.stop.partner);
        self.protocol.expect(code, holds, Spot::visit(day.pam, day.day, partner), || {
            let (date, partner) = (day.day, partner.0);
            [
                format!("Visit to partner {partner} on {date}: {}", en()),
                format!("Besök hos partner {partner} {date}: {}", sv()),
            ]
        });
    }

    fn ownership(&mut self) {
        let Some(partner) = self.visit.partner else { return };
        let pam = self.visit.day.pam;
        self.expect(
            "F301",
            partner.pam == Some(pam),
            || format!("PAM {} does not run it", pam.0),
            || format!("PAM {} ansvarar inte för den", pam.0),
        );
        self.expect("F302", partner.place.is_some(), || "it has no place".into(), || "den saknar plats".into());
        self.expect("F303", !partner.inactive, || "it is inactive".into(), || "den är inaktiv".into());
    }

    fn length(&mut self) {
        let Some(partner) = self.visit.partner else { return };
        let stop = self.visit.stop;
        let (is, should) = (i64::from(stop.ends.0) - i64::from(stop.begins.0), self.case.visit_time(partner));
        self.expect(
            "F305",
            is == should,
            || format!("it takes {is} minutes and should take {should}"),
            || format!("det tar {is} minuter och ska ta {should}"),
        );
    }

    fn calendar(&mut self) {
        let Some(partner) = self.visit.partner else { return };
        let (date, country) = (self.visit.day.day, &partner.country);
        let openness = calendar::openness(country, date);
        let name = match openness {
            Openness::Closed(name) | Openness::Half(name) => name,
            Openness::Open | Openness::Weekend => Text { en: "", sv: "" },
        };
        let closed = matches!(openness, Openness::Closed(_));
        self.expect("F306", !closed, || format!("{} in {country}", name.en), || format!("{} i {country}", name.sv));
        let resting = calendar::industrial_holiday(country, date);
        self.expect(
            "F307",
            !resting,
            || format!("industrial holiday in {country}"),
            || format!("industrisemester i {country}"),
        );
        let shut = partner.closed.iter().any(|range| range.contains(date));
        self.expect(
            "F308",
            !shut,
            || "it receives nobody that day".into(),
            || "den tar inte emot besök den dagen".into(),
        );
        let ends = self.visit.stop.ends;
        let late = matches!(openness, Openness::Half(_)) && i64::from(ends.0) > NOON;
        self.expect(
            "F310",
            !late,
            || format!("{} in {country}, and it ends {ends}", name.en),
            || format!("{} i {country}, och det slutar {ends}", name.sv),
        );
    }

    fn hours(&mut self) {
        let Some(partner) = self.visit.partner else { return };
        let (begins, ends) = (self.visit.stop.begins, self.visit.stop.ends);
        let windows = hours_of(partner, self.visit.day.day);
        let inside = |&(opens, closes): &(i64, i64)| opens <= i64::from(begins.0) && i64::from(ends.0) <= closes;
        self.expect(
            "F309",
            windows.iter().any(inside),
            || format!("{begins}-{ends} is not within its opening hours"),
            || format!("{begins}-{ends} ligger inte inom öppettiderna"),
        );
    }

    fn gain(&mut self) {
        let gain = self.visit.stop.gain.value;
        self.expect("F311", gain.0 > 0, || format!("gain {}", gain.units()), || format!("vinst {}", gain.units()));
        let margin = own_margin(self.case, self.visit.stop.partner);
        self.expect(
            "F312",
            margin.is_none_or(|margin| margin > 0),
            || "its own margin is not positive".into(),
            || "dess egen marginal är inte positiv".into(),
        );
    }
}

impl Bench<'_, '_> {
    fn busy(&mut self) {
        let (day, stop) = (self.visit.day, self.visit.stop);
        let (begins, ends) = (i64::from(stop.begins.0), i64::from(stop.ends.0));
        let met = self.case.busy(day.pam, day.day).find(|(from, to)| begins.max(*from) < ends.min(*to));
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
        let (from, to) = met.unwrap_or_default();
        let pam = day.pam.0;
        self.expect(
            "F317",
            met.is_none(),
            || format!("PAM {pam} is busy {}-{}", clock(from), clock(to)),
            || format!("PAM {pam} är upptagen {}-{}", clock(from), clock(to)),
        );
    }
}

/// Sum of the partner's margin over all known months, in ten-thousandths; `None` where no line's cost is known.
pub(super) fn own_margin(case: &Case, partner: PartnerId) -> Option<i128> {
    let months = case.facts.sales.months_of(partner);
    let known = months.iter().any(|month| month.revenue_with_margin.0 != 0 || month.margin.0 != 0);
    known.then(|| months.iter().map(|month| i128::from(month.margin.0)).sum())
}

fn distance(case: &Case, protocol: &mut Protocol, partner: PartnerId) {
    let dates = case.dates.get(&partner).map_or(&[][..], Vec::as_slice);
    let most = case.settings.max_visits_season;
    let n_visits = dates.len();
    protocol.expect("F313", n_visits <= most, Spot::partner(partner), || {
        let id = partner.0;
        [
            format!("Partner {id} gets {n_visits} visits, at most {most} allowed"),
            format!("Partner {id} får {n_visits} besök, högst {most} tillåts"),
        ]
    });
    let at = |day| Spot { day: Some(day), ..Spot::partner(partner) };
    let gap = case.settings.min_gap_days;
    for pair in dates.windows(2) {
        let days = pair[0].until(pair[1]);
        protocol.expect("F316", days != 0, at(pair[1]), || {
            let (id, day) = (partner.0, pair[1]);
            [format!("Partner {id} is visited twice on {day}"), format!("Partner {id} besöks två gånger {day}")]
        });
        protocol.expect("F314", days == 0 || days >= gap, at(pair[1]), || too_close(partner, days, gap));
    }
    for &day in dates {
        if let Some(days) = case.nearest_planned(partner, day) {
            protocol.expect("F318", days >= gap, at(day), || {
                let id = partner.0;
                [
                    format!("Partner {id} is visited on {day}, {days} days from a visit in another season's plan; at least {gap} required"),
                    format!("Partner {id} besöks {day}, {days} dagar från ett besök i en annan säsongs plan; minst {gap} krävs"),
                ]
            });
        }
    }
    if let (Some(last), Some(&first)) = (case.last_real_visit.get(&partner), dates.first()) {
        let days = last.until(first);
        protocol.expect("F315", days >= gap, at(first), || too_close(partner, days, gap));
    }
}

fn too_close(partner: PartnerId, days: i32, gap: i32) -> [String; 2] {
    let id = partner.0;
    [
        format!("Partner {id} is visited after {days} days, at least {gap} required"),
        format!("Partner {id} besöks efter {days} dagar, minst {gap} krävs"),
    ]
}
