//! Where partners lie, who runs them, when they receive visitors.

use std::collections::BTreeMap;

use spelplan_facts::{Point, Precision};
use spelplan_intake::{PamRecord, PartnerRecord};

use super::market;

fn pams_and_partners() -> (Vec<PamRecord>, Vec<PartnerRecord>) {
    let mut batches = market(1).batches().into_iter();
    let pams = batches.next().unwrap().pams.into_iter().map(|(_, pam)| pam).collect();
    (pams, batches.next().unwrap().partners.into_iter().map(|(_, partner)| partner).collect())
}

fn counted<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

fn km(a: Point, b: Point) -> f64 {
    spelplan_atlas::great_circle_km((a.lat, a.lon), (b.lat, b.lon))
}

#[test]
fn countries_and_segments_have_their_parts() {
    let (_, partners) = pams_and_partners();
    let countries = counted(partners.iter().map(|partner| partner.country.as_str()));
    for (country, part) in [("SE", 0.62), ("NO", 0.14), ("DK", 0.13), ("FI", 0.11)] {
        assert!((countries[country] as f64 / 260.0 - part).abs() < 0.035, "{country}: {}", countries[country]);
    }
    let segments = counted(partners.iter().map(|partner| partner.segment.as_str()));
    for (segment, part) in
        [("generalist", 0.35), ("MSP", 0.25), ("print", 0.20), ("integrator", 0.12), ("e-tail", 0.05)]
    {
        assert!((segments[segment] as f64 / 260.0 - part).abs() < 0.05, "{segment}: {}", segments[segment]);
    }
}

#[test]
fn eight_pams_run_about_as_many_partners_each_and_live_among_them() {
    let (pams, partners) = pams_and_partners();
    assert_eq!(
        counted(pams.iter().map(|pam| pam.country.as_str())),
        [("DK", 1), ("FI", 1), ("NO", 1), ("SE", 5)].into()
    );
    for pam in &pams {
        let own: Vec<&PartnerRecord> = partners.iter().filter(|partner| partner.pam == pam.key).collect();
        assert!((26..=37).contains(&own.len()), "{} runs {}", pam.key, own.len());
        assert!(own.iter().all(|partner| partner.country == pam.country));
        let home = pam.home.unwrap().point;
        let nearest =
            own.iter().filter_map(|one| one.place).map(|place| km(place.point, home)).fold(f64::MAX, f64::min);
        assert!(nearest < 15.0, "{} lives in {}, {nearest:.0} km from the next partner", pam.key, pam.city);
    }
}

#[test]
fn a_swedish_partner_is_seldom_nearer_to_another_pam() {
    let (pams, partners) = pams_and_partners();
    let far = |partner: &PartnerRecord, pam: &PamRecord| km(partner.place.unwrap().point, pam.home.unwrap().point);
    let swedish = partners.iter().filter(|p| p.country == "SE" && p.place.is_some() && !p.pam.is_empty());
    let astray = swedish.filter(|partner| {
        let own = pams.iter().find(|pam| pam.key == partner.pam).unwrap();
        pams.iter().any(|pam| pam.country == "SE" && far(partner, pam) + 100.0 < far(partner, own))
    });
    assert!(astray.count() <= 12);
}

#[test]
fn places_are_as_well_known_as_real_files_know_them() {
    let (_, partners) = pams_and_partners();
    let nowhere = partners.iter().filter(|partner| partner.place.is_none());
    assert!((2..=3).contains(&nowhere.clone().count()));
    assert!(nowhere.into_iter().all(|partner| partner.postal_code.is_empty() && partner.city.is_empty()));
    let by_town = partners.iter().filter(|p| p.place.is_some_and(|place| place.precision == Precision::Town)).count();
    assert!((6..=26).contains(&by_town), "{by_town} by postal code");
    for partner in partners.iter().filter(|partner| partner.place.is_some()) {
        let spot = spelplan_atlas::places::by_postal_code(&partner.country, &partner.postal_code);
        let spot = spot.unwrap_or_else(|| panic!("{} {} is no postal code", partner.country, partner.postal_code));
        let point = partner.place.unwrap().point;
        assert!(km(point, Point { lat: spot.lat, lon: spot.lon }) < 35.0, "{} {}", partner.city, partner.postal_code);
    }
}

#[test]
fn some_are_run_by_nobody_some_are_inactive_some_keep_hours_of_their_own() {
    let (_, partners) = pams_and_partners();
    let n = |test: fn(&PartnerRecord) -> bool| partners.iter().filter(|partner| test(partner)).count();
    let cases = [
        ("without PAM", n(|p| p.pam.is_empty()), 3..=6),
        ("inactive", n(|p| p.inactive), 6..=35),
        ("opening hours", n(|p| p.opening_hours.is_some()), 20..=60),
        ("closed for a while", n(|p| !p.closed.is_empty()), 8..=36),
        ("own visit length", n(|p| p.visit_time.is_some()), 10..=45),
        ("in a chain", n(|p| !p.chain.is_empty()), 15..=70),
        ("accounts known", n(|p| p.revenue.is_some()), 180..=240),
        ("å, ä or ö in the name", n(|p| p.name.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö'])), 20..=200),
    ];
    for (what, count, wanted) in cases {
        assert!(wanted.contains(&count), "{what}: {count}");
    }
}
