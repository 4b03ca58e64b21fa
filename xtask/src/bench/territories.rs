//! How long it takes to propose territories, and what the proposals save where partners were mixed up on purpose.

use std::time::Instant;

use anyhow::Result;
use spelplan_facts::Share;
use spelplan_field::territories::{Proposal, Terms, Territories, demand, propose};
use spelplan_testkit::worlds::{TerritoryWorld, muddled_world, territory_world};

use super::Given;
use super::measures::processor_seconds;

/// Partners, PAMs and how their partners are mixed up.
const SIZES: [(usize, usize, Mixed); 4] =
    [(3_000, 40, Mixed::Two), (3_000, 40, Mixed::All), (20_000, 120, Mixed::All), (100_000, 400, Mixed::All)];
/// Seasons in a year.
const SEASONS: usize = 4;
/// Promised for 3,000 partners: seconds for the proposals where nobody else uses the processors, once it is known what
/// partners ask for.
const PROMISED: f64 = 2.0;

/// Which PAMs have exchanged partners with the one that lives nearest: a tenth where it is two alone, else one in twenty
/// each time, so that the cap is enough to undo it.
#[derive(Debug, Clone, Copy)]
enum Mixed {
    Two,
    All,
}

impl Mixed {
    fn world(self, seed: u64, n_partners: usize, n_pams: usize) -> TerritoryWorld {
        match self {
            Mixed::Two => territory_world(seed, n_partners, n_pams, 0.10),
            Mixed::All => muddled_world(seed, n_partners, n_pams, 0.05),
        }
    }
}

/// What may be said of `territories` besides.
#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// `territories`: leave out companies with more partners than this
    #[arg(long)]
    up_to: Option<usize>,
}

/// Proposes territories for each size and prints the table.
pub fn run(given: &Given, arguments: &Arguments) -> Result<bool> {
    if cfg!(debug_assertions) {
        return super::in_release();
    }
    println!("# {}", super::day_and_machine());
    println!(
        "partners,PAMs,mixed up,asked s,proposed s,of the processors,proposals,hours driven today,planted,least,moved,\
         hours of the one that brings most,moved"
    );
    let mut good = true;
    let wanted = |size: &&(usize, usize, Mixed)| arguments.up_to.is_none_or(|most| size.0 <= most);
    for &(partners, pams, mixed) in SIZES.iter().filter(wanted) {
        let seconds = measured(partners, pams, mixed, given.seed);
        good &= partners != SIZES[0].0 || seconds <= PROMISED;
    }
    Ok(good)
}

/// Prints the line of one size; seconds that the proposals take where nobody else uses the processors.
fn measured(n_partners: usize, n_pams: usize, mixed: Mixed, seed: u64) -> f64 {
    let world = mixed.world(seed, n_partners, n_pams);
    let goals = spelplan_focus::open_goals(&world.facts, world.today);
    let begun = Instant::now();
    let asked = demand(&world.facts, &goals, world.season, SEASONS, world.today, seed);
    let demanded = begun.elapsed().as_secs_f64();
    let (begun, used) = (Instant::now(), processor_seconds());
    let found = propose(&world.facts, &goals, &asked, &Terms::default(), world.today, &|_, _| {});
    let (proposed, used) = (begun.elapsed().as_secs_f64(), processor_seconds() - used);
    // What nobody may know: the driving of the assignment from before the mix-up, under a cap that proposes nothing.
    let mut planted = world.facts.clone();
    let mut apart = 0;
    for (partner, pam) in planted.partners.iter_mut().zip(&world.planted) {
        apart += usize::from(partner.pam.replace(*pam) != Some(*pam));
    }
    let none = Terms { cap: Share(0.0), ..Terms::default() };
    let planted = propose(&planted, &goals, &asked, &none, world.today, &|_, _| {});
    println!(
        "{n_partners},{n_pams},{apart},{demanded:.2},{proposed:.2},{used:.2},{},{:.1},{:.1},{}",
        found.proposals.len() - 1,
        found.proposals[0].drive.as_hours(),
        planted.proposals[0].drive.as_hours(),
        best(&found)
    );
    proposed.min(used / std::thread::available_parallelism().map_or(1, usize::from) as f64)
}

/// The least driving of all proposals and the driving of the one that brings most, each with its handovers.
fn best(found: &Territories) -> String {
    let others = || found.proposals.iter().skip(1);
    let told = |one: Option<&Proposal>| match one {
        Some(one) => format!("{:.1},{}", one.drive.as_hours(), one.handovers.len()),
        None => ",".to_owned(),
    };
    format!("{},{}", told(others().min_by_key(|one| one.drive)), told(others().next()))
}
