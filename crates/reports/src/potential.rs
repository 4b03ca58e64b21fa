//! Potential, whole purchases and share of wallet with their bands, one row per partner.

use spelplan_facts::{Band, Text};
use spelplan_focus::{PartnerPotential, WalletSource};

use crate::open_goals::source;
use crate::{Cell, Column, Material, Report, Table, column, pam_cells, partner_cells, potentials_shown};

pub(crate) static REPORT: Report = Report {
    code: "potential",
    title: Text { sv: "Potential och andel av inköpen", en: "Potential and share of wallet" },
    of_plan: false,
    make,
};

fn columns() -> Vec<Column> {
    vec![
        column("partner_id", "Partnernr", "Partner no."),
        column("partner", "Partner", "Partner"),
        column("segment", "Segment", "Segment"),
        column("chain", "Kedja", "Chain"),
        column("pam_id", "PAM-nr", "PAM no."),
        column("pam", "PAM", "PAM"),
        column("sales_12_months", "Försäljning 12 mån", "Sales 12 months"),
        column("wallet_low", "Inköp från alla, låg", "Purchases from everybody, low"),
        column("wallet", "Inköp från alla per år", "Purchases from everybody a year"),
        column("wallet_high", "Inköp från alla, hög", "Purchases from everybody, high"),
        column("share_of_wallet_low", "Andel av inköpen, låg", "Share of wallet, low"),
        column("share_of_wallet", "Andel av inköpen", "Share of wallet"),
        column("share_of_wallet_high", "Andel av inköpen, hög", "Share of wallet, high"),
        column("wallet_source", "Inköpens källa", "Source of purchases"),
        column("potential_low", "Potential, låg", "Potential, low"),
        column("potential", "Potential", "Potential"),
        column("potential_high", "Potential, hög", "Potential, high"),
        column("headroom", "Utrymme", "Headroom"),
        column("potential_source", "Potentialens källa", "Source of potential"),
        column("estimate", "Vår egen skattning av potentialen", "Our own estimate of the potential"),
    ]
}

fn make(material: &Material) -> Table {
    let rows = potentials_shown(material).iter().map(|one| row(material, one)).collect();
    Table { name: REPORT.code, columns: columns(), rows }
}

fn row(material: &Material, one: &PartnerPotential) -> Vec<Cell> {
    let partner = material.facts.partner(one.partner);
    let word = |field: fn(&spelplan_facts::Partner) -> &String| partner.map_or(Cell::Empty, |p| Cell::text(field(p)));
    let mut cells: Vec<Cell> = partner_cells(material.facts, one.partner).into();
    cells.extend([word(|p| &p.segment), word(|p| &p.chain)]);
    cells.extend(pam_cells(material.facts, partner.and_then(|partner| partner.pam)));
    cells.push(Cell::Money(one.sales_year));
    match &one.wallet {
        Some(wallet) => {
            cells.extend(band(wallet.total));
            cells.extend(wallet.share.map(|share| Cell::Number(share.0)));
            cells.push(Cell::Text(wallet_source(wallet.source)));
        }
        None => cells.extend([(); 7].map(|()| Cell::Empty)),
    }
    cells.extend(band(one.potential));
    cells.push(Cell::Money(one.headroom));
    cells.push(Cell::Text(source(&one.source)));
    cells.push(Cell::Money(one.estimate.value));
    cells
}

fn band(band: Band) -> [Cell; 3] {
    [band.low, band.value, band.high].map(Cell::Money)
}

fn wallet_source(source: WalletSource) -> String {
    match source {
        WalletSource::Told => "told".to_owned(),
        WalletSource::Learned { known } => format!("learned from {known} known"),
        WalletSource::Assumed => "usual share assumed".to_owned(),
    }
}
