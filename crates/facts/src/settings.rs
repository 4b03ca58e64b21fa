//! What the company decides about itself: costs, hours, and the model's assumptions, each with a sensible default.

use crate::{DriveFactor, Ferry, Minutes, Model, Money, PamId, Point, Roads, SegmentModel, Share, TimeOfDay};

/// Everything a manager may set. [`Settings::for_currency`] gives the defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// ISO 4217 code of the database's one currency.
    pub currency: String,
    /// Loaded cost of one hour of a PAM.
    pub hour_cost: Money,
    /// Cost of one kilometre by car.
    pub km_cost: Money,
    /// Cost of one night away: hotel and allowance.
    pub night_cost: Money,
    /// Field days begin no earlier.
    pub day_start: TimeOfDay,
    /// Field days end no later (home or at the hotel).
    pub day_end: TimeOfDay,
    /// Last day of the week one may be away for the night after (Monday 0); home the day after it at the latest.
    pub home_by_weekday: usize,
    /// Most driving in one day.
    pub max_drive_day: Minutes,
    /// Most visits in one day.
    pub max_visits_day: usize,
    /// Most nights away in a row.
    pub max_nights: usize,
    /// Field days in a week of the season; the others are for the office.
    pub field_days_week: usize,
    /// Length of a visit where the partner has none of its own.
    pub visit_time: Minutes,
    /// Preparation a visit needs, reserved before the season.
    pub preparation_time: Minutes,
    /// Follow-up a visit needs, reserved after the season.
    pub follow_up_time: Minutes,
    /// Hours of a preparation or follow-up day that may be reserved.
    pub desk_time_day: Minutes,
    /// Fewest days between two visits to one partner, visits already made included.
    pub min_gap_days: i32,
    /// Most visits to one partner in one season.
    pub max_visits_season: usize,
    /// Slack kept on every drive (0.15 means 15 % longer than estimated).
    pub drive_slack: Share,
    /// Where driving is slower than the estimate: fjords and mountains.
    pub slow_regions: Vec<SlowRegion>,
    /// Whom drive times are asked of.
    pub roads: Roads,
    /// Ferries that may be counted on.
    pub ferries: Vec<Ferry>,
    /// What logged trips say of the times, by PAM; 1 where nothing.
    pub drive_factors: Vec<DriveFactor>,
    /// Digital hours a PAM has a week.
    pub digital_time_week: Minutes,
    /// Most money for travel (kilometres and nights) in a season; `None` is no limit.
    pub travel_budget: Option<Money>,
    /// The relationship model's parameters for the company as a whole.
    pub model: Model,
    /// Where a segment's parameters are known better than the company's.
    pub segments: Vec<SegmentModel>,
    /// Where the model's realised ratio was learned from closed seasons: what they said.
    pub realised_ratio: Option<RealisedRatio>,
}

/// How much of plans came true in closed seasons, put into use by somebody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RealisedRatio {
    /// Lower end of its 80 % interval.
    pub low: f64,
    /// The ratio; the model's is this one.
    pub value: f64,
    /// Upper end.
    pub high: f64,
    /// Seasons it comes from.
    pub seasons: usize,
    /// What plans were multiplied by before anything was learned.
    pub before: f64,
}

/// A box on the map where every drive that begins or ends in it takes longer by a factor.
#[derive(Debug, Clone, PartialEq)]
pub struct SlowRegion {
    /// What people call it.
    pub name: String,
    /// South-western corner.
    pub south_west: Point,
    /// North-eastern corner.
    pub north_east: Point,
    /// Minutes are multiplied by this.
    pub factor: f64,
}

impl Settings {
    /// Defaults in that currency. Costs are Swedish ones (650 kr/h loaded, 2.50 kr/km, 1,300 kr a night) at round rates.
    pub fn for_currency(currency: &str) -> Settings {
        let kronor_per_unit = match currency {
            "SEK" | "NOK" => 1.0,
            "DKK" => 1.5,
            "EUR" => 11.0,
            "GBP" => 13.0,
            "PLN" => 2.5,
            "USD" | "CAD" | "AUD" => 10.0,
            _ => 10.0,
        };
        let kronor = |amount: f64| Money::from_units(amount / kronor_per_unit);
        Settings {
            currency: currency.to_owned(),
            hour_cost: kronor(650.0),
            km_cost: kronor(2.5),
            night_cost: kronor(1300.0),
            day_start: TimeOfDay::at(7, 30),
            day_end: TimeOfDay::at(18, 0),
            home_by_weekday: 3,
            max_drive_day: Minutes::hours(5),
            max_visits_day: 6,
            max_nights: 3,
            field_days_week: 4,
            visit_time: Minutes(60),
            preparation_time: Minutes(45),
            follow_up_time: Minutes(30),
            desk_time_day: Minutes::hours(6),
            min_gap_days: 21,
            max_visits_season: 2,
            drive_slack: Share(0.15),
            slow_regions: vec![SlowRegion {
                name: "Vestlandet".to_owned(),
                south_west: Point { lat: 58.0, lon: 4.5 },
                north_east: Point { lat: 63.4, lon: 8.2 },
                factor: 1.45,
            }],
            roads: Roads::default(),
            ferries: Vec::new(),
            drive_factors: Vec::new(),
            digital_time_week: Minutes::hours(4),
            travel_budget: None,
            model: Model::default(),
            segments: Vec::new(),
            realised_ratio: None,
        }
    }

    /// What that PAM's times are multiplied by.
    pub fn drive_factor(&self, pam: PamId) -> f64 {
        self.drive_factors.iter().find(|one| one.pam == pam).map_or(1.0, |one| one.factor)
    }

    /// The parameters that hold for partners of that segment: the company's, with what is known better for the segment.
    pub fn model_of(&self, segment: &str) -> Model {
        let own = self.segments.iter().find(|one| one.segment == segment);
        own.map_or(self.model, |own| own.over(self.model))
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::for_currency("SEK")
    }
}
