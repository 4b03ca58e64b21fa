//! The board as it is shown.

use std::collections::BTreeMap;

use askama::Template;
use spelplan_app::board::{BoardPage, LeftOutWhy, OBJECTED, Objection, Overtaken};
use spelplan_facts::{Day, Fixedness, Money, Night, PamId, PlanId, Text};

use super::ask::Asked;
use super::cards::{DayCard, StopCard, cards};
use super::changed::{Changed, changed, told};
use super::sentences::{capital, detour, why_not};
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Resetavla", en: "Trip board" };

/// Partners without a visit that are listed with their price.
const LISTED: usize = 30;

/// Why a change was not made, with the form that asked for it.
pub(crate) enum Hitch {
    /// Something stands in the way.
    Objection(Objection, Asked),
    /// Somebody was faster.
    Overtaken(Overtaken, Asked),
}

/// The page.
#[derive(Template)]
#[template(path = "board/page.html")]
pub(crate) struct BoardView {
    frame: Frame,
    t: Tongue,
    unit: String,
    plan: PlanId,
    pam: PamId,
    pam_name: String,
    pams: Vec<(PamId, String)>,
    monday: Day,
    weeks: Vec<WeekChoice>,
    days: Vec<DayCard>,
    open_days: Vec<Day>,
    not_placed: Vec<NotPlaced>,
    left_out: usize,
    own_partners: Vec<(i64, String)>,
    /// May the reader take the better plan that the season page offers?
    steers: bool,
    changed: Option<Changed>,
    version: Option<String>,
    history: Vec<(PlanId, String)>,
    can_undo: bool,
    can_redo: bool,
    latest: Option<PlanId>,
    notice: Option<Notice>,
    faults: usize,
    figures: Figures,
    today: Day,
}

/// A week to choose.
struct WeekChoice {
    monday: Day,
    number: i8,
    visits: usize,
    current: bool,
}

/// A partner without a visit.
struct NotPlaced {
    why: LeftOutWhy,
    name: String,
    city: String,
    words: String,
    reason: &'static str,
    detour: Option<(&'static str, &'static str, String)>,
}

/// Sums of the week.
struct Figures {
    gain: Money,
    cost: Money,
    nights: usize,
    visits: usize,
}

/// What stands above the board after a change that was not made.
struct Notice {
    words: String,
    /// What others did meanwhile.
    since: Vec<String>,
    /// The same change on this version, as fields of a form; `None` where trying again is of no use.
    again: Option<Again>,
}

/// The change once more, with what is allowed besides.
struct Again {
    fields: Asked,
    label: &'static str,
}

impl BoardView {
    /// The page of that week, with what stood in the way of a change.
    pub fn new(visitor: &Visitor, page: BoardPage, hitch: Option<Hitch>) -> BoardView {
        let t = visitor.t;
        let frame = visitor.frame("/season", t.text(TITLE), page.basis.clone());
        let unit = frame.unit();
        let days = cards(&page, t, &unit);
        let own = page.partners.iter().filter(|(_, label)| label.pam == Some(page.pam) && label.place.is_some());
        let mut own_partners: Vec<(i64, String)> =
            own.map(|(id, label)| (id.0, format!("{}, {}", label.name, label.city))).collect();
        own_partners.sort_by(|one, other| one.1.cmp(&other.1));
        BoardView {
            plan: page.plan.id,
            pam: page.pam,
            pam_name: page.pams.get(&page.pam).cloned().unwrap_or_default(),
            pams: page.pams.iter().map(|(pam, name)| (*pam, name.clone())).collect(),
            monday: page.monday,
            weeks: weeks(&page),
            figures: figures(&page, &days),
            open_days: page.open_days.clone(),
            not_placed: page.left_out_whys.iter().take(LISTED).map(|why| not_placed(&page, why, t, &unit)).collect(),
            left_out: page.left_out_whys.len(),
            own_partners,
            steers: visitor.actor.steers(),
            changed: page.difference.as_ref().map(|difference| changed(&page.partners, difference, t, &unit)),
            version: page.version.as_ref().map(|version| told(version, t)),
            history: page.history.iter().map(|version| (version.plan, told(version, t))).collect(),
            can_undo: page.can_undo,
            can_redo: page.can_redo,
            latest: page.overtaken.as_ref().map(|overtaken| overtaken.newer),
            notice: hitch.map(|hitch| notice(hitch, t)),
            faults: page.faults,
            today: page.today,
            days,
            frame,
            t,
            unit,
        }
    }

    fn fixednesses(&self) -> [Fixedness; 5] {
        Fixedness::ALL
    }

    fn others<'a>(&'a self, card: &'a StopCard, day: &'a Day) -> Vec<(String, String)> {
        let stops = self.days.iter().flat_map(|one| one.stops.iter().map(|stop| (one.day, stop)));
        let others = stops.filter(|(on, stop)| (stop.stop.partner, on) != (card.stop.partner, day));
        let choice = |(on, stop): (Day, &StopCard)| {
            (
                format!("{}@{on}", stop.stop.partner.0),
                format!("{} {} {}", self.t.weekday(on), stop.stop.begins, stop.name),
            )
        };
        others.map(choice).collect()
    }

    fn weekdays(&self, day: &Day) -> &'static str {
        self.t.weekday(*day)
    }
}

fn weeks(page: &BoardPage) -> Vec<WeekChoice> {
    let mut visits: BTreeMap<Day, usize> = BTreeMap::new();
    let mut monday = page.plan.season.from.monday();
    while monday <= page.plan.season.to {
        visits.insert(monday, 0);
        monday = monday.plus(7);
    }
    for day in page.plan.days.iter().filter(|day| day.pam == page.pam) {
        *visits.entry(day.day.monday()).or_default() += day.stops.len();
    }
    let choice = |(monday, visits): (Day, usize)| WeekChoice {
        monday,
        number: monday.week().1,
        visits,
        current: monday == page.monday,
    };
    visits.into_iter().map(choice).collect()
}

fn figures(page: &BoardPage, days: &[DayCard]) -> Figures {
    let fields = || page.days.iter().filter_map(|day| day.field.as_ref());
    let stops = || fields().flat_map(|field| &field.stops);
    Figures {
        gain: stops().map(|stop| stop.gain.value).sum(),
        cost: days.iter().map(|day| day.cost).sum(),
        nights: fields().filter(|field| field.to != Night::Home).count(),
        visits: stops().count(),
    }
}

fn not_placed(page: &BoardPage, why: &LeftOutWhy, t: Tongue, unit: &str) -> NotPlaced {
    let label = page.partners.get(&why.partner);
    NotPlaced {
        why: *why,
        name: label.map(|label| label.name.clone()).unwrap_or_default(),
        city: label.map(|label| label.city.clone()).unwrap_or_default(),
        words: why_not(why, t, unit),
        reason: t.text(why.reason.text()),
        detour: why.place.as_ref().map(|place| detour(place.detour, t)),
    }
}

fn notice(hitch: Hitch, t: Tongue) -> Notice {
    match hitch {
        Hitch::Objection(objection, asked) => {
            let (sv, en) = objection.text();
            let allow = match objection {
                Objection::Pinned | Objection::Promised => Some("fixed_visits"),
                Objection::TooSoon => Some("next_days"),
                _ => None,
            };
            let label = t.say("Tillåt det och gör ändringen", "Allow it and make the change");
            let again = allow.map(|allow| {
                let mut fields = asked;
                fields.push((allow.to_owned(), "1".to_owned()));
                Again { fields, label }
            });
            let stop = t.say("Ändringen gjordes inte", "The change was not made");
            Notice { words: format!("{stop}: {} ({OBJECTED}).", t.say(sv, en)), since: Vec::new(), again }
        }
        Hitch::Overtaken(overtaken, asked) => {
            let since: Vec<String> = overtaken.since.iter().map(|version| told(version, t)).collect();
            let words = if since.is_empty() {
                t.say(
                    "Säsongen har planerats om medan du tittade. Din ändring är inte gjord; här är den senaste planen.",
                    "The season was planned anew while you were looking. Your change is not made; here is the latest plan.",
                )
            } else {
                t.say(
                    "Någon hann före. Din ändring är inte gjord; här är den senaste planen, med det som hände:",
                    "Somebody was faster. Your change is not made; here is the latest plan, with what happened:",
                )
            };
            let label = t.say("Gör min ändring på den här", "Make my change on this one");
            let again = asked.iter().any(|(name, _)| name == "change").then_some(Again { fields: asked, label });
            Notice { words: capital(words), since, again }
        }
    }
}
