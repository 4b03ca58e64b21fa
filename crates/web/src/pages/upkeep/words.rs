//! Why a touch is due, in a sentence.

use spelplan_app::upkeep::asked::{Holding, Why};
use spelplan_facts::{Money, Side};

use crate::tongue::Tongue;

/// Days of a mean month.
const MONTH: f64 = 30.4;

pub(super) fn why(t: Tongue, why: &Why, holding: Option<&Holding>, unit: &str) -> String {
    let money = |money: Money| format!("{} {unit}", t.money(money));
    match why {
        Why::Promise { side: Side::Ours, what, by, .. } => {
            format!("{}: {what}, {} {by}", t.say("Du har lovat", "You have promised"), t.say("senast", "by"))
        }
        Why::Promise { who, what, by, .. } => {
            format!("{who} {}: {what}, {} {by}", t.say("har lovat", "has promised"), t.say("senast", "by"))
        }
        Why::Contract { number, ends, value } => {
            let worth = value.map(|value| format!(" ({} {})", money(value), t.say("om året", "a year")));
            let (contract, ends_on) = (t.say("Avtal", "Contract"), t.say("löper ut", "ends on"));
            format!("{contract} {number} {ends_on} {ends}{}", worth.unwrap_or_default())
        }
        Why::Tier { missing, ends, brings } => {
            let more = brings
                .filter(|brings| *brings > Money::ZERO)
                .map(|brings| format!(", {} {}", t.say("som ger partnern", "which brings the partner"), money(brings)));
            let words = t.say("till nästa bonusnivå, perioden slutar", "to the next rebate tier, the period ends on");
            format!("{} {words} {ends}{}", money(*missing), more.unwrap_or_default())
        }
        Why::Certificate { name, until } => {
            format!("{name} {} {until}", t.say("gäller bara till", "is valid only until"))
        }
        Why::Quota { missing, ends } => {
            let words = t.say("fattas till säljmålet", "short of the quota");
            let room = t.say("här finns utrymme", "there is room here");
            format!("{} {words} {ends}; {room}", money(*missing))
        }
        Why::Fading => holding
            .map_or(t.say("Relationen tunnas ut", "The relationship fades").to_owned(), |holding| fading(t, holding)),
    }
}

/// What the relationship comes to by the next visit, with and without.
fn fading(t: Tongue, holding: &Holding) -> String {
    let percent = |share| t.percent(share);
    let when = match holding.visit {
        true => format!("{} {}", t.say("vid besöket", "at the visit on"), holding.until),
        false => format!("{} {}", t.say("den", "by"), holding.until),
    };
    let (without, with) = (percent(holding.without), percent(holding.with));
    let need = if holding.by_need {
        let words = t.say("besöket behöver", "the visit needs");
        let end = t.say("för att inte tappa mark", "to lose no ground");
        format!("; {words} {} {end}", percent(holding.needs))
    } else {
        String::new()
    };
    let pace = pace(t, (MONTH / 7.0 / holding.pace).round().max(1.0) as usize);
    let strength = t.say("Relationen är", "The relationship will be at");
    let silent = t.say("utan kontakt", "without contact");
    let kept = t.say("med", "with");
    format!("{strength} {without} {when} {silent}, {with} {kept} {pace}{need}")
}

/// Ordinal numbers from the third.
const ORDINALS: [&str; 8] = ["tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde"];

/// So many weeks from touch to touch.
fn pace(t: Tongue, weeks: usize) -> String {
    let swedish = match weeks {
        1 => "en kontakt i veckan".to_owned(),
        2 => "en kontakt varannan vecka".to_owned(),
        _ => ORDINALS
            .get(weeks - 3)
            .map_or(format!("en kontakt på {weeks} veckor"), |ordinal| format!("en kontakt var {ordinal} vecka")),
    };
    let english = if weeks == 1 { "a touch a week".to_owned() } else { format!("a touch every {weeks} weeks") };
    t.say(&swedish, &english).to_owned()
}
