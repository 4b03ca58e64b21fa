//! Why one partner gets just so many visits, and what would change it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::coverage::{Alternative, Explanation, PartnerCoverage};
use spelplan_facts::{Money, PartnerId, Text};

use super::view::{Notice, notice};
use super::words;
use crate::drawings::{BandBar, StrengthBar};
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::{Given, Tongue};

/// Inputs named.
const INPUTS: usize = 6;

pub(crate) async fn page(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(elsewhere) = super::counting(&app, &visitor, &visitor.here()).await? {
        return Ok(elsewhere);
    }
    let found = app.partner_coverage(&visitor.actor, PartnerId(id)).await?;
    let asked = visitor.asked();
    let notice = notice(&app, &visitor, &asked).await?;
    render::page(&PartnerView::new(&visitor, found, notice))
}

#[derive(Template)]
#[template(path = "coverage/partner.html")]
struct PartnerView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: PartnerCoverage,
    alternatives: Vec<Way>,
    strength: Option<[StrengthBar; 3]>,
    inputs: Vec<(Text, Money, f64)>,
    rules: Vec<Rule>,
    notice: Option<Notice>,
    back: String,
}

/// One number of visits, as it is shown.
struct Way {
    alternative: Alternative,
    visits: usize,
    gain: BandBar,
    chosen: bool,
}

struct Rule {
    id: i64,
    words: String,
    why: String,
    by: String,
    holds: bool,
    by_chance: bool,
}

impl PartnerView {
    fn new(visitor: &Visitor, page: PartnerCoverage, notice: Option<Notice>) -> PartnerView {
        let t = visitor.t;
        let frame = visitor.frame("/coverage", page.name.clone(), page.basis.clone());
        let inputs = page.explanation.iter().flat_map(|one| one.inputs.iter().take(INPUTS));
        let strengths =
            page.row.as_ref().map(|row| [row.line.strength, row.line.strength_now, row.line.strength_proposed]);
        let rule = |kept: &spelplan_app::coverage::KeptRule| Rule {
            id: kept.rule.id.0,
            words: words::demand(&kept.rule.demand, t),
            why: kept.rule.reason.clone(),
            by: format!("{} {}", kept.rule.by, kept.rule.on),
            holds: kept.holds,
            by_chance: kept.rule.toss_up.is_some(),
        };
        PartnerView {
            unit: frame.unit(),
            frame,
            t,
            alternatives: page.explanation.as_ref().map(ways).unwrap_or_default(),
            strength: strengths.map(|all| all.map(StrengthBar::new)),
            inputs: inputs.map(|one| (one.input.text(), one.effect, one.elasticity)).collect(),
            rules: page.rules.iter().map(rule).collect(),
            notice,
            back: format!("/coverage/partners/{}", page.partner.0),
            page,
        }
    }

    fn interval(&self, days: &Option<i32>) -> String {
        words::interval(*days, self.t)
    }

    fn signed(&self, money: impl Given<Money>) -> String {
        let money = money.given();
        let sign = if money.0 > 0 { "+" } else { "" };
        format!("{sign}{}", self.t.about(money))
    }

    fn visits(&self) -> usize {
        self.page.row.as_ref().map_or(0, |row| row.line.visits_year())
    }
}

fn ways(explanation: &Explanation) -> Vec<Way> {
    let most = explanation.alternatives.iter().map(|one| one.gain.high).max().unwrap_or_default();
    let way = |(at, one): (usize, &Alternative)| Way {
        visits: one.visits.iter().sum(),
        gain: BandBar::new(one.gain, most),
        chosen: at == explanation.chosen,
        alternative: one.clone(),
    };
    explanation.alternatives.iter().enumerate().map(way).collect()
}
