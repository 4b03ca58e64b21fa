//! Who deserves attention: how strong each relationship is, what each partner could sell, and what a visit there would
//! bring in margin. Partners with much to gain and little built are the open goals, and they come first.
//! Leaves to others: how many visits each gets under the hours there are (coverage), and when and in what order (field).

mod back_test;
mod category_potential;
mod cholesky;
mod curve;
mod dose;
mod handover;
mod handover_loss;
mod held_out;
mod kernel;
mod learning;
mod look_alikes;
mod margin;
mod open_goals;
mod outlook;
mod pair;
mod partner_potential;
mod past;
mod potential;
mod quality;
mod quantile;
pub mod questions;
mod ranks;
mod relationship;
pub mod returns;
mod roles;
mod sales_year;
pub mod stock;
mod traits;
mod wallet;
mod why;
mod worth;

pub use back_test::{BackTest, back_test};
pub use category_potential::CategoryPotential;
pub use curve::strength_curve;
pub use dose::{delivered_doses, lost_when_left_alone};
pub use handover_loss::HandoverLosses;
pub use held_out::{HeldOut, LevelCheck, held_out};
pub use learning::{learn, put_into_use};
pub use open_goals::{OpenGoal, PotentialSource, open_goals, season_goals};
pub use outlook::{KeptUp, Outlook, kept_up, needed_to_regain, outlook, touched, touches_left};
pub use partner_potential::{PartnerPotential, potentials};
pub use quality::{MeetingRecord, Quality, QualitySource, quality};
pub use wallet::{Wallet, WalletSource};
pub use worth::treatment_gain;
