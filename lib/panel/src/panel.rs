//! The panel: units with their outcomes, what treated them and what slows the fading, month by month.

/// One treatment of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    /// The month it fell in, counted from the panel's first month with its lead (see [`Panel::lead`]).
    pub month: usize,
    /// How much of a full treatment it was; 1 is a full one.
    pub force: f64,
}

/// One of the stocks that together make a unit's: `1 - prod(1 - weight x stock)` over its tracks.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// The part of the whole that this stock can carry, 0 to 1.
    pub weight: f64,
    /// Treatments, in order of month.
    pub visits: Vec<Visit>,
    /// What slows the fading, in each month of lead and panel.
    pub intensity: Vec<f64>,
}

/// A unit over the months.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Which segment it belongs to, below [`Panel::segments`]; month effects are the segment's own.
    pub segment: usize,
    /// The outcome in each month of the panel (without the lead); `None` where the unit was not observed.
    pub outcome: Vec<Option<f64>>,
    /// Its stocks; none where nothing ever treated it.
    pub tracks: Vec<Track>,
}

/// Units over the same months.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Months of outcomes.
    pub months: usize,
    /// Months before the first outcome in which treatments are known; they only build the stock up.
    pub lead: usize,
    /// How many segments there are.
    pub segments: usize,
    /// The units.
    pub units: Vec<Unit>,
}

impl Panel {
    /// Is every length what `months` and `lead` say, every segment there and every number finite?
    pub fn is_sound(&self) -> bool {
        let span = self.lead + self.months;
        self.units.iter().all(|unit| {
            unit.segment < self.segments
                && unit.outcome.len() == self.months
                && unit.outcome.iter().flatten().all(|outcome| outcome.is_finite())
                && unit.tracks.iter().all(|track| track.is_sound(span))
        })
    }
}

impl Track {
    fn is_sound(&self, span: usize) -> bool {
        self.intensity.len() == span
            && self.weight.is_finite()
            && self.intensity.iter().all(|intensity| intensity.is_finite())
            && self.visits.iter().all(|visit| visit.month < span && visit.force.is_finite())
            && self.visits.is_sorted_by_key(|visit| visit.month)
    }
}

impl Unit {
    /// Every treatment's month, in no order.
    pub(crate) fn visit_months(&self) -> impl Iterator<Item = usize> + '_ {
        self.tracks.iter().flat_map(|track| track.visits.iter().map(|visit| visit.month))
    }

    /// For each month of the panel, 1 where a treatment lies so many months before, else 0.
    pub(crate) fn marked(&self, lead: usize, lag: usize) -> Vec<f64> {
        let mut marks = vec![0.0; self.outcome.len()];
        for month in self.visit_months().filter_map(|month| (month + lag).checked_sub(lead)) {
            if let Some(mark) = marks.get_mut(month) {
                *mark = 1.0;
            }
        }
        marks
    }

    /// For each month of the panel, whether it lies in the month of a treatment or the `donut - 1` after it.
    pub(crate) fn just_visited(&self, lead: usize, donut: usize) -> Vec<bool> {
        let mut near = vec![false; self.outcome.len()];
        for month in self.visit_months() {
            let from = month.saturating_sub(lead);
            let to = (month + donut).saturating_sub(lead).min(near.len());
            if from < to {
                near[from..to].fill(true);
            }
        }
        near
    }
}
