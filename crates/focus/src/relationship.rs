//! One partner's relationship through time: each person's stock in event time, put together to the partner's strength.
//!
//! A touch that names nobody counts as with one unnamed person of weight 1, so that a partner whose touches name nobody
//! follows the closed forms exactly. One that only maintains is taken to be with whoever was met last, named or not.
//! A meeting whose quality nobody stated counts as a normal good one (1), which is what alpha is calibrated on.

use spelplan_facts::{ContactId, Day, Facts, Model, Touch};

use crate::{roles, stock};

/// The memory of the running mean of digital touches: 12 weeks, in months.
const TOUCH_MEMORY: f64 = 84.0 / stock::DAYS_A_MONTH;

/// Longest step in months over which changing touches are integrated.
const STEP: f64 = 0.5;

/// One person's stock.
struct Person {
    contact: Option<ContactId>,
    weight: f64,
    strength: f64,
    /// Weighted digital touches a month, a running mean.
    touches: f64,
    met: bool,
    at: Day,
}

/// How a partner stands on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Standing {
    /// Strength 0 to 1: `1 - prod(1 - w R)` over its people.
    pub(crate) strength: f64,
    /// Weighted digital touches a month with the person the relationship mostly rests on, or with all of them while
    /// there is none; at most [`stock::MOST_TOUCHES_MONTH`].
    pub(crate) touches_month: f64,
}

/// How the partner stood at the end of each of these days (in order), given its touches (in order of day).
pub(crate) fn standings(facts: &Facts, touches: &[&Touch], days: &[Day]) -> Vec<Standing> {
    let mut people: Vec<Person> = Vec::new();
    let mut waiting = touches.iter().peekable();
    let mut last_met = None;
    let mut standings = Vec::with_capacity(days.len());
    for &day in days {
        while let Some(touch) = waiting.next_if(|touch| touch.day <= day) {
            let contact = touch.contact.or(if touch.kind.builds > 0.0 { None } else { last_met });
            let person = whom(facts, &mut people, contact, touch.day);
            person.advance(&facts.settings.model, touch.day);
            if person.receive(&facts.settings.model, touch) {
                last_met = contact;
            }
        }
        people.iter_mut().for_each(|person| person.advance(&facts.settings.model, day));
        standings.push(together(&people));
    }
    standings
}

fn whom<'a>(facts: &Facts, people: &'a mut Vec<Person>, contact: Option<ContactId>, day: Day) -> &'a mut Person {
    let at = people.iter().position(|person| person.contact == contact).unwrap_or_else(|| {
        let weight = contact.map_or(roles::UNNAMED, |id| weight_of(facts, id));
        people.push(Person { contact, weight, strength: 0.0, touches: 0.0, met: false, at: day });
        people.len() - 1
    });
    &mut people[at]
}

fn weight_of(facts: &Facts, id: ContactId) -> f64 {
    let found = facts.contacts.binary_search_by_key(&id, |contact| contact.id);
    roles::weight(found.map_or("", |at| &facts.contacts[at].role))
}

fn together(people: &[Person]) -> Standing {
    let strength = 1.0 - people.iter().map(|person| 1.0 - person.weight * person.strength).product::<f64>();
    let held = |person: &Person| person.weight * person.strength;
    let strongest = people.iter().reduce(|best, person| if held(person) > held(best) { person } else { best });
    let touches = match strongest {
        Some(person) if held(person) > 0.0 => person.touches,
        _ => people.iter().map(|person| person.touches).sum(),
    };
    Standing { strength, touches_month: touches.min(stock::MOST_TOUCHES_MONTH) }
}

impl Person {
    /// Lets time pass until that day: the stock fades at the rate its touches allow, and the touches fade too.
    fn advance(&mut self, model: &Model, day: Day) {
        let months = f64::from(self.at.until(day)) / stock::DAYS_A_MONTH;
        if months <= 0.0 {
            return;
        }
        if self.strength > 0.0 {
            self.strength *= (-wear(model, self.touches, months)).exp();
        }
        self.touches *= (-months / TOUCH_MEMORY).exp();
        self.at = day;
    }

    /// Takes a touch in; true when the person was met in it.
    fn receive(&mut self, model: &Model, touch: &Touch) -> bool {
        let quality = touch.quality.unwrap_or(1.0).clamp(0.0, 1.2);
        let video = touch.kind.code == "video" && self.met;
        let force = touch.kind.builds + if video { model.video_build } else { 0.0 };
        self.strength = stock::after_meeting(model, self.strength, force * quality);
        self.touches += touch.kind.maintains / TOUCH_MEMORY;
        self.met |= touch.kind.is_visit();
        touch.kind.builds > 0.0
    }
}

/// Decay summed over the months while the touches fade: Simpson's rule over steps of at most half a month.
fn wear(model: &Model, touches: f64, months: f64) -> f64 {
    if touches < 1e-6 {
        return stock::natural_decay(model) * months;
    }
    let steps = (months / STEP).ceil().max(1.0);
    let length = months / steps;
    let rate = |month: f64| stock::decay(model, touches * (-month / TOUCH_MEMORY).exp());
    let mut before = rate(0.0);
    let mut sum = 0.0;
    for step in 0..steps as usize {
        let from = step as f64 * length;
        let after = rate(from + length);
        sum += length / 6.0 * (before + 4.0 * rate(from + 0.5 * length) + after);
        before = after;
    }
    sum
}
