//! Why here, why now, why not, as sentences from the plan's own prices.

use spelplan_app::board::{Detour, Filler, LeftOutWhy, StopWhy};
use spelplan_facts::{Minutes, Money};

use crate::tongue::Tongue;

/// Why the visit is made at all: what it brings for the time it takes, beside what the PAM's hour is worth elsewhere.
pub(crate) fn why_here(why: &StopWhy, t: Tongue, unit: &str) -> String {
    let net = why.gain - why.cost;
    let hours = why.minutes.as_hours().max(1.0 / 60.0);
    let an_hour = Money::from_units(net.units() / hours);
    let takes = format!(
        "{} {} {unit} {} {} {}, {} {} {}.",
        t.say("Ger", "Brings"),
        t.about(why.gain),
        t.say("för", "for"),
        t.time(why.minutes),
        t.say("på vägen", "on the road"),
        t.say("varav", "of which"),
        t.time(why.detour),
        t.say("extra körning", "extra driving"),
    );
    let worth = format!(
        "{} {} {unit}: {} {} {unit} {}, {} {} {unit} {}.",
        t.say("Kostar", "Costs"),
        t.about(why.cost),
        t.say("netto", "net"),
        t.about(an_hour),
        t.say("i timmen", "an hour"),
        t.say("mot", "against"),
        t.about(why.hour_value),
        t.say("som en timme till är värd annars", "that one more hour is worth elsewhere"),
    );
    format!("{takes} {worth}")
}

/// Why that day and no other.
pub(crate) fn why_now(why: &StopWhy, t: Tongue, unit: &str) -> String {
    match why.other_day {
        None => t
            .say(
                "Ingen annan dag i säsongen har plats för besöket.",
                "No other day of the season has room for the visit.",
            )
            .to_owned(),
        Some((day, less)) if less.0 >= 0 => format!(
            "{} {} {day} {} {} {unit} {}.",
            t.say("Nästbästa dag,", "The next best day,"),
            t.weekday(day),
            t.say("skulle ge", "would leave"),
            t.about(less),
            t.say("mindre", "less"),
        ),
        Some((day, less)) => format!(
            "{} {day} {} {} {unit} {}.",
            t.weekday(day),
            t.say("skulle ge", "would leave"),
            t.about(Money(-less.0)),
            t.say("mer, men där står inget lovat: flytta gärna", "more: consider moving it"),
        ),
    }
}

/// Why a partner gets no visit, and what would have to change.
pub(crate) fn why_not(why: &LeftOutWhy, t: Tongue, unit: &str) -> String {
    let reason = t.text(why.reason.text());
    match (&why.place, why.needs) {
        (Some(place), Some(needs)) if needs == Money::ZERO => format!(
            "{} {} {}: {}.",
            t.say("Får plats och lönar sig", "Fits and pays"),
            t.weekday(place.day),
            place.day,
            place_words(place, t, unit),
        ),
        (Some(place), Some(needs)) => format!(
            "{} {} {}: {}. {} {} {unit} {}{}.",
            t.say("Bästa plats", "Best place"),
            t.weekday(place.day),
            place.day,
            place_words(place, t, unit),
            t.say("Behöver ge", "Needs to bring"),
            t.about(needs),
            t.say("mer för att vara värd timmarna", "more to be worth the hours"),
            hour_words(why.hour_value, t, unit),
        ),
        (_, needs) => {
            let bar = why.objection.map(|objection| {
                let (sv, en) = objection.text();
                t.say(sv, en).to_owned()
            });
            let room = needs.filter(|needs| *needs > Money::ZERO).map(|needs| {
                let words = t.say("mer för att bära en egen dag", "more to bear a day of its own");
                format!(" {} {} {unit} {words}.", t.say("Behöver ge", "Needs to bring"), t.about(needs))
            });
            let words = bar.unwrap_or_else(|| reason.to_owned());
            format!("{}.{}", capital(words.trim_end_matches('.')), room.unwrap_or_default())
        }
    }
}

/// The price of the hours that a visit would take from others; nothing where an hour is worth nothing elsewhere.
fn hour_words(hour_value: Money, t: Tongue, unit: &str) -> String {
    if hour_value <= Money::ZERO {
        return String::new();
    }
    let (before, after) = (t.say(", som annars ger", ", which else bring"), t.say("per timme", "an hour"));
    format!("{before} {} {unit} {after}", t.about(hour_value))
}

fn place_words(place: &Filler, t: Tongue, unit: &str) -> String {
    format!(
        "{} {}, {} {}, {} {} {unit}",
        t.time(place.detour),
        t.say("omväg", "detour"),
        t.time(place.minutes),
        t.say("på vägen", "on the road"),
        t.say("kostar", "costs"),
        t.about(place.cost),
    )
}

/// The form, the class and the words of a detour: a circle, a triangle or a square.
pub(crate) fn detour(minutes: Minutes, t: Tongue) -> (&'static str, &'static str, String) {
    let class = Detour::of(minutes);
    let (style, drawing) = match class {
        Detour::Near => ("near", "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z"),
        Detour::Apart => ("apart", "M8 1.5 15 14H1z"),
        Detour::Far => ("far", "M2 2h12v12H2z"),
    };
    (style, drawing, format!("{} {}", t.text(class.text()), t.time(minutes)))
}

/// A sentence begins with a capital.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_app::board::Objection;
    use spelplan_facts::{Day, Language, LeftOutReason, PamId, PartnerId, TimeOfDay};

    const T: Tongue = Tongue(Language::English);

    fn left(place: Option<Filler>, needs: Option<Money>) -> LeftOutWhy {
        LeftOutWhy {
            partner: PartnerId(1),
            reason: LeftOutReason::HoursGoElsewhere,
            gain: Money::whole(3000),
            objection: place.is_none().then_some(Objection::NoRoom),
            place,
            needs,
            hour_value: Money::ZERO,
        }
    }

    #[test]
    fn whoever_is_left_out_hears_what_is_wanting() {
        let day = Day::parse("2026-02-03").expect("a day");
        let place = Filler {
            partner: PartnerId(1),
            pam: PamId(1),
            day,
            position: 0,
            begins: TimeOfDay::at(9, 0),
            detour: Minutes(42),
            minutes: Minutes(110),
            gain: Money::whole(3000),
            cost: Money::whole(1900),
        };
        let words = why_not(&left(Some(place), Some(Money::whole(2900))), T, "kr");
        assert!(
            words.contains("2026-02-03") && words.contains("42\u{a0}min detour") && words.contains("more to be worth"),
            "{words}"
        );
        let words = why_not(&left(None, Some(Money::whole(500))), T, "kr");
        assert!(words.contains("opening hours") && words.contains("day of its own"), "{words}");
        let words = why_not(&left(Some(place), Some(Money::ZERO)), T, "kr");
        assert!(words.starts_with("Fits and pays"), "{words}");
    }

    #[test]
    fn a_detour_has_a_shape_and_words_of_its_own() {
        let shapes = [30, 31, 91].map(|minutes| detour(Minutes(minutes), T).0);
        assert_eq!(shapes, ["near", "apart", "far"]);
        assert!(detour(Minutes(95), T).2.starts_with("long detour"));
    }
}
