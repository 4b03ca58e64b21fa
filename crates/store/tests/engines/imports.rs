//! An import goes in as planned, and is known again afterwards.

use spelplan_facts::{Minutes, Money, Place, Point, Precision, Settings, Share, TimeOfDay, WeekHours};
use spelplan_intake::{Batch, Counts, Kind, PartnerRecord, content_of, content_of_touch};
use spelplan_store::testing::on_both;

use crate::draft::{AT, Draft, day, line, pam, partner, small_market};

/// Every field filled, with letters that text formats stumble over.
fn full_partner() -> PartnerRecord {
    PartnerRecord {
        key: "P\t9\\N".into(),
        name: "Åkes \"Data\"\nAB; 50 % 漢字".into(),
        street: "Storgatan 1".into(),
        postal_code: "111 22".into(),
        city: "Östersund".into(),
        country: "SE".into(),
        place: Some(Place { point: Point { lat: 63.1 + 0.2, lon: -0.1 }, precision: Precision::Given }),
        segment: "MSP".into(),
        chain: "\\.".into(),
        employees: Some(u32::MAX),
        revenue: Some(Money(i64::MAX)),
        wallet: Some(Money(1)),
        wallet_share: Some(Share(0.1 + 0.2)),
        pam: "A".into(),
        opening_hours: Some(WeekHours::weekdays(TimeOfDay::at(9, 0), TimeOfDay::at(24, 0))),
        closed: vec![spelplan_facts::DayRange { from: day("2026-07-01"), to: day("2026-07-31") }],
        visit_time: Some(Minutes(90)),
        inactive: true,
    }
}

#[test]
fn what_went_in_is_known_again_to_the_last_bit() {
    on_both(async |store| {
        let draft = small_market()
            .partner(full_partner())
            .contact("P1", "eva@p1.se")
            .quota("A", 123_456_789)
            .absence("B", "2026-07-01..2026-07-21")
            .article("A1", "Skrivare")
            .line(line(u128::MAX, "2026-01-31", "P1", "Skrivare", 10_001, None))
            .touch(1 << 127, "2026-01-15", ("P1", "eva@p1.se", "A"), "visit");
        draft.commit(&store).await;

        let record = &draft.0.sales[0].record;
        let (touch, _) = &draft.0.touches[0];
        let asked = Batch { sales: vec![record.clone()], touches: vec![(2, touch.clone())], ..Batch::default() };
        let known = store.known(&[asked]).await.unwrap();
        assert_eq!(known.partners[&full_partner().key], full_partner());
        assert_eq!(known.partners["P2"], partner("P2", "B"));
        assert_eq!(known.pams["A"], pam("A"));
        assert_eq!(known.contacts[&("P1".into(), "eva@p1.se".into())].name, "Person eva@p1.se");
        assert_eq!(known.quotas[&("A".into(), 2026 * 12)].amount, Money(123_456_789));
        assert_eq!(known.absences, draft.0.absences);
        assert_eq!(known.product_categories["A1"], "Skrivare");
        assert_eq!(known.sales[&u128::MAX], content_of(record, "P1", "Skrivare", &draft.0.skus[0], None));
        assert_eq!(known.touches[&(1 << 127)], content_of_touch(touch));
    });
}

#[test]
fn only_lines_and_touches_that_are_asked_for_are_known() {
    on_both(async |store| {
        let lines = (0..50).map(|n| line(n << 64 | 7, "2026-01-31", "P1", "C", 1, None));
        let draft = lines.fold(small_market(), Draft::line);
        draft.commit(&store).await;
        // Few beside what is kept are looked up one by one, many are read along the index: both ways.
        for asked in [3, 40] {
            let mut sales: Vec<_> = draft.0.sales[..asked].iter().map(|sale| sale.record.clone()).collect();
            sales[0].key += 1;
            let known = store.known(&[Batch { sales, ..Batch::default() }]).await.unwrap();
            assert_eq!(known.sales.len() >= asked - 1 && known.sales.len() <= asked, true, "{}", known.sales.len());
            assert!(!known.sales.contains_key(&8), "the same high half is not the same key");
        }
        assert!(store.known(&[]).await.unwrap().sales.is_empty());
    });
}

#[test]
fn an_import_is_listed_with_its_counts() {
    on_both(async |store| {
        let counts = Counts { new: 1, changed: 2, same: 3, duplicate: 4, wrong: 5 };
        let import = small_market().counts(Kind::Partners, counts).commit(&store).await;
        let imports = store.imports().await.unwrap();
        assert_eq!(imports.len(), 1);
        assert_eq!((imports[0].import, imports[0].at.as_str()), (import, AT));
        assert_eq!(imports[0].sources, ["by-hand.csv"]);
        assert_eq!(imports[0].counts, [(Kind::Partners, counts)]);
        assert_eq!(imports[0].undone_at, None);
    });
}

#[test]
fn progress_ends_at_all_rows() {
    on_both(async |store| {
        let told = std::sync::Mutex::new(Vec::new());
        let draft = small_market().line(line(1, "2026-01-31", "P1", "C", 1, None));
        store.commit(&draft.0, &|done, total| told.lock().unwrap().push((done, total)), AT).await.unwrap();
        let told = told.into_inner().unwrap();
        assert_eq!((told.first(), told.last()), (Some(&(0, 5)), Some(&(5, 5))));
        assert!(told.is_sorted());
    });
}

#[test]
fn each_commit_undo_and_decision_grows_the_generation_and_a_refusal_does_not() {
    on_both(async |store| {
        let mut seen = vec![store.generation().await.unwrap()];
        let import = small_market().commit(&store).await;
        seen.push(store.generation().await.unwrap());
        assert!(small_market().try_commit(&store).await.is_err());
        assert_eq!(store.generation().await.unwrap(), seen[1]);
        store.undo(import, AT).await.unwrap();
        seen.push(store.generation().await.unwrap());
        store.save_settings(&Settings::for_currency("EUR")).await.unwrap();
        seen.push(store.generation().await.unwrap());
        store.clear().await.unwrap();
        seen.push(store.generation().await.unwrap());
        assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "{seen:?}");
    });
}

#[test]
fn a_plan_made_from_another_state_is_refused_and_changes_nothing() {
    on_both(async |store| {
        let first = line(1, "2026-01-31", "P1", "C", 1, None);
        small_market().line(first.clone()).commit(&store).await;
        let before = store.totals().await.unwrap();
        let cases = [
            ("a known partner as new", Draft::new().partner(partner("P3", "")).partner(partner("P1", "A"))),
            ("a known line as new", Draft::new().partner(partner("P3", "")).line(first.clone())),
            ("a correction of nothing", Draft::new().correct(line(2, "2026-01-31", "P1", "C", 1, None))),
            ("a line of nobody", Draft::new().line(line(3, "2026-01-31", "P7", "C", 1, None))),
            ("a partner of no PAM", Draft::new().partner(partner("P3", "Z"))),
            ("a contact of nobody", Draft::new().contact("P7", "x")),
            ("a touch with nobody", Draft::new().touch(9, "2026-01-31", ("P7", "", ""), "call")),
            ("a quota of nobody", Draft::new().quota("Z", 1)),
            ("an absence of nobody", Draft::new().absence("Z", "2026-01-01..2026-01-02")),
        ];
        for (name, draft) in cases {
            let error = draft.try_commit(&store).await.expect_err(name);
            assert_eq!(error.code(), "S111", "{name}: {error}");
            assert_eq!(store.totals().await.unwrap(), before, "{name}");
        }
        assert_eq!(store.imports().await.unwrap().len(), 1);
    });
}

#[test]
fn the_first_lines_decide_the_currency() {
    on_both(async |store| {
        assert_eq!(store.settings().await.unwrap(), Settings::default());
        assert_eq!(store.known(&[]).await.unwrap().currency, None);
        let import =
            small_market().line(line(1, "2026-01-31", "P1", "C", 1, None)).currency("USD").commit(&store).await;
        assert_eq!(store.settings().await.unwrap(), Settings::for_currency("USD"));
        assert_eq!(store.known(&[]).await.unwrap().currency.as_deref(), Some("USD"));

        let kronor = Draft::new().line(line(2, "2026-01-31", "P1", "C", 1, None)).currency("SEK");
        assert_eq!(kronor.try_commit(&store).await.unwrap_err().code(), "S112");
        store.undo(import, AT).await.unwrap();
        assert_eq!(store.settings().await.unwrap(), Settings::default());
        small_market().commit(&store).await;
        kronor.commit(&store).await;
        assert_eq!(store.settings().await.unwrap().currency, "SEK");
    });
}

#[test]
fn decisions_made_before_the_first_lines_outlive_another_currency() {
    on_both(async |store| {
        let mut decided = Settings::for_currency("SEK");
        decided.max_nights = 1;
        store.save_settings(&decided).await.unwrap();
        let import =
            small_market().line(line(1, "2026-01-31", "P1", "C", 1, None)).currency("EUR").commit(&store).await;
        let settings = store.settings().await.unwrap();
        assert_eq!((settings.max_nights, settings.km_cost), (1, Settings::for_currency("EUR").km_cost));
        store.undo(import, AT).await.unwrap();
        assert_eq!(store.settings().await.unwrap(), decided);
    });
}

#[test]
fn clearing_takes_everything_and_leaves_a_working_database() {
    on_both(async |store| {
        let draft = small_market().quota("A", 1).line(line(1, "2026-01-31", "P1", "C", 1, None)).currency("USD");
        draft.commit(&store).await;
        store.mark_demo(true).await.unwrap();
        assert!(store.is_demo().await.unwrap());
        store.clear().await.unwrap();
        assert!(!store.is_demo().await.unwrap());
        assert_eq!(store.totals().await.unwrap(), spelplan_store::Totals::default());
        assert_eq!(store.imports().await.unwrap(), []);
        assert_eq!(store.facts(day("2026-02-01")).await.unwrap(), spelplan_facts::Facts::default());
        draft.commit(&store).await;
        assert_eq!(store.totals().await.unwrap().lines, 1);
    });
}
