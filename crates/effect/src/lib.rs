//! What the visits brought in, in money and with its uncertainty: the company's own partners over months (`comparison`), the bill
//! (`ledger`), the answer with everything that forbids one (`effect`, `verdict`), every figure down to its lines (`receipt`);
//! what chance taught where it decided (`toss_up`);
//! the same five lines for PAM and KAM (`scorecard`), what a season will cost and bring (`business_case`),
//! how much of plans comes true (`calibration`);
//! and the door for an analyst's own file: a table of units over time, or of a lottery; how many a lottery needs (`power`), and what
//! chance alone would show (`placebo`).
//! Leaves to others: the mathematics (panel), reading files (intake), saying it (app, cli).

mod answer;
mod business_case;
mod calibration;
mod cells;
mod comparison;
mod did_it_pay;
mod doubts;
mod effect;
mod errors;
mod grid;
mod ledger;
mod lottery;
mod panel;
mod placebo;
mod power;
mod receipt;
mod scorecard;
mod specification;
mod toss_up;

pub use answer::{Answer, answer};
pub use business_case::{Bill, BusinessCase, CountedSeason, Pays, Ratio, business_case, said_of_case};
pub use calibration::{Calibration, Realised};
pub use comparison::{Compared, Comparison, Lack, Measure, NotCounted, Scope, comparison};
pub use did_it_pay::{BroughtIn, DidItPay, Grade, Return};
pub use doubts::{Told, told};
pub use effect::{Effect, PathPoint, Said, effect, said};
pub use errors::EffectError;
pub use grid::Calendar;
pub use ledger::{Ledger, ledger};
pub use lottery::{LotteryAnswer, LotteryColumns, LotteryFile, lottery, lottery_answer};
pub use panel::{PanelColumns, PanelFile, panel};
pub use placebo::{PlaceboAnswer, PlaceboAsk, PlaceboColumns, placebo_lotteries};
pub use power::{OutcomeColumns, PowerAnswer, PowerAsk, Sought, power, ratio, spread_of};
pub use receipt::{Contribution, Discrepancy, Receipt, ReceiptLine, Weight, contributions, receipt_weights};
pub use scorecard::{
    Card, Craft, KamFigures, Own, OwnFigures, PlannedStop, Scorecard, Whose, craft, no_ranking, own_figures,
    said_of_card, scorecard,
};
pub use specification::{Specification, hash};
pub use spelplan_panel::{Estimate, adoption, lottery as arms};
pub use toss_up::{
    Compliance, DrawnEntry, DrawnTossUp, Foresight, Stage, TossUpResult, Witness, foresight, has_closed,
    said_of_toss_up, toss_up_result,
};
