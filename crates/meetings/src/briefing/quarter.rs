//! What each side may promise for the next quarter, with a day each: what is promised already, and what the figures suggest.
//!
//! Days come from the partner's own papers where those tell one (a contract's end, a rebate's period, a certificate's last
//! day), and else stand so many days from today. A proposal is one: it becomes a promise when a meeting is logged with it.

use spelplan_facts::{Commitment, Day, DayRange, Money, Side, Text};

use super::figure::{Amount, Figure, Value};
use super::{Ground, Section, aftermarket, figure_in, questions, trade};
use crate::open_promises;

/// What is and may be promised until a quarter from now, each side by day.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarter {
    /// From today on.
    pub days: DayRange,
    /// What we promise.
    pub ours: Vec<Dated>,
    /// What the partner does.
    pub theirs: Vec<Dated>,
}

/// Something to be done by a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// By when.
    pub by: Day,
    /// What.
    pub what: Due,
}

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// A promise made at a meeting and open still.
    Promised(Commitment),
    /// A proposal.
    Proposed(Proposal),
}

/// A promise that a figure suggests.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Code of the figure.
    pub figure: &'static str,
    /// What would be done.
    pub words: Text,
    /// What of the figure, where there are several: a category's name.
    pub of: Option<String>,
    /// How much it is about.
    pub amount: Option<Amount>,
}

impl Proposal {
    /// Those words of it in the reader's language, with what it is about in brackets; `amount` is its own, as it is written there.
    pub fn told(&self, words: &str, amount: Option<String>) -> String {
        let about: Vec<String> = self.of.iter().cloned().chain(amount).collect();
        if about.is_empty() { words.to_owned() } else { format!("{words} ({})", about.join(", ")) }
    }
}

/// Days of a quarter.
const AHEAD: i32 = 90;
/// Most on each side, and fewest: less is filled up with what is always worth promising.
const MOST: usize = 5;
const FEWEST: usize = 3;
/// Days that a return may take.
const SLOW_RETURN: f64 = 14.0;

/// When it would be due.
#[derive(Debug, Clone, Copy)]
enum When {
    /// So many days from today.
    In(i32),
    /// So many days before the first contract ends.
    BeforeContract(i32),
    /// So many days before the period of the nearest rebate tier ends.
    BeforeTier(i32),
    /// So many days before the first certificate lapses, or else so many from today.
    BeforeLapse(i32, i32),
}

/// How much it is about, of a figure that is known.
#[derive(Debug, Clone, Copy)]
enum About {
    /// The figure itself.
    Figure,
    /// Its first input.
    First,
    /// Its second input less its first.
    Rest,
    /// Nothing that can be counted.
    Nothing,
}

struct Rule {
    figure: &'static str,
    side: Side,
    when: When,
    about: About,
    words: Text,
}

const fn rule(side: Side, figure: &'static str, when: When, about: About, sv: &'static str, en: &'static str) -> Rule {
    Rule { figure, side, when, about, words: Text { sv, en } }
}

/// What a figure that stands out suggests; the most urgent first.
#[rustfmt::skip]
const SUGGESTED: [Rule; 26] = [
    rule(Side::Ours, "credit-headroom", When::In(14), About::Figure,
        "Ta upp kreditgränsen med ekonomi och ge besked", "Take the credit limit up with finance and answer"),
    rule(Side::Ours, "price-protection", When::In(14), About::Figure,
        "Göra prisskyddet klart", "Settle the price protection"),
    rule(Side::Ours, "expiring", When::BeforeContract(45), About::Figure,
        "Skicka listan på avtal som löper ut, med pris för förnyelse", "Send the list of contracts that expire, with prices for renewal"),
    rule(Side::Theirs, "expiring", When::BeforeContract(30), About::Figure,
        "Ringa slutkunderna vars avtal löper ut", "Call the end customers whose contracts expire"),
    rule(Side::Theirs, "rebate-gap", When::BeforeTier(7), About::Figure,
        "Lägga det som fattas till nästa bonusnivå", "Order what is missing to the next rebate tier"),
    rule(Side::Ours, "rebate-gap", When::BeforeTier(30), About::Nothing,
        "Lämna offert på affären som kan läggas tidigare", "Quote the deal that can come earlier"),
    rule(Side::Theirs, "overdue", When::In(14), About::First,
        "Betala det som förfallit, eller säga vad som är fel", "Pay what is overdue, or say what is wrong with it"),
    rule(Side::Ours, "order-errors", When::In(30), About::Figure,
        "Gå igenom ordrarna som blev fel och säga vad som ändras", "Go through the orders gone wrong and say what changes"),
    rule(Side::Ours, "quote-hours", When::In(30), About::Figure,
        "Svara på offertfrågor inom ett dygn", "Answer requests for quotes within a day"),
    rule(Side::Theirs, "white-space", When::In(30), About::Figure,
        "Ta fram tre kunder som kunde köpa det", "Name three customers who could buy it"),
    rule(Side::Ours, "white-space", When::In(45), About::Nothing,
        "Komma med en specialist till de kunderna", "Bring a specialist to those customers"),
    rule(Side::Theirs, "aftermarket-gap", When::In(30), About::Figure,
        "Utse vem som frågar kunden om service efter köpet", "Name who asks the customer about service after the sale"),
    rule(Side::Ours, "aftermarket-gap", When::In(45), About::Nothing,
        "Lära upp den personen", "Train that person"),
    rule(Side::Ours, "mdf-used", When::In(14), About::Rest,
        "Säga vad marknadspengarna kan gå till", "Say what the marketing funds may go to"),
    rule(Side::Theirs, "mdf-used", When::In(30), About::Rest,
        "Föreslå en kampanj för marknadspengarna", "Propose a campaign for the marketing funds"),
    rule(Side::Theirs, "certificates-lapsing", When::BeforeLapse(30, 30), About::Figure,
        "Boka prov för certifikaten som går ut", "Book the tests for the certificates that lapse"),
    rule(Side::Theirs, "certified", When::BeforeLapse(30, 45), About::Nothing,
        "Anmäla dem som ska gå kursen", "Sign up those who take the course"),
    rule(Side::Ours, "certified", When::In(14), About::Nothing,
        "Skicka kursdagar för certifikaten som fattas", "Send course days for the certificates that are missing"),
    rule(Side::Theirs, "dead-stock", When::In(14), About::Figure,
        "Skicka listan på lagret som står still", "Send the list of stock that stands still"),
    rule(Side::Ours, "dead-stock", When::In(30), About::Nothing,
        "Lämna förslag på byte eller gemensam utförsäljning", "Propose an exchange or a sale together"),
    rule(Side::Theirs, "registered", When::In(14), About::Rest,
        "Registrera de öppna affärerna hos oss", "Register the open deals with us"),
    rule(Side::Ours, "refresh", When::In(14), About::Figure,
        "Skicka listan på det vi levererade för tre till fem år sedan", "Send the list of what we delivered three to five years ago"),
    rule(Side::Theirs, "refresh", When::In(45), About::Nothing,
        "Gå igenom vilka kunder som har gammal utrustning", "Go through which customers have old equipment"),
    rule(Side::Ours, "rma-days", When::In(30), About::Figure,
        "Korta returerna till två veckor", "Bring returns down to two weeks"),
    rule(Side::Ours, "half-year-change", When::In(21), About::Figure,
        "Komma tillbaka med vad vi ändrar där köpen minskat", "Come back with what we change where purchases fell"),
    rule(Side::Theirs, "half-year-change", When::In(14), About::Nothing,
        "Berätta vad som köps på annat håll, och varför", "Tell what is bought elsewhere, and why"),
];

/// What is always worth promising.
#[rustfmt::skip]
const ALWAYS: [Rule; 6] = [
    rule(Side::Theirs, "pipeline", When::In(14), About::Nothing,
        "Berätta om kvartalets affärer: belopp, dag och chans", "Tell the quarter's deals: amount, day and chance"),
    rule(Side::Theirs, "front-margin", When::In(30), About::Nothing,
        "Visa vad de tjänar på våra varor", "Show what they earn on our goods"),
    rule(Side::Theirs, "weeks-of-cover", When::In(30), About::Nothing,
        "Skicka vad de har i lager av vårt", "Send what they have in stock of ours"),
    rule(Side::Ours, "pipeline", When::In(21), About::Nothing,
        "Säga vad vi gör för kvartalets tre största affärer", "Say what we do for the quarter's three largest deals"),
    rule(Side::Ours, "half-year", When::In(7), About::Nothing,
        "Skicka halvårets siffror per kategori", "Send the half-year's figures by category"),
    rule(Side::Ours, "year", When::In(45), About::Nothing,
        "Ringa och stämma av vad som blivit gjort", "Call and go through what has been done"),
];

/// The quarter ahead, from these sections' figures.
pub(super) fn quarter(ground: &Ground<'_>, sections: &[Section]) -> Quarter {
    let today = ground.from.today;
    let days = DayRange { from: today, to: today.plus(AHEAD) };
    let side = |side: Side| {
        let open = open_promises(&ground.from.facts.meetings, ground.partner.id);
        let made = open.into_iter().map(|(_, promise)| promise).filter(|one| one.side == side && one.by <= days.to);
        let mut dated: Vec<Dated> =
            made.take(MOST).map(|one| Dated { by: one.by, what: Due::Promised(one.clone()) }).collect();
        let out = SUGGESTED.iter().filter(|rule| rule.side == side).filter_map(|rule| {
            let figure = figure_in(sections, rule.figure)?;
            stands_out(figure).then(|| proposed(ground, rule, Some(figure)))
        });
        dated.extend(out.take(MOST - dated.len()));
        let short = FEWEST.saturating_sub(dated.len());
        let always = ALWAYS.iter().filter(|rule| rule.side == side);
        dated.extend(always.take(short).map(|rule| proposed(ground, rule, None)));
        dated.sort_by_key(|one| one.by);
        dated
    };
    Quarter { days, ours: side(Side::Ours), theirs: side(Side::Theirs) }
}

fn stands_out(figure: &Figure) -> bool {
    let Value::Known(amount) = figure.value else { return false };
    match (figure.code, amount) {
        ("rma-days", Amount::Days(days)) => days > SLOW_RETURN,
        ("certificates-lapsing", Amount::Count(number)) => number > 0.0,
        _ => questions::stands_out(figure.code, amount),
    }
}

fn proposed(ground: &Ground<'_>, rule: &Rule, figure: Option<&Figure>) -> Dated {
    let of = figure.and_then(|figure| figure.of.clone());
    let amount = figure.and_then(|figure| about(figure, rule.about));
    let proposal = Proposal { figure: rule.figure, words: rule.words, of, amount };
    Dated { by: due(ground, rule.when), what: Due::Proposed(proposal) }
}

fn about(figure: &Figure, about: About) -> Option<Amount> {
    let input = |at: usize| figure.inputs.get(at).map(|one| one.amount);
    match (about, figure.value.clone()) {
        (About::Figure, Value::Known(amount)) => Some(amount),
        (About::First, _) => input(0),
        (About::Rest, _) => match (input(0), input(1)) {
            (Some(Amount::Money(part)), Some(Amount::Money(whole))) if whole > part => {
                Some(Amount::Money(Money(whole.0 - part.0)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A weekday of the quarter, tomorrow at the earliest.
fn due(ground: &Ground<'_>, when: When) -> Day {
    let today = ground.from.today;
    let before = |end: Option<Day>, lead: i32, otherwise: i32| match end {
        // Where the time to prepare has passed already, half of what is left is better than nothing.
        Some(end) if today.until(end) >= 2 * lead => end.plus(-lead),
        Some(end) => today.plus(today.until(end) / 2),
        None => today.plus(otherwise),
    };
    let wanted = match when {
        When::In(days) => today.plus(days),
        When::BeforeContract(lead) => before(aftermarket::first_expiry(ground), lead, lead),
        When::BeforeTier(lead) => before(trade::tier_ends(ground), lead, lead),
        When::BeforeLapse(lead, otherwise) => before(trade::first_lapse(ground), lead, otherwise),
    };
    let (first, last) = (today.plus(1), today.plus(AHEAD));
    let mut day = wanted.clamp(first, last);
    while day.is_weekend() && day > first {
        day = day.plus(-1);
    }
    while day.is_weekend() {
        day = day.plus(1);
    }
    day
}
