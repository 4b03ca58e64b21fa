//! A PAM's own word on time stands until it is taken back; the latest assumption of a code holds.

use spelplan_facts::{Minutes, PamId};
use spelplan_store::Signed;
use spelplan_store::testing::on_both;

use crate::draft::{AT, day, small_market};

#[test]
fn a_correction_stands_until_its_pam_takes_it_back() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let pam = store.facts(day("2026-03-31")).await.unwrap().pams[0].id;
        let (monday, signed) = (day("2026-03-30"), Signed { by: "Eva", at: AT });
        let id = store.add_time_correction(pam, monday, ("field", Minutes(-30)), signed).await.unwrap();
        let kept = store.time_corrections().await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].id, kept[0].pam, kept[0].monday, kept[0].time), (id, pam, monday, Minutes(-30)));
        assert!(!store.undo_time_correction(PamId(pam.0 + 1), id, signed).await.unwrap(), "another PAM's");
        assert!(store.undo_time_correction(pam, id, signed).await.unwrap());
        assert!(!store.undo_time_correction(pam, id, signed).await.unwrap());
        assert_eq!(store.time_corrections().await.unwrap(), []);
    });
}

#[test]
fn the_latest_assumption_holds_and_none_goes_back() {
    on_both(async |store| {
        let signed = Signed { by: "Eva", at: AT };
        for minutes in [Some(20), Some(0), Some(30)] {
            store.assume_time("briefing", minutes.map(Minutes), signed).await.unwrap();
        }
        store.assume_time("stop", Some(Minutes(7)), signed).await.unwrap();
        store.assume_time("stop", None, signed).await.unwrap();
        assert_eq!(store.time_assumptions().await.unwrap(), [("briefing".to_owned(), Minutes(30))]);
        assert_eq!(store.operations_taken().await.unwrap(), []);
        store.clear().await.unwrap();
        assert_eq!(store.time_assumptions().await.unwrap(), []);
    });
}
