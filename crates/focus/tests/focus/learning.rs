//! Learning from facts with a planted truth: what is learned, what is refused, and in which words.

use crate::world::{day, facts, months, partner, today, touch};
use spelplan_facts::{
    Facts, Lessons, Model, MonthSale, Parameter, ParameterName, ParameterSource, Partner, SegmentModel, Touch, Why,
};
use spelplan_focus::{learn, put_into_use, stock};

/// Chance from a seed (a plain congruential generator is enough here).
struct Dice(u64);

impl Dice {
    fn even(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as f64 + 0.5) / f64::from(1_u32 << 31)
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.even().ln()).sqrt() * (std::f64::consts::TAU * self.even()).cos()
    }
}

/// When partners are visited.
#[derive(Clone, Copy, PartialEq)]
enum Visits {
    Never,
    AnyMonth,
    SameMonths,
    BeforeDeals,
}

/// Rise from no relationship to a full one, as part of the sales without one.
const RISE: f64 = 0.75;

/// 36 months up to the tests' today of partners in two segments whose sales rise with the relationship that visits build.
fn planted(seed: u64, count: i64, visits: Visits) -> Facts {
    let mut dice = Dice(seed);
    let (mut partners, mut sales, mut touches) = (Vec::<Partner>::new(), Vec::<MonthSale>::new(), Vec::<Touch>::new());
    let model = Model::default();
    for id in 1..=count {
        let segment = if id % 2 == 0 { "MSP" } else { "Retail" };
        partners.push(Partner { segment: segment.to_owned(), ..partner(id) });
        let mut strength = 0.0;
        for (at, sale) in months(id, 36, 10_000.0 * (dice.normal() * 0.5).exp(), 0.1).into_iter().enumerate() {
            let noise = dice.normal();
            let chance = match visits {
                Visits::Never => 0.0,
                Visits::AnyMonth => 0.25,
                Visits::SameMonths => f64::from(u8::from(at % 5 == 2)),
                Visits::BeforeDeals => {
                    if noise > 0.0 {
                        0.45
                    } else {
                        0.05
                    }
                }
            };
            if dice.even() < chance {
                strength = stock::after_meeting(&model, strength, 1.0);
                let on = format!("{}-02", sale.month);
                touches.push(touch(touches.len() as i64 + 1, id, "visit", &on));
            }
            let decay = stock::natural_decay(&model);
            let bought = 1.0 + RISE * stock::mean_while_fading(strength, decay, 1.0);
            strength = stock::faded(strength, decay, 1.0);
            sales.push(MonthSale { revenue: sale.revenue * (bought * (0.3 * noise - 0.045).exp()), ..sale });
        }
    }
    facts(partners, sales, touches)
}

/// Slope over the mean of sales with three visits a year.
fn truth() -> f64 {
    RISE / (1.0 + RISE * 0.45)
}

fn source(lessons: &Lessons, segment: &str, name: ParameterName) -> (ParameterSource, Why) {
    let lesson = lessons.segments.iter().find(|lesson| lesson.segment == segment).expect("the segment");
    let taught = lesson.of(name).expect("the parameter");
    (taught.parameter.source, taught.why)
}

#[test]
fn a_planted_slope_is_learned_for_the_company_and_its_segments() {
    let facts = planted(3, 240, Visits::AnyMonth);
    let lessons = learn(&facts, today());
    let slope = lessons.company.slope.expect("a slope");
    println!("{:#?}", lessons.company);
    assert_eq!((lessons.partners, lessons.left_out, lessons.segments.len()), (240, 0, 2));
    assert_eq!(lessons.company.why, Why::Learned);
    assert!(slope.low < truth() && truth() < slope.high, "{slope:?} of {}", truth());
    for segment in ["MSP", "Retail"] {
        let (from, why) = source(&lessons, segment, ParameterName::Response);
        assert!(from == ParameterSource::Learned && why.is_learned(), "{segment}: {why:?}");
    }
    let response = lessons.company.of(ParameterName::Response).expect("one").parameter;
    let ratio = slope.value / lessons.company.implied.expect("implied");
    assert!(response.low < response.value && response.value < response.high);
    assert!(
        (response.value.ln() - ratio.ln()).abs() < ratio.ln().abs(),
        "{response:?}, {ratio}: between 1 and the ratio"
    );
}

/// Every parameter of every segment stays what it was, for that reason.
fn check_refused(facts: &Facts, why: Why) {
    let lessons = learn(facts, today());
    for lesson in lessons.segments.iter().chain([&lessons.company]) {
        assert_eq!(lesson.why, why, "{:?} of {:?}", lesson.why, lesson.segment);
        assert!(lesson.taught.iter().all(|taught| taught.why == why));
        assert!(lesson.taught.iter().all(|taught| taught.parameter.source == ParameterSource::Default));
    }
    assert!(put_into_use(&facts.settings, &lessons).is_empty() && !lessons.adds_to(&facts.settings));
}

#[test]
fn without_visits_it_says_that_no_visits_are_known() {
    check_refused(&planted(1, 60, Visits::Never), Why::NoVisits);
    assert!(Why::NoVisits.text().sv.contains("Inga besök är kända"));
}

#[test]
fn every_partner_in_the_same_months_cannot_be_told_from_the_season() {
    check_refused(&planted(1, 120, Visits::SameMonths), Why::SameMonths);
    assert!(Why::SameMonths.text().en.contains("cannot be told from the season"));
}

#[test]
fn four_partners_are_too_few() {
    check_refused(&planted(1, 4, Visits::AnyMonth), Why::FewPartners);
}

#[test]
fn without_partners_or_sales_nothing_is_read() {
    let empty = learn(&Facts::default(), today());
    assert_eq!((empty.partners, empty.company.why, empty.segments.len()), (0, Why::NoSales, 0));
    let mut short = planted(1, 40, Visits::AnyMonth);
    let from = today().month().0 - 5;
    short.sales.by_month.retain(|sale| sale.month.0 >= from);
    let lessons = learn(&short, today());
    assert_eq!((lessons.partners, lessons.left_out, lessons.company.why), (0, 40, Why::NoSales));
}

#[test]
fn visits_made_before_deals_raise_the_alarm_and_teach_nothing() {
    let lessons = learn(&planted(5, 240, Visits::BeforeDeals), today());
    let (slope, every) = (lessons.company.slope.expect("a slope"), lessons.company.every_month.expect("a slope"));
    assert_eq!(lessons.company.why, Why::TimedByDeals);
    assert!(every.value > slope.value + 0.2, "{every:?} {slope:?}");
    for lesson in &lessons.segments {
        assert!(matches!(lesson.why, Why::TimedByDeals | Why::TimedByDealsElsewhere), "{:?}", lesson.why);
        assert!(lesson.learned().next().is_none());
    }
}

#[test]
fn the_managers_answer_stands_where_history_does_not_narrow_it() {
    let mut facts = planted(2, 40, Visits::AnyMonth);
    let answer = Parameter {
        value: 9.0,
        low: 6.0,
        high: 13.0,
        source: ParameterSource::Managers,
        ..Parameter::default_of(ParameterName::HalfLife)
    };
    facts.settings.segments.push(SegmentModel { segment: "MSP".to_owned(), parameters: vec![answer] });
    let lessons = learn(&facts, today());
    assert_eq!(source(&lessons, "MSP", ParameterName::HalfLife).0, ParameterSource::Managers);
    assert_eq!(source(&lessons, "Retail", ParameterName::HalfLife).0, ParameterSource::Default);
    let msp = lessons.segments.iter().find(|lesson| lesson.segment == "MSP").expect("MSP");
    assert_eq!(msp.of(ParameterName::HalfLife).expect("one").parameter, answer);
}

/// Else the same months would count twice, and again each time the button is pressed.
#[test]
fn what_was_learned_is_not_learned_again_on_top() {
    let mut facts = planted(3, 240, Visits::AnyMonth);
    let before = learn(&facts, today());
    facts.settings.segments = put_into_use(&facts.settings, &before);
    assert_eq!(facts.settings.segments.len(), 2);
    let after = learn(&facts, today());
    for (one, other) in before.segments.iter().zip(&after.segments) {
        assert_eq!(one.slope, other.slope, "the panel's own figures do not move");
        let response = |lesson: &spelplan_facts::Lesson| lesson.of(ParameterName::Response).expect("one").parameter;
        assert!((response(one).value / response(other).value - 1.0).abs() < 0.02);
    }
}

#[test]
fn nothing_after_the_day_is_known() {
    let mut known = planted(4, 60, Visits::AnyMonth);
    let before = learn(&known, day("2025-09-30"));
    known.sales.by_month.retain(|sale| sale.month <= day("2025-09-30").month());
    known.touches.retain(|touch| touch.day <= day("2025-09-30"));
    let same = learn(&known, day("2025-09-30"));
    assert_eq!(before.company, same.company);
}
