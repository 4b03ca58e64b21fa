//! The scorecard from files: what is booked is what the files hold, and a PAM sees no other PAM.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::effect::{PARTNERS, files, take_in};
use crate::shared::{Opened, open_on};
use spelplan_app::access::{Actor, Role};
use spelplan_app::effect::{KamFigures, Whose};
use spelplan_facts::{Day, Money, PamId};

/// The market of the effect's tests, every other pair of partners with Bo instead of Anna.
async fn market() -> Opened {
    let opened = open_on(Day::new(2025, 12, 31).unwrap()).await;
    let with_bo = |line: &str| {
        let number = line.split(',').find_map(|cell| cell.strip_prefix('P')?.parse::<usize>().ok());
        number.is_some_and(|number| (number / 2) % 2 == 1)
    };
    for (name, content) in files() {
        let mut text: String = content
            .lines()
            .map(|line| match (line.strip_suffix(",A"), with_bo(line)) {
                (Some(rest), true) => format!("{rest},B\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        if name == "pams.csv" {
            text.push_str("B,Bo,SE,11122\n");
        }
        take_in(&opened, name, &text).await;
    }
    opened
}

/// Margin of the lines of those months, straight from the file.
fn in_the_file(from: &str, to: &str) -> f64 {
    let (_, lines) = &files()[2];
    let within = |line: &&str| line.split(',').nth(2).is_some_and(|on| &on[..7] >= from && &on[..7] <= to);
    let margin = |line: &str| line.rsplit(',').next().unwrap().parse::<f64>().unwrap();
    lines.lines().skip(1).filter(within).map(margin).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_is_in_the_files_and_a_pam_sees_no_other() {
    let opened = market().await;
    let (app, manager) = (&opened.app, &opened.actor);
    let page = app.scorecard(manager).await.unwrap();
    let booked: f64 = page.cards.iter().map(|one| one.card.booked.units()).sum();
    let expected = in_the_file(&page.months.0.to_string(), &page.months.1.to_string());
    assert!((booked - expected).abs() < 0.01, "{booked} {expected} of {PARTNERS} partners");
    assert_eq!(page.reconciles, Some(true));
    let shares: f64 = page.cards.iter().filter_map(|one| one.card.share).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    let brought: f64 = page.cards.iter().map(|one| one.card.brought.unwrap().value.units()).sum();
    assert!((brought - page.team.brought.unwrap().value.units()).abs() < 0.01);
    assert_eq!(page.own.enough, 2, "sixty of each");
    let bo = page.cards.iter().find(|one| one.name == "Bo").unwrap().card.whose;
    let Whose::Pam(bo) = bo else { panic!("{bo:?}") };

    let own = app.scorecard(&Actor::named("Bo", Role::Pam(bo))).await.unwrap();
    assert_eq!(own.cards.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Bo"]);
    assert!(own.own.figures.keys().all(|pam| *pam == bo) && own.kams.is_empty() && own.reconciles.is_none());
    assert_eq!(own.team, page.team, "the team's figure is everybody's");
    let table =
        String::from_utf8(app.scorecard_table(&Actor::named("Bo", Role::Pam(bo))).await.unwrap().csv()).unwrap();
    assert!(table.contains("Bo") && !table.contains("Anna"), "{table}");
    assert!(app.business_case(&Actor::named("Bo", Role::Pam(bo)), None).await.is_err());
    let case = app.business_case(manager, None).await.unwrap();
    assert!(case.case.is_none(), "nothing is planned");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kams_figures_are_told_by_whoever_steers_and_taken_back() {
    let opened = open_on(Day::new(2025, 12, 31).unwrap()).await;
    let (app, manager) = (&opened.app, &opened.actor);
    let month = Day::new(2025, 1, 1).unwrap().month();
    let told = KamFigures {
        kam: " Karin ".to_owned(),
        months: (month, month),
        booked: Money::whole(900),
        baseline: Money::whole(700),
        doubt: None,
        cost: Money::whole(100),
    };
    let id = app.tell_kam(manager, told.clone()).await.unwrap();
    let kams = app.scorecard(manager).await.unwrap().kams;
    assert_eq!((kams.len(), kams[0].figures.kam.as_str()), (1, "Karin"));
    let table = String::from_utf8(app.scorecard_table(manager).await.unwrap().csv()).unwrap();
    assert!(table.lines().any(|line| line.starts_with("kam,Karin,2025-01,2025-01,900.00,700.00,200.00,,")), "{table}");
    for (spoiled, code) in [
        (KamFigures { kam: " ".to_owned(), ..told.clone() }, "A540"),
        (KamFigures { months: (month, spelplan_facts::Month(month.0 - 1)), ..told.clone() }, "A541"),
        (KamFigures { cost: Money::whole(-1), ..told.clone() }, "A542"),
    ] {
        assert_eq!(app.tell_kam(manager, spoiled).await.unwrap_err().code(), code);
    }
    for role in [Role::Finance, Role::Pam(PamId(1))] {
        assert_eq!(app.tell_kam(&Actor::named("x", role), told.clone()).await.unwrap_err().code(), "A102");
    }
    app.take_back_kam(manager, id).await.unwrap();
    assert!(app.scorecard(manager).await.unwrap().kams.is_empty());
    assert_eq!(app.take_back_kam(manager, id).await.unwrap_err().code(), "A101");
}
