//! How good a season's routes are: sought beside the pages when a plan is first looked at, and kept with the plan.

use async_recursion::async_recursion as boxed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use spelplan_facts::{PamId, PlanId, RouteProof};
use tokio::sync::oneshot;

use crate::access::Actor;
use crate::clock::Stopwatch;
use crate::jobs::Progress;
use crate::season::SeasonPage;
use crate::season_better::Offer;
use crate::{App, AppError, clock};

/// Seconds that a plan may take in all, beside the pages.
const IN_ALL: f64 = 90.0;
/// Fewest and most seconds for one PAM.
const FOR_ONE: (f64, f64) = (1.0, 4.0);

/// Plans whose proof is being sought.
#[derive(Default)]
pub(crate) struct Proving(Mutex<BTreeSet<PlanId>>);

impl Proving {
    /// Begins, unless somebody has already.
    fn begin(&self, plan: PlanId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(plan)
    }

    fn end(&self, plan: PlanId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&plan);
    }
}

impl App {
    /// The season page; a better plan, and then a proof, sought beside it where its plan has none.
    #[boxed]
    pub async fn season_looked_at(&self, actor: &Actor, plan: Option<PlanId>) -> Result<SeasonPage, AppError> {
        let mut page = self.season(actor, plan).await?;
        if let (Some(plan), Some(Offer::Waiting)) = (&page.plan, &page.offer) {
            self.better_beside(actor, plan.id);
            page.offer = Some(Offer::Sought(0, 0));
        }
        if let Some(plan) = page.plan.as_ref().filter(|_| page.proof.is_none()) {
            self.prove_beside(actor, plan.id);
        }
        Ok(page)
    }

    fn prove_beside(&self, actor: &Actor, plan: PlanId) {
        if !self.memory.proving.begin(plan) {
            return;
        }
        let (app, actor) = (self.clone(), actor.clone());
        tokio::spawn(async move {
            let _alone = app.memory.beside.lock().await;
            if let Err(error) = app.prove_routes(&actor, plan, Arc::default()).await {
                tracing::warn!(code = error.code(), "no proof of plan {}: {error}", plan.0);
            }
            app.memory.proving.end(plan);
        });
    }

    /// Seeks how much more other routes could bring than those of a stored plan, and keeps what is found.
    #[boxed]
    pub async fn prove_routes(
        &self,
        _actor: &Actor,
        plan: PlanId,
        progress: Arc<Progress>,
    ) -> Result<RouteProof, AppError> {
        let (arranged, _) = self.arranged(plan).await?;
        let ground = self.ground(&arranged).await?;
        let on_road: BTreeSet<PamId> = arranged.plan.workloads.iter().map(|load| load.pam).collect();
        let seconds = (IN_ALL / on_road.len().max(1) as f64).clamp(FOR_ONE.0, FOR_ONE.1).floor();
        let (tell, told) = oneshot::channel();
        // A thread of its own, so that neither pages nor the end of the process wait for it.
        let work = move || {
            let watches: Mutex<BTreeMap<PamId, Stopwatch>> = Mutex::default();
            let spent = |pam: PamId, _: u64| {
                let mut watches = watches.lock().unwrap_or_else(PoisonError::into_inner);
                watches.entry(pam).or_insert_with(Stopwatch::start).seconds() / seconds
            };
            let watch = |done: usize, total: usize| progress.set(done as u64, total as u64);
            let bounds = || spelplan_field::route_bounds(&ground.facts, &ground.goals, &arranged.plan, &spent, &watch);
            // One core: the other is for whoever looks at pages meanwhile.
            let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build();
            drop(tell.send(alone.map(|pool| pool.install(bounds))));
        };
        std::thread::Builder::new().name("proof".into()).spawn(work).map_err(|cause| AppError::died(&cause))?;
        let bounds = told.await.map_err(|cause| AppError::died(&cause))?.map_err(|cause| AppError::died(&cause))?;
        let proof = RouteProof { plan, at: clock::now(), seconds: seconds as i32, bounds };
        self.store.keep_route_proof(&proof).await?;
        Ok(proof)
    }
}
