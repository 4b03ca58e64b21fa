//! First drafts: a form for one meeting, and every planned visit of a season as a draft.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeSet;

use spelplan_facts::{
    Commitment, ContactId, Day, Language, MeetingPlace, MeetingPlan, MeetingState, Minutes, PamId, Partner, PartnerId,
    PlanId, TimeOfDay,
};
use spelplan_meetings::{Template, Told, carried_over, open_promises, suggested};
use spelplan_store::{MeetingEntry, Signed};

use crate::access::{Actor, Role};
use crate::snapshot::Snapshot;
use crate::{App, AppError, clock};

/// Days ahead that a new meeting is proposed for.
const AHEAD: i32 = 7;

/// When, by whom and with whom a draft is.
struct Slot {
    pam: PamId,
    contact: Option<ContactId>,
    day: Day,
    begins: Option<TimeOfDay>,
    length: Option<Minutes>,
    season: Option<PlanId>,
}

impl App {
    /// Makes a draft of every planned visit ahead in that season plan that has no meeting yet: of one partner, or of all
    /// whose days the actor may change. How many were made.
    #[boxed]
    pub async fn draft_season(
        &self,
        actor: &Actor,
        plan: PlanId,
        partner: Option<PartnerId>,
        language: Language,
    ) -> Result<usize, AppError> {
        let judged = self.judged(actor, plan).await?;
        let snapshot = self.snapshot().await?;
        let today = self.day_of_meetings();
        // A cancelled meeting stays: whoever called it off does not want it back.
        let known: BTreeSet<(PartnerId, Day)> =
            snapshot.facts.meetings.iter().map(|one| (one.plan().partner, one.plan().day)).collect();
        let days = judged.plan.days.iter().filter(|day| day.day >= today && actor.replans(Some(day.pam)));
        let stops = days.flat_map(|day| day.stops.iter().map(move |stop| (day, stop)));
        let wanted = stops.filter(|(day, stop)| {
            partner.is_none_or(|wanted| stop.partner == wanted) && !known.contains(&(stop.partner, day.day))
        });
        let drafts = wanted.filter_map(|(day, stop)| {
            let slot = Slot {
                pam: day.pam,
                contact: stop.contact,
                day: day.day,
                begins: Some(stop.begins),
                length: Some(stop.ends - stop.begins),
                season: Some(plan),
            };
            let partner = snapshot.facts.partner(stop.partner)?;
            let state = MeetingState::Draft(draft(&snapshot, partner, slot, None, today, language));
            Some(MeetingEntry { state, quality: None })
        });
        let drafts: Vec<MeetingEntry> = drafts.collect();
        let at = clock::now();
        Ok(self.store.add_meetings(&drafts, Signed { by: &actor.name, at: &at }).await?.len())
    }
}

/// A plan to begin a new meeting from.
pub(super) fn fresh(
    snapshot: &Snapshot,
    actor: &Actor,
    partner: &Partner,
    template: Option<&str>,
    today: Day,
    language: Language,
) -> MeetingPlan {
    let own = if let Role::Pam(pam) = actor.role { Some(pam) } else { None };
    let first = snapshot.facts.pams.first().map(|pam| pam.id);
    let mut day = today.plus(AHEAD);
    while day.is_weekend() {
        day = day.plus(1);
    }
    let slot = Slot {
        pam: own.or(partner.pam).or(first).unwrap_or_default(),
        contact: None,
        day,
        begins: Some(TimeOfDay::at(9, 0)),
        length: None,
        season: None,
    };
    draft(snapshot, partner, slot, template, today, language)
}

fn draft(
    snapshot: &Snapshot,
    partner: &Partner,
    slot: Slot,
    template: Option<&str>,
    today: Day,
    language: Language,
) -> MeetingPlan {
    let facts = &snapshot.facts;
    let open = open_promises(&facts.meetings, partner.id);
    let open: Vec<&Commitment> = open.into_iter().map(|(_, promise)| promise).collect();
    let figures = snapshot.goal(partner.id).map(|goal| {
        suggested(facts, Told { goal, contact: slot.contact, open: &open }, snapshot.basis.as_of.min(today), language)
    });
    let chosen = template.and_then(Template::coded);
    let (template, purpose, agenda, our_goal, their_goal) = match (chosen, figures) {
        (None, Some(words)) => (words.template, words.purpose, words.agenda, words.our_goal, words.their_goal),
        (chosen, _) => {
            let template = chosen.unwrap_or(spelplan_meetings::TEMPLATES[0]);
            let say = |text: spelplan_facts::Text| text.in_language(language).to_owned();
            let agenda = carried_over(&open, template, language);
            (template, say(template.purpose), agenda, say(template.our_goal), say(template.their_goal))
        }
    };
    let who = facts.contacts.iter().find(|contact| Some(contact.id) == slot.contact);
    MeetingPlan {
        partner: partner.id,
        pam: slot.pam,
        contact: slot.contact,
        day: slot.day,
        begins: slot.begins,
        length: slot.length.or(partner.visit_time).unwrap_or(template.length),
        place: MeetingPlace::InPerson,
        location: [partner.street.as_str(), partner.city.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        people: who.map(|contact| vec![contact.name.clone()]).unwrap_or_default(),
        purpose,
        agenda,
        our_goal,
        their_goal,
        template: template.code.to_owned(),
        season: slot.season,
    }
}
