//! The calendar page as it is shown.

use askama::Template;
use spelplan_app::calendar::{CalendarPage, CalendarReading, PamCalendar, ZONES, told};
use spelplan_facts::{BusyBlock, PamId, Text};

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Kalendrar", en: "Calendars" };
/// Pieces of busy time named on the page.
const NAMED: usize = 12;

/// The page.
#[derive(Template)]
#[template(path = "calendar/page.html")]
pub(crate) struct CalendarView {
    frame: Frame,
    t: Tongue,
    page: CalendarPage,
    /// Whose calendars are shown, by position.
    chosen: usize,
    /// The address of the feed just opened, shown this once.
    address: Option<String>,
    notice: Option<Notice>,
}

/// What was just done.
enum Notice {
    Closed,
    Added,
    /// A calendar was let go, and may be taken up again.
    Ended(i64),
}

impl CalendarView {
    /// The page; `pam` in the address chooses whose calendars are shown, and a feed just opened does.
    pub fn new(visitor: &Visitor, page: CalendarPage, opened: Option<(PamId, String)>) -> CalendarView {
        let asked = visitor.asked();
        let said = |name: &str| asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.as_str());
        let wanted = opened.as_ref().map(|(pam, _)| *pam).or_else(|| said("pam")?.parse().ok().map(PamId));
        let chosen = page.pams.iter().position(|one| Some(one.pam) == wanted).unwrap_or(0);
        let notice = match (said("closed"), said("added"), said("ended")) {
            (Some(_), ..) => Some(Notice::Closed),
            (_, Some(_), _) => Some(Notice::Added),
            (.., Some(id)) => id.parse().ok().map(Notice::Ended),
            _ => None,
        };
        let frame = visitor.frame("/season", visitor.t.text(TITLE), page.basis.clone());
        CalendarView { frame, t: visitor.t, page, chosen, address: opened.map(|(_, address)| address), notice }
    }

    fn shown(&self) -> Option<&PamCalendar> {
        self.page.pams.get(self.chosen)
    }

    fn zones(&self) -> &'static [&'static str] {
        &ZONES
    }

    /// `2026-02-03T10:11:12Z` as `2026-02-03 10:11`, which is UTC.
    fn at(&self, at: &str) -> String {
        at.get(..16).unwrap_or(at).replace('T', " ")
    }

    fn failed(&self, reading: &&CalendarReading) -> Option<Text> {
        (!reading.code.is_empty()).then(|| told(&reading.code))
    }

    /// The next pieces of busy time.
    fn next<'a>(&self, of: &'a PamCalendar) -> &'a [BusyBlock] {
        let from = of.busy.partition_point(|one| one.day < self.page.basis.as_of);
        &of.busy[from..of.busy.len().min(from + NAMED)]
    }

    fn whole_day(&self, one: &&BusyBlock) -> bool {
        one.from.0 == 0 && one.to.0 >= 24 * 60
    }
}
