//! `spelplan roads`: whom drive times are asked of, ferries that may be counted on, and what logged trips say.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;
use spelplan_app::access::Actor;
use spelplan_app::roads::{RoadsChoice, RoadsPage, Trial, TriedDrive, TripsRead};
use spelplan_facts::{DriveFactor, DriveSource, Measured};

use super::{Done, open};
use crate::output::{Failure, REFUSED, say};
use crate::roads_arguments::RoadsArguments;

/// Decides what was asked for, then says what holds.
pub async fn roads(arguments: RoadsArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    decide(&app, &actor, &arguments).await?;
    let mut exit = ExitCode::SUCCESS;
    if let Some(path) = &arguments.trips {
        let file = std::fs::read(path).map_err(|error| cannot_read(&path.display().to_string(), &error))?;
        let read = app.log_trips(&actor, &file).await?;
        if !arguments.json {
            tell_trips(&read);
        }
        if !read.wrong.is_empty() {
            exit = ExitCode::from(REFUSED);
        }
    }
    let trial = if arguments.check { Some(app.try_roads(&actor).await?) } else { None };
    if trial.as_ref().is_some_and(|trial| trial.said.is_some()) {
        exit = ExitCode::from(1);
    }
    let page = app.roads(&actor).await?;
    if arguments.json {
        say(&as_json(&page, trial.as_ref()).to_string());
    } else {
        tell(&page);
        trial.iter().for_each(tell_trial);
    }
    Ok(exit)
}

async fn decide(app: &App, actor: &Actor, arguments: &RoadsArguments) -> Result<(), Failure> {
    let choices = [
        arguments.osrm.clone().map(RoadsChoice::Osrm),
        arguments.valhalla.clone().map(RoadsChoice::Valhalla),
        arguments.map.clone().map(RoadsChoice::Map),
        arguments.estimate.then_some(RoadsChoice::Estimate),
    ];
    if let Some(choice) = choices.into_iter().flatten().next() {
        app.choose_roads(actor, choice, arguments.anew).await?;
    }
    for ferry in &arguments.ferries {
        app.enter_ferry(actor, ferry.clone()).await?;
    }
    for name in &arguments.no_ferries {
        if !app.drop_ferry(actor, name).await? {
            return Err(Failure {
                exit: REFUSED,
                words: format!("no ferry is called {name}. Look at the list: spelplan roads"),
            });
        }
    }
    Ok(())
}

fn cannot_read(path: &str, error: &std::io::Error) -> Failure {
    Failure { exit: REFUSED, words: format!("{path} cannot be read: {error}. Check the path") }
}

fn tell(page: &RoadsPage) {
    let (roads, counts) = (&page.roads, page.counts);
    if roads.source == DriveSource::Estimated {
        say("Drive times are estimated by distance.");
    } else {
        let source = roads.source.text().en;
        say(&format!("Drive times come from {source} ({}), version {}.", roads.address, roads.version));
        say(&format!(
            "Known so far: {} drives, {} that need a ferry, {} that the map does not know (estimated).",
            counts.driven, counts.ferry, counts.unknown
        ));
    }
    for ferry in &page.ferries {
        say(&format!("Ferry {}: {} minutes with waiting.", ferry.name, ferry.time.0));
    }
    page.factors.iter().for_each(tell_factor);
    say(&slack(page));
}

fn slack(page: &RoadsPage) -> String {
    let kept = format!("Plans keep {:.0} % slack on every drive", page.kept_slack.0 * 100.0);
    match page.learned_slack {
        Some(learned) => format!(
            "{kept}; {:.0} % of {} logged drives would have ended in time with {:.0} %.",
            learned.in_time.0 * 100.0,
            learned.trips,
            learned.slack.0 * 100.0
        ),
        None => format!("{kept}; too few trips are logged to say what they would need."),
    }
}

fn tell_factor((name, factor): &(String, DriveFactor)) {
    say(&format!("Times of {name} are multiplied by {:.2}, from {} logged trips.", factor.factor, factor.trips));
}

fn tell_trips(read: &TripsRead) {
    say(&format!("{} trips read.", read.read));
    for wrong in &read.wrong {
        say(&format!("Line {}: `{}` is no {}; the trip is left out.", wrong.line, wrong.cell, wrong.column));
    }
}

fn tell_trial(trial: &Trial) {
    for drive in &trial.drives {
        let estimate = drive.estimated.map_or("a ferry".to_owned(), |time| format!("{} min", time.0));
        say(&format!("{} to {}: {} (estimate {estimate})", drive.pam, drive.partner, measured(drive)));
    }
    for (why, count) in &trial.missed {
        say(&format!("{count} not answered: {}.", why.text().en));
    }
    if let Some(said) = &trial.said {
        say(&format!("It said: {said}"));
    }
}

fn measured(drive: &TriedDrive) -> String {
    match drive.measured {
        Some(Measured::Drive { seconds, metres }) => {
            format!("{:.0} min, {:.1} km", f64::from(seconds) / 60.0, f64::from(metres) / 1000.0)
        }
        Some(Measured::NeedsFerry) => "needs a ferry".to_owned(),
        Some(Measured::Unknown) | None => "not known".to_owned(),
    }
}

fn as_json(page: &RoadsPage, trial: Option<&Trial>) -> serde_json::Value {
    let ferries: Vec<_> =
        page.ferries.iter().map(|ferry| json!({"name": ferry.name, "minutes": ferry.time.0})).collect();
    let factor = |(name, one): &(String, DriveFactor)| json!({"pam": name, "factor": one.factor, "trips": one.trips});
    let factors: Vec<_> = page.factors.iter().map(factor).collect();
    let tried = trial.map(|trial| {
        let drive = |one: &TriedDrive| {
            let seconds = match one.measured {
                Some(Measured::Drive { seconds, .. }) => Some(seconds),
                _ => None,
            };
            json!({"pam": one.pam, "partner": one.partner, "seconds": seconds,
                "estimated_minutes": one.estimated.map(|time| time.0)})
        };
        let drives: Vec<_> = trial.drives.iter().map(drive).collect();
        let missed: Vec<_> =
            trial.missed.iter().map(|(why, count)| json!({"why": why.code(), "pairs": count})).collect();
        json!({"drives": drives, "missed": missed, "said": trial.said})
    });
    let slack = json!({"kept": page.kept_slack.0, "learned": page.learned_slack.map(|learned| learned.slack.0)});
    json!({"source": page.roads.source.code(), "address": page.roads.address, "version": page.roads.version,
        "known": {"driven": page.counts.driven, "ferry": page.counts.ferry, "unknown": page.counts.unknown},
        "ferries": ferries, "factors": factors, "slack": slack, "tried": tried})
}
