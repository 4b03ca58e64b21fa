//! A card as a row of the table behind the scorecard.

use spelplan_effect::{Card, Craft, Return};
use spelplan_facts::{Band, Money, Month};
use spelplan_reports::Cell;

/// What a card's row is made of, whoever's it is.
pub(super) struct Lines<'a> {
    pub whose: &'a str,
    pub name: &'a str,
    pub months: (Month, Month),
    pub booked: Money,
    pub baseline: Option<Money>,
    pub brought: Option<Money>,
    pub ends: Option<Band>,
    pub share: Option<f64>,
    pub cost: Money,
    pub parts: Option<[Money; 4]>,
    pub net: Option<Money>,
    pub mroi: Option<f64>,
    pub mroi_ends: Option<Return>,
    pub grade: &'static str,
}

/// The row of a PAM's, nobody's or the team's card.
pub(super) fn card_row(
    whose: &str,
    name: &str,
    months: (Month, Month),
    card: &Card,
    craft: Option<&Craft>,
) -> Vec<Cell> {
    let counted = &card.counted;
    let lines = Lines {
        whose,
        name,
        months,
        booked: card.booked,
        baseline: card.baseline().map(|band| band.value),
        brought: card.brought.map(|band| band.value),
        ends: card.brought,
        share: card.share,
        cost: counted.total(),
        parts: Some([counted.field, counted.desk, counted.digital, card.uncounted.total()]),
        net: card.net().map(|band| band.value),
        mroi: card.mroi().map(|mroi| mroi.value),
        mroi_ends: card.mroi(),
        grade: card.grade.letter(),
    };
    let mut row = lines.cells();
    let whole = |number: usize| Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX));
    let done = |craft: &Craft| {
        let (promises, planned) = (craft.promises, craft.planned);
        [craft.field_days, craft.visits, craft.with_agenda, promises.0, promises.1, planned.0, planned.1].map(whole)
    };
    row.extend(craft.map_or([const { Cell::Empty }; 7], done));
    row
}

impl Lines<'_> {
    /// All columns but those of what was done.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let money = |amount: Option<Money>| amount.map_or(Cell::Empty, Cell::Money);
        let exact = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Exact);
        let [field, desk, digital, uncounted] = self.parts.map_or([None; 4], |parts| parts.map(Some));
        vec![
            Cell::text(self.whose),
            Cell::text(self.name),
            Cell::text(&self.months.0.to_string()),
            Cell::text(&self.months.1.to_string()),
            Cell::Money(self.booked),
            money(self.baseline),
            money(self.brought),
            money(self.ends.map(|band| band.low)),
            money(self.ends.map(|band| band.high)),
            exact(self.share),
            Cell::Money(self.cost),
            money(field),
            money(desk),
            money(digital),
            money(uncounted),
            money(self.net),
            exact(self.mroi),
            exact(self.mroi_ends.map(|mroi| mroi.low)),
            exact(self.mroi_ends.map(|mroi| mroi.high)),
            Cell::text(self.grade),
        ]
    }
}
