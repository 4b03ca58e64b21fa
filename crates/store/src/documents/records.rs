//! Shapes of records as an import found and left them: what undoing reads.

use spelplan_facts::{DayRange, Minutes, Money, Month, Place, Share, WeekHours};
use spelplan_intake::{ContactRecord, PamRecord, PartnerRecord, QuotaRecord};

use super::documents;
use crate::records::{ArticleRecord, CategoryRecord};

documents! {
    PamKept = PamRecord {
        key: String, name: String, email: String, street: String, postal_code: String, city: String, country: String,
        home: Option<Place>, manager: String, field_time_week: Option<Minutes>,
    }
    PartnerKept = PartnerRecord {
        key: String, name: String, street: String, postal_code: String, city: String, country: String,
        place: Option<Place>, segment: String, chain: String, employees: Option<u32>, revenue: Option<Money>,
        wallet: Option<Money>,
        wallet_share: Option<Share>, pam: String, opening_hours: Option<WeekHours>, closed: Vec<DayRange>, visit_time: Option<Minutes>,
        inactive: bool,
    }
    ContactKept = ContactRecord {
        key: String, partner: String, name: String, role: String, email: String, phone: String,
    }
    QuotaKept = QuotaRecord { pam: String, from: Month, months: i32, amount: Money }
    CategoryKept = CategoryRecord { name: String, aftermarket: bool }
    ArticleKept = ArticleRecord { sku: String, category: String }
}
