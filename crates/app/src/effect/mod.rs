//! What visits brought in: the company's own (`company`), a figure down to its lines (`receipts`); and effects from a file of an
//! analyst's own: read, estimated, told, with nothing kept and no database needed.

mod business_case;
mod card_rows;
mod company;
mod kams;
mod receipt_json;
mod receipts;
mod scorecard;
mod told;
mod toss_ups;

use spelplan_intake::{Source, sheet};

pub use business_case::CasePage;
use card_rows::card_row;
pub(crate) use company::Effects;
pub use company::{EffectPage, EffectScope, Frozen};
pub use kams::KamCard;
pub use receipts::{Checked, ReceiptFile};
pub(crate) use scorecard::Scorecards;
pub use scorecard::{NamedCard, ScorecardPage};
pub use spelplan_effect::adoption::{
    Ask, Base, CellEstimate, Control, Drift, Estimates, Estimator, Family, Figure, Joint, Undefined,
};
pub use spelplan_effect::arms::{Errors, Precision, Repeated, Sequence, Visit};
pub use spelplan_effect::{
    Answer, Calendar, LotteryAnswer, LotteryColumns, LotteryFile, PanelColumns, PanelFile, told,
};
pub use spelplan_effect::{
    Bill, BusinessCase, Card, CountedSeason, Craft, KamFigures, Own, OwnFigures, Pays, Ratio, Whose, no_ranking,
    said_of_card, said_of_case,
};
pub use spelplan_effect::{
    BroughtIn, Compared, Comparison, Compliance, Contribution, DidItPay, Discrepancy, Effect, Foresight, Grade, Ledger,
    Measure, NotCounted, PathPoint, Receipt, Return, Said, Scope, Specification, Stage, Told, TossUpResult, Witness,
    said, said_of_toss_up,
};
pub use told::KnownTold;
pub use toss_ups::KnownTossUp;
pub(crate) use toss_ups::Results;

use crate::AppError;
use spelplan_effect::EffectError;

/// Reads units over time and estimates what was asked.
pub fn estimate(name: &str, bytes: &[u8], columns: &PanelColumns, ask: &Ask) -> Result<(PanelFile, Answer), AppError> {
    let sheet = sheet(&Source { name, bytes }, &columns.names())?;
    let file = spelplan_effect::panel(&sheet, columns)?;
    let answer = spelplan_effect::answer(&file.adoption, ask);
    let answer = answer.map_err(|defect| EffectError::of_defect(&defect, &columns.covariates))?;
    Ok((file, answer))
}

/// Reads a lottery and estimates everything it allows; the draw is repeated so many times, and the interval for any day is
/// tightest at so many planned entries.
pub fn lottery(
    name: &str,
    bytes: &[u8],
    columns: &LotteryColumns,
    draws: usize,
    seed: u64,
    planned: usize,
) -> Result<(LotteryFile, LotteryAnswer), AppError> {
    let sheet = sheet(&Source { name, bytes }, &columns.names())?;
    let file = spelplan_effect::lottery(&sheet, columns)?;
    let answer = spelplan_effect::lottery_answer(&file, draws, seed, planned);
    let answer = answer.map_err(|flaw| EffectError::of_flaw(&flaw))?;
    Ok((file, answer))
}
