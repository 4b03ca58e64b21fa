//! Growth: beside peers, share of purchases, what peers buy and the partner does not, concentration.

use spelplan_facts::{Money, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, change, input, ratio};
use super::peers::{Peers, years};

const GROWTH: Recipe = Recipe {
    code: "growth",
    name: Text { sv: "Tillväxt, tolv månader mot tolv", en: "Growth, twelve months on twelve" },
    formula: Text {
        sv: "(senaste tolv hela månader − tolv före) / tolv före",
        en: "(last twelve full months − the twelve before) / the twelve before",
    },
    origin: Origin::Observed,
    missing: Text { sv: "inga köp tolv månader tidigare", en: "no purchases twelve months earlier" },
};

const BESIDE: Recipe = Recipe {
    code: "growth-beside-peers",
    name: Text { sv: "Tillväxt utöver liknande partner", en: "Growth beyond partners like it" },
    formula: Text {
        sv: "egen tillväxt − medianen av de 20 närmaste", en: "own growth − median of the 20 nearest"
    },
    origin: Origin::Benchmark,
    missing: Text {
        sv: "egen tillväxt, eller minst fem liknande partner, saknas",
        en: "own growth or five partners like it are missing",
    },
};

const WALLET: Recipe = Recipe {
    code: "share-of-wallet",
    name: Text { sv: "Vår andel av deras inköp", en: "Our share of their purchases" },
    formula: Text {
        sv: "köp av oss / inköp från alla, med 80 % osäkerhetsintervall",
        en: "purchases from us / purchases from everybody, with the 80 % band",
    },
    origin: Origin::Estimated,
    missing: Text {
        sv: "inga köp och inga kända inköp: kolumnen wallet i partnerlistan",
        en: "no purchases and no known wallet: column wallet in the partner list",
    },
};

const POTENTIAL: Recipe = Recipe {
    code: "potential",
    name: Text { sv: "Vad de kunde köpa av oss på ett år", en: "What they could buy of us in a year" },
    formula: Text {
        sv: "0,8-kvantilen hos liknande partner, se guiden: potential",
        en: "the 0.8 quantile of look-alikes, see the guide: potential",
    },
    origin: Origin::Estimated,
    missing: Text { sv: "för få partner att jämföra med", en: "too few partners to compare with" },
};

const WHITE: Recipe = Recipe {
    code: "white-space",
    name: Text { sv: "Köper inte, fast liknande partner gör det", en: "Does not buy, though partners like it do" },
    formula: Text {
        sv: "medianen hos dem som köper; minst 60 % av de 20 närmaste och minst fem",
        en: "median of those that buy; at least 60 % of the 20 nearest and at least five",
    },
    origin: Origin::Benchmark,
    missing: Text {
        sv: "ingen kategori som liknande partner köper fattas",
        en: "no category that partners like it buy is missing",
    },
};

const LARGEST: Recipe = Recipe {
    code: "largest-category",
    name: Text { sv: "Största kategorins andel", en: "Share of the largest category" },
    formula: Text {
        sv: "största kategorin / alla köp, tolv månader; slutkunder är inte kända",
        en: "largest category / all purchases, twelve months; end customers are not known",
    },
    origin: Origin::Observed,
    missing: Text { sv: "inga köp de senaste tolv månaderna", en: "no purchases in the last twelve months" },
};

/// White spaces named.
const NAMED: usize = 3;

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let (now, before) = years(ground.from.facts, ground.partner.id, ground.end);
    let own = change(now, before);
    let theirs = ground.peers.as_ref().and_then(|peers| peers.growth(ground.end));
    let n = ground.peers.as_ref().map_or(0, Peers::count);
    let beside = own.zip(theirs).map(|(own, theirs)| Amount::Change(Share(own.0 - theirs.0)));
    let two = vec![
        input("senaste tolv", "last twelve", Amount::Money(now)),
        input("tolv före", "twelve before", Amount::Money(before)),
    ];
    let mut pool = vec![input("liknande partner", "partners like it", Amount::Count(n as f64))];
    pool.extend(theirs.map(|theirs| input("deras median", "their median", Amount::Change(theirs))));
    let mut all = vec![
        GROWTH.made(own.map(Amount::Change), ground.months(12, 0), two),
        BESIDE.made(beside, ground.months(12, 0), pool),
        wallet(ground),
        POTENTIAL.made(potential(ground), ground.this_year(), Vec::new()),
    ];
    all.extend(white(ground));
    all.push(largest(ground));
    all
}

fn wallet(ground: &Ground<'_>) -> Figure {
    let wallet = ground.from.potential.and_then(|one| one.wallet);
    let inputs = wallet.map(|one| input("inköp från alla", "purchases from everybody", Amount::Band(one.total)));
    let made =
        WALLET.made(wallet.map(|one| Amount::Shares(one.share)), ground.this_year(), inputs.into_iter().collect());
    let told = wallet.is_some_and(|one| one.source == spelplan_focus::WalletSource::Told);
    Figure { origin: if told { Origin::Shared } else { Origin::Estimated }, ..made }
}

fn potential(ground: &Ground<'_>) -> Option<Amount> {
    let band = ground.from.potential.map_or(ground.from.goal.potential, |one| one.potential);
    (band.value > Money::ZERO).then_some(Amount::Band(band))
}

fn white(ground: &Ground<'_>) -> Vec<Figure> {
    let Some(peers) = &ground.peers else {
        let missing = Text { sv: "färre än fem liknande partner köper", en: "fewer than five partners like it buy" };
        return vec![Recipe { missing, ..WHITE }.unknown()];
    };
    let spaces = peers.white_space(ground.partner.id);
    let name = |id| ground.from.facts.sales.categories.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let figure = |space: &super::peers::WhiteSpace| {
        let inputs = vec![
            input("av dem köper", "of them buy", Amount::Count(space.buyers as f64)),
            input("liknande partner", "partners like it", Amount::Count(peers.count() as f64)),
        ];
        Figure { of: name(space.category), ..WHITE.made(Some(Amount::Money(space.usual)), ground.this_year(), inputs) }
    };
    if spaces.is_empty() { vec![WHITE.unknown()] } else { spaces.iter().take(NAMED).map(figure).collect() }
}

fn largest(ground: &Ground<'_>) -> Figure {
    let sales = &ground.from.facts.sales;
    let most = sales.categories_of(ground.partner.id).iter().max_by_key(|one| (one.revenue, -one.category.0));
    let share = most.and_then(|one| ratio(one.revenue, ground.year())).map(|one| Amount::Share(Share(one)));
    let name = most.and_then(|most| sales.categories.iter().find(|one| one.id == most.category));
    let of = name.map(|one| one.name.clone()).filter(|_| share.is_some());
    Figure { of, ..LARGEST.made(share, ground.this_year(), Vec::new()) }
}
