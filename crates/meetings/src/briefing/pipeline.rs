//! Deals: what is in the pipeline, how many are won and how soon, and how many are registered with us.

use spelplan_facts::{Business, Day, DayRange, Deal, DealStage, Money, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, input, middle, ratio};

const PIPELINE: Recipe = Recipe {
    code: "pipeline",
    name: Text { sv: "Vägd pipeline, 90 dagar", en: "Weighted pipeline, 90 days" },
    formula: Text { sv: "summan av belopp × chans för öppna affärer", en: "sum of amount × chance of open deals" },
    origin: Origin::Shared,
    missing: Text { sv: "importera affärer (pipeline) med chans", en: "import deals (pipeline) with their chance" },
};

const WIN: Recipe = Recipe {
    code: "win-rate",
    name: Text { sv: "Vunna affärer", en: "Deals won" },
    formula: Text { sv: "vunna / (vunna + förlorade), tolv månader", en: "won / (won + lost), twelve months" },
    origin: Origin::Shared,
    missing: Text { sv: "inga avgjorda affärer: importera pipeline", en: "no decided deals: import the pipeline" },
};

const CYCLE: Recipe = Recipe {
    code: "deal-days",
    name: Text { sv: "Dagar till avslut", en: "Days to close" },
    formula: Text {
        sv: "medianen från öppnad till vunnen, tolv månader",
        en: "median from opened to won, twelve months",
    },
    ..WIN
};

const REGISTERED: Recipe = Recipe {
    code: "registered",
    name: Text { sv: "Registrerat hos oss av pipelinen", en: "Registered with us, of the pipeline" },
    formula: Text {
        sv: "belopp i öppna registrerade affärer / belopp i öppna affärer där det är känt",
        en: "amount of open registered deals / amount of open deals of which it is known",
    },
    origin: Origin::Observed,
    missing: Text {
        sv: "öppna affärer (pipeline) med registered eller registered_on",
        en: "open deals (pipeline) with registered or registered_on",
    },
};

const APPROVAL: Recipe = Recipe {
    code: "approval-days",
    name: Text { sv: "Så snabbt godkänner vi affärsregistreringar", en: "How soon we approve registered deals" },
    formula: Text {
        sv: "medianen från registrerad till godkänd, tolv månader",
        en: "median from registered to approved, twelve months",
    },
    origin: Origin::Observed,
    missing: Text {
        sv: "affärer (pipeline) med registered_on och approved_on",
        en: "deals (pipeline) with registered_on and approved_on",
    },
};

/// Days ahead that a pipeline is weighed for.
const AHEAD: i32 = 90;

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    vec![pipeline(ground), win_rate(ground), cycle(ground), registered(ground), approval(ground)]
}

fn every<'a>(ground: &'a Ground<'_>) -> impl Iterator<Item = &'a Deal> {
    ground.business.iter().filter_map(|one| match one {
        Business::Deal(deal) => Some(deal),
        _ => None,
    })
}

fn deals<'a>(ground: &'a Ground<'_>, stage: DealStage, days: DayRange) -> Vec<&'a Deal> {
    every(ground).filter(|deal| deal.stage == stage && days.contains(deal.closes)).collect()
}

fn last_year(today: Day) -> DayRange {
    DayRange { from: today.plus(-364), to: today }
}

fn pipeline(ground: &Ground<'_>) -> Figure {
    let days = DayRange { from: ground.from.today, to: ground.from.today.plus(AHEAD) };
    let open = deals(ground, DealStage::Open, days);
    let weighed: Money = open.iter().filter_map(|deal| deal.chance.map(|chance| deal.amount.part(chance))).sum();
    let unsaid = open.iter().filter(|deal| deal.chance.is_none()).count();
    let known = open.iter().any(|deal| deal.chance.is_some());
    let whole: Money = open.iter().map(|deal| deal.amount).sum();
    let mut inputs = vec![
        input("öppna affärer", "open deals", Amount::Count(open.len() as f64)),
        input("ovägt", "unweighted", Amount::Money(whole)),
    ];
    if unsaid > 0 {
        inputs.push(input("utan chans, ej medräknade", "without a chance, left out", Amount::Count(unsaid as f64)));
    }
    PIPELINE.made(known.then_some(Amount::Money(weighed)), Some(days), inputs)
}

fn win_rate(ground: &Ground<'_>) -> Figure {
    let days = last_year(ground.from.today);
    let (won, lost) = (deals(ground, DealStage::Won, days).len(), deals(ground, DealStage::Lost, days).len());
    let rate = (won + lost > 0).then(|| Amount::Share(Share(won as f64 / (won + lost) as f64)));
    let inputs =
        vec![input("vunna", "won", Amount::Count(won as f64)), input("förlorade", "lost", Amount::Count(lost as f64))];
    WIN.made(rate, Some(days), inputs)
}

fn cycle(ground: &Ground<'_>) -> Figure {
    let days = last_year(ground.from.today);
    let won = deals(ground, DealStage::Won, days);
    let lengths: Vec<f64> = won.iter().filter_map(|deal| Some(f64::from(deal.opened?.until(deal.closes)))).collect();
    let inputs = vec![input("affärer", "deals", Amount::Count(lengths.len() as f64))];
    CYCLE.made(middle(lengths).map(Amount::Days), Some(days), inputs)
}

/// Of deals that nobody has said it of, it is not known: they count neither above nor below the line.
fn registered(ground: &Ground<'_>) -> Figure {
    let open: Vec<(Money, bool)> = every(ground)
        .filter(|deal| deal.stage == DealStage::Open && deal.amount > Money::ZERO)
        .filter_map(|deal| Some((deal.amount, deal.registered?)))
        .collect();
    let amount = |wanted: &dyn Fn(bool) -> bool| -> Money {
        open.iter().filter(|(_, registered)| wanted(*registered)).map(|(amount, _)| *amount).sum()
    };
    let (whole, part) = (amount(&|_| true), amount(&|registered| registered));
    let inputs = vec![
        input("registrerat", "registered", Amount::Money(part)),
        input("öppet", "open", Amount::Money(whole)),
        input("affärer", "deals", Amount::Count(open.len() as f64)),
    ];
    REGISTERED.made(ratio(part, whole).map(|part| Amount::Share(Share(part))), None, inputs)
}

fn approval(ground: &Ground<'_>) -> Figure {
    let days = last_year(ground.from.today);
    let waits = every(ground).filter_map(|deal| {
        let approved = deal.approved_on.filter(|approved| days.contains(*approved))?;
        let waited = deal.registered_on?.until(approved);
        (waited >= 0).then(|| f64::from(waited))
    });
    let waits: Vec<f64> = waits.collect();
    let inputs = vec![input("affärer", "deals", Amount::Count(waits.len() as f64))];
    APPROVAL.made(middle(waits).map(Amount::Days), Some(days), inputs)
}
