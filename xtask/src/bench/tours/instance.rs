//! One instance of a family: read, made into the kernel's problem, and its answer written and judged by the file's rules.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use spelplan_tours::{Plan, Problem};

use super::realistic::{self, Ask, Night, Season};
use super::sheet::Sheet;
use super::{judge, mctopmtw, ophs, top, toptw, ttdp};

/// A family of instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Family {
    /// Team orienteering
    Top,
    /// With time windows, m = 1 to 4
    Toptw,
    /// With several windows, a budget and limits by type
    Mctopmtw,
    /// With hotels to choose
    Ophs,
    /// Tourist trips with opening hours by weekday
    Ttdp,
    /// Generated field seasons
    Realistic,
}

impl Family {
    /// Its name on the command line and in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Family::Top => "top",
            Family::Toptw => "toptw",
            Family::Mctopmtw => "mctopmtw",
            Family::Ophs => "ophs",
            Family::Ttdp => "ttdp",
            Family::Realistic => "realistic",
        }
    }
}

/// What an answer comes to by the file's own rules.
pub(crate) struct Verdict {
    /// Score, or money.
    pub(crate) value: f64,
    /// Appointments that are not kept; two at one hour cannot both be.
    pub(crate) missed: usize,
    /// Money taken off that the kernel's problem has no word for: given nights, and ways between them on days left out.
    pub(crate) charged: f64,
}

/// An instance as read.
pub(crate) struct Instance {
    /// What the kernel gets.
    pub(crate) problem: Problem,
    told: Told,
}

/// What the file says.
enum Told {
    Sheet(Sheet),
    Season(Box<Season>, Ask),
}

impl Instance {
    /// Reads a file. `m` is the number of tours where the file does not say it.
    pub(crate) fn read(family: Family, path: &Path, name: &str, m: usize, ask: &Ask) -> Result<Instance> {
        let text = std::fs::read_to_string(path).context("cannot be read")?;
        let sheet = match family {
            Family::Top => top::read(&text)?,
            Family::Toptw => toptw::read(&text, name, m)?,
            Family::Mctopmtw => mctopmtw::read(&text, name)?,
            Family::Ophs => ophs::read(&text)?,
            Family::Ttdp => ttdp::read(&text)?,
            Family::Realistic => {
                let season = Box::new(Season::read(&text)?);
                let problem = realistic::problem::problem(&season, ask);
                return Ok(Instance { problem, told: Told::Season(season, ask.clone()) });
            }
        };
        Ok(Instance { problem: sheet.problem()?, told: Told::Sheet(sheet) })
    }

    /// How many tours, trips or PAMs it has.
    pub(crate) fn m(&self) -> usize {
        match &self.told {
            Told::Sheet(sheet) => sheet.tours.len(),
            Told::Season(season, _) => season.pams.len(),
        }
    }

    /// Working days of one season; those of all tours for the academic families.
    pub(crate) fn season_days(&self) -> usize {
        match &self.told {
            Told::Sheet(sheet) => sheet.tours.len(),
            Told::Season(season, _) => season.weeks * realistic::WEEK,
        }
    }

    /// The plan as outside judges read it.
    pub(crate) fn written(&self, plan: &Plan) -> Value {
        match &self.told {
            Told::Sheet(sheet) => sheet.written(plan),
            Told::Season(season, ask) => realistic::problem::written(season, ask, plan),
        }
    }

    /// What a written answer is worth by the file, or what is wrong with it.
    pub(crate) fn judge(&self, answer: &Value) -> Result<Verdict> {
        match &self.told {
            Told::Sheet(sheet) => Ok(Verdict { value: judge::score(sheet, answer)?, missed: 0, charged: 0.0 }),
            Told::Season(season, ask) => realistic::judge::judge(season, ask, answer),
        }
    }

    /// For each stop, whose it is; the academic families belong to the first traveller.
    pub(crate) fn owners(&self) -> Vec<usize> {
        match &self.told {
            Told::Sheet(_) => vec![0; self.problem.stops.len()],
            Told::Season(season, _) => realistic::problem::owners(season, &self.problem),
        }
    }

    /// The nights of a plan, for the reduction that takes them as given; none for the academic families.
    pub(crate) fn nights(&self, plan: &Plan) -> Vec<Night> {
        match &self.told {
            Told::Sheet(_) => Vec::new(),
            Told::Season(season, ask) => realistic::problem::nights(season, ask, plan),
        }
    }
}
