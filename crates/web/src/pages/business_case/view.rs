//! The business case as it is shown and printed.

use askama::Template;
use spelplan_app::effect::{BusinessCase, CasePage, DidItPay, RealisedPage, Said, said_of_case};
use spelplan_facts::{Band, Money, PlanId, Text};

use crate::drawings::{Step, Waterfall};
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text {
    sv: "Affärscase: vad nästa säsong kostar och ger",
    en: "Business case: what the next season costs and brings",
};

/// The page.
#[derive(Template)]
#[template(path = "business_case/page.html")]
pub(crate) struct CaseView {
    frame: Frame,
    t: Tongue,
    unit: String,
    query: String,
    said: Option<Said>,
    fall: Option<Waterfall>,
    page: CasePage,
    realised: RealisedPage,
}

impl CaseView {
    /// The page of that case.
    pub fn new(visitor: &Visitor, page: CasePage, realised: RealisedPage) -> CaseView {
        let t = visitor.t;
        let frame = visitor.frame("/business-case", t.text(TITLE), page.basis.clone());
        let unit = frame.unit();
        let written = |amount: Money| format!("{}\u{a0}{unit}", t.about(amount));
        let case = page.case.as_ref().map(|(_, case)| case);
        CaseView {
            said: case.map(|case| said_of_case(case, t.0, written, |part| t.part(part))),
            fall: case.map(|case| fall(case, t)),
            query: page.case.as_ref().map(|(plan, _)| format!("?plan={}", plan.0)).unwrap_or_default(),
            unit,
            frame,
            t,
            page,
            realised,
        }
    }

    fn case(&self) -> Option<&BusinessCase> {
        self.page.case.as_ref().map(|(_, case)| case)
    }

    fn is_shown(&self, plan: &PlanId) -> bool {
        self.page.case.as_ref().is_some_and(|(shown, _)| shown == plan)
    }

    /// The line of an amount that may be otherwise.
    fn bands(&self, case: &BusinessCase) -> Vec<(&'static str, Band)> {
        let t = self.t;
        let mut lines = vec![(t.say("Planens egen siffra", "The plan's own figure"), case.planned)];
        if case.ratio.is_some() {
            lines.push((t.say("Med vad tidigare säsonger gav", "With what earlier seasons brought"), case.expected));
        }
        lines.push((t.say("Netto", "Net"), case.net()));
        lines
    }

    /// Part by part, what it costs.
    fn costs(&self, case: &BusinessCase) -> Vec<(String, Money)> {
        let (t, bill) = (self.t, &case.bill);
        let hours = |sv, en, hours: f64| format!("{}, {}\u{a0}h", t.say(sv, en), t.number(hours, 0));
        vec![
            (hours("Besök och körning", "Visits and driving", bill.field_hours), bill.field),
            (format!("{}, {}", t.say("Bil", "Car"), t.km(bill.km)), bill.travel),
            (format!("{}, {}", t.say("Nätter borta", "Nights away"), t.count(bill.nights)), bill.lodging),
            (hours("För- och efterarbete", "Before and after", bill.desk_hours), bill.desk),
            (hours("Digitala kontakter", "Digital touches", bill.digital_hours), bill.digital),
        ]
    }

    /// A ratio to two decimals.
    fn ratio(&self, ratio: &f64) -> String {
        self.t.number(*ratio, 2)
    }

    fn verdict(&self, verdict: &DidItPay) -> &'static str {
        self.t.text(verdict.title())
    }
}

/// From what is expected, cost by cost, to what is left.
fn fall(case: &BusinessCase, t: Tongue) -> Waterfall {
    let bill = &case.bill;
    let step = |name, amount: Money, whole: Option<Band>| Step {
        name,
        amount,
        whole: whole.map(|band| (band.low, band.high)),
        written: t.about(amount),
    };
    let takes = |money: Money| Money::ZERO - money;
    let (expected, net) = (case.expected, case.net());
    Waterfall::new(&[
        step(t.say("Väntas ge", "Expected"), expected.value, Some(expected)),
        step(t.say("Besök och resor", "Visits and travel"), takes(bill.field + bill.travel + bill.lodging), None),
        step(t.say("För- och efterarbete", "Before and after"), takes(bill.desk), None),
        step(t.say("Digitala kontakter", "Digital touches"), takes(bill.digital), None),
        step(t.say("Netto", "Net"), net.value, Some(net)),
    ])
}
