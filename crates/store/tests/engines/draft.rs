//! Import plans written by hand, in few words.

use spelplan_facts::{Day, DayRange, Money, Month, TouchKind};
use spelplan_intake::{
    AbsenceRecord, Change, ContactRecord, Counts, ImportPlan, Kind, PamRecord, PartnerRecord, PlannedSale, QuotaRecord,
    SaleRecord, Supply, TouchRecord,
};
use spelplan_store::{ImportId, Store, StoreError};

pub const AT: &str = "2026-02-03T10:00:00Z";

/// The day of `2026-02-03`.
pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A line: key, day, partner, category, revenue and margin in ten-thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub key: u128,
    pub day: Day,
    pub partner: String,
    pub category: String,
    pub quantity: i64,
    pub revenue: i64,
    pub margin: Option<i64>,
    /// Brand and distributor, where it tells either.
    pub supply: Option<(String, String)>,
}

pub fn line(key: u128, on: &str, partner: &str, category: &str, revenue: i64, margin: Option<i64>) -> Line {
    let (day, partner, category) = (day(on), partner.into(), category.into());
    Line { key, day, partner, category, quantity: 1, revenue, margin, supply: None }
}

pub fn pam(key: &str) -> PamRecord {
    PamRecord { key: key.into(), name: format!("PAM {key}"), country: "SE".into(), ..PamRecord::default() }
}

pub fn partner(key: &str, pam: &str) -> PartnerRecord {
    let name = format!("Partner {key}");
    PartnerRecord { key: key.into(), name, pam: pam.into(), country: "SE".into(), ..PartnerRecord::default() }
}

/// An import plan in the making.
#[derive(Debug, Default, Clone)]
pub struct Draft(pub ImportPlan);

impl Draft {
    pub fn new() -> Draft {
        Draft(ImportPlan { sources: vec!["by-hand.csv".into()], ..ImportPlan::default() })
    }

    pub fn pam(mut self, record: PamRecord) -> Draft {
        self.0.pams.push(Change::New(record));
        self
    }

    pub fn partner(mut self, record: PartnerRecord) -> Draft {
        self.0.partners.push(Change::New(record));
        self
    }

    pub fn change_partner(mut self, before: PartnerRecord, after: PartnerRecord) -> Draft {
        self.0.partners.push(Change::Changed { before, after });
        self
    }

    pub fn contact(mut self, partner: &str, key: &str) -> Draft {
        let name = format!("Person {key}");
        let record = ContactRecord { partner: partner.into(), key: key.into(), name, ..ContactRecord::default() };
        self.0.contacts.push(Change::New(record));
        self
    }

    pub fn quota(mut self, pam: &str, amount: i64) -> Draft {
        let record = QuotaRecord { pam: pam.into(), from: Month(2026 * 12), months: 3, amount: Money(amount) };
        self.0.quotas.push(Change::New(record));
        self
    }

    pub fn absence(mut self, pam: &str, days: &str) -> Draft {
        let days = DayRange::parse(days).unwrap();
        self.0.absences.push(AbsenceRecord { pam: pam.into(), days, reason: "semester".into() });
        self
    }

    pub fn article(mut self, sku: &str, category: &str) -> Draft {
        self.0.products.push((sku.into(), category.into()));
        self
    }

    pub fn touch(mut self, key: u128, on: &str, (partner, contact, pam): (&str, &str, &str), kind: &str) -> Draft {
        let record = TouchRecord {
            key,
            day: day(on),
            partner: partner.into(),
            contact: contact.into(),
            pam: pam.into(),
            kind: TouchKind::named(kind).unwrap(),
            quality: Some(0.1 + 0.2),
        };
        self.0.touches.push((record, false));
        self
    }

    /// The last touch corrects a known one.
    pub fn correcting(mut self) -> Draft {
        self.0.touches.last_mut().unwrap().1 = true;
        self
    }

    pub fn line(self, line: Line) -> Draft {
        self.planned(line, false)
    }

    pub fn correct(self, line: Line) -> Draft {
        self.planned(line, true)
    }

    pub fn planned(mut self, line: Line, corrects: bool) -> Draft {
        let plan = &mut self.0;
        let partner = index(&mut plan.partner_keys, line.partner);
        let category = index(&mut plan.categories, (line.category, false));
        let sku = index(&mut plan.skus, format!("A{}", line.key % 7));
        let supply = line.supply.map(|(brand, distributor)| Supply { brand, distributor });
        let record = SaleRecord {
            key: line.key,
            day: line.day,
            partner,
            category,
            sku,
            quantity: line.quantity,
            revenue: Money(line.revenue),
            margin: line.margin.map(Money),
            supply: supply.map(|one| index(&mut plan.supplies, one)),
        };
        plan.sales.push(PlannedSale { record, corrects });
        self
    }

    pub fn counts(mut self, kind: Kind, counts: Counts) -> Draft {
        self.0.counts.push((kind, counts));
        self
    }

    pub fn currency(mut self, currency: &str) -> Draft {
        self.0.currency = Some(currency.into());
        self
    }

    pub async fn try_commit(&self, store: &Store) -> Result<ImportId, StoreError> {
        store.commit(&self.0, &|_, _| {}, AT).await
    }

    pub async fn commit(&self, store: &Store) -> ImportId {
        self.try_commit(store).await.unwrap()
    }
}

fn index<T: PartialEq>(list: &mut Vec<T>, one: T) -> u32 {
    let at = list.iter().position(|known| *known == one).unwrap_or_else(|| {
        list.push(one);
        list.len() - 1
    });
    at as u32
}

/// Two PAMs and two partners, one for each.
pub fn small_market() -> Draft {
    Draft::new().pam(pam("A")).pam(pam("B")).partner(partner("P1", "A")).partner(partner("P2", "B"))
}

/// Many lines over years, partners and categories; repeatable.
pub fn many_lines(count: u128) -> Draft {
    let from = day("2023-01-01");
    (0..count).fold(Draft::new(), |draft, n| {
        let number = |salt: u64| ((n as u64 + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) as i64;
        draft.line(Line {
            key: n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835),
            day: from.plus((number(1) % 1000) as i32),
            partner: format!("P{}", 1 + n % 2),
            category: format!("C{}", n % 5),
            quantity: number(2) % 9,
            revenue: number(3) % 10_000_000,
            margin: (n % 3 > 0).then_some(number(4) % 1_000_000),
            supply: None,
        })
    })
}
