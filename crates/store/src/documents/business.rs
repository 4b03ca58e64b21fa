//! The shapes of what is known of a partner's business.

use serde::{Deserialize, Serialize};
use spelplan_facts::{
    AnnualFigures, Business, Certificate, Contract, Day, DayRange, Deal, DealStage, Invoice, Money, Rebate, Share,
    StockLevel,
};

use super::{Broken, Document, documents};

documents! {
    AnnualFiguresKept = AnnualFigures {
        year: i32, revenue: Option<Money>, cost_of_goods: Option<Money>, personnel_cost: Option<Money>,
        employees: Option<f64>, operating_profit: Option<Money>, receivables: Option<Money>,
        inventory: Option<Money>, payables: Option<Money>, assets: Option<Money>, equity: Option<Money>,
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
    InvoiceKept = Invoice { number: String, day: Day, due: Day, paid: Option<Day>, amount: Money }
    DealKept = Deal {
        number: String, amount: Money, closes: Day, chance: Option<Share>, stage: DealStage, opened: Option<Day>,
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
        })
    }
}
