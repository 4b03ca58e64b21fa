//! The card in four sentences, for a reader who knows no statistics: what came in, how sure, why believe it, what to do.

use spelplan_facts::{Language, Money, Text};

use super::{Card, OwnFigures, Whose};
use crate::doubts::Told;
use crate::effect::Said;

/// Why PAMs are not put in an order of what they brought in; none where they may be.
pub fn no_ranking(own: &OwnFigures, withheld: bool) -> Option<Text> {
    match (withheld, own.enough, own.ranked()) {
        (true, ..) => Some(Text {
            sv: "PAM:ar rangordnas inte på vad de tillfört: lagets siffra hålls inne. Se i stället vad var och en gjort",
            en: "PAMs are not ranked on what they brought in: the team's figure is withheld. Look at what each has done instead",
        }),
        (_, 0 | 1, _) => Some(Text {
            sv: "PAM:ar rangordnas inte på vad de tillfört: en egen siffra kräver minst 50 partner vars besök började, hos minst två PAM:ar. Alla visas med sin del av lagets siffra",
            en: "PAMs are not ranked on what they brought in: a figure of one's own needs at least 50 partners whose visits began, at two PAMs at least. Everybody is shown with their part of the team's figure",
        }),
        (.., false) => Some(Text {
            sv: "PAM:ar rangordnas inte på vad de tillfört: deras siffror skiljer sig inte mer än slumpen gör. Alla visas med lagets effekt",
            en: "PAMs are not ranked on what they brought in: their figures differ no more than chance makes them. Everybody is shown with the team's effect",
        }),
        (.., true) => None,
    }
}

/// Says a card: the team's, or a PAM's own to that PAM. `money` writes an amount as the reader is used to.
pub fn said_of_card(
    card: &Card,
    own: &OwnFigures,
    withheld: &[Told],
    language: Language,
    money: impl Fn(Money) -> String,
) -> Said {
    let saying = Saying { card, language, is_team: card.whose == Whose::Team, money: &money };
    Said {
        did_it_pay: saying.what_came_in(),
        how_sure: saying.how_sure(withheld),
        why_believe: saying.why_believe(),
        what_next: saying.what_next(own, withheld),
    }
}

struct Saying<'a> {
    card: &'a Card,
    language: Language,
    is_team: bool,
    money: &'a dyn Fn(Money) -> String,
}

impl Saying<'_> {
    fn say(&self, sv: String, en: String) -> String {
        match self.language {
            Language::Swedish => sv,
            Language::English => en,
        }
    }

    fn what_came_in(&self) -> String {
        let (sv, en) =
            if self.is_team { ("Lagets partner", "The team's partners") } else { ("Dina partner", "Your partners") };
        let booked = (self.money)(self.card.booked);
        match self.card.brought {
            Some(band) => {
                let [low, value, high] = [band.low, band.value, band.high].map(|amount| (self.money)(amount));
                let cost = (self.money)(self.card.counted.total());
                self.say(
                    format!("{sv} gav {booked} i täckningsbidrag. Av det tillförde besöken {value}, mellan {low} och {high}, och kostade {cost}."),
                    format!("{en} brought {booked} of margin. Of that the visits brought in {value}, between {low} and {high}, and cost {cost}."),
                )
            }
            None => {
                let cost = (self.money)((self.card.counted + self.card.uncounted).total());
                self.say(
                    format!("{sv} gav {booked} i täckningsbidrag, och besök och kontakter kostade {cost}. Hur mycket besöken tillförde går inte att säga än."),
                    format!("{en} brought {booked} of margin, and visits and touches cost {cost}. How much the visits brought in cannot be told yet."),
                )
            }
        }
    }

    fn how_sure(&self, withheld: &[Told]) -> String {
        if let Some(band) = self.card.brought {
            let (low, letter) = ((self.money)(band.low), self.card.grade.letter());
            let (sv, en) = (self.card.grade.text().sv, self.card.grade.text().en);
            return self.say(
                format!("Intervallet rymmer sanningen 8 gånger av 10. Bokför den lägre änden: {low}. Bevisgrad {letter}: {sv}."),
                format!("The interval holds the truth 8 times of 10. Book its lower end: {low}. Grade {letter}: {en}."),
            );
        }
        let first = withheld.first();
        let reason = |told: &Told| {
            self.say(
                format!(" Skälet: {}.", told.sv.trim_end_matches('.')),
                format!(" The reason: {}.", told.en.trim_end_matches('.')),
            )
        };
        let why = first.map(reason).unwrap_or_default();
        self.say(
            format!("Det bokförda och kostnaden är säkra. Effekten hålls inne, eftersom den skulle vara mindre säker än den ser ut.{why}"),
            format!("What was booked and what it cost are certain. The effect is withheld, because it would be less sure than it looks.{why}"),
        )
    }

    fn why_believe(&self) -> String {
        match (self.is_team, self.card.brought) {
            (false, Some(_)) => self.say(
                "Lagets siffra är mätt mot partner som aldrig besöktes. Din del är fördelad efter vad dina besök gjort med relationerna; allas delar blir tillsammans 100 %.".to_owned(),
                "The team's figure is measured against partners that were never visited. Your part is spread by what your visits did to relationships; everybody's parts make 100% together.".to_owned(),
            ),
            (true, Some(_)) => self.say(
                "Samma fem rader för PAM och KAM. Det bokförda summerar till alla försäljningsrader, och det tillförda är mätt mot partner som aldrig besöktes.".to_owned(),
                "The same five lines for PAM and KAM. What is booked adds up to all sale lines, and what was brought in is measured against partners that were never visited.".to_owned(),
            ),
            (_, None) => self.say(
                "Det bokförda är försäljningsraderna hos de partner man ansvarar för, varje rad hos precis en. Kostnaden är timmar och resor för varje besök och kontakt.".to_owned(),
                "What is booked are the sale lines of the partners one runs, each line with exactly one. The cost is hours and travel for every visit and touch.".to_owned(),
            ),
        }
    }

    fn what_next(&self, own: &OwnFigures, withheld: &[Told]) -> String {
        if self.is_team {
            let why = no_ranking(own, self.card.brought.is_none());
            let ranked = Text {
                sv: "Egna siffror finns nedan, dragna mot lagets: läs dem med sina intervall",
                en: "Figures of their own stand below, drawn toward the team's: read them with their intervals",
            };
            let text = why.unwrap_or(ranked);
            return format!("{}.", text.in_language(self.language));
        }
        if self.card.brought.is_none() && !withheld.is_empty() {
            return self.say(
                "Gör det som går att påverka: håll löften, förbered möten med agenda, gör de besök som planen säger.".to_owned(),
                "Do what can be done: keep promises, prepare meetings with an agenda, make the visits that the plan says."
                    .to_owned(),
            );
        }
        self.say(
            "Fortsätt där relationen ger mest: de öppna målen visar var.".to_owned(),
            "Go on where the relationship brings most: the open goals show where.".to_owned(),
        )
    }
}
