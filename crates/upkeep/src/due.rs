//! The list: every partner for whom a touch is due, with its reasons, strongest first; and those whom nobody has met.

use std::collections::BTreeMap;

use spelplan_facts::{
    BusinessRecord, ContactId, Day, Facts, MeetingState, Money, PamId, Partner, PartnerId, Share, Side, Touch,
    TouchKind,
};
use spelplan_focus::{OpenGoal, outlook};

use crate::pace::{Holding, Known, holding};
use crate::{occasion, quota};

/// Days ahead that the list looks.
const AHEAD: i32 = 14;
/// Partners to meet first that are shown.
const MEET_FIRST: usize = 20;
/// Days of touches that are held against a partner nobody has met.
const YEAR: i32 = 365;

/// What the list is made from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Everything known.
    pub facts: &'a Facts,
    /// The partners asked for, as open goals.
    pub goals: &'a [&'a OpenGoal],
    /// The next visit of a plan, by partner.
    pub planned: &'a BTreeMap<PartnerId, Day>,
    /// What is known of their businesses.
    pub business: &'a [BusinessRecord],
    /// Touches that came after what the facts know, in order of day.
    pub later: &'a [Touch],
    /// On this day.
    pub today: Day,
}

/// Why a touch is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// Somebody promised something.
    Promise {
        /// Which side.
        side: Side,
        /// Who.
        who: String,
        /// What.
        what: String,
        /// By when.
        by: Day,
    },
    /// A contract of the partner's ends and nobody has renewed it.
    Contract {
        /// Its number.
        number: String,
        /// Last day.
        ends: Day,
        /// Worth a year, where known.
        value: Option<Money>,
    },
    /// A rebate tier is within reach.
    Tier {
        /// Purchases that are missing.
        missing: Money,
        /// Last day of the period.
        ends: Day,
        /// What the tier brings more, where known.
        brings: Option<Money>,
    },
    /// The PAM is behind the quota and this partner has room.
    Quota {
        /// What is missing in all.
        missing: Money,
        /// Last day of the period.
        ends: Day,
    },
    /// A certificate lapses.
    Certificate {
        /// What for.
        name: String,
        /// Last day.
        until: Day,
    },
    /// The relationship fades.
    Fading,
}

/// A partner for whom a touch is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// Whom.
    pub partner: PartnerId,
    /// With whom there, where known.
    pub contact: Option<ContactId>,
    /// Who runs it.
    pub pam: Option<PamId>,
    /// Since or from when.
    pub day: Day,
    /// Why, strongest first.
    pub why: Vec<Why>,
    /// How the relationship stands.
    pub strength: Share,
    /// The last touch of any kind.
    pub last: Option<(Day, &'static TouchKind)>,
    /// What upkeep does until the next visit; `None` where it does not pay by itself.
    pub holding: Option<Holding>,
    /// The way to be in touch that is proposed.
    pub kind: &'static TouchKind,
}

/// A partner whom digital touches build nothing with: nobody has met it.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetFirst {
    /// Whom.
    pub partner: PartnerId,
    /// Who runs it.
    pub pam: Option<PamId>,
    /// Digital touches in a year that have built nothing.
    pub touches: usize,
    /// What a first visit is expected to bring.
    pub gain: Money,
    /// When one is planned.
    pub planned: Option<Day>,
    /// What gives occasion for it.
    pub why: Vec<Why>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Upkeep {
    /// Due today or before, strongest reason first.
    pub due: Vec<Due>,
    /// Due in the days ahead, next first.
    pub ahead: Vec<Due>,
    /// Meet first, most to gain first.
    pub meet_first: Vec<MeetFirst>,
    /// Partners in a relationship for whom nothing is due.
    pub resting: usize,
}

/// Who is to be touched, and who is to be met first.
pub fn upkeep(sources: Sources<'_>) -> Upkeep {
    let book = Book::of(sources);
    let mut answer = Upkeep::default();
    for goal in sources.goals {
        let Some(partner) = sources.facts.partner(goal.partner).filter(|partner| !partner.inactive) else { continue };
        match book.asked(goal, partner) {
            Asked::Due(due) if due.day <= sources.today => answer.due.push(*due),
            Asked::Due(due) if due.day <= sources.today.plus(AHEAD) => answer.ahead.push(*due),
            Asked::MeetFirst(first) => answer.meet_first.push(first),
            Asked::Due(_) | Asked::Resting => answer.resting += 1,
            Asked::Nothing => {}
        }
    }
    answer.due.sort_by_key(|due| (due.why.first().map(rank), std::cmp::Reverse(gain(due)), due.partner));
    answer.ahead.sort_by_key(|due| (due.day, std::cmp::Reverse(gain(due)), due.partner));
    answer.meet_first.sort_by_key(|first| (first.why.is_empty(), std::cmp::Reverse(first.gain), first.partner));
    answer.meet_first.truncate(MEET_FIRST);
    answer
}

/// What we have promised comes first, then what has an end, then what only fades.
fn rank(why: &Why) -> (u8, i32) {
    match why {
        Why::Promise { side: Side::Ours, by, .. } => (0, by.number()),
        Why::Contract { ends, .. } => (1, ends.number()),
        Why::Tier { ends, .. } => (2, ends.number()),
        Why::Promise { side: Side::Theirs, by, .. } => (3, by.number()),
        Why::Certificate { until, .. } => (4, until.number()),
        // Equal for all, so that what a touch is worth decides among them.
        Why::Quota { ends, .. } => (5, ends.number()),
        Why::Fading => (6, 0),
    }
}

fn gain(due: &Due) -> Money {
    due.holding.map_or(Money::ZERO, |holding| holding.gain)
}

enum Asked {
    Due(Box<Due>),
    MeetFirst(MeetFirst),
    Resting,
    Nothing,
}

/// What is looked up for each partner.
struct Book<'a> {
    sources: Sources<'a>,
    touches: BTreeMap<PartnerId, Vec<&'a Touch>>,
    business: BTreeMap<PartnerId, Vec<&'a BusinessRecord>>,
    agreed: BTreeMap<PartnerId, Day>,
    quotas: BTreeMap<PamId, Why>,
    named: BTreeMap<PartnerId, PamId>,
}

impl<'a> Book<'a> {
    fn of(sources: Sources<'a>) -> Book<'a> {
        let Sources { facts, today, .. } = sources;
        let mut touches: BTreeMap<PartnerId, Vec<&Touch>> = BTreeMap::new();
        for touch in facts.touches.iter().chain(sources.later).filter(|touch| touch.day <= today) {
            touches.entry(touch.partner).or_default().push(touch);
        }
        let mut business: BTreeMap<PartnerId, Vec<&BusinessRecord>> = BTreeMap::new();
        for record in sources.business {
            business.entry(record.partner).or_default().push(record);
        }
        let mut agreed: BTreeMap<PartnerId, Day> = BTreeMap::new();
        for meeting in &facts.meetings {
            let plan = meeting.plan();
            let firm = matches!(meeting.state, MeetingState::Confirmed(_) | MeetingState::Proposed(_));
            if firm && plan.day > today && plan.place.touch_kind().is_visit() {
                let day = agreed.entry(plan.partner).or_insert(plan.day);
                *day = (*day).min(plan.day);
            }
        }
        let quotas = quota::behind(facts, today);
        let mut book = Book { sources, touches, business, agreed, quotas, named: BTreeMap::new() };
        book.named = book.named_for_quotas();
        book
    }

    fn named_for_quotas(&self) -> BTreeMap<PartnerId, PamId> {
        let runs = |pam: PamId| {
            self.sources.goals.iter().copied().filter(move |goal| {
                self.sources.facts.partner(goal.partner).is_some_and(|partner| partner.pam == Some(pam))
            })
        };
        let of = |pam: &PamId| {
            let goals = runs(*pam).map(|goal| (goal, self.last(goal.partner).map(|touch| touch.day)));
            quota::named(goals, self.sources.today).into_iter().map(|partner| (partner, *pam)).collect::<Vec<_>>()
        };
        self.quotas.keys().flat_map(of).collect()
    }

    fn last(&self, partner: PartnerId) -> Option<&'a Touch> {
        self.touches.get(&partner).and_then(|own| own.last()).copied()
    }

    fn asked(&self, goal: &'a OpenGoal, partner: &'a Partner) -> Asked {
        let Sources { facts, today, planned, .. } = self.sources;
        let own = self.touches.get(&partner.id).map_or(&[][..], Vec::as_slice);
        let stands = outlook(facts, partner, own, today);
        let last = self.last(partner.id);
        let day = last.map(|touch| touch.day);
        let mut occasions = occasion::promises(facts, partner.id, day, today);
        let records = self.business.get(&partner.id).map_or(&[][..], Vec::as_slice);
        let business = occasion::business(records, day, today);
        let next_visit = [planned.get(&partner.id), self.agreed.get(&partner.id)].into_iter().flatten().min().copied();
        if stands.strength <= 0.0 && occasions.is_empty() {
            return self.unmet(goal, partner, own, next_visit, business);
        }
        occasions.extend(business);
        if let Some(why) = self.named.get(&partner.id).and_then(|pam| self.quotas.get(pam)) {
            occasions.push((today, why.clone()));
        }
        let model = facts.settings.model_of(&partner.segment);
        let known = Known {
            facts,
            model: &model,
            goal,
            outlook: stands,
            next_visit,
            last: last.map(|touch| (touch.day, if touch.kind.builds > 0.0 { 1.0 } else { touch.kind.maintains })),
            allowed: self.allowed(partner.id),
            today,
        };
        let holding = holding(&known);
        occasions.extend(holding.map(|holding| (holding.due, Why::Fading)));
        occasions.sort_by_key(|(_, why)| rank(why));
        let Some(first) = occasions.iter().map(|(day, _)| *day).min() else { return Asked::Resting };
        let come: Vec<Why> =
            occasions.into_iter().filter(|(day, _)| *day <= today.max(first)).map(|one| one.1).collect();
        Asked::Due(Box::new(Due {
            partner: partner.id,
            contact: self.contact(partner.id, own),
            pam: partner.pam,
            day: first,
            kind: kind(&come),
            why: come,
            strength: Share(stands.strength),
            last: last.map(|touch| (touch.day, touch.kind)),
            holding,
        }))
    }

    fn unmet(
        &self,
        goal: &OpenGoal,
        partner: &Partner,
        own: &[&Touch],
        planned: Option<Day>,
        business: Vec<(Day, Why)>,
    ) -> Asked {
        let since = self.sources.today.plus(-YEAR);
        let touches = own.iter().filter(|touch| touch.day > since && touch.kind.maintains > 0.0).count();
        let why: Vec<Why> = business.into_iter().map(|(_, why)| why).collect();
        let pays = goal.obstacle.is_none() && goal.gains[0].value > Money::ZERO;
        if !pays && why.is_empty() || (touches == 0 && why.is_empty()) {
            return Asked::Nothing;
        }
        let gain = goal.gains[0].value;
        Asked::MeetFirst(MeetFirst { partner: partner.id, pam: partner.pam, touches, gain, planned, why })
    }

    /// Whom the last meeting was with, else the last touch, else the first person there.
    fn contact(&self, partner: PartnerId, own: &[&Touch]) -> Option<ContactId> {
        let met = own.iter().rev().filter(|touch| touch.kind.builds > 0.0).find_map(|touch| touch.contact);
        let touched = || own.iter().rev().find_map(|touch| touch.contact);
        let first = || self.sources.facts.contacts.iter().find(|one| one.partner == partner).map(|one| one.id);
        met.or_else(touched).or_else(first)
    }

    /// Fewest and most weighted touches a month that hold today.
    fn allowed(&self, partner: PartnerId) -> (f64, f64) {
        let rules = self.sources.facts.rules.iter().filter(|rule| rule.partner == partner);
        let holds = rules.filter(|rule| rule.within.is_none_or(|within| within.contains(self.sources.today)));
        let (fewest, most) = holds
            .map(spelplan_facts::CoverageRule::touches)
            .fold((0.0, f64::INFINITY), |all: (f64, f64), one| (all.0.max(one.0), all.1.min(one.1)));
        (fewest.min(most), most)
    }
}

/// A promise is best kept in writing; the rest is a talk.
fn kind(why: &[Why]) -> &'static TouchKind {
    let code = match why.first() {
        Some(Why::Promise { .. } | Why::Certificate { .. }) => "mail",
        _ => "call",
    };
    TouchKind::named(code).unwrap_or(spelplan_facts::touches::KINDS[0])
}
