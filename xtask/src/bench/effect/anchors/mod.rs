//! What other programs say of files, compared with what we say. A file's name tells its kind; one of a kind that is not
//! known is named and fails, so that nothing is passed over in silence.

mod group_time;
mod lottery;
mod one_treated;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::comparison::Comparison;

/// Estimates and errors agree to this part.
const TOLERANCE: f64 = 1e-6;

/// Compares everything in the folder.
pub fn run(folder: &Path) -> Result<bool> {
    let mut all_agree = true;
    for path in told(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match compare(folder, &path) {
            Ok(Some(comparison)) => {
                let agrees = comparison.apart.is_empty();
                all_agree &= agrees;
                let word = if agrees { "ok  " } else { "FAIL" };
                println!("{word} {name}: {} figures, largest difference {:.1e}", comparison.compared, comparison.worst);
                comparison.apart.iter().take(12).for_each(|apart| println!("     {apart}"));
            }
            Ok(None) => println!("     {name}: {}", why_not(&name)),
            Err(error) => {
                all_agree = false;
                println!("FAIL {name}: {error:#}");
            }
        }
    }
    Ok(all_agree)
}

/// Why nothing of that file is compared.
fn why_not(name: &str) -> &'static str {
    if name.ends_with(".dcdh.json") {
        "effects per extra visit on a panel with gaps, which the door refuses by name (A505): nothing to compare"
    } else {
        "a truth, nothing to compare"
    }
}

/// Every JSON file of the folder, by name.
pub fn told(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    Ok(paths)
}

/// Compares one file; `None` where it holds no figures of another program.
pub fn compare(folder: &Path, path: &Path) -> Result<Option<Comparison>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let told: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let parts: Vec<&str> = name.trim_end_matches(".json").split('.').collect();
    let comparison = match parts[..] {
        [_, "did"] => group_time::compare(folder, &told)?,
        [_, base, ..] if base.starts_with('L') => group_time::compare_long_base(folder, &told)?,
        ["placebo"] => group_time::compare_drift(folder, &told)?,
        [_, "rct"] => lottery::compare_trial(folder, &told)?,
        [_, "design"] => lottery::compare_design(folder, &told)?,
        ["small_anchors"] => lottery::compare_small(&told)?,
        [_, "sc"] => one_treated::compare(folder, &told)?,
        [_, "truth" | "dcdh"] => return Ok(None),
        _ => anyhow::bail!("of no kind that is known"),
    };
    Ok(Some(comparison))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

    /// Files of the shared test material, where it is there.
    fn check(names: &[&str]) {
        let Some(folder) = shell::shared().map(|shared| shared.join("bench/effect")).filter(|folder| folder.is_dir())
        else {
            assert!(!shell::in_ci(), "the shared test material is not here");
            println!("skipped: the shared test material is not here");
            return;
        };
        for name in names {
            let comparison = compare(&folder, &folder.join(name)).expect(name).expect("figures to compare");
            assert!(comparison.compared > 0, "{name}: nothing was compared");
            assert!(comparison.apart.is_empty(), "{name}: {:#?}", comparison.apart);
        }
    }

    #[test]
    fn group_time_effects_are_what_other_programs_find() {
        check(&["mpdta.did.json", "castle.did.json"]);
    }

    #[test]
    fn lotteries_and_closed_forms_are_what_other_programs_find() {
        check(&["nsw.rct.json", "star_men.rct.json", "lottery_sim.design.json", "small_anchors.json"]);
    }

    #[test]
    fn a_long_base_and_the_test_for_drift_are_what_other_programs_find() {
        check(&["castle.L5.json", "sim_panel.L12.nevertreated.json", "placebo.json", "prop99.sc.json"]);
    }
}
