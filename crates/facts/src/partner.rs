//! Partners (resellers) and the people at them.

use crate::{ContactId, DayRange, Minutes, Money, PamId, PartnerId, Point, TimeOfDay};

/// A reseller we plan for.
#[derive(Debug, Clone, PartialEq)]
pub struct Partner {
    /// Its identity in the store.
    pub id: PartnerId,
    /// Its number in the files it came from; unique.
    pub key: String,
    /// Name.
    pub name: String,
    /// Street and number; may be empty.
    pub street: String,
    /// Postal code as written; may be empty.
    pub postal_code: String,
    /// Town; may be empty.
    pub city: String,
    /// ISO 3166 two-letter country, upper case; empty where unknown.
    pub country: String,
    /// Where it lies, and how well we know that; `None` where it could not be placed.
    pub place: Option<Place>,
    /// What kind of reseller (generalist, MSP, …); empty where unknown.
    pub segment: String,
    /// Chain or group it belongs to; empty where none.
    pub chain: String,
    /// Employees, where known.
    pub employees: Option<u32>,
    /// Its own yearly revenue from its accounts, where known.
    pub revenue: Option<Money>,
    /// The PAM who runs it; `None` where nobody does.
    pub pam: Option<PamId>,
    /// When it receives visitors; `None` means the country's default hours.
    pub opening_hours: Option<WeekHours>,
    /// Days on which it receives nobody.
    pub closed: Vec<DayRange>,
    /// How long a visit takes there; `None` means the default.
    pub visit_time: Option<Minutes>,
    /// No longer buys or must not be visited (status in the file).
    pub inactive: bool,
}

impl Partner {
    /// A partner of whom nothing is known but its identity, which stands for number and name too.
    pub fn of(id: PartnerId) -> Partner {
        Partner {
            id,
            key: id.0.to_string(),
            name: format!("P{}", id.0),
            street: String::new(),
            postal_code: String::new(),
            city: String::new(),
            country: String::new(),
            place: None,
            segment: String::new(),
            chain: String::new(),
            employees: None,
            revenue: None,
            pam: None,
            opening_hours: None,
            closed: Vec::new(),
            visit_time: None,
            inactive: false,
        }
    }
}

/// A point and how it was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where.
    pub point: Point,
    /// How well it is known.
    pub precision: Precision,
}

/// How well a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// Coordinates came with the file.
    Given,
    /// From postal code or town: right to some kilometres ("town precision").
    Town,
}

/// Hours of a week: for each weekday (Monday is 0) its windows in order, none when closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WeekHours(pub [Vec<Window>; 7]);

/// A time of day from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// Opens.
    pub from: TimeOfDay,
    /// Closes; a visit must be over by then.
    pub to: TimeOfDay,
}

impl WeekHours {
    /// The same window Monday to Friday.
    pub fn weekdays(from: TimeOfDay, to: TimeOfDay) -> WeekHours {
        let mut days: [Vec<Window>; 7] = Default::default();
        days[..5].fill(vec![Window { from, to }]);
        WeekHours(days)
    }

    /// Reads `Mon-Fri 09:00-12:00,13:00-16:30; Sat 10:00-13:00` (Swedish day names too: `mån-fre`). `None` when it cannot.
    pub fn parse(text: &str) -> Option<WeekHours> {
        let mut days: [Vec<Window>; 7] = Default::default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (names, hours) = part.split_once(' ')?;
            let windows: Option<Vec<Window>> = hours.split(',').map(window).collect();
            let (first, last) = names.split_once('-').unwrap_or((names, names));
            let (first, last) = (weekday(first)?, weekday(last)?);
            (first <= last).then_some(())?;
            for day in &mut days[first..=last] {
                day.extend(windows.as_ref()?);
            }
        }
        for day in &mut days {
            day.sort();
            if day.windows(2).any(|pair| pair[0].to > pair[1].from) {
                return None;
            }
        }
        Some(WeekHours(days))
    }
}

impl std::fmt::Display for WeekHours {
    /// Writes what [`WeekHours::parse`] reads.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let open = self.0.iter().enumerate().filter(|(_, windows)| !windows.is_empty());
        for (n, (day, windows)) in open.enumerate() {
            let hours: Vec<String> = windows.iter().map(|w| format!("{}-{}", w.from, w.to)).collect();
            write!(f, "{}{} {}", if n == 0 { "" } else { "; " }, names[day], hours.join(","))?;
        }
        Ok(())
    }
}

fn weekday(name: &str) -> Option<usize> {
    let name = name.trim().to_lowercase();
    let english = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let swedish = ["mån", "tis", "ons", "tor", "fre", "lör", "sön"];
    (0..7).find(|&day| name.starts_with(english[day]) || name.starts_with(swedish[day]))
}

fn window(text: &str) -> Option<Window> {
    let (from, to) = text.trim().split_once('-')?;
    let window = Window { from: time(from)?, to: time(to)? };
    (window.from < window.to).then_some(window)
}

fn time(text: &str) -> Option<TimeOfDay> {
    let (hour, minute) = text.trim().split_once([':', '.'])?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= 1440)
        .then_some(TimeOfDay::at(hour, minute))
}

/// A person at a partner.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Identity in the store.
    pub id: ContactId,
    /// Number, mail address or name that identifies the person in files; unique within the partner.
    pub key: String,
    /// Where the person works.
    pub partner: PartnerId,
    /// Given and family name.
    pub name: String,
    /// What they do there, as written.
    pub role: String,
    /// Mail address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
}
