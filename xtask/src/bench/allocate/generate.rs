//! Generated markets in the shape of the judge's year: four seasons, three digital levels, 48 options for each
//! partner, hours for each PAM and season, digital hours for each PAM, and money for all; with or without trips.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use spelplan_allocate::{Problem, Trip};
use spelplan_facts::Model;
use spelplan_focus::stock;

const SEASONS: usize = 4;
const VISIT_MONTHS: [usize; SEASONS] = [1, 4, 8, 10];
const SEASON_INDEX: [f64; 12] = [0.08, 0.08, 0.09, 0.08, 0.08, 0.09, 0.05, 0.06, 0.09, 0.09, 0.09, 0.12];
const TOUCHES: [f64; 3] = [0.0, 1.0, 3.0];
const DIGITAL_HOURS: [f64; 3] = [0.0, 6.0, 18.0];
/// Options: a digital level, and a visit or none in each season.
pub(crate) const OPTIONS: usize = TOUCHES.len() << SEASONS;
/// Discount a month at 10 % a year.
const GAMMA: f64 = 0.992_088_943_446_991;
/// Hours for each partner and season, digital hours and money for each partner.
const HOURS: [f64; SEASONS] = [1.75, 1.5, 1.75, 1.25];
const DIGITAL: f64 = 4.0;
const MONEY: f64 = 1.75;

/// What to generate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Market {
    pub(crate) partners: usize,
    /// PAMs, each with their own hours.
    pub(crate) pams: usize,
    /// Clusters whose trips are paid once in a season; none where 0.
    pub(crate) clusters: usize,
    /// Visits that one trip holds.
    pub(crate) holds: u32,
    pub(crate) seed: u64,
}

/// What an option brings for each krona of margin the full relationship is worth a year: at no strength, and for each
/// unit of strength there was. Strength later is linear in strength now, so this holds for every partner.
fn worths() -> Vec<(f64, f64)> {
    let model = Model { half_life_months: 6.0, ..Model::default() };
    let from = |option: usize, strength: f64| {
        let mut visits = [0; 12];
        (0..SEASONS).for_each(|season| visits[VISIT_MONTHS[season]] = option >> (SEASONS - 1 - season) & 1);
        let year = stock::year(&model, strength, visits, [TOUCHES[option >> SEASONS]; 12]);
        let months = year.means.iter().zip(SEASON_INDEX).enumerate();
        let earned: f64 = months.map(|(t, (mean, index))| index * mean * GAMMA.powi(t as i32)).sum();
        let decay = stock::natural_decay(&model);
        let rest = year.end * -(-decay).exp_m1() / decay / (1.0 - GAMMA * (-decay).exp());
        earned + GAMMA.powi(12) * rest / 12.0
    };
    let at = |strength: f64| move |option: usize| from(option, strength) - from(0, strength);
    (0..OPTIONS).map(|option| (at(0.0)(option), at(1.0)(option) - at(0.0)(option))).collect()
}

impl Market {
    /// The market as a problem. Resources: for each PAM the seasons' hours and the digital hours, at last the money.
    pub(crate) fn problem(self) -> Problem {
        let mut chance = Pcg64Mcg::seed_from_u64(self.seed);
        let each = self.partners as f64 / self.pams as f64;
        let room = if self.clusters > 0 { 1.6 } else { 1.0 };
        let pam: Vec<f64> = HOURS.iter().map(|hours| (hours * each * room).round()).chain([DIGITAL * each]).collect();
        let mut capacities = pam.repeat(self.pams);
        let money = capacities.len();
        capacities.push(MONEY * self.partners as f64 * room);
        let mut problem = Problem::new(capacities);
        for cluster in 0..self.clusters {
            let first = (SEASONS + 1) * (cluster % self.pams);
            let (hours, cost) = (chance.random_range(4..15) as f64, chance.random_range(1.0..8.0));
            for season in 0..SEASONS {
                let uses = vec![(first + season, hours), (money, cost)];
                problem.trip(Trip { cost, uses, visits: self.holds, most: 9 });
            }
        }
        let worths = worths();
        for partner in 0..self.partners {
            self.partner(&mut problem, partner, &worths, &mut chance);
        }
        problem
    }

    fn partner(self, problem: &mut Problem, partner: usize, worths: &[(f64, f64)], chance: &mut Pcg64Mcg) {
        let cluster = (self.clusters > 0).then(|| partner % self.clusters);
        let first = (SEASONS + 1) * cluster.map_or(partner % self.pams, |cluster| cluster % self.pams);
        let money = (SEASONS + 1) * self.pams;
        let potential = 900.0 * (8.0_f64).powf(chance.random_range(0.0..1.0));
        let base = potential * chance.random_range(0.4..0.65);
        let full = chance.random_range(0.055..0.13) * (potential - base);
        let strength: f64 = chance.random_range(0.0..0.65);
        let (hours, cost): (f64, f64) = (chance.random_range(3..12) as f64, chance.random_range(0.25..3.0));
        let cost = (cost * 100.0).round() / 100.0;
        problem.item();
        let mut uses = Vec::with_capacity(SEASONS + 2);
        let mut visits = Vec::with_capacity(SEASONS);
        for (option, (fresh, kept)) in worths.iter().enumerate() {
            uses.clear();
            visits.clear();
            let mut count = 0.0;
            for season in (0..SEASONS).filter(|season| option >> (SEASONS - 1 - season) & 1 == 1) {
                uses.push((first + season, hours));
                visits.extend(cluster.map(|cluster| (cluster * SEASONS + season, 1)));
                count += 1.0;
            }
            uses.push((first + SEASONS, DIGITAL_HOURS[option >> SEASONS]));
            uses.push((money, cost * count));
            problem.choice(full * (fresh + kept * strength) - cost * count, &uses, &visits);
        }
    }
}
