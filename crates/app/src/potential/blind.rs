//! The blind check: a few telling partners are asked for, nothing of ours is shown; then both figures stand side by side,
//! and it is decided whether the own figure counts. Every answer is kept.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Band, Money, Partner, PartnerId};
use spelplan_focus::PartnerPotential;
use spelplan_store::{PotentialWord, SaidOfPotential};

use super::{factor, sane, sure};
use crate::access::Actor;
use crate::open_goals::Basis;
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind};

/// Partners asked for at once.
const ASKED: usize = 8;

/// Only the partners with most room are asked for: the part of them.
const TELLING_PART: usize = 3;

/// The page of the blind check.
#[derive(Debug, Clone)]
pub struct BlindCheck {
    /// Partners to give a figure for, nothing of ours beside them.
    pub questions: Vec<BlindQuestion>,
    /// Answers, latest first: what was said, what ours was, what was decided.
    pub answered: Vec<Answered>,
    /// Median factor between answers and ours.
    pub factor: Option<f64>,
    /// May this actor answer?
    pub may_answer: bool,
    /// What the figures build on.
    pub basis: Basis,
}

/// A partner to give a figure for: only what everybody knows of it.
#[derive(Debug, Clone)]
pub struct BlindQuestion {
    /// The partner.
    pub partner: Partner,
    /// What it bought of us in the last twelve months.
    pub sales_year: Money,
}

/// One answer, kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Whose potential.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// The figure given.
    pub theirs: Money,
    /// How sure, as a standard deviation in logs.
    pub spread: f64,
    /// Ours at the time.
    pub ours: Band,
    /// How many times the larger is the smaller.
    pub factor: Option<f64>,
    /// Did the own figure come to count? `None` while undecided.
    pub kept: Option<bool>,
    /// Who answered.
    pub made_by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl App {
    /// The partners to ask for, and what has been answered.
    #[boxed]
    pub async fn blind_check(&self, actor: &Actor) -> Result<BlindCheck, AppError> {
        let (snapshot, possible) = self.possible().await?;
        let said = self.store.said_of_potentials().await?;
        let mut answered = answered(&said, &snapshot, actor);
        answered.reverse();
        Ok(BlindCheck {
            questions: questions(&snapshot, &possible, &said, actor),
            factor: median_factor(&answered),
            answered,
            may_answer: actor.answers(),
            basis: snapshot.basis.clone(),
        })
    }

    /// Keeps figures that were given before ours was seen, with what ours is. Returns how many; all or none is kept.
    #[boxed]
    pub async fn answer_blind(
        &self,
        actor: &Actor,
        answers: &[(PartnerId, Money)],
        spread: f64,
    ) -> Result<usize, AppError> {
        let (snapshot, possible) = self.possible().await?;
        let said = self.store.said_of_potentials().await?;
        let mut words = Vec::new();
        for &(id, amount) in answers {
            let partner = super::seen(&snapshot, actor, id)?;
            actor.judges(partner).then_some(()).ok_or_else(AppError::forbidden)?;
            if said.iter().any(|said| said.partner == id && is_blind(&said.word)) {
                return Err(answered_already(&partner.name));
            }
            let at = possible.binary_search_by_key(&id, |one| one.partner).map_err(|_| super::missing())?;
            words.push((id, PotentialWord::Blind(sane(amount)?, sure(spread)?, possible[at].estimate)));
        }
        for (id, word) in &words {
            self.say(actor, *id, *word).await?;
        }
        Ok(words.len())
    }

    /// Decides whether the answer comes to count beside ours, or ours alone does.
    #[boxed]
    pub async fn decide_blind(&self, actor: &Actor, id: PartnerId, keep: bool) -> Result<(), AppError> {
        let snapshot = self.may_judge(actor, id).await?;
        let all = answered(&self.store.said_of_potentials().await?, &snapshot, actor);
        let undecided = all.iter().find(|one| one.partner == id && one.kept.is_none());
        let answer = undecided.ok_or_else(nothing_to_decide)?;
        let word = if keep { PotentialWord::Kept(answer.theirs, answer.spread) } else { PotentialWord::Ours };
        self.say(actor, id, word).await
    }
}

/// Of the partners with most headroom, evenly from the largest to the smallest of them; none that was asked or judged.
fn questions(
    snapshot: &Snapshot,
    possible: &[PartnerPotential],
    said: &[SaidOfPotential],
    actor: &Actor,
) -> Vec<BlindQuestion> {
    let asked = |id: PartnerId| said.iter().any(|said| said.partner == id);
    let mut open: Vec<(&Partner, &PartnerPotential)> = (snapshot.facts.partners.iter().zip(possible))
        .filter(|(partner, one)| {
            actor.judges(partner) && !partner.inactive && one.headroom > Money::ZERO && !asked(partner.id)
        })
        .collect();
    open.sort_by_key(|(partner, one)| (std::cmp::Reverse(one.headroom), partner.id));
    open.truncate(open.len().div_ceil(TELLING_PART).max(ASKED));
    let count = open.len().min(ASKED);
    let question = |(partner, one): &(&Partner, &PartnerPotential)| BlindQuestion {
        partner: (*partner).clone(),
        sales_year: one.sales_year,
    };
    (0..count).map(|n| &open[n * open.len() / count]).map(question).collect()
}

/// The answers about partners that the actor sees, in order, each with what was decided next.
pub(super) fn answered(said: &[SaidOfPotential], snapshot: &Snapshot, actor: &Actor) -> Vec<Answered> {
    let one = |(at, given): (usize, &SaidOfPotential)| {
        let PotentialWord::Blind(theirs, spread, ours) = given.word else { return None };
        let partner = snapshot.facts.partner(given.partner).filter(|partner| actor.sees(partner))?;
        let after = said[at + 1..].iter().filter(|later| later.partner == given.partner);
        let kept = after.filter_map(|later| decided(&later.word)).next();
        Some(Answered {
            partner: given.partner,
            name: partner.name.clone(),
            theirs,
            spread,
            ours,
            factor: factor(theirs, ours),
            kept,
            made_by: given.made_by.clone(),
            at: given.at.clone(),
        })
    };
    said.iter().enumerate().filter_map(one).collect()
}

/// The median of how many times apart answers and ours are.
pub(super) fn median_factor(answered: &[Answered]) -> Option<f64> {
    let mut factors: Vec<f64> = answered.iter().filter_map(|one| one.factor).collect();
    factors.sort_by(f64::total_cmp);
    let middle = factors.len() / 2;
    match factors.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(factors[middle]),
        _ => Some((factors[middle - 1] * factors[middle]).sqrt()),
    }
}

fn decided(word: &PotentialWord) -> Option<bool> {
    match word {
        PotentialWord::Kept(..) | PotentialWord::Own(..) => Some(true),
        PotentialWord::Ours | PotentialWord::Withdrawn => Some(false),
        PotentialWord::Blind(..) => None,
    }
}

fn is_blind(word: &PotentialWord) -> bool {
    matches!(word, PotentialWord::Blind(..))
}

fn answered_already(name: &str) -> AppError {
    let en = format!("{name} was answered before, and ours has been shown. Give a new figure on the partner's page");
    let sv = format!("{name} är redan besvarad, och vår siffra har visats. Ge en ny bedömning på partnerns sida");
    AppError::own("P104", ErrorKind::Refused, en, sv)
}

fn nothing_to_decide() -> AppError {
    let en = "there is no undecided answer for this partner. Reload the page";
    let sv = "det finns inget obesvarat val för den här partnern. Ladda om sidan";
    AppError::own("P105", ErrorKind::Refused, en, sv)
}
