//! An analyst's questions against closed forms: how many entries, what chance shows, a ratio; and what a wrong figure is told.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fmt::Write;

use spelplan_effect::EffectError;
use spelplan_effect::arms::Spread;
use spelplan_effect::{
    Estimate, OutcomeColumns, PlaceboAnswer, PlaceboAsk, PlaceboColumns, PowerAsk, Sought, placebo_lotteries, power,
    ratio, spread_of,
};
use spelplan_intake::{Sheet, Source, sheet};

const PLAIN: Spread = Spread { deviation: 0.4, explained: 0.0, correlation: 0.0, mean_size: 1.0, variation: 0.0 };
/// Covariates explain three tenths, and clusters of three take a fifth more.
const COSTLY: Spread = Spread { explained: 0.3, correlation: 0.1, mean_size: 3.0, ..PLAIN };

fn ask(spread: Spread, entries: Option<f64>, effect: Option<f64>) -> PowerAsk {
    PowerAsk { spread, share: 0.5, alpha: 0.05, power: 0.8, entries, effect }
}

#[test]
fn entries_effect_and_power_are_those_of_the_closed_form() {
    // (1.95996 + .84162)^2 .4^2 (1 - R2) 4 / .05^2
    for (explained, entries) in [(0.0, 2_010.0), (0.3, 1_407.0)] {
        let found = power(&ask(Spread { explained, ..PLAIN }, None, Some(0.05))).unwrap();
        assert_eq!((found.sought, found.entries), (Sought::Entries, entries));
    }
    for (entries, effect) in [(50.0, 0.29), (200.0, 0.145), (400.0, 0.103)] {
        let found = power(&ask(COSTLY, Some(entries), None)).unwrap();
        assert!((found.effect - effect).abs() < 6e-4 && (found.design_effect - 1.2).abs() < 1e-12, "{found:?}");
        let seen = power(&ask(COSTLY, Some(entries), Some(found.effect))).unwrap();
        assert!(seen.sought == Sought::Power && (seen.power - 0.8).abs() < 1e-9, "{seen:?}");
    }
    // Winners a fifth of all: 1 / (.2 .8) is 6.25 where 1 / (.5 .5) is 4.
    let even = power(&ask(PLAIN, None, Some(0.01))).unwrap().entries;
    let uneven = power(&PowerAsk { share: 0.2, ..ask(PLAIN, None, Some(0.01)) }).unwrap().entries;
    assert!((uneven / even - 6.25 / 4.0).abs() < 1e-3);
}

#[test]
fn a_figure_that_cannot_be_is_named_with_what_it_must_be() {
    let cases = [
        (ask(PLAIN, None, None), "A550", "--entries"),
        (ask(Spread { deviation: 0.0, ..PLAIN }, Some(100.0), None), "A551", "--deviation"),
        (ask(Spread { explained: 1.0, ..PLAIN }, Some(100.0), None), "A551", "--explained"),
        (PowerAsk { share: 1.0, ..ask(PLAIN, Some(100.0), None) }, "A551", "--share"),
        (PowerAsk { power: 0.04, ..ask(PLAIN, Some(100.0), None) }, "A551", "--power"),
        (ask(PLAIN, Some(3.0), None), "A551", "--entries"),
        (ask(PLAIN, None, Some(0.0)), "A551", "--effect"),
        (ask(PLAIN, Some(f64::NAN), None), "A551", "--entries"),
    ];
    for (asked, code, word) in cases {
        let error = power(&asked).unwrap_err();
        assert_eq!(error.code, code, "{error}");
        assert!(error.en.contains(word), "{error}");
    }
}

#[test]
fn a_ratio_has_fiellers_interval_or_says_that_it_has_none() {
    let of = |over, under, covariance| ratio(over, under, covariance);
    let (over, under) = (Estimate { value: 12.0, error: 3.0 }, Estimate { value: 8.0, error: 1.0 });
    let found = of(over, under, 0.5).unwrap();
    let (low, high) = found.interval.unwrap();
    // At either end the difference of the first and so many times the second is 1.96 of its own errors from nothing.
    for end in [low, high] {
        let error = (9.0 + end * end - 2.0 * end * 0.5_f64).sqrt();
        assert!(((12.0 - end * 8.0).abs() / error - 1.959_964).abs() < 1e-5, "{end}");
    }
    assert!(low < 1.5 && 1.5 < high && (found.value - 1.5).abs() < 1e-12);
    // A denominator that is known: the interval of the first over it.
    let (low, high) = of(over, Estimate { value: 8.0, error: 0.0 }, 0.0).unwrap().interval.unwrap();
    assert!(
        (low - (12.0 - 1.959_964 * 3.0) / 8.0).abs() < 1e-6 && (high - (12.0 + 1.959_964 * 3.0) / 8.0).abs() < 1e-6
    );
    assert_eq!(of(over, Estimate { value: 8.0, error: 4.2 }, 0.0).unwrap().interval, None);
    for (under, covariance, word) in [
        (Estimate { value: 0.0, error: 1.0 }, 0.0, "--under"),
        (Estimate { value: 8.0, error: -1.0 }, 0.0, "--under-error"),
        (under, 3.1, "--covariance"),
    ] {
        assert!(of(over, under, covariance).unwrap_err().en.contains(word), "{word}");
    }
}

/// A number between -1 and 1 that looks like chance and is always the same.
fn wobble(at: u64) -> f64 {
    let mixed = (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed ^ (mixed >> 32)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

fn table(text: &str, columns: &[&str]) -> Sheet {
    sheet(&Source { name: "own.csv", bytes: text.as_bytes() }, columns).unwrap()
}

#[test]
fn the_spread_of_a_file_is_what_was_planted() {
    // Chains of five share half of what covariates leave: x explains a third of the whole.
    let mut text = "y,chain,x\n".to_owned();
    for chain in 0..400_u64 {
        for own in 0..5 {
            let at = chain * 5 + own;
            let x = wobble(at + 50_000);
            let y = x + wobble(chain + 90_000) + wobble(at);
            writeln!(text, "{y},{chain},{x}").unwrap();
        }
    }
    let columns = OutcomeColumns { outcome: "y".into(), cluster: Some("chain".into()), covariates: vec!["x".into()] };
    let found = spread_of(&table(&text, &columns.names()), &columns).unwrap();
    assert!((found.deviation - 1.0).abs() < 0.03 && (found.explained - 1.0 / 3.0).abs() < 0.03, "{found:?}");
    assert!((found.correlation - 0.5).abs() < 0.05, "{found:?}");
    assert_eq!((found.mean_size, found.variation), (5.0, 0.0));
}

const ASK: PlaceboAsk = PlaceboAsk { share: 0.5, horizon: 4, base: 8, relative: true, draws: 2_000, seed: 1 };

/// Units that differ in size a hundredfold, each wobbling by a fifth of its own around it; every other one in chains of four.
fn panel(units: u64, zero: u64) -> String {
    let mut text = "unit,month,margin,chain\n".to_owned();
    for unit in 0..units {
        let size = if unit < zero { 0.0 } else { 10_f64.powf(1.0 + wobble(unit)) * 1_000.0 };
        for month in 1..=12_u64 {
            let margin = size * (1.0 + 0.2 * wobble(unit * 100 + month));
            writeln!(text, "u{unit},2025-{month:02},{margin},c{}", unit / 4).unwrap();
        }
    }
    text
}

fn lots(text: &str, ask: PlaceboAsk, cluster: bool) -> Result<PlaceboAnswer, EffectError> {
    let columns = PlaceboColumns {
        unit: Some("unit".into()),
        time: Some("month".into()),
        outcome: "margin".into(),
        block: None,
        cluster: cluster.then(|| "chain".into()),
        covariates: Vec::new(),
    };
    placebo_lotteries(&table(text, &columns.names()), &columns, &ask)
}

#[test]
fn placebo_lotteries_on_a_panel_show_what_chance_does() {
    let found = lots(&panel(200, 3), ASK, false).unwrap();
    assert_eq!((found.entries, found.left_out, found.winners), (197, 3, 99));
    // A unit's mean of four months over the mean of the eight before: .2 / sqrt 3 each month, so a variance of .0133 (1/4 + 1/8);
    // the last quarter of the base explains some of it.
    let most = (0.04 / 3.0 * (0.25 + 0.125) * 4.0 / 197.0_f64).sqrt();
    let least = (0.04 / 3.0 * 0.25 * 4.0 / 197.0_f64).sqrt();
    let own = found.found;
    assert!(own.deviation < 1.1 * most && own.deviation > 0.9 * least, "{least} {own:?} {most}");
    assert!((0.03..0.075).contains(&own.rejection_rate()), "{own:?}");
    assert!((own.error / own.deviation - 1.0).abs() < 0.1, "{own:?}");
    let whole = lots(&panel(200, 0), ASK, true).unwrap();
    assert_eq!((whole.entries, whole.winners), (200, 100));
    // In kronor the large ones decide, and much less is seen.
    let money = lots(&panel(200, 0), PlaceboAsk { relative: false, ..ASK }, false).unwrap().found;
    assert!(money.deviation > 1_000.0 * own.deviation, "{money:?}");
}

#[test]
fn a_panel_too_short_and_a_block_of_one_say_what_to_do() {
    assert_eq!(lots(&panel(40, 0), PlaceboAsk { horizon: 6, ..ASK }, false).unwrap_err().code, "A552");
    let columns = PlaceboColumns { outcome: "y".into(), block: Some("b".into()), ..PlaceboColumns::default() };
    let text = "y,b\n1,a\n2,a\n3,a\n4,b\n";
    assert_eq!(placebo_lotteries(&table(text, &columns.names()), &columns, &ASK).unwrap_err().code, "A553");
}
