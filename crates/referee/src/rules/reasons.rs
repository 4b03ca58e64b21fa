//! F8, the reasons: each reason for leaving a partner out is held against the facts, as far as facts can tell.

use spelplan_facts::{Day, LeftOutReason, Pam, Partner};

use super::hours::own_field_time;
use super::visits::own_margin;
use crate::case::Case;
use crate::land;
use crate::verdict::{Protocol, Spot};
use crate::ways::Ways;

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    for left in &case.plan.left_out {
        let Some(partner) = case.facts.partner(left.partner) else { continue };
        let objection = objection(case, partner, left.reason);
        protocol.expect("F804", objection.is_none(), Spot::partner(left.partner), || {
            let [en, sv] = objection.unwrap_or_default();
            let (id, reason) = (left.partner.0, left.reason.text());
            [
                format!("Partner {id} is left out because \"{}\", but {en}", reason.en),
                format!("Partner {id} utelämnas för att \"{}\", men {sv}", reason.sv),
            ]
        });
    }
}

/// What the facts say against a reason, in English and Swedish; `None` where they do not contradict it.
fn objection(case: &Case, partner: &Partner, reason: LeftOutReason) -> Option<[&'static str; 2]> {
    use LeftOutReason as R;
    let pam = partner.pam.and_then(|pam| case.facts.pam(pam));
    match reason {
        R::NoPam => pam.is_some().then_some(["a PAM runs it", "en PAM ansvarar för den"]),
        R::PamWithoutHome => match pam {
            Some(pam) => pam.home.is_some().then_some(["its PAM has a home", "dess PAM har en startplats"]),
            None => Some(["it has no PAM", "den har ingen PAM"]),
        },
        R::NoPlace => partner.place.is_some().then_some(["it has a place", "den har en plats"]),
        R::Inactive => (!partner.inactive).then_some(["it is active", "den är aktiv"]),
        R::NoMargin => margin_everywhere(case, partner),
        // A decision may have been taken back since the plan was made; who called off is not among the facts.
        R::NoHeadroom | R::Decided | R::Cancelled => None,
        R::CostsMore | R::HoursGoElsewhere | R::NoDayFits => hidden_obstacle(case, partner),
        R::VisitedRecently => visited_recently(case, partner, pam),
        R::VisitPlanned => visit_planned(case, partner, pam),
        R::AcrossWater => across_water(case, partner),
        R::TooFar => too_far(case, partner),
        R::ClosedAllSeason | R::PamAway => open_together(case, partner, pam),
    }
}

/// "No margin" is false where the partner's own margin is positive and nobody's margin is not.
fn margin_everywhere(case: &Case, partner: &Partner) -> Option<[&'static str; 2]> {
    let own = own_margin(case, partner.id)?;
    let others_gain =
        || case.facts.partners.iter().all(|other| own_margin(case, other.id).is_none_or(|margin| margin > 0));
    (own > 0 && others_gain())
        .then_some(["its own margin is positive, and so is everybody's", "dess marginal är positiv, liksom allas"])
}

/// A reason that weighs gains against hours is false where a visit is not possible at all.
fn hidden_obstacle(case: &Case, partner: &Partner) -> Option<[&'static str; 2]> {
    let Some(pam) = partner.pam.and_then(|pam| case.facts.pam(pam)) else {
        return Some(["it has no PAM", "den har ingen PAM"]);
    };
    let obstacles = [
        (pam.home.is_none(), ["its PAM has no home", "dess PAM saknar startplats"]),
        (partner.place.is_none(), ["it has no place", "den saknar plats"]),
        (partner.inactive, ["it is inactive", "den är inaktiv"]),
    ];
    obstacles.into_iter().find(|(stands, _)| *stands).map(|(_, words)| words)
}

fn visited_recently(case: &Case, partner: &Partner, pam: Option<&Pam>) -> Option<[&'static str; 2]> {
    let Some(&last) = case.last_real_visit.get(&partner.id) else {
        return Some(["no visit to it is known", "inget besök hos den är känt"]);
    };
    let gap = case.settings.min_gap_days;
    let late_enough = |day: Day| last.until(day) >= gap;
    let possible = pam.is_some_and(|pam| days_together(case, partner, pam).into_iter().any(late_enough));
    possible.then_some(["the season has days long enough after", "säsongen har dagar tillräckligt långt efter"])
}

fn visit_planned(case: &Case, partner: &Partner, pam: Option<&Pam>) -> Option<[&'static str; 2]> {
    let last = case.last_real_visit.get(&partner.id);
    let gap = case.settings.min_gap_days;
    let apart = |day: &Day| {
        last.is_none_or(|last| last.until(*day) >= gap)
            && case.nearest_planned(partner.id, *day).is_none_or(|n| n >= gap)
    };
    let possible = pam.is_some_and(|pam| days_together(case, partner, pam).iter().any(apart));
    possible.then_some([
        "the season has days far enough from what other plans hold",
        "säsongen har dagar tillräckligt långt från vad andra planer håller",
    ])
}

fn across_water(case: &Case, partner: &Partner) -> Option<[&'static str; 2]> {
    let (home, there) = ends(case, partner)?;
    let measured_wet = ways(case, partner)?.measured_wet(home, there);
    (!measured_wet && land::plainly_dry(home, there))
        .then_some(["no water lies between it and the PAM's home", "inget vatten skiljer den från PAM:ens startplats"])
}

fn too_far(case: &Case, partner: &Partner) -> Option<[&'static str; 2]> {
    let (home, there) = ends(case, partner)?;
    let (settings, ways) = (case.settings, ways(case, partner)?);
    let [out, back] = [(home, there), (there, home)].map(|(from, to)| ways.minutes(from, to));
    let day = i64::from(settings.day_end.0) - i64::from(settings.day_start.0);
    let fits = out + back <= i64::from(settings.max_drive_day.0) && out + back + case.visit_time(partner) <= day;
    fits.then_some(["it can be reached and left in one day", "den kan nås och lämnas på en dag"])
}

fn ways<'a>(case: &Case<'a>, partner: &Partner) -> Option<Ways<'a>> {
    Some(Ways { facts: case.facts, settings: case.settings, pam: partner.pam? })
}

fn ends(case: &Case, partner: &Partner) -> Option<(spelplan_facts::Point, spelplan_facts::Point)> {
    Some((case.home(partner.pam?)?, partner.place?.point))
}

fn open_together(case: &Case, partner: &Partner, pam: Option<&Pam>) -> Option<[&'static str; 2]> {
    let pam = pam?;
    let (_, field_time) = own_field_time(case, pam);
    let together = field_time > 0 && !days_together(case, partner, pam).is_empty();
    together.then_some(["its PAM works on days on which it is open", "dess PAM arbetar dagar då den har öppet"])
}

/// Days of the season on which the PAM may work and the partner has a window that holds a visit within the PAM's hours.
fn days_together(case: &Case, partner: &Partner, pam: &Pam) -> Vec<Day> {
    let (earliest, latest) = (i64::from(case.settings.day_start.0), i64::from(case.settings.day_end.0));
    let length = case.visit_time(partner);
    let fits = |&(opens, closes): &(i64, i64)| closes.min(latest) - opens.max(earliest) >= length;
    let open = |&day: &Day| case.open_windows(partner, day).iter().any(fits);
    case.working_days(pam).into_iter().filter(open).collect()
}
