//! The market as an import would read it: PAMs, partners, people, touches, quotas, absences.

use spelplan_facts::{Money, Month, Place, Point, Precision};
use spelplan_intake::{AbsenceRecord, Batch, ContactRecord, Kind, PartnerRecord, QuotaRecord, TouchRecord};

use super::Market;
use super::calendar::sales_season;
use super::chance::{Chance, Purpose};
use super::history;
use super::lines::BATCH_LINES;
use super::names;
use super::profile::{Located, Profile, SEGMENTS};
use super::stories::Story;

/// Everything but the sale lines, in the order an import needs; touches in batches of at most 200,000.
pub(super) fn batches(market: &Market) -> Vec<Batch> {
    let pams = market.territories.all.iter().map(|territory| territory.pam.clone());
    let mut batches = vec![
        Batch { pams: numbered(pams), ..empty(Kind::Pams, 1) },
        Batch {
            partners: numbered(market.profiles.iter().map(|one| partner(market, one))),
            ..empty(Kind::Partners, 1)
        },
        Batch {
            contacts: numbered(market.profiles.iter().flat_map(|one| people(market, one))),
            ..empty(Kind::Contacts, 1)
        },
    ];
    batches.extend(touch_batches(market));
    batches.push(Batch { quotas: numbered(quotas(market)), ..empty(Kind::Quotas, 1) });
    batches.push(Batch { absences: numbered(absences(market)), ..empty(Kind::Absences, 1) });
    batches
}

fn empty(kind: Kind, number: usize) -> Batch {
    Batch { source: format!("demo-{}-{number:04}", kind.code()), kind: Some(kind), ..Batch::default() }
}

/// Rows with their lines in a file whose header is line 1.
fn numbered<R>(records: impl Iterator<Item = R>) -> Vec<(u32, R)> {
    (2..).zip(records).collect()
}

fn partner(market: &Market, profile: &Profile) -> PartnerRecord {
    let nowhere = profile.located == Located::Nowhere;
    let place = match profile.located {
        Located::Given => Some(Place { point: profile.point, precision: Precision::Given }),
        Located::ByPostalCode => place_by_postal_code(profile),
        Located::Nowhere => None,
    };
    let unless_nowhere = |text: &str| if nowhere { String::new() } else { text.to_owned() };
    PartnerRecord {
        key: profile.key.clone(),
        name: profile.name.clone(),
        street: if nowhere { format!("Box {}", 100 + profile.number % 900) } else { profile.street.clone() },
        postal_code: unless_nowhere(profile.postal_code),
        city: unless_nowhere(profile.city),
        country: profile.country.to_owned(),
        place,
        segment: SEGMENTS[profile.segment].0.to_owned(),
        chain: profile.chain.to_owned(),
        employees: Some(profile.employees),
        revenue: profile.accounts.map(|kronor| Money::whole((kronor / 1_000.0).round() as i64 * 1_000)),
        wallet: None,
        wallet_share: None,
        pam: market.territory(profile).map_or(String::new(), |territory| territory.pam.key.clone()),
        opening_hours: profile.opening_hours.clone(),
        closed: profile.closed.clone(),
        visit_time: profile.visit_time,
        inactive: profile.inactive,
    }
}

/// As an import would place it.
fn place_by_postal_code(profile: &Profile) -> Option<Place> {
    let spot = spelplan_atlas::places::by_postal_code(profile.country, profile.postal_code)?;
    Some(Place { point: Point { lat: spot.lat, lon: spot.lon }, precision: Precision::Town })
}

/// Two to four people: who owns or leads it, who buys, who sells, who installs.
fn people(market: &Market, profile: &Profile) -> Vec<ContactRecord> {
    const ROLES: [&str; 4] = ["VD", "Inköpare", "Säljansvarig", "Tekniker"];
    let chance = &mut Chance::of(market.size.seed, profile.number, Purpose::People);
    let n = 2 + chance.below(3);
    let domain = names::plain(&profile.name, '-');
    let person = |(number, role): (usize, &&str)| {
        let name = names::of(profile.country).person(chance);
        let own = profile.country == "SE";
        ContactRecord {
            key: format!("{}-{}", profile.key, number + 1),
            partner: profile.key.clone(),
            email: format!("{}@{domain}.example", names::plain(&name, '.')),
            name,
            role: (*role).to_owned(),
            phone: if own { format!("070-174 06 {:02}", 5 + chance.below(95)) } else { String::new() },
        }
    };
    ROLES.iter().enumerate().take(n).map(person).collect()
}

fn touch_batches(market: &Market) -> Vec<Batch> {
    let mut batches = vec![empty(Kind::Touches, 1)];
    for profile in &market.profiles {
        let touches = touches(market, profile);
        if batches.last().is_some_and(|batch| batch.touches.len() + touches.len() > BATCH_LINES) {
            batches.push(empty(Kind::Touches, batches.len() + 1));
        }
        if let Some(batch) = batches.last_mut() {
            let next = batch.touches.len() as u32 + 2;
            batch.touches.extend((next..).zip(touches));
        }
    }
    batches
}

/// Visits, half of them with a rated quality, and digital touches, by day.
fn touches(market: &Market, profile: &Profile) -> Vec<TouchRecord> {
    let history = market.history(profile);
    let chance = &mut Chance::of(market.size.seed, profile.number, Purpose::Ratings);
    // Who made the fading friend's visits has left and stands in no register.
    let left = profile.story == Some(Story::FadingFriend);
    let pam = market.territory(profile).filter(|_| !left).map_or("", |territory| territory.pam.key.as_str());
    let n_people = 2 + Chance::of(market.size.seed, profile.number, Purpose::People).below(3);
    let visits = history.visits.iter().map(|&(_, day)| (day, history::visit()));
    let digital = history.touches.iter().map(|&(_, day, kind)| (day, kind));
    let mut records: Vec<TouchRecord> = visits
        .chain(digital)
        .zip(1_u128..)
        .map(|((day, kind), n)| TouchRecord {
            key: market.key_space << 64 | 1 << 63 | (profile.number as u128) << 24 | n,
            day,
            partner: profile.key.clone(),
            contact: format!("{}-{}", profile.key, 1 + chance.below(n_people)),
            pam: pam.to_owned(),
            kind,
            quality: (chance.happens(0.5) && kind.is_visit()).then(|| *chance.one_of(&[0.5, 0.5, 0.8, 1.0, 1.0, 1.2])),
        })
        .collect();
    records.sort_by_key(|touch| (touch.day, touch.key));
    records
}

/// A quota a quarter: what the territory buys in such a quarter, and eight per cent more. One quarter ahead is known.
fn quotas(market: &Market) -> impl Iterator<Item = QuotaRecord> {
    let mut yearly = vec![0.0; market.territories.all.len()];
    for profile in market.profiles.iter().filter(|profile| !profile.without_pam && !profile.inactive) {
        yearly[market.territories.number_of(profile.number)] += profile.bought_year();
    }
    let first = market.first.0.div_euclid(3) * 3;
    let quarters = (first..=market.until.month().0 + 3).step_by(3).map(Month);
    quarters.flat_map(move |from| {
        let season = (0..3).map(|n| sales_season(Month(from.0 + n))).sum::<f64>() / 12.0;
        let amounts = yearly.clone();
        market.territories.all.iter().zip(amounts).map(move |(territory, year)| QuotaRecord {
            pam: territory.pam.key.clone(),
            from,
            months: 3,
            amount: Money::whole((year * season * 1.08 / 10_000.0).round() as i64 * 10_000),
        })
    })
}

fn absences(market: &Market) -> impl Iterator<Item = AbsenceRecord> {
    market.territories.all.iter().flat_map(|territory| {
        territory.absences.iter().map(|&(days, reason)| AbsenceRecord {
            pam: territory.pam.key.clone(),
            days,
            reason: reason.to_owned(),
        })
    })
}
