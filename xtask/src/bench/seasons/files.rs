//! The same country as files to import, so that the whole program can be measured on it.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use spelplan_facts::{Facts, Place};

/// Writes PAMs, partners, monthly sums of sales and touches as CSV into the folder.
pub(super) fn write(facts: &Facts, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("pams.csv"), pams(facts)?)?;
    std::fs::write(folder.join("partners.csv"), partners(facts)?)?;
    std::fs::write(folder.join("sellout.csv"), sales(facts)?)?;
    std::fs::write(folder.join("touches.csv"), touches(facts)?)?;
    Ok(())
}

fn degrees(place: Option<Place>) -> String {
    place.map_or_else(|| ",".to_owned(), |place| format!("{},{}", place.point.lat, place.point.lon))
}

fn pams(facts: &Facts) -> Result<String> {
    let mut text = "pam_id,name,country,lat,lon\n".to_owned();
    for pam in &facts.pams {
        writeln!(text, "{},{},{},{}", pam.key, pam.name, pam.country, degrees(pam.home))?;
    }
    Ok(text)
}

fn partners(facts: &Facts) -> Result<String> {
    let mut text =
        "partner_id,name,country,lat,lon,segment,employees,pam_id,opening_hours,visit_time,status\n".to_owned();
    for partner in &facts.partners {
        let pam = partner.pam.and_then(|pam| facts.pam(pam)).map_or("", |pam| &pam.key);
        let hours = partner.opening_hours.as_ref().map(ToString::to_string).unwrap_or_default();
        let employees = partner.employees.map(|count| count.to_string()).unwrap_or_default();
        let minutes = partner.visit_time.map(|time| time.0.to_string()).unwrap_or_default();
        let status = if partner.inactive { "inactive" } else { "active" };
        writeln!(
            text,
            "{},{},{},{},{},{employees},{pam},\"{hours}\",{minutes},{status}",
            partner.key,
            partner.name,
            partner.country,
            degrees(partner.place),
            partner.segment
        )?;
    }
    Ok(text)
}

fn sales(facts: &Facts) -> Result<String> {
    let mut text = "date,partner_id,category,revenue,margin\n".to_owned();
    for sale in &facts.sales.by_month {
        let Some(partner) = facts.partner(sale.partner) else { continue };
        let Some(day) = sale.month.first() else { continue };
        let (revenue, margin) = (sale.revenue.units(), sale.margin.units());
        writeln!(text, "{day},{},Datorer,{revenue:.2},{margin:.2}", partner.key)?;
    }
    Ok(text)
}

fn touches(facts: &Facts) -> Result<String> {
    let mut text = "touch_id,date,partner_id,kind,pam_id\n".to_owned();
    for touch in &facts.touches {
        let Some(partner) = facts.partner(touch.partner) else { continue };
        let pam = touch.pam.and_then(|pam| facts.pam(pam)).map_or("", |pam| &pam.key);
        writeln!(text, "{},{},{},{},{pam}", touch.id.0, touch.day, partner.key, touch.kind.code)?;
    }
    Ok(text)
}
