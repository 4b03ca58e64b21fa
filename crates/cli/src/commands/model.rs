//! `spelplan model`: the parameters in use, each with its band and where it comes from.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::model::SegmentInUse;
use spelplan_facts::Parameter;

use super::{Done, open};
use crate::arguments::ModelArguments;
use crate::output::say;

/// Lists the parameters, segment by segment.
pub async fn model(arguments: ModelArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let page = app.model(&actor).await?;
    if arguments.json {
        let company = json!({"handover": page.company.handover, "joint_handover": page.company.joint_handover,
            "discount": page.company.discount, "realised": page.company.realised});
        let segments: Vec<_> = page.segments.iter().map(as_json).collect();
        say(&json!({"company": company, "segments": segments}).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    if page.segments.is_empty() {
        say("There are no partners yet. Start with: spelplan import partners.csv pams.csv sellout.csv");
    }
    for segment in &page.segments {
        let name = if segment.segment.is_empty() { "(no segment)" } else { &segment.segment };
        say(&format!("{name}: {} partners, {} people have answered", segment.partners, segment.people));
        segment.parameters.iter().for_each(tell);
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(parameter: &Parameter) {
    let (name, source) = (parameter.name.text().en, parameter.source.text().en);
    let band = format!("{:.2} to {:.2}", parameter.low, parameter.high);
    say(&format!("  {name:<32} {:>7.3}  {band:<15}  {source}", parameter.value));
}

fn as_json(segment: &SegmentInUse) -> serde_json::Value {
    let parameter = |one: &Parameter| json!({"name": one.name.code(), "value": one.value, "low": one.low, "high": one.high, "source": one.source.code()});
    let parameters: Vec<_> = segment.parameters.iter().map(parameter).collect();
    json!({"segment": segment.segment, "partners": segment.partners, "people": segment.people, "parameters": parameters})
}
