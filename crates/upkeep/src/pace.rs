//! When the next touch is due by the relationship itself. The pace that pays best until the next visit is chosen by money;
//! it says how long a touch lasts. Where the visit needs more than that leaves, the touch is due before.

use spelplan_facts::{Day, Facts, Model, Money, Share, TouchKind};
use spelplan_focus::{OpenGoal, Outlook, kept_up, needed_to_regain, stock, touched};

/// Paces that are weighed against each other, in weighted touches a month; one is a call.
const PACES: [f64; 8] = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, stock::MOST_TOUCHES_MONTH];
/// The kind of touch that a weighted touch is.
const ONE: &str = "call";
/// Steps in which the last moment that holds is sought, in months.
const STEP: f64 = 0.25;

/// What upkeep until the next visit does for a relationship.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holding {
    /// The next visit, or the day that is looked to where none is planned.
    pub until: Day,
    /// A visit is planned or agreed on that day.
    pub visit: bool,
    /// Strength then if nobody is in touch.
    pub without: Share,
    /// Strength then at the pace that pays best.
    pub with: Share,
    /// The strength from which that visit leads back to where the last one had led; 0 where none is planned.
    pub needs: Share,
    /// The pace that pays best, in weighted touches a month.
    pub pace: f64,
    /// What one call today is worth in margin by itself, before its cost.
    pub gain: Money,
    /// The day the next touch is due.
    pub due: Day,
    /// The visit's need makes it due, sooner than the pace alone would.
    pub by_need: bool,
}

/// What is known of one partner for this.
pub(crate) struct Known<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) model: &'a Model,
    pub(crate) goal: &'a OpenGoal,
    pub(crate) outlook: Outlook,
    pub(crate) next_visit: Option<Day>,
    /// The latest touch of any kind, with its weight; a meeting weighs as one.
    pub(crate) last: Option<(Day, f64)>,
    /// Fewest and most weighted touches a month that somebody has decided.
    pub(crate) allowed: (f64, f64),
    pub(crate) today: Day,
}

/// When and why upkeep is due; `None` where no touch pays.
pub(crate) fn holding(known: &Known<'_>) -> Option<Holding> {
    let Outlook { strength, touches_month, led_to, .. } = known.outlook;
    if strength <= 0.0 {
        return None;
    }
    let (model, visit) = (known.model, known.next_visit.filter(|day| *day > known.today));
    let until = visit.unwrap_or_else(|| known.today.plus(days(model.half_life_months)));
    let months = f64::from(known.today.until(until)) / stock::DAYS_A_MONTH;
    let pace = best_pace(known, months, visit.is_some());
    let gain = worth(known, touched(touches_month, 1.0), 0.0, months, visit.is_some())
        - worth(known, touches_month, 0.0, months, visit.is_some());
    if pace <= 0.0 || (gain <= cost_of_one(known.facts) && known.allowed.0 <= 0.0) {
        return None;
    }
    let needs = if visit.is_some() { needed_to_regain(model, led_to) } else { 0.0 };
    let strength_at = |pace: f64| kept_up(model, strength, touches_month, pace, months).strength;
    let (without, with) = (strength_at(0.0), strength_at(pace));
    let (due, by_need) = due_day(known, pace, needs, months, without);
    Some(Holding {
        until,
        visit: visit.is_some(),
        without: Share(without),
        with: Share(with),
        needs: Share(needs),
        pace,
        gain: Money::from_units(gain),
        due,
        by_need,
    })
}

/// The pace with the most margin left after its hours, of those that are allowed; the lower of equals.
fn best_pace(known: &Known<'_>, months: f64, visit: bool) -> f64 {
    let (fewest, most) = known.allowed;
    let allowed = PACES.into_iter().chain([fewest]).filter(|pace| (fewest..=most).contains(pace));
    let net = |pace: f64| {
        worth(known, known.outlook.touches_month, pace, months, visit) - pace * months * cost_of_one(known.facts)
    };
    let best = allowed.map(|pace| (pace, net(pace))).reduce(|best, one| if one.1 > best.1 + 1e-9 { one } else { best });
    best.map_or(0.0, |(pace, _)| pace)
}

/// Margin of a relationship kept up at that pace until then, and of what is left of it afterwards: a visit closes its part
/// of the gap anyway, the rest fades and is discounted.
fn worth(known: &Known<'_>, touches_month: f64, pace: f64, months: f64, visit: bool) -> f64 {
    let (model, goal) = (known.model, known.goal);
    let kept = kept_up(model, known.outlook.strength, touches_month, pace, months);
    let left = if visit { 1.0 - model.build.clamp(0.0, 1.0) } else { 1.0 };
    let tail = left * kept.strength / (stock::natural_decay(model) + stock::discount_month(model));
    goal.worth_year.value.units() * model.realised / 12.0 * (kept.strength_months + tail)
}

/// What a call costs, in money.
fn cost_of_one(facts: &Facts) -> f64 {
    let time = TouchKind::named(ONE).map_or(0.25, |kind| kind.time.as_hours());
    facts.settings.hour_cost.units() * time
}

/// The day the next touch is due, and whether the visit's need makes it so.
fn due_day(known: &Known<'_>, pace: f64, needs: f64, months: f64, without: f64) -> (Day, bool) {
    let lasts = |part: f64| {
        known.last.map_or(known.today, |(day, weight)| day.plus(days(part * weight.clamp(0.1, 1.0) / pace)))
    };
    let by_pace = lasts(1.0);
    if without >= needs {
        return (by_pace, false);
    }
    // However far behind, nobody is called twice as often as pays.
    let by_need = last_moment(known, pace, needs, months).max(lasts(0.5));
    if by_need < by_pace { (by_need, true) } else { (by_pace, false) }
}

/// The latest day on which the pace, begun then, still leaves what the visit needs; today where it is too late for that.
fn last_moment(known: &Known<'_>, pace: f64, needs: f64, months: f64) -> Day {
    let Outlook { strength, touches_month, .. } = known.outlook;
    let holds = |silent: f64| {
        let first = kept_up(known.model, strength, touches_month, 0.0, silent);
        let faded = touches_month * spelplan_focus::touches_left(silent);
        kept_up(known.model, first.strength, faded, pace, months - silent).strength >= needs
    };
    let mut silent = 0.0;
    while silent + STEP <= months && holds(silent + STEP) {
        silent += STEP;
    }
    known.today.plus(days(silent))
}

fn days(months: f64) -> i32 {
    (months * stock::DAYS_A_MONTH).round() as i32
}
