//! What a season will cost and bring, before it begins: the plan's own figures, set against what earlier seasons realised.
//! Where none has been counted the plan is a forecast that nobody has proven, and is called one.

mod sentence;

use spelplan_facts::{Band, DayRange, Minutes, Money, Night, SeasonPlan};

use crate::did_it_pay::{BroughtIn, Grade, Return};

pub use sentence::said_of_case;

/// What a season costs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bill {
    /// Hours in the field, driving included.
    pub field_hours: f64,
    /// Kilometres.
    pub km: f64,
    /// Nights away.
    pub nights: usize,
    /// Hours of preparation and follow-up.
    pub desk_hours: f64,
    /// Hours of digital touches.
    pub digital_hours: f64,
    /// Hours in the field in money.
    pub field: Money,
    /// Kilometres in money.
    pub travel: Money,
    /// Nights in money.
    pub lodging: Money,
    /// Preparation and follow-up in money.
    pub desk: Money,
    /// Digital touches in money.
    pub digital: Money,
}

impl Bill {
    /// All of it.
    pub fn total(&self) -> Money {
        self.field + self.travel + self.lodging + self.desk + self.digital
    }

    /// By the settings that the plan was made under.
    pub fn of(plan: &SeasonPlan) -> Bill {
        let settings = &plan.settings;
        let legs = plan.days.iter().flat_map(|day| day.stops.iter().map(|stop| stop.leg).chain([day.last_leg]));
        let km = legs.map(|leg| leg.km).sum();
        let nights = plan.days.iter().filter(|day| matches!(day.to, Night::Away { .. })).count();
        let field: Minutes = plan.days.iter().map(|day| day.arrives - day.departs).sum();
        let desk: Minutes = plan.desk.iter().map(|block| block.time).sum();
        let digital: Minutes = plan.workloads.iter().map(|one| one.digital_time_used).sum();
        let hours = |time: Minutes| settings.hour_cost * time.as_hours();
        Bill {
            field_hours: field.as_hours(),
            km,
            nights,
            desk_hours: desk.as_hours(),
            digital_hours: digital.as_hours(),
            field: hours(field),
            travel: settings.km_cost * km,
            lodging: settings.night_cost * nights as f64,
            desk: hours(desk),
            digital: hours(digital),
        }
    }
}

/// An earlier season that has been counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountedSeason {
    /// Its weeks.
    pub season: DayRange,
    /// What its plan said it would bring.
    pub planned: Money,
    /// What came of it so far.
    pub brought: BroughtIn,
    /// How well that is proven.
    pub grade: Grade,
}

/// How much of what was planned came true, over all counted seasons, with its 80 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// Lower end.
    pub low: f64,
    /// The ratio.
    pub value: f64,
    /// Upper end.
    pub high: f64,
    /// Seasons it comes from.
    pub seasons: usize,
    /// The weakest of their proofs.
    pub grade: Grade,
}

impl Ratio {
    /// Of all seasons together: sums of what came over sums of what was planned, errors taken as independent.
    pub fn of(seasons: &[CountedSeason]) -> Option<Ratio> {
        let planned: f64 = seasons.iter().map(|one| one.planned.units()).sum();
        let grade = seasons.iter().map(|one| one.grade).max_by_key(|grade| grade.letter())?;
        if planned <= 0.0 {
            return None;
        }
        let bands: Vec<Band> = seasons.iter().map(|one| one.brought.eighty()).collect();
        let value = bands.iter().map(|band| band.value.units()).sum::<f64>();
        let reach = |side: fn(&Band) -> Money| {
            bands.iter().map(|band| (side(band) - band.value).units().powi(2)).sum::<f64>().sqrt()
        };
        let (down, up) = (reach(|band| band.low), reach(|band| band.high));
        let part = |amount: f64| amount / planned;
        let (low, value, high) = (part(value - down), part(value), part(value + up));
        Some(Ratio { low, value, high, seasons: seasons.len(), grade })
    }
}

/// Will it pay?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    /// Even at the lower end.
    Surely,
    /// At the figure itself, not at the lower end.
    Probably,
    /// Only toward the upper end.
    Hardly,
    /// Not even at the upper end.
    No,
}

impl Pays {
    /// By the band and the cost.
    pub fn of(expected: Band, cost: Money) -> Pays {
        match () {
            () if expected.low > cost => Pays::Surely,
            () if expected.value > cost => Pays::Probably,
            () if expected.high > cost => Pays::Hardly,
            () => Pays::No,
        }
    }

    /// Stable word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Pays::Surely => "surely",
            Pays::Probably => "probably",
            Pays::Hardly => "hardly",
            Pays::No => "no",
        }
    }
}

/// The case for a season.
#[derive(Debug, Clone, PartialEq)]
pub struct BusinessCase {
    /// Its weeks.
    pub season: DayRange,
    /// Field days, all PAMs.
    pub field_days: usize,
    /// Visits.
    pub visits: usize,
    /// What the plan says it will bring.
    pub planned: Band,
    /// How much of earlier plans came true; none where none has been counted.
    pub ratio: Option<Ratio>,
    /// What may be expected: the plan times that, or the plan itself.
    pub expected: Band,
    /// What it costs.
    pub bill: Bill,
    /// How well the expectation is proven: a forecast is C.
    pub grade: Grade,
    /// Earlier seasons that were counted.
    pub seasons: Vec<CountedSeason>,
    /// Margin of a year that is gone where nobody is visited.
    pub left_alone: Band,
}

impl BusinessCase {
    /// Expected less cost.
    pub fn net(&self) -> Band {
        self.expected.less(self.bill.total())
    }

    /// Net on the cost.
    pub fn mroi(&self) -> Option<Return> {
        Return::of(self.expected, self.bill.total())
    }

    /// The part of the planned gain that pays the cost; none where nothing is planned to come.
    pub fn break_even(&self) -> Option<f64> {
        (self.planned.value > Money::ZERO).then(|| self.bill.total().units() / self.planned.value.units())
    }

    /// Will it pay?
    pub fn pays(&self) -> Pays {
        Pays::of(self.expected, self.bill.total())
    }
}

/// Makes the case for that plan.
pub fn business_case(plan: &SeasonPlan, seasons: Vec<CountedSeason>, left_alone: Band) -> BusinessCase {
    let ratio = Ratio::of(&seasons);
    let times = |ratio: Ratio| {
        let of = |part: f64| plan.gain.value * part;
        Band { low: of(ratio.low), value: of(ratio.value), high: of(ratio.high) }
    };
    BusinessCase {
        season: plan.season,
        field_days: plan.days.len(),
        visits: plan.days.iter().map(|day| day.stops.len()).sum(),
        planned: plan.gain,
        expected: ratio.map_or(plan.gain, times),
        bill: Bill::of(plan),
        grade: Grade::C,
        ratio,
        seasons,
        left_alone,
    }
}
