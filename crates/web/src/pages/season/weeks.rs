//! The 52-week strip: field, preparation, follow-up, closed weeks, holidays and when partners buy.

use spelplan_app::season_weeks::WeekStrip;

use crate::tongue::Tongue;

/// A week of the strip as it is drawn.
pub(crate) struct Week {
    /// What it is.
    pub strip: WeekStrip,
    /// Name of the month where the week begins one, else empty.
    pub month: &'static str,
    /// Height of the demand bar, 0 to 17.
    pub demand: f64,
    /// Filled part of the field bar, 0 to 26, by field days.
    pub field: f64,
    /// Style of the week.
    pub style: &'static str,
}

/// The weeks, scaled to the busiest.
pub(crate) fn weeks(strips: Vec<WeekStrip>, t: Tongue) -> Vec<Week> {
    let busiest = strips.iter().map(|strip| strip.field_days).max().unwrap_or(0).max(1) as f64;
    let months: Vec<_> = strips.iter().map(|strip| strip.monday.plus(3).month()).collect();
    // A month is named over its first week here, unless so little of it is left that the next name would collide.
    let named = |n: usize| (n == 0 || months[n - 1] != months[n]) && months.get(n + 1) == Some(&months[n]);
    strips
        .into_iter()
        .enumerate()
        .map(|(n, strip)| Week {
            month: if named(n) { t.month(months[n]) } else { "" },
            demand: (strip.demand * 170.0).round() / 10.0,
            field: (strip.field_days as f64 / busiest * 260.0).round() / 10.0,
            style: style(&strip),
            strip,
        })
        .collect()
}

fn style(strip: &WeekStrip) -> &'static str {
    match strip {
        strip if strip.closed => "closed",
        strip if strip.field_days > 0 => "field",
        strip if strip.preparation > 0 => "preparation",
        strip if strip.follow_up > 0 => "follow-up",
        strip if strip.season => "season",
        _ => "",
    }
}

impl Week {
    /// The week in words, for whoever does not see the drawing.
    pub fn words(&self, t: &Tongue) -> String {
        let strip = &self.strip;
        let mut said = vec![format!("{} {} ({})", t.say("Vecka", "Week"), strip.week, strip.monday)];
        if strip.closed {
            said.push(t.say("industrisemester, inga besök", "industrial holiday, no visits").to_owned());
        }
        if strip.field_days > 0 {
            let (days, visits) = (t.count(strip.field_days), t.count(strip.visits));
            said.push(format!("{days} {}, {visits} {}", t.say("fältdagar", "field days"), t.say("besök", "visits")));
        }
        if strip.preparation > 0 {
            said.push(format!(
                "{} {}",
                t.say("förberedelse", "preparation"),
                t.hours(spelplan_facts::Minutes(strip.preparation))
            ));
        }
        if strip.follow_up > 0 {
            said.push(format!(
                "{} {}",
                t.say("uppföljning", "follow-up"),
                t.hours(spelplan_facts::Minutes(strip.follow_up))
            ));
        }
        said.extend(strip.holidays.iter().cloned());
        said.join(" · ")
    }
}
