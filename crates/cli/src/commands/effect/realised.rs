//! `spelplan effect realised`: what plans are multiplied by, what closed seasons speak for, and the one instead of the other.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::effect::{Calibration, RealisedPage};

use crate::commands::Done;
use crate::effect_arguments::RealisedArguments;
use crate::output::say;

/// Puts it into use or takes it back where that is asked, and tells how it stands.
pub async fn realised(app: &App, arguments: &RealisedArguments) -> Done {
    let actor = Actor::at_this_machine();
    if arguments.put_into_use {
        app.use_realised(&actor).await?;
    }
    if arguments.undo {
        app.forget_realised(&actor).await?;
    }
    let page = app.realised(&actor).await?;
    if arguments.json {
        say(&as_json(&page).to_string());
    } else {
        tell(&page);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(page: &RealisedPage) {
    let from = match page.learned {
        Some(learned) => {
            format!("learned from {} closed seasons; 80 %: {:.2} to {:.2}", learned.seasons, learned.low, learned.high)
        }
        None => "assumed".to_owned(),
    };
    say(&format!("Every planned gain is multiplied by {:.2} ({from}).", page.in_use));
    for (season, verdict) in &page.uncounted {
        say(&format!("  {season}: says nothing of its plan ({})", verdict.word()));
    }
    let Some(Calibration { low, value, high, own, own_weight, seasons }) = &page.proposed else {
        return say("No closed season can be counted yet, so nothing speaks for another figure.");
    };
    for one in seasons {
        let (ratio, error, grade) = (one.ratio.value, one.ratio.error, one.grade.letter());
        say(&format!("  {}: {ratio:.2} (error {error:.2}) of what its plan promised; grade {grade}", one.season));
    }
    say(&format!(
        "Closed seasons speak for {value:.2} (80 %: {low:.2} to {high:.2}); by themselves they say {:.2}, and {:.0} % of the figure is theirs.",
        own.value,
        own_weight * 100.0
    ));
    if page.can_use() {
        say("Not in use. --use multiplies every plan from now on by it; --undo takes that back.");
    }
}

fn as_json(page: &RealisedPage) -> serde_json::Value {
    let learned = page.learned.map(|one| {
        json!({"value": one.value, "low": one.low, "high": one.high, "seasons": one.seasons, "before": one.before})
    });
    let proposed = page.proposed.as_ref().map(|one| {
        let seasons: Vec<_> = (one.seasons.iter())
            .map(|one| {
                json!({"season": one.season.to_string(), "ratio": one.ratio.value, "error": one.ratio.error, "grade": one.grade.letter()})
            })
            .collect();
        json!({"value": one.value, "low": one.low, "high": one.high, "own": one.own.value, "own_error": one.own.error,
               "own_weight": one.own_weight, "seasons": seasons})
    });
    let uncounted: Vec<_> = (page.uncounted.iter())
        .map(|(season, verdict)| json!({"season": season.to_string(), "verdict": verdict.word()}))
        .collect();
    json!({"in_use": page.in_use, "learned": learned, "proposed": proposed, "uncounted": uncounted})
}
