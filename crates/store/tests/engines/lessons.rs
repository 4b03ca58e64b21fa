//! What history has taught is appended, the latest is read back to the last bit, and it goes with everything else.

use spelplan_facts::{Day, Lesson, Lessons, Likely, Month, Parameter, ParameterName, ParameterSource, Taught, Why};
use spelplan_store::testing::on_both;

use crate::draft::AT;

fn lessons(partners: usize) -> Lessons {
    let parameter = Parameter {
        value: 0.1 + 0.2,
        source: ParameterSource::Learned,
        ..Parameter::default_of(ParameterName::Response)
    };
    let lesson = |why: Why| Lesson {
        segment: "MSP".to_owned(),
        partners,
        visited: 3,
        visits: 40,
        months: 900,
        slope: Some(Likely { value: 1.0 / 3.0, low: -0.1, high: 0.9 }),
        every_month: None,
        implied: Some(0.55),
        why,
        taught: vec![Taught { parameter, why, doubt_left: Some(0.7) }],
    };
    Lessons {
        as_of: Day::parse("2026-03-31").unwrap(),
        from: Month(24280),
        to: Month(24315),
        partners,
        left_out: 2,
        one_offs: 1,
        company: lesson(Why::Unsteady),
        segments: Why::ALL.map(lesson).to_vec(),
    }
}

#[test]
fn the_latest_reading_holds_and_none_is_changed() {
    on_both(async |store| {
        assert_eq!(store.latest_lessons().await.unwrap(), None);
        store.append_lessons(&lessons(7), AT).await.unwrap();
        store.append_lessons(&lessons(8), AT).await.unwrap();
        assert_eq!(store.latest_lessons().await.unwrap(), Some((AT.to_owned(), lessons(8))));
        store.clear().await.unwrap();
        assert_eq!(store.latest_lessons().await.unwrap(), None);
    });
}

#[test]
fn what_cannot_be_kept_exactly_is_not_kept() {
    on_both(async |store| {
        let broken = Lessons { company: Lesson { implied: Some(f64::NAN), ..lessons(1).company }, ..lessons(1) };
        assert!(store.append_lessons(&broken, AT).await.is_err());
        assert_eq!(store.latest_lessons().await.unwrap(), None);
    });
}
