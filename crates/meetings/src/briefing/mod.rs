//! The briefing: the partner's own business on one page, in the order in which it is talked about: promises, how they earn,
//! the aftermarket, growth, what to ask, and what each side may promise for the next quarter. What is not known says what it
//! takes to know it; nothing is divided by nought.

mod accounts;
mod aftermarket;
mod campaigns;
mod dealing;
mod earning;
mod figure;
mod growth;
mod peers;
mod pipeline;
mod promised;
mod quarter;
mod questions;
mod resale;
mod splits;
mod trade;

use spelplan_facts::{
    Business, BusinessRecord, CategoryId, Day, DayRange, Facts, Money, Month, Partner, PartnerId, SupplyMonth, Text,
};
use spelplan_focus::{OpenGoal, PartnerPotential};

pub use figure::{Amount, Figure, Input, Origin, Value};
pub use quarter::{Dated, Due, Proposal, Quarter};
pub use questions::Question;
pub use splits::{Split, SplitName, SplitRow};

use peers::Peers;

/// Everything a briefing is made from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// What is known of everybody.
    pub facts: &'a Facts,
    /// The partner as an open goal.
    pub goal: &'a OpenGoal,
    /// What it could buy; `None` where that is not reckoned.
    pub potential: Option<&'a PartnerPotential>,
    /// Its purchases by month and category, as far back as they go.
    pub history: &'a [CategoryMonthSale],
    /// Its purchases by month, brand and distributor, where lines tell them.
    pub supply: &'a [SupplyMonth],
    /// What files tell of its business.
    pub business: &'a [BusinessRecord],
    /// The day.
    pub today: Day,
}

/// A partner's month in one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategoryMonthSale {
    /// When.
    pub month: Month,
    /// What.
    pub category: CategoryId,
    /// Pieces.
    pub quantity: i64,
    /// Net revenue.
    pub revenue: Money,
    /// Our margin on the lines whose cost is known.
    pub margin: Money,
    /// Revenue of those.
    pub revenue_with_margin: Money,
}

/// A partner's business on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// Whose.
    pub partner: PartnerId,
    /// On this day.
    pub today: Day,
    /// The half-year's purchases: the figure that must be there without a click.
    pub half_year: Figure,
    /// The parts, in the order of the page.
    pub sections: Vec<Section>,
    /// Its purchases by brand and by distributor; none where no line tells them.
    pub splits: Vec<Split>,
    /// Three to five questions worth asking.
    pub questions: Vec<Question>,
    /// What each side has promised and may promise until a quarter from now.
    pub quarter: Quarter,
    /// Peers that benchmarks are pooled from; zero where there are too few.
    pub peers: usize,
}

/// A part of a briefing.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Stable word.
    pub code: &'static str,
    /// As users see it.
    pub title: Text,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// What the sections reckon with.
struct Ground<'a> {
    from: Sources<'a>,
    partner: &'a Partner,
    peers: Option<Peers<'a>>,
    business: Vec<&'a Business>,
    /// The first month that is not yet full.
    end: Month,
}

/// The briefing of that partner; `None` where the facts do not know it.
pub fn briefing(from: Sources<'_>) -> Option<Briefing> {
    let partner = from.facts.partner(from.goal.partner)?;
    let own = |record: &&BusinessRecord| record.partner == partner.id;
    let ground = Ground {
        from,
        partner,
        peers: Peers::of(from.facts, partner),
        business: from.business.iter().filter(own).map(|record| &record.what).collect(),
        end: from.today.plus(1).month(),
    };
    let section = |code, sv, en, figures| Section { code, title: Text { sv, en }, figures };
    let sections = vec![
        section(
            "promises",
            "Löften och vardag",
            "Promises and every day",
            [promised::figures(&ground), dealing::figures(&ground)].concat(),
        ),
        section(
            "earning",
            "Så tjänar de pengar",
            "How they earn",
            [
                earning::figures(&ground),
                resale::figures(&ground),
                trade::rebates(&ground),
                campaigns::figures(&ground),
                trade::figures(&ground),
                accounts::figures(&ground),
                earning::ours(&ground),
            ]
            .concat(),
        ),
        section("aftermarket", "Eftermarknad", "Aftermarket", aftermarket::figures(&ground)),
        section("growth", "Växa", "Growth", [growth::figures(&ground), pipeline::figures(&ground)].concat()),
    ];
    Some(Briefing {
        partner: partner.id,
        today: from.today,
        half_year: earning::half_year(&ground),
        quarter: quarter::quarter(&ground, &sections),
        questions: questions::worth_asking(&sections),
        splits: splits::splits(&ground),
        sections,
        peers: ground.peers.as_ref().map_or(0, Peers::count),
    })
}

/// The first figure of that code in these sections.
fn figure_in<'a>(sections: &'a [Section], code: &str) -> Option<&'a Figure> {
    sections.iter().flat_map(|section| &section.figures).find(|figure| figure.code == code)
}

/// Figures that the partner may see: its own purchases, agreements, certificates and invoices as we see them. Never what is ours alone: our
/// margin, what we believe it could buy, what we think of its share, and never anything of its peers.
const PARTNERS_OWN: [&str; 19] = [
    "half-year",
    "half-year-change",
    "year",
    "growth",
    "largest-category",
    "aftermarket-share",
    "expiring",
    "rebate-earned",
    "rebate-gap",
    "certified",
    "certificates-lapsing",
    "overdue",
    "credit-headroom",
    "mdf-used",
    "registered",
    "approval-days",
    "quote-hours",
    "rma-days",
    "price-protection",
];

/// The known figures of a briefing that the partner itself may see, each once, in an order that reads well.
pub fn shown_to_partner(briefing: &Briefing) -> Vec<&Figure> {
    let all = || std::iter::once(&briefing.half_year).chain(briefing.sections.iter().flat_map(|one| &one.figures));
    let mut shown: Vec<&Figure> = Vec::new();
    for code in PARTNERS_OWN {
        for figure in all().filter(|figure| figure.code == code && matches!(figure.value, Value::Known(_))) {
            if !shown.iter().any(|one| (one.code, &one.of) == (figure.code, &figure.of)) {
                shown.push(figure);
            }
        }
    }
    shown
}

impl Briefing {
    /// The figure of that code, wherever it stands.
    pub fn figure(&self, code: &str) -> Option<&Figure> {
        Some(&self.half_year).filter(|figure| figure.code == code).or_else(|| figure_in(&self.sections, code))
    }
}

impl Ground<'_> {
    /// The days of full months from that many months back to before the other.
    fn months(&self, from: i32, to: i32) -> Option<DayRange> {
        let first = Month(self.end.0 - from).first()?;
        Some(DayRange { from: first, to: Month(self.end.0 - to).first()?.plus(-1) })
    }

    /// The days of the latest twelve months, the present one included.
    fn this_year(&self) -> Option<DayRange> {
        let last = self.from.today.month();
        Some(DayRange { from: Month(last.0 - 11).first()?, to: self.from.today })
    }

    /// Is that category aftermarket?
    fn is_after(&self, category: CategoryId) -> bool {
        self.from.facts.sales.categories.iter().any(|one| one.id == category && one.aftermarket)
    }

    /// Its purchases of the latest twelve months.
    fn year(&self) -> Money {
        peers::year_of(self.from.facts, self.partner.id)
    }
}
