//! The shapes of what is known of a partner's business.

use serde::{Deserialize, Serialize};
use spelplan_facts::{
    AnnualFigures, Business, Campaign, Case, CaseKind, Certificate, Contract, Day, DayRange, Deal, DealStage, Invoice,
    Money, Rebate, Resale, Share, StockLevel,
};

use super::{Broken, Document, documents};

documents! {
    AnnualFiguresKept = AnnualFigures {
        year: i32, revenue: Option<Money>, cost_of_goods: Option<Money>, personnel_cost: Option<Money>,
        employees: Option<f64>, operating_profit: Option<Money>, receivables: Option<Money>,
        inventory: Option<Money>, payables: Option<Money>, assets: Option<Money>, equity: Option<Money>,
        #[serde(default)] financial_income: Option<Money>,
        #[serde(default)] non_interest_debt: Option<Money>,
        with_vat: Option<bool>, domestic: Option<Share>,
    }
    ContractKept = Contract {
        number: String, ends: Day, annual_value: Option<Money>, renews: String, begins: Option<Day>,
    }
    RebateKept = Rebate {
        period: DayRange, counted: Money, next_tier_at: Option<Money>, earned: Money, next_tier_rebate: Option<Money>,
    }
    CertificateKept = Certificate { name: String, required: u32, held: u32, valid_until: Option<Day> }
    StockLevelKept = StockLevel { day: Day, what: String, value: Money, moved: Option<Day> }
    InvoiceKept = Invoice {
        number: String, day: Day, due: Day, paid: Option<Day>, amount: Money,
        #[serde(default)] limit: Option<Money>,
    }
    DealKept = Deal {
        number: String, amount: Money, closes: Day, chance: Option<Share>, stage: DealStage, opened: Option<Day>,
        #[serde(default)] registered: Option<bool>,
        #[serde(default)] registered_on: Option<Day>,
        #[serde(default)] approved_on: Option<Day>,
    }
    CampaignKept = Campaign {
        period: DayRange, allocated: Option<Money>, approved: Option<Money>, lift_margin: Option<Money>,
    }
    ResaleKept = Resale { period: DayRange, revenue: Money, purchases: Money, own_cost: Option<Money> }
    CaseKept = Case {
        kind: CaseKind, opened: Day, closed: Option<Day>, response_hours: Option<f64>, orders: u32,
        order_errors: Option<u32>, amount: Option<Money>,
    }
}

impl Document for DealStage {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<DealStage, Broken> {
        DealStage::coded(&kept).ok_or_else(|| Broken(format!("{kept} is no stage of a deal")))
    }
}

impl Document for CaseKind {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<CaseKind, Broken> {
        CaseKind::coded(&kept).ok_or_else(|| Broken(format!("{kept} is no kind of case")))
    }
}

/// A row with what its kind says.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BusinessKept {
    Annual(AnnualFiguresKept),
    Contract(ContractKept),
    Rebate(RebateKept),
    Certificate(CertificateKept),
    Stock(StockLevelKept),
    Invoice(InvoiceKept),
    Deal(DealKept),
    Campaign(CampaignKept),
    Resale(ResaleKept),
    Case(CaseKept),
}

impl Document for Business {
    type Kept = BusinessKept;
    fn keep(&self) -> BusinessKept {
        match self {
            Business::Annual(one) => BusinessKept::Annual(one.keep()),
            Business::Contract(one) => BusinessKept::Contract(one.keep()),
            Business::Rebate(one) => BusinessKept::Rebate(one.keep()),
            Business::Certificate(one) => BusinessKept::Certificate(one.keep()),
            Business::Stock(one) => BusinessKept::Stock(one.keep()),
            Business::Invoice(one) => BusinessKept::Invoice(one.keep()),
            Business::Deal(one) => BusinessKept::Deal(one.keep()),
            Business::Campaign(one) => BusinessKept::Campaign(one.keep()),
            Business::Resale(one) => BusinessKept::Resale(one.keep()),
            Business::Case(one) => BusinessKept::Case(one.keep()),
        }
    }
    fn read(kept: BusinessKept) -> Result<Business, Broken> {
        Ok(match kept {
            BusinessKept::Annual(one) => Business::Annual(Document::read(one)?),
            BusinessKept::Contract(one) => Business::Contract(Document::read(one)?),
            BusinessKept::Rebate(one) => Business::Rebate(Document::read(one)?),
            BusinessKept::Certificate(one) => Business::Certificate(Document::read(one)?),
            BusinessKept::Stock(one) => Business::Stock(Document::read(one)?),
            BusinessKept::Invoice(one) => Business::Invoice(Document::read(one)?),
            BusinessKept::Deal(one) => Business::Deal(Document::read(one)?),
            BusinessKept::Campaign(one) => Business::Campaign(Document::read(one)?),
            BusinessKept::Resale(one) => Business::Resale(Document::read(one)?),
            BusinessKept::Case(one) => Business::Case(Document::read(one)?),
        })
    }
}
