//! One partner's relationship through time: a stock for each pair of a PAM and a person, put together to the partner's
//! strength.
//!
//! A touch that names nobody counts as with one unnamed person of weight 1, so that a partner whose touches name nobody
//! follows the closed forms exactly. One that only maintains is taken to be with whoever was met last, named or not.
//! A touch that names no PAM is taken to be by the one who runs the partner.

use spelplan_facts::{ContactId, Day, Facts, Model, Partner, Touch};

use crate::handover::Handovers;
use crate::pair::Pair;
use crate::{roles, stock};

/// One person at the partner, and each of our PAMs' stock with them.
struct Person {
    contact: Option<ContactId>,
    weight: f64,
    pairs: Vec<Pair>,
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
pub(crate) fn standings(facts: &Facts, partner: &Partner, touches: &[&Touch], days: &[Day]) -> Vec<Standing> {
    let model = facts.settings.model_of(&partner.segment);
    let handovers = Handovers::of(partner.pam, touches);
    let mut people: Vec<Person> = Vec::new();
    let mut waiting = touches.iter().peekable();
    let mut last_met = None;
    let mut standings = Vec::with_capacity(days.len());
    for &day in days {
        while let Some(touch) = waiting.next_if(|touch| touch.day <= day) {
            let meeting = touch.kind.builds > 0.0;
            let contact = touch.contact.or(if meeting { None } else { last_met });
            whom(facts, &mut people, contact).receive(&model, &handovers, touch);
            if meeting {
                last_met = contact;
            }
        }
        standings.push(together(&model, &handovers, &mut people, day));
    }
    standings
}

fn whom<'a>(facts: &Facts, people: &'a mut Vec<Person>, contact: Option<ContactId>) -> &'a mut Person {
    let at = people.iter().position(|person| person.contact == contact).unwrap_or_else(|| {
        let weight = contact.map_or(roles::UNNAMED, |id| weight_of(facts, id));
        people.push(Person { contact, weight, pairs: Vec::new() });
        people.len() - 1
    });
    &mut people[at]
}

fn weight_of(facts: &Facts, id: ContactId) -> f64 {
    let found = facts.contacts.binary_search_by_key(&id, |contact| contact.id);
    roles::weight(found.map_or("", |at| &facts.contacts[at].role))
}

impl Person {
    /// Takes a touch in with the pair it belongs to. A PAM who meets the person, or who has taken over, goes on from where
    /// the others have led them, if that is further; a colleague's call leads nobody anywhere.
    fn receive(&mut self, model: &Model, handovers: &Handovers, touch: &Touch) {
        let pam = handovers.whose(touch);
        self.pairs.iter_mut().for_each(|pair| pair.advance(model, touch.day));
        let led = |pair: &Pair| pair.strength * handovers.part(model, pair.pam, pam, touch.day);
        let led = self.pairs.iter().map(led).fold(0.0, f64::max);
        let at = self.pairs.iter().position(|pair| pair.pam == pam).unwrap_or_else(|| {
            self.pairs.push(Pair::new(pam, touch.day));
            self.pairs.len() - 1
        });
        if touch.kind.builds > 0.0 || pam == handovers.now {
            self.pairs[at].strength = led.max(self.pairs[at].strength);
        }
        self.pairs[at].receive(model, touch);
    }

    /// The strength that counts on that day, and the touches of the pair it rests on.
    fn standing(&mut self, model: &Model, handovers: &Handovers, day: Day) -> Standing {
        self.pairs.iter_mut().for_each(|pair| pair.advance(model, day));
        let counted = |pair: &Pair| pair.strength * handovers.counts(model, pair.pam, day);
        let best = self.pairs.iter().reduce(|best, pair| if counted(pair) > counted(best) { pair } else { best });
        let strength = best.map_or(0.0, counted);
        let touches_month = match best {
            Some(pair) if strength > 0.0 => pair.touches,
            _ => self.pairs.iter().map(|pair| pair.touches).sum(),
        };
        Standing { strength, touches_month }
    }
}

fn together(model: &Model, handovers: &Handovers, people: &mut [Person], day: Day) -> Standing {
    let stood: Vec<(f64, Standing)> =
        people.iter_mut().map(|person| (person.weight, person.standing(model, handovers, day))).collect();
    let held = |(weight, standing): &(f64, Standing)| weight * standing.strength;
    let strength = 1.0 - stood.iter().map(|one| 1.0 - held(one)).product::<f64>();
    let strongest = stood.iter().reduce(|best, one| if held(one) > held(best) { one } else { best });
    let touches = match strongest {
        Some(one) if held(one) > 0.0 => one.1.touches_month,
        _ => stood.iter().map(|one| one.1.touches_month).sum(),
    };
    Standing { strength, touches_month: touches.min(stock::MOST_TOUCHES_MONTH) }
}
