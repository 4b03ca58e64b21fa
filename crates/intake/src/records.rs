//! Records: one row of a file, understood. They name each other by the keys of the files; the store gives identities.

use spelplan_facts::{Business, Day, DayRange, MeetingPlan, Minutes, Money, Month, Place, Share, TouchKind, WeekHours};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Partner account managers.
    Pams,
    /// Resellers.
    Partners,
    /// People at partners.
    Contacts,
    /// Articles: give categories to lines that only carry an article number.
    Products,
    /// Sell-out lines, or sums per month.
    Sales,
    /// Past visits and other touches.
    Touches,
    /// What PAMs should sell.
    Quotas,
    /// When PAMs are away.
    Absences,
    /// Meetings to come.
    Meetings,
    /// Figures of partners' annual reports.
    Annual,
    /// Contracts between partners and their end customers.
    Contracts,
    /// Rebate agreements.
    Rebates,
    /// Certificates that partners need or have.
    Certificates,
    /// Our goods in partners' stock.
    Stock,
    /// Our invoices to partners.
    Receivables,
    /// Deals in partners' pipelines.
    Pipeline,
    /// Campaigns that our marketing funds pay for.
    Campaigns,
    /// What partners sell our goods for.
    Resale,
    /// What partners asked us to do: service logs.
    Cases,
    /// Toss-ups that were drawn elsewhere.
    TossUps,
}

impl Kind {
    /// Every kind, in the order they must be read so that rows find what they name.
    pub const ALL: [Kind; 20] = [
        Kind::Pams,
        Kind::Partners,
        Kind::Contacts,
        Kind::Products,
        Kind::Sales,
        Kind::Touches,
        Kind::Quotas,
        Kind::Absences,
        Kind::Meetings,
        Kind::Annual,
        Kind::Contracts,
        Kind::Rebates,
        Kind::Certificates,
        Kind::Stock,
        Kind::Receivables,
        Kind::Pipeline,
        Kind::Campaigns,
        Kind::Resale,
        Kind::Cases,
        Kind::TossUps,
    ];

    /// Stable word for the command line, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Pams => "pams",
            Kind::Partners => "partners",
            Kind::Contacts => "contacts",
            Kind::Products => "products",
            Kind::Sales => "sales",
            Kind::Touches => "touches",
            Kind::Quotas => "quotas",
            Kind::Absences => "absences",
            Kind::Meetings => "meetings",
            Kind::Annual => "annual",
            Kind::Contracts => "contracts",
            Kind::Rebates => "rebates",
            Kind::Certificates => "certificates",
            Kind::Stock => "stock",
            Kind::Receivables => "receivables",
            Kind::Pipeline => "pipeline",
            Kind::Campaigns => "campaigns",
            Kind::Resale => "resale",
            Kind::Cases => "cases",
            Kind::TossUps => "toss-ups",
        }
    }

    /// The kind with that word.
    pub fn coded(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A PAM as a file tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PamRecord {
    /// Number; unique.
    pub key: String,
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Street.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// ISO country.
    pub country: String,
    /// Home, given or found by postal code or town.
    pub home: Option<Place>,
    /// Manager's key.
    pub manager: String,
    /// Field hours a week in season.
    pub field_time_week: Option<Minutes>,
}

/// A partner as a file tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PartnerRecord {
    /// Number; unique.
    pub key: String,
    /// Name.
    pub name: String,
    /// Street.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// ISO country.
    pub country: String,
    /// Where, given or found by postal code or town.
    pub place: Option<Place>,
    /// Kind of reseller.
    pub segment: String,
    /// Chain or group.
    pub chain: String,
    /// Employees.
    pub employees: Option<u32>,
    /// Yearly revenue by its accounts.
    pub revenue: Option<Money>,
    /// What it buys in a year of what we sell, from everybody, where somebody has told.
    pub wallet: Option<Money>,
    /// The part of that which goes through us, where somebody has told.
    pub wallet_share: Option<Share>,
    /// Key of the PAM who runs it; empty where nobody.
    pub pam: String,
    /// When it receives visitors.
    pub opening_hours: Option<WeekHours>,
    /// Days it receives nobody.
    pub closed: Vec<DayRange>,
    /// How long a visit takes.
    pub visit_time: Option<Minutes>,
    /// Must not be visited.
    pub inactive: bool,
}

/// A person at a partner as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactRecord {
    /// Identifies the person within the partner: number, mail address or name.
    pub key: String,
    /// Key of the partner.
    pub partner: String,
    /// Name.
    pub name: String,
    /// Role as written.
    pub role: String,
    /// Mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
}

/// An article as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductRecord {
    /// Article number; unique.
    pub sku: String,
    /// Its category.
    pub category: String,
    /// Whether that is aftermarket, where the file says.
    pub aftermarket: Option<bool>,
}

/// Of which brand a line's goods are, and which distributor sold them to the partner; empty where the file does not say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Supply {
    /// The brand or its vendor.
    pub brand: String,
    /// The distributor that sold.
    pub distributor: String,
}

/// A sold line (or a month's sum) as a file tells it. Compact: millions of these are held at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleRecord {
    /// Fingerprint of the line's identity in its source (invoice and line number, or month, partner and category).
    pub key: u128,
    /// Day of the line; first of the month for sums.
    pub day: Day,
    /// Index into [`crate::Batch::partner_keys`].
    pub partner: u32,
    /// Index into [`crate::Batch::categories`].
    pub category: u32,
    /// Index into [`crate::Batch::skus`].
    pub sku: u32,
    /// Pieces.
    pub quantity: i64,
    /// Net revenue.
    pub revenue: Money,
    /// Contribution margin where cost is known.
    pub margin: Option<Money>,
    /// Index into [`crate::Batch::supplies`]; `None` where neither brand nor distributor is told.
    pub supply: Option<u32>,
}

/// A visit or touch as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct TouchRecord {
    /// Fingerprint of its identity: the source's id, or day, partner, PAM and kind.
    pub key: u128,
    /// When.
    pub day: Day,
    /// Key of the partner.
    pub partner: String,
    /// Key of the contact within the partner; empty where unknown.
    pub contact: String,
    /// Key of the PAM; empty where unknown.
    pub pam: String,
    /// How.
    pub kind: &'static TouchKind,
    /// Quality 0 to 1.2 where somebody rated it.
    pub quality: Option<f64>,
}

/// A quota as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaRecord {
    /// Key of the PAM.
    pub pam: String,
    /// First month.
    pub from: Month,
    /// Months covered.
    pub months: i32,
    /// Revenue.
    pub amount: Money,
}

/// An absence as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceRecord {
    /// Key of the PAM.
    pub pam: String,
    /// From and to.
    pub days: DayRange,
    /// As written.
    pub reason: String,
}

/// A row about a partner's business as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct BusinessRow {
    /// Key of the partner.
    pub partner: String,
    /// What it is known again by within its kind and partner.
    pub key: String,
    /// What it says.
    pub what: Business,
}

/// A meeting to come as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingRow {
    /// What it is known again by.
    pub key: String,
    /// Key of the partner.
    pub partner: String,
    /// Key of the PAM.
    pub pam: String,
    /// Key of the contact within the partner; empty where unknown.
    pub contact: String,
    /// What it is to be; partner, PAM and contact in it are filled in by the store.
    pub plan: MeetingPlan,
    /// It will be held: the plan in it is whole.
    pub confirmed: bool,
    /// The partner has been asked.
    pub proposed: bool,
}

/// A partner in a toss-up that was drawn elsewhere, as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnRecord {
    /// The season's name in the file; all rows of one name are one toss-up.
    pub season: String,
    /// Its days.
    pub days: DayRange,
    /// The file tells those days; else it only tells a part of a year, within which they lie.
    pub dated: bool,
    /// Key of the partner.
    pub partner: String,
    /// Among whom it was drawn; empty where among all of the season.
    pub block: String,
    /// With whom it won or lost as one; empty where the file does not say.
    pub entry: String,
    /// Was it drawn to be visited?
    pub won: bool,
    /// Visits that winners get more.
    pub visits: u32,
}
