//! The case in four sentences, for a reader who knows no statistics: will it pay, how sure, why believe it, what to do.

use spelplan_facts::{Band, Language, Money};

use super::{BusinessCase, Pays};
use crate::effect::Said;

/// Says the case; `money` writes an amount and `part` a part of a whole as the reader is used to.
pub fn said_of_case(
    case: &BusinessCase,
    language: Language,
    money: impl Fn(Money) -> String,
    part: impl Fn(f64) -> String,
) -> Said {
    let saying = Saying { case, language, money: &money, part: &part };
    Said {
        did_it_pay: saying.will_it_pay(),
        how_sure: saying.how_sure(),
        why_believe: saying.why_believe(),
        what_next: saying.what_next(),
    }
}

struct Saying<'a> {
    case: &'a BusinessCase,
    language: Language,
    money: &'a dyn Fn(Money) -> String,
    part: &'a dyn Fn(f64) -> String,
}

impl Saying<'_> {
    fn say(&self, sv: String, en: String) -> String {
        match self.language {
            Language::Swedish => sv,
            Language::English => en,
        }
    }

    fn will_it_pay(&self) -> String {
        let Band { low, value, high } = self.case.expected;
        let [cost, low, value, high] = [self.case.bill.total(), low, value, high].map(|amount| (self.money)(amount));
        let (sv, en) = match self.case.pays() {
            Pays::Surely => ("Den lönar sig även om det går dåligt.", "It pays even if it goes badly."),
            Pays::Probably => ("Den lönar sig troligen.", "It probably pays."),
            Pays::Hardly => {
                ("Den lönar sig bara om det går bättre än väntat.", "It pays only if it goes better than expected.")
            }
            Pays::No => ("Den lönar sig inte.", "It does not pay."),
        };
        self.say(
            format!("Säsongen kostar {cost} och väntas ge {value} i täckningsbidrag, mellan {low} och {high}. {sv}"),
            format!(
                "The season costs {cost} and is expected to bring {value} of margin, between {low} and {high}. {en}"
            ),
        )
    }

    fn how_sure(&self) -> String {
        let worst = self.at_worst();
        match self.case.ratio {
            None => self.say(
                format!("Det är en prognos som ännu inte är bevisad (bevisgrad C). Åtta gånger av tio ska utfallet ligga i intervallet; {worst}, nio gånger av tio om modellen stämmer."),
                format!("It is a forecast, not yet proven (grade C). Eight times of ten the outcome should lie in the interval; {worst}, nine times of ten if the model holds."),
            ),
            Some(ratio) => self.say(
                format!("Intervallet kommer från vad {} räknade säsonger faktiskt gav mot plan. Det är fortfarande en prognos (bevisgrad C): nästa säsong är inte den förra. Nio gånger av tio: {worst}.", ratio.seasons),
                format!("The interval comes from what {} counted seasons really brought against their plans. It is still a forecast (grade C): the next season is not the last one. Nine times of ten: {worst}.", ratio.seasons),
            ),
        }
    }

    /// What is left, or lost, at the lower end.
    fn at_worst(&self) -> String {
        let low = self.case.net().low;
        let amount = (self.money)(Money(low.0.abs()));
        if low >= Money::ZERO {
            return self.say(
                format!("minst {amount} blir kvar efter kostnaden"),
                format!("at least {amount} is left after the cost"),
            );
        }
        self.say(format!("högst {amount} går förlorat"), format!("at most {amount} is lost"))
    }

    fn why_believe(&self) -> String {
        let visits = self.case.visits;
        match self.case.ratio {
            None => self.say(
                format!("Varje besök ({visits} stycken) är värderat efter partnerns utrymme, täckningsgrad och relation, och hela summan är redan skuren till den del som planer brukar ge. Ingen egen säsong har räknats ännu."),
                format!("Each of the {visits} visits is valued by the partner's room to grow, margin and relationship, and the whole sum is already cut to the part that plans usually bring. No season of your own has been counted yet."),
            ),
            Some(ratio) => {
                let [low, value, high] = [ratio.low, ratio.value, ratio.high].map(|one| (self.part)(one));
                self.say(
                    format!("Av det som tidigare planer lovade har hittills {value} blivit sant, mellan {low} och {high}. Den delen är lagd på den här planen."),
                    format!("Of what earlier plans promised {value} has come true so far, between {low} and {high}. That part is laid on this plan."),
                )
            }
        }
    }

    fn what_next(&self) -> String {
        let Some(even) = self.case.break_even() else {
            return self.say(
                "Planen väntas inte ge något. Se bearbetningsplanen innan något bokas.".to_owned(),
                "The plan is not expected to bring anything. Look at the coverage plan before anything is booked."
                    .to_owned(),
            );
        };
        let even = (self.part)(even);
        match self.case.pays() {
            Pays::Surely | Pays::Probably => self.say(
                format!("Genomför den, och låt lotten avgöra om partnerna vid gränsen så att svaret nästa gång är bevisat. Det räcker att {even} av planen blir sann för att kostnaden ska vara betald."),
                format!("Go ahead, and let a toss-up decide about the partners at the margin, so that next time the answer is proven. It is enough that {even} of the plan comes true for the cost to be paid."),
            ),
            Pays::Hardly | Pays::No => self.say(
                format!("Gör den mindre innan den genomförs: {even} av planen måste bli sann för att kostnaden ska vara betald. Bearbetningsplanen visar vilka dagar som ger minst."),
                format!("Make it smaller before going ahead: {even} of the plan must come true for the cost to be paid. The coverage plan shows which days bring least."),
            ),
        }
    }
}
