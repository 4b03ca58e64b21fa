//! Wallets, categories and the trials of both, against planted truths: invented wallets of which each partner gives us a
//! share that depends on its chain and on what it buys of us.

use crate::world::{facts, partner, today};
use spelplan_facts::{
    Category, CategoryId, CategorySale, Facts, Judgement, KnownWallet, Money, Month, MonthSale, Partner, PartnerId,
    Share, ToldWallet,
};
use spelplan_focus::{
    LevelCheck, PartnerPotential, PotentialSource, Wallet, WalletSource, back_test, held_out, open_goals, potentials,
};

/// Chance from a seed (a plain congruential generator is enough here).
struct Dice(u64);

impl Dice {
    fn even(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as f64 + 0.5) / f64::from(1_u32 << 31)
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.even().ln()).sqrt() * (std::f64::consts::TAU * self.even()).cos()
    }
}

struct Planted {
    facts: Facts,
    wallets: Vec<f64>,
}

/// Three categories; our share is larger in the first, and differs by chain and by partner.
fn planted(seed: u64, count: i64, usual_share: f64) -> Planted {
    let mut dice = Dice(seed);
    let chains: Vec<f64> = (0..8).map(|_| 0.5 * dice.normal()).collect();
    let (mut partners, mut sales, mut cells, mut wallets) = (Vec::<Partner>::new(), Vec::new(), Vec::new(), Vec::new());
    for id in 1..=count {
        let wallet = 100_000.0 * (1.2 * dice.normal()).exp();
        let chain = (dice.even() * 16.0) as usize;
        let first = 0.1 + 0.8 * dice.even();
        let log_share = chains.get(chain).copied().unwrap_or(0.0) + 0.8 * (first - 0.5) + 0.15 * dice.normal();
        let year = wallet * (usual_share * log_share.exp()).min(0.95);
        let chain = if chain < chains.len() { format!("chain {chain}") } else { String::new() };
        partners.push(Partner { chain, ..partner(id) });
        wallets.push(wallet);
        let growth = 1.0 + 0.1 * dice.normal();
        for back in (0..36).rev() {
            let month = year / 12.0 * if back < 12 { 1.0 } else { growth.clamp(0.5, 1.5) };
            sales.push(sale(id, today().month().0 - back, month));
        }
        for (n, part) in [first, (1.0 - first) * 0.7, (1.0 - first) * 0.3].into_iter().enumerate() {
            cells.push(CategorySale {
                partner: PartnerId(id),
                category: CategoryId(n as i64 + 1),
                revenue: Money::from_units(year * part),
                margin: Money::ZERO,
                revenue_with_margin: Money::ZERO,
                months: 12,
            });
        }
    }
    let mut facts = facts(partners, sales, vec![]);
    facts.sales.by_category = cells;
    facts.sales.categories =
        (1..=3).map(|id| Category { id: CategoryId(id), name: format!("C{id}"), aftermarket: false }).collect();
    Planted { facts, wallets }
}

fn sale(id: i64, month: i32, revenue: f64) -> MonthSale {
    let revenue = Money::from_units(revenue);
    MonthSale {
        partner: PartnerId(id),
        month: Month(month),
        revenue,
        margin: revenue * 0.1,
        revenue_with_margin: revenue,
    }
}

fn tell(market: &mut Planted, every: usize) {
    let told = |at: usize| ToldWallet::Purchases(Money::from_units(market.wallets[at]));
    let known = (0..market.wallets.len()).step_by(every);
    market.facts.wallets = known.map(|at| KnownWallet { partner: PartnerId(at as i64 + 1), told: told(at) }).collect();
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Median error of the wallets nobody told, and the part of them within their bands.
fn errors(market: &Planted) -> (f64, f64) {
    let found = potentials(&market.facts, today());
    let untold: Vec<(Wallet, f64)> = found
        .iter()
        .zip(&market.wallets)
        .filter_map(|(one, truth)| Some((one.wallet?, *truth)))
        .filter(|(wallet, _)| wallet.source != WalletSource::Told)
        .collect();
    let within =
        |(wallet, truth): &&(Wallet, f64)| wallet.total.low.units() <= *truth && *truth <= wallet.total.high.units();
    let covered = untold.iter().filter(within).count() as f64 / untold.len() as f64;
    (median(untold.iter().map(|(wallet, truth)| (wallet.total.value.units() / truth - 1.0).abs()).collect()), covered)
}

/// What own sales over the median true share miss by, and over the chain's median true share.
fn baselines(market: &Planted) -> (f64, f64) {
    let found = potentials(&market.facts, today());
    let shares: Vec<f64> =
        found.iter().zip(&market.wallets).map(|(one, wallet)| one.sales_year.units() / wallet).collect();
    let all = median(shares.clone());
    let chain = |name: &str| {
        let of = market.facts.partners.iter().zip(&shares).filter(|(partner, _)| partner.chain == name);
        median(of.map(|(_, share)| *share).collect())
    };
    let missed = |usual: &dyn Fn(&Partner) -> f64| {
        let one = |(partner, share): (&Partner, &f64)| (share / usual(partner) - 1.0).abs();
        median(market.facts.partners.iter().zip(&shares).map(one).collect())
    };
    (missed(&|_| all), missed(&|partner| chain(&partner.chain)))
}

fn check_learning(every: usize) {
    let (mut errs, mut covers, mut chains) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 1..=3 {
        let mut market = planted(seed, 600, 0.3);
        let (own, chain) = baselines(&market);
        tell(&mut market, every);
        let (error, covered) = errors(&market);
        println!("one in {every} told: {error:.3} (own sales {own:.3}, chain {chain:.3}), covered {covered:.3}");
        errs.push(error);
        covers.push(covered);
        chains.push(chain);
    }
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
    assert!(mean(&errs) < mean(&chains), "learned {errs:?}, by chain's true median {chains:?}");
    assert!((0.7..=0.9).contains(&mean(&covers)), "80 % bands cover {covers:?}");
}

#[test]
fn a_tenth_told_teaches_more_than_every_chain_s_median() {
    check_learning(10);
}

#[test]
fn a_half_told_teaches_more_than_every_chain_s_median() {
    check_learning(2);
}

#[test]
fn nothing_told_says_so_and_keeps_a_wide_band() {
    let market = planted(4, 300, 0.16);
    for one in potentials(&market.facts, today()) {
        let wallet = one.wallet.expect("everybody buys");
        assert_eq!(wallet.source, WalletSource::Assumed);
        assert!(wallet.total.high.units() / wallet.total.value.units() > 1.8);
        assert!(wallet.total.low >= one.sales_year && wallet.share[2].0 <= 1.0);
    }
}

#[test]
fn a_told_wallet_is_taken_as_told_and_caps_the_potential() {
    let mut market = planted(5, 200, 0.16);
    let year = potentials(&market.facts, today())[0].sales_year;
    let told = |told| KnownWallet { partner: PartnerId(1), told };
    for figure in [ToldWallet::Purchases(year * 1.05), ToldWallet::OurShare(Share(1.0 / 1.05))] {
        market.facts.wallets = vec![told(figure)];
        let one = potentials(&market.facts, today()).remove(0);
        let wallet = one.wallet.expect("told");
        assert_eq!(wallet.source, WalletSource::Told);
        assert!((wallet.share[1].0 - 1.0 / 1.05).abs() < 1e-3, "{:?}", wallet.share);
        assert!(one.potential.value.units() <= year.units() * 1.0501, "{figure:?}: {:?}", one.potential);
    }
}

#[test]
fn categories_add_up_to_the_potential_and_none_lies_below_its_sales() {
    let market = planted(6, 300, 0.2);
    for one in potentials(&market.facts, today()) {
        let sum: f64 = one.categories.iter().map(|part| part.potential.units()).sum();
        assert!((sum - one.potential.value.units()).abs() < 0.01 * sum.max(1.0), "{sum} and {:?}", one.potential);
        assert!(one.categories.iter().all(|part| part.potential.units() >= part.sales_year.units() - 0.01));
    }
}

#[test]
fn categories_follow_what_partners_alike_buy() {
    let mut market = planted(7, 300, 0.2);
    // One that buys only of the first category has its room in the others.
    let cells = &mut market.facts.sales.by_category;
    let year: Money = cells.iter().filter(|cell| cell.partner == PartnerId(1)).map(|cell| cell.revenue).sum();
    cells.retain(|cell| cell.partner != PartnerId(1) || cell.category == CategoryId(1));
    cells.iter_mut().filter(|cell| cell.partner == PartnerId(1)).for_each(|cell| cell.revenue = year);
    let one = potentials(&market.facts, today()).remove(0);
    let room = |id: i64| {
        one.categories.iter().find(|part| part.category == CategoryId(id)).map_or(0.0, |p| p.headroom.units())
    };
    assert!(room(2) > 0.0 && room(3) > 0.0 && room(2) > room(1), "{:?}", one.categories);
}

#[test]
fn a_figure_is_weighed_in_by_precision() {
    let mut market = planted(8, 300, 0.2);
    let before = potentials(&market.facts, today()).remove(0);
    let ours = before.potential.value.units();
    let judge = |spread: f64| Judgement { partner: PartnerId(1), potential: Money::from_units(4.0 * ours), spread };
    let mut last = 0.0;
    for spread in [0.7, 0.4, 0.2] {
        market.facts.judgements = vec![judge(spread)];
        let one: PartnerPotential = potentials(&market.facts, today()).remove(0);
        let weight = spread.powi(-2) / (spread.powi(-2) + 4.0);
        let wanted = ours * 4.0_f64.powf(weight);
        assert!(
            (one.potential.value.units() / wanted - 1.0).abs() < 1e-6,
            "{} for {wanted}",
            one.potential.value.units()
        );
        assert_eq!((one.source, one.estimate), (PotentialSource::Judged, before.estimate));
        let width = one.potential.high.units() / one.potential.value.units();
        assert!(width < before.potential.high.units() / ours, "two figures know more than one");
        assert!(one.potential.value.units() > last, "the surer, the nearer to it");
        last = one.potential.value.units();
        let goal = open_goals(&market.facts, today()).into_iter().find(|goal| goal.partner == PartnerId(1));
        assert_eq!(goal.expect("a goal").potential, one.potential, "the list and the page agree");
    }
}

#[test]
fn levels_hold_on_partners_held_out() {
    let market = planted(9, 500, 0.2);
    let found = held_out(&market.facts, today()).expect("enough");
    for LevelCheck { level, below, loss, loss_of_constant, .. } in found.levels {
        println!("{level:?}: {below:?} below, loss {loss:.4} against {loss_of_constant:.4}");
        assert!((level.0 - below.0).abs() <= 0.03, "{below:?} below at {level:?}");
        assert!(loss < loss_of_constant);
    }
    assert!(held_out(&planted(9, 59, 0.2).facts, today()).is_none(), "too few say nothing");
}

/// Who is below its look-alikes catches up with them in the year after.
#[test]
fn the_back_test_finds_growth_into_headroom_and_sees_no_later_than_then() {
    let mut market = planted(10, 400, 0.2);
    let before: Vec<PartnerPotential> = potentials(&market.facts, today());
    let now = today().month().0;
    let room = |id: PartnerId| before[id.0 as usize - 1].headroom.units() / 12.0;
    for sale in market.facts.sales.by_month.iter_mut().filter(|sale| sale.month.0 > now - 12) {
        let grown = room(sale.partner) * 0.6;
        sale.revenue += Money::from_units(grown);
    }
    let found = back_test(&market.facts, today()).expect("enough");
    assert!(found.by_headroom > 0.2, "{}", found.by_headroom);
    assert_eq!(found.known_until, Month(now - 12));
    // Judgements, wallets and a partner's later silence were not known then.
    let mut later = market.facts.clone();
    later.judgements = vec![Judgement { partner: PartnerId(1), potential: Money::whole(9_999_999), spread: 0.1 }];
    later.wallets = vec![KnownWallet { partner: PartnerId(2), told: ToldWallet::OurShare(Share(0.9)) }];
    later.partners[2].inactive = true;
    assert_eq!(back_test(&later, today()), Some(found));
}
