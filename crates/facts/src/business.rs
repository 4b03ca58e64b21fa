//! What a partner's own business looks like, as files tell it: yearly accounts, contracts, rebates, certificates, stock,
//! invoices, the pipeline, campaigns, what it sells our goods for, and how dealing with us goes. Everything a file may leave
//! out is an option: not known is not nought.

use crate::{Day, DayRange, Money, PartnerId, Share};

/// One row about a partner's business.
#[derive(Debug, Clone, PartialEq)]
pub struct BusinessRecord {
    /// Whose.
    pub partner: PartnerId,
    /// What it is known again by within its kind.
    pub key: String,
    /// What it says.
    pub what: Business,
}

/// What a row about a partner's business says.
#[derive(Debug, Clone, PartialEq)]
pub enum Business {
    /// A year of its accounts.
    Annual(AnnualFigures),
    /// A contract that ends some day.
    Contract(Contract),
    /// A rebate agreement with us.
    Rebate(Rebate),
    /// A certificate that it needs or has.
    Certificate(Certificate),
    /// What it has in stock of ours.
    Stock(StockLevel),
    /// An invoice of ours to it.
    Invoice(Invoice),
    /// A deal in its pipeline.
    Deal(Deal),
    /// A campaign that we pay for in part.
    Campaign(Campaign),
    /// What it sold of our goods, and for how much.
    Resale(Resale),
    /// Something it asked us to do.
    Case(Case),
}

/// A year of a partner's accounts. In Swedish annual reports receivables and payables include VAT; revenue and costs do not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnnualFigures {
    /// The year they close.
    pub year: i32,
    /// Net revenue, without VAT.
    pub revenue: Option<Money>,
    /// Cost of goods sold, without VAT.
    pub cost_of_goods: Option<Money>,
    /// Personnel cost.
    pub personnel_cost: Option<Money>,
    /// Employees, full-time equivalents.
    pub employees: Option<f64>,
    /// Operating profit (EBIT).
    pub operating_profit: Option<Money>,
    /// Trade receivables.
    pub receivables: Option<Money>,
    /// Inventory at cost.
    pub inventory: Option<Money>,
    /// Trade payables.
    pub payables: Option<Money>,
    /// Total assets.
    pub assets: Option<Money>,
    /// Equity.
    pub equity: Option<Money>,
    /// Financial income.
    pub financial_income: Option<Money>,
    /// Debt that bears no interest: payables, tax, accruals.
    pub non_interest_debt: Option<Money>,
    /// Whether receivables and payables include VAT, where the file says; the country's usage where not.
    pub with_vat: Option<bool>,
    /// The part of its trade that is domestic, where known: exports carry no VAT.
    pub domestic: Option<Share>,
}

/// A contract between the partner and an end customer, through us.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Its number.
    pub number: String,
    /// Last day.
    pub ends: Day,
    /// Worth a year.
    pub annual_value: Option<Money>,
    /// The contract it renews; empty where it is new.
    pub renews: String,
    /// First day, where known.
    pub begins: Option<Day>,
}

/// A rebate agreement: how far it has come and what comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Rebate {
    /// The period it counts.
    pub period: DayRange,
    /// Counted purchases so far.
    pub counted: Money,
    /// Purchases at which the next tier begins; `None` at the top.
    pub next_tier_at: Option<Money>,
    /// Rebate earned so far.
    pub earned: Money,
    /// What the next tier would bring in all, where the file says.
    pub next_tier_rebate: Option<Money>,
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// What for.
    pub name: String,
    /// How many people must hold it.
    pub required: u32,
    /// How many hold it.
    pub held: u32,
    /// Until when; `None` where it does not end.
    pub valid_until: Option<Day>,
}

/// Stock of our goods at the partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockLevel {
    /// When it was counted.
    pub day: Day,
    /// Category or article it is of.
    pub what: String,
    /// Value at cost.
    pub value: Money,
    /// When something of it last moved, where known.
    pub moved: Option<Day>,
}

/// An invoice of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Its number.
    pub number: String,
    /// When it was written.
    pub day: Day,
    /// When it is due.
    pub due: Day,
    /// When it was paid; `None` while it is open.
    pub paid: Option<Day>,
    /// Amount.
    pub amount: Money,
    /// The partner's credit limit as the invoice's file tells it.
    pub limit: Option<Money>,
}

/// A deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    /// Its number.
    pub number: String,
    /// Amount.
    pub amount: Money,
    /// When it is expected to close, or closed.
    pub closes: Day,
    /// Chance that it is won; `None` where nobody said.
    pub chance: Option<Share>,
    /// How it stands.
    pub stage: DealStage,
    /// When it was opened, where known.
    pub opened: Option<Day>,
    /// Is it registered with us? `None` where no file says.
    pub registered: Option<bool>,
    /// When its registration was asked for, where known.
    pub registered_on: Option<Day>,
    /// When that was approved; `None` where it is not.
    pub approved_on: Option<Day>,
}

/// A campaign that marketing funds (MDF) of ours pay for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// From when to when.
    pub period: DayRange,
    /// What was set aside for it.
    pub allocated: Option<Money>,
    /// What was approved of that.
    pub approved: Option<Money>,
    /// The margin of what was sold more, by whoever followed it up.
    pub lift_margin: Option<Money>,
}

/// What a partner tells of its sales of our goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resale {
    /// From when to when.
    pub period: DayRange,
    /// What it sold them for, without VAT.
    pub revenue: Money,
    /// What it had bought them for.
    pub purchases: Money,
    /// What selling and handling them cost it, where it has told.
    pub own_cost: Option<Money>,
}

/// Something a partner asked us to do: a row of a service log.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What it asked for.
    pub kind: CaseKind,
    /// When.
    pub opened: Day,
    /// When it was done; `None` while it is not.
    pub closed: Option<Day>,
    /// Hours until we answered.
    pub response_hours: Option<f64>,
    /// Orders that the row stands for.
    pub orders: u32,
    /// Of those, orders with something wrong; `None` where nobody counted.
    pub order_errors: Option<u32>,
    /// Amount asked for.
    pub amount: Option<Money>,
}

/// What a partner asks us for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseKind {
    /// A quote.
    Quote,
    /// One order or many.
    Order,
    /// Goods to be returned (RMA).
    Return,
    /// Money back because the price fell while it had the goods.
    PriceProtection,
}

impl CaseKind {
    /// All of them.
    pub const ALL: [CaseKind; 4] = [CaseKind::Quote, CaseKind::Order, CaseKind::Return, CaseKind::PriceProtection];

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            CaseKind::Quote => "quote",
            CaseKind::Order => "order",
            CaseKind::Return => "return",
            CaseKind::PriceProtection => "price-protection",
        }
    }

    /// The kind with that word.
    pub fn coded(code: &str) -> Option<CaseKind> {
        CaseKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How a deal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DealStage {
    /// Not decided.
    Open,
    /// Ours.
    Won,
    /// Not ours.
    Lost,
}

impl DealStage {
    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            DealStage::Open => "open",
            DealStage::Won => "won",
            DealStage::Lost => "lost",
        }
    }

    /// The stage with that word.
    pub fn coded(code: &str) -> Option<DealStage> {
        [DealStage::Open, DealStage::Won, DealStage::Lost].into_iter().find(|stage| stage.code() == code)
    }
}

impl Business {
    /// Stable word of its kind, as in files.
    pub fn kind(&self) -> &'static str {
        match self {
            Business::Annual(_) => "annual",
            Business::Contract(_) => "contracts",
            Business::Rebate(_) => "rebates",
            Business::Certificate(_) => "certificates",
            Business::Stock(_) => "stock",
            Business::Invoice(_) => "receivables",
            Business::Deal(_) => "pipeline",
            Business::Campaign(_) => "campaigns",
            Business::Resale(_) => "resale",
            Business::Case(_) => "cases",
        }
    }
}
