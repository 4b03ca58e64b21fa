//! The aftermarket: how much of it there is beside others, what goes along with goods, what expires, what has grown old.

use spelplan_facts::{Business, Contract, Day, DayRange, Money, Month, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, input, ratio};
use super::peers::{Peers, aftermarket};

const PART: Recipe = Recipe {
    code: "aftermarket-share",
    name: Text { sv: "Eftermarknad av köpen", en: "Aftermarket of purchases" },
    formula: Text { sv: "eftermarknad / alla köp, tolv månader", en: "aftermarket / all purchases, twelve months" },
    origin: Origin::Observed,
    missing: Text { sv: "inga köp de senaste tolv månaderna", en: "no purchases in the last twelve months" },
};

const PEERS: Recipe = Recipe {
    code: "aftermarket-peers",
    name: Text { sv: "Eftermarknad hos liknande partner", en: "Aftermarket with partners like it" },
    formula: Text { sv: "medianen av de 20 närmaste (minst fem)", en: "median of the 20 nearest (five at least)" },
    origin: Origin::Benchmark,
    missing: Text { sv: "färre än fem liknande partner köper", en: "fewer than five partners like it buy" },
};

const LEFT: Recipe = Recipe {
    code: "aftermarket-gap",
    name: Text { sv: "Eftermarknad som fattas mot dem", en: "Aftermarket missing beside them" },
    formula: Text { sv: "(deras andel − egen andel) × köp", en: "(their share − own share) × purchases" },
    origin: Origin::Estimated,
    missing: Text { sv: "egen andel eller jämförelse saknas", en: "own share or the benchmark is missing" },
};

const ATTACH: Recipe = Recipe {
    code: "attach",
    name: Text { sv: "Eftermarknad per 100 sålda varor", en: "Aftermarket per 100 goods sold" },
    formula: Text {
        sv: "eftermarknadsenheter / övriga enheter × 100; följsamhet per slutkund kräver serienummer",
        en: "aftermarket pieces / other pieces × 100; attach by end customer takes serial numbers",
    },
    origin: Origin::Estimated,
    missing: Text { sv: "inga sålda varor de senaste tolv månaderna", en: "no goods sold in the last twelve months" },
};

const EXPIRING: Recipe = Recipe {
    code: "expiring",
    name: Text { sv: "Avtal som löper ut inom 90 dagar", en: "Contracts that expire within 90 days" },
    formula: Text {
        sv: "summan av årsvärdet för avtal som slutar och inte förnyats",
        en: "sum of the yearly value of contracts that end and are not renewed",
    },
    origin: Origin::Observed,
    missing: Text { sv: "importera avtal (contracts)", en: "import contracts" },
};

const RENEWED: Recipe = Recipe {
    code: "renewal-rate",
    name: Text { sv: "Förnyade avtal", en: "Contracts renewed" },
    formula: Text {
        sv: "förnyade inom 60 dagar / utgångna, tolv månader",
        en: "renewed within 60 days / expired, twelve months",
    },
    origin: Origin::Observed,
    missing: Text {
        sv: "avtal som löpt ut det senaste året: importera avtal (contracts)",
        en: "contracts that expired in the last year: import contracts",
    },
};

const RETENTION: Recipe = Recipe {
    code: "net-retention",
    name: Text { sv: "Avtalsvärde behållet, netto (NRR)", en: "Contract value retained, net (NRR)" },
    formula: Text {
        sv: "årsvärde av förnyelserna / årsvärde av de utgångna",
        en: "yearly value of the renewals / yearly value of the expired",
    },
    ..RENEWED
};

const REFRESH: Recipe = Recipe {
    code: "refresh",
    name: Text { sv: "Enheter köpta för 36–60 månader sedan", en: "Pieces bought 36–60 months ago" },
    formula: Text { sv: "antal utom eftermarknad, att byta ut", en: "pieces other than aftermarket, due for refresh" },
    origin: Origin::Estimated,
    missing: Text { sv: "försäljning som är minst tre år gammal", en: "sales at least three years old" },
};

/// Days ahead that a contract is spoken of.
const AHEAD: i32 = 90;
/// Days after its end within which a contract counts as renewed.
const GRACE: i32 = 60;

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let own = aftermarket(ground.from.facts, ground.partner.id);
    let peers = ground.peers.as_ref().and_then(Peers::aftermarket);
    let n = ground.peers.as_ref().map_or(0, Peers::count);
    let year = ground.year();
    let gap = own.zip(peers).map(|(own, peers)| Amount::Money(year.part(Share((peers.0 - own.0).max(0.0)))));
    let pool = vec![input("antal", "number", Amount::Count(n as f64))];
    let bought = vec![input("köp", "purchases", Amount::Money(year))];
    vec![
        PART.made(own.map(Amount::Share), ground.this_year(), bought.clone()),
        PEERS.made(peers.map(Amount::Share), ground.this_year(), pool),
        LEFT.made(gap, ground.this_year(), bought),
        attach(ground),
        expiring(ground),
        renewed(ground),
        retained(ground),
        refresh(ground),
    ]
}

/// Pieces of the last twelve months, of aftermarket or of the rest.
fn attach(ground: &Ground<'_>) -> Figure {
    let last = ground.from.today.month().0;
    let pieces = |after: bool, from: i32, to: i32| -> i64 {
        let rows = ground.from.history.iter().filter(|one| (from..=to).contains(&one.month.0));
        rows.filter(|one| ground.is_after(one.category) == after).map(|one| one.quantity).sum()
    };
    let (after, goods) = (pieces(true, last - 11, last), pieces(false, last - 11, last));
    let per_hundred = (goods > 0).then(|| Amount::Count(after as f64 / goods as f64 * 100.0));
    let inputs = vec![
        input("eftermarknad, antal", "aftermarket, pieces", Amount::Count(after as f64)),
        input("övrigt, antal", "other, pieces", Amount::Count(goods as f64)),
    ];
    ATTACH.made(per_hundred, ground.this_year(), inputs)
}

fn contracts<'a>(ground: &'a Ground<'_>) -> Vec<&'a Contract> {
    let contract = |one: &&'a Business| match one {
        Business::Contract(contract) => Some(contract),
        _ => None,
    };
    ground.business.iter().filter_map(contract).collect()
}

/// The contract that renews this one within the days of grace.
fn renewal<'a>(all: &[&'a Contract], one: &Contract) -> Option<&'a Contract> {
    let in_time = |next: &Contract| next.begins.is_none_or(|begins| begins <= one.ends.plus(GRACE));
    all.iter().copied().find(|next| !next.renews.is_empty() && next.renews == one.number && in_time(next))
}

/// Contracts that end within the days ahead and that nothing renews yet.
fn ending<'a>(ground: &'a Ground<'_>, all: &[&'a Contract]) -> Vec<&'a Contract> {
    let today = ground.from.today;
    let ends = |one: &&&Contract| today <= one.ends && one.ends <= today.plus(AHEAD) && renewal(all, one).is_none();
    all.iter().filter(ends).copied().collect()
}

/// The first day on which one of them ends.
pub(super) fn first_expiry(ground: &Ground<'_>) -> Option<Day> {
    ending(ground, &contracts(ground)).iter().map(|one| one.ends).min()
}

fn expiring(ground: &Ground<'_>) -> Figure {
    let (all, today) = (contracts(ground), ground.from.today);
    let soon = ending(ground, &all);
    let worth: Money = soon.iter().filter_map(|one| one.annual_value).sum();
    let unpriced = soon.iter().filter(|one| one.annual_value.is_none()).count();
    let mut inputs = vec![input("antal", "number", Amount::Count(soon.len() as f64))];
    if unpriced > 0 {
        inputs.push(input("utan känt värde", "of unknown value", Amount::Count(unpriced as f64)));
    }
    let period = DayRange { from: today, to: today.plus(AHEAD) };
    EXPIRING.made((!all.is_empty()).then_some(Amount::Money(worth)), Some(period), inputs)
}

/// Contracts whose days of grace have passed within the last year.
fn expired<'a>(all: &[&'a Contract], today: Day) -> Vec<&'a Contract> {
    let over = |one: &&&Contract| today.plus(-365 - GRACE) < one.ends && one.ends <= today.plus(-GRACE);
    all.iter().filter(over).copied().collect()
}

fn expired_days(today: Day) -> Option<DayRange> {
    Some(DayRange { from: today.plus(-364 - GRACE), to: today.plus(-GRACE) })
}

fn renewed(ground: &Ground<'_>) -> Figure {
    let all = contracts(ground);
    let over = expired(&all, ground.from.today);
    let again = over.iter().filter(|one| renewal(&all, one).is_some()).count();
    let share = (!over.is_empty()).then(|| Amount::Share(Share(again as f64 / over.len() as f64)));
    let inputs = vec![
        input("förnyade", "renewed", Amount::Count(again as f64)),
        input("utgångna", "expired", Amount::Count(over.len() as f64)),
    ];
    RENEWED.made(share, expired_days(ground.from.today), inputs)
}

fn retained(ground: &Ground<'_>) -> Figure {
    let all = contracts(ground);
    let over = expired(&all, ground.from.today);
    // One contract without a value would make the rest say something untrue.
    let worth: Option<Vec<Money>> = over.iter().map(|one| one.annual_value).collect();
    let before: Option<Money> = worth.map(|worth| worth.into_iter().sum());
    let after: Option<Vec<Money>> =
        over.iter().filter_map(|one| renewal(&all, one)).map(|one| one.annual_value).collect();
    let after: Option<Money> = after.map(|after| after.into_iter().sum());
    let share = before.zip(after).and_then(|(before, after)| ratio(after, before)).map(|one| Amount::Share(Share(one)));
    let inputs = [
        before.map(|one| input("utgånget", "expired", Amount::Money(one))),
        after.map(|one| input("förnyat", "renewed", Amount::Money(one))),
    ];
    RETENTION.made(share, expired_days(ground.from.today), inputs.into_iter().flatten().collect())
}

fn refresh(ground: &Ground<'_>) -> Figure {
    let last = ground.from.today.month().0;
    let old = ground.from.history.iter().any(|one| one.month.0 <= last - 36);
    let rows = ground.from.history.iter().filter(|one| (last - 60..=last - 36).contains(&one.month.0));
    let pieces: i64 = rows.filter(|one| !ground.is_after(one.category)).map(|one| one.quantity).sum();
    let period = Month(last - 60).first().zip(Month(last - 35).first());
    let period = period.map(|(from, to)| DayRange { from, to: to.plus(-1) });
    REFRESH.made(old.then_some(Amount::Count(pieces as f64)), period, Vec::new())
}
