//! What a file holds is told by its header alone, under any file name.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use spelplan_intake::{Kind, Options, Source, read};

fn kind(header: &str, row: &str) -> Result<Kind, String> {
    let bytes = format!("{header}\n{row}\n").into_bytes();
    match read(&Source { name: "file.csv", bytes: &bytes }, &Options::default()) {
        Ok(batches) => Ok(batches[0].kind.unwrap()),
        Err(error) => Err(error.code.to_owned()),
    }
}

#[test]
fn a_header_tells_the_kind_in_swedish_and_english() {
    let cases = [
        ("pam_id,lat,lon,programme_start", Kind::Pams),
        ("pam_id,name,email,street,postal_code,city,country", Kind::Pams),
        ("Säljare,Namn,E-post,Gatuadress,Postnr,Ort,Land,Chef", Kind::Pams),
        ("partner_id,name,street,postal_code,city,country,segment", Kind::Partners),
        ("Kundnr,Kundnamn,Adress,Postnummer,Postort,Bransch,Anställda,Säljare", Kind::Partners),
        ("ResellerKey,BusinessType,ResellerName,City", Kind::Partners),
        ("name,accountnumber,telephone1,websiteurl,address1_city,ownerid", Kind::Partners),
        ("Account Name,Main Phone,Address 1: City,(Do Not Modify) Account,Email (Primary Contact)", Kind::Partners),
        ("partner_id,title,first_name,last_name,role,phone,email", Kind::Contacts),
        ("Full Name,Email,Company Name,Business Phone,Job Title,(Do Not Modify) Contact", Kind::Contacts),
        ("Kundnr,Förnamn,Efternamn,Befattning,E-post,Telefon", Kind::Contacts),
        ("sku,product,category,vendor,list_price", Kind::Products),
        ("Artikelnr,Benämning,Varugrupp,Pris", Kind::Products),
        ("date,partner_id,sku,quantity,revenue,cost", Kind::Sales),
        ("month,partner_id,revenue", Kind::Sales),
        ("Fakturadatum,Fakturanr,Rad,Kundnr,Artikelnr,Varugrupp,Antal,Belopp,TB", Kind::Sales),
        ("Invoice/Item Number,Date,Store Number,Category Name,Bottles Sold,Sale (Dollars)", Kind::Sales),
        ("date,partner_id,kind", Kind::Touches),
        ("date,partner_id,pam_id,arm", Kind::Touches),
        ("Datum,Kundnr,Kontaktsätt,Säljare,Betyg", Kind::Touches),
        ("Subject,Status,Start Time,End Time,Regarding,Location,(Do Not Modify) Appointment", Kind::Touches),
        ("Activity ID,Assigned To ID,Subject,Due Date Only,Account ID,Location", Kind::Touches),
        ("pam_id,quarter_start,year,quarter,quota", Kind::Quotas),
        ("Säljare,Månad,Budget", Kind::Quotas),
        ("Year,EmployeeID,M01,M02,M03,M04,M05,M06,M07,M08,M09,M10,M11,M12,Region", Kind::Quotas),
        ("pam_id,from,to,reason", Kind::Absences),
        ("Säljare,Från,Till,Orsak", Kind::Absences),
        ("season,partner_id,arm", Kind::TossUps),
        ("Säsong,Kundnr,Lott,Från,Till", Kind::TossUps),
    ];
    for (header, expected) in cases {
        let row = header.split(',').map(|_| "x").collect::<Vec<_>>().join(",");
        assert_eq!(kind(header, &row), Ok(expected), "{header}");
    }
}

#[test]
fn a_header_that_says_nothing_is_not_guessed() {
    for header in ["a,b,c", "geonameid,admin,landmass", "partner_id,month,visits,orders"] {
        assert_eq!(kind(header, "1,2,3"), Err("I003".to_owned()), "{header}");
    }
    for header in ["date,partner_id,sku,quantity", "season,arm", "Ordernr,Radnr,Datum,Artikelnr,Antal,Belopp"] {
        assert_eq!(kind(header, "1,2,3"), Err("I004".to_owned()), "{header}");
    }
}

#[test]
fn every_shared_table_is_known_for_what_it_is() {
    let cases = [
        ("iowa/partners.csv", Kind::Partners),
        ("iowa/products.csv", Kind::Products),
        ("iowa/sellout_monthly_sazerac.csv.gz", Kind::Sales),
        ("iowa/sellout_lines_sazerac_2022h2.csv.gz", Kind::Sales),
        ("iowa/semisynth_pams.csv", Kind::Pams),
        ("iowa/semisynth_visits.csv", Kind::Touches),
        ("iowa/semisynth_touches.csv", Kind::Touches),
        ("iowa/semisynth_sellout.csv.gz", Kind::Sales),
        ("iowa/semisynth_tossup.csv", Kind::TossUps),
        ("iowa/raw/Iowa_Liquor_Sales_10k.csv", Kind::Sales),
        ("detailing/partners.csv", Kind::Partners),
    ];
    for (name, expected) in cases {
        let Some(files) = crate::shared::files(&[name]) else { return };
        let batch = crate::shared::read(&files).unwrap().remove(0);
        assert_eq!((batch.kind, batch.wrong.len()), (Some(expected), 0), "{name}: {:#?}", batch.wrong.first());
    }
}

#[test]
fn iowa_comes_in_whole() {
    let names = ["iowa/partners.csv", "iowa/sellout_monthly_sazerac.csv.gz"];
    let Some(files) = crate::shared::files(&names) else { return };
    let plan = crate::shared::planned(&files);
    assert_eq!(crate::shared::counts(&plan, Kind::Sales).new, 407_058);
    assert_eq!(plan.n_wrong(), 0);
    let Some(files) = crate::shared::files(&["iowa/partners.csv", "iowa/sellout_lines_sazerac_2022h2.csv.gz"]) else {
        return;
    };
    let plan = crate::shared::planned(&files);
    assert_eq!((crate::shared::counts(&plan, Kind::Sales).new, plan.n_wrong()), (214_147, 0));
    assert_eq!(plan.unplaced.len(), 1);
}

#[test]
fn planted_visits_and_touches_come_in_whole() {
    let names = [
        "iowa/partners.csv",
        "iowa/semisynth_pams.csv",
        "iowa/semisynth_visits.csv",
        "iowa/semisynth_touches.csv",
        "iowa/semisynth_sellout.csv.gz",
    ];
    let Some(files) = crate::shared::files(&names) else { return };
    let plan = crate::shared::planned(&files);
    assert_eq!(crate::shared::counts(&plan, Kind::Pams).new, 12);
    let touches = crate::shared::counts(&plan, Kind::Touches);
    // Five of the 1,349 visits stand twice: same day, partner and PAM.
    assert_eq!((touches.new, touches.duplicate, touches.wrong), (1_344 + 2_415, 5, 0));
    let visits = plan.touches.iter().filter(|(touch, _)| touch.kind.is_visit()).count();
    assert_eq!(visits, 1_344);
    assert_eq!(plan.n_wrong(), 0);
}
