//! The quarter ahead: days from the partner's papers, promises before proposals, no more than five and no fewer than three.

use spelplan_facts::{
    Business, Certificate, Commitment, DayRange, GoalReached, Meeting, MeetingId, MeetingPlace, MeetingPlan,
    MeetingState, Minutes, Outcome, PamId, PartnerId, Side,
};
use spelplan_meetings::{Dated, Due};

use super::{contract, day, kr, of, world};

/// Day and figure of each proposal, day and words of each promise.
fn told(dated: &[Dated]) -> Vec<(String, String)> {
    let what = |one: &Dated| match &one.what {
        Due::Promised(promise) => promise.what.clone(),
        Due::Proposed(proposal) => proposal.figure.to_owned(),
    };
    dated.iter().map(|one| (one.by.to_string(), what(one))).collect()
}

fn by(dated: &[Dated], figure: &str) -> Option<String> {
    told(dated).into_iter().find(|(_, what)| what == figure).map(|(by, _)| by)
}

fn rebate(until: &str, counted: i64, next: i64) -> Business {
    Business::Rebate(spelplan_facts::Rebate {
        period: DayRange { from: day("2026-01-01"), to: day(until) },
        counted: kr(counted).unwrap(),
        next_tier_at: kr(next),
        earned: kr(1).unwrap(),
        next_tier_rebate: None,
    })
}

#[test]
fn days_come_from_contracts_tiers_and_certificates() {
    let quarter = |business| of(&world(1, "SE", 0), business).quarter;
    let far = quarter(vec![contract("A", "2026-06-19", 100, "", None), contract("B", "2026-06-25", 900, "", None)]);
    // 80 days are left: no 90 to prepare in, so half of them, which is a Sunday; 30 days before leaves time enough.
    assert_eq!(by(&far.ours, "expiring").as_deref(), Some("2026-05-08"));
    assert_eq!(by(&far.theirs, "expiring").as_deref(), Some("2026-05-20"));
    let near = quarter(vec![contract("A", "2026-04-02", 100, "", None)]);
    assert_eq!(by(&near.theirs, "expiring").as_deref(), Some("2026-04-01"), "tomorrow at the earliest");
    let renewed =
        vec![contract("A", "2026-06-19", 100, "", None), contract("B", "2027-06-19", 1, "A", Some("2026-06-20"))];
    assert_eq!(by(&quarter(renewed).theirs, "expiring"), None, "it is renewed");
    let tier = quarter(vec![rebate("2026-12-31", 0, 9000), rebate("2026-04-30", 600, 800)]);
    assert_eq!(by(&tier.theirs, "rebate-gap").as_deref(), Some("2026-04-23"), "the nearest tier's period");
    assert_eq!(by(&tier.ours, "rebate-gap").as_deref(), Some("2026-04-15"));
    assert_eq!(by(&quarter(vec![rebate("2026-12-31", 0, 9000)]).theirs, "rebate-gap").as_deref(), Some("2026-06-29"));
    let last_day = quarter(vec![rebate("2026-03-31", 600, 800)]);
    assert_eq!(by(&last_day.theirs, "rebate-gap").as_deref(), Some("2026-04-01"));
    let lapses = Certificate { name: "x".into(), required: 1, held: 1, valid_until: Some(day("2026-06-09")) };
    let lapse = quarter(vec![Business::Certificate(lapses)]);
    assert_eq!(by(&lapse.theirs, "certificates-lapsing").as_deref(), Some("2026-05-08"), "a Sunday becomes Friday");
}

#[test]
fn what_a_proposal_is_about_comes_from_its_figure() {
    let found = of(&world(6, "SE", 1000), vec![rebate("2026-04-30", 600, 800)]).quarter;
    let proposal = |figure: &str| {
        found.theirs.iter().find_map(|one| match &one.what {
            Due::Proposed(proposal) if proposal.figure == figure => Some(proposal.clone()),
            _ => None,
        })
    };
    assert_eq!(proposal("rebate-gap").unwrap().amount, kr(200).map(spelplan_meetings::Amount::Money));
    assert_eq!(proposal("white-space").unwrap().of.as_deref(), Some("C2"));
}

#[test]
fn three_to_five_each_way_on_weekdays_of_the_quarter_whatever_is_known() {
    let much = || {
        vec![
            contract("A", "2026-06-19", 100, "", None),
            rebate("2026-04-30", 600, 800),
            super::invoice("2026-01-01", None, 60),
            Business::Certificate(Certificate { name: "x".into(), required: 3, held: 1, valid_until: None }),
            Business::Campaign(spelplan_facts::Campaign {
                period: DayRange { from: day("2026-01-01"), to: day("2026-02-01") },
                allocated: kr(100),
                approved: kr(10),
                lift_margin: None,
            }),
        ]
    };
    for (business, fewest) in [(vec![], 3), (much(), 4)] {
        for partners in [1, 6] {
            let quarter = of(&world(partners, "SE", 1000), business.clone()).quarter;
            for dated in [&quarter.ours, &quarter.theirs] {
                assert!((fewest..=5).contains(&dated.len()), "{:?}", told(dated));
                let fits =
                    |one: &Dated| quarter.days.from < one.by && one.by <= quarter.days.to && !one.by.is_weekend();
                assert!(dated.iter().all(fits), "{:?}", told(dated));
                assert!(dated.is_sorted_by_key(|one| one.by), "{:?}", told(dated));
            }
        }
    }
}

fn held(promises: Vec<Commitment>) -> Meeting {
    let plan = MeetingPlan {
        partner: PartnerId(1),
        pam: PamId(1),
        contact: None,
        day: day("2026-03-10"),
        begins: None,
        length: Minutes(60),
        place: MeetingPlace::InPerson,
        location: String::new(),
        people: Vec::new(),
        purpose: "p".into(),
        agenda: vec!["a".into()],
        our_goal: "g".into(),
        their_goal: "t".into(),
        template: String::new(),
        season: None,
    };
    let outcome =
        Outcome { reached: GoalReached::Yes, words: "w".into(), commitments: promises, next_step: String::new() };
    Meeting { id: MeetingId(1), version: 1, state: MeetingState::Held(plan.ready().unwrap(), outcome) }
}

#[test]
fn what_is_promised_comes_before_what_is_proposed() {
    let promise = |side, what: &str, by: &str, done: Option<&str>| Commitment {
        side,
        who: "Eva".into(),
        what: what.into(),
        by: day(by),
        trigger: String::new(),
        done: done.map(day),
    };
    let ours = |what: &str, by: &str| promise(Side::Ours, what, by, None);
    let mut facts = world(1, "SE", 0);
    facts.meetings.push(held(vec![
        ours("late", "2026-03-20"),
        ours("soon", "2026-04-02"),
        promise(Side::Ours, "done", "2026-04-03", Some("2026-03-30")),
        ours("next quarter but one", "2026-06-30"),
        promise(Side::Theirs, "theirs", "2026-05-05", None),
    ]));
    let quarter = of(&facts, vec![contract("A", "2026-06-19", 100, "", None)]).quarter;
    let ours_told = told(&quarter.ours);
    let words: Vec<&str> = ours_told.iter().map(|(_, what)| what.as_str()).collect();
    assert_eq!(words[..2], ["late", "soon"]);
    assert!(words.contains(&"expiring") && !words.contains(&"done") && !words.contains(&"next quarter but one"));
    assert!(told(&quarter.theirs).contains(&("2026-05-05".into(), "theirs".into())));

    let many = ["2026-04-06", "2026-04-05", "2026-04-04", "2026-04-03", "2026-04-02", "2026-04-01"];
    facts.meetings = vec![held(many.iter().map(|by| ours(by, by)).collect())];
    let quarter = of(&facts, vec![contract("A", "2026-06-19", 100, "", None)]).quarter;
    let days: Vec<String> = told(&quarter.ours).into_iter().map(|(_, what)| what).collect();
    assert_eq!(days, ["2026-04-01", "2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05"], "five are enough");
}
