//! How a season is counted is written down once; figures are told one after the other; lines come with what tells them.

use spelplan_facts::{DayRange, Money, PlanId};
use spelplan_store::testing::on_both;
use spelplan_store::{FrozenSpecification, Signed, ToldFigure, ToldKam};

use crate::draft::{AT, day, many_lines, small_market};
use crate::plans::{pair, plan};

const LATER: &str = "2026-06-01T08:00:00Z";

fn frozen(at: &str, hash: &str) -> FrozenSpecification {
    FrozenSpecification { at: at.to_owned(), hash: hash.to_owned(), text: "margin\nby quarter".to_owned() }
}

fn told(value: i64) -> ToldFigure {
    ToldFigure {
        scope: "everybody".to_owned(),
        as_of: day("2026-05-01"),
        specification: "aa".to_owned(),
        lines_hash: format!("hash of {value}"),
        last_line: 7,
        verdict: "paid".to_owned(),
        low: Money::whole(value - 5),
        value: Money::whole(value),
        high: Money::whole(value + 5),
        cost: Money::whole(3),
    }
}

#[test]
fn how_a_season_is_counted_is_written_down_once() {
    on_both(async |store| {
        let season = plan("2026-09-07..2026-09-18", &["2026-09-08"], pair(&store).await);
        let plan = store.append_plan(&season, AT).await.unwrap();
        assert_eq!(store.frozen_specification(plan).await.unwrap(), None);
        store.freeze_specification(plan, &frozen(AT, "one")).await.unwrap();
        store.freeze_specification(plan, &frozen(LATER, "another")).await.unwrap();
        assert_eq!(store.frozen_specification(plan).await.unwrap(), Some(frozen(AT, "one")));
        assert_eq!(store.frozen_specification(PlanId(plan.0 + 1)).await.unwrap(), None);
        store.clear().await.unwrap();
        assert_eq!(store.frozen_specification(plan).await.unwrap(), None);
    });
}

#[test]
fn a_figure_told_anew_stands_beside_the_old_one() {
    on_both(async |store| {
        let generation = store.generation().await.unwrap();
        for (value, at) in [(100, AT), (90, LATER)] {
            store.add_effect_figure(&told(value), Signed { by: "Finance", at }).await.unwrap();
        }
        let kept = store.effect_figures("everybody").await.unwrap();
        assert_eq!(kept.iter().map(|one| one.told.clone()).collect::<Vec<_>>(), [told(100), told(90)]);
        assert_eq!((kept[1].by.as_str(), kept[1].at.as_str()), ("Finance", LATER));
        assert!(kept[0].id < kept[1].id);
        assert_eq!(store.effect_figures("2026-01-01..2026-02-01").await.unwrap(), []);
        assert_eq!(store.generation().await.unwrap(), generation, "no other figure follows from it");
        store.clear().await.unwrap();
        assert_eq!(store.effect_figures("everybody").await.unwrap(), []);
    });
}

#[test]
fn lines_come_with_what_tells_them_and_add_up_to_the_months() {
    on_both(async |store| {
        small_market().commit(&store).await;
        many_lines(500).commit(&store).await;
        let days = DayRange { from: day("2020-01-01"), to: day("2030-01-01") };
        let lines = store.lines_between(days).await.unwrap();
        let totals = store.totals().await.unwrap();
        assert!(!lines.is_empty());
        assert_eq!(lines.len() as i64, totals.lines);
        assert_eq!(lines.iter().map(|line| line.revenue).sum::<Money>(), totals.revenue);
        assert_eq!(lines.iter().filter_map(|line| line.margin).sum::<Money>(), totals.margin);
        assert!(lines.windows(2).all(|pair| (pair[0].partner, pair[0].day) <= (pair[1].partner, pair[1].day)));
        let none = DayRange { from: day("2020-01-01"), to: day("2020-01-02") };
        assert_eq!(store.lines_between(none).await.unwrap(), []);
    });
}

#[test]
fn what_is_told_of_a_kam_stands_until_it_is_taken_back() {
    on_both(async |store| {
        let told = |kam: &str, doubt: Option<i64>| ToldKam {
            kam: kam.to_owned(),
            months: (day("2025-01-01").month(), day("2025-12-01").month()),
            booked: Money::whole(900),
            baseline: Money::whole(700),
            doubt: doubt.map(Money::whole),
            cost: Money::whole(50),
        };
        let signed = Signed { by: "Manager", at: AT };
        let one = store.add_kam_figures(&told("Karin", Some(40)), signed).await.unwrap();
        let two = store.add_kam_figures(&told("Anders", None), signed).await.unwrap();
        let kept = store.kam_figures().await.unwrap();
        assert_eq!(
            kept.iter().map(|one| one.told.clone()).collect::<Vec<_>>(),
            [told("Anders", None), told("Karin", Some(40))]
        );
        assert_eq!((kept[0].id, kept[1].id, kept[1].by.as_str()), (two, one, "Manager"));
        assert!(store.undo_kam_figures(two, Signed { by: "Manager", at: LATER }).await.unwrap());
        assert!(!store.undo_kam_figures(two, signed).await.unwrap(), "once is enough");
        assert_eq!(store.kam_figures().await.unwrap().len(), 1);
        store.clear().await.unwrap();
        assert_eq!(store.kam_figures().await.unwrap(), []);
    });
}
