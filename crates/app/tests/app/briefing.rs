//! Every figure of briefings recomputed from raw lines with code of its own: on AdventureWorks' files, and on the demo's.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files and fails where it cannot go on"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use spelplan_app::briefings::{Amount, Briefing, SplitName, Value};
use spelplan_app::demo::DemoSize;
use spelplan_app::intake::PartnerRecord;
use spelplan_facts::Day;
use spelplan_testkit::market::{Market, MarketSize};

/// A raw line, as anybody with a spreadsheet would see it. Months run on: 12 × year + month.
struct Raw {
    partner: String,
    month: i32,
    category: String,
    after: bool,
    quantity: f64,
    revenue: f64,
    margin: Option<f64>,
    brand: String,
    distributor: String,
}

/// A partner as its file tells it.
struct Who {
    key: String,
    segment: String,
    employees: Option<f64>,
    turnover: Option<f64>,
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-6 * expected.abs().max(1.0) + 2e-4
}

/// A figure's plain number; `None` where it says what is missing.
fn number(briefing: &Briefing, code: &str) -> Option<f64> {
    match briefing.figure(code).unwrap_or_else(|| panic!("no figure {code}")).value {
        Value::Known(Amount::Money(money)) => Some(money.units()),
        Value::Known(Amount::Share(share) | Amount::Change(share)) => Some(share.0),
        Value::Known(Amount::Count(number)) => Some(number),
        Value::Known(other) => panic!("{code} is {other:?}"),
        Value::Missing(_) => None,
    }
}

/// The middle one; `None` where fewer than five are known.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    (n >= 5).then(|| (values[(n - 1) / 2] + values[n / 2]) / 2.0)
}

/// The twenty whose year is most like the partner's, of its segment where five are.
fn peers<'a>(lines: &[Raw], all: &'a [Who], one: &Who, last: i32) -> Vec<&'a str> {
    let mut years: BTreeMap<&str, f64> = BTreeMap::new();
    for line in lines.iter().filter(|l| l.month > last - 12 && l.month <= last) {
        *years.entry(&line.partner).or_default() += line.revenue;
    }
    let year = |who: &str| years.get(who).copied().unwrap_or(0.0);
    let mut near: Vec<(f64, usize)> = Vec::new();
    for same in [true, false] {
        if near.len() < 5 {
            near = all
                .iter()
                .enumerate()
                .filter(|(_, w)| w.key != one.key && (!same || (w.segment == one.segment && !w.segment.is_empty())))
                .filter(|(_, w)| year(&w.key) > 0.00005)
                .map(|(n, w)| ((year(&w.key).max(1.0).ln() - year(&one.key).max(1.0).ln()).abs(), n))
                .collect();
        }
    }
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.truncate(20);
    near.iter().map(|(_, n)| all[*n].key.as_str()).collect()
}

/// Categories that three peers of five, and five at least, buy and the partner does not, with the median of what they spend.
fn white_spaces(lines: &[Raw], all: &[Who], one: &Who, last: i32) -> BTreeMap<String, f64> {
    let peers = peers(lines, all, one, last);
    let mut spent: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for line in lines.iter().filter(|l| l.month > last - 12 && l.month <= last) {
        *spent.entry(&line.category).or_default().entry(&line.partner).or_default() += line.revenue;
    }
    let open = spent.iter().filter(|(_, by)| by.get(one.key.as_str()).is_none_or(|own| *own <= 0.0));
    let usual = open.filter_map(|(category, by)| {
        let buy: Vec<f64> =
            peers.iter().filter_map(|peer| by.get(peer).copied()).filter(|spent| *spent > 0.0).collect();
        let usual = if buy.len() as f64 >= 0.6 * peers.len() as f64 { median(buy) } else { None };
        Some(((*category).to_owned(), usual?))
    });
    if peers.len() < 5 { BTreeMap::new() } else { usual.collect() }
}

/// The most expensive three of them stand on the page, most first; where there is none, no amount does.
fn white_spaces_fit(lines: &[Raw], all: &[Who], one: &Who, last: i32, briefing: &Briefing) -> bool {
    let spaces = white_spaces(lines, all, one, last);
    let shown: Vec<(String, f64)> = briefing
        .sections
        .iter()
        .flat_map(|section| &section.figures)
        .filter(|figure| figure.code == "white-space")
        .filter_map(|figure| match figure.value {
            Value::Known(Amount::Money(money)) => Some((figure.of.clone().unwrap(), money.units())),
            _ => None,
        })
        .collect();
    let mut usual: Vec<f64> = spaces.values().copied().collect();
    usual.sort_by(|a, b| b.total_cmp(a));
    shown.len() == usual.len().min(3)
        && shown.iter().zip(usual).all(|((name, found), usual)| close(*found, usual) && close(*found, spaces[name]))
}

/// Effects of mix and of rate by category: what is bought in one of the years alone is mix.
fn effects(lines: &[Raw], one: &Who, end: i32) -> Option<(f64, f64)> {
    let mut by: BTreeMap<&str, [[f64; 2]; 2]> = BTreeMap::new();
    for line in lines.iter().filter(|l| l.partner == one.key && l.month >= end - 24 && l.month < end) {
        let cell = &mut by.entry(&line.category).or_default()[usize::from(line.month >= end - 12)];
        if let Some(margin) = line.margin {
            cell[0] += margin;
            cell[1] += line.revenue;
        }
    }
    let whole = |year: usize| by.values().map(|cells| cells[year][1]).sum::<f64>();
    let (then, now) = (whole(0), whole(1));
    let rate = |cell: [f64; 2]| (cell[1] > 0.0).then(|| cell[0] / cell[1]);
    let mut effects = (0.0, 0.0);
    for [before, this] in by.values().copied() {
        let rates = (rate(before).or(rate(this)).unwrap_or(0.0), rate(this).or(rate(before)).unwrap_or(0.0));
        effects.0 += (this[1] / now - before[1] / then) * rates.0;
        effects.1 += this[1] / now * (rates.1 - rates.0);
    }
    (then > 0.0 && now > 0.0).then_some(effects)
}

/// What the raw lines say of one partner, in the words of the formulae.
fn expected(lines: &[Raw], all: &[Who], one: &Who, last: i32, end: i32) -> BTreeMap<&'static str, Option<f64>> {
    let sum = |who: &str, from: i32, to: i32| -> f64 {
        lines.iter().filter(|l| l.partner == who && l.month >= from && l.month < to).map(|l| l.revenue).sum()
    };
    let year = |who: &str| sum(who, last - 11, last + 1);
    let own: Vec<&Raw> = lines.iter().filter(|l| l.partner == one.key).collect();
    let this: Vec<&Raw> = own.iter().filter(|l| l.month > last - 12 && l.month <= last).copied().collect();
    let over = |a: f64, b: f64| (b > 0.0).then(|| a / b);
    let growth = |who: &str| over(sum(who, end - 12, end) - sum(who, end - 24, end - 12), sum(who, end - 24, end - 12));
    let after = |who: &str| {
        let part: f64 = lines
            .iter()
            .filter(|l| l.partner == who && l.after && l.month > last - 12 && l.month <= last)
            .map(|l| l.revenue)
            .sum();
        over(part, year(who))
    };
    let peers = peers(lines, all, one, last);
    let of_peers = |f: &dyn Fn(&str) -> Option<f64>| {
        if peers.len() < 5 { None } else { median(peers.iter().copied().filter_map(f).collect()) }
    };
    let known: Vec<&&Raw> = this.iter().filter(|l| l.margin.is_some()).collect();
    let pieces = |after: bool| -> f64 { this.iter().filter(|l| l.after == after).map(|l| l.quantity).sum() };
    let mut by_category: BTreeMap<&str, f64> = BTreeMap::new();
    for line in &this {
        *by_category.entry(&line.category).or_default() += line.revenue;
    }
    let half = over(sum(&one.key, end - 6, end) - sum(&one.key, end - 18, end - 12), sum(&one.key, end - 18, end - 12));
    let (peer_after, peer_growth) = (of_peers(&after), of_peers(&growth));
    let effects = effects(lines, one, end);
    let old = own.iter().any(|l| l.month <= last - 36);
    let aged = own.iter().filter(|l| !l.after && (last - 60..=last - 36).contains(&l.month)).map(|l| l.quantity);
    BTreeMap::from([
        ("half-year", Some(sum(&one.key, end - 6, end))),
        ("half-year-change", half),
        ("year", Some(year(&one.key))),
        ("our-margin", over(known.iter().filter_map(|l| l.margin).sum(), known.iter().map(|l| l.revenue).sum())),
        ("part-of-turnover", one.turnover.and_then(|turnover| over(year(&one.key), turnover))),
        ("turnover-per-employee", one.turnover.zip(one.employees).and_then(|(a, b)| over(a, b))),
        ("aftermarket-share", after(&one.key)),
        ("aftermarket-peers", peer_after),
        (
            "aftermarket-gap",
            after(&one.key).zip(peer_after).map(|(own, theirs)| (theirs - own).max(0.0) * year(&one.key)),
        ),
        ("attach", over(pieces(true), pieces(false)).map(|part| part * 100.0)),
        ("refresh", old.then(|| aged.sum())),
        ("mix-effect", effects.map(|one| one.0)),
        ("rate-effect", effects.map(|one| one.1)),
        ("growth", growth(&one.key)),
        ("growth-beside-peers", growth(&one.key).zip(peer_growth).map(|(own, theirs)| own - theirs)),
        (
            "largest-category",
            by_category.values().copied().reduce(f64::max).and_then(|most| over(most, year(&one.key))),
        ),
    ])
}

/// The two effects add up to the whole change of our margin, however a category comes and goes.
fn effects_add_up(lines: &[Raw], one: &Who, end: i32, briefing: &Briefing) -> bool {
    let margin = |from: i32, to: i32| {
        let own =
            lines.iter().filter(|l| l.partner == one.key && l.month >= from && l.month < to && l.margin.is_some());
        let (m, r) = own.fold((0.0, 0.0), |sum, l| (sum.0 + l.margin.unwrap(), sum.1 + l.revenue));
        (r > 0.0).then(|| m / r)
    };
    let (then, now) = (margin(end - 24, end - 12), margin(end - 12, end));
    let told = number(briefing, "mix-effect").zip(number(briefing, "rate-effect"));
    match (then.zip(now), told) {
        (Some((then, now)), Some((mix, rate))) => (mix + rate - (now - then)).abs() < 1e-6,
        (None, None) => true,
        other => panic!("{}: {other:?}", one.key),
    }
}

fn check(lines: &[Raw], all: &[Who], one: &Who, (last, end): (i32, i32), briefing: &Briefing) {
    for (code, expected) in expected(lines, all, one, last, end) {
        let found = number(briefing, code);
        let same = match (found, expected) {
            (Some(found), Some(expected)) => close(found, expected),
            (None, None) => true,
            _ => false,
        };
        assert!(same, "{} of {}: {found:?}, from raw lines {expected:?}", code, one.key);
    }
    assert!(white_spaces_fit(lines, all, one, last, briefing), "white spaces of {}", one.key);
    assert!(effects_add_up(lines, one, end, briefing), "mix and rate of {}", one.key);
    assert!(splits_add_up(lines, one, end, briefing), "{} by brand and distributor: {:?}", one.key, briefing.splits);
    assert!((3..=5).contains(&briefing.questions.len()), "{:?}", briefing.questions);
    let codes: BTreeSet<&str> = briefing.questions.iter().map(|one| one.figure).collect();
    assert!(codes.iter().all(|code| briefing.figure(code).is_some()), "a question points at its figure");
}

/// Whether purchases by brand and by distributor are what the lines say of both years; none where no line tells any.
fn splits_add_up(lines: &[Raw], one: &Who, end: i32, briefing: &Briefing) -> bool {
    let two_years = lines.iter().filter(|l| l.partner == one.key && l.month >= end - 24 && l.month < end);
    let two_years: Vec<&Raw> = two_years.collect();
    ["brands", "distributors"].into_iter().all(|code| {
        let name = |line: &Raw| if code == "brands" { line.brand.clone() } else { line.distributor.clone() };
        let mut sums: BTreeMap<String, [f64; 2]> = BTreeMap::new();
        for line in two_years.iter().filter(|line| !name(line).is_empty()) {
            sums.entry(name(line)).or_default()[usize::from(line.month < end - 12)] += line.revenue;
        }
        let Some(split) = briefing.splits.iter().find(|split| split.code == code) else { return sums.is_empty() };
        let same = |row: &spelplan_app::briefings::SplitRow| {
            let SplitName::Told(name) = &row.name else { return false };
            let Some([now, before]) = sums.get(name).copied() else { return false };
            let change = (before > 0.0).then(|| (now - before) / before);
            let same_change = row.change.map(|share| share.0).zip(change).map(|(found, change)| close(found, change));
            close(row.now.units(), now) && close(row.before.units(), before) && same_change.unwrap_or(change.is_none())
        };
        split.rows.len() == sums.len() && split.rows.iter().all(same) && split.rows.is_sorted_by(|a, b| a.now >= b.now)
    })
}

/// A file's rows by column.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn month(day: &str) -> i32 {
    day[..4].parse::<i32>().unwrap() * 12 + day[5..7].parse::<i32>().unwrap() - 1
}

#[tokio::test(flavor = "multi_thread")]
async fn adventureworks_recomputed_from_its_lines() {
    let Some(files) = crate::shared::shared_files("adventureworks", &["pams.csv", "partners.csv", "sellout.csv"])
    else {
        return;
    };
    let opened = crate::shared::open().await;
    let paths: Vec<&str> = files.iter().map(String::as_str).collect();
    let read = crate::shared::read(&paths);
    let preview = opened.app.read_files(&opened.actor, read, Default::default()).await.unwrap();
    opened.app.commit_import(&opened.actor, preview, true, Default::default()).await.unwrap();
    let lines: Vec<Raw> = rows(&files[2])
        .iter()
        .map(|row| Raw {
            partner: row["partner_id"].clone(),
            month: month(&row["date"]),
            category: row["category"].clone(),
            after: row["aftermarket"] == "1",
            quantity: row["quantity"].parse().unwrap(),
            revenue: row["revenue"].parse().unwrap(),
            margin: row["margin"].parse().ok(),
            brand: String::new(),
            distributor: String::new(),
        })
        .collect();
    let all: Vec<Who> = rows(&files[1])
        .iter()
        .map(|row| Who {
            key: row["partner_id"].clone(),
            segment: row["segment"].clone(),
            employees: row["employees"].parse().ok(),
            turnover: row["annual_sales"].parse().ok(),
        })
        .collect();
    // Figures are as of the last line, 29 November 2013: November is the month not yet full.
    let (last, end) = (2013 * 12 + 10, 2013 * 12 + 10);
    for one in all.iter().step_by(9) {
        let id = opened.app.partner_called(&opened.actor, &one.key).await.unwrap();
        let page = opened.app.briefing(&opened.actor, id).await.unwrap();
        check(&lines, &all, one, (last, end), &page.briefing);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_recomputed_and_quick() {
    let today = Day::new(2026, 11, 23).unwrap();
    let opened = crate::shared::open_on(today).await;
    let (app, actor) = (&opened.app, &opened.actor);
    app.build_demo(actor, DemoSize { partners: 60, months: 36, seed: 5, lines: None }, Default::default())
        .await
        .unwrap();
    // The same market once more, straight from its maker.
    let market = Market::new(MarketSize { partners: 60, months: 36, seed: 5, lines: None }, today.plus(-1));
    let partners: Vec<PartnerRecord> =
        market.batches().into_iter().flat_map(|batch| batch.partners).map(|(_, record)| record).collect();
    let mut lines = Vec::new();
    for batch in market.into_sales() {
        lines.extend(batch.sales.iter().map(|line| Raw {
            partner: batch.partner_keys[line.partner as usize].clone(),
            month: line.day.month().0,
            category: batch.categories[line.category as usize].0.clone(),
            after: batch.categories[line.category as usize].1,
            quantity: line.quantity as f64,
            revenue: line.revenue.units(),
            margin: line.margin.map(|money| money.units()),
            brand: batch.supplies[line.supply.unwrap() as usize].brand.clone(),
            distributor: batch.supplies[line.supply.unwrap() as usize].distributor.clone(),
        }));
    }
    let all: Vec<Who> = partners
        .iter()
        .filter(|partner| !partner.inactive)
        .map(|partner| Who {
            key: partner.key.clone(),
            segment: partner.segment.clone(),
            employees: partner.employees.map(f64::from),
            turnover: partner.revenue.map(|money| money.units()),
        })
        .collect();
    let (last, end) = (today.month().0, today.plus(1).month().0);
    let mut slowest = Duration::ZERO;
    for one in all.iter().step_by(4) {
        let id = app.partner_called(actor, &one.key).await.unwrap();
        let begun = Instant::now();
        let page = app.briefing(actor, id).await.unwrap();
        slowest = slowest.max(begun.elapsed());
        check(&lines, &all, one, (last, end), &page.briefing);
    }
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_meetings_of_every_sort_and_they_change_no_relationship() {
    let opened = crate::shared::open_on(Day::new(2026, 11, 24).unwrap()).await;
    let (app, actor) = (&opened.app, &opened.actor);
    app.build_demo(actor, DemoSize { partners: 60, months: 24, seed: 5, lines: None }, Default::default())
        .await
        .unwrap();
    let ahead = app.meetings(actor, Default::default()).await.unwrap();
    assert!(!ahead.to_log.is_empty() && !ahead.to_prepare.is_empty() && !ahead.ready.is_empty());
    assert!(!ahead.todays.is_empty() && !ahead.promises.is_empty());
    let past = spelplan_app::meetings::MeetingQuery { show: spelplan_app::meetings::Show::Past, pam: None };
    let held = app.meetings(actor, past).await.unwrap().past;
    assert!(held.iter().any(|row| row.meeting.state.outcome().is_some_and(|one| one.commitments.len() == 2)));
    for row in held.iter().take(5) {
        let touches = app.partner(actor, row.meeting.plan().partner).await.unwrap().touches;
        let same = touches.iter().filter(|touch| touch.day == row.meeting.plan().day && touch.kind.is_visit());
        assert_eq!(same.count(), 1, "the visit counts once");
    }
}
