//! Potential: how good the estimates are, what each partner could buy, people's own figures, and the blind check, in which
//! somebody writes a figure before seeing ours.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::sync::Arc;

use spelplan_facts::{Band, CategoryId, Money, Partner, PartnerId};
use spelplan_focus::{BackTest, HeldOut, PartnerPotential, WalletSource};
use spelplan_store::{PotentialWord, SaidOfPotential};

use crate::access::Actor;
use crate::open_goals::Basis;
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind, clock};

mod blind;

pub use blind::{Answered, BlindCheck, BlindQuestion};

/// How sure people may be, as standard deviations in logs: very, as people usually are, guessing.
pub const SURENESS: [f64; 3] = [0.2, 0.4, 0.7];

/// Rows on a page of the list.
const PAGE_ROWS: usize = 25;

/// What the potential page shows.
#[derive(Debug, Clone)]
pub struct PotentialPage {
    /// Quantiles judged on partners held out; `None` where too few buy.
    pub held_out: Option<HeldOut>,
    /// A year ago against the year since; `None` where too few bought then.
    pub back_test: Option<BackTest>,
    /// Wallets that somebody has told.
    pub told: usize,
    /// Partners whose potential somebody's figure is weighed into.
    pub judged: usize,
    /// Blind answers there are, and how far apart they and ours are: the median factor.
    pub answers: (usize, Option<f64>),
    /// The partners of this page, most headroom first.
    pub rows: Vec<PotentialRow>,
    /// How many there are in all.
    pub total: usize,
    /// This page, from 1.
    pub page: usize,
    /// Number of pages (at least 1).
    pub pages: usize,
    /// What the figures build on.
    pub basis: Basis,
}

/// A partner in the list.
#[derive(Debug, Clone)]
pub struct PotentialRow {
    /// The partner.
    pub partner: Partner,
    /// What it could buy.
    pub possible: PartnerPotential,
}

/// What one partner could buy, and what people have said of it.
#[derive(Debug, Clone)]
pub struct PossiblePartner {
    /// What it could buy.
    pub possible: PartnerPotential,
    /// Names of categories.
    pub categories: BTreeMap<CategoryId, String>,
    /// What was said of its potential, latest first.
    pub said: Vec<SaidOfPotential>,
    /// May this actor give a figure?
    pub may_judge: bool,
    /// Does somebody's figure count?
    pub judged: bool,
}

impl App {
    /// How good the potentials are, and a page of partners.
    #[boxed]
    pub async fn potential_page(&self, actor: &Actor, page: usize) -> Result<PotentialPage, AppError> {
        let (snapshot, possible) = self.possible().await?;
        let tested = Arc::clone(&snapshot);
        let tests = tokio::task::spawn_blocking(move || tested.tests().clone());
        let (held_out, back_test) = tests.await.map_err(|panic| AppError::died(&panic))?;
        let mut rows: Vec<PotentialRow> = (snapshot.facts.partners.iter().zip(possible.iter()))
            .filter(|(partner, _)| actor.sees(partner) && !partner.inactive)
            .map(|(partner, possible)| PotentialRow { partner: partner.clone(), possible: possible.clone() })
            .collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.possible.headroom), row.partner.id));
        let total = rows.len();
        let pages = total.div_ceil(PAGE_ROWS).max(1);
        let page = page.clamp(1, pages);
        let answered = blind::answered(&self.store.said_of_potentials().await?, &snapshot, actor);
        Ok(PotentialPage {
            held_out,
            back_test,
            told: rows.iter().filter(|row| is_told(&row.possible)).count(),
            judged: rows.iter().filter(|row| row.possible.source == spelplan_focus::PotentialSource::Judged).count(),
            answers: (answered.len(), blind::median_factor(&answered)),
            rows: rows.into_iter().skip((page - 1) * PAGE_ROWS).take(PAGE_ROWS).collect(),
            total,
            page,
            pages,
            basis: snapshot.basis.clone(),
        })
    }

    /// What one partner could buy, and what people have said of it.
    #[boxed]
    pub async fn possible_partner(&self, actor: &Actor, id: PartnerId) -> Result<PossiblePartner, AppError> {
        let (snapshot, possible) = self.possible().await?;
        let partner = seen(&snapshot, actor, id)?;
        let at = possible.binary_search_by_key(&id, |one| one.partner).map_err(|_| missing())?;
        let mut said = self.store.said_of_potentials().await?;
        said.retain(|said| said.partner == id);
        said.reverse();
        Ok(PossiblePartner {
            may_judge: actor.judges(partner),
            judged: snapshot.facts.judgements.iter().any(|judgement| judgement.partner == id),
            possible: possible[at].clone(),
            categories: snapshot.facts.sales.categories.iter().map(|one| (one.id, one.name.clone())).collect(),
            said,
        })
    }

    /// Gives a figure of one's own; it is weighed with ours from now on. The former one stays in the history.
    #[boxed]
    pub async fn judge_potential(
        &self,
        actor: &Actor,
        id: PartnerId,
        amount: Money,
        spread: f64,
    ) -> Result<(), AppError> {
        self.may_judge(actor, id).await?;
        self.say(actor, id, PotentialWord::Own(sane(amount)?, sure(spread)?)).await
    }

    /// Takes the figure that counts back.
    #[boxed]
    pub async fn withdraw_potential(&self, actor: &Actor, id: PartnerId) -> Result<(), AppError> {
        let snapshot = self.may_judge(actor, id).await?;
        if !snapshot.facts.judgements.iter().any(|judgement| judgement.partner == id) {
            return Err(nothing_to_withdraw());
        }
        self.say(actor, id, PotentialWord::Withdrawn).await
    }

    async fn may_judge(&self, actor: &Actor, id: PartnerId) -> Result<Arc<Snapshot>, AppError> {
        let snapshot = self.snapshot().await?;
        let partner = seen(&snapshot, actor, id)?;
        actor.judges(partner).then_some(()).ok_or_else(AppError::forbidden)?;
        Ok(snapshot)
    }

    async fn say(&self, actor: &Actor, partner: PartnerId, word: PotentialWord) -> Result<(), AppError> {
        let said = SaidOfPotential { partner, word, made_by: actor.name.clone(), at: clock::now() };
        Ok(self.store.say_of_potential(&said).await?)
    }

    /// Every partner's possibilities in the order of the facts, computed once for a state of the database.
    async fn possible(&self) -> Result<(Arc<Snapshot>, Arc<Vec<PartnerPotential>>), AppError> {
        let snapshot = self.snapshot().await?;
        let working = Arc::clone(&snapshot);
        let made = tokio::task::spawn_blocking(move || Arc::clone(working.possible()));
        Ok((snapshot, made.await.map_err(|panic| AppError::died(&panic))?))
    }
}

/// The partner, where the actor sees it.
fn seen<'a>(snapshot: &'a Snapshot, actor: &Actor, id: PartnerId) -> Result<&'a Partner, AppError> {
    snapshot.facts.partner(id).filter(|partner| actor.sees(partner)).ok_or_else(missing)
}

fn missing() -> AppError {
    AppError::not_found("partner with that number", "partner med det numret")
}

fn is_told(possible: &PartnerPotential) -> bool {
    possible.wallet.is_some_and(|wallet| wallet.source == WalletSource::Told)
}

/// How many times larger one is than the other, whichever is larger; `None` where one is nothing.
pub(crate) fn factor(amount: Money, ours: Band) -> Option<f64> {
    let (theirs, ours) = (amount.units(), ours.value.units());
    (theirs > 0.0 && ours > 0.0).then(|| (theirs / ours).max(ours / theirs))
}

/// Largest figure that is believed: a thousand thousand million of the currency.
const MOST: Money = Money::whole(1_000_000_000_000);

fn sane(amount: Money) -> Result<Money, AppError> {
    if amount > Money::ZERO && amount <= MOST {
        return Ok(amount);
    }
    let en = "a potential must be more than nothing and at most 1,000,000 million. Write a year's purchases as digits";
    let sv = "en potential måste vara mer än noll och högst 1 000 000 miljoner. Skriv ett års inköp med siffror";
    Err(AppError::own("P101", ErrorKind::Refused, en, sv))
}

fn sure(spread: f64) -> Result<f64, AppError> {
    if (0.05..=1.5).contains(&spread) {
        return Ok(spread);
    }
    let en = "how sure must be a standard deviation between 0.05 and 1.5 in logs. Choose one of the answers";
    let sv = "säkerheten måste vara en standardavvikelse mellan 0,05 och 1,5 i logaritmer. Välj ett av svaren";
    Err(AppError::own("P102", ErrorKind::Refused, en, sv))
}

fn nothing_to_withdraw() -> AppError {
    let en = "no figure counts for this partner, so there is none to withdraw. Reload the page";
    let sv = "ingen bedömning gäller för den här partnern, så det finns ingen att dra tillbaka. Ladda om sidan";
    AppError::own("P103", ErrorKind::Refused, en, sv)
}
