//! Toss-ups drawn elsewhere: appended, corrected, known again under their number, and gone with the import that told of them.

use spelplan_facts::DayRange;
use spelplan_intake::DrawnRecord;
use spelplan_store::Store;
use spelplan_store::testing::on_both;

use crate::draft::{AT, Draft, small_market};

fn row(season: &str, partner: &str, won: bool) -> DrawnRecord {
    DrawnRecord {
        season: season.into(),
        days: DayRange::parse("2025-02-03..2025-04-11").unwrap(),
        dated: won,
        partner: partner.into(),
        block: "norr".into(),
        entry: String::new(),
        won,
        visits: 2,
    }
}

async fn told(store: &Store) -> Vec<(i64, String, Vec<bool>)> {
    let all = store.told_toss_ups().await.unwrap();
    let sides = |one: &spelplan_store::ToldTossUp| one.partners.iter().map(|partner| partner.won).collect();
    all.iter().map(|one| (one.id.0, one.name.clone(), sides(one))).collect()
}

#[test]
fn rows_stand_as_the_latest_import_tells_them_and_go_with_it() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let import = async |rows: &[DrawnRecord]| {
            let mut draft = Draft::new();
            draft.0.draws = rows.to_vec();
            draft.commit(&store).await
        };
        let first = import(&[row("spring", "P1", true), row("spring", "P2", false), row("autumn", "P1", false)]).await;
        let [(autumn, ..), (spring, ..)] = &told(&store).await[..] else { panic!("two toss-ups") };
        let (autumn, spring) = (*autumn, *spring);
        assert_eq!(told(&store).await[1], (spring, "spring".into(), vec![true, false]));
        let known = store.known(&[]).await.unwrap();
        assert_eq!(known.draws[&("spring".into(), "P1".into())], row("spring", "P1", true));
        assert!(!store.told_toss_ups().await.unwrap()[1].dated, "one of its rows tells no days");

        let second = import(&[row("spring", "P2", true)]).await;
        assert_eq!(told(&store).await[1], (spring, "spring".into(), vec![true, true]));
        store.undo(second, AT).await.unwrap();
        assert_eq!(told(&store).await[1], (spring, "spring".into(), vec![true, false]));
        assert_ne!(autumn, spring);
        let undone = store.undo(first, AT).await.unwrap();
        assert_eq!((undone.removed, told(&store).await), (3, Vec::new()));
    });
}
