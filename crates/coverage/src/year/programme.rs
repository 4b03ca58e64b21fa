//! The programme: everybody's options valued once; asked many times under other hours, money and rules.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_facts::{Day, DayRange, Facts, LeftOut, LeftOutReason, Minutes, Money, PartnerId, RuleId, TouchKind};
use spelplan_focus::OpenGoal;
use spelplan_focus::stock::DAYS_A_MONTH;

use super::answer::{Answer, Here, YearPlan};
use super::ask::{Ask, Refusal};
use super::beliefs::{Beliefs, DRAWS};
use super::case::Case;
use super::choosing::{ALONE, AROUND, Choosing};
use super::kept_rules::keeps_gap;
use super::path::{Calendar, Level, Year};
use super::pattern::patterns;
use super::season_index::season_index;
use crate::Effort;

/// The building force of video that every plan is also shown at, since the evidence against it is contested.
pub const VIDEO_DOUBT: f64 = 0.3;

/// Months that are valued at least.
const MONTHS: usize = 12;

/// Digital levels in weighted touches a month: none, light, full. One weighted touch is a call.
const TOUCHES: [f64; 3] = [0.0, 1.0, 3.0];

/// A company's year with all options valued.
#[derive(Debug, Clone)]
pub struct Programme {
    pub(crate) seasons: Vec<DayRange>,
    pub(crate) today: Day,
    pub(crate) calendar: Calendar,
    pub(crate) levels: Vec<Level>,
    /// Digital minutes of a year at each level.
    pub(crate) level_time: Vec<i32>,
    pub(crate) beliefs: Vec<Beliefs>,
    /// By segment, world and level.
    pub(crate) years: Vec<Vec<Vec<Year>>>,
    /// Partners by id.
    pub(crate) cases: Vec<Case>,
    pub(crate) hour_cost: Money,
    /// Length of a field day.
    pub(crate) day_length: Minutes,
    pub(crate) gap_days: i32,
    pub(crate) video_build: f64,
    pub(crate) realised: f64,
}

impl Programme {
    /// Values every option of every goal's partner. `efforts[s]` are those of `seasons[s]`; the seasons lie in order,
    /// do not overlap and begin after `today`.
    ///
    /// # Panics
    /// Where there are not as many efforts as seasons.
    pub fn new(
        facts: &Facts,
        goals: &[OpenGoal],
        efforts: &[Vec<Effort>],
        seasons: &[DayRange],
        today: Day,
    ) -> Programme {
        assert_eq!(efforts.len(), seasons.len(), "efforts for every season");
        let settings = &facts.settings;
        let month = |season: &DayRange| {
            let middle = season.from.plus(season.from.until(season.to) / 2);
            (f64::from(today.until(middle)).max(0.0) / DAYS_A_MONTH) as usize
        };
        let months: Vec<usize> = seasons.iter().map(month).collect();
        let horizon = months.last().map_or(MONTHS, |last| MONTHS.max(last + 1));
        let mut programme = Programme {
            seasons: seasons.to_vec(),
            today,
            calendar: Calendar { months, index: season_index(facts, today, horizon) },
            levels: Vec::new(),
            level_time: Vec::new(),
            beliefs: Vec::new(),
            years: Vec::new(),
            cases: cases(facts, goals, efforts, today),
            hour_cost: settings.hour_cost,
            day_length: (settings.day_end - settings.day_start).max(Minutes(60)),
            gap_days: settings.min_gap_days,
            video_build: settings.model.video_build,
            realised: settings.model.realised,
        };
        programme.segments(facts);
        programme.value();
        programme
    }

    /// The same company where a video meeting with somebody met has that part of a visit's building force. A touch a
    /// month may then be one; it takes a video meeting's time.
    pub fn with_video_build(&self, force: f64) -> Programme {
        let mut other = self.clone();
        other.video_build = force;
        for beliefs in &mut other.beliefs {
            beliefs.model.video_build = force;
            beliefs.worlds.iter_mut().for_each(|world| world.video_build = force);
        }
        other.value();
        other
    }

    /// The field seasons.
    pub fn seasons(&self) -> &[DayRange] {
        &self.seasons
    }

    /// The day whose knowledge it builds on.
    pub fn today(&self) -> Day {
        self.today
    }

    /// Length of a field day, by which hours are counted as days.
    pub fn day_length(&self) -> Minutes {
        self.day_length
    }

    /// Partners whose options are valued.
    pub fn partners(&self) -> impl Iterator<Item = PartnerId> + '_ {
        self.cases.iter().map(|case| case.partner)
    }

    /// The best plan under that ask.
    pub fn plan(&self, ask: &Ask) -> Result<YearPlan, Refusal> {
        match ask.video_build.filter(|force| *force != self.video_build) {
            Some(force) => self.with_video_build(force).plan(ask),
            None => {
                let mut choosing = Choosing::new(self, ask, &ALONE)?;
                let chosen = choosing.solve()?;
                Ok(choosing.year_plan(&chosen))
            }
        }
    }

    /// The best plan under that ask, with the frontier around it.
    pub fn answer(&self, ask: &Ask) -> Result<Answer, Refusal> {
        match ask.video_build.filter(|force| *force != self.video_build) {
            Some(force) => self.with_video_build(force).answer(ask),
            None => {
                let mut choosing = Choosing::new(self, ask, &AROUND)?;
                let chosen = choosing.solve()?;
                let plan = choosing.year_plan(&chosen);
                Ok(Answer { frontier: choosing.frontier(&chosen)?, plan })
            }
        }
    }

    /// The best plan under that ask, with one day more and one fewer.
    pub fn here(&self, ask: &Ask) -> Result<Here, Refusal> {
        match ask.video_build.filter(|force| *force != self.video_build) {
            Some(force) => self.with_video_build(force).here(ask),
            None => {
                let mut choosing = Choosing::new(self, ask, &ALONE)?;
                let chosen = choosing.solve()?;
                choosing.here(&chosen)
            }
        }
    }

    /// What keeping one rule costs: the best plan's value without it less that with it.
    pub fn rule_cost(&self, ask: &Ask, rule: RuleId) -> Result<Money, Refusal> {
        let mut without = ask.clone();
        without.rules.retain(|one| one.id != rule);
        let (mut with, mut without) = (Choosing::new(self, ask, &ALONE)?, Choosing::new(self, &without, &ALONE)?);
        Ok(without.solve()?.value() - with.solve()?.value())
    }

    /// The beliefs of each segment, and which the partners have.
    fn segments(&mut self, facts: &Facts) {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for case in &mut self.cases {
            case.beliefs = *places.entry(case.segment.clone()).or_insert_with(|| {
                self.beliefs.push(Beliefs::of(&facts.settings, &case.segment));
                self.beliefs.len() - 1
            });
        }
    }

    /// Values all options anew, partners side by side.
    fn value(&mut self) {
        let builds = self.beliefs.iter().any(|beliefs| beliefs.model.video_build > 0.0);
        (self.levels, self.level_time) = levels(builds, self.calendar.index.len());
        let worlds = |beliefs: &Beliefs| {
            let world = |draw: usize| {
                self.levels.iter().map(|level| Year::new(&beliefs.worlds[draw], *level, &self.calendar)).collect()
            };
            (0..DRAWS).map(world).collect()
        };
        self.years = self.beliefs.iter().map(worlds).collect();
        let (beliefs, years, levels) = (&self.beliefs, &self.years, &self.levels);
        let (seasons, gap) = (&self.seasons, self.gap_days);
        self.cases.par_iter_mut().for_each(|case| {
            case.valued(&beliefs[case.beliefs], &years[case.beliefs], levels);
            let ways = case.n_ways();
            let crowded: Vec<usize> = (0..ways).filter(|way| !keeps_gap(seasons, &case.visits(*way), gap)).collect();
            for way in crowded {
                case.gains[way..].iter_mut().step_by(ways).for_each(|gain| *gain = f64::NAN);
            }
        });
    }

    /// Why a partner without a PAM with hours gets nothing.
    pub(crate) fn outside(&self, case: &Case) -> LeftOut {
        let reason = case.obstacle.unwrap_or(match case.pam {
            None => LeftOutReason::NoPam,
            Some(_) => LeftOutReason::PamAway,
        });
        LeftOut { partner: case.partner, reason, gain: Money::ZERO }
    }
}

/// The partners by id with what is known of them.
fn cases(facts: &Facts, goals: &[OpenGoal], efforts: &[Vec<Effort>], today: Day) -> Vec<Case> {
    let efforts: Vec<BTreeMap<PartnerId, Effort>> =
        efforts.iter().map(|season| season.iter().map(|effort| (effort.partner, *effort)).collect()).collect();
    let mut patterns = patterns(facts, today);
    let mut visited: BTreeMap<PartnerId, Vec<Day>> = BTreeMap::new();
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit() && touch.day <= today) {
        visited.entry(touch.partner).or_default().push(touch.day);
    }
    let mut cases: Vec<Case> = goals
        .iter()
        .filter_map(|goal| {
            let partner = facts.partner(goal.partner)?;
            let unknown = Effort {
                partner: goal.partner,
                per_visit: partner.visit_time.unwrap_or(facts.settings.visit_time),
                cost_per_visit: Money::ZERO,
                obstacle: Some(LeftOutReason::NoPlace),
                max_visits: 0,
            };
            let own = efforts.iter().map(|season| season.get(&goal.partner).copied().unwrap_or(unknown)).collect();
            let mut case = Case::new(goal, 0, own, patterns.remove(&goal.partner).unwrap_or_default());
            case.pam = partner.pam;
            case.chain.clone_from(&partner.chain);
            case.segment.clone_from(&partner.segment);
            case.visited = visited.remove(&goal.partner).unwrap_or_default();
            Some(case)
        })
        .collect();
    cases.sort_by_key(|case| case.partner);
    cases
}

/// The levels by the time they take, and that time over the months. Without building video all touches are calls.
fn levels(video_builds: bool, months: usize) -> (Vec<Level>, Vec<i32>) {
    let minutes = |code: &str, usual: i32| TouchKind::named(code).map_or(usual, |kind| kind.time.0);
    let (call, video) = (f64::from(minutes("call", 15)), f64::from(minutes("video", 30)));
    let time = |level: &Level| ((level.touches - level.videos) * call + level.videos * video) * months as f64;
    let calls = TOUCHES.map(|touches| Level { touches, videos: 0.0 });
    let videos = TOUCHES.into_iter().filter(|touches| video_builds && *touches >= 1.0);
    let mut levels: Vec<Level> =
        calls.into_iter().chain(videos.map(|touches| Level { touches, videos: 1.0 })).collect();
    levels.sort_by(|a, b| time(a).total_cmp(&time(b)));
    let times = levels.iter().map(|level| time(level).ceil() as i32).collect();
    (levels, times)
}
