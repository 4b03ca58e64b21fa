//! The page for whoever decides on the budget: what fewer and more days cost and bring, on paper too.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::coverage::{
    CompanyYear, CoverageFilter, CoveragePage, FrontierPoint, StaffingVerdict, TimeAsked, YearSums,
};
use spelplan_app::jobs::Progress;
use spelplan_facts::{Money, Text};

use super::words;
use crate::drawings::FrontierCurve;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::{Given, Tongue};

const TITLE: Text = Text { sv: "Dagar i fält och budget", en: "Days in the field and the budget" };

pub(crate) async fn page(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(elsewhere) = super::counting(&app, &visitor, &visitor.here()).await? {
        return Ok(elsewhere);
    }
    let (filter, progress) = (CoverageFilter::default(), Arc::new(Progress::default()));
    let found = app.coverage(&visitor.actor, TimeAsked::Usual, &filter, 1, progress).await?;
    render::page(&BudgetView::new(&visitor, found))
}

#[derive(Template)]
#[template(path = "coverage/budget.html")]
struct BudgetView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: CoveragePage,
    curve: FrontierCurve,
}

impl BudgetView {
    fn new(visitor: &Visitor, page: CoveragePage) -> BudgetView {
        let t = visitor.t;
        let frame = visitor.frame("/coverage", t.text(TITLE), page.basis.clone());
        let curve = page.company.as_ref().map(|company| FrontierCurve::new(company, t)).unwrap_or_default();
        BudgetView { unit: frame.unit(), frame, t, page, curve }
    }

    fn company(&self) -> Option<&CompanyYear> {
        self.page.company.as_ref()
    }

    fn sums(&self) -> Option<&YearSums> {
        self.page.sums.as_ref()
    }

    fn verdict(&self, verdict: &StaffingVerdict) -> Text {
        words::staffing(*verdict)
    }

    fn signed(&self, money: impl Given<Money>) -> String {
        let money = money.given();
        let sign = if money.0 > 0 { "+" } else { "" };
        format!("{sign}{}", self.t.about(money))
    }

    /// Today's days and those above, in steps of a tenth: the point, and what it brings more.
    fn more<'a>(&self, company: &'a CompanyYear) -> Vec<(&'a FrontierPoint, Money, Money, Money)> {
        let points = &company.frontier.points;
        let at = |share: f64| points.iter().find(|point| (point.share - share).abs() < 1e-6);
        let Some(today) = at(1.0) else { return Vec::new() };
        let above = [1.1, 1.2, 1.3, 1.5].into_iter().filter_map(at);
        above
            .map(|point| (point, point.sales - today.sales, point.margin - today.margin, point.profit - today.profit))
            .collect()
    }

    /// The cuts that are asked about most.
    fn cuts<'a>(&self, company: &'a CompanyYear) -> Vec<&'a spelplan_app::coverage::BudgetCut> {
        let wanted = [0.1, 0.2, 0.3, 0.5];
        let named =
            |cut: &&spelplan_app::coverage::BudgetCut| wanted.iter().any(|part| (cut.cut.0 - part).abs() < 1e-6);
        company.frontier.cuts.iter().filter(named).collect()
    }
}
