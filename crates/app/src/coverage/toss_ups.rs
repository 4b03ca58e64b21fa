//! Toss-ups: partners at the margin between whom chance decides. Price first, then a commitment, then the draw, then
//! the rules that bind plans to it; anybody can make the draw again.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use spelplan_coverage::draw::{self, Block, Entry};
use spelplan_coverage::year::{TossUpWish, TossUps, rules_of};
use spelplan_effect::{Foresight, TossUpResult};
use spelplan_facts::{DayRange, Money, PamId, PartnerId, TossUpId};
use spelplan_store::{KeptTossUp, Signed, TossUpBlock, TossUpEntry, TossUpTerms};

use super::counted::{Asked, Counted};
use super::what_ifs::company;
use crate::access::Actor;
use crate::effect::KnownTold;
use crate::jobs::Progress;
use crate::open_goals::Basis;
use crate::{App, AppError, ErrorKind, clock};

/// The page of toss-ups.
#[derive(Debug, Clone, PartialEq)]
pub struct TossUpPage {
    /// What is proposed for that season; `None` where nobody is near enough to the margin.
    pub proposed: Option<ShownTossUp>,
    /// The year's seasons.
    pub seasons: Vec<DayRange>,
    /// The season of the proposal.
    pub season: usize,
    /// Entries wished for.
    pub entries: usize,
    /// Every toss-up there is, latest first.
    pub kept: Vec<ShownTossUp>,
    /// Those that were drawn elsewhere, latest first.
    pub told: Vec<KnownTold>,
    /// May the reader set up and draw?
    pub steers: bool,
    /// What the figures build on.
    pub basis: Basis,
}

/// A toss-up with names.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownTossUp {
    /// Identity; `None` while it is only proposed.
    pub id: Option<TossUpId>,
    /// The season in which visits are drawn.
    pub season: DayRange,
    /// Visits that winners get.
    pub dose: usize,
    /// The blocks.
    pub blocks: Vec<ShownBlock>,
    /// What the best plan without it is worth more.
    pub price: Money,
    /// The commitment and who set it up when.
    pub commitment: Option<(String, String, String)>,
    /// Once drawn: seed, who, when, and whether the draw can be made again.
    pub drawn: Option<ShownDraw>,
    /// When it was ended.
    pub ended_at: Option<String>,
    /// What it came to so far, once drawn.
    pub result: Arc<Option<TossUpResult>>,
    /// What it could show, while it is only proposed.
    pub foresight: Option<Foresight>,
}

/// A draw that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownDraw {
    /// Seed.
    pub seed: String,
    /// Who let it be drawn.
    pub by: String,
    /// When.
    pub at: String,
}

/// A block with names.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownBlock {
    /// Its name in the list.
    pub code: String,
    /// Its PAM.
    pub pam: String,
    /// Which third by sales, from 0 for the smallest.
    pub tercile: usize,
    /// How many win.
    pub winners: usize,
    /// How likely each is to win.
    pub probability: f64,
    /// What the block takes from the plan.
    pub price: Money,
    /// Who may win.
    pub entries: Vec<ShownEntry>,
}

/// A partner, or a chain that wins or loses as one.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownEntry {
    /// Its partners with their names.
    pub partners: Vec<(PartnerId, String)>,
    /// Whether it won, once drawn.
    pub won: Option<bool>,
}

/// What comes of making a draw again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The list and the seed give the commitment that was shown before the draw.
    pub commitment: bool,
    /// They give the same winners.
    pub outcome: bool,
    /// The list as it is hashed.
    pub list: String,
}

/// Entries proposed where nobody says otherwise: under a hundred no figure is told (effect.md 1.10), and some may turn out to have
/// sold nothing.
pub const ENTRIES: usize = 120;

impl App {
    /// The page of toss-ups, with a proposal for that season.
    #[boxed]
    pub async fn toss_ups(&self, actor: &Actor, season: usize, entries: usize) -> Result<TossUpPage, AppError> {
        company(actor)?;
        let year = self.counted(Asked::Held, Arc::new(Progress::default())).await?;
        let proposed = self.proposal(&year, season, entries).await?;
        let kept = self.store.toss_ups().await?;
        let proposed = match proposed.map(|proposed| terms(&proposed, String::new())) {
            Some(terms) => {
                let foresight = self.foreseen(&year.snapshot, &terms).await?;
                Some(ShownTossUp { foresight, ..shown(&year, None, &terms) })
            }
            None => None,
        };
        let mut known = Vec::with_capacity(kept.len());
        for kept in &kept {
            let result = self.taught(&year.snapshot, kept).await?;
            known.push(ShownTossUp { result, ..kept_shown(&year, kept) });
        }
        Ok(TossUpPage {
            proposed,
            seasons: year.programme.seasons().to_vec(),
            season,
            entries,
            kept: known,
            told: self.told_toss_ups(actor).await?,
            steers: actor.steers(),
            basis: year.snapshot.basis.clone(),
        })
    }

    /// Sets up what is proposed for that season: writes list, probability, price and the commitment down before the draw.
    #[boxed]
    pub async fn set_up_toss_up(&self, actor: &Actor, season: usize, entries: usize) -> Result<TossUpId, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let year = self.counted(Asked::Held, Arc::new(Progress::default())).await?;
        let proposed = self.proposal(&year, season, entries).await?.ok_or_else(nobody_at_the_margin)?;
        let terms = terms(&proposed, seed());
        let commitment = draw::commit(&blocks(&terms), &terms.seed);
        Ok(self.store.add_toss_up(&terms, &commitment, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Draws, once, and binds plans to it.
    #[boxed]
    pub async fn draw_toss_up(&self, actor: &Actor, id: TossUpId) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let kept = self.store.toss_up(id).await?;
        let drawn = draw::draw(&blocks(&kept.terms), &kept.terms.seed);
        let winners: Vec<PartnerId> = {
            let won = drawn.assignments.iter().filter(|one| one.wins);
            let mut winners: Vec<PartnerId> = won.flat_map(|one| one.partners.iter().copied()).collect();
            winners.sort_unstable();
            winners
        };
        let binding = rules_of(&drawn.assignments, id, kept.terms.season, &actor.name, clock::today());
        Ok(self.store.draw_toss_up(id, &winners, &binding, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Ends a toss-up: plans are free again; what was drawn stays on record.
    #[boxed]
    pub async fn end_toss_up(&self, actor: &Actor, id: TossUpId) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        Ok(self.store.end_toss_up(id, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Makes a draw again from what was written down before it.
    #[boxed]
    pub async fn verify_toss_up(&self, actor: &Actor, id: TossUpId) -> Result<Verified, AppError> {
        company(actor)?;
        let kept = self.store.toss_up(id).await?;
        let blocks = blocks(&kept.terms);
        let again = draw::draw(&blocks, &kept.terms.seed);
        let won = again.assignments.iter().filter(|one| one.wins);
        let mut winners: Vec<PartnerId> = won.flat_map(|one| one.partners.iter().copied()).collect();
        winners.sort_unstable();
        Ok(Verified {
            commitment: again.commit == kept.commitment,
            outcome: kept.draw.is_some_and(|draw| draw.winners == winners),
            list: draw::canonical_list(&blocks),
        })
    }

    async fn proposal(&self, year: &Arc<Counted>, season: usize, entries: usize) -> Result<Option<TossUps>, AppError> {
        if season >= year.programme.seasons().len() {
            return Ok(None);
        }
        let year = Arc::clone(year);
        let wish = TossUpWish { season, entries };
        let made = tokio::task::spawn_blocking(move || {
            year.programme.toss_ups(&year.ask.with_field_time(year.usual_time), wish).ok().flatten()
        });
        made.await.map_err(|panic| AppError::died(&panic))
    }
}

/// What is written down of a proposal.
fn terms(proposed: &TossUps, seed: String) -> TossUpTerms {
    let entry = |entry: &Entry| TossUpEntry { key: entry.key.clone(), partners: entry.partners.clone() };
    let block = |one: &spelplan_coverage::year::TossUp| TossUpBlock {
        code: one.block.code.clone(),
        pam: one.pam,
        tercile: one.tercile,
        winners: one.block.winners,
        entries: one.block.entries.iter().map(entry).collect(),
        price: one.price,
    };
    TossUpTerms {
        season: proposed.season,
        dose: proposed.dose,
        blocks: proposed.blocks.iter().map(block).collect(),
        seed,
        price: proposed.price,
    }
}

/// The blocks as the draw reads them.
fn blocks(terms: &TossUpTerms) -> Vec<Block> {
    let entry = |entry: &TossUpEntry| Entry { key: entry.key.clone(), partners: entry.partners.clone() };
    let block = |block: &TossUpBlock| Block {
        code: block.code.clone(),
        entries: block.entries.iter().map(entry).collect(),
        winners: block.winners,
    };
    terms.blocks.iter().map(block).collect()
}

/// A seed that nobody can know beforehand: keys that the system's own source of chance gave to hashers.
fn seed() -> String {
    (0..4).map(|part: u32| format!("{:016x}", RandomState::new().hash_one((part, clock::now())))).collect()
}

fn kept_shown(year: &Counted, kept: &KeptTossUp) -> ShownTossUp {
    let won = kept.draw.as_ref().map(|draw| draw.winners.as_slice());
    let (by, at) = kept.made.clone();
    ShownTossUp {
        id: Some(kept.id),
        commitment: Some((kept.commitment.clone(), by, at)),
        drawn: kept.draw.as_ref().map(|draw| ShownDraw {
            seed: kept.terms.seed.clone(),
            by: draw.by.clone(),
            at: draw.at.clone(),
        }),
        ended_at: kept.ended_at.clone(),
        ..shown(year, won, &kept.terms)
    }
}

fn shown(year: &Counted, won: Option<&[PartnerId]>, terms: &TossUpTerms) -> ShownTossUp {
    let facts = &year.snapshot.facts;
    let names: BTreeMap<PamId, &str> = facts.pams.iter().map(|pam| (pam.id, pam.name.as_str())).collect();
    let name = |id: &PartnerId| (*id, facts.partner(*id).map(|partner| partner.name.clone()).unwrap_or_default());
    let entry = |entry: &TossUpEntry| {
        let wins = won.map(|won| entry.partners.iter().any(|partner| won.binary_search(partner).is_ok()));
        ShownEntry { partners: entry.partners.iter().map(name).collect(), won: wins }
    };
    let block = |block: &TossUpBlock| ShownBlock {
        code: block.code.clone(),
        pam: names.get(&block.pam).copied().unwrap_or_default().to_owned(),
        tercile: block.tercile,
        winners: block.winners,
        probability: block.winners as f64 / block.entries.len().max(1) as f64,
        price: block.price,
        entries: block.entries.iter().map(entry).collect(),
    };
    ShownTossUp {
        id: None,
        season: terms.season,
        dose: terms.dose,
        blocks: terms.blocks.iter().map(block).collect(),
        price: terms.price,
        commitment: None,
        drawn: None,
        ended_at: None,
        result: Arc::default(),
        foresight: None,
    }
}

fn nobody_at_the_margin() -> AppError {
    let en = "nobody lies near enough to the margin in that season for chance to decide. Choose another season, or fewer hours";
    let sv = "ingen ligger nära nog gränsen i den säsongen för att slumpen ska få avgöra. Välj en annan säsong eller färre timmar";
    AppError::own("A154", ErrorKind::Refused, en, sv)
}
