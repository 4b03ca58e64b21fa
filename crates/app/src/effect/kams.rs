//! KAMs' figures beside the PAMs': no file of sales knows a KAM, so whoever steers tells them, and may take them back.

use async_recursion::async_recursion as boxed;
use spelplan_effect::KamFigures;
use spelplan_facts::Money;
use spelplan_reports::Cell;
use spelplan_store::{KeptKam, Signed, ToldKam};

use super::card_rows::Lines;
use crate::access::Actor;
use crate::{App, AppError, ErrorKind, clock};

/// Longest time that one set of figures may be of, in months.
const LONGEST: i32 = 36;
/// Columns of what was done, of which nothing is known of a KAM.
const DONE: usize = 7;

/// A KAM's figures, and who told them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KamCard {
    /// Their number.
    pub id: i64,
    /// When (RFC 3339).
    pub at: String,
    /// By whom.
    pub by: String,
    /// What.
    pub figures: KamFigures,
}

impl KamCard {
    fn of(kept: KeptKam) -> KamCard {
        let ToldKam { kam, months, booked, baseline, doubt, cost } = kept.told;
        let figures = KamFigures { kam, months, booked, baseline, doubt, cost };
        KamCard { id: kept.id, at: kept.at, by: kept.by, figures }
    }

    pub(super) fn row(&self) -> Vec<Cell> {
        let told = &self.figures;
        let known = told.doubt.is_some();
        let lines = Lines {
            whose: "kam",
            name: &told.kam,
            months: told.months,
            booked: told.booked,
            baseline: Some(told.baseline),
            brought: Some(told.brought().value),
            ends: known.then(|| told.brought()),
            share: None,
            cost: told.cost,
            parts: None,
            net: Some(told.net().value),
            mroi: told.mroi().map(|mroi| mroi.value),
            mroi_ends: told.mroi().filter(|_| known),
            grade: told.grade().letter(),
        };
        let mut row = lines.cells();
        row.extend(std::iter::repeat_n(Cell::Empty, DONE));
        row
    }
}

impl App {
    /// Keeps what is told of a KAM's own accounts; its number.
    #[boxed]
    pub async fn tell_kam(&self, actor: &Actor, figures: KamFigures) -> Result<i64, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let KamFigures { kam, months, booked, baseline, doubt, cost } = figures;
        let kam = kam.trim().to_owned();
        if kam.is_empty() {
            return Err(nameless());
        }
        let length = months.1.0 - months.0.0 + 1;
        if !(1..=LONGEST).contains(&length) {
            return Err(no_months());
        }
        if cost < Money::ZERO || doubt.is_some_and(|doubt| doubt < Money::ZERO) {
            return Err(negative());
        }
        let told = ToldKam { kam, months, booked, baseline, doubt, cost };
        Ok(self.store.add_kam_figures(&told, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Takes it back.
    #[boxed]
    pub async fn take_back_kam(&self, actor: &Actor, id: i64) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let taken = self.store.undo_kam_figures(id, Signed { by: &actor.name, at: &clock::now() }).await?;
        let missing = || AppError::not_found("KAM figures with that number", "KAM-siffror med det numret");
        taken.then_some(()).ok_or_else(missing)
    }

    /// Figures told of KAMs, for whoever sees the whole company.
    pub(super) async fn kam_cards(&self, actor: &Actor) -> Result<Vec<KamCard>, AppError> {
        if !actor.compares_pams() {
            return Ok(Vec::new());
        }
        Ok(self.store.kam_figures().await?.into_iter().map(KamCard::of).collect())
    }
}

fn nameless() -> AppError {
    let en = "the figures say of no KAM whose they are. Write the KAM's name";
    let sv = "siffrorna säger inte vilken KAM de gäller. Skriv KAM:ens namn";
    AppError::own("A540", ErrorKind::Refused, en, sv)
}

fn no_months() -> AppError {
    let en = format!("the months do not run from an earlier to a later one within {LONGEST} months. Choose them again");
    let sv = format!("månaderna går inte från en tidigare till en senare inom {LONGEST} månader. Välj dem igen");
    AppError::own("A541", ErrorKind::Refused, en, sv)
}

fn negative() -> AppError {
    let en = "the cost or the doubt of the forecast is below zero. Write them without a minus sign";
    let sv = "kostnaden eller prognosens osäkerhet är under noll. Skriv dem utan minustecken";
    AppError::own("A542", ErrorKind::Refused, en, sv)
}
