//! What a toss-up came to, in the four sentences a reader wants.

use spelplan_facts::{Language, Money};

use super::{Stage, TossUpResult, Witness};
use crate::comparison::Measure;
use crate::did_it_pay::DidItPay;
use crate::effect::Said;

/// Says it; `money` writes an amount as the reader is used to.
pub fn said_of_toss_up(result: &TossUpResult, language: Language, money: impl Fn(Money) -> String) -> Said {
    let saying = Saying { result, language, money: &money };
    Said {
        did_it_pay: saying.did_it_pay(),
        how_sure: saying.how_sure(),
        why_believe: saying.why_believe(),
        what_next: saying.what_next(),
    }
}

struct Saying<'a> {
    result: &'a TossUpResult,
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
        let cost = (self.money)(self.result.compliance.cost);
        let Some(brought) = self.result.brought else { return self.not_yet() };
        let [low, value, high] = [brought.low, brought.value, brought.high].map(|amount| (self.money)(amount));
        let months = self.result.months;
        if self.result.measure == Measure::Revenue {
            return self.say(
                format!("De lottade besöken gav mellan {low} och {high} i omsättning på {months} månader. Täckningsbidraget är okänt, så om det räcker till kostnaden på {cost} går inte att säga."),
                format!("The visits that were drawn brought in between {low} and {high} of revenue in {months} months. Margins are not known, so whether that covers the cost of {cost} cannot be told."),
            );
        }
        match self.result.verdict {
            DidItPay::Paid => self.say(
                format!("De lottade besöken gav mellan {low} och {high} i täckningsbidrag på {months} månader. De kostade {cost}. De lönade sig."),
                format!("The visits that were drawn brought in between {low} and {high} of margin in {months} months. They cost {cost}. They paid."),
            ),
            DidItPay::CostOpen => self.say(
                format!("De lottade besöken gav täckningsbidrag, troligast {value} på {months} månader. Om det räcker till kostnaden på {cost} är inte avgjort."),
                format!("The visits that were drawn brought in margin, most likely {value} in {months} months. Whether it covers the cost of {cost} is not settled."),
            ),
            DidItPay::DidNotPay => self.say(
                format!("De lottade besöken gav högst {high} i täckningsbidrag på {months} månader, mindre än de {cost} de kostade. De lönade sig inte."),
                format!("The visits that were drawn brought in at most {high} of margin in {months} months, less than the {cost} they cost. They did not pay."),
            ),
            DidItPay::Unsettled | DidItPay::CannotTell => self.say(
                format!("Det är inte avgjort om de lottade besöken lönade sig: allt från {low} till {high} är förenligt med siffrorna. De kostade {cost}."),
                format!("Whether the visits that were drawn paid is not settled: anything from {low} to {high} fits the figures. They cost {cost}."),
            ),
        }
    }

    fn not_yet(&self) -> String {
        match self.result.stage {
            Stage::Running => self.say(
                "Säsongen pågår eller ligger framför oss.".to_owned(),
                "The season is running or lies ahead.".to_owned(),
            ),
            Stage::Waiting { until } => self.say(
                format!("Besöken är gjorda. Första månaden efter säsongen är avslutad {until}."),
                format!("The visits are made. The first month after the season is settled on {until}."),
            ),
            Stage::Early { settled, until } => self.say(
                format!("{settled} av månaderna är avslutade. Svaret kommer {until}."),
                format!("{settled} of the months are settled. The answer comes on {until}."),
            ),
            Stage::Closed => self.say(
                "Om de lottade besöken lönade sig går inte att säga.".to_owned(),
                "Whether the visits that were drawn paid cannot be told.".to_owned(),
            ),
        }
    }

    fn how_sure(&self) -> String {
        if self.result.brought.is_some() {
            let (sv, en) = self.proven();
            return self.say(
                format!("Intervallet rymmer sanningen 19 gånger av 20. {sv}"),
                format!("The interval holds the truth 19 times of 20. {en}"),
            );
        }
        let percent = |part: f64| (part * 100.0).round();
        match self.result.any_day {
            Some((_, low, high)) if self.result.refusals.is_empty() => self.say(
                format!("Så långt: mellan {} och {} % av en vanlig månad. Det intervallet håller hur ofta man än tittar; inget annat gör det i förtid.", percent(low), percent(high)),
                format!("So far: between {} and {}% of a usual month. That interval holds however often one looks; no other does before the time.", percent(low), percent(high)),
            ),
            _ => self.say("Ingen siffra sägs i förtid.".to_owned(), "No figure is told before its time.".to_owned()),
        }
    }

    fn proven(&self) -> (&'static str, &'static str) {
        match self.result.witness {
            Witness::WrittenDown => ("Bevisgrad A: visat genom lottning.", "Grade A: proven by lottery."),
            Witness::ToldInTime => (
                "Bevisgrad B: en lottning gjord på annat håll, inläst innan utfallet gick att se.",
                "Grade B: a lottery drawn elsewhere, told here before its outcome could be seen.",
            ),
            Witness::ToldAfterwards => (
                "Bevisgrad C: en lottning gjord på annat håll, inläst när utfallet redan gick att se.",
                "Grade C: a lottery drawn elsewhere, told here when its outcome could already be seen.",
            ),
        }
    }

    fn why_believe(&self) -> String {
        let followed = &self.result.compliance;
        let ((won, had), (lost, none)) = (followed.winners, followed.losers);
        let kept = self.say(
            format!("{had} av {won} vinnare har fått sina besök, {none} av {lost} förlorare inget."),
            format!("{had} of {won} winners have had their visits, {none} of {lost} losers none."),
        );
        if self.result.witness == Witness::WrittenDown {
            return self.say(
                format!("Slumpen valde vem som fick besöken, så ingenting annat skiljer dem åt. {kept}"),
                format!("Chance chose who got the visits, so nothing else sets them apart. {kept}"),
            );
        }
        let alike = if self.result.brought.is_some() {
            self.say(
                "; före säsongen skilde sig sidorna inte mer åt än slumpen gör".to_owned(),
                "; before the season the sides differed no more than chance makes them".to_owned(),
            )
        } else {
            String::new()
        };
        self.say(
            format!("Enligt den inlästa filen valde slumpen vem som fick besöken. Dragningen gjordes inte här och ingen kontrollsumma skrevs ner före den, så den kan inte göras om{alike}. {kept}"),
            format!("By the file that was handed in, chance chose who got the visits. It was not drawn here and no check sum was written down before it, so it cannot be drawn again{alike}. {kept}"),
        )
    }

    fn what_next(&self) -> String {
        if let Some(refusal) = self.result.refusals.first() {
            return refusal.sentence(self.language);
        }
        match (self.result.stage, self.result.verdict) {
            (Stage::Running, _) => self.say(
                "Gör de besök som lottades, och inga hos dem som förlorade.".to_owned(),
                "Make the visits that were drawn, and none at those that lost.".to_owned(),
            ),
            (Stage::Waiting { .. } | Stage::Early { .. }, _) => {
                self.say("Vänta. Inget behöver göras.".to_owned(), "Wait. Nothing needs doing.".to_owned())
            }
            (Stage::Closed, DidItPay::Paid) => self.say(
                "Besök fler av samma slag nästa säsong.".to_owned(),
                "Visit more of the same kind next season.".to_owned(),
            ),
            (Stage::Closed, DidItPay::DidNotPay) => self.say(
                "Lägg de besöken på andra partner.".to_owned(),
                "Spend those visits on other partners.".to_owned(),
            ),
            (Stage::Closed, _) => self.say(
                "Lotta om fler nästa säsong: flera lottningar räknas tillsammans.".to_owned(),
                "Draw among more next season: toss-ups count together.".to_owned(),
            ),
        }
    }
}
