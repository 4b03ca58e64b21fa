//! The season page as it is shown.

use askama::Template;
use spelplan_app::Verdict;
use spelplan_app::season::{SeasonPage, SeasonSummary};
use spelplan_facts::{DayRange, FieldDay, Minutes, Money, PamId, PlanId, RoundNote, SeasonPlan, Text, Workload};

use super::better::OfferPart;
use super::days::{PamDays, pam_days};
use super::drives::sources;
use super::kept::KeptPart;
use super::left_out::{Group, groups};
use super::proof::{Proved, gap_of, proved};
use super::weeks::{Week, weeks};
use crate::drawings::BandBar;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Säsong", en: "Season" };

/// The page.
#[derive(Template)]
#[template(path = "season/page.html")]
pub(crate) struct SeasonView {
    frame: Frame,
    t: Tongue,
    unit: String,
    proposed: DayRange,
    seasons: Vec<SeasonSummary>,
    weeks: Vec<Week>,
    shown: Option<Shown>,
}

/// A plan as it is shown.
struct Shown {
    plan: SeasonPlan,
    summary: Option<SeasonSummary>,
    verdict: Verdict,
    gain: BandBar,
    proved: Option<Proved>,
    kept: Option<KeptPart>,
    offer: Option<OfferPart>,
    rounds: String,
    workloads: Vec<Load>,
    chosen: Vec<PamDays>,
    left_out: Vec<Group>,
    visits: usize,
    nights: usize,
    km: f64,
    drives: String,
}

/// A PAM's hours with the bars of how much is used.
struct Load {
    name: String,
    workload: Workload,
    days: usize,
    visits: usize,
    nights: usize,
    driving: Minutes,
    field: f64,
    /// Hours above or below what a PAM of the season uses on the mean.
    beside: Option<String>,
    /// How much more other routes of the PAM could bring at most.
    gap: Option<String>,
    current: bool,
}

impl SeasonView {
    /// The page of that season; `pam` in the address chooses whose days are shown, `all` everybody's.
    pub fn new(visitor: &Visitor, mut page: SeasonPage) -> SeasonView {
        let t = visitor.t;
        let frame = visitor.frame("/season", t.text(TITLE), page.basis.clone());
        let unit = frame.unit();
        let weeks = weeks(std::mem::take(&mut page.weeks), t);
        let asked = visitor.asked().into_iter().find(|(name, _)| name == "pam").map(|(_, pam)| pam);
        let plan = page.plan.take().zip(page.verdict.take());
        let shown = plan.map(|(plan, verdict)| shown(plan, verdict, &page, asked.as_deref(), t, &unit));
        SeasonView { frame, t, unit, proposed: page.proposed, seasons: page.seasons, weeks, shown }
    }

    fn other_plans(&self) -> Vec<&SeasonSummary> {
        let current = self.shown.as_ref().map(|shown| shown.plan.id);
        self.seasons.iter().filter(|season| Some(season.plan) != current).collect()
    }
}

fn shown(plan: SeasonPlan, verdict: Verdict, page: &SeasonPage, asked: Option<&str>, t: Tongue, unit: &str) -> Shown {
    let chosen = chosen(&plan, asked);
    let name = |pam: &PamId| page.pams.get(pam).cloned().unwrap_or_default();
    let load = |workload: &Workload| Load {
        gap: page.proof.as_ref().and_then(|proof| gap_of(proof, workload.pam, t)),
        beside: beside(workload, &plan.workloads, t),
        ..load(workload, &plan, name(&workload.pam), chosen.contains(&workload.pam))
    };
    let stops = plan.days.iter().flat_map(|day| &day.stops);
    let legs = plan.days.iter().map(|day| day.stops.iter().map(|stop| stop.leg.km).sum::<f64>() + day.last_leg.km);
    Shown {
        summary: page.seasons.iter().find(|season| season.plan == plan.id).cloned(),
        gain: BandBar::new(plan.gain, plan.gain.high.max(plan.cost)),
        kept: page.kept.as_ref().map(|kept| KeptPart::new(plan.id, kept, &page.partners, t)),
        offer: page.offer.clone().map(|offer| OfferPart::new(plan.id, offer, t, unit)),
        proved: page.proof.as_ref().map(|proof| proved(proof, t, unit)),
        rounds: rounds(plan.rounds, t, unit),
        workloads: plan.workloads.iter().map(load).collect(),
        chosen: chosen.iter().map(|pam| pam_days(&plan, *pam, &name(pam), &page.partners, t, unit)).collect(),
        left_out: groups(&plan.left_out, &page.partners, &page.prices),
        visits: stops.count(),
        nights: plan.days.iter().filter(|day| day.to != spelplan_facts::Night::Home).count(),
        km: legs.sum(),
        drives: sources(&plan, t),
        verdict,
        plan,
    }
}

/// Whose days are shown: the one asked for, everybody, or the first who has any.
fn chosen(plan: &SeasonPlan, asked: Option<&str>) -> Vec<PamId> {
    let all = || plan.workloads.iter().map(|workload| workload.pam);
    let wanted = asked.and_then(|word| word.parse().ok()).map(PamId);
    match (asked, wanted) {
        (Some("all"), _) => all().collect(),
        (_, Some(pam)) if all().any(|one| one == pam) => vec![pam],
        _ => plan.days.first().map(|day| day.pam).or_else(|| all().next()).into_iter().collect(),
    }
}

fn load(workload: &Workload, plan: &SeasonPlan, name: String, current: bool) -> Load {
    let days: Vec<_> = plan.days.iter().filter(|day| day.pam == workload.pam).collect();
    let part = f64::from(workload.field_time_used.0) / f64::from(workload.field_time.0.max(1));
    Load {
        name,
        days: days.len(),
        visits: days.iter().map(|day| day.stops.len()).sum(),
        nights: days.iter().filter(|day| day.to != spelplan_facts::Night::Home).count(),
        driving: days.iter().map(|day| driving(day)).sum(),
        gap: None,
        beside: None,
        field: (part.clamp(0.0, 1.0) * 1000.0).round() / 10.0,
        workload: workload.clone(),
        current,
    }
}

/// How a PAM's hours stand beside the mean of those who have any; nothing to say of one alone.
fn beside(own: &Workload, all: &[Workload], t: Tongue) -> Option<String> {
    let used: Vec<i32> =
        all.iter().filter(|load| load.field_time > Minutes::ZERO).map(|load| load.field_time_used.0).collect();
    if used.len() < 2 || own.field_time <= Minutes::ZERO {
        return None;
    }
    let mean = used.iter().sum::<i32>() / used.len() as i32;
    let more = own.field_time_used.0 - mean;
    let sign = if more < 0 { "−" } else { "+" };
    Some(format!("{sign}{} {}", t.hours(Minutes(more.abs())), t.say("mot medel", "against the mean")))
}

fn driving(day: &FieldDay) -> Minutes {
    day.stops.iter().map(|stop| stop.leg.time).sum::<Minutes>() + day.last_leg.time
}

/// How often coverage and routes were laid, and what that brought.
fn rounds(note: RoundNote, t: Tongue, unit: &str) -> String {
    let times = t.count(note.laid);
    match note.laid {
        0 | 1 => t.say("Bearbetning och rutter lades en gång.", "Coverage and routes were laid once.").to_owned(),
        _ if note.gained == Money::ZERO => format!(
            "{} {times} {}",
            t.say("Bearbetning och rutter prövades i", "Coverage and routes were tried in"),
            t.say("omgångar; den första var bäst.", "rounds; the first was best."),
        ),
        _ => format!(
            "{} {times} {} {} {unit} {}",
            t.say("Bearbetning och rutter lades i", "Coverage and routes were laid in"),
            t.say("omgångar, vilket gav", "rounds, which brought"),
            t.about(note.gained),
            t.say("mer netto.", "more net."),
        ),
    }
}

impl Shown {
    fn one_pam(&self) -> bool {
        self.chosen.len() == 1
    }

    fn examined(&self) -> usize {
        self.verdict.checks.iter().map(|check| check.examined).sum()
    }

    fn id(&self) -> PlanId {
        self.plan.id
    }
}
