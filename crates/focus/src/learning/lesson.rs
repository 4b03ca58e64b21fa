//! A panel's readings as lessons: slopes of segments drawn toward each other, the gates, and each parameter with its source.

use spelplan_facts::{Facts, Lesson, Likely, Parameter, ParameterName, ParameterSource, Taught, Why};
use spelplan_panel::{Estimate, Marginal, Reading, Refusal, Slope, combine, shrink};

use super::believed;

/// The shrunken slope is used only where its error is below this part of it.
const STEADY: f64 = 0.35;

/// Standard normal distance of a tenth.
const TENTH: f64 = 1.281_551_565_545;

/// With at least this many segments their slopes may lean on what potential and base imply.
const SEGMENTS_FOR_A_COVARIATE: usize = 6;

/// The company's lesson and each segment's.
pub(super) fn lessons(
    facts: &Facts,
    names: &[String],
    whole: &Reading,
    segments: &[Reading],
    implied: &[Option<f64>],
) -> (Lesson, Vec<Lesson>) {
    let implied_by = |reading: &Reading| weighted_median(&reading.weights, implied);
    let drawn = drawn_together(segments, &segments.iter().map(implied_by).collect::<Vec<_>>());
    let company =
        Scope { facts, segment: None, reading: whole, whole, slope: whole.slope.map(own), implied: implied_by(whole) };
    let lesson = |at: usize| {
        let (reading, segment) = (&segments[at], Some(names[at].as_str()));
        let implied = implied_by(reading).or(implied_by(whole));
        Scope { facts, segment, reading, whole, slope: drawn[at], implied }.lesson()
    };
    (company.lesson(), (0..segments.len()).map(lesson).collect())
}

fn own(slope: Slope) -> Estimate {
    Estimate { value: slope.value, error: slope.error }
}

/// The median of the implied slopes, each weighing what its partner weighs in the reading: the typical partner's, which a
/// few with tiny sales and large potential do not move.
fn weighted_median(weights: &[f64], implied: &[Option<f64>]) -> Option<f64> {
    let pairs = weights.iter().zip(implied).filter_map(|(&weight, slope)| slope.map(|slope| (slope, weight)));
    let mut pairs: Vec<(f64, f64)> = pairs.filter(|pair| pair.1 > 0.0).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = pairs.iter().map(|pair| pair.1).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    pairs
        .iter()
        .find(|pair| {
            sum += pair.1;
            sum >= half
        })
        .map(|pair| pair.0)
}

/// Segments' slopes drawn toward each other, those with an alarm left out; none where a segment has none.
fn drawn_together(segments: &[Reading], implied: &[Option<f64>]) -> Vec<Option<Estimate>> {
    let sound = |reading: &&Reading| {
        !matches!(reading.refusal, Some(Refusal::TimedByOutcome { .. } | Refusal::BesideTheStock { .. }))
    };
    let slopes: Vec<Option<Estimate>> =
        segments.iter().map(|reading| Some(reading).filter(sound).and_then(|reading| reading.slope).map(own)).collect();
    let with: Vec<usize> = (0..slopes.len()).filter(|&at| slopes[at].is_some_and(|slope| slope.error > 0.0)).collect();
    let estimates: Vec<Estimate> = with.iter().filter_map(|&at| slopes[at]).collect();
    let leaning = with.len() >= SEGMENTS_FOR_A_COVARIATE && with.iter().all(|&at| implied[at].is_some_and(|x| x > 0.0));
    let row = |&at: &usize| match implied[at] {
        Some(slope) if leaning => vec![1.0, (1.0 + slope).ln()],
        _ => vec![1.0],
    };
    let rows: Vec<Vec<f64>> = with.iter().map(row).collect();
    let mut drawn = slopes;
    if let Some(shrunk) = shrink(&estimates, &rows) {
        with.iter().zip(shrunk.estimates).for_each(|(&at, estimate)| drawn[at] = Some(estimate));
    }
    drawn
}

/// A segment or the company, with what is needed to speak of it.
struct Scope<'a> {
    facts: &'a Facts,
    segment: Option<&'a str>,
    reading: &'a Reading,
    whole: &'a Reading,
    /// Its slope, shrunken where it is a segment's.
    slope: Option<Estimate>,
    implied: Option<f64>,
}

impl Scope<'_> {
    fn lesson(&self) -> Lesson {
        let reading = self.reading;
        let why = self.about_the_slope();
        Lesson {
            segment: self.segment.unwrap_or_default().to_owned(),
            partners: reading.units,
            visited: reading.visited,
            visits: reading.visits,
            months: reading.observations,
            slope: reading.slope.map(likely),
            every_month: reading.full.map(likely),
            implied: self.implied,
            why,
            taught: vec![
                self.response(why),
                self.shape(ParameterName::HalfLife, why, Reading::learned_half_life, |reading| reading.half_life),
                self.shape(ParameterName::DigitalRelief, why, Reading::learned_relief, |reading| reading.relief),
            ],
        }
    }

    /// May the slope be used? The gates are those of the reading, but for the doubt, which shrinkage may have made small.
    fn about_the_slope(&self) -> Why {
        let steady = self.slope.is_some_and(|slope| slope.value > 0.0 && slope.error / slope.value < STEADY);
        match self.reading.refusal {
            _ if self.reading.units == 0 => Why::NoSales,
            Some(Refusal::NoVisits) => Why::NoVisits,
            Some(Refusal::FewVisits { .. }) => Why::FewVisits,
            Some(Refusal::FewUnits { .. }) => Why::FewPartners,
            Some(Refusal::LittleVariation { .. }) => Why::LittleVariation,
            Some(Refusal::SameMonths { .. }) => Why::SameMonths,
            Some(Refusal::TimedByOutcome { gap: excess, .. } | Refusal::BesideTheStock { excess, .. })
                if excess < 0.0 =>
            {
                Why::LowAfterVisits
            }
            Some(Refusal::TimedByOutcome { .. } | Refusal::BesideTheStock { .. }) => Why::TimedByDeals,
            _ if alarmed(self.whole) => Why::TimedByDealsElsewhere,
            Some(Refusal::Unsteady { .. }) if steady => Why::LearnedTogether,
            None if steady => Why::Learned,
            _ => Why::Unsteady,
        }
    }

    /// Learned slope over implied slope, in logs by precision with what was believed.
    fn response(&self, why: Why) -> Taught {
        let before = believed(self.facts, self.segment, ParameterName::Response);
        let found = self.slope.zip(self.implied).filter(|(slope, implied)| slope.value > 0.0 && *implied > 0.0);
        let Some((slope, implied)) = found.filter(|_| why.is_learned()) else {
            let why = if why.is_learned() { Why::Unsteady } else { why };
            return Taught { parameter: before, why, doubt_left: None };
        };
        let prior = Estimate { value: before.value.ln(), error: (before.high / before.low).ln() / 2.0 / TENTH };
        let own = Estimate { value: (slope.value / implied).ln(), error: slope.error / slope.value };
        let both = combine(prior, own);
        let at = |tenths: f64| (both.value + tenths * TENTH * both.error).exp();
        let parameter =
            Parameter { value: at(0.0), low: at(-1.0), high: at(1.0), source: ParameterSource::Learned, ..before };
        Taught { parameter, why, doubt_left: Some(both.error / prior.error) }
    }

    /// Half-life or relief: from the segment itself, else from all partners together, else as it was.
    fn shape(
        &self,
        name: ParameterName,
        slope: Why,
        learned: fn(&Reading) -> Option<Marginal>,
        found: fn(&Reading) -> Option<Marginal>,
    ) -> Taught {
        let before = believed(self.facts, self.segment, name);
        let source = ParameterSource::Learned;
        let taught = |marginal: Marginal, why| Taught {
            parameter: Parameter { value: marginal.value, low: marginal.low, high: marginal.high, source, ..before },
            why,
            doubt_left: Some(marginal.ratio),
        };
        let managers_said = before.source == ParameterSource::Managers;
        match (learned(self.reading), learned(self.whole)) {
            _ if alarmed(self.whole) => Taught { parameter: before, why: slope, doubt_left: None },
            (Some(own), _) => taught(own, Why::Learned),
            (None, Some(whole)) if !managers_said && !alarmed(self.reading) => taught(whole, Why::LearnedTogether),
            _ => {
                let left = found(self.reading).map(|marginal| marginal.ratio);
                let why = if slope.is_learned() { Why::NotNarrowed } else { slope };
                Taught { parameter: before, why, doubt_left: left }
            }
        }
    }
}

fn alarmed(reading: &Reading) -> bool {
    matches!(reading.refusal, Some(Refusal::TimedByOutcome { .. } | Refusal::BesideTheStock { .. }))
}

fn likely(slope: Slope) -> Likely {
    Likely { value: slope.value, low: slope.low, high: slope.high }
}
