//! Sale lines into the tables: appended, made live, summed; and taken out of the sums again when their import is undone.

use std::collections::{BTreeSet, HashMap, HashSet};

use spelplan_intake::{ImportPlan, PlannedSale, content_of};

use crate::binds::binds;
use crate::fingerprint::{halves, whole};
use crate::names::Names;
use crate::progress::Steps;
use crate::records::number_articles;
use crate::restore::{Ancestor, standing};
use crate::rows::LineRow;
use crate::statements::{
    ADD_IMPORT_CATEGORIES, ADD_IMPORT_PARTNERS, ADD_LINE_KEYS, ADD_LINES, DROP_LINE_KEYS, LINES_BY_ID, LINES_OF_KEYS,
    LIVE_LINES_OF_IMPORT, MOVE_LINE_KEYS, RESTORE_LINE_KEYS,
};
use crate::sums::Differences;
use crate::transaction::Transaction;
use crate::{StoreError, Undone, supplies};

/// Lines handed to the engine at a time.
const CHUNK: usize = 9_230;

/// Identities of what lines point to, by their index in the import plan.
struct Pointed {
    partners: Vec<i64>,
    categories: Vec<i64>,
    articles: Vec<i64>,
    supplies: Vec<i64>,
}

/// Appends the lines of an import plan. Identities run from `first`.
pub(crate) async fn append(
    transaction: &mut Transaction,
    names: &mut Names,
    plan: &ImportPlan,
    (import, first): (i64, i64),
    steps: &mut Steps<'_>,
) -> Result<(), StoreError> {
    if plan.sales.is_empty() {
        return Ok(());
    }
    let pointed = pointed(transaction, names, plan).await?;
    let corrected = corrected(transaction, plan).await?;
    let order = order(plan, &pointed)?;
    remember_names(transaction, plan, &pointed, import).await?;
    let mut differences = Differences::default();
    let mut rows = Vec::with_capacity(CHUNK.min(order.len()) * ADD_LINES.columns);
    for (n, chunk) in order.chunks(CHUNK).enumerate() {
        rows.clear();
        for (at, id) in chunk.iter().zip(first + (n * CHUNK) as i64..) {
            let line = line(plan, &pointed, *at, id)?;
            let corrects = replace(&mut differences, &corrected, &plan.sales[*at as usize], &line)?;
            rows.extend(binds![
                id,
                line.key_high,
                line.key_low,
                content(plan, &plan.sales[*at as usize]),
                line.day,
                line.partner_id,
                line.category_id,
                pointed.articles[plan.sales[*at as usize].record.sku as usize],
                line.quantity,
                line.revenue,
                line.margin,
                line.supply_id,
                import,
                corrects
            ]);
        }
        transaction.insert(&ADD_LINES, &rows).await?;
        steps.done(chunk.len());
    }
    let last = first + order.len() as i64 - 1;
    transaction.run(ADD_LINE_KEYS, &binds![first, last]).await?;
    if !corrected.is_empty() {
        transaction.run(MOVE_LINE_KEYS, &binds![first, last]).await?;
    }
    differences.write(transaction).await
}

async fn pointed(transaction: &mut Transaction, names: &mut Names, plan: &ImportPlan) -> Result<Pointed, StoreError> {
    let articles = number_articles(transaction, names, &plan.skus).await?;
    let partners = plan.partner_keys.iter().map(|key| names.partner(key)).collect::<Result<_, _>>()?;
    let categories = plan.categories.iter().map(|(name, _)| names.category(name)).collect::<Result<_, _>>()?;
    let supplies = supplies::number(transaction, &plan.supplies).await?;
    Ok(Pointed { partners, categories, articles, supplies })
}

/// Keeps whom and what the lines name, so that it outlives their corrections.
async fn remember_names(
    transaction: &mut Transaction,
    plan: &ImportPlan,
    pointed: &Pointed,
    import: i64,
) -> Result<(), StoreError> {
    let records = || plan.sales.iter().map(|sale| &sale.record);
    let partners: BTreeSet<i64> = records().map(|record| pointed.partners[record.partner as usize]).collect();
    let categories: BTreeSet<i64> = records().map(|record| pointed.categories[record.category as usize]).collect();
    let rows = |named: BTreeSet<i64>| named.into_iter().flat_map(|id| binds![import, id]).collect::<Vec<_>>();
    transaction.insert(&ADD_IMPORT_PARTNERS, &rows(partners)).await?;
    transaction.insert(&ADD_IMPORT_CATEGORIES, &rows(categories)).await
}

/// By partner, then day, so that the index grows in order.
fn order(plan: &ImportPlan, pointed: &Pointed) -> Result<Vec<u32>, StoreError> {
    let count = u32::try_from(plan.sales.len()).map_err(|_| malformed())?;
    let fits = |sale: &PlannedSale| {
        let (record, within) = (&sale.record, |at: u32, list: &[i64]| (at as usize) < list.len());
        within(record.partner, &pointed.partners)
            && within(record.category, &pointed.categories)
            && within(record.sku, &pointed.articles)
            && record.supply.is_none_or(|at| within(at, &pointed.supplies))
    };
    if !plan.sales.iter().all(fits) {
        return Err(malformed());
    }
    let mut order: Vec<u32> = (0..count).collect();
    order.sort_by_cached_key(|at| {
        let record = &plan.sales[*at as usize].record;
        (pointed.partners[record.partner as usize], record.day)
    });
    Ok(order)
}

fn malformed() -> StoreError {
    StoreError::Outdated { what: "a line points outside its plan".to_owned() }
}

fn line(plan: &ImportPlan, pointed: &Pointed, at: u32, id: i64) -> Result<LineRow, StoreError> {
    let record = &plan.sales[at as usize].record;
    let (key_high, key_low) = halves(record.key);
    Ok(LineRow {
        id,
        key_high,
        key_low,
        day: record.day.number(),
        partner_id: pointed.partners[record.partner as usize],
        category_id: pointed.categories[record.category as usize],
        quantity: record.quantity,
        revenue: record.revenue.0,
        margin: record.margin.map(|margin| margin.0),
        supply_id: record.supply.map(|at| pointed.supplies[at as usize]),
        import_id: 0,
        corrects: None,
    })
}

fn content(plan: &ImportPlan, sale: &PlannedSale) -> i64 {
    let record = &sale.record;
    let (partner, category) =
        (&plan.partner_keys[record.partner as usize], &plan.categories[record.category as usize].0);
    let supply = record.supply.map(|at| &plan.supplies[at as usize]);
    content_of(record, partner, category, &plan.skus[record.sku as usize], supply) as i64
}

/// The live lines that the plan's lines correct, by key.
async fn corrected(transaction: &mut Transaction, plan: &ImportPlan) -> Result<HashMap<u128, LineRow>, StoreError> {
    let mut high: Vec<i64> =
        plan.sales.iter().filter(|sale| sale.corrects).map(|sale| halves(sale.record.key).0).collect();
    high.sort_unstable();
    let found: Vec<LineRow> = transaction.among(LINES_OF_KEYS, &high).await?;
    Ok(found.into_iter().map(|line| (whole((line.key_high, line.key_low)), line)).collect())
}

/// Puts the line into the sums and takes the one it corrects out of them; the identity of that one.
fn replace(
    differences: &mut Differences,
    corrected: &HashMap<u128, LineRow>,
    sale: &PlannedSale,
    line: &LineRow,
) -> Result<Option<i64>, StoreError> {
    differences.add(line);
    if !sale.corrects {
        return Ok(None);
    }
    let old = corrected.get(&sale.record.key);
    let old = old.ok_or_else(|| StoreError::Outdated { what: "a line to correct is gone".to_owned() })?;
    differences.take_away(old);
    Ok(Some(old.id))
}

/// Takes an import's lines back; what they corrected is live again, unless a later import has spoken.
pub(crate) async fn undo(
    transaction: &mut Transaction,
    (first, last): (i64, i64),
    undone_imports: &HashSet<i64>,
    undone: &mut Undone,
) -> Result<(), StoreError> {
    let mut differences = Differences::default();
    let mut live = 0;
    let mut ancestors = Vec::new();
    for from in (first..=last).step_by(20_000) {
        let to = last.min(from + 19_999);
        let lines: Vec<LineRow> = transaction.all(LIVE_LINES_OF_IMPORT, &binds![from, to]).await?;
        live += lines.len() as i64;
        for line in lines {
            differences.take_away(&line);
            ancestors.extend(line.corrects);
        }
    }
    let restored = standing(transaction, LINES_BY_ID, ancestors, undone_imports).await?;
    for line in &restored {
        differences.add(line);
    }
    transaction.run(DROP_LINE_KEYS, &binds![first, last]).await?;
    let again: Vec<i64> = restored.iter().map(Ancestor::identity).collect();
    transaction.run_among(RESTORE_LINE_KEYS, &again).await?;
    undone.kept += last - first + 1 - live;
    undone.restored += again.len() as i64;
    undone.removed += live - again.len() as i64;
    differences.write(transaction).await
}
