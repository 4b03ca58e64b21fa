//! The briefing of a partner: its figures gathered, the step asked once.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{BusinessRecord, Contact, Month, Pam, PamId, Partner, PartnerId};
use spelplan_meetings::{Briefing, CategoryMonthSale, Sources, briefing};

use crate::access::Actor;
use crate::meetings::PartnerMeetings;
use crate::open_goals::Basis;
use crate::{App, AppError};

/// Months of purchases that a briefing looks back on: refresh asks for five years.
const MONTHS: i32 = 72;

/// Everything the briefing's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct BriefingPage {
    /// The figures and questions.
    pub briefing: Briefing,
    /// The partner.
    pub partner: Partner,
    /// Who runs it.
    pub pam: Option<Pam>,
    /// People there.
    pub contacts: Vec<Contact>,
    /// Its meetings and promises.
    pub meetings: PartnerMeetings,
    /// What the figures build on.
    pub basis: Basis,
}

impl App {
    /// The partner of that number in the files, or of that name; a part of a name is enough where no other has it.
    #[boxed]
    pub async fn partner_called(&self, actor: &Actor, word: &str) -> Result<PartnerId, AppError> {
        let snapshot = self.snapshot().await?;
        let own: Vec<&Partner> = snapshot.facts.partners.iter().filter(|partner| actor.sees(partner)).collect();
        let names = own.iter().map(|partner| (partner.id, partner.key.as_str(), partner.name.as_str()));
        called(names, word).ok_or_else(|| AppError::not_found("partner called that", "partner som heter så"))
    }

    /// The PAM of that number in the files, or of that name.
    #[boxed]
    pub async fn pam_called(&self, actor: &Actor, word: &str) -> Result<PamId, AppError> {
        let snapshot = self.snapshot().await?;
        let own = snapshot.facts.pams.iter().filter(|pam| actor.sees_days_of(pam.id));
        let names = own.map(|pam| (pam.id, pam.key.as_str(), pam.name.as_str()));
        called(names, word).ok_or_else(|| AppError::not_found("PAM called that", "PAM som heter så"))
    }

    /// The briefing of that partner.
    #[boxed]
    pub async fn briefing(&self, actor: &Actor, id: PartnerId) -> Result<BriefingPage, AppError> {
        let snapshot = self.snapshot().await?;
        let missing = || AppError::not_found("partner with that number", "partner med det numret");
        let partner = snapshot.facts.partner(id).filter(|partner| actor.sees(partner)).ok_or_else(missing)?.clone();
        let today = snapshot.basis.as_of;
        let months = Month(today.month().0 - MONTHS + 1)..=today.month();
        let history = self.store.partner_category_months(id, months.clone()).await?;
        let supply = self.store.partner_supply_months(id, months).await?;
        let history: Vec<CategoryMonthSale> = history
            .into_iter()
            .map(|one| CategoryMonthSale {
                month: one.month,
                category: one.category,
                quantity: one.quantity,
                revenue: one.revenue,
                margin: one.margin,
                revenue_with_margin: one.revenue_with_margin,
            })
            .collect();
        let business: Vec<BusinessRecord> = self.store.business_of(id).await?;
        let meetings = self.meetings_of(actor, id).await?;
        let (kept, basis) = (snapshot.clone(), snapshot.basis.clone());
        // What a partner could buy is reckoned for all at once, the first time.
        let made = tokio::task::spawn_blocking(move || {
            let goal = kept.goal(id)?;
            let potential = kept.possible().iter().find(|one| one.partner == id);
            let (facts, history, supply, business) = (&kept.facts, &history[..], &supply[..], &business[..]);
            briefing(Sources { facts, goal, potential, history, supply, business, today })
        });
        let briefing = made.await.map_err(|panic| AppError::died(&panic))?.ok_or_else(missing)?;
        let contacts = snapshot.facts.contacts.iter().filter(|contact| contact.partner == id).cloned().collect();
        let pam = partner.pam.and_then(|pam| snapshot.facts.pam(pam)).cloned();
        Ok(BriefingPage { briefing, pam, contacts, meetings, basis, partner })
    }
}

/// Whoever has that number, else that name, else alone has it within the name.
fn called<'a, I: Copy>(all: impl Iterator<Item = (I, &'a str, &'a str)>, word: &str) -> Option<I> {
    let all: Vec<(I, &str, &str)> = all.collect();
    let word = word.trim().to_lowercase();
    let first = |fits: &dyn Fn(&str, &str) -> bool| {
        all.iter().filter(|(_, key, name)| fits(key, name)).map(|one| one.0).collect::<Vec<I>>()
    };
    let exact = first(&|key, _| key.to_lowercase() == word)
        .into_iter()
        .chain(first(&|_, name| name.to_lowercase() == word))
        .next();
    exact.or_else(|| match first(&|_, name| !word.is_empty() && name.to_lowercase().contains(&word))[..] {
        [one] => Some(one),
        _ => None,
    })
}
