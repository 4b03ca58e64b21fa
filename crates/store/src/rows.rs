//! Rows of the tables as they come, and the facts they are.

use std::sync::LazyLock;

use spelplan_facts::{
    Absence, Category, CategoryId, CategorySale, Contact, ContactId, Day, DayRange, KnownWallet, Minutes, Money, Month,
    MonthSale, Pam, PamId, Partner, PartnerId, Place, Point, Precision, Quota, Share, ToldWallet, Touch, TouchId,
    TouchKind,
};
use sqlx::FromRow;

use crate::StoreError;
use crate::documents::from_json;

/// Day number zero.
static EPOCH: LazyLock<Day> =
    LazyLock::new(|| Month(1970 * 12).first().unwrap_or_else(|| unreachable!("1970 has a January")));

/// The day with that number.
pub(crate) fn day(number: i32) -> Day {
    EPOCH.plus(number)
}

#[derive(FromRow)]
pub(crate) struct PamRow {
    pub(crate) id: i64,
    pub(crate) key: String,
    name: String,
    email: String,
    street: String,
    postal_code: String,
    city: String,
    country: String,
    lat: Option<f64>,
    lon: Option<f64>,
    precision_code: Option<String>,
    manager: String,
    field_time_week: Option<i32>,
}

impl PamRow {
    pub(crate) fn fact(self) -> Pam {
        Pam {
            id: PamId(self.id),
            key: self.key,
            name: self.name,
            email: self.email,
            street: self.street,
            postal_code: self.postal_code,
            city: self.city,
            country: self.country,
            home: place(self.lat, self.lon, self.precision_code.as_deref()),
            manager: self.manager,
            field_time_week: self.field_time_week.map(Minutes),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct PartnerRow {
    pub(crate) id: i64,
    pub(crate) key: String,
    name: String,
    street: String,
    postal_code: String,
    city: String,
    country: String,
    lat: Option<f64>,
    lon: Option<f64>,
    precision_code: Option<String>,
    segment: String,
    chain: String,
    employees: Option<i64>,
    revenue: Option<i64>,
    pam_id: Option<i64>,
    opening_hours: Option<String>,
    closed: String,
    visit_time: Option<i32>,
    inactive: bool,
    wallet: Option<i64>,
    wallet_share: Option<f64>,
}

impl PartnerRow {
    /// Its purchases from everybody and our part of them, as told.
    pub(crate) fn told(&self) -> (Option<Money>, Option<Share>) {
        (self.wallet.map(Money), self.wallet_share.map(Share))
    }

    /// The same as one fact; a sum is more exact than a share.
    pub(crate) fn wallet(&self) -> Option<KnownWallet> {
        let told = match self.told() {
            (Some(purchases), _) => ToldWallet::Purchases(purchases),
            (None, Some(share)) => ToldWallet::OurShare(share),
            (None, None) => return None,
        };
        Some(KnownWallet { partner: PartnerId(self.id), told })
    }

    pub(crate) fn fact(self) -> Result<Partner, StoreError> {
        let hours = self.opening_hours.map(|json| from_json("opening hours of a partner", &json)).transpose()?;
        Ok(Partner {
            id: PartnerId(self.id),
            closed: from_json("closed days of a partner", &self.closed)?,
            key: self.key,
            name: self.name,
            street: self.street,
            postal_code: self.postal_code,
            city: self.city,
            country: self.country,
            place: place(self.lat, self.lon, self.precision_code.as_deref()),
            segment: self.segment,
            chain: self.chain,
            employees: self.employees.and_then(|employees| u32::try_from(employees).ok()),
            revenue: self.revenue.map(Money),
            pam: self.pam_id.map(PamId),
            opening_hours: hours,
            visit_time: self.visit_time.map(Minutes),
            inactive: self.inactive,
        })
    }
}

/// Latitude, longitude and precision as columns.
pub(crate) fn place_columns(place: Option<Place>) -> (Option<f64>, Option<f64>, Option<&'static str>) {
    match place {
        None => (None, None, None),
        Some(place) => {
            let code = match place.precision {
                Precision::Given => "given",
                Precision::Town => "town",
            };
            (Some(place.point.lat), Some(place.point.lon), Some(code))
        }
    }
}

fn place(lat: Option<f64>, lon: Option<f64>, precision: Option<&str>) -> Option<Place> {
    let precision = if precision? == "given" { Precision::Given } else { Precision::Town };
    Some(Place { point: Point { lat: lat?, lon: lon? }, precision })
}

#[derive(FromRow)]
pub(crate) struct ContactRow {
    pub(crate) id: i64,
    pub(crate) partner_id: i64,
    pub(crate) key: String,
    name: String,
    role: String,
    email: String,
    phone: String,
}

impl ContactRow {
    pub(crate) fn fact(self) -> Contact {
        Contact {
            id: ContactId(self.id),
            key: self.key,
            partner: PartnerId(self.partner_id),
            name: self.name,
            role: self.role,
            email: self.email,
            phone: self.phone,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct CategoryRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) aftermarket: bool,
}

impl CategoryRow {
    pub(crate) fn fact(self) -> Category {
        Category { id: CategoryId(self.id), name: self.name, aftermarket: self.aftermarket }
    }
}

#[derive(FromRow)]
pub(crate) struct ProductRow {
    pub(crate) id: i64,
    pub(crate) sku: String,
    pub(crate) category_id: Option<i64>,
}

#[derive(FromRow)]
pub(crate) struct QuotaRow {
    pub(crate) pam_id: i64,
    pub(crate) from_month: i32,
    months: i32,
    amount: i64,
}

impl QuotaRow {
    pub(crate) fn fact(self) -> Quota {
        Quota { pam: PamId(self.pam_id), from: Month(self.from_month), months: self.months, amount: Money(self.amount) }
    }
}

#[derive(FromRow)]
pub(crate) struct AbsenceRow {
    pam_id: i64,
    from_day: i32,
    to_day: i32,
    reason: String,
}

impl AbsenceRow {
    pub(crate) fn fact(self) -> Absence {
        let days = DayRange { from: day(self.from_day), to: day(self.to_day) };
        Absence { pam: PamId(self.pam_id), days, reason: self.reason }
    }
}

#[derive(FromRow)]
pub(crate) struct MonthRow {
    partner_id: i64,
    month: i32,
    revenue: i64,
    margin: i64,
    revenue_with_margin: i64,
}

impl MonthRow {
    pub(crate) fn fact(self) -> MonthSale {
        MonthSale {
            partner: PartnerId(self.partner_id),
            month: Month(self.month),
            revenue: Money(self.revenue),
            margin: Money(self.margin),
            revenue_with_margin: Money(self.revenue_with_margin),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct CategorySaleRow {
    partner_id: i64,
    category_id: i64,
    revenue: i64,
    margin: i64,
    revenue_with_margin: i64,
    months: i64,
}

impl CategorySaleRow {
    pub(crate) fn fact(self) -> CategorySale {
        CategorySale {
            partner: PartnerId(self.partner_id),
            category: CategoryId(self.category_id),
            revenue: Money(self.revenue),
            margin: Money(self.margin),
            revenue_with_margin: Money(self.revenue_with_margin),
            months: u32::try_from(self.months).unwrap_or(0),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct TouchRow {
    id: i64,
    day: i32,
    partner_id: i64,
    contact_id: Option<i64>,
    pam_id: Option<i64>,
    kind: String,
    quality: Option<f64>,
}

impl TouchRow {
    pub(crate) fn fact(self) -> Result<Touch, StoreError> {
        let unknown =
            || StoreError::Unreadable { what: "a touch".into(), cause: format!("no kind is called {}", self.kind) };
        Ok(Touch {
            id: TouchId(self.id),
            day: day(self.day),
            partner: PartnerId(self.partner_id),
            contact: self.contact_id.map(ContactId),
            pam: self.pam_id.map(PamId),
            kind: TouchKind::named(&self.kind).ok_or_else(unknown)?,
            quality: self.quality,
        })
    }
}

/// A line as the sums need it.
#[derive(FromRow, Clone)]
pub(crate) struct LineRow {
    pub(crate) id: i64,
    pub(crate) key_high: i64,
    pub(crate) key_low: i64,
    pub(crate) day: i32,
    pub(crate) partner_id: i64,
    pub(crate) category_id: i64,
    pub(crate) quantity: i64,
    pub(crate) revenue: i64,
    pub(crate) margin: Option<i64>,
    pub(crate) supply_id: Option<i64>,
    pub(crate) import_id: i64,
    pub(crate) corrects: Option<i64>,
}
