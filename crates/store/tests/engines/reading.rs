//! Facts and sums: the right window, the right order, exact.

use spelplan_facts::{Money, Month};
use spelplan_store::Store;
use spelplan_store::testing::on_both;

use crate::draft::{Draft, day, line, many_lines, small_market};

#[test]
fn facts_hold_36_months_and_12_by_category_up_to_the_month_of_the_day() {
    on_both(async |store| {
        let days = ["2023-01-31", "2023-02-01", "2025-01-31", "2025-02-01", "2026-01-31", "2026-02-01"];
        let lines = days.iter().enumerate().map(|(n, on)| line(n as u128, on, "P1", "C", 1 << n, Some(1 << n)));
        lines.fold(small_market(), Draft::line).commit(&store).await;
        let facts = store.facts(day("2026-01-15")).await.unwrap();
        let months: Vec<(String, i64)> =
            facts.sales.by_month.iter().map(|sale| (sale.month.to_string(), sale.revenue.0)).collect();
        let expected = [("2023-02", 2), ("2025-01", 4), ("2025-02", 8), ("2026-01", 16)];
        assert_eq!(months, expected.map(|(month, revenue)| (month.to_owned(), revenue)));
        assert_eq!(facts.sales.by_category.len(), 1);
        assert_eq!(facts.sales.by_category[0].revenue, Money(8 + 16));
        assert_eq!(facts.sales.by_category[0].revenue_with_margin, Money(8 + 16));
    });
}

#[test]
fn facts_hold_touches_up_to_the_day_by_day_then_identity() {
    on_both(async |store| {
        let on = ("P1", "x", "A");
        let draft = small_market()
            .contact("P1", "x")
            .touch(1, "2026-01-16", on, "visit")
            .touch(2, "2026-01-15", on, "mail")
            .touch(3, "2026-01-15", ("P2", "", ""), "call")
            .touch(4, "2024-01-01", on, "video");
        draft.commit(&store).await;
        let facts = store.facts(day("2026-01-15")).await.unwrap();
        let kinds: Vec<&str> = facts.touches.iter().map(|touch| touch.kind.code).collect();
        assert_eq!(kinds, ["video", "mail", "call"]);
        assert_eq!(facts.touches[1].contact, Some(facts.contacts[0].id));
        assert_eq!(facts.touches[1].pam, Some(facts.pams[0].id));
        assert_eq!((facts.touches[2].contact, facts.touches[2].pam), (None, None));
        assert_eq!(facts.touches[1].quality, Some(0.1 + 0.2));
    });
}

#[test]
fn totals_are_exact_to_the_ten_thousandth() {
    on_both(async |store| {
        let draft = many_lines(3_000);
        small_market().commit(&store).await;
        draft.commit(&store).await;
        let totals = store.totals().await.unwrap();
        let lines = || draft.0.sales.iter().map(|sale| &sale.record);
        assert_eq!(totals.lines, 3_000);
        assert_eq!(totals.revenue, lines().map(|line| line.revenue).sum());
        assert_eq!(totals.margin, lines().filter_map(|line| line.margin).sum());
        let with_margin: Money = lines().filter(|line| line.margin.is_some()).map(|line| line.revenue).sum();
        assert_eq!(totals.revenue_with_margin, with_margin);
        assert_eq!(totals.first_day, lines().map(|line| line.day).min());
        assert_eq!(totals.last_day, lines().map(|line| line.day).max());
    });
}

#[test]
fn sums_beyond_the_range_of_four_bytes_are_exact() {
    on_both(async |store| {
        let huge = 4_000_000_000_000_000_001;
        let draft = small_market().line(line(1, "2026-01-01", "P1", "C", huge, Some(huge)));
        draft.line(line(2, "2026-01-02", "P1", "C", huge, Some(-huge))).commit(&store).await;
        let totals = store.totals().await.unwrap();
        assert_eq!((totals.revenue, totals.margin), (Money(2 * huge), Money(0)));
        let facts = store.facts(day("2026-01-15")).await.unwrap();
        assert_eq!(facts.sales.by_month[0].revenue, Money(2 * huge));
    });
}

#[test]
fn a_partners_lines_come_latest_first_page_by_page() {
    on_both(async |store| {
        let days = ["2026-01-01", "2026-01-03", "2026-01-03", "2026-01-03", "2026-01-02", "2025-12-01"];
        let lines = days.iter().enumerate().map(|(n, on)| line(n as u128, on, "P1", "C", n as i64, None));
        lines.fold(small_market(), Draft::line).commit(&store).await;
        let partner = store.facts(day("2026-02-01")).await.unwrap().partners[0].id;
        let all = store.partner_lines(partner, 100, None).await.unwrap();
        assert!(all.len() == 6 && all.is_sorted_by_key(|line| std::cmp::Reverse(line.day)));
        let mut paged = Vec::new();
        for _ in 0..4 {
            let before = paged.last().map(|last: &spelplan_facts::SaleLine| {
                (last.day, paged.iter().filter(|line| line.day == last.day).count() as i64)
            });
            paged.extend(store.partner_lines(partner, 2, before).await.unwrap());
        }
        assert_eq!(paged, all);
        assert_eq!(all[0].key.len(), 32);
    });
}

#[test]
fn a_partners_months_by_category_add_up() {
    on_both(async |store| {
        small_market().commit(&store).await;
        many_lines(500).commit(&store).await;
        let partners = store.facts(day("2026-02-01")).await.unwrap().partners;
        let mut revenue = Money::ZERO;
        for partner in partners {
            let cells = store.partner_category_months(partner.id, Month(0)..=Month(i32::MAX)).await.unwrap();
            assert!(cells.is_sorted_by_key(|cell| (cell.month, cell.category)));
            revenue += cells.iter().map(|cell| cell.revenue).sum();
            let one = cells[0].month..=cells[0].month;
            let some = store.partner_category_months(partner.id, one).await.unwrap();
            assert!(!some.is_empty() && some.len() < cells.len());
        }
        assert_eq!(revenue, store.totals().await.unwrap().revenue);
    });
}

/// Pages hold futures across threads.
#[test]
fn every_question_may_be_asked_from_any_thread() {
    fn sent<T: Send>(_: T) {}
    on_both(async |store: Store| {
        let draft = small_market();
        sent(store.commit(&draft.0, &|_, _| {}, ""));
        sent(store.undo(1, ""));
        sent(store.known(&[]));
        sent(store.facts(day("2026-01-01")));
        sent(store.clear());
    });
}
