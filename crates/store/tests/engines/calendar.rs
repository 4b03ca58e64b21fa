//! Feeds keep each entry's identity while plans replace each other; busy time is kept, replaced and let go.

use spelplan_facts::{BusyBlock, PamId, PartnerId, SeasonPlan, TimeOfDay};
use spelplan_store::testing::on_both;
use spelplan_store::{CalendarEntry, CalendarReading, EntryKind, Signed, Store};

use crate::draft::{AT, day, small_market};
use crate::plans::plan;

const LATER: &str = "2026-05-05T05:05:05Z";
const BY: Signed<'static> = Signed { by: "Eva Åå", at: AT };

async fn who(store: &Store) -> (PamId, PartnerId) {
    small_market().commit(store).await;
    let facts = store.facts(day("2026-03-31")).await.unwrap();
    (facts.pams[0].id, facts.partners[0].id)
}

/// Visits as `line/number day hour changes`, with a minus where they fell out.
fn said(entries: &[CalendarEntry], kind: EntryKind) -> Vec<String> {
    let of_kind = entries.iter().filter(|entry| entry.kind == kind);
    let mut said: Vec<String> = of_kind
        .map(|one| {
            let gone = if one.cancelled { " -" } else { "" };
            format!("{}/{} {} {} {}{gone}", one.lineage.0, one.nth, one.day, one.begins, one.sequence)
        })
        .collect();
    said.sort();
    said
}

/// Appends the plans one after the other; what the feed then says of visits.
fn check(plans: impl Fn((PamId, PartnerId)) -> Vec<SeasonPlan>, wanted: &[&str]) {
    on_both(async |store| {
        let ids = who(&store).await;
        for plan in plans(ids) {
            store.append_plan(&plan, LATER).await.unwrap();
        }
        store.keep_calendar().await.unwrap();
        let entries = store.calendar_entries(ids.0, day("2026-01-01")).await.unwrap();
        assert_eq!(said(&entries, EntryKind::Visit), wanted);
        store.clear().await.unwrap();
        assert_eq!(store.calendar_entries(ids.0, day("2026-01-01")).await.unwrap(), []);
    });
}

const SEASON: &str = "2026-09-07..2026-10-16";

#[test]
fn a_visit_that_moves_is_the_same_entry_changed() {
    check(
        |ids| {
            let mut later = plan(SEASON, &["2026-09-14", "2026-10-12"], ids);
            later.days[0].stops[0].begins = TimeOfDay::at(11, 0);
            vec![plan(SEASON, &["2026-09-08", "2026-10-12"], ids), later]
        },
        &["1/1 2026-09-14 11:00 1", "1/2 2026-10-12 09:00 0"],
    );
}

#[test]
fn a_visit_that_falls_out_stays_as_cancelled_and_may_come_back() {
    let two = ["2026-09-08", "2026-10-12"];
    check(
        |ids| vec![plan(SEASON, &two, ids), plan(SEASON, &two[..1], ids)],
        &["1/1 2026-09-08 09:00 0", "1/2 2026-10-12 09:00 1 -"],
    );
    check(
        |ids| vec![plan(SEASON, &two, ids), plan(SEASON, &[], ids), plan(SEASON, &[], ids), plan(SEASON, &two, ids)],
        &["1/1 2026-09-08 09:00 2", "1/2 2026-10-12 09:00 2"],
    );
}

#[test]
fn what_has_taken_place_stays_when_the_rest_is_planned_anew() {
    let again = |ids| {
        let mut plan = plan(SEASON, &["2026-10-14"], ids);
        plan.as_of = day("2026-09-20");
        plan
    };
    check(
        |ids| vec![plan(SEASON, &["2026-09-08", "2026-10-12"], ids), again(ids)],
        &["1/1 2026-09-08 09:00 0", "1/2 2026-10-14 09:00 1"],
    );
    check(
        |ids| {
            let mut whole = plan(SEASON, &["2026-09-08", "2026-10-12"], ids);
            whole.as_of = day("2026-09-20");
            vec![plan(SEASON, &["2026-09-08", "2026-10-12"], ids), whole]
        },
        &["1/1 2026-09-08 09:00 0", "1/2 2026-10-12 09:00 0"],
    );
}

#[test]
fn another_season_is_another_line() {
    check(
        |ids| vec![plan("2026-02-02..2026-03-13", &["2026-02-03"], ids), plan(SEASON, &["2026-09-08"], ids)],
        &["1/1 2026-02-03 09:00 0", "2/1 2026-09-08 09:00 0"],
    );
    check(
        |ids| {
            let both = plan("2026-02-16..2026-09-11", &["2026-02-17"], ids);
            vec![plan("2026-02-02..2026-03-13", &["2026-02-20"], ids), plan(SEASON, &["2026-09-08"], ids), both]
        },
        &["1/1 2026-02-17 09:00 1", "2/1 2026-09-08 09:00 1 -"],
    );
}

#[test]
fn nights_and_desk_time_are_entries_too() {
    on_both(async |store| {
        let ids = who(&store).await;
        store.append_plan(&plan(SEASON, &["2026-09-08"], ids), AT).await.unwrap();
        let entries = store.calendar_entries(ids.0, day("2026-09-07")).await.unwrap();
        let night = &entries.iter().find(|one| one.kind == EntryKind::Night).unwrap();
        assert_eq!((night.partner, night.day, night.changed_at.as_str()), (ids.1, day("2026-09-08"), AT));
        assert_eq!(said(&entries, EntryKind::FollowUp), ["1/1 2026-10-17 07:30 0"]);
        assert_eq!(said(&entries, EntryKind::Preparation), [""; 0], "before the day asked for");
    });
}

#[test]
fn one_secret_opens_a_feed_at_a_time() {
    on_both(async |store| {
        let (pam, _) = who(&store).await;
        assert_eq!(store.calendar_origin("one").await.unwrap(), "one");
        assert_eq!(store.calendar_origin("two").await.unwrap(), "one", "the first word stays");
        store.open_feed(pam, "old", BY).await.unwrap();
        assert_eq!(store.feed("old").await.unwrap().unwrap().pam, pam);
        store.open_feed(pam, "new", BY).await.unwrap();
        assert_eq!(store.feed("old").await.unwrap(), None);
        assert_eq!(store.feeds().await.unwrap().len(), 1);
        assert!(store.close_feed(pam, BY).await.unwrap());
        assert!(!store.close_feed(pam, BY).await.unwrap());
        assert_eq!(store.feed("new").await.unwrap(), None);
        store.choose_calendar_zone(pam, "Europe/Oslo").await.unwrap();
        store.choose_calendar_zone(pam, "Europe/Helsinki").await.unwrap();
        assert_eq!(store.calendar_zones().await.unwrap()[&pam], "Europe/Helsinki");
    });
}

#[test]
fn busy_time_is_that_of_the_last_reading_that_went_well() {
    on_both(async |store| {
        let (pam, _) = who(&store).await;
        let block = |on: &str, from: i32, to: i32| BusyBlock {
            pam,
            day: day(on),
            from: TimeOfDay::at(from, 0),
            to: TimeOfDay::at(to, 0),
        };
        let busy = async || store.facts(day("2026-03-31")).await.unwrap().busy;
        let id = store.subscribe(pam, "Outlook", Some("https://example.org/x.ics"), BY).await.unwrap();
        let other = store.subscribe(pam, "a file", None, BY).await.unwrap();
        let kept = store.subscriptions().await.unwrap();
        assert_eq!((kept[0].id, kept[1].id, kept[1].address.as_deref()), (id, other, None));
        let read = |code: &str| CalendarReading { at: AT.into(), code: code.into(), ..CalendarReading::default() };
        let before = block("2026-03-30", 8, 9);
        let first = [before, block("2026-04-01", 8, 10), block("2026-04-02", 8, 9)];
        store.keep_reading(&kept[0], &read(""), &first).await.unwrap();
        store.keep_reading(&kept[1], &read(""), &[block("2026-04-01", 9, 12)]).await.unwrap();
        assert_eq!(busy().await, [block("2026-04-01", 8, 12), block("2026-04-02", 8, 9)]);
        store.keep_reading(&kept[0], &read("A401"), &[]).await.unwrap();
        assert_eq!(busy().await.len(), 2, "what failed leaves what was known");
        store.keep_reading(&kept[0], &read(""), &[]).await.unwrap();
        assert_eq!(busy().await, [block("2026-04-01", 9, 12)]);
        let codes: Vec<String> =
            store.subscriptions().await.unwrap()[0].readings.iter().map(|one| one.code.clone()).collect();
        assert_eq!(codes, ["", "A401", ""], "latest first");
        assert!(store.end_subscription(other, BY).await.unwrap());
        assert_eq!(busy().await, []);
        store.restore_subscription(other, pam).await.unwrap();
        assert_eq!(busy().await.len(), 1);
        store.clear().await.unwrap();
        assert_eq!(store.subscriptions().await.unwrap(), []);
    });
}
