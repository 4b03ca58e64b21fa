//! Files of an analyst's own: what is read, and which error a spoiled one gives.

use spelplan_effect::{EffectError, LotteryColumns, PanelColumns, PanelFile, lottery, lottery_answer, panel};
use spelplan_intake::{Source, sheet};

fn read(text: &str) -> Result<PanelFile, EffectError> {
    let named = |name: &str| name.to_owned();
    let columns = PanelColumns {
        unit: named("id"),
        time: named("t"),
        cohort: named("g"),
        outcome: named("y"),
        weight: text.contains("w,").then(|| named("w")),
        cluster: None,
        covariates: if text.contains(",x") { vec![named("x")] } else { Vec::new() },
    };
    let sheet = sheet(&Source { name: "own.csv", bytes: text.as_bytes() }, &columns.names()).expect("a table");
    panel(&sheet, &columns)
}

/// The code of the error, and a word that its text must have.
fn check(text: &str, code: &str, word: &str) {
    let error = read(text).expect_err(text);
    assert_eq!(error.code, code, "{}", error.en);
    assert!(error.en.contains(word), "{}", error.en);
}

#[test]
fn a_spoiled_file_says_what_and_where() {
    check("id,t,y\n1,1,2\n", "A501", "`g`");
    check("id,t,g,y\n1,1,2,\n", "A502", "line 2");
    check("id,t,g,y\n1,1,2,1\n1,2,2,much\n", "A503", "line 3");
    check("id,t,g,y\n1,1,soon,1\n1,2,soon,2\n", "A503", "`soon`");
    check("id,t,g,y\n1,1,2,inf\n", "A503", "`inf`");
    check("id,t,g,y\n1,1,2,1e400\n", "A503", "1e400");
    check("id,t,g,y\n1,1,2,1\n1,1,2,1\n", "A504", "line 3");
    check("id,t,g,y\n1,1,2,1\n1,2,2,1\n2,2,2,1\n", "A505", "unit 2 has no row at the time 1");
    check("id,t,g,y\n1,1,2,1\n1,2,3,1\n", "A506", "`g`");
}

#[test]
fn a_thousand_units_with_a_period_each_of_their_own_are_holes_not_memory() {
    let rows: String = (0..5_000).map(|at| format!("{at},{at},0,1\n")).collect();
    check(&format!("id,t,g,y\n{rows}"), "A505", "5000 units");
}

#[test]
fn never_is_written_in_many_ways() {
    for never in ["", "0", "never", "Never", "aldrig", "NA", "inf"] {
        let file = read(&format!("id,t,g,y\n1,1,{never},1\n1,2,{never},3\n")).expect(never);
        assert_eq!(file.adoption.first, [None], "{never:?}");
    }
}

#[test]
fn months_and_decimal_commas_are_read() {
    let file = read("id;t;g;y\na;2025-12;2026-01;1,5\na;2026-01;2026-01;2,5\n").expect("a panel");
    assert_eq!(file.adoption.outcomes, [1.5, 2.5]);
    assert_eq!(file.calendar.written(file.adoption.first[0].expect("treated")), "2026-01");
}

#[test]
fn covariates_are_those_of_the_first_period_and_it_is_said() {
    let file = read("id,t,g,w,y,x\n1,2,0,1,5,9\n1,1,0,1,5,7\n").expect("a panel");
    assert_eq!(file.adoption.covariates, [[7.0]]);
    assert_eq!(file.frozen, ["x"]);
}

fn drawn(text: &str) -> Result<spelplan_effect::LotteryFile, EffectError> {
    let columns = LotteryColumns { arm: "z".to_owned(), outcome: "y".to_owned(), ..LotteryColumns::default() };
    let sheet = sheet(&Source { name: "own.csv", bytes: text.as_bytes() }, &columns.names()).expect("a table");
    lottery(&sheet, &columns)
}

#[test]
fn a_spoiled_lottery_says_what_and_where() {
    for (text, code) in [("z,y\n2,1\n", "A521"), ("z,x\n1,1\n", "A501"), ("z,y\n1,\n", "A502"), ("z,y\n1,x\n", "A503")]
    {
        assert_eq!(drawn(text).expect_err(text).code, code, "{text}");
    }
}

#[test]
fn a_small_lottery_has_no_headline_but_its_draw_repeated() {
    let file = drawn("z,y\n1,10\n1,5\n1,16\n1,3\n0,5\n0,7\n0,8\n0,10\n").expect("a lottery");
    let answer = lottery_answer(&file, 99, 1, 200).expect("two sides");
    assert_eq!(answer.headline, None);
    let rules: Vec<&str> = answer.refusals.iter().map(|told| told.rule).collect();
    assert_eq!(rules, ["few_entries", "few_clusters"]);
    assert!(answer.repeated.is_some_and(|again| again.exact && again.ways == 70));
}
