//! An import plan into the database: all of it in one transaction, or nothing.

use std::collections::BTreeMap;

use spelplan_facts::Settings;
use spelplan_intake::{Change, Counts, ImportPlan, Kind, Notice};

use crate::binds::binds;
use crate::documents::to_json;
use crate::names::{Names, take};
use crate::progress::{Steps, Watch};
use crate::records::{ArticleRecord, CategoryRecord, write};
use crate::statements::{ADD_ABSENCES, ADD_CHANGES, ADD_IMPORT};
use crate::transaction::Transaction;
use crate::{ImportId, Store, StoreError, business, lines, settings, told_draws, touches};

impl Store {
    /// Does what the import plan says, and remembers enough to undo it. `progress` hears rows written and rows in all;
    /// `at` is the time, RFC 3339. Killed at any moment, it leaves all of the import or nothing.
    pub async fn commit(&self, plan: &ImportPlan, progress: Watch<'_>, at: &str) -> Result<ImportId, StoreError> {
        let mut transaction = self.write().await?;
        let import = take(&mut transaction, "import", 1).await?;
        let ranges = ranges(&mut transaction, plan).await?;
        add_import(&mut transaction, plan, import, ranges, at).await?;
        set_currency(&mut transaction, plan, import).await?;
        let mut steps = Steps::begin(progress, rows(plan));
        let mut names = Names::load(&mut transaction).await?;
        write_records(&mut transaction, &mut names, plan, import).await?;
        steps.done(rows(plan) - plan.sales.len() - plan.touches.len());
        lines::append(&mut transaction, &mut names, plan, (import, ranges.0.0), &mut steps).await?;
        business::append(&mut transaction, &names, &plan.business, import).await?;
        business::append_meetings(&mut transaction, &names, &plan.meetings, (import, at)).await?;
        told_draws::append(&mut transaction, &names, &plan.draws, import).await?;
        touches::append(&mut transaction, &names, &plan.touches, (import, ranges.1.0), &mut steps).await?;
        transaction.commit().await?;
        tracing::info!(import, rows = rows(plan), "import committed");
        Ok(import)
    }
}

/// Rows that will be written.
fn rows(plan: &ImportPlan) -> usize {
    let records = plan.pams.len() + plan.partners.len() + plan.contacts.len() + plan.products.len();
    records
        + plan.sales.len()
        + plan.touches.len()
        + plan.quotas.len()
        + plan.absences.len()
        + plan.business.len()
        + plan.meetings.len()
        + plan.draws.len()
}

/// First and last identity of the lines and of the touches to come.
type Ranges = ((i64, i64), (i64, i64));

async fn ranges(transaction: &mut Transaction, plan: &ImportPlan) -> Result<Ranges, StoreError> {
    let first_line = take(transaction, "sale_line", plan.sales.len()).await?;
    let first_touch = take(transaction, "touch", plan.touches.len()).await?;
    let last = |first: i64, count: usize| first + count as i64 - 1;
    Ok(((first_line, last(first_line, plan.sales.len())), (first_touch, last(first_touch, plan.touches.len()))))
}

async fn add_import(
    transaction: &mut Transaction,
    plan: &ImportPlan,
    import: i64,
    (lines, touches): Ranges,
    at: &str,
) -> Result<(), StoreError> {
    let sources = serde_json::Value::from(plan.sources.clone()).to_string();
    let (counts, notices) = (counts_json(&plan.counts), notices_json(&plan.notices));
    let row = binds![import, at, &sources, &counts, &notices, lines.0, lines.1, touches.0, touches.1];
    transaction.insert(&ADD_IMPORT, &row).await
}

/// Counts as they are kept: `{"sales": [new, changed, same, duplicate, wrong]}`.
fn counts_json(counts: &[(Kind, Counts)]) -> String {
    let row = |counts: &Counts| vec![counts.new, counts.changed, counts.same, counts.duplicate, counts.wrong];
    let counts = counts.iter().map(|(kind, counts)| (kind.code().to_owned(), row(counts).into()));
    serde_json::Value::Object(counts.collect()).to_string()
}

fn notices_json(notices: &[Notice]) -> String {
    let row = |notice: &Notice| serde_json::json!({ "code": notice.code, "en": notice.en, "sv": notice.sv });
    serde_json::Value::Array(notices.iter().map(row).collect()).to_string()
}

/// The first amounts decide the currency; later ones must be in it.
async fn set_currency(transaction: &mut Transaction, plan: &ImportPlan, import: i64) -> Result<(), StoreError> {
    let Some(given) = &plan.currency else { return Ok(()) };
    if let Some(kept) = settings::currency(transaction).await? {
        let given = given.clone();
        return if kept == given { Ok(()) } else { Err(StoreError::OtherCurrency { kept, given }) };
    }
    let before = settings::decided(transaction).await?;
    let usual = Settings::for_currency(given);
    let after = match &before {
        Some(before) if before.currency == *given => return Ok(()),
        Some(before) => Settings {
            currency: usual.currency,
            hour_cost: usual.hour_cost,
            km_cost: usual.km_cost,
            night_cost: usual.night_cost,
            travel_budget: None,
            ..before.clone()
        },
        None => usual,
    };
    let (before, after_json) = (before.as_ref().map(to_json).transpose()?, to_json(&after)?);
    let row = binds![settings::KIND, "", import, None::<&str>, before.as_deref(), &after_json];
    transaction.insert(&ADD_CHANGES, &row).await?;
    settings::decide(transaction, &after).await
}

/// Everything but lines and touches, in the order in which they name each other.
async fn write_records(
    transaction: &mut Transaction,
    names: &mut Names,
    plan: &ImportPlan,
    import: i64,
) -> Result<(), StoreError> {
    write(transaction, names, import, &plan.pams).await?;
    for partner in plan.partners.iter().map(after).filter(|partner| !partner.pam.is_empty()) {
        names.pam(&partner.pam)?;
    }
    write(transaction, names, import, &plan.partners).await?;
    write(transaction, names, import, &plan.contacts).await?;
    let (categories, articles) = (categories(names, plan), articles(names, plan));
    write(transaction, names, import, &categories).await?;
    write(transaction, names, import, &articles).await?;
    write(transaction, names, import, &plan.quotas).await?;
    add_absences(transaction, names, plan, import).await
}

fn after<R>(change: &Change<R>) -> &R {
    match change {
        Change::New(after) | Change::Changed { after, .. } => after,
    }
}

/// Categories that are new, and those now known to be aftermarket; what is aftermarket stays so.
fn categories(names: &Names, plan: &ImportPlan) -> Vec<Change<CategoryRecord>> {
    let mut wanted: BTreeMap<&str, bool> = BTreeMap::new();
    let of_articles = plan.products.iter().map(|(_, category)| (category.as_str(), false));
    for (name, aftermarket) in plan.categories.iter().map(|(name, mark)| (name.as_str(), *mark)).chain(of_articles) {
        *wanted.entry(name).or_default() |= aftermarket;
    }
    let change = |(name, aftermarket): (&str, bool)| {
        let record = |aftermarket| CategoryRecord { name: name.to_owned(), aftermarket };
        match names.categories.get(name) {
            None => Some(Change::New(record(aftermarket))),
            Some((_, false)) if aftermarket => Some(Change::Changed { before: record(false), after: record(true) }),
            Some(_) => None,
        }
    };
    wanted.into_iter().filter_map(change).collect()
}

/// Articles with the category they had.
fn articles(names: &Names, plan: &ImportPlan) -> Vec<Change<ArticleRecord>> {
    let category_names: BTreeMap<i64, &String> = names.categories.iter().map(|(name, (id, _))| (*id, name)).collect();
    let change = |(sku, category): &(String, String)| {
        let record = |category: &String| ArticleRecord { sku: sku.clone(), category: category.clone() };
        let before = names.products.get(sku).and_then(|(_, category)| category_names.get(&(*category)?));
        match before {
            Some(before) => Change::Changed { before: record(before), after: record(category) },
            None => Change::New(record(category)),
        }
    };
    plan.products.iter().map(change).collect()
}

async fn add_absences(
    transaction: &mut Transaction,
    names: &Names,
    plan: &ImportPlan,
    import: i64,
) -> Result<(), StoreError> {
    let first = take(transaction, "absence", plan.absences.len()).await?;
    let mut rows = Vec::with_capacity(plan.absences.len() * ADD_ABSENCES.columns);
    for (absence, id) in plan.absences.iter().zip(first..) {
        let (from, to) = (absence.days.from.number(), absence.days.to.number());
        rows.extend(binds![id, names.pam(&absence.pam)?, from, to, &absence.reason, import]);
    }
    transaction.insert(&ADD_ABSENCES, &rows).await
}
