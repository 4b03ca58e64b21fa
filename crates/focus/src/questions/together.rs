//! Several people's answers put together: median and spread for them to see, and parameters for the model to use.
//!
//! A parameter is the median person's, merged with the assumed one by precision in logs (times) or logits (shares).
//! Its uncertainty is what people have in common (the limits of question 8 for the base share, else .4 as judged values
//! have shown, which does not average out) and what they differ by (which does). Video is taken as answered: there the
//! assumed 0 is the seed's, not a finding. A slow start holds where more than half say so.

use spelplan_facts::{Answers, Model, Parameter, ParameterName, ParameterSource, Question, SegmentModel};

use super::implied::{Implied, base_share, implied};

/// What judged values miss by, in logs and logits (model.md section 4).
const JUDGED: f64 = 0.4;

/// Standard deviations from the middle to the end of an 80 % band.
const EIGHTY: f64 = 1.2816;

/// Strength at which half of the sales have come, where the first visits do nothing.
const SLOW_START: (f64, f64, f64) = (0.35, 0.5, 0.65);

/// How far apart people are on one question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Which.
    pub question: Question,
    /// The lowest answer.
    pub lowest: f64,
    /// The middle one.
    pub median: f64,
    /// The highest.
    pub highest: f64,
}

/// Median and ends of each question; none where nobody has answered.
pub fn spreads(answers: &[Answers]) -> Vec<Spread> {
    let spread = |question: Question| {
        let numbers = sorted(answers.iter().map(|one| one.get(question)));
        let (&lowest, &highest) = numbers.first().zip(numbers.last())?;
        Some(Spread { question, lowest, median: middle(&numbers), highest })
    };
    Question::ALL.into_iter().filter_map(spread).collect()
}

/// The median person: each question's median; `None` where nobody has answered. Medians keep the order of limits.
pub fn median(answers: &[Answers]) -> Option<Answers> {
    let medians: Vec<(Question, f64)> = spreads(answers).iter().map(|one| (one.question, one.median)).collect();
    let slow = answers.iter().filter(|one| one.slow_start).count();
    Answers::new(&medians, 2 * slow > answers.len()).ok()
}

/// The segment's parameters by these people's answers; none where nobody has answered.
pub fn segment_model(segment: &str, answers: &[Answers], company: &Model) -> SegmentModel {
    let Some(typical) = median(answers) else {
        return SegmentModel { segment: segment.to_owned(), parameters: Vec::new() };
    };
    let people: Vec<Implied> = answers.iter().map(|one| implied(one, company)).collect();
    let middle = implied(&typical, company);
    let judged = |name: ParameterName, scale: Scale, own: f64, read: fn(&Implied) -> Option<f64>| {
        let said = read(&middle)?;
        Some(merged(name, scale, said, spread(&people, scale, read).hypot(own)))
    };
    let own_base = band_of_base(&typical).unwrap_or(JUDGED);
    let video = |name: ParameterName, read: fn(&Implied) -> Option<f64>| {
        let sd = spread(&people, Scale::Logit, read).hypot(JUDGED);
        read(&middle).map(|said| as_answered(name, said, sd))
    };
    let slow_start = typical.slow_start.then_some(Parameter {
        name: ParameterName::SlowStart,
        low: SLOW_START.0,
        value: SLOW_START.1,
        high: SLOW_START.2,
        source: ParameterSource::Managers,
    });
    let found = [
        judged(ParameterName::Build, Scale::Logit, JUDGED, |one| one.build),
        judged(ParameterName::HalfLife, Scale::Log, JUDGED, |one| Some(one.half_life_months)),
        judged(ParameterName::DigitalRelief, Scale::Logit, JUDGED, |one| Some(one.digital_relief)),
        video(ParameterName::VideoBuild, |one| Some(one.video_build)),
        video(ParameterName::VideoBuildUnmet, |one| Some(one.video_build_unmet)),
        judged(ParameterName::BaseShare, Scale::Logit, own_base, |one| one.base_share),
        slow_start,
    ];
    SegmentModel { segment: segment.to_owned(), parameters: found.into_iter().flatten().collect() }
}

/// How a parameter is measured where errors are even.
#[derive(Debug, Clone, Copy)]
enum Scale {
    Log,
    Logit,
}

impl Scale {
    fn on(self, value: f64) -> f64 {
        match self {
            Scale::Log => value.max(1e-6).ln(),
            Scale::Logit => {
                let share = value.clamp(0.01, 0.99);
                (share / (1.0 - share)).ln()
            }
        }
    }

    fn off(self, number: f64) -> f64 {
        match self {
            Scale::Log => number.exp(),
            Scale::Logit => 1.0 / (1.0 + (-number).exp()),
        }
    }
}

/// What is said and what is assumed, each by its precision.
fn merged(name: ParameterName, scale: Scale, said: f64, sd: f64) -> Parameter {
    let assumed = Parameter::default_of(name);
    let assumed_sd = (scale.on(assumed.high) - scale.on(assumed.low)) / (2.0 * EIGHTY);
    let (says, assumes) = (sd.powi(-2), assumed_sd.powi(-2));
    let centre = (says * scale.on(said) + assumes * scale.on(assumed.value)) / (says + assumes);
    let reach = EIGHTY * (says + assumes).powf(-0.5);
    Parameter {
        name,
        low: scale.off(centre - reach),
        value: scale.off(centre),
        high: scale.off(centre + reach),
        source: ParameterSource::Managers,
    }
}

fn as_answered(name: ParameterName, said: f64, sd: f64) -> Parameter {
    let centre = Scale::Logit.on(said);
    let low = if said > 0.0 { Scale::Logit.off(centre - EIGHTY * sd).min(said) } else { 0.0 };
    let high = Scale::Logit.off(centre + EIGHTY * sd).max(said);
    Parameter { name, low, value: said, high, source: ParameterSource::Managers }
}

/// What people differ by, as the standard error of their middle.
fn spread(people: &[Implied], scale: Scale, read: fn(&Implied) -> Option<f64>) -> f64 {
    let numbers: Vec<f64> = people.iter().filter_map(read).map(|value| scale.on(value)).collect();
    if numbers.len() < 2 {
        return 0.0;
    }
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (variance / count).sqrt()
}

/// The base share's own uncertainty, from the limits that question 8 gives question 1.
fn band_of_base(answers: &Answers) -> Option<f64> {
    let base = |question: Question| {
        base_share(answers.get(question) / 100.0, answers.get(Question::SilentMonths)).map(|base| Scale::Logit.on(base))
    };
    let sd = (base(Question::WithoutHigh)? - base(Question::WithoutLow)?) / (2.0 * EIGHTY);
    (sd > 0.05).then_some(sd)
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

fn middle(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { 0.5 * (sorted[half - 1] + sorted[half]) }
}
