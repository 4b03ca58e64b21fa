//! Addresses, as partners and PAMs have them: country, coordinates given or found.

use spelplan_facts::{Place, Point, Precision};

use super::row_reader::RowReader;
use crate::columns::{Column, words};
use crate::countries;
use crate::errors::Complaint;
use crate::placing;

/// Columns of an address: street, postal code, town, region, country, degrees north and east.
pub(super) const STREET: Column = words(
    "street",
    "gata gatuadress adress address address1 billingstreet mailingstreet shippingstreet \
            streetaddress besoksadress address1line1 address1street1",
);
pub(super) const POSTAL_CODE: Column = words(
    "postal_code",
    "postnr postnummer zip zipcode postcode billingpostalcode billingzippostalcode \
            mailingpostalcode shippingpostalcode address1postalcode address1zippostalcode",
);
pub(super) const CITY: Column =
    words("city", "ort stad town postort billingcity mailingcity shippingcity address1city");
pub(super) const REGION: Column = words(
    "region",
    "state province lan county stateprovince stateprovincename billingstate billingstateprovince \
            stateregion address1stateorprovince",
);
pub(super) const COUNTRY: Column = words(
    "country",
    "land countryregion countrycode landskod billingcountry mailingcountry shippingcountry \
            address1country address1countryregion",
);
pub(super) const LAT: Column =
    words("lat", "latitude latitud billinglatitude shippinglatitude breddgrad address1latitude");
pub(super) const LON: Column =
    words("lon", "lng long longitude longitud billinglongitude shippinglongitude langdgrad address1longitude");

/// The row's country as ISO letters; where it names none, the one the user gave for the file.
pub(crate) fn read_country(reader: &mut RowReader<'_>) -> String {
    let words = reader.words("country");
    if words.is_empty() {
        return reader.options.country.as_deref().and_then(countries::country).unwrap_or_default();
    }
    countries::country(&words).unwrap_or_else(|| {
        reader.complain("country", unknown_country(&words));
        String::new()
    })
}

/// Where the row's address lies: as given, else by postal code, region and town; `None` where neither helps.
pub(super) fn read_place(reader: &mut RowReader<'_>, country: &str) -> Option<Place> {
    let (lat, lon) = (reader.degrees("lat"), reader.degrees("lon"));
    if let (Some(lat), Some(lon)) = (lat, lon)
        && (lat, lon) != (0.0, 0.0)
    {
        if let Some(complaint) = off_the_earth(lat, lon, country) {
            reader.complain("lat", complaint);
        }
        return Some(Place { point: Point { lat, lon }, precision: Precision::Given });
    }
    placing::find(country, &reader.words("postal_code"), &reader.words("region"), &reader.words("city"))
}

/// What is wrong with coordinates, if anything: beyond the poles, or north and east swapped.
fn off_the_earth(lat: f64, lon: f64, country: &str) -> Option<Complaint> {
    let nordic = |lat: f64, lon: f64| (54.0..72.0).contains(&lat) && (4.0..32.0).contains(&lon);
    let off = !(lat.abs() <= 90.0 && lon.abs() <= 180.0);
    let swapped = if matches!(country, "SE" | "NO" | "DK" | "FI") {
        !nordic(lat, lon) && nordic(lon, lat)
    } else {
        off && lon.abs() <= 90.0 && lat.abs() <= 180.0
    };
    let remedy = if swapped {
        (
            "North and east seem to be swapped: put latitude in lat and longitude in lon",
            "Nord och öst verkar omkastade: lägg latituden i lat och longituden i lon",
        )
    } else {
        (
            "Write degrees such as 59.33 and 18.07 (WGS 84), or leave both empty",
            "Skriv grader som 59.33 och 18.07 (WGS 84), eller lämna båda tomma",
        )
    };
    (off || swapped).then(|| {
        Complaint::new(
            "I106",
            (format!("{lat}, {lon} is not where the partner can be"), remedy.0),
            (format!("{lat}, {lon} kan inte vara platsen"), remedy.1),
        )
    })
}

fn unknown_country(words: &str) -> Complaint {
    Complaint::new(
        "I113",
        (format!("\"{words}\" is no country we know"), "Write the two letters of ISO 3166, such as SE"),
        (
            format!("\"{words}\" är inget land vi känner"),
            "Skriv landets två bokstäver enligt ISO 3166, till exempel SE",
        ),
    )
}
