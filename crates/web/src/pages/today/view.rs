//! Today as it is shown: one day after the other, each told in the same way, because a page kept on a device grows old.

use askama::Template;
use spelplan_app::meetings::MeetingRow;
use spelplan_app::today::{DayEntry, TodayDay, TodayPage};
use spelplan_facts::{Day, DeskBlock, DeskKind, Pam, Stage, Text, TimeOfDay};

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "I dag", en: "Today" };

/// The page.
#[derive(Template)]
#[template(path = "today/page.html")]
pub(crate) struct TodayView {
    frame: Frame,
    t: Tongue,
    page: TodayPage,
    here: String,
    may_change: bool,
}

impl TodayView {
    /// The page of that day.
    pub fn new(visitor: &Visitor, page: TodayPage) -> TodayView {
        let frame = visitor.frame("/today", visitor.t.text(TITLE), page.basis.clone());
        let may_change = page.pam.as_ref().is_some_and(|pam| visitor.actor.replans(Some(pam.id)));
        TodayView { t: visitor.t, frame, here: visitor.here(), may_change, page }
    }

    /// Today and tomorrow always, later days where there is something on them.
    fn days(&self) -> Vec<&TodayDay> {
        let told = |(n, day): &(usize, &TodayDay)| *n < 2 || !day.is_empty();
        self.page.days.iter().enumerate().filter(told).map(|(_, day)| day).collect()
    }

    fn title(&self, day: &Day) -> &'static str {
        match self.page.today.until(*day) {
            0 => self.t.say("I dag", "Today"),
            1 => self.t.say("I morgon", "Tomorrow"),
            _ => "",
        }
    }

    fn is_shown(&self, pam: &Pam) -> bool {
        self.page.pam.as_ref().is_some_and(|shown| shown.id == pam.id)
    }

    /// The first visit or meeting after that day.
    fn next_after(&self, day: &Day) -> Option<(Day, &str)> {
        let later = self.page.days.iter().filter(|one| one.day > *day);
        let next = later.flat_map(|one| one.entries.first().map(|entry| (one.day, entry.name.as_str()))).next();
        next.or_else(|| self.page.beyond.as_ref().map(|(day, name)| (*day, name.as_str())))
    }

    fn ends(&self, entry: &DayEntry) -> Option<TimeOfDay> {
        entry.begins.map(|begins| TimeOfDay(begins.0 + entry.length.0))
    }

    fn goal<'a>(&self, entry: &'a DayEntry) -> &'a str {
        entry.meeting.as_ref().map(|meeting| meeting.plan().our_goal.as_str()).unwrap_or_default()
    }

    fn may_log(&self, entry: &DayEntry) -> bool {
        let confirmed = entry.meeting.as_ref().is_some_and(|one| one.stage() == Stage::Confirmed);
        confirmed && self.may_change
    }

    fn desk(&self, block: &DeskBlock) -> String {
        let what = match block.kind {
            DeskKind::Preparation => self.t.say("Förbered säsongens möten", "Prepare the season's meetings"),
            DeskKind::FollowUp => self.t.say("Följ upp säsongens möten", "Follow up the season's meetings"),
        };
        format!("{what}: {}", self.t.time(block.time))
    }

    fn missing(&self, row: &MeetingRow) -> String {
        row.missing.iter().map(|one| self.t.text(one.text())).collect::<Vec<_>>().join(", ")
    }
}
