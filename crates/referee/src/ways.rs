//! The way from one place to another a second time: what was measured, else the referee's estimate, over water only by
//! ferries whose time was entered.

use spelplan_facts::{DriveSource, Facts, Leg, Measured, PamId, Point, Settings, Spot};

use crate::land;
use crate::roads::{self, Estimate};

/// One PAM's ways under a plan's settings.
pub(crate) struct Ways<'a> {
    pub facts: &'a Facts,
    pub settings: &'a Settings,
    pub pam: PamId,
}

/// The least that a drive may take, and where its time should come from.
pub(crate) struct Way {
    pub least: Estimate,
    pub source: DriveSource,
    /// No road, and no ferry that somebody entered.
    pub wet: bool,
}

impl Ways<'_> {
    /// The way that such a leg claims to be.
    pub fn of(&self, leg: Leg, from: Point, to: Point) -> Way {
        let claims_ferry = leg.source == DriveSource::Entered;
        let over = if claims_ferry { self.by_ferry(from, to) } else { self.over_land(from, to) };
        let (least, source) = over.unwrap_or_else(|| (self.estimate(from, to), leg.source));
        Way { least, source, wet: over.is_none() }
    }

    /// Minutes of the quickest way; the estimate where there is none.
    pub fn minutes(&self, from: Point, to: Point) -> i64 {
        let land = self.over_land(from, to).or_else(|| self.by_ferry(from, to));
        land.map_or_else(|| self.estimate(from, to).minutes, |(way, _)| way.minutes)
    }

    /// Did a map say that only a ferry goes there?
    pub fn measured_wet(&self, from: Point, to: Point) -> bool {
        [(from, to), (to, from)].into_iter().any(|(from, to)| self.measured(from, to) == Some(Measured::NeedsFerry))
    }

    fn measured(&self, from: Point, to: Point) -> Option<Measured> {
        self.facts.drives.between(Spot::of(from), Spot::of(to))
    }

    fn over_land(&self, from: Point, to: Point) -> Option<(Estimate, DriveSource)> {
        match self.measured(from, to) {
            Some(Measured::Drive { seconds, metres }) => {
                let minutes = f64::from(seconds) / 60.0 + roads::parking([from, to]);
                let minutes = roads::whole(minutes * self.factor() * (1.0 + self.settings.drive_slack.0));
                Some((Estimate { minutes, km: f64::from(metres) / 1000.0 }, self.facts.drives.source()))
            }
            Some(Measured::NeedsFerry) => None,
            _ => (!land::crosses_water(from, to)).then(|| (self.estimate(from, to), DriveSource::Estimated)),
        }
    }

    fn by_ferry(&self, from: Point, to: Point) -> Option<(Estimate, DriveSource)> {
        let both_ways = self
            .settings
            .ferries
            .iter()
            .flat_map(|ferry| [(ferry.from, ferry.to, ferry.time), (ferry.to, ferry.from, ferry.time)]);
        let over = |(near, far, time): (Point, Point, spelplan_facts::Minutes)| {
            let (there, on) = (self.over_land(from, near)?.0, self.over_land(far, to)?.0);
            let minutes = there.minutes.saturating_add(i64::from(time.0)).saturating_add(on.minutes);
            Some((Estimate { minutes, km: there.km + on.km }, DriveSource::Entered))
        };
        both_ways.filter_map(over).min_by_key(|(way, _)| way.minutes)
    }

    fn estimate(&self, from: Point, to: Point) -> Estimate {
        roads::stretched(self.settings, self.factor(), from, to)
    }

    fn factor(&self) -> f64 {
        let own = self.settings.drive_factors.iter().find(|one| one.pam == self.pam);
        own.map_or(1.0, |one| one.factor)
    }
}
