//! The coverage page as it is shown.

use askama::Template;
use spelplan_app::App;
use spelplan_app::coverage::{
    CompanyYear, CoveragePage, CoverageRow, CoverageSort, KeptWhatIf, NamedDay, PamYear, YearSums,
};
use spelplan_facts::{Minutes, Money, PamId, RuleId, Text};

use super::ask::said;
use super::query::{CHANGES, CoverageQuery, SORTS};
use super::words;
use crate::drawings::{BandBar, FrontierCurve};
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::tongue::{Given, Tongue};

pub(crate) const TITLE: Text = Text { sv: "Bearbetning", en: "Coverage" };

/// The page.
#[derive(Template)]
#[template(path = "coverage/page.html")]
pub(crate) struct CoverageView {
    frame: Frame,
    t: Tongue,
    unit: String,
    query: CoverageQuery,
    page: CoveragePage,
    curve: FrontierCurve,
    gain: Option<BandBar>,
    rows: Vec<Row>,
    heads: Vec<Head>,
    what_ifs: Vec<KeptWhatIf>,
    notice: Option<Notice>,
    /// Where forms go back to.
    back: String,
}

/// One partner of the table.
struct Row {
    row: CoverageRow,
    gain: BandBar,
    interval: String,
    change: Text,
    rules: Vec<(RuleId, String, String, bool)>,
}

/// A column's head.
struct Head {
    name: Text,
    style: &'static str,
    address: String,
    order: &'static str,
}

/// What was just done, with the way back.
pub(crate) struct Notice {
    /// The rule.
    pub rule: i64,
    /// In words.
    pub words: String,
    /// It holds now; otherwise it was just ended.
    pub holds: bool,
}

impl CoverageView {
    /// The page of that year.
    pub fn new(
        visitor: &Visitor,
        query: CoverageQuery,
        mut page: CoveragePage,
        what_ifs: Vec<KeptWhatIf>,
        notice: Option<Notice>,
    ) -> CoverageView {
        let t = visitor.t;
        let frame = visitor.frame("/coverage", t.text(TITLE), page.basis.clone());
        let most = page.rows.iter().map(|row| row.line.gain.high).max().unwrap_or_default();
        let rows = std::mem::take(&mut page.rows);
        CoverageView {
            unit: frame.unit(),
            frame,
            t,
            curve: page.company.as_ref().map(|company| FrontierCurve::new(company, t)).unwrap_or_default(),
            gain: page.sums.as_ref().map(|sums| BandBar::new(sums.gain, sums.gain.high.max(sums.cost))),
            rows: rows.into_iter().map(|one| row(one, most, t)).collect(),
            heads: heads(&query),
            back: format!("/coverage{}", query.address()),
            query,
            page,
            what_ifs,
            notice,
        }
    }

    fn sums(&self) -> Option<&YearSums> {
        self.page.sums.as_ref()
    }

    fn company(&self) -> Option<&CompanyYear> {
        self.page.company.as_ref()
    }

    fn nobody_runs(&self) -> bool {
        self.page.hours.is_empty()
    }

    /// Is there anything to gain at all?
    fn worthless(&self) -> bool {
        self.page.sums.as_ref().is_some_and(|sums| sums.gain.value <= Money::ZERO)
    }

    fn share(&self) -> i64 {
        (self.page.time.0 * 100.0).round() as i64
    }

    /// How the slider stands: within its ends.
    fn slider(&self) -> i64 {
        self.share().clamp(50, 150)
    }

    fn changes(&self) -> Vec<(&'static str, Text, bool)> {
        CHANGES.iter().map(|(change, word, text)| (*word, *text, Some(*change) == self.query.change)).collect()
    }

    fn sorts(&self) -> Vec<(&'static str, Text, bool)> {
        SORTS.iter().map(|(sort, word, text)| (*word, *text, *sort == self.query.sort)).collect()
    }

    fn count_of(&self, sums: &YearSums) -> Vec<(String, usize, Text)> {
        let link = |change| format!("/coverage{}", self.query.changed(change));
        sums.changes.iter().map(|(change, count)| (link(*change), *count, words::change(*change))).collect()
    }

    fn demand(&self, demand: &spelplan_facts::Demand) -> String {
        words::demand(demand, self.t)
    }

    fn runs(&self, pam: &PamId) -> bool {
        self.query.pam == Some(pam.0)
    }

    fn turned(&self, page: usize) -> String {
        format!("/coverage{}", self.query.turned(page))
    }

    /// A change of money with its sign.
    fn signed(&self, money: impl Given<Money>) -> String {
        let money = money.given();
        let sign = if money.0 > 0 { "+" } else { "" };
        format!("{sign}{}", self.t.about(money))
    }

    /// Whom a day goes to or drops, with the change in visits.
    fn named(&self, day: &NamedDay) -> Vec<(i64, String, String)> {
        let change = |change: &spelplan_app::coverage::DayChange| {
            let visits = change.visits.1 as i64 - change.visits.0 as i64;
            let sign = if visits > 0 { "+" } else { "" };
            match visits {
                0 => self.t.say("kontakter", "touches").to_owned(),
                visits => format!(
                    "{sign}{} {}",
                    self.t.count(visits),
                    self.t.say("besök", if visits.abs() == 1 { "visit" } else { "visits" })
                ),
            }
        };
        day.partners.iter().map(|(name, one)| (one.partner.0, name.clone(), change(one))).collect()
    }

    /// The largest and smallest value of an hour, where they are far apart.
    fn uneven_hours(&self) -> Option<(&PamYear, &PamYear)> {
        let best = |pam: &PamYear| pam.hour_values.iter().copied().max().unwrap_or_default();
        let most = self.page.hours.iter().max_by_key(|pam| best(pam))?;
        let least = self.page.hours.iter().filter(|pam| pam.field_time > Minutes::ZERO).min_by_key(|pam| best(pam))?;
        (best(most) > Money::ZERO && best(most).units() >= 2.0 * best(least).units()).then_some((most, least))
    }

    fn field_used(&self, pam: &PamYear) -> f64 {
        let part = f64::from(pam.field_time_used.0) / f64::from(pam.field_time.0.max(1));
        (part.clamp(0.0, 1.0) * 1000.0).round() / 10.0
    }
}

fn row(row: CoverageRow, most: Money, t: Tongue) -> Row {
    let rule = |rule: &spelplan_app::coverage::RuleRow| {
        let why = if rule.by_chance { t.say("lottning", "toss-up").to_owned() } else { rule.reason.clone() };
        (rule.id, words::demand(&rule.demand, t), why, rule.by_chance)
    };
    Row {
        gain: BandBar::new(row.line.gain, most),
        interval: words::interval(row.line.interval_days, t),
        change: words::change(row.change),
        rules: row.rules.iter().map(rule).collect(),
        row,
    }
}

const COLUMNS: [(&str, Option<CoverageSort>, Text); 8] = [
    ("partner", Some(CoverageSort::Name), Text { sv: "Partner", en: "Partner" }),
    ("num", Some(CoverageSort::Now), Text { sv: "Besök/år nu", en: "Visits a year now" }),
    ("num", Some(CoverageSort::Proposed), Text { sv: "Förslag", en: "Proposed" }),
    ("interval", None, Text { sv: "Intervall", en: "Interval" }),
    ("num touches", Some(CoverageSort::Touches), Text { sv: "Kontakter/mån", en: "Touches a month" }),
    ("gain", Some(CoverageSort::Gain), Text { sv: "Väntas ge (TB)", en: "Expected gain" }),
    ("num change", Some(CoverageSort::Change), Text { sv: "Ändring", en: "Change" }),
    ("decision", Some(CoverageSort::Cost), Text { sv: "Beslut och vad det kostar", en: "Decision and its cost" }),
];

fn heads(query: &CoverageQuery) -> Vec<Head> {
    let downwards = |sort: CoverageSort| !matches!(sort, CoverageSort::Name | CoverageSort::Pam);
    let head = |(style, sort, name): &(&'static str, Option<CoverageSort>, Text)| Head {
        name: *name,
        style,
        address: sort.map(|sort| format!("/coverage{}", query.sorted(sort))).unwrap_or_default(),
        order: match *sort == Some(query.sort) {
            true if downwards(query.sort) != query.reversed => "descending",
            true => "ascending",
            false => "",
        },
    };
    COLUMNS.iter().map(head).collect()
}

/// What was just done, as the address tells it.
pub(crate) async fn notice(
    app: &App,
    visitor: &Visitor,
    asked: &[(String, String)],
) -> Result<Option<Notice>, Failure> {
    let (kept, ended) = (said(asked, "kept"), said(asked, "ended"));
    let Some(rule) = [kept, ended].iter().find_map(|word| word.parse::<i64>().ok()) else { return Ok(None) };
    let Some((name, one)) = app.told_rule(&visitor.actor, RuleId(rule)).await? else { return Ok(None) };
    let words = format!("{name}: {}", words::demand(&one.rule.demand, visitor.t));
    Ok(Some(Notice { rule, words, holds: one.holds }))
}
