//! A first draft of a meeting from the partner's own figures: which sort of meeting, why, about what, to which end.

use spelplan_facts::{Commitment, ContactId, Day, Facts, Language, Money, PartnerId, Share, Side};
use spelplan_focus::OpenGoal;

use crate::Template;

/// What a suggestion is made from, beside the facts.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The partner as an open goal.
    pub goal: &'a OpenGoal,
    /// Whom the meeting is with, where known.
    pub contact: Option<ContactId>,
    /// Promises that are still open, oldest first.
    pub open: &'a [&'a Commitment],
}

/// Words for a meeting: they go into a plan and are changed at will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The template they were begun from.
    pub template: &'static Template,
    /// Why.
    pub purpose: String,
    /// About what, open promises first.
    pub agenda: Vec<String>,
    /// What we want to reach.
    pub our_goal: String,
    /// What they get out of it.
    pub their_goal: String,
}

/// Half-year purchases that fell by this much call for a talk about why.
const FALLEN: f64 = 0.25;
/// An aftermarket below this part of everybody's is worth a meeting of its own.
const LITTLE: f64 = 0.5;

/// The meeting that the partner's own figures suggest on that day.
pub fn suggested(facts: &Facts, told: Told<'_>, today: Day, language: Language) -> Words {
    let partner = told.goal.partner;
    let change = half_year_change(facts, partner, today);
    let aftermarket = (aftermarket(facts, Some(partner)), aftermarket(facts, None));
    let little = matches!(aftermarket, (Some(own), Some(all)) if own.0 < all.0 * LITTLE);
    let code = match change {
        _ if told.goal.last_visit.is_none() => "first",
        Some(change) if change.0 <= -FALLEN => "recovery",
        _ if is_new_there(facts, partner, told.contact) => "onboarding",
        _ if little => "margin",
        _ => "review",
    };
    let template = Template::coded(code).unwrap_or(crate::TEMPLATES[0]);
    let say = |sv: &str, en: &str| (if language == Language::Swedish { sv } else { en }).to_owned();
    let why = match (code, change, aftermarket) {
        ("recovery", Some(change), _) => {
            let fell = percent(Share(-change.0), language);
            say(
                &format!("Köpen har minskat med {fell} på ett år"),
                &format!("Purchases have fallen by {fell} in a year"),
            )
        }
        ("margin", _, (Some(own), Some(all))) => {
            let (own, all) = (percent(own, language), percent(all, language));
            say(
                &format!("Eftermarknaden är {own} av köpen, {all} hos alla partner"),
                &format!("The aftermarket is {own} of purchases, {all} with all partners"),
            )
        }
        _ => {
            let (room, unit) = (rounded(told.goal.headroom, language), &facts.settings.currency);
            say(
                &format!("Utrymmet är omkring {room} {unit} om året"),
                &format!("There is room for about {room} {unit} a year"),
            )
        }
    };
    Words {
        template,
        purpose: format!("{}. {why}.", template.purpose.in_language(language)),
        agenda: carried_over(told.open, template, language),
        our_goal: template.our_goal.in_language(language).to_owned(),
        their_goal: template.their_goal.in_language(language).to_owned(),
    }
}

/// A template's points with the open promises before them: what was said last time comes first.
pub fn carried_over(open: &[&Commitment], template: &Template, language: Language) -> Vec<String> {
    let promise = |one: &&Commitment| {
        let who = match (one.side, language) {
            (Side::Ours, Language::Swedish) => format!("{} (vi)", one.who),
            (Side::Ours, Language::English) => format!("{} (us)", one.who),
            (Side::Theirs, _) => one.who.clone(),
        };
        match language {
            Language::Swedish => format!("Sedan sist: {who} – {}, senast {}", one.what, one.by),
            Language::English => format!("From last time: {who} – {}, by {}", one.what, one.by),
        }
    };
    open.iter().map(promise).chain(template.agenda_in(language)).collect()
}

/// Change of the last six full months against the same months a year before; `None` where nothing was bought then.
fn half_year_change(facts: &Facts, partner: PartnerId, today: Day) -> Option<Share> {
    let end = today.plus(1).month().0;
    let between = |from: i32, to: i32| -> Money {
        let months = facts.sales.months_of(partner).iter().filter(|sale| (from..to).contains(&sale.month.0));
        months.map(|sale| sale.revenue).sum()
    };
    let (now, before) = (between(end - 6, end), between(end - 18, end - 12));
    (before > Money::ZERO).then(|| Share((now - before).units() / before.units()))
}

/// The part of the last twelve months that is aftermarket: of one partner, or of all.
fn aftermarket(facts: &Facts, partner: Option<PartnerId>) -> Option<Share> {
    let sales = &facts.sales;
    let rows = partner.map_or(&sales.by_category[..], |partner| sales.categories_of(partner));
    let is_after = |id| sales.categories.iter().any(|one| one.id == id && one.aftermarket);
    let after: Money = rows.iter().filter(|one| is_after(one.category)).map(|one| one.revenue).sum();
    let all: Money = rows.iter().map(|one| one.revenue).sum();
    (all > Money::ZERO).then(|| Share::of(after, all)).flatten()
}

/// Others there have been met, this person never.
fn is_new_there(facts: &Facts, partner: PartnerId, contact: Option<ContactId>) -> bool {
    let met = |one: &&spelplan_facts::Touch| one.partner == partner && one.kind.is_visit() && one.contact.is_some();
    let mut met = facts.touches.iter().filter(met).peekable();
    contact.is_some() && met.peek().is_some() && met.all(|touch| touch.contact != contact)
}

fn percent(share: Share, language: Language) -> String {
    let number = (share.0 * 100.0).round();
    match language {
        Language::Swedish => format!("{number}\u{a0}%"),
        Language::English => format!("{number}%"),
    }
}

/// An estimate in words: two figures, grouped.
fn rounded(money: Money, language: Language) -> String {
    let units = money.units().max(0.0);
    let digits = if units < 1.0 { 1 } else { units.log10().floor() as i32 + 1 };
    let step = 10_f64.powi((digits - 2).max(0));
    let digits = format!("{}", (units / step).round() * step);
    let gap = if language == Language::Swedish { '\u{a0}' } else { ',' };
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(gap);
        }
        grouped.push(digit);
    }
    grouped
}
