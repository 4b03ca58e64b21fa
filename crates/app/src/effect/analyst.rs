//! An analyst's own questions: answered from a file or from figures, with nothing kept and no database needed.

use spelplan_effect::arms::{Ratio, Spread};
use spelplan_effect::{EffectError, Estimate, OutcomeColumns, PlaceboAnswer, PlaceboAsk, PlaceboColumns};
use spelplan_effect::{PowerAnswer, PowerAsk};
use spelplan_intake::{Source, sheet};

use super::{Answer, Ask, LotteryAnswer, LotteryColumns, LotteryFile, PanelColumns, PanelFile};
use crate::AppError;

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

/// What the outcome of a file is made of, for [`power`].
pub fn spread(name: &str, bytes: &[u8], columns: &OutcomeColumns) -> Result<Spread, AppError> {
    let sheet = sheet(&Source { name, bytes }, &columns.names())?;
    Ok(spelplan_effect::spread_of(&sheet, columns)?)
}

/// How many entries a lottery needs, the smallest effect that so many show, or how probably an effect is seen.
pub fn power(ask: &PowerAsk) -> Result<PowerAnswer, AppError> {
    Ok(spelplan_effect::power(ask)?)
}

/// A ratio of two estimates with Fieller's interval.
pub fn ratio(over: Estimate, under: Estimate, covariance: f64) -> Result<Ratio, AppError> {
    Ok(spelplan_effect::ratio(over, under, covariance)?)
}

/// Draws placebo lotteries on a file.
pub fn placebo(
    name: &str,
    bytes: &[u8],
    columns: &PlaceboColumns,
    ask: &PlaceboAsk,
) -> Result<PlaceboAnswer, AppError> {
    let sheet = sheet(&Source { name, bytes }, &columns.names())?;
    Ok(spelplan_effect::placebo_lotteries(&sheet, columns, ask)?)
}
