//! The demo: an invented Nordic distributor, streamed straight into the importer; and clearing everything again.

mod meetings;

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_facts::Text;
use spelplan_intake::Batch;
use spelplan_testkit::market::{Market, MarketSize};

use crate::access::Actor;
use crate::audit::Deed;
use crate::jobs::{JobId, JobResult, Progress};
use crate::{App, AppError, ErrorKind, clock};

/// How big a market to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoSize {
    /// Partners.
    pub partners: usize,
    /// Months of sales.
    pub months: usize,
    /// Seed: the same seed gives the same market.
    pub seed: u64,
    /// Sale lines wanted, about; `None` lets the market decide.
    pub lines: Option<usize>,
}

impl Default for DemoSize {
    fn default() -> DemoSize {
        DemoSize { partners: 260, months: 36, seed: 1, lines: None }
    }
}

impl App {
    /// Builds the demo beside the pages.
    pub fn start_demo(&self, actor: &Actor, size: DemoSize) -> Result<JobId, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let title = Text { sv: "Bygger demon", en: "Building the demo" };
        let (app, actor) = (self.clone(), actor.clone());
        Ok(self.memory.jobs.start(title, move |progress| async move {
            app.build_demo(&actor, size, progress).await.map(|()| JobResult::DemoReady)
        }))
    }

    /// Builds the demo in an empty database. One that was cut short is cleared and built anew.
    #[boxed]
    pub async fn build_demo(&self, actor: &Actor, size: DemoSize, progress: Arc<Progress>) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        if self.store.totals().await?.partners > 0 {
            if !self.store.is_demo().await? {
                return Err(not_empty());
            }
            self.store.clear().await?;
        }
        self.store.mark_demo(true).await?;
        let until = self.options.today.unwrap_or_else(clock::today).plus(-1);
        let made = tokio::task::spawn_blocking(move || Market::new(market_size(size), until));
        let market = made.await.map_err(|panic| AppError::died(&panic))?;
        self.take_in(market.batches()).await?;
        let business = market.business();
        let mut sales = Box::new(market.into_sales());
        let (mut taken, expected) = (0_u64, size.lines.unwrap_or(size.partners * size.months * 17) as u64);
        loop {
            let next = tokio::task::spawn_blocking(move || {
                let batch = sales.next();
                (sales, batch)
            });
            let (rest, batch) = next.await.map_err(|panic| AppError::died(&panic))?;
            sales = rest;
            let Some(batch) = batch else {
                self.take_in(business).await?;
                self.demo_people().await?;
                return self.add_demo_meetings(actor).await;
            };
            taken += batch.sales.len() as u64;
            self.take_in(vec![batch]).await?;
            progress.set(taken, expected.max(taken));
        }
    }

    /// Plans and commits batches at once, without a preview.
    async fn take_in(&self, batches: Vec<Batch>) -> Result<(), AppError> {
        let known = self.store.known(&batches).await?;
        let planned = tokio::task::spawn_blocking(move || spelplan_intake::plan(batches, &known));
        let plan = planned.await.map_err(|panic| AppError::died(&panic))?;
        self.store.commit(&plan, &|_, _| {}, &clock::now()).await?;
        Ok(())
    }

    /// Takes everything away: demo or not, the asker has been asked.
    #[boxed]
    pub async fn clear(&self, actor: &Actor) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        self.log(actor, Deed::Cleared, "").await?;
        Ok(self.store.clear().await?)
    }
}

fn market_size(size: DemoSize) -> MarketSize {
    MarketSize { partners: size.partners, months: size.months, seed: size.seed, lines: size.lines }
}

fn not_empty() -> AppError {
    let en = "this database holds real data, so no demo was put in. Give the demo a database of its own (--db demo.db), or clear this one first";
    let sv = "databasen innehåller riktiga data, så ingen demo lades in. Ge demon en egen databas (--db demo.db), eller rensa denna först";
    AppError::own("A130", ErrorKind::Refused, en, sv)
}
