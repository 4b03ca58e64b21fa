//! Makes the import plan: what is new, changed, the same, a duplicate or wrong, compared with what is known.
//!
//! A column that a file does not have never empties what is known; a cell that is empty in a column it has does.

mod business;
mod keyed;
mod names;
mod people;
mod records;
mod sales;
mod supplies;
mod toss_ups;
mod wrong;

use std::collections::BTreeMap;

use names::Names;
use wrong::WrongRows;

use crate::{Batch, Counts, ImportPlan, Kind, Known};

/// Plans an import of those batches into what is known. The same batches and the same known give the same plan.
pub fn plan(mut batches: Vec<Batch>, known: &Known) -> ImportPlan {
    let mut planning = Planning {
        known,
        wrong: WrongRows::of(&mut batches),
        plan: ImportPlan::default(),
        counts: BTreeMap::new(),
        names: Names::default(),
        product_categories: BTreeMap::new(),
        aftermarket: BTreeMap::new(),
    };
    for batch in &mut batches {
        if !planning.plan.sources.contains(&batch.source) {
            planning.plan.sources.push(batch.source.clone());
        }
        planning.plan.notices.append(&mut batch.notices);
        if let Some(kind) = batch.kind {
            planning.counts.entry(kind).or_default().wrong += batch.wrong_beyond;
        }
    }
    planning.plan_pams(&mut batches);
    planning.plan_partners(&mut batches);
    planning.plan_contacts(&mut batches);
    planning.plan_products(&mut batches);
    planning.plan_sales(&mut batches);
    planning.plan_touches(&mut batches);
    planning.plan_quotas(&mut batches);
    planning.plan_absences(&mut batches);
    planning.plan_business(&mut batches);
    planning.plan_meetings(&mut batches);
    planning.plan_toss_ups(&mut batches);
    planning.finish(&batches)
}

/// A plan in the making.
struct Planning<'k> {
    known: &'k Known,
    plan: ImportPlan,
    counts: BTreeMap<Kind, Counts>,
    wrong: WrongRows,
    names: Names,
    /// Category of each article that these files name.
    product_categories: BTreeMap<String, String>,
    /// Categories that the article files mark as aftermarket or not.
    aftermarket: BTreeMap<String, bool>,
}

impl Planning<'_> {
    fn count(&mut self, kind: Kind) -> &mut Counts {
        self.counts.entry(kind).or_default()
    }

    fn finish(mut self, batches: &[Batch]) -> ImportPlan {
        for (kind, n) in self.wrong.by_kind(batches) {
            self.count(kind).wrong += n;
        }
        let (wrong, notices) = self.wrong.give_back(batches);
        self.plan.wrong = wrong;
        self.plan.notices.extend(notices);
        self.plan.counts =
            Kind::ALL.into_iter().filter_map(|kind| self.counts.get(&kind).map(|counts| (kind, *counts))).collect();
        self.plan
    }
}
