//! The page: proposals as cards, one of them in full with its map, its loads and its handovers.

use askama::Template;
use spelplan_app::territories::{
    Handover, Lock, PamLabel, Proposal, TerritoryChange, TerritoryChangeId, TerritoryPage, token,
};
use spelplan_facts::{Band, DayRange, Money, PamId, Text};

use super::ask::{self, Asked};
use super::signs::{Sign, sign};
use crate::drawings::LoadBar;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Distrikt", en: "Territories" };

/// Handovers listed on the page; the command line lists all.
const LISTED: usize = 400;

/// The proposal that is shown: the one asked for, else the first beside today's.
pub(super) fn chosen(asked: &Asked, page: &TerritoryPage) -> usize {
    let last = page.territories.proposals.len().saturating_sub(1);
    asked.show.unwrap_or(usize::from(asked.taken.is_none() && asked.undone.is_none())).min(last)
}

#[derive(Template)]
#[template(path = "territories/page.html")]
pub(super) struct TerritoryView {
    frame: Frame,
    t: Tongue,
    unit: String,
    cap: String,
    keep: String,
    season: DayRange,
    seasons_year: usize,
    most: usize,
    unassigned: usize,
    out_of_reach: usize,
    n_pams: usize,
    cards: Vec<Card>,
    shown: Shown,
    changes: Vec<TerritoryChange>,
    locks: Vec<LockRow>,
    notice: Option<Notice>,
    steers: bool,
}

/// A partner that stays.
struct LockRow {
    id: i64,
    number: String,
    name: String,
    pam: String,
    lock: Lock,
}

/// A proposal in short.
struct Card {
    number: usize,
    current: bool,
    address: String,
    proposal: Proposal,
    token: String,
    drive_less: i64,
}

/// A proposal in full.
struct Shown {
    number: usize,
    map: String,
    loads: Vec<LoadRow>,
    handovers: Vec<HandoverRow>,
    n_handovers: usize,
    n_first: usize,
    money: Option<Proposal>,
}

struct LoadRow {
    sign: Sign,
    name: String,
    before: spelplan_app::territories::Load,
    after: spelplan_app::territories::Load,
    bar: LoadBar,
}

struct HandoverRow {
    id: i64,
    name: String,
    city: String,
    from: (Sign, String),
    to: (Sign, String),
    loss: Band,
    price: Money,
}

/// What was just done.
struct Notice {
    change: TerritoryChangeId,
    partners: usize,
    undone: bool,
}

impl TerritoryView {
    pub(super) fn new(visitor: &Visitor, asked: &Asked, page: &TerritoryPage) -> TerritoryView {
        let frame = visitor.frame("/coverage", visitor.t.text(TITLE), page.basis.clone());
        let found = &page.territories;
        TerritoryView {
            t: visitor.t,
            unit: frame.unit(),
            frame,
            cap: ask::cap(&asked.terms),
            keep: ask::keep(&asked.terms),
            season: found.season,
            seasons_year: found.seasons_year,
            most: found.most_handovers,
            unassigned: found.unassigned,
            out_of_reach: found.out_of_reach,
            n_pams: page.pams.len(),
            cards: cards(asked, page),
            shown: shown(asked, page),
            changes: page.changes.clone(),
            locks: page.locks.iter().map(|lock| locked(page, lock)).collect(),
            notice: notice(asked, page),
            steers: page.steers,
        }
    }

    /// Nothing is better than today's assignment.
    fn nothing_better(&self) -> bool {
        self.cards.len() < 2
    }

    /// Whom a change concerned and when, without fractions of a second.
    fn moment<'a>(&self, at: &'a str) -> &'a str {
        at.get(..16).unwrap_or(at)
    }
}

impl Card {
    fn name(&self, t: &Tongue) -> String {
        match self.number {
            0 => t.say("I dag", "Today").to_owned(),
            number => format!("{} {number}", t.say("Förslag", "Proposal")),
        }
    }
}

fn locked(page: &TerritoryPage, lock: &Lock) -> LockRow {
    let label = page.partners.get(&lock.partner);
    LockRow {
        id: lock.partner.0,
        number: label.map(|label| label.key.clone()).unwrap_or_default(),
        name: label.map(|label| label.name.clone()).unwrap_or_default(),
        pam: page.pams.iter().find(|pam| pam.pam == lock.pam).map(|pam| pam.name.clone()).unwrap_or_default(),
        lock: lock.clone(),
    }
}

fn cards(asked: &Asked, page: &TerritoryPage) -> Vec<Card> {
    let proposals = &page.territories.proposals;
    let now = proposals.first().map_or(0, |now| now.drive.0);
    let current = chosen(asked, page);
    let card = |(number, proposal): (usize, &Proposal)| Card {
        number,
        current: number == current,
        address: format!("{}#shown", ask::address(&asked.terms, &[("show", number.to_string())])),
        token: token(proposal),
        drive_less: i64::from((now - proposal.drive.0 + 30).div_euclid(60)),
        proposal: proposal.clone(),
    };
    proposals.iter().enumerate().map(card).collect()
}

fn shown(asked: &Asked, page: &TerritoryPage) -> Shown {
    let number = chosen(asked, page);
    let (now, proposal) = (page.territories.proposals.first(), page.territories.proposals.get(number));
    let handovers = proposal.map(|one| one.handovers.as_slice()).unwrap_or_default();
    let mut dearest: Vec<&Handover> = handovers.iter().collect();
    dearest.sort_by(|one, other| other.price().cmp(&one.price()).then(one.partner.cmp(&other.partner)));
    Shown {
        number,
        map: format!("/territories/map.json{}", ask::query(&asked.terms, &[("show", number.to_string())])),
        loads: now.zip(proposal).map(|(now, proposal)| loads(page, now, proposal)).unwrap_or_default(),
        handovers: dearest.into_iter().take(LISTED).map(|one| handover(page, one)).collect(),
        n_handovers: handovers.len(),
        n_first: proposal.map_or(0, |one| one.first_pams.len()),
        money: proposal.filter(|_| number > 0).cloned(),
    }
}

fn loads(page: &TerritoryPage, now: &Proposal, proposal: &Proposal) -> Vec<LoadRow> {
    let parts = now.loads.iter().chain(&proposal.loads).map(|load| load.part().0);
    let most = parts.fold(1.0, f64::max);
    let row = |(n, (pam, (before, after))): (usize, (&PamLabel, _))| {
        let (before, after): (&spelplan_app::territories::Load, &spelplan_app::territories::Load) = (before, after);
        LoadRow {
            sign: sign(n),
            name: pam.name.clone(),
            before: *before,
            after: *after,
            bar: LoadBar::new(before.part().0, after.part().0, most),
        }
    };
    page.pams.iter().zip(now.loads.iter().zip(&proposal.loads)).enumerate().map(row).collect()
}

fn handover(page: &TerritoryPage, one: &Handover) -> HandoverRow {
    let pam = |id: PamId| {
        let place = page.pams.iter().position(|pam| pam.pam == id).unwrap_or_default();
        (sign(place), page.pams.get(place).map(|pam| pam.name.clone()).unwrap_or_default())
    };
    let partner = page.partners.get(&one.partner);
    HandoverRow {
        id: one.partner.0,
        name: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
        city: partner.map(|partner| partner.city.clone()).unwrap_or_default(),
        from: pam(one.from),
        to: pam(one.to),
        loss: one.loss,
        price: one.price(),
    }
}

fn notice(asked: &Asked, page: &TerritoryPage) -> Option<Notice> {
    let change = asked.taken.or(asked.undone)?;
    let known = page.changes.iter().find(|one| one.id == change)?;
    Some(Notice { change, partners: known.partners, undone: known.undone.is_some() })
}
