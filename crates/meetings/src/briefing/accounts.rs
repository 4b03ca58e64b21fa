//! The partner's own accounts: margin, working capital, what people bring. Swedish annual reports write receivables and payables
//! with VAT, revenue and costs without: set against each other unadjusted, the days come out a quarter too long.

use spelplan_facts::{AnnualFigures, Business, Day, DayRange, Money, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Input, Origin, Recipe, input, ratio};

const ACCOUNTS: Text =
    Text { sv: "importera årsredovisningens tal (annual)", en: "import figures of the annual report (annual)" };

const fn recipe(code: &'static str, name: Text, formula: Text) -> Recipe {
    Recipe { code, name, formula, origin: Origin::Shared, missing: ACCOUNTS }
}

const GROSS: Recipe = recipe(
    "gross-margin",
    Text { sv: "Deras bruttomarginal", en: "Their gross margin" },
    Text { sv: "(omsättning − kostnad sålda varor) / omsättning", en: "(revenue − cost of goods) / revenue" },
);
const GMROI: Recipe = recipe(
    "gmroi",
    Text { sv: "Bruttovinst per lagerkrona", en: "Gross profit per krona in stock" },
    Text {
        sv: "bruttovinst / medellager (två bokslut, annars ett)",
        en: "gross profit / mean stock (of two closings, else of one)",
    },
);
const TURNS: Recipe = recipe(
    "stock-turns",
    Text { sv: "Lagret omsätts", en: "Stock turns" },
    Text { sv: "kostnad sålda varor / medellager", en: "cost of goods / mean stock" },
);
const DSO: Recipe = recipe(
    "dso",
    Text { sv: "Deras kunder betalar på (DSO)", en: "Their customers pay in (DSO)" },
    Text { sv: "365 × kundfordringar utan moms / omsättning", en: "365 × receivables without VAT / revenue" },
);
const DIO: Recipe = recipe(
    "dio",
    Text { sv: "Dagar i lager (DIO)", en: "Days in stock (DIO)" },
    Text { sv: "365 × lager / kostnad sålda varor", en: "365 × stock / cost of goods" },
);
const DPO: Recipe = recipe(
    "dpo",
    Text { sv: "De betalar leverantörer på (DPO)", en: "They pay suppliers in (DPO)" },
    Text {
        sv: "365 × leverantörsskulder utan moms / kostnad sålda varor",
        en: "365 × payables without VAT / cost of goods",
    },
);
const CYCLE: Recipe = recipe(
    "cash-cycle",
    Text { sv: "Pengar bundna i", en: "Cash tied up for" },
    Text { sv: "DSO + DIO − DPO", en: "DSO + DIO − DPO" },
);
const PER_KRONA: Recipe = recipe(
    "value-per-personnel",
    Text { sv: "Bruttovinst per personalkrona", en: "Gross profit per krona of personnel" },
    Text { sv: "bruttovinst / personalkostnad", en: "gross profit / personnel cost" },
);
const PER_HEAD: Recipe = recipe(
    "value-per-employee",
    Text { sv: "Bruttovinst per anställd", en: "Gross profit per employee" },
    Text { sv: "bruttovinst / anställda", en: "gross profit / employees" },
);
const EBIT: Recipe = recipe(
    "ebit",
    Text { sv: "Rörelsemarginal", en: "Operating margin" },
    Text { sv: "rörelseresultat / omsättning", en: "operating profit / revenue" },
);
const EQUITY: Recipe = recipe(
    "equity-ratio",
    Text { sv: "Soliditet", en: "Equity ratio" },
    Text { sv: "eget kapital / tillgångar", en: "equity / assets" },
);

const ROCE: Recipe = recipe(
    "roce",
    Text { sv: "Avkastning på sysselsatt kapital", en: "Return on capital employed" },
    Text {
        sv: "(rörelseresultat + finansiella intäkter) / (tillgångar − ej räntebärande skulder)",
        en: "(operating profit + financial income) / (assets − debt without interest)",
    },
);

/// Standard VAT by country: what receivables and payables of domestic trade carry on top.
const VAT: [(&str, f64); 4] = [("SE", 0.25), ("NO", 0.25), ("DK", 0.25), ("FI", 0.255)];

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let annual = |one: &&Business| match one {
        Business::Annual(annual) => Some(annual.clone()),
        _ => None,
    };
    let mut all: Vec<AnnualFigures> = ground.business.iter().filter_map(annual).collect();
    all.retain(|one| one.year <= i32::from(ground.from.today.parts().0));
    all.sort_by_key(|one| one.year);
    let Some(year) = all.last() else {
        return vec![GROSS.unknown(), CYCLE.unknown(), PER_KRONA.unknown(), ROCE.unknown()];
    };
    let before = all.iter().rev().nth(1).filter(|one| one.year == year.year - 1);
    Accounts { year, before, vat: vat(year, &ground.partner.country) }.figures()
}

/// What receivables and payables are divided by to be without VAT: 1 where they carry none.
fn vat(year: &AnnualFigures, country: &str) -> f64 {
    let usual = VAT.iter().find(|(code, _)| *code == country).map(|(_, rate)| *rate);
    let with = year.with_vat.unwrap_or(country == "SE");
    let domestic = year.domestic.map_or(1.0, |share| share.0.clamp(0.0, 1.0));
    if with { 1.0 + usual.unwrap_or(0.25) * domestic } else { 1.0 }
}

struct Accounts<'a> {
    year: &'a AnnualFigures,
    before: Option<&'a AnnualFigures>,
    vat: f64,
}

impl Accounts<'_> {
    fn figures(&self) -> Vec<Figure> {
        let year = self.year;
        let (revenue, goods) = (year.revenue, year.cost_of_goods);
        let gross = revenue.zip(goods).map(|(revenue, goods)| revenue - goods);
        let stock = self.mean_stock();
        let dso = self.days(year.receivables.map(|money| money * (1.0 / self.vat)), revenue);
        let dio = self.days(year.inventory, goods);
        let dpo = self.days(year.payables.map(|money| money * (1.0 / self.vat)), goods);
        let cycle = dso.zip(dio).zip(dpo).map(|((dso, dio), dpo)| dso + dio - dpo);
        let divided = |one: Option<Money>, by: Option<Money>| one.zip(by).and_then(|(one, by)| ratio(one, by));
        let share = |one: Option<Money>, by: Option<Money>| divided(one, by).map(|part| Amount::Share(Share(part)));
        let heads = year.employees.filter(|heads| *heads > 0.0);
        let head = gross.zip(heads).map(|(gross, heads)| Amount::Money(gross * (1.0 / heads)));
        let vat = input("delat med för moms", "divided by for VAT", Amount::Times(self.vat));
        vec![
            self.made(
                &GROSS,
                share(gross, revenue),
                &[("omsättning", "revenue", revenue), ("bruttovinst", "gross profit", gross)],
            ),
            self.made(&GMROI, divided(gross, stock).map(Amount::Times), &[("medellager", "mean stock", stock)]),
            self.made(&TURNS, divided(goods, stock).map(Amount::Times), &[("medellager", "mean stock", stock)]),
            with(self.made(&DSO, dso.map(Amount::Days), &[("kundfordringar", "receivables", year.receivables)]), &vat),
            self.made(&DIO, dio.map(Amount::Days), &[("lager", "stock", year.inventory)]),
            with(self.made(&DPO, dpo.map(Amount::Days), &[("leverantörsskulder", "payables", year.payables)]), &vat),
            self.made(&CYCLE, cycle.map(Amount::Days), &[]),
            self.made(
                &PER_KRONA,
                divided(gross, year.personnel_cost).map(Amount::Times),
                &[("personalkostnad", "personnel cost", year.personnel_cost)],
            ),
            self.made(&PER_HEAD, head, &[("bruttovinst", "gross profit", gross)]),
            self.made(
                &EBIT,
                share(year.operating_profit, revenue),
                &[("rörelseresultat", "operating profit", year.operating_profit)],
            ),
            self.made(
                &EQUITY,
                share(year.equity, year.assets),
                &[("eget kapital", "equity", year.equity), ("tillgångar", "assets", year.assets)],
            ),
            self.roce(),
        ]
    }

    /// Debt without interest carries the VAT that receivables among the assets carry: they are set off, so neither is freed of it.
    fn roce(&self) -> Figure {
        let year = self.year;
        let result = year.operating_profit.zip(year.financial_income).map(|(profit, income)| profit + income);
        let capital = year.assets.zip(year.non_interest_debt).map(|(assets, debt)| assets - debt);
        let share = result.zip(capital).and_then(|(result, capital)| ratio(result, capital));
        self.made(
            &ROCE,
            share.map(|part| Amount::Share(Share(part))),
            &[
                ("rörelseresultat", "operating profit", year.operating_profit),
                ("finansiella intäkter", "financial income", year.financial_income),
                ("tillgångar", "assets", year.assets),
                ("ej räntebärande skulder", "debt without interest", year.non_interest_debt),
            ],
        )
    }

    fn made(
        &self,
        recipe: &Recipe,
        amount: Option<Amount>,
        inputs: &[(&'static str, &'static str, Option<Money>)],
    ) -> Figure {
        let known = inputs.iter().filter_map(|(sv, en, money)| money.map(|money| input(sv, en, Amount::Money(money))));
        let missing = Text {
            sv: "ett eller flera tal fattas i årsredovisningen som importerats (annual)",
            en: "one or more figures are missing in the annual report imported (annual)",
        };
        Recipe { missing, ..*recipe }.made(amount, self.period(), known.collect())
    }

    /// Nobody has said when the year closes: taken for the calendar's.
    fn period(&self) -> Option<DayRange> {
        let year = i16::try_from(self.year.year).ok()?;
        Some(DayRange { from: Day::new(year, 1, 1)?, to: Day::new(year, 12, 31)? })
    }

    fn mean_stock(&self) -> Option<Money> {
        let now = self.year.inventory?;
        Some(match self.before.and_then(|before| before.inventory) {
            Some(before) => (now + before) * 0.5,
            None => now,
        })
    }

    fn days(&self, balance: Option<Money>, flow: Option<Money>) -> Option<f64> {
        balance.zip(flow).and_then(|(balance, flow)| ratio(balance, flow)).map(|part| part * 365.0)
    }
}

fn with(mut figure: Figure, more: &Input) -> Figure {
    figure.inputs.push(more.clone());
    figure
}
