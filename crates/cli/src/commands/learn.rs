//! `spelplan learn`: what history teaches about the model, segment by segment, and why not more.

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};
use spelplan_app::jobs::Progress;
use spelplan_facts::{Lesson, Lessons, Likely, Taught};

use super::{Done, open};
use crate::arguments::LearnArguments;
use crate::output::{say, watched};

/// Reads, keeps, tells. Nothing comes into use by it.
pub async fn learn(arguments: LearnArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let progress = Arc::new(Progress::default());
    let lessons = watched("Reading history", Arc::clone(&progress), app.learn(&actor, progress)).await?;
    if arguments.json {
        say(&as_json(&lessons).to_string());
    } else {
        tell(&lessons);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(lessons: &Lessons) {
    say(&format!("History read from {} to {}: {} partners.", lessons.from, lessons.to, lessons.partners));
    if lessons.left_out > 0 {
        say(&format!("{} partners left out: they have bought in too few months.", lessons.left_out));
    }
    if lessons.one_offs > 0 {
        say(&format!("{} one-off deals drawn in to what is usual.", lessons.one_offs));
    }
    tell_of("The whole company", &lessons.company);
    for lesson in &lessons.segments {
        tell_of(if lesson.segment.is_empty() { "Partners without a segment" } else { &lesson.segment }, lesson);
    }
    say("\nPut learned values into use on the page /model/learned.");
}

fn tell_of(name: &str, lesson: &Lesson) {
    say(&format!("\n{name}: {} partners, {} visited, {} visits.", lesson.partners, lesson.visited, lesson.visits));
    say(&format!("  {}", lesson.why.text().en));
    let slope = |likely: &Likely| format!("{:.2} (80 %: {:.2} to {:.2})", likely.value, likely.low, likely.high);
    if let (Some(apart), Some(every)) = (&lesson.slope, &lesson.every_month) {
        say(&format!(
            "  Change of sales from no relationship to a full one, as part of usual sales: {}.",
            slope(apart)
        ));
        say(&format!("  With the months just after visits: {}.", slope(every)));
    }
    if let Some(implied) = lesson.implied {
        say(&format!("  As potential and base sales imply: {implied:.2}."));
    }
    for Taught { parameter, why, .. } in &lesson.taught {
        let band = format!("80 %: {:.2} to {:.2}", parameter.low, parameter.high);
        let (title, source) = (parameter.name.text().en, parameter.source.text().en);
        let words = if *why == lesson.why { "" } else { why.text().en };
        say(format!("  {title}: {:.2} ({band}), {source}. {words}", parameter.value).trim_end());
    }
}

fn as_json(lessons: &Lessons) -> Value {
    json!({
        "as_of": lessons.as_of.to_string(), "from": lessons.from.to_string(), "to": lessons.to.to_string(),
        "partners": lessons.partners, "left_out": lessons.left_out, "one_offs": lessons.one_offs,
        "company": lesson_as_json(&lessons.company),
        "segments": lessons.segments.iter().map(lesson_as_json).collect::<Vec<_>>(),
    })
}

fn lesson_as_json(lesson: &Lesson) -> Value {
    let likely = |likely: &Option<Likely>| {
        likely.map(|likely| json!({"value": likely.value, "low": likely.low, "high": likely.high}))
    };
    let taught = |taught: &Taught| {
        let parameter = &taught.parameter;
        json!({
            "parameter": parameter.name.code(), "value": parameter.value, "low": parameter.low, "high": parameter.high,
            "source": parameter.source.code(), "why": taught.why.code(),
            "words": {"sv": taught.why.text().sv, "en": taught.why.text().en}, "doubt_left": taught.doubt_left,
        })
    };
    json!({
        "segment": lesson.segment, "partners": lesson.partners, "visited": lesson.visited, "visits": lesson.visits,
        "months": lesson.months, "slope": likely(&lesson.slope), "every_month": likely(&lesson.every_month),
        "implied": lesson.implied, "why": lesson.why.code(),
        "words": {"sv": lesson.why.text().sv, "en": lesson.why.text().en},
        "parameters": lesson.taught.iter().map(taught).collect::<Vec<_>>(),
    })
}
