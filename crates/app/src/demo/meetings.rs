//! Meetings of the demo: each PAM's latest visits as held ones with outcomes and promises, one to log, some ahead, one draft.
//! A held one takes the place of the visit that the market invented, so no relationship changes by it.

use spelplan_facts::{
    Commitment, Day, Facts, GoalReached, Language, MeetingPlace, MeetingPlan, MeetingState, Minutes, Outcome, Pam,
    Partner, Side, TimeOfDay, Touch,
};
use spelplan_meetings::{Move, TEMPLATES, moved, quality_of};
use spelplan_store::{MeetingEntry, Signed};

use crate::access::Actor;
use crate::{App, AppError, clock};

/// Held meetings for each PAM.
const HELD: usize = 4;
/// Visits older than this are left as they are.
const RECENT: i32 = 200;

const OUTCOMES: [(&str, &str, &str); 4] = [
    (
        "Överens om två tjänster som säljs med från och med nu.",
        "Skicka underlag för tjänsteavtalen",
        "Ta upp avtalen med de tio största kunderna",
    ),
    (
        "De vill se marginalen per kategori innan de beslutar.",
        "Räkna fram marginalen per kategori",
        "Lämna försäljningspriserna för de fem största varorna",
    ),
    ("Kampanjen är beslutad till nästa månad.", "Leverera material till kampanjen", "Lista trettio kunder att ringa"),
    (
        "De köper hellre av en annan när det gäller tillbehör, på grund av leveranstiden.",
        "Ge besked om leveranstider",
        "Prova en order på tillbehör",
    ),
];

impl App {
    /// Gives the demo its meetings.
    pub(super) async fn add_demo_meetings(&self, actor: &Actor) -> Result<(), AppError> {
        let today = self.day_of_meetings();
        let facts = self.store.facts(today).await?;
        let entries: Vec<MeetingEntry> =
            facts.pams.iter().enumerate().flat_map(|(n, pam)| of_pam(&facts, pam, n, today)).collect();
        let at = clock::now();
        self.store.add_meetings(&entries, Signed { by: &actor.name, at: &at }).await?;
        Ok(())
    }
}

fn of_pam(facts: &Facts, pam: &Pam, n: usize, today: Day) -> Vec<MeetingEntry> {
    let recent = |touch: &&Touch| {
        touch.pam == Some(pam.id) && touch.kind.is_visit() && touch.day >= today.plus(-RECENT) && touch.day < today
    };
    let visits = facts.touches.iter().rev().filter(recent).take(HELD);
    let mut states: Vec<MeetingState> =
        visits.enumerate().filter_map(|(k, visit)| held(facts, pam, visit, n + k, today)).collect();
    let own = facts.partners.iter().filter(|partner| partner.pam == Some(pam.id) && !partner.inactive);
    let own: Vec<&Partner> = own.skip(n % 3).take(5).collect();
    let ahead = [(-1, "confirm"), (0, "confirm"), (3, "confirm"), (6, "propose"), (9, "draft")];
    states.extend(own.into_iter().zip(ahead).filter_map(|(partner, (days, step))| {
        let day = working(today.plus(days), days);
        let plan = plan(facts, pam, partner, day, n + usize::try_from(days.max(0)).unwrap_or_default());
        let draft = MeetingState::Draft(plan);
        match step {
            "confirm" => moved(draft, Move::Confirm, today).ok(),
            "propose" => moved(draft, Move::Propose, today).ok(),
            _ => Some(draft),
        }
    }));
    states.into_iter().map(|state| MeetingEntry { quality: quality_of(&state), state }).collect()
}

/// The nearest working day, away from today.
fn working(mut day: Day, days: i32) -> Day {
    while day.is_weekend() {
        day = day.plus(if days < 0 { -1 } else { 1 });
    }
    day
}

fn held(facts: &Facts, pam: &Pam, visit: &Touch, n: usize, today: Day) -> Option<MeetingState> {
    let partner = facts.partner(visit.partner)?;
    let plan = MeetingPlan { contact: visit.contact, ..plan(facts, pam, partner, visit.day, n) };
    let (words, ours, theirs) = OUTCOMES[n % OUTCOMES.len()];
    let who = plan.people.first().cloned().unwrap_or_else(|| partner.name.clone());
    let promise = |side, who: &str, what: &str, days: i32, done: Option<i32>| Commitment {
        side,
        who: who.to_owned(),
        what: what.to_owned(),
        by: visit.day.plus(days),
        trigger: String::new(),
        done: done.map(|days| visit.day.plus(days)).filter(|day| *day <= today),
    };
    // Ours mostly kept, theirs now and then open: as it is.
    let commitments = vec![
        promise(Side::Ours, &pam.name, ours, 14, (n % 4 != 3).then_some(if n % 5 == 4 { 20 } else { 10 })),
        promise(Side::Theirs, &who, theirs, 21, (n % 3 != 1).then_some(18)),
    ];
    let reached = if n % 4 == 3 { GoalReached::Partly } else { GoalReached::Yes };
    let outcome = Outcome { reached, words: words.to_owned(), commitments, next_step: String::new() };
    let confirmed = moved(MeetingState::Draft(plan), Move::Confirm, visit.day).ok()?;
    moved(confirmed, Move::Hold(outcome), visit.day).ok()
}

fn plan(facts: &Facts, pam: &Pam, partner: &Partner, day: Day, n: usize) -> MeetingPlan {
    let template = TEMPLATES[n % TEMPLATES.len()];
    let say = |text: spelplan_facts::Text| text.in_language(Language::Swedish).to_owned();
    let contact = facts.contacts.iter().find(|contact| contact.partner == partner.id);
    MeetingPlan {
        partner: partner.id,
        pam: pam.id,
        contact: contact.map(|contact| contact.id),
        day,
        begins: Some(TimeOfDay::at(9 + (n % 6) as i32, 0)),
        length: Minutes(60),
        place: MeetingPlace::InPerson,
        location: partner.city.clone(),
        people: contact.map(|contact| vec![contact.name.clone()]).unwrap_or_default(),
        purpose: say(template.purpose),
        agenda: template.agenda_in(Language::Swedish),
        our_goal: say(template.our_goal),
        their_goal: say(template.their_goal),
        template: template.code.to_owned(),
        season: None,
    }
}
