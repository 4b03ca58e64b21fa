//! Answers are kept as given, round by round; parameters in use change with a trace and go with everything else.

use spelplan_facts::{Answers, Parameter, ParameterName, ParameterSource, Question, SegmentModel, Settings};
use spelplan_store::testing::on_both;

use crate::draft::AT;

fn answers(without: f64) -> Answers {
    let numbers = [4.0, without, 90.0, 106.0, 130.0, 6.0, 10.0, 0.1 + 0.2, 0.0, 0.0, 99.0, 100.0, 200.0];
    Answers::new(&Question::ALL.into_iter().zip(numbers).collect::<Vec<_>>(), true).unwrap()
}

fn model(half_life: f64) -> SegmentModel {
    let parameter = Parameter {
        value: half_life,
        source: ParameterSource::Managers,
        ..Parameter::default_of(ParameterName::HalfLife)
    };
    SegmentModel { segment: "MSP".to_owned(), parameters: vec![parameter] }
}

#[test]
fn every_answer_is_kept_and_a_second_one_is_a_second_round() {
    on_both(async |store| {
        let give = async |person: &str, segment: &str, without: f64| {
            store.append_answers(person, segment, &answers(without), AT).await.unwrap()
        };
        assert_eq!(give("Åsa", "MSP", 70.0).await, 1);
        assert_eq!(give("Bo", "MSP", 80.0).await, 1);
        assert_eq!(give("åsa ", "MSP", 75.0).await, 2);
        assert_eq!(give("Åsa", "Retail", 60.0).await, 1);
        let kept = store.answers().await.unwrap();
        let seen: Vec<_> = kept.iter().map(|one| (one.person.as_str(), one.segment.as_str(), one.round)).collect();
        assert_eq!(seen, [("Åsa", "MSP", 1), ("Bo", "MSP", 1), ("åsa ", "MSP", 2), ("Åsa", "Retail", 1)]);
        assert_eq!(kept[0].answers, answers(70.0));
        assert_eq!(kept[2].at, AT);
    });
}

#[test]
fn parameters_in_use_stand_in_the_settings_and_how_they_came_there_beside_them() {
    on_both(async |store| {
        let settings = Settings { max_nights: 5, ..Settings::for_currency("NOK") };
        store.save_settings(&settings).await.unwrap();
        store.change_segment_model(&model(4.0), "Åsa", AT).await.unwrap();
        store.change_segment_model(&model(5.0), "Bo", AT).await.unwrap();
        let now = store.settings().await.unwrap();
        assert_eq!(now, Settings { segments: vec![model(5.0)], ..settings.clone() });
        let changes = store.model_changes().await.unwrap();
        assert_eq!((changes[1].before.clone(), changes[1].after.clone()), (model(4.0), model(5.0)));
        assert!(changes[0].before.parameters.is_empty() && changes[1].person == "Bo");
        store.change_segment_model(&changes[0].before, "Bo", AT).await.unwrap();
        assert_eq!(store.settings().await.unwrap(), settings);
        assert_eq!(store.model_changes().await.unwrap().len(), 3);
    });
}

#[test]
fn clearing_takes_answers_and_changes_too() {
    on_both(async |store| {
        store.append_answers("Åsa", "MSP", &answers(70.0), AT).await.unwrap();
        store.change_segment_model(&model(4.0), "Åsa", AT).await.unwrap();
        store.clear().await.unwrap();
        assert!(store.answers().await.unwrap().is_empty() && store.model_changes().await.unwrap().is_empty());
        assert_eq!(store.settings().await.unwrap(), Settings::default());
    });
}
