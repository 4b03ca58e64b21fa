//! In which categories each partner's potential lies, one row per partner and category; a partner's rows add up.

use spelplan_facts::Text;

use crate::{Cell, Material, Report, Table, column, partner_cells, potentials_shown};

pub(crate) static REPORT: Report = Report {
    code: "potential-categories",
    title: Text { sv: "Potential per kategori", en: "Potential by category" },
    of_plan: false,
    make,
};

fn make(material: &Material) -> Table {
    let columns = vec![
        column("partner_id", "Partnernr", "Partner no."),
        column("partner", "Partner", "Partner"),
        column("category", "Kategori", "Category"),
        column("sales_12_months", "Försäljning 12 mån", "Sales 12 months"),
        column("potential", "Potential", "Potential"),
        column("headroom", "Utrymme", "Headroom"),
    ];
    let categories = &material.facts.sales.categories;
    let mut rows = Vec::new();
    for one in potentials_shown(material) {
        for part in &one.categories {
            let name = categories.iter().find(|category| category.id == part.category);
            let mut cells: Vec<Cell> = partner_cells(material.facts, one.partner).into();
            cells.push(name.map_or(Cell::Empty, |category| Cell::text(&category.name)));
            cells.extend([part.sales_year, part.potential, part.headroom].map(Cell::Money));
            rows.push(cells);
        }
    }
    Table { name: REPORT.code, columns, rows }
}
