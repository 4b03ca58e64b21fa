//! The shape of the settings.

use spelplan_facts::{
    DriveFactor, DriveSource, Ferry, Minutes, Model, Money, PamId, Parameter, ParameterName, ParameterSource, Point,
    RealisedRatio, Roads, SegmentModel, Settings, Share, SlowRegion, TimeOfDay,
};

use super::{Broken, Document, documents};

documents! {
    SettingsKept = Settings {
        currency: String, hour_cost: Money, km_cost: Money, night_cost: Money, day_start: TimeOfDay, day_end: TimeOfDay,
        home_by_weekday: usize, max_drive_day: Minutes, max_visits_day: usize, max_nights: usize,
        field_days_week: usize, visit_time: Minutes, preparation_time: Minutes, follow_up_time: Minutes,
        desk_time_day: Minutes, min_gap_days: i32, max_visits_season: usize, drive_slack: Share,
        slow_regions: Vec<SlowRegion>,
        #[serde(default = "estimated")]
        roads: Roads,
        #[serde(default)]
        ferries: Vec<Ferry>,
        #[serde(default)]
        drive_factors: Vec<DriveFactor>,
        digital_time_week: Minutes, travel_budget: Option<Money>, model: Model,
        #[serde(default)]
        segments: Vec<SegmentModel>,
        #[serde(default)]
        realised_ratio: Option<RealisedRatio>,
    }
    RealisedRatioKept = RealisedRatio { low: f64, value: f64, high: f64, seasons: usize, before: f64 }
    SlowRegionKept = SlowRegion { name: String, south_west: Point, north_east: Point, factor: f64 }
    RoadsKept = Roads { source: DriveSource, address: String, version: i64 }
    FerryKept = Ferry { name: String, from: Point, to: Point, time: Minutes }
    DriveFactorKept = DriveFactor { pam: PamId, factor: f64, trips: usize }
    ModelKept = Model {
        build: f64, half_life_months: f64, digital_relief: f64, digital_scale: f64, video_build: f64,
        #[serde(default)]
        video_build_unmet: f64,
        base_share: f64,
        #[serde(default = "unlearned")]
        response: f64,
        #[serde(default)]
        slow_start: f64,
        #[serde(default = "handover")]
        handover: f64,
        #[serde(default = "joint_handover")]
        joint_handover: f64,
        discount: f64, realised: f64,
    }
    SegmentModelKept = SegmentModel { segment: String, parameters: Vec<Parameter> }
    ParameterKept = Parameter { name: ParameterName, value: f64, low: f64, high: f64, source: ParameterSource }
}

fn estimated() -> RoadsKept {
    Roads::default().keep()
}

fn unlearned() -> f64 {
    Model::default().response
}

fn handover() -> f64 {
    Model::default().handover
}

fn joint_handover() -> f64 {
    Model::default().joint_handover
}

impl Document for ParameterName {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<ParameterName, Broken> {
        ParameterName::coded(&kept).ok_or_else(|| Broken(format!("{kept} is not a parameter")))
    }
}

impl Document for ParameterSource {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<ParameterSource, Broken> {
        ParameterSource::coded(&kept).ok_or_else(|| Broken(format!("{kept} is not a source of a parameter")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{from_json, to_json};

    #[test]
    fn settings_come_back_as_they_were() {
        for currency in ["SEK", "EUR", "XXX"] {
            let mut settings = Settings::for_currency(currency);
            settings.model.realised = 0.1 + 0.2;
            settings.travel_budget = Some(Money(i64::MAX));
            let parameters = ParameterName::ALL.map(Parameter::default_of).to_vec();
            settings.roads = Roads { source: DriveSource::Osrm, address: "http://osrm:5000".to_owned(), version: 3 };
            let (from, to) = (Point { lat: 57.6, lon: 18.3 }, Point { lat: 58.9, lon: 17.95 });
            settings.ferries.push(Ferry { name: "Visby–Nynäshamn".to_owned(), from, to, time: Minutes(225) });
            settings.drive_factors.push(DriveFactor { pam: PamId(4), factor: 1.0 / 0.9, trips: 12 });
            settings.realised_ratio =
                Some(RealisedRatio { low: 0.2, value: 0.1 + 0.2, high: 1.0 / 3.0, seasons: 3, before: 0.5 });
            settings.segments.push(SegmentModel { segment: "MSP".to_owned(), parameters });
            let json = to_json(&settings).unwrap();
            assert_eq!(from_json::<Settings>("the settings", &json).unwrap(), settings);
        }
    }

    #[test]
    fn settings_kept_before_there_was_more_to_set_are_read_with_the_defaults() {
        let mut json: serde_json::Value = serde_json::from_str(&to_json(&Settings::default()).unwrap()).unwrap();
        for later in ["segments", "roads", "ferries", "drive_factors", "realised_ratio"] {
            json.as_object_mut().unwrap().remove(later).unwrap();
        }
        for later in ["video_build_unmet", "response", "slow_start", "handover", "joint_handover"] {
            json["model"].as_object_mut().unwrap().remove(later).unwrap();
        }
        assert_eq!(from_json::<Settings>("the settings", &json.to_string()).unwrap(), Settings::default());
    }

    #[test]
    fn a_broken_document_is_named_with_its_place() {
        let error = from_json::<Settings>("the settings", "{\"currency\": 3}").unwrap_err();
        assert_eq!(error.code(), "S113");
        assert!(error.to_string().contains("the settings") && error.to_string().contains("line 1"), "{error}");
    }
}
