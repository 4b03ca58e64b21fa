//! The partner page as it is shown.

use askama::Template;
use spelplan_app::PotentialSource;
use spelplan_app::partner::{PartnerCategory, PartnerPage};
use spelplan_app::potential::PossiblePartner;
use spelplan_facts::{Money, Parameter, ParameterName, Share, Text, Touch};

use crate::drawings::{BandBar, RevenueBars, StrengthBar, StrengthCurve, strength_word};
use crate::frame::{Frame, Visitor};
use crate::pages::model;
use crate::pages::potential::PotentialPart;
use crate::tongue::Tongue;
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "partner/page.html")]
pub(crate) struct PartnerView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: PartnerPage,
    country: String,
    bars: RevenueBars,
    curve: StrengthCurve,
    potential: BandBar,
    stake: BandBar,
    strength: StrengthBar,
    strength_word: Text,
    categories: Vec<Category>,
    why: Vec<String>,
    visits: Vec<Touch>,
    n_touches: usize,
    possible: PotentialPart,
}

/// A category with its bar.
struct Category {
    row: PartnerCategory,
    /// Width of its bar in per cent of the biggest.
    width: f64,
    /// Part of the partner's whole year.
    share: Option<Share>,
}

/// Visits listed.
const VISITS: usize = 8;

impl PartnerView {
    /// The page of that partner.
    pub fn new(visitor: &Visitor, page: PartnerPage, possible: PossiblePartner) -> PartnerView {
        let t = visitor.t;
        let frame = visitor.frame("/open-goals", page.partner.name.clone(), page.basis.clone());
        let unit = frame.unit();
        let goal = &page.goal;
        let visits: Vec<Touch> = page.touches.iter().rev().filter(|touch| touch.kind.is_visit()).cloned().collect();
        PartnerView {
            possible: PotentialPart::new(t, &unit, possible),
            country: words::country(&page.partner.country, t),
            bars: RevenueBars::new(&page.months, t),
            curve: StrengthCurve::new(&page.curve, &page.touches, t),
            potential: BandBar::reached(goal.sales_year, goal.potential),
            stake: BandBar::new(goal.at_stake, goal.at_stake.high),
            strength: StrengthBar::new(goal.strength),
            strength_word: strength_word(goal.strength),
            categories: categories(&page.categories),
            why: goal.why.iter().map(|why| words::reason(why, t, &unit)).collect(),
            n_touches: page.touches.len() - visits.len(),
            visits: visits.into_iter().take(VISITS).collect(),
            page,
            frame,
            t,
            unit,
        }
    }

    /// The part of the potential that is sold already.
    fn share_of_potential(&self) -> Option<Share> {
        Share::of(self.page.goal.sales_year, self.page.goal.potential.value)
    }

    /// Change of the half-year against the same months a year before.
    fn half_year_change(&self) -> Option<Share> {
        let (now, before) = self.page.half_year;
        (before > Money::ZERO).then(|| Share((now - before).units() / before.units()))
    }

    /// The part of the last twelve months that is aftermarket.
    fn aftermarket(&self) -> Option<Share> {
        let categories = &self.page.categories;
        let after: Money = categories.iter().filter(|one| one.aftermarket).map(|one| one.revenue).sum();
        Share::of(after, categories.iter().map(|one| one.revenue).sum())
    }

    /// Where the potential comes from.
    fn source(&self) -> String {
        let t = self.t;
        match &self.page.goal.potential_source {
            PotentialSource::LookAlikes { peers } => {
                format!(
                    "{} {} {}",
                    t.say("skattad efter", "estimated from"),
                    t.count(peers),
                    t.say("liknande partner", "partners like it")
                )
            }
            PotentialSource::Judged => t
                .say("skattad och vägd med en egen bedömning", "estimated, and weighed with somebody's own figure")
                .to_owned(),
            PotentialSource::OwnBest => t.say("efter dess eget bästa år", "by its own best year").to_owned(),
            PotentialSource::ByRule => {
                t.say("efter tumregel: för få att jämföra med", "by rule of thumb: too few to compare with").to_owned()
            }
        }
    }

    /// What the curve is computed with, each with where it comes from.
    fn computed_with(&self) -> String {
        let shown = [ParameterName::Build, ParameterName::HalfLife, ParameterName::DigitalRelief];
        let known = shown.iter().filter_map(|name| self.page.parameters.iter().find(|one| one.name == *name));
        let say = |one: &Parameter| {
            let value = model::words::value(one.name, one.value, self.t);
            format!("{} {value} ({})", self.t.text(one.name.text()), self.t.text(one.source.text()))
        };
        known.map(say).collect::<Vec<_>>().join(" · ")
    }

    /// Did it buy anything in the months shown?
    fn bought(&self) -> bool {
        self.page.months.iter().any(|month| month.revenue != Money::ZERO)
    }

    /// A change with its sign.
    fn change(&self, share: &Share) -> String {
        let sign = if share.0 > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.t.percent(share))
    }
}

fn categories(rows: &[PartnerCategory]) -> Vec<Category> {
    let whole: Money = rows.iter().map(|row| row.revenue).sum();
    let most = rows.iter().map(|row| row.revenue.units()).fold(1.0, f64::max);
    let width = |row: &PartnerCategory| (row.revenue.units().max(0.0) / most * 1000.0).round() / 10.0;
    rows.iter()
        .map(|row| Category { row: row.clone(), width: width(row), share: Share::of(row.revenue, whole) })
        .collect()
}
