//! `spelplan coverage`: what days in the field are worth, and who should get how many visits; the page's own figures.

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};
use spelplan_app::coverage::{Change, CoverageFilter, CoveragePage, FrontierPoint, NamedDay, TimeAsked};
use spelplan_app::jobs::Progress;
use spelplan_facts::Band;

use super::{Done, open};
use crate::arguments::CoverageArguments;
use crate::output::{REFUSED, money, say, watched};

/// Counts the year and tells.
pub async fn coverage(arguments: CoverageArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let asked = match (arguments.days, arguments.share) {
        (Some(days), _) => TimeAsked::Days(days),
        (None, Some(part)) => TimeAsked::Part(part),
        (None, None) => TimeAsked::Usual,
    };
    let progress = Arc::new(Progress::default());
    let filter = CoverageFilter::default();
    let work = app.coverage(&actor, asked, &filter, 1, Arc::clone(&progress));
    let page = watched("Counting the year", progress, work).await?;
    if arguments.json {
        say(&as_json(&page).to_string());
    } else {
        tell(&page);
    }
    Ok(if page.refused.is_some() { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

fn tell(page: &CoveragePage) {
    if page.basis.empty {
        say("There are no partners here yet: import a partner list and sales first.");
        return;
    }
    let seasons: Vec<String> = page.seasons.iter().map(ToString::to_string).collect();
    say(&format!("Coverage as of {}, seasons {}.", page.basis.as_of, seasons.join(", ")));
    say(&format!(
        "{:.1} days in the field, {:.0} % of today's {:.1}; the calendars hold {:.1}.",
        page.days,
        page.time.0 * 100.0,
        page.days_today,
        page.days_there
    ));
    if let Some(name) = &page.held {
        say(&format!("The what-if \"{name}\" holds."));
    }
    if let Some(refused) = &page.refused {
        say(&format!("No plan keeps every rule: {}. End or change one of:", refused.en));
        for rule in &refused.rules {
            say(&format!("  rule {} for {}", rule.id.0, rule.name));
        }
        return;
    }
    tell_sums(page);
    tell_days(page);
    tell_frontier(page);
}

fn tell_sums(page: &CoveragePage) {
    let (Some(sums), currency) = (&page.sums, &page.basis.currency) else { return };
    let gain = band(sums.gain, currency);
    say(&format!("Expected margin gain {gain}, after the realised/planned ratio {}.", sums.realised));
    if let Some(gain) = sums.gain_with_video {
        say(&format!("With video that builds 0.3 as well as a visit: {}.", money(gain, currency)));
    }
    say(&format!("Cost of it (hours, kilometres, nights) {}.", money(sums.cost, currency)));
    say(&format!(
        "{} visits a year to {} partners; {:.0} visits in the last twelve months.",
        sums.visits, sums.visited, sums.visits_now
    ));
    let counts: Vec<String> = sums.changes.iter().map(|(change, count)| format!("{count} {}", word(*change))).collect();
    say(&format!("Partners: {}.", counts.join(", ")));
    if sums.ruled > 0 {
        say(&format!("Rules concern {} partners and cost {}.", sums.ruled, money(sums.rules_cost, currency)));
    }
    say(&format!("No other choice under these hours is better by more than {:.2} %.", sums.gap.0 * 100.0));
}

fn tell_days(page: &CoveragePage) {
    let (Some(company), currency) = (&page.company, &page.basis.currency) else { return };
    for (day, words) in [(&company.day_more, "One more day"), (&company.day_fewer, "One day fewer")] {
        let Some(day) = day else { continue };
        let names: Vec<String> = day
            .partners
            .iter()
            .map(|(name, change)| format!("{name} ({} to {} visits)", change.visits.0, change.visits.1))
            .collect();
        let cost = money(day.day.cost, currency);
        say(&format!(
            "{words} = {}, for {} in {}; the day costs {cost}.",
            band(day.day.gain, currency),
            day.pam,
            day.day.days
        ));
        match (names.is_empty(), day.day.gain.value.0 < 0) {
            (true, _) => say("  Nobody's visits would change: hours are not what is short."),
            (false, true) => say(&format!("  drops: {}", names.join(", "))),
            (false, false) => say(&format!("  goes to: {}", names.join(", "))),
        }
    }
    let one = &company.substitution;
    say(&format!(
        "With {:.0} personal touches a month, {:.0} visits a year keep the relationships that {:.0} keep now.",
        one.touches_month, one.visits.1, one.visits.0
    ));
}

fn tell_frontier(page: &CoveragePage) {
    let (Some(company), currency) = (&page.company, &page.basis.currency) else { return };
    let frontier = &company.frontier;
    say("Share    Days   Visits  Margin gain and profit a year");
    let line = |words: &str, point: &FrontierPoint| {
        let (margin, profit) = (money(point.margin, currency), money(point.profit, currency));
        say(&format!(
            "{:>4.0} % {:>7.1} {:>7}  {margin}, {profit}{words}",
            point.share * 100.0,
            point.days,
            point.visits
        ));
    };
    frontier.points.iter().step_by(2).for_each(|point| line("", point));
    line("  (the last twelve months as they were)", &frontier.today);
    line("  (the same hours, given to others)", &frontier.reallocated);
    line("  (most profit)", &frontier.optimum);
    if let Some((low, high)) = frontier.within_98 {
        say(&format!("Between {low:.0} and {high:.0} days the profit is within 2 % of the best."));
    }
    if let Some(staffing) = &frontier.staffing {
        say(&format!(
            "One PAM more returns {:.0} % over three years (right between {:.0} and {:.0} %): {}.",
            staffing.roi * 100.0,
            staffing.low * 100.0,
            staffing.high * 100.0,
            staffing.verdict.text().en
        ));
    }
}

fn word(change: Change) -> &'static str {
    match change {
        Change::More => "more visits",
        Change::Fewer => "fewer",
        Change::Same => "the same",
        Change::New => "visited for the first time in a year",
        Change::Dropped => "no longer visited",
        Change::Unvisited => "not visited now or then",
    }
}

fn band(band: Band, currency: &str) -> String {
    format!("{} (80 %: {} to {})", money(band.value, currency), money(band.low, currency), money(band.high, currency))
}

fn as_json(page: &CoveragePage) -> Value {
    let band = |band: Band| json!({"low": band.low.units(), "value": band.value.units(), "high": band.high.units()});
    let point = |point: &FrontierPoint| {
        json!({
            "share": point.share, "days": point.days, "margin": point.margin.units(), "sales": point.sales.units(),
            "cost": point.cost.units(), "profit": point.profit.units(), "visits": point.visits,
            "upper_bound": point.upper_bound.units(),
        })
    };
    let day = |day: &NamedDay| {
        let partner = |(name, change): &(String, spelplan_app::coverage::DayChange)| json!({"partner": name, "visits": [change.visits.0, change.visits.1], "gain": change.gain.units()});
        json!({
            "pam": day.pam, "season": day.day.days.to_string(), "gain": band(day.day.gain), "cost": day.day.cost.units(),
            "partners": day.partners.iter().map(partner).collect::<Vec<_>>(),
        })
    };
    let company = page.company.as_ref().map(|company| {
        let frontier = &company.frontier;
        json!({
            "frontier": frontier.points.iter().map(point).collect::<Vec<_>>(),
            "with_video": company.with_video.iter().map(point).collect::<Vec<_>>(),
            "today": point(&frontier.today), "reallocated": point(&frontier.reallocated), "optimum": point(&frontier.optimum),
            "within_98": frontier.within_98.map(|(low, high)| [low, high]),
            "day_more": company.day_more.as_ref().map(day), "day_fewer": company.day_fewer.as_ref().map(day),
            "day_cost": frontier.day_cost.units(),
            "staffing_return": frontier.staffing.as_ref().map(|staffing| staffing.roi),
            "substitution": {"touches_month": company.substitution.touches_month,
                "visits_before": company.substitution.visits.0, "visits_after": company.substitution.visits.1},
        })
    });
    let sums = page.sums.as_ref().map(|sums| {
        json!({
            "gain": band(sums.gain), "gain_with_video": sums.gain_with_video.map(|gain| gain.units()),
            "cost": sums.cost.units(), "visits": sums.visits, "visits_now": sums.visits_now, "visited": sums.visited,
            "rules_cost": sums.rules_cost.units(), "ruled": sums.ruled, "gap": sums.gap.0, "realised": sums.realised,
        })
    });
    json!({
        "as_of": page.basis.as_of.to_string(), "currency": page.basis.currency,
        "seasons": page.seasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "days": page.days, "days_today": page.days_today, "days_there": page.days_there, "share": page.time.0, "held": page.held,
        "sums": sums, "company": company, "refused": page.refused.as_ref().map(|refused| refused.en.clone()),
    })
}
