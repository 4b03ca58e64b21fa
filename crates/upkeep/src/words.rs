//! Words to begin from: a short letter, or what to say in a call, made from the reason. People change it at will.

use spelplan_facts::{Day, Language, Money, Side};

use crate::due::Why;

/// A prepared letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
}

/// Who writes to whom, for [`letter`].
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    /// The person, empty where nobody is known.
    pub contact: &'a str,
    /// The partner.
    pub partner: &'a str,
    /// The PAM; empty where nobody runs it.
    pub pam: &'a str,
    /// Currency of amounts.
    pub currency: &'a str,
    /// The next visit, where one is planned.
    pub visit: Option<Day>,
}

/// A letter for the strongest of these reasons.
pub fn letter(why: &[Why], between: Between<'_>, language: Language) -> Letter {
    let writer = Writer { between, language };
    let (subject, body) = writer.body(why.first().unwrap_or(&Why::Fading));
    let first = between.contact.split_whitespace().next().unwrap_or_default();
    let greeting = match (first.is_empty(), language) {
        (true, Language::Swedish) => "Hej!".to_owned(),
        (true, Language::English) => "Hello,".to_owned(),
        (false, Language::Swedish) => format!("Hej {first}!"),
        (false, Language::English) => format!("Hi {first},"),
    };
    let goodbye = writer.say("Hälsningar", "Best regards");
    let text = format!("{greeting}\n\n{body}{}\n\n{goodbye}\n{}\n", writer.until_then(), between.pam);
    Letter { subject, text }
}

struct Writer<'a> {
    between: Between<'a>,
    language: Language,
}

impl Writer<'_> {
    fn say<'b>(&self, sv: &'b str, en: &'b str) -> &'b str {
        match self.language {
            Language::Swedish => sv,
            Language::English => en,
        }
    }

    fn body(&self, why: &Why) -> (String, String) {
        match (why, self.language) {
            (Why::Tier { missing, ends, brings }, _) => self.tier(*missing, *ends, *brings),
            (_, Language::Swedish) => self.in_swedish(why),
            (_, Language::English) => self.in_english(why),
        }
    }

    fn in_swedish(&self, why: &Why) -> (String, String) {
        let partner = self.between.partner;
        match why {
            Why::Promise { side: Side::Ours, what, by, .. } => (
                format!("Som jag lovade: {what}"),
                format!(
                    "Sist vi sågs lovade jag dig detta till {by}: {what}. Här kommer det.\n\nHör av dig om något saknas."
                ),
            ),
            Why::Promise { who, what, by, .. } => (
                format!("Hur går det med: {what}?"),
                format!(
                    "När vi sågs skulle {who} ta hand om detta till {by}: {what}. Hur går det? Säg till om jag kan göra något för att underlätta."
                ),
            ),
            Why::Contract { number, ends, .. } => (
                format!("Avtal {number} löper ut {ends}"),
                format!(
                    "Avtalet {number} löper ut {ends}. Ska vi gå igenom vad kunden behöver framåt innan dess? Jag tar gärna fram ett förslag på förlängning."
                ),
            ),
            Why::Certificate { name, until } => (
                format!("{name} gäller till {until}"),
                format!(
                    "Er certifiering {name} gäller till {until}. Vem hos er förnyar den? Jag kan boka plats på nästa tillfälle."
                ),
            ),
            Why::Quota { ends, .. } => (
                format!("Något på gång före {ends}?"),
                format!(
                    "Vilka affärer hos {partner} kan bli klara före {ends}, och vad behöver du av mig för att få dem i hamn?"
                ),
            ),
            Why::Fading | Why::Tier { .. } => (
                "Hur går det sedan sist?".to_owned(),
                format!(
                    "Det var ett tag sedan vi hördes. Hur går det för {partner}, och är det något av det vi talade om som har fastnat?"
                ),
            ),
        }
    }

    fn in_english(&self, why: &Why) -> (String, String) {
        let partner = self.between.partner;
        match why {
            Why::Promise { side: Side::Ours, what, by, .. } => (
                format!("As promised: {what}"),
                format!(
                    "When we last met I promised you this by {by}: {what}. Here it is.\n\nLet me know if anything is missing."
                ),
            ),
            Why::Promise { who, what, by, .. } => (
                format!("How is it going: {what}?"),
                format!(
                    "When we met, {who} was to take care of this by {by}: {what}. How is it going? Tell me if there is anything I can do to help."
                ),
            ),
            Why::Contract { number, ends, .. } => (
                format!("Contract {number} ends on {ends}"),
                format!(
                    "Contract {number} ends on {ends}. Shall we go through what the customer needs before then? I will gladly prepare a renewal."
                ),
            ),
            Why::Certificate { name, until } => (
                format!("{name} is valid until {until}"),
                format!(
                    "Your certification {name} is valid until {until}. Who will renew it? I can book a place at the next session."
                ),
            ),
            Why::Quota { ends, .. } => (
                format!("Anything closing before {ends}?"),
                format!(
                    "Which deals at {partner} could close before {ends}, and what do you need from me to get them there?"
                ),
            ),
            Why::Fading | Why::Tier { .. } => (
                "How are things since last time?".to_owned(),
                format!(
                    "It has been a while. How are things at {partner}, and has anything we talked about got stuck?"
                ),
            ),
        }
    }

    fn tier(&self, missing: Money, ends: Day, brings: Option<Money>) -> (String, String) {
        let (missing, currency) = (amount(missing, self.language), self.between.currency);
        let brings = brings.filter(|brings| *brings > Money::ZERO).map(|brings| amount(brings, self.language));
        match self.language {
            Language::Swedish => {
                let more =
                    brings.map_or(String::new(), |brings| format!(" Det ger er {brings} {currency} mer i bonus."));
                let body = format!(
                    "Det fattas {missing} {currency} till nästa bonusnivå, och perioden slutar {ends}.{more} Vilka affärer kan ni ta hem före dess?"
                );
                (format!("{missing} {currency} till nästa bonusnivå"), body)
            }
            Language::English => {
                let more = brings
                    .map_or(String::new(), |brings| format!(" It brings you {brings} {currency} more in rebate."));
                let body = format!(
                    "You are {missing} {currency} short of the next rebate tier, and the period ends on {ends}.{more} Which deals can you close before then?"
                );
                (format!("{missing} {currency} to the next rebate tier"), body)
            }
        }
    }

    fn until_then(&self) -> String {
        let Some(day) = self.between.visit else { return String::new() };
        match self.language {
            Language::Swedish => format!("\n\nVi ses {day}."),
            Language::English => format!("\n\nI look forward to seeing you on {day}."),
        }
    }
}

/// Whole units, grouped.
fn amount(money: Money, language: Language) -> String {
    let digits = format!("{}", money.units().round().abs() as i64);
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
