//! Measured drive times come back under their version, and only there; trips told twice are one.

use spelplan_facts::{DriveSource, LoggedTrip, Measured, Minutes, Point, Roads, Settings, Spot};
use spelplan_store::DriveCounts;
use spelplan_store::testing::on_both;

use crate::draft::{AT, day, small_market};

const OSRM: (DriveSource, &str, &str) = (DriveSource::Osrm, "http://osrm:5000", "");

fn spots() -> [Spot; 3] {
    [(59.3294, 18.0687), (-33.8688, 151.2093), (60.0, -4.5)].map(|(lat, lon)| Spot::of(Point { lat, lon }))
}

#[test]
fn measured_times_are_kept_by_version_and_the_first_answer_stays() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let [one, two, three] = spots();
        let roads = store.decide_roads(OSRM, false, AT).await.unwrap();
        assert_eq!(store.settings().await.unwrap().roads, roads);
        let drive = Measured::Drive { seconds: 3_601, metres: 71_234 };
        let found = [((one, two), drive), ((two, one), Measured::NeedsFerry), ((one, three), Measured::Unknown)];
        store.add_drives(roads.version, &found, day("2026-01-01")).await.unwrap();
        let later = [((one, two), Measured::Drive { seconds: 1, metres: 1 })];
        store.add_drives(roads.version, &later, day("2026-02-01")).await.unwrap();
        let settings = store.settings().await.unwrap();
        let table = store.drives(&settings).await.unwrap();
        assert_eq!((table.source(), table.len()), (DriveSource::Osrm, 3));
        for (pair, measured) in found {
            assert_eq!(table.between(pair.0, pair.1), Some(measured));
        }
        assert_eq!(table.between(three, one), None);
        assert_eq!(store.facts(day("2026-03-01")).await.unwrap().drives, table, "facts hold them too");
        let counts = DriveCounts { driven: 1, ferry: 1, unknown: 1 };
        assert_eq!(store.drive_counts(roads.version).await.unwrap(), counts);

        let same = store.decide_roads(OSRM, false, AT).await.unwrap();
        assert_eq!(same, roads, "the same service goes on with its times");
        let anew = store.decide_roads(OSRM, true, AT).await.unwrap();
        assert!(anew.version > roads.version);
        assert!(store.drives(&store.settings().await.unwrap()).await.unwrap().is_empty(), "asked anew");
        let old = Settings { roads, ..Settings::default() };
        assert_eq!(store.drives(&old).await.unwrap(), table, "a plan made before keeps its times");
        let none = store.decide_roads((DriveSource::Estimated, "", ""), false, AT).await.unwrap();
        assert_eq!(none, Roads::default());
        store.clear().await.unwrap();
        assert!(store.drives(&old).await.unwrap().is_empty());
    });
}

#[test]
fn a_trip_told_twice_is_one() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let pam = store.facts(day("2026-01-01")).await.unwrap().pams[0].id;
        let [one, two, _] = spots();
        let trip = |minutes| LoggedTrip { pam, from: one.point(), to: two.point(), time: Minutes(minutes) };
        let trips = [(trip(50), day("2026-01-05")), (trip(55), day("2026-01-05")), (trip(50), day("2026-01-06"))];
        store.log_trips(&trips).await.unwrap();
        store.log_trips(&trips).await.unwrap();
        let kept = store.logged_trips().await.unwrap();
        assert_eq!(kept, trips.map(|(trip, _)| trip));
        store.clear().await.unwrap();
        assert!(store.logged_trips().await.unwrap().is_empty());
    });
}
