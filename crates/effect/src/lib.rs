//! What the visits brought in, in money and with its uncertainty. So far the door for an analyst's own file: a table of
//! units over time, or of a lottery, becomes what the estimators read, or a named error.
//! Leaves to others: the mathematics (panel), reading files (intake), saying it (app, cli).

mod answer;
mod cells;
mod doubts;
mod errors;
mod lottery;
mod panel;

pub use answer::{Answer, answer};
pub use doubts::{Told, told};
pub use errors::EffectError;
pub use lottery::{LotteryAnswer, LotteryColumns, LotteryFile, lottery, lottery_answer};
pub use panel::{Calendar, PanelColumns, PanelFile, panel};
pub use spelplan_panel::{adoption, lottery as arms};
