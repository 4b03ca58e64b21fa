//! What each PAM has to give in a season.

use spelplan_coverage::Budget;
use spelplan_facts::{DayRange, Facts, Minutes, Settings};

use crate::working_days::{field_time, working_days};

/// Field and digital time of every PAM, in the facts' order.
pub fn budgets(facts: &Facts, season: DayRange) -> Vec<Budget> {
    let budget = |pam| {
        let working = working_days(facts, pam, season);
        Budget {
            pam: pam.id,
            field_time: field_time(&facts.settings, pam, &working).time,
            digital_time: digital_time(&facts.settings, season),
        }
    };
    facts.pams.iter().map(budget).collect()
}

/// Weeks of the season, begun ones counted whole, times the digital hours of a week.
pub(crate) fn digital_time(settings: &Settings, season: DayRange) -> Minutes {
    let n_days = (season.from.until(season.to) + 1).max(0);
    Minutes((n_days + 6) / 7 * settings.digital_time_week.0)
}
