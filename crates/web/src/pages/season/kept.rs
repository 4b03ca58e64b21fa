//! What a plan made anew keeps of what had been promised in its weeks, and what it does not.

use std::collections::BTreeMap;

use askama::Template;
use spelplan_app::board::Objection;
use spelplan_app::season::PartnerLabel;
use spelplan_app::season_kept::{Broken, KeptPromises};
use spelplan_facts::{BrokenPromise, PartnerId, PlanId};

use crate::tongue::Tongue;

/// The part of the season page.
#[derive(Template)]
#[template(path = "season/kept.html")]
pub(crate) struct KeptPart {
    t: Tongue,
    plan: PlanId,
    promises: usize,
    broken: Vec<Line>,
}

struct Line {
    promise: BrokenPromise,
    name: String,
    city: String,
    why: &'static str,
    may_settle: bool,
}

impl askama::filters::HtmlSafe for KeptPart {}

impl KeptPart {
    pub(super) fn new(
        plan: PlanId,
        kept: &KeptPromises,
        partners: &BTreeMap<PartnerId, PartnerLabel>,
        t: Tongue,
    ) -> KeptPart {
        let line = |Broken { promise, may_settle }: &Broken| {
            let label = partners.get(&promise.partner);
            let (sv, en) = Objection::coded(&promise.why).map_or(("", ""), Objection::text);
            Line {
                promise: promise.clone(),
                name: label.map(|label| label.name.clone()).unwrap_or_default(),
                city: label.map(|label| label.city.clone()).unwrap_or_default(),
                why: t.say(sv, en),
                may_settle: *may_settle,
            }
        };
        KeptPart { t, plan, promises: kept.promises, broken: kept.broken.iter().map(line).collect() }
    }
}
