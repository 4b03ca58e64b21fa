//! `spelplan effect`: what the company's own visits brought in, and effects from a file of an analyst's own.

mod analyst;
mod cards;
mod estimate;
mod estimate_json;
mod lottery;
mod realised;
mod season;
mod toss_up;
mod verify;

use std::path::Path;

use super::{Done, open};
use crate::effect_arguments::{EffectArguments, EffectSource};
use crate::output::Failure;

/// Reads, estimates, tells.
pub async fn effect(arguments: EffectArguments) -> Done {
    match arguments.source {
        EffectSource::Season(arguments) => season::season(&open(&arguments.database).await?.0, &arguments).await,
        EffectSource::TossUp(arguments) => toss_up::toss_up(&open(&arguments.database).await?.0, &arguments).await,
        EffectSource::Scorecard(arguments) => cards::scorecard(&open(&arguments.database).await?.0, &arguments).await,
        EffectSource::BusinessCase(arguments) => {
            cards::business_case(&open(&arguments.table.database).await?.0, &arguments).await
        }
        EffectSource::Realised(arguments) => realised::realised(&open(&arguments.database).await?.0, &arguments).await,
        EffectSource::Verify(arguments) => verify::verify(&open(&arguments.database).await?.0, &arguments).await,
        EffectSource::Estimate(arguments) => estimate::estimate(&arguments),
        EffectSource::Lottery(arguments) => lottery::lottery(&arguments),
        EffectSource::Power(arguments) => analyst::power(&arguments),
        EffectSource::Placebo(arguments) => analyst::placebo(&arguments),
        EffectSource::Ratio(arguments) => analyst::ratio(&arguments),
    }
}

/// The file's bytes and its name.
fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let words = |error: std::io::Error| format!("cannot read {}: {error}. Give the path of a file", path.display());
    let bytes = std::fs::read(path).map_err(|error| Failure { exit: 5, words: words(error) })?;
    Ok((name, bytes))
}
