//! What can be wrong with an analyst's file: a code, what and where, and what to do, in both languages.

use spelplan_facts::Language;
use spelplan_panel::adoption::Defect;
use spelplan_panel::lottery::Flaw;

/// A file that cannot be estimated from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {en}")]
pub struct EffectError {
    /// Stable code, documented in docs/guide.
    pub code: &'static str,
    /// In English: what, where, what to do.
    pub en: String,
    /// På svenska.
    pub sv: String,
}

impl EffectError {
    pub(crate) fn new(code: &'static str, en: impl Into<String>, sv: impl Into<String>) -> EffectError {
        EffectError { code, en: en.into(), sv: sv.into() }
    }

    /// What and what to do, in that language.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::Swedish => self.sv.clone(),
            Language::English => self.en.clone(),
        }
    }

    pub(crate) fn no_column(file: &str, column: &str, headers: &[String]) -> EffectError {
        let known = headers.join(", ");
        EffectError::new(
            "A501",
            format!("{file} has no column `{column}`; it has {known}. Write the name as the file does"),
            format!("{file} har ingen kolumn `{column}`; den har {known}. Skriv namnet som i filen"),
        )
    }

    pub(crate) fn empty_cell(file: &str, line: u32, column: &str) -> EffectError {
        EffectError::new(
            "A502",
            format!("{file} line {line}: the column `{column}` is empty. Fill it in; a month without sales is 0"),
            format!("{file} rad {line}: kolumnen `{column}` är tom. Fyll i; en månad utan försäljning är 0"),
        )
    }

    pub(crate) fn no_number(file: &str, line: u32, column: &str, text: &str) -> EffectError {
        EffectError::new(
            "A503",
            format!("{file} line {line}: `{text}` in the column `{column}` is not a number. Correct the cell"),
            format!("{file} rad {line}: `{text}` i kolumnen `{column}` är inget tal. Rätta cellen"),
        )
    }

    pub(crate) fn twice(file: &str, line: u32, unit: &str, time: &str) -> EffectError {
        EffectError::new(
            "A504",
            format!("{file} line {line}: the unit {unit} stands twice at the time {time}. Keep one of the rows"),
            format!("{file} rad {line}: enheten {unit} förekommer två gånger vid tiden {time}. Behåll en av raderna"),
        )
    }

    pub(crate) fn unbalanced(file: &str, unit: &str, time: &str, units: usize) -> EffectError {
        EffectError::new(
            "A505",
            format!(
                "{file}: the unit {unit} has no row at the time {time}, and {units} units in all lack some. Give every unit a \
                 row in every period: 0 where nothing was sold, or leave the unit out"
            ),
            format!(
                "{file}: enheten {unit} saknar rad vid tiden {time}, och totalt {units} enheter saknar någon. Ge varje enhet en \
                 rad i varje period: 0 där inget såldes, eller utelämna enheten"
            ),
        )
    }

    pub(crate) fn varies(file: &str, line: u32, unit: &str, column: &str) -> EffectError {
        EffectError::new(
            "A506",
            format!(
                "{file} line {line}: the unit {unit} has another `{column}` than on an earlier line. It must be the same for \
                 all rows of a unit"
            ),
            format!(
                "{file} rad {line}: enheten {unit} har ett annat värde i `{column}` än på en tidigare rad. Det måste vara \
                 detsamma på enhetens alla rader"
            ),
        )
    }

    pub(crate) fn no_side(file: &str, line: u32, column: &str, text: &str) -> EffectError {
        EffectError::new(
            "A521",
            format!("{file} line {line}: `{text}` in the column `{column}` is neither 1 nor 0. Correct the cell"),
            format!("{file} rad {line}: `{text}` i kolumnen `{column}` är varken 1 eller 0. Rätta cellen"),
        )
    }

    /// Why the lottery cannot be read.
    pub fn of_flaw(flaw: &Flaw) -> EffectError {
        let (code, en, sv) = match flaw {
            Flaw::Unsound => (
                "A507",
                "the numbers do not fit one another or are too large. Look through the file",
                "talen går inte ihop eller är för stora. Gå igenom filen",
            ),
            Flaw::Chance => (
                "A522",
                "a chance to win is not between 0 and 1. Leave out entries that could not lose or could not win",
                "en chans att vinna ligger inte mellan 0 och 1. Utelämna deltagare som inte kunde förlora eller vinna",
            ),
            Flaw::OneSide => (
                "A523",
                "at least two entries must have won and two lost. Look at the column of the arm",
                "minst två deltagare måste ha vunnit och två förlorat. Se över kolumnen för utfallet av lottningen",
            ),
            Flaw::ConstantOutcome => (
                "A513",
                "the outcome is the same on every row: there is nothing to explain. Look at the outcome column",
                "utfallet är lika på alla rader: det finns inget att förklara. Se över utfallskolumnen",
            ),
            Flaw::Collinear => (
                "A524",
                "the covariates determine one another, or are too many for the entries. Leave some out",
                "kovariaterna bestämmer varandra, eller är för många för antalet deltagare. Utelämna några",
            ),
        };
        EffectError::new(code, en, sv)
    }

    /// Why the panel cannot be read.
    pub fn of_defect(defect: &Defect, covariates: &[String]) -> EffectError {
        let named = |at: &usize| covariates.get(*at).cloned().unwrap_or_default();
        let (code, en, sv) = match defect {
            Defect::Unsound => ("A507", "the numbers do not fit one another or are too large. Look through the file".into(), "talen går inte ihop eller är för stora. Gå igenom filen".into()),
            Defect::OnePeriod => ("A508", "there is only one period. Give at least two, one of them before the treatment".into(), "det finns bara en period. Ge minst två, varav en före behandlingen".into()),
            Defect::Weights => ("A509", "weights must not be negative, and not all zero. Correct the weight column".into(), "vikter får inte vara negativa, och inte alla noll. Rätta viktkolumnen".into()),
            Defect::NobodyTreated => ("A510", "no unit is first treated after the first period. Give the cohort column the period of the first treatment".into(), "ingen enhet behandlas först efter den första perioden. Ange perioden för första behandlingen i kohortkolumnen".into()),
            Defect::NoControls => ("A511", "nobody is left to compare with. Add units that are never treated, or try --control notyet".into(), "ingen finns kvar att jämföra med. Lägg till enheter som aldrig behandlas, eller prova --control notyet".into()),
            Defect::ConstantCovariate(at) => ("A512", format!("the covariate `{}` is the same for every unit. Leave it out", named(at)), format!("kovariaten `{}` är lika för alla enheter. Utelämna den", named(at))),
            Defect::ConstantOutcome => ("A513", "the outcome is the same on every row: there is nothing to explain. Look at the outcome column".into(), "utfallet är lika på alla rader: det finns inget att förklara. Se över utfallskolumnen".into()),
        };
        EffectError { code, en, sv }
    }
}
