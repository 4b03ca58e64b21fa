//! What the room of meetings promises: the gate, the steps, promises that come back, and drafts from a partner's own figures.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use spelplan_facts::{
    Category, CategoryId, CategorySale, Commitment, Contact, ContactId, Day, Facts, GoalReached, Language, Meeting,
    MeetingId, MeetingPlace, MeetingPlan, MeetingState, Minutes, Missing, Money, MonthSale, Outcome, PamId, Partner,
    PartnerId, Share, Side, Stage, Touch, TouchId, touches,
};
use spelplan_meetings::{
    Move, NotSo, TEMPLATES, Told, moved, open_promises, promises_kept, quality_of, rewritten, suggested,
};

const TODAY: &str = "2026-03-31";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn plan() -> MeetingPlan {
    MeetingPlan {
        partner: PartnerId(1),
        pam: PamId(1),
        contact: None,
        day: day("2026-03-10"),
        begins: None,
        length: Minutes(60),
        place: MeetingPlace::InPerson,
        location: String::new(),
        people: vec!["Åsa".into()],
        purpose: "p".into(),
        agenda: vec!["a".into()],
        our_goal: "g".into(),
        their_goal: "t".into(),
        template: String::new(),
        season: None,
    }
}

fn outcome(reached: GoalReached, words: &str, promises: &[(Side, &str, &str)]) -> Outcome {
    let promise = |(side, who, what): &(Side, &str, &str)| Commitment {
        side: *side,
        who: (*who).into(),
        what: (*what).into(),
        by: day("2026-03-20"),
        trigger: String::new(),
        done: None,
    };
    let commitments = promises.iter().map(promise).collect();
    Outcome { reached, words: words.into(), commitments, next_step: String::new() }
}

fn confirmed() -> MeetingState {
    MeetingState::Confirmed(plan().ready().unwrap())
}

#[test]
fn nothing_half_is_ready() {
    let blank = || " \n".to_owned();
    let cases: [(MeetingPlan, &[Missing]); 7] = [
        (plan(), &[]),
        (MeetingPlan { purpose: blank(), ..plan() }, &[Missing::Purpose]),
        (MeetingPlan { agenda: vec![], ..plan() }, &[Missing::Agenda]),
        (MeetingPlan { agenda: vec![blank()], ..plan() }, &[Missing::Agenda]),
        (MeetingPlan { our_goal: blank(), their_goal: blank(), ..plan() }, &[Missing::OurGoal, Missing::TheirGoal]),
        (MeetingPlan { people: vec!["x".into(); 5], ..plan() }, &[]),
        (MeetingPlan { people: vec!["x".into(); 6], ..plan() }, &[Missing::FewerPeople]),
    ];
    for (plan, missing) in cases {
        assert_eq!(plan.missing(), missing);
        assert_eq!(plan.clone().ready().err().unwrap_or_default(), missing);
        let asked = moved(MeetingState::Draft(plan), Move::Confirm, day(TODAY));
        assert_eq!(asked.is_ok(), missing.is_empty());
    }
}

/// Which stage follows which: every pair is tried.
#[test]
fn stages_follow_each_other_by_rule_and_no_other_way() {
    let ready = || plan().ready().unwrap();
    let good = || outcome(GoalReached::Yes, "", &[]);
    let states = [
        MeetingState::Draft(plan()),
        MeetingState::Proposed(plan()),
        confirmed(),
        MeetingState::Held(ready(), good()),
        MeetingState::Cancelled(plan(), "x".into()),
        MeetingState::Missed(ready(), "x".into()),
    ];
    let steps = [Move::Propose, Move::Confirm, Move::Hold(good()), Move::Cancel("x".into()), Move::Miss("x".into())];
    let mut allowed = Vec::new();
    for state in &states {
        for step in &steps {
            match moved(state.clone(), step.clone(), day(TODAY)) {
                Ok(after) => {
                    assert_eq!(after.stage(), step.to());
                    allowed.push((state.stage(), step.to()));
                }
                Err(no) => assert_eq!(no, NotSo::WrongStage { from: state.stage(), to: step.to() }),
            }
        }
    }
    use Stage::{Cancelled, Confirmed, Draft, Held, Missed, Proposed};
    let expected = [
        (Draft, Proposed),
        (Draft, Confirmed),
        (Draft, Cancelled),
        (Proposed, Confirmed),
        (Proposed, Cancelled),
        (Confirmed, Held),
        (Confirmed, Cancelled),
        (Confirmed, Missed),
        (Held, Held),
    ];
    assert_eq!(allowed, expected);
}

#[test]
fn what_lies_ahead_is_neither_held_nor_missed() {
    for step in [Move::Hold(outcome(GoalReached::Yes, "", &[])), Move::Miss("x".into())] {
        let no = moved(confirmed(), step.clone(), day("2026-03-09")).unwrap_err();
        assert_eq!(no, NotSo::NotYet(day("2026-03-10")));
        assert!(moved(confirmed(), step, day("2026-03-10")).is_ok(), "on its own day");
    }
}

#[test]
fn a_goal_not_reached_says_what_came_instead() {
    let cases: [(Outcome, Option<NotSo>); 6] = [
        (outcome(GoalReached::Yes, "", &[]), None),
        (outcome(GoalReached::No, " ", &[]), Some(NotSo::NoOutcome)),
        (outcome(GoalReached::Partly, "", &[]), Some(NotSo::NoOutcome)),
        (outcome(GoalReached::No, "ett nej", &[]), None),
        (outcome(GoalReached::Partly, "", &[(Side::Ours, "Eva", "pris")]), None),
        (outcome(GoalReached::Yes, "", &[(Side::Ours, "", "pris")]), Some(NotSo::HalfPromise)),
    ];
    for (outcome, no) in cases {
        assert_eq!(moved(confirmed(), Move::Hold(outcome), day(TODAY)).err(), no);
    }
    assert_eq!(moved(confirmed(), Move::Cancel(" ".into()), day(TODAY)).err(), Some(NotSo::NoReason));
}

#[test]
fn a_confirmed_meeting_stays_whole_when_it_is_rewritten() {
    let lacking = MeetingPlan { purpose: String::new(), ..plan() };
    assert_eq!(rewritten(&confirmed(), lacking.clone()), Err(NotSo::Lacks(vec![Missing::Purpose])));
    assert_eq!(rewritten(&MeetingState::Draft(plan()), lacking.clone()), Ok(MeetingState::Draft(lacking)));
    let held = MeetingState::Held(plan().ready().unwrap(), outcome(GoalReached::Yes, "", &[]));
    assert!(rewritten(&held, plan()).is_err());
}

#[test]
fn quality_comes_from_how_it_was_prepared_and_closed() {
    let held = |promises: &[(Side, &str, &str)]| {
        MeetingState::Held(plan().ready().unwrap(), outcome(GoalReached::Yes, "", promises))
    };
    assert_eq!(quality_of(&held(&[(Side::Theirs, "Åsa", "order")])), Some(1.0));
    assert_eq!(quality_of(&held(&[])), Some(0.875), "model.md: half and an eighth for each of four");
    assert_eq!(quality_of(&confirmed()), None);
}

#[test]
fn promises_are_counted_when_due_and_come_back_first() {
    let mut held = outcome(GoalReached::Yes, "", &[(Side::Ours, "Eva", "pris"), (Side::Ours, "Eva", "demo")]);
    held.commitments[1].done = Some(day("2026-03-20"));
    held.commitments.push(Commitment { by: day("2026-05-01"), ..held.commitments[0].clone() });
    let state = MeetingState::Held(plan().ready().unwrap(), held);
    let meetings = [Meeting { id: MeetingId(1), version: 1, state }];
    let open = open_promises(&meetings, PartnerId(1));
    assert_eq!(open.iter().map(|(_, one)| one.by.to_string()).collect::<Vec<_>>(), ["2026-03-20", "2026-05-01"]);
    assert_eq!(open_promises(&meetings, PartnerId(2)).len(), 0);
    let kept = promises_kept(&meetings, PartnerId(1), Side::Ours, day(TODAY));
    assert_eq!((kept.due, kept.on_time, kept.share()), (2, 1, Some(Share(0.5))));
    let none = promises_kept(&meetings, PartnerId(1), Side::Theirs, day(TODAY));
    assert_eq!(none.share(), None, "nothing due is no share, not nought");

    let agenda = spelplan_meetings::carried_over(&[open[0].1], TEMPLATES[0], Language::Swedish);
    assert_eq!(agenda[0], "Sedan sist: Eva (vi) – pris, senast 2026-03-20");
    assert_eq!(agenda.len(), TEMPLATES[0].agenda.len() + 1);
}

#[test]
fn every_template_is_whole_in_both_languages() {
    for template in TEMPLATES {
        for language in [Language::Swedish, Language::English] {
            let say = |text: spelplan_facts::Text| text.in_language(language).to_owned();
            let whole = MeetingPlan {
                purpose: say(template.purpose),
                agenda: template.agenda_in(language),
                our_goal: say(template.our_goal),
                their_goal: say(template.their_goal),
                ..plan()
            };
            assert_eq!(whole.missing(), [], "{}", template.code);
        }
    }
}

/// A partner with sales, aftermarket and visits as told: which meeting do its own figures suggest?
fn check(halves: (i64, i64), after: i64, visited: bool, new_person: bool, expected: &str) {
    let mut facts = Facts { partners: vec![partner(1), partner(2)], ..Facts::default() };
    facts.sales.categories = [false, true]
        .into_iter()
        .zip(1..)
        .map(|(aftermarket, id)| Category { id: CategoryId(id), name: String::new(), aftermarket })
        .collect();
    let last = day("2026-02-01").month().0;
    for (first, amount) in [(last - 17, halves.0), (last - 5, halves.1)] {
        for month in first..first + 6 {
            let revenue = Money::whole(amount);
            let sale = MonthSale {
                partner: PartnerId(1),
                month: spelplan_facts::Month(month),
                revenue,
                margin: Money::ZERO,
                revenue_with_margin: Money::ZERO,
            };
            facts.sales.by_month.push(sale);
        }
    }
    let category = |partner: i64, category: i64, amount: i64| CategorySale {
        partner: PartnerId(partner),
        category: CategoryId(category),
        revenue: Money::whole(amount),
        margin: Money::ZERO,
        revenue_with_margin: Money::ZERO,
        months: 12,
    };
    facts.sales.by_category =
        vec![category(1, 1, 100 - after), category(1, 2, after), category(2, 1, 80), category(2, 2, 20)];
    if visited {
        facts.touches = vec![Touch {
            id: TouchId(1),
            day: day("2025-11-01"),
            partner: PartnerId(1),
            contact: Some(ContactId(1)),
            pam: Some(PamId(1)),
            kind: touches::visit(),
            quality: None,
        }];
    }
    let person = |id: i64| Contact {
        id: ContactId(id),
        key: id.to_string(),
        partner: PartnerId(1),
        name: format!("N{id}"),
        role: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    facts.contacts = vec![person(1), person(2)];
    let goals = spelplan_focus::open_goals(&facts, day("2026-03-01"));
    let goal = goals.iter().find(|goal| goal.partner == PartnerId(1)).expect("a goal");
    let contact = Some(ContactId(if new_person { 2 } else { 1 }));
    for language in [Language::Swedish, Language::English] {
        let words = suggested(&facts, Told { goal, contact, open: &[] }, day("2026-03-01"), language);
        assert_eq!(words.template.code, expected, "{halves:?} {after} {visited} {new_person}");
        let whole = MeetingPlan {
            purpose: words.purpose,
            agenda: words.agenda,
            our_goal: words.our_goal,
            their_goal: words.their_goal,
            ..plan()
        };
        assert_eq!(whole.missing(), [], "a suggestion may be confirmed as it stands");
    }
}

fn partner(id: i64) -> Partner {
    Partner { country: "SE".into(), pam: Some(PamId(1)), ..Partner::of(PartnerId(id)) }
}

#[test]
fn a_partners_own_figures_suggest_the_meeting() {
    check((100, 100), 20, false, false, "first");
    check((100, 70), 20, true, false, "recovery");
    check((100, 80), 20, true, false, "review");
    check((100, 100), 20, true, true, "onboarding");
    check((100, 100), 2, true, false, "margin");
    check((0, 100), 20, true, false, "review");
}
