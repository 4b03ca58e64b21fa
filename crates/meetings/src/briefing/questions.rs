//! Three to five questions worth asking, strongest first: each from a figure that stands out, or from one that is missing and
//! that only the partner can tell.

use spelplan_facts::Text;

use super::figure::{Amount, Value};
use super::{Section, figure_in};

/// A question with the figure it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Code of the figure.
    pub figure: &'static str,
    /// To the partner.
    pub words: Text,
}

/// Most questions on the page.
const MOST: usize = 5;
/// Fewest: what is missing fills up.
const FEWEST: usize = 3;

type Rule = (&'static str, fn(Amount) -> bool, Text);

/// Figures that stand out, and what to ask then; the most urgent first.
const STANDING_OUT: [Rule; 18] = [
    (
        "our-promises",
        |one| share(one) < 0.8,
        Text {
            sv: "Vi har inte hållit allt vi lovat. Vad har det kostat er?",
            en: "We have not kept all we promised. What has it cost you?",
        },
    ),
    (
        "half-year-change",
        |one| share(one) <= -0.15,
        Text {
            sv: "Ni köper mindre av oss än för ett år sedan. Vad har ändrats hos er, och vad hos oss?",
            en: "You buy less from us than a year ago. What has changed with you, and what with us?",
        },
    ),
    (
        "order-errors",
        |one| share(one) > 0.02,
        Text {
            sv: "Order blir fel hos oss. Vilka, och vad tar det er att rätta dem?",
            en: "Orders go wrong with us. Which ones, and what does it take you to mend them?",
        },
    ),
    (
        "credit-headroom",
        |one| units(one) <= 0.0,
        Text {
            sv: "Kreditgränsen är nådd. Vilka affärer hindrar den?",
            en: "The credit limit is reached. Which deals does it hinder?",
        },
    ),
    (
        "expiring",
        |one| units(one) > 0.0,
        Text {
            sv: "Avtal löper ut det närmaste kvartalet. Vilka slutkunder ringer vi tillsammans?",
            en: "Contracts expire next quarter. Which end customers do we call together?",
        },
    ),
    (
        "rebate-gap",
        |one| units(one) > 0.0,
        Text {
            sv: "Det fattas lite till nästa bonusnivå. Vilken affär kan läggas tidigare?",
            en: "A little is missing to the next rebate tier. Which deal can come earlier?",
        },
    ),
    (
        "price-protection",
        |one| units(one) > 0.0,
        Text {
            sv: "Ni väntar på prisskydd från oss. Vad fattas för att det ska bli klart?",
            en: "You wait for price protection from us. What is missing to settle it?",
        },
    ),
    (
        "aftermarket-gap",
        |one| units(one) > 0.0,
        Text {
            sv: "Liknande partner säljer mer service och förnyelser. Vem hos er frågar kunden efter köpet?",
            en: "Partners like you sell more service and renewals. Who of yours asks the customer after the sale?",
        },
    ),
    (
        "white-space",
        |one| units(one) > 0.0,
        Text {
            sv: "Det finns något som liknande partner köper och ni inte. Är det ett val, eller köper ni det någon annanstans?",
            en: "There is something partners like you buy and you do not. Is that a choice, or do you buy it elsewhere?",
        },
    ),
    (
        "overdue",
        |one| share(one) > 0.1,
        Text {
            sv: "Några fakturor har förfallit. Är det något fel på dem?",
            en: "Some invoices are overdue. Is something wrong with them?",
        },
    ),
    (
        "quote-hours",
        |one| units(one) > 24.0,
        Text {
            sv: "Våra offerter tar mer än ett dygn. Vilka affärer har det kostat er?",
            en: "Our quotes take more than a day. Which deals has that cost you?",
        },
    ),
    (
        "mdf-used",
        |one| share(one) < 0.5,
        Text {
            sv: "Det finns marknadspengar kvar. Vilken kampanj skulle ge er mest?",
            en: "Marketing funds are left. Which campaign would bring you most?",
        },
    ),
    (
        "dead-stock",
        |one| units(one) > 0.0,
        Text {
            sv: "En del av lagret står still. Ska vi byta ut det eller sälja det tillsammans?",
            en: "Part of your stock stands still. Shall we exchange it or sell it together?",
        },
    ),
    (
        "certified",
        |one| share(one) < 1.0,
        Text {
            sv: "Det fattas certifikat. Vem hos er vill gå kursen?",
            en: "Certificates are missing. Who of yours wants to take the course?",
        },
    ),
    (
        "cash-cycle",
        |one| units(one) > 60.0,
        Text {
            sv: "Pengarna är bundna länge. Skulle andra leveranser eller villkor hjälpa?",
            en: "Your cash is tied up for long. Would other deliveries or terms help?",
        },
    ),
    (
        "registered",
        |one| share(one) < 0.3,
        Text {
            sv: "Få av era affärer är registrerade hos oss. Vad hindrar er?",
            en: "Few of your deals are registered with us. What hinders you?",
        },
    ),
    (
        "refresh",
        |one| units(one) > 0.0,
        Text {
            sv: "Utrustning som ni sålde för tre till fem år sedan börjar bli gammal. Vilka kunder har den?",
            en: "Equipment you sold three to five years ago grows old. Which customers have it?",
        },
    ),
    (
        "growth-beside-peers",
        |one| share(one) < -0.05,
        Text {
            sv: "Marknaden växer snabbare än ni. Vad håller er tillbaka?",
            en: "The market grows faster than you. What holds you back?",
        },
    ),
];

/// What only the partner can tell.
const UNKNOWN: [(&str, Text); 6] = [
    (
        "front-margin",
        Text {
            sv: "Vad tjänar ni på våra varor när allt är betalt?",
            en: "What do you earn on our goods when all is paid?",
        },
    ),
    (
        "own-cost",
        Text {
            sv: "Vad kostar det er att sälja och hantera våra varor?",
            en: "What does selling and handling our goods cost you?",
        },
    ),
    (
        "pipeline",
        Text {
            sv: "Vilka affärer har ni på gång det närmaste kvartalet?",
            en: "Which deals do you have coming next quarter?",
        },
    ),
    (
        "expiring",
        Text {
            sv: "Vilka serviceavtal har era kunder, och när löper de ut?",
            en: "Which service contracts do your customers have, and when do they end?",
        },
    ),
    (
        "gross-margin",
        Text {
            sv: "Hur ser er marginal ut mellan varor, tjänster och avtal?",
            en: "How does your margin divide between goods, services and contracts?",
        },
    ),
    (
        "weeks-of-cover",
        Text {
            sv: "Hur mycket av våra varor har ni i lager just nu?",
            en: "How much of our goods do you have in stock now?",
        },
    ),
];

/// Questions for a partner of whom everything is known and nothing stands out.
const ALWAYS: [(&str, Text); 3] = [
    (
        "half-year",
        Text {
            sv: "Vad skulle göra nästa halvår bättre än det som gått?",
            en: "What would make the next half-year better than the last?",
        },
    ),
    (
        "share-of-wallet",
        Text { sv: "Vad köper ni hos andra, och varför där?", en: "What do you buy from others, and why there?" },
    ),
    (
        "year",
        Text {
            sv: "Vad i samarbetet med oss tar er tid i onödan?",
            en: "What in working with us takes your time for nothing?",
        },
    ),
];

/// The questions of these sections.
pub(super) fn worth_asking(sections: &[Section]) -> Vec<Question> {
    let known = |code: &str| match figure_in(sections, code).map(|figure| &figure.value) {
        Some(Value::Known(amount)) => Some(*amount),
        _ => None,
    };
    let out = STANDING_OUT.iter().filter(|(code, stands_out, _)| known(code).is_some_and(stands_out));
    let mut questions: Vec<Question> =
        out.take(MOST).map(|(figure, _, words)| Question { figure, words: *words }).collect();
    let unknown = UNKNOWN.iter().filter(|(code, _)| known(code).is_none());
    let room = FEWEST.saturating_sub(questions.len()).max(usize::from(questions.len() < MOST));
    questions.extend(unknown.take(room).map(|(figure, words)| Question { figure, words: *words }));
    let short = FEWEST.saturating_sub(questions.len());
    questions.extend(ALWAYS.iter().take(short).map(|(figure, words)| Question { figure, words: *words }));
    questions
}

/// Is the figure of that code worth talking about when it is that?
pub(super) fn stands_out(code: &str, amount: Amount) -> bool {
    STANDING_OUT.iter().any(|(figure, stands_out, _)| *figure == code && stands_out(amount))
}

fn share(amount: Amount) -> f64 {
    match amount {
        Amount::Share(share) | Amount::Change(share) => share.0,
        Amount::Shares(shares) => shares[1].0,
        _ => 0.0,
    }
}

fn units(amount: Amount) -> f64 {
    match amount {
        Amount::Money(money) => money.units(),
        Amount::Count(number) | Amount::Days(number) | Amount::Hours(number) | Amount::Times(number) => number,
        _ => 0.0,
    }
}
