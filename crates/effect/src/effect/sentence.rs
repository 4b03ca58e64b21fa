//! One sentence first: did it pay, how sure, why believe it, what to do next. For somebody who knows no statistics.

use spelplan_facts::{Language, Money};

use super::Effect;
use crate::comparison::Measure;
use crate::did_it_pay::{BroughtIn, DidItPay};

/// The four things a reader wants, each a sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Did it pay?
    pub did_it_pay: String,
    /// How sure is that?
    pub how_sure: String,
    /// Why believe it?
    pub why_believe: String,
    /// What now?
    pub what_next: String,
}

/// Says the effect; `money` writes an amount as the reader is used to.
pub fn said(effect: &Effect, language: Language, money: impl Fn(Money) -> String) -> Said {
    let saying = Saying { effect, language, money: &money };
    Said {
        did_it_pay: saying.did_it_pay(),
        how_sure: saying.how_sure(),
        why_believe: saying.why_believe(),
        what_next: saying.what_next(),
    }
}

struct Saying<'a> {
    effect: &'a Effect,
    language: Language,
    money: &'a dyn Fn(Money) -> String,
}

impl Saying<'_> {
    fn say(&self, sv: String, en: String) -> String {
        match self.language {
            Language::Swedish => sv,
            Language::English => en,
        }
    }

    fn did_it_pay(&self) -> String {
        let cost = (self.money)(self.effect.ledger.total());
        let Some(BroughtIn { low, value, high }) = self.effect.brought else { return self.cannot() };
        let [low, value, high] = [low, value, high].map(|amount| (self.money)(amount));
        if self.effect.comparison.measure == Measure::Revenue {
            return self.say(
                format!("Besöken gav mellan {low} och {high} i omsättning, troligast {value}. Täckningsbidraget är okänt, så om det räcker till kostnaden på {cost} går inte att säga."),
                format!("The visits brought in between {low} and {high} of revenue, most likely {value}. Margins are not known, so whether that covers the cost of {cost} cannot be told."),
            );
        }
        match self.effect.verdict {
            DidItPay::Paid => self.say(
                format!("Besöken gav mellan {low} och {high} i täckningsbidrag. De kostade {cost}. De lönade sig."),
                format!("The visits brought in between {low} and {high} of margin. They cost {cost}. They paid."),
            ),
            DidItPay::CostOpen => self.say(
                format!("Besöken gav täckningsbidrag, troligast {value}. Om det räcker till kostnaden på {cost} är inte avgjort."),
                format!("The visits brought in margin, most likely {value}. Whether it covers the cost of {cost} is not settled."),
            ),
            DidItPay::Unsettled => self.say(
                format!("Det är inte avgjort om besöken lönade sig: allt från {low} till {high} är förenligt med siffrorna. De kostade {cost}."),
                format!("Whether the visits paid is not settled: anything from {low} to {high} fits the figures. They cost {cost}."),
            ),
            DidItPay::DidNotPay => self.say(
                format!("Besöken gav högst {high} i täckningsbidrag, mindre än de {cost} de kostade. De lönade sig inte."),
                format!("The visits brought in at most {high} of margin, less than the {cost} they cost. They did not pay."),
            ),
            DidItPay::CannotTell => self.cannot(),
        }
    }

    fn cannot(&self) -> String {
        let cost = (self.money)(self.effect.ledger.total());
        self.say(
            format!("Om besöken lönade sig går inte att säga än. De kostade {cost}."),
            format!("Whether the visits paid cannot be told yet. They cost {cost}."),
        )
    }

    fn how_sure(&self) -> String {
        let grade = self.effect.grade;
        match self.effect.brought {
            Some(_) => {
                let (sv, en) = (grade.text().sv, grade.text().en);
                self.say(
                    format!("Intervallet rymmer sanningen 19 gånger av 20. Bevisgrad {}: {sv}.", grade.letter()),
                    format!("The interval holds the truth 19 times of 20. Grade {}: {en}.", grade.letter()),
                )
            }
            None => self.say(
                "Siffran hålls inne, eftersom den skulle vara mindre säker än den ser ut.".to_owned(),
                "The figure is withheld, because it would be less sure than it looks.".to_owned(),
            ),
        }
    }

    fn why_believe(&self) -> String {
        let (treated, all) = (self.effect.comparison.n_treated(), self.effect.comparison.compared.len());
        let others = all - treated;
        let drift = self.effect.estimates.drift.p();
        let checked = match drift {
            Some(p) if p >= 0.05 => self.say(
                " Före besöken utvecklades grupperna lika.".to_owned(),
                " Before the visits the two went the same way.".to_owned(),
            ),
            Some(_) => self.say(
                " Före besöken utvecklades grupperna inte riktigt lika.".to_owned(),
                " Before the visits the two did not quite go the same way.".to_owned(),
            ),
            None => String::new(),
        };
        self.say(
            format!("{treated} partner som började besökas jämförs månad för månad med {others} som aldrig besöktes, av samma storlek.{checked}"),
            format!("{treated} partners whose visits began are compared month by month with {others} that were never visited, of the same size.{checked}"),
        )
    }

    fn what_next(&self) -> String {
        if let Some(refusal) = self.effect.refusals.first() {
            return refusal.sentence(self.language);
        }
        match (self.effect.verdict, self.effect.settle) {
            (DidItPay::Paid, _) => self.say(
                "Fortsätt, och låt lotten avgöra om partnerna vid gränsen: då vet ni också vad ett besök till är värt.".to_owned(),
                "Go on, and let a toss-up decide about partners at the margin: then you also know what one more visit is worth."
                    .to_owned(),
            ),
            (DidItPay::DidNotPay, _) => self.say(
                "Gör färre besök, eller besök andra: se bearbetningsplanen.".to_owned(),
                "Make fewer visits, or visit others: see the coverage plan.".to_owned(),
            ),
            (_, Some(more)) => self.say(
                format!("Omkring {more} fler besökta partner skulle avgöra det. En lottning avgör det snabbast."),
                format!("About {more} more visited partners would settle it. A toss-up settles it soonest."),
            ),
            _ => self.say(
                "Låt lotten avgöra om partnerna vid gränsen nästa säsong: det ger det säkraste svaret.".to_owned(),
                "Let a toss-up decide about the partners at the margin next season: that gives the surest answer.".to_owned(),
            ),
        }
    }
}
