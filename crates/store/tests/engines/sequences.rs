//! Random imports, corrections and undoings: sums, lines and records are always what the standing imports say.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use spelplan_facts::{Money, Month};
use spelplan_intake::{Batch, Change, PartnerRecord};
use spelplan_store::testing::{on_postgres_at, on_sqlite_at};
use spelplan_store::{CategoryMonth, Store};

use crate::draft::{AT, Draft, Line, day, pam, partner};

/// What happens next.
#[derive(Debug, Clone)]
enum Step {
    /// A file with these lines and partner names: new, changed and same ones mixed.
    Import { lines: Vec<Line>, names: Vec<(u8, u8)> },
    /// The import with that place among those made so far, where it still stands.
    Undo(prop::sample::Index),
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let line = (0_u128..12, 0..400_i32, 0..3_u8, 0..3_u8, -500_i64..500, prop::option::of(-50_i64..50), -2..3_i64);
    let supply = prop::option::of((0..2_u8, 0..2_u8));
    let line = (line, supply).prop_map(|((key, on, partner, category, revenue, margin, quantity), supply)| Line {
        // The high halves of some keys are the same.
        key: (key / 3) << 64 | key,
        day: day("2025-01-01").plus(on),
        partner: format!("P{partner}"),
        category: format!("C{category}"),
        quantity,
        revenue,
        margin,
        supply: supply.map(|(brand, distributor)| (format!("B{brand}"), format!("D{distributor}"))),
    });
    let import = (prop::collection::vec(line, 0..8), prop::collection::vec((0..5_u8, 0..3_u8), 0..4))
        .prop_map(|(lines, names)| Step::Import { lines, names });
    let undo = any::<prop::sample::Index>().prop_map(Step::Undo);
    prop::collection::vec(prop_oneof![3 => import, 2 => undo], 1..most)
}

/// What one import wrote.
#[derive(Debug, Default)]
struct Written {
    import: i64,
    undone: bool,
    lines: BTreeMap<u128, Line>,
    partners: BTreeMap<String, PartnerRecord>,
}

/// The plain twin of the store: every import as it was, nothing summed.
#[derive(Debug, Default)]
struct Twin(Vec<Written>);

impl Twin {
    fn standing(&self) -> impl Iterator<Item = &Written> {
        self.0.iter().filter(|written| !written.undone)
    }

    fn lines(&self) -> BTreeMap<u128, Line> {
        self.standing().flat_map(|written| written.lines.clone()).collect()
    }

    fn partners(&self) -> BTreeMap<String, PartnerRecord> {
        self.standing().flat_map(|written| written.partners.clone()).collect()
    }
}

async fn take(store: &Store, twin: &mut Twin, step: &Step) {
    match step {
        Step::Import { lines, names } => import(store, twin, lines, names).await,
        Step::Undo(which) => {
            let mut standing: Vec<&mut Written> = twin.0.iter_mut().filter(|written| !written.undone).collect();
            if !standing.is_empty() {
                let at = which.index(standing.len());
                store.undo(standing[at].import, AT).await.unwrap();
                standing[at].undone = true;
            }
        }
    }
}

/// Plans as intake does, from what the store says it knows, and commits.
async fn import(store: &Store, twin: &mut Twin, lines: &[Line], names: &[(u8, u8)]) {
    let mut draft = Draft::new();
    let mut written = Written::default();
    let unique: BTreeMap<u128, Line> = lines.iter().map(|line| (line.key, line.clone())).collect();
    for line in unique.values() {
        draft = draft.line(line.clone());
    }
    let sales = draft.0.sales.iter().map(|sale| sale.record.clone()).collect();
    let known = store.known(&[Batch { sales, ..Batch::default() }]).await.unwrap();
    let alive = twin.lines();
    let mut plan = Draft::new();
    for line in unique.into_values() {
        assert_eq!(known.sales.contains_key(&line.key), alive.contains_key(&line.key));
        if alive.get(&line.key) != Some(&line) {
            plan = plan.planned(line.clone(), alive.contains_key(&line.key));
            written.lines.insert(line.key, line);
        }
    }
    // Every partner that lines name, and some that nothing names, under changing names.
    let named: BTreeSet<&String> = written.lines.values().map(|line| &line.partner).collect();
    let unheard = named.into_iter().filter(|key| !known.partners.contains_key(*key)).map(|key| (key.clone(), 9));
    let asked = names.iter().map(|(key, name)| (format!("P{key}"), *name));
    for (key, name) in unheard.chain(asked).collect::<BTreeMap<_, _>>() {
        let after = PartnerRecord { name: format!("Name {name}"), ..partner(&key, "") };
        match known.partners.get(&key) {
            Some(before) if *before == after => continue,
            Some(before) => plan.0.partners.push(Change::Changed { before: before.clone(), after: after.clone() }),
            None => plan.0.partners.push(Change::New(after.clone())),
        }
        written.partners.insert(key, after);
    }
    written.import = plan.commit(store).await;
    twin.0.push(written);
}

async fn check(store: &Store, twin: &Twin) {
    let facts = store.facts(day("2027-12-31")).await.unwrap();
    let lines = twin.lines();
    let kept: BTreeMap<String, PartnerRecord> = store.known(&[]).await.unwrap().partners.into_iter().collect();

    // Records: what stands is there as it stands, and so is everybody whom a live line names; whoever else is there is
    // named by a line that a standing correction hides.
    let standing = twin.partners();
    for (key, record) in &standing {
        assert_eq!(kept.get(key), Some(record));
    }
    for line in lines.values() {
        assert!(kept.contains_key(&line.partner), "{} is named but gone", line.partner);
    }
    let named: BTreeSet<&String> =
        twin.standing().flat_map(|written| written.lines.values().map(|line| &line.partner)).collect();
    for key in kept.keys() {
        assert!(standing.contains_key(key) || named.contains(key), "{key} is there though nothing speaks of it");
    }

    // Sums: by cell, by partner and month, over all; and the lines themselves.
    let totals = store.totals().await.unwrap();
    assert_eq!(totals.lines, lines.len() as i64);
    assert_eq!(totals.revenue, lines.values().map(|line| Money(line.revenue)).sum());
    assert_eq!(totals.margin, lines.values().filter_map(|line| line.margin.map(Money)).sum());
    assert_eq!(totals.first_day, lines.values().map(|line| line.day).min());
    assert_eq!(store.last_sale_day().await.unwrap(), lines.values().map(|line| line.day).max());
    let category_names: BTreeMap<_, _> = facts.sales.categories.iter().map(|one| (one.id, one.name.clone())).collect();
    let mut seen = 0;
    for one in &facts.partners {
        let cells = store.partner_category_months(one.id, Month(0)..=Month(99_999)).await.unwrap();
        let cells: BTreeMap<_, _> =
            cells.iter().map(|cell| ((cell.month, category_names[&cell.category].clone()), *cell)).collect();
        let mut expected: BTreeMap<(Month, String), Sums> = BTreeMap::new();
        let mut months: BTreeMap<Month, i64> = BTreeMap::new();
        for line in lines.values().filter(|line| line.partner == one.key) {
            expected.entry((line.day.month(), line.category.clone())).or_default().add(line);
            *months.entry(line.day.month()).or_default() += line.revenue;
        }
        assert_eq!(cells.iter().map(|(at, cell)| (at.clone(), Sums::of(cell))).collect::<BTreeMap<_, _>>(), expected);
        let by_month: BTreeMap<_, _> =
            facts.sales.months_of(one.id).iter().map(|sale| (sale.month, sale.revenue.0)).collect();
        assert_eq!(by_month, months);
        let by_supply: BTreeMap<_, _> = store
            .partner_supply_months(one.id, Month(0)..=Month(99_999))
            .await
            .unwrap()
            .into_iter()
            .map(|sum| ((sum.month, (sum.brand, sum.distributor)), sum.revenue.0))
            .collect();
        let mut expected: BTreeMap<(Month, (String, String)), i64> = BTreeMap::new();
        for line in lines.values().filter(|line| line.partner == one.key) {
            if let Some(supply) = &line.supply {
                *expected.entry((line.day.month(), supply.clone())).or_default() += line.revenue;
            }
        }
        assert_eq!(by_supply, expected, "by brand and distributor");
        let stored = store.partner_lines(one.id, 1_000, None).await.unwrap();
        for line in &stored {
            let twin = &lines[&u128::from_str_radix(&line.key, 16).unwrap()];
            assert_eq!((line.day, line.revenue.0, line.quantity), (twin.day, twin.revenue, twin.quantity));
            assert_eq!(one.key, twin.partner);
        }
        seen += stored.len();
    }
    assert_eq!(seen, lines.len());
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Sums {
    lines: i64,
    quantity: i64,
    revenue: i64,
    margin: i64,
    revenue_with_margin: i64,
}

impl Sums {
    fn add(&mut self, line: &Line) {
        self.lines += 1;
        self.quantity += line.quantity;
        self.revenue += line.revenue;
        self.margin += line.margin.unwrap_or(0);
        self.revenue_with_margin += line.margin.map_or(0, |_| line.revenue);
    }

    fn of(cell: &CategoryMonth) -> Sums {
        Sums {
            lines: cell.lines,
            quantity: cell.quantity,
            revenue: cell.revenue.0,
            margin: cell.margin.0,
            revenue_with_margin: cell.revenue_with_margin.0,
        }
    }
}

/// One database for all cases: emptied between them, which is quicker than a new one.
async fn run(location: String, cases: u32, most: usize) {
    let store = Store::open(&location).await.unwrap();
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let handle = tokio::runtime::Handle::current();
    let ran = runner.run(&steps(most), |steps| {
        tokio::task::block_in_place(|| handle.block_on(sequence(&store, &steps)));
        Ok(())
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
    store.close().await;
}

async fn sequence(store: &Store, steps: &[Step]) {
    store.clear().await.unwrap();
    Draft::new().pam(pam("A")).commit(store).await;
    let mut twin = Twin::default();
    for step in steps {
        take(store, &mut twin, step).await;
        check(store, &twin).await;
    }
}

#[test]
fn sums_lines_and_records_are_what_the_standing_imports_say() {
    on_sqlite_at(async |location| run(location, 120, 10).await);
    on_postgres_at(async |location| run(location, 15, 8).await);
}
