//! AdventureWorks as Microsoft ships it: a warehouse's bare tables without headers, and the tables of a course built
//! on it. They only make sense together (sales name resellers by a number that another table explains), so this
//! format takes them as a group and lays them out as the plain tables that every other file has.

mod made;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use made::{MadeCell, MadeRows};
use spelplan_facts::{Day, Text};
use tables::{Table, recognise, texts, walk_named};

use super::Format;
use crate::errors::Complaint;
use crate::reading::read_rows;
use crate::{Batch, IntakeError, Kind, Notice, Options, PamRecord, Source};

/// AdventureWorks' raw tables.
pub(super) static FORMAT: Format = Format {
    code: "adventureworks",
    title: Text { sv: "AdventureWorks råa tabeller", en: "AdventureWorks' raw tables" },
    claims: |sources| (0..sources.len()).filter(|&at| recognise(&sources[at]).is_some()).collect(),
    read,
};

/// The files handed in, by table.
struct Group<'a, 's> {
    files: BTreeMap<Table, Source<'s>>,
    options: &'a Options,
    notices: Vec<Notice>,
}

/// Who sold last to each reseller: reseller's number to day and PAM's number.
type LastSeller = BTreeMap<String, (Day, String)>;

fn read(sources: &[Source<'_>], options: &Options) -> Result<Vec<Batch>, IntakeError> {
    let mut group = Group { files: BTreeMap::new(), options, notices: Vec::new() };
    for source in sources {
        let table = recognise(source).ok_or_else(|| crate::encoding::not_text(source.name))?;
        group.files.insert(table, *source);
    }
    group.leave_aside(Table::DwSales, Table::CourseSales);
    group.leave_aside(Table::DwResellers, Table::CourseResellers);
    group.leave_aside(Table::DwQuotas, Table::CourseTargets);
    group.read()
}

impl<'s> Group<'_, 's> {
    /// Where two tables tell the same, reads the first and says that the other was left.
    fn leave_aside(&mut self, kept: Table, left: Table) {
        if !self.files.contains_key(&kept) {
            return;
        }
        let (Some(own), Some(other)) = (self.files.get(&kept).map(|s| s.name), self.files.remove(&left)) else {
            return;
        };
        let name = other.name;
        self.notices.push(Notice {
            code: "I207",
            en: format!(
                "{name} tells the same as {own} in another dialect and was left aside, so that nothing counts twice."
            ),
            sv: format!(
                "{name} säger samma sak som {own} på en annan dialekt och lämnades oläst, så att inget räknas dubbelt."
            ),
        });
    }

    fn read(mut self) -> Result<Vec<Batch>, IntakeError> {
        let keys = self.partner_keys()?;
        let categories = self.categories()?;
        let (sales, sellers) = self.sales(&keys, &categories)?;
        let mut batches = Vec::new();
        batches.extend(self.partners(&sellers)?);
        batches.extend(self.products()?);
        batches.extend(self.quotas()?);
        batches.extend(sales);
        batches.extend(self.pams(&batches, &sellers)?);
        if let Some(source) = self.files.get(&Table::DwGeography)
            && !self.files.contains_key(&Table::DwResellers)
        {
            return Err(only_together(source.name, "DimReseller"));
        }
        if let Some(first) = batches.first_mut() {
            first.notices.append(&mut self.notices);
        }
        Ok(batches)
    }

    fn file(&self, table: Table) -> Option<Source<'s>> {
        self.files.get(&table).copied()
    }

    fn made(&self, source: &Source<'_>, kind: Kind, rows: &MadeRows) -> Result<Batch, IntakeError> {
        let options = Options { kind: Some(kind), columns: BTreeMap::new(), ..self.options.clone() };
        let mut batch = read_rows(source.name, rows, None, &options)?;
        batch.notices.retain(|notice| notice.code != "I215");
        Ok(batch)
    }

    /// Reseller's number to the key partners go by: the warehouse's own customer number, else the number itself.
    fn partner_keys(&self) -> Result<BTreeMap<String, String>, IntakeError> {
        let mut keys = BTreeMap::new();
        if let Some(source) = self.file(Table::DwResellers) {
            texts(&source, &mut |_, cells| {
                keys.insert(cells[0].clone(), cells[2].clone());
            })?;
        }
        Ok(keys)
    }

    /// Product's number to its category.
    fn categories(&self) -> Result<BTreeMap<String, String>, IntakeError> {
        let mut categories = BTreeMap::new();
        if let Some(source) = self.file(Table::CourseProducts) {
            walk_named(&source, &["ProductKey", "EnglishProductCategoryName"], &mut |_, cells| {
                categories.insert(cells[0].text(), cells[1].text());
            })?;
        }
        Ok(categories)
    }

    fn sales(
        &self,
        keys: &BTreeMap<String, String>,
        categories: &BTreeMap<String, String>,
    ) -> Result<(Option<Batch>, LastSeller), IntakeError> {
        let (source, columns, last) = match (self.file(Table::DwSales), self.file(Table::CourseSales)) {
            (Some(source), _) if keys.is_empty() => return Err(only_together(source.name, "DimReseller")),
            (Some(source), _) => (source, &tables::DW_SALES, "line_no"),
            (None, Some(source)) => (source, &tables::COURSE_SALES, "unit_cost"),
            (None, None) => return Ok((None, LastSeller::new())),
        };
        let mut rows = MadeRows::new(&[&tables::SALES_HEADER[..], &[last]].concat());
        let mut sellers = LastSeller::new();
        walk_named(&source, columns, &mut |line, cells| {
            let [day, reseller, employee, product, quantity, revenue, cost, order, last] = cells else { return };
            let number = reseller.text();
            if let Some(day) = day.day() {
                let seller = sellers.entry(number.clone()).or_insert_with(|| (day, employee.text()));
                if seller.0 <= day {
                    *seller = (day, employee.text());
                }
            }
            let partner = keys.get(&number).cloned().unwrap_or(number);
            let category = categories.get(&product.text()).cloned().unwrap_or_default();
            let (partner, category) = (MadeCell::Text(partner), MadeCell::Text(category));
            let currency = MadeCell::Text("USD".to_owned());
            let [day, product, quantity, revenue, cost, order, last] =
                [day, product, quantity, revenue, cost, order, last].map(Clone::clone);
            rows.push(line, vec![day, partner, product, category, quantity, revenue, cost, order, currency, last]);
        })?;
        Ok((Some(self.made(&source, Kind::Sales, &rows)?), sellers))
    }

    fn partners(&self, sellers: &LastSeller) -> Result<Option<Batch>, IntakeError> {
        let seller = |number: &str| sellers.get(number).map_or(String::new(), |(_, pam)| pam_key(pam));
        if let Some(source) = self.file(Table::DwResellers) {
            let places = self.geography()?;
            let mut rows = MadeRows::new(&tables::RESELLER_HEADER);
            texts(&source, &mut |line, cells| {
                let empty = std::array::from_fn(|_| String::new());
                let [city, region, country, postal_code] = places.get(&cells[1]).cloned().unwrap_or(empty);
                let own = [2, 5, 12, 4, 6, 14].map(|at| cells[at].clone());
                let [key, name, street, segment, employees, sales] = own;
                let made = [
                    key,
                    name,
                    street,
                    postal_code,
                    city,
                    region,
                    country,
                    segment,
                    employees,
                    sales,
                    seller(&cells[0]),
                ];
                rows.push(line, made.into_iter().map(MadeCell::Text).collect());
            })?;
            return Ok(Some(self.made(&source, Kind::Partners, &rows)?));
        }
        let Some(source) = self.file(Table::CourseResellers) else { return Ok(None) };
        let mut rows = MadeRows::new(&["partner_id", "name", "segment", "city", "region", "country", "pam_id"]);
        walk_named(&source, &tables::COURSE_RESELLERS, &mut |line, cells| {
            let mut made: Vec<MadeCell> = cells.to_vec();
            made.push(MadeCell::Text(seller(&cells[0].text())));
            rows.push(line, made);
        })?;
        Ok(Some(self.made(&source, Kind::Partners, &rows)?))
    }

    /// Geography's number to town, region, country and postal code.
    fn geography(&self) -> Result<BTreeMap<String, [String; 4]>, IntakeError> {
        let mut places = BTreeMap::new();
        if let Some(source) = self.file(Table::DwGeography) {
            texts(&source, &mut |_, cells| {
                places.insert(cells[0].clone(), [1, 3, 4, 8].map(|at| cells[at].clone()));
            })?;
        }
        Ok(places)
    }

    fn products(&self) -> Result<Option<Batch>, IntakeError> {
        let Some(source) = self.file(Table::CourseProducts) else { return Ok(None) };
        let mut rows = MadeRows::new(&["sku", "product", "category"]);
        walk_named(&source, &["ProductKey", "Product", "EnglishProductCategoryName"], &mut |line, cells| {
            rows.push(line, cells.to_vec());
        })?;
        Ok(Some(self.made(&source, Kind::Products, &rows)?))
    }

    fn quotas(&self) -> Result<Option<Batch>, IntakeError> {
        if let Some(source) = self.file(Table::DwQuotas) {
            let mut rows = MadeRows::new(&["pam_id", "quarter_start", "quota"]);
            texts(&source, &mut |line, cells| {
                let made = [pam_key(&cells[1]), cells[6].clone(), cells[5].clone()];
                rows.push(line, made.into_iter().map(MadeCell::Text).collect());
            })?;
            return Ok(Some(self.made(&source, Kind::Quotas, &rows)?));
        }
        let Some(source) = self.file(Table::CourseTargets) else { return Ok(None) };
        let mut rows = MadeRows::new(&tables::TARGET_HEADER);
        walk_named(&source, &tables::COURSE_TARGETS, &mut |line, cells| rows.push(line, cells.to_vec()))?;
        Ok(Some(self.made(&source, Kind::Quotas, &rows)?))
    }

    /// The tables have no list of PAMs: makes them of the numbers that quotas and sales name, else the territories.
    fn pams(&self, batches: &[Batch], sellers: &LastSeller) -> Result<Option<Batch>, IntakeError> {
        let mut keys: BTreeSet<String> = sellers.values().map(|(_, pam)| pam_key(pam)).collect();
        keys.extend(batches.iter().flat_map(|batch| &batch.quotas).map(|(_, quota)| quota.pam.clone()));
        if let (Some(source), true) = (self.file(Table::CourseTerritories), keys.is_empty()) {
            walk_named(&source, &["EmployeeKey"], &mut |_, cells| {
                keys.insert(pam_key(&cells[0].text()));
            })?;
        }
        let all = [Table::DwQuotas, Table::CourseTargets, Table::CourseTerritories, Table::DwSales, Table::CourseSales];
        let Some(source) = all.into_iter().find_map(|table| self.file(table)) else { return Ok(None) };
        let n = keys.len();
        let notice = Notice {
            code: "I209",
            en: format!(
                "{n} PAMs were made from the numbers these files name; they have no name and no home. Import a list of PAMs with addresses before planning."
            ),
            sv: format!(
                "{n} PAM skapades av de nummer filerna nämner; de saknar namn och hemort. Importera en lista över PAM med adresser innan du planerar."
            ),
        };
        let record = |key: String| (0, PamRecord { name: key.clone(), key, ..PamRecord::default() });
        Ok(Some(Batch {
            source: source.name.to_owned(),
            kind: Some(Kind::Pams),
            columns: Some(vec!["pam_id"]),
            pams: keys.into_iter().map(record).collect(),
            notices: vec![notice],
            ..Batch::default()
        }))
    }
}

/// PAMs go by the warehouse's employee number with a P before it.
fn pam_key(number: &str) -> String {
    format!("P{number}")
}

fn only_together(source: &str, other: &str) -> IntakeError {
    Complaint::new(
        "I008",
        (
            format!("the rows name resellers by numbers that only the table {other} explains"),
            "Hand in both files together",
        ),
        (
            format!("raderna nämner återförsäljare med nummer som bara tabellen {other} förklarar"),
            "Lämna båda filerna tillsammans",
        ),
    )
    .of_file(source)
}
