//! What visits brought in: the company's own (`company`), a figure down to its lines (`receipts`); and effects from a file of an
//! analyst's own (`analyst`): read, estimated, told, with nothing kept and no database needed.

mod analyst;
mod business_case;
mod card_rows;
mod company;
mod kams;
mod realised;
mod receipt_json;
mod receipts;
mod scorecard;
mod told;
mod toss_ups;

pub use analyst::{estimate, lottery, placebo, power, ratio, spread};
pub use business_case::CasePage;
use card_rows::card_row;
pub(crate) use company::Effects;
pub use company::{EffectPage, EffectScope, Frozen};
pub use kams::KamCard;
pub use realised::RealisedPage;
pub use receipts::{Checked, ReceiptFile};
pub(crate) use scorecard::Scorecards;
pub use scorecard::{NamedCard, ScorecardPage};
pub use spelplan_effect::adoption::{
    Ask, Base, CellEstimate, Control, Drift, Estimates, Estimator, Family, Figure, Joint, Undefined,
};
pub use spelplan_effect::arms::{Errors, Placebo, Precision, Ratio as Fieller, Repeated, Sequence, Spread, Visit};
pub use spelplan_effect::{
    Answer, Calendar, Estimate, LotteryAnswer, LotteryColumns, LotteryFile, OutcomeColumns, PanelColumns, PanelFile,
    PlaceboAnswer, PlaceboAsk, PlaceboColumns, PowerAnswer, PowerAsk, Sought, told,
};
pub use spelplan_effect::{
    Bill, BusinessCase, Card, CountedSeason, Craft, KamFigures, Own, OwnFigures, Pays, Ratio, Whose, no_ranking,
    said_of_card, said_of_case,
};
pub use spelplan_effect::{
    BroughtIn, Compared, Comparison, Compliance, Contribution, DidItPay, Discrepancy, Effect, Foresight, Grade, Ledger,
    Measure, NotCounted, PathPoint, Receipt, Return, Said, Scope, Specification, Stage, Told, TossUpResult, Witness,
    said, said_of_toss_up,
};
pub use spelplan_effect::{Calibration, Realised};
pub use told::KnownTold;
pub use toss_ups::KnownTossUp;
pub(crate) use toss_ups::Results;
