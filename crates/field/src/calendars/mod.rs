//! Which days a country works: red days, eves, half days, bridge days and industrial holidays. One file per country.
//!
//! Red days come from the holiday library's rules, so any year works; what offices do besides (close on midsummer eve,
//! go home at noon, empty out on klämdagar and in July) is our own layer on top. National days only.

mod australia;
mod britain;
mod canada;
mod denmark;
mod finland;
mod france;
mod germany;
mod norway;
mod poland;
mod rule;
mod sweden;
mod united_states;

use std::collections::BTreeMap;

use spelplan_facts::{Day, DayRange, Text};

use rule::NamedDay;

/// Every country with a calendar; the place to list a new one. Others close on weekends only.
static COUNTRIES: &[&Country] = &[
    &sweden::SWEDEN,
    &norway::NORWAY,
    &denmark::DENMARK,
    &finland::FINLAND,
    &germany::GERMANY,
    &britain::BRITAIN,
    &united_states::UNITED_STATES,
    &canada::CANADA,
    &australia::AUSTRALIA,
    &france::FRANCE,
    &poland::POLAND,
];

/// Part of a visit's usual gain that one on a bridge day brings: half the office is away.
pub const BRIDGE_DAY_VALUE: f64 = 0.3;

/// What a country does with its days.
struct Country {
    /// ISO code.
    code: &'static str,
    /// Rules of its public holidays.
    red_days: holidays_rs::Country,
    /// Not public holidays, but offices are closed.
    closed_eves: &'static [NamedDay],
    /// Visits end by noon, unless the day is closed anyway.
    half_days: &'static [NamedDay],
    /// Do people take single days off between closed ones?
    bridges: bool,
    /// ISO weeks from and to, and the part of a visit's gain that is left in them; 0 closes them for visits.
    summer: &'static [(i8, i8, f64)],
    /// The library's names and ours.
    names: &'static [(&'static str, Text)],
}

/// What kind of day it is for visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// As usual.
    Working,
    /// Visits must end by noon.
    HalfDay {
        /// Which day it is.
        name: Text,
    },
    /// A working day between two closed ones: many are off.
    Bridge,
    /// Nobody works: holiday, closed eve or weekend.
    Closed {
        /// Which day it is.
        name: Text,
    },
}

/// What kind of day it is there; countries without a calendar close on weekends only.
pub fn day_kind(country: &str, day: Day) -> DayKind {
    Calendar::new(country, DayRange { from: day, to: day }).kind(day)
}

/// Part of a visit's usual gain that is left in that day's ISO week: 1 mostly, 0 in the industrial holiday.
pub fn week_value(country: &str, day: Day) -> f64 {
    let (_, week) = day.week();
    let summer = listed(country).map_or(&[][..], |country| country.summer);
    summer.iter().find(|(from, to, _)| (*from..=*to).contains(&week)).map_or(1.0, |(_, _, value)| *value)
}

/// A country's days over a range, worked out once.
#[derive(Debug, Clone)]
pub struct Calendar {
    from: Day,
    days: Vec<(DayKind, f64)>,
}

impl Calendar {
    /// Works out the days of the range.
    pub fn new(code: &str, range: DayRange) -> Calendar {
        let country = listed(code);
        let around = DayRange { from: range.from.plus(-1), to: range.to.plus(1) };
        let closed = country.map_or_else(BTreeMap::new, |country| country.closed(around));
        let halves = country.map_or_else(BTreeMap::new, |country| named_days(country.half_days, around));
        let is_closed = |day: Day| day.is_weekend() || closed.contains_key(&day);
        let kind = |day: Day| {
            let bridge = country.is_some_and(|country| country.bridges)
                && !is_closed(day)
                && is_closed(day.plus(-1))
                && is_closed(day.plus(1));
            let value = week_value(code, day) * if bridge { BRIDGE_DAY_VALUE } else { 1.0 };
            let kind = match (closed.get(&day), halves.get(&day)) {
                (Some(&name), _) => DayKind::Closed { name },
                (None, _) if day.is_weekend() => DayKind::Closed { name: WEEKEND },
                (None, Some(&name)) => DayKind::HalfDay { name },
                (None, None) if bridge => DayKind::Bridge,
                (None, None) => DayKind::Working,
            };
            (kind, if matches!(kind, DayKind::Closed { .. }) { 0.0 } else { value })
        };
        Calendar { from: range.from, days: range.days().map(kind).collect() }
    }

    /// What kind of day it is; outside the range it only knows weekends.
    pub fn kind(&self, day: Day) -> DayKind {
        let unknown = if day.is_weekend() { DayKind::Closed { name: WEEKEND } } else { DayKind::Working };
        self.at(day).map_or(unknown, |(kind, _)| kind)
    }

    /// Part of a visit's usual gain that it brings that day: 1 mostly, 0 on closed days and in the industrial holiday,
    /// less on bridge days and around the industrial holiday.
    pub fn value(&self, day: Day) -> f64 {
        self.at(day).map_or(0.0, |(_, value)| value)
    }

    /// Is it a working day: neither weekend, holiday nor closed eve? Industrial holidays count as working.
    pub fn is_working(&self, day: Day) -> bool {
        !matches!(self.kind(day), DayKind::Closed { .. })
    }

    fn at(&self, day: Day) -> Option<(DayKind, f64)> {
        usize::try_from(self.from.until(day)).ok().and_then(|at| self.days.get(at)).copied()
    }
}

/// A country's week, for showing a year at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Working days, Monday to Friday.
    pub working_days: usize,
    /// Names of its closed weekdays, in the country's own order, Swedish first.
    pub holidays: Vec<String>,
    /// Industrial holiday: partners receive no visitors.
    pub closed_to_visits: bool,
}

/// The week that begins that Monday.
pub fn week(country: &str, monday: Day) -> Week {
    let calendar = Calendar::new(country, DayRange { from: monday, to: monday.plus(6) });
    let weekdays = || (0..5).map(|day| monday.plus(day));
    let name = |day: Day| match calendar.kind(day) {
        DayKind::Closed { name } => Some(name.sv.to_owned()),
        _ => None,
    };
    Week {
        working_days: weekdays().filter(|day| calendar.is_working(*day)).count(),
        holidays: weekdays().filter_map(name).collect(),
        closed_to_visits: week_value(country, monday) == 0.0,
    }
}

const WEEKEND: Text = Text { sv: "helg", en: "weekend" };

fn listed(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().copied().find(|country| country.code == code)
}

impl Country {
    /// Red days and closed eves of the range with their names.
    fn closed(&self, range: DayRange) -> BTreeMap<Day, Text> {
        let mut closed = named_days(self.closed_eves, range);
        let library = holidays_rs::Calendar::new(self.red_days);
        for year in years(range) {
            for (date, name) in library.holidays_in(i32::from(year)) {
                let day = Day::new(year, date.month as i8, date.day as i8);
                if let Some(day) = day.filter(|day| range.contains(*day)) {
                    closed.insert(day, self.name(name));
                }
            }
        }
        closed
    }

    fn name(&self, library: &'static str) -> Text {
        let ours = self.names.iter().find(|(name, _)| *name == library);
        ours.map_or(Text { sv: library, en: library }, |(_, text)| *text)
    }
}

fn named_days(days: &[NamedDay], range: DayRange) -> BTreeMap<Day, Text> {
    let of_year = |year: i16| days.iter().filter_map(move |named| Some((named.in_year(year)?, named.name)));
    years(range).flat_map(of_year).filter(|(day, _)| range.contains(*day)).collect()
}

fn years(range: DayRange) -> impl Iterator<Item = i16> {
    range.from.parts().0..=range.to.parts().0
}

#[cfg(test)]
mod tests {
    use super::{Week, week};
    use spelplan_facts::Day;

    #[test]
    fn a_week_tells_its_holidays_and_whether_partners_receive() {
        let day = |text| Day::parse(text).expect("a day");
        let christmas = Week {
            working_days: 3,
            holidays: vec!["julafton".to_owned(), "juldagen".to_owned()],
            closed_to_visits: false,
        };
        assert_eq!(week("SE", day("2026-12-21")), christmas);
        let summer = Week { working_days: 5, holidays: Vec::new(), closed_to_visits: true };
        assert_eq!(week("SE", day("2026-07-13")), summer);
    }
}
