//! Every sentence of SQL the store speaks, in a register: one text for both engines, each tried on both by a test.
//! Leaves to others: when they are spoken.

mod access;
mod answers;
mod business;
mod calendar;
mod coverage;
mod drives;
mod effect;
mod imports;
mod judgements;
mod kams;
mod lessons;
mod letters;
mod lines;
mod logged_touches;
mod master;
mod meetings;
mod operations;
mod passkeys;
mod people;
mod personal;
mod plans;
mod portal;
mod second_steps;
mod sums;
mod territories;
mod told_draws;
mod touches;
mod worktime;

pub(crate) use access::*;
pub(crate) use answers::*;
pub(crate) use business::*;
pub(crate) use calendar::*;
pub(crate) use coverage::*;
pub(crate) use drives::*;
pub(crate) use effect::*;
pub(crate) use imports::*;
pub(crate) use judgements::*;
pub(crate) use kams::*;
pub(crate) use lessons::*;
pub(crate) use letters::*;
pub(crate) use lines::*;
pub(crate) use logged_touches::*;
pub(crate) use master::*;
pub(crate) use meetings::*;
pub(crate) use operations::*;
pub(crate) use passkeys::*;
pub(crate) use people::*;
pub use personal::PlaceKind;
pub(crate) use personal::*;
pub(crate) use plans::*;
pub(crate) use portal::*;
pub(crate) use second_steps::*;
pub(crate) use sums::*;
pub(crate) use territories::*;
pub(crate) use told_draws::*;
pub(crate) use touches::*;
pub(crate) use worktime::*;

/// Names statements and lists them for the test that tries them all. One that ends in `IN (` is asked with a list.
macro_rules! statements {
    ($register:ident: $($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: crate::transaction::Statement =
            crate::transaction::Statement { name: stringify!($name), sql: $sql };)+
        #[cfg(test)]
        pub(crate) const $register: &[crate::transaction::Statement] = &[$($name),+];
    };
}
use statements;

/// Names inserts of many rows and lists them: table and columns, then what follows the rows.
macro_rules! inserts {
    ($register:ident: $($(#[$doc:meta])* $name:ident = $into:expr, $then:expr;)+) => {
        $($(#[$doc])* pub(crate) static $name: crate::transaction::Insert =
            crate::transaction::Insert::new($into, $then);)+
        #[cfg(test)]
        pub(crate) static $register: &[&crate::transaction::Insert] = &[$(&$name),+];
    };
}
use inserts;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both;

    /// Every sentence that asks or changes, a register a room of tables.
    const STATEMENTS: [&[crate::transaction::Statement]; 28] = [
        ACCESS_STATEMENTS,
        ANSWER_STATEMENTS,
        BUSINESS_STATEMENTS,
        CALENDAR_STATEMENTS,
        COVERAGE_STATEMENTS,
        DRIVE_STATEMENTS,
        EFFECT_STATEMENTS,
        IMPORT_STATEMENTS,
        JUDGEMENT_STATEMENTS,
        KAM_STATEMENTS,
        LESSON_STATEMENTS,
        LETTER_STATEMENTS,
        LINE_STATEMENTS,
        LOGGED_TOUCH_STATEMENTS,
        MASTER_STATEMENTS,
        MEETING_STATEMENTS,
        OPERATION_STATEMENTS,
        PASSKEY_STATEMENTS,
        PEOPLE_STATEMENTS,
        PERSONAL_STATEMENTS,
        PLAN_STATEMENTS,
        PORTAL_STATEMENTS,
        SECOND_STEP_STATEMENTS,
        SUM_STATEMENTS,
        TERRITORY_STATEMENTS,
        TOLD_DRAW_STATEMENTS,
        TOUCH_STATEMENTS,
        WORKTIME_STATEMENTS,
    ];

    /// Every sentence that adds many rows.
    static INSERTS: [&[&crate::transaction::Insert]; 28] = [
        ACCESS_INSERTS,
        ANSWER_INSERTS,
        BUSINESS_INSERTS,
        CALENDAR_INSERTS,
        COVERAGE_INSERTS,
        DRIVE_INSERTS,
        EFFECT_INSERTS,
        IMPORT_INSERTS,
        JUDGEMENT_INSERTS,
        KAM_INSERTS,
        LESSON_INSERTS,
        LETTER_INSERTS,
        LINE_INSERTS,
        LOGGED_TOUCH_INSERTS,
        MASTER_INSERTS,
        MEETING_INSERTS,
        OPERATION_INSERTS,
        PASSKEY_INSERTS,
        PEOPLE_INSERTS,
        PERSONAL_INSERTS,
        PLAN_INSERTS,
        PORTAL_INSERTS,
        SECOND_STEP_INSERTS,
        SUM_INSERTS,
        TERRITORY_INSERTS,
        TOLD_DRAW_INSERTS,
        TOUCH_INSERTS,
        WORKTIME_INSERTS,
    ];

    /// Both engines take every text: tables, columns, functions and types are right.
    #[test]
    fn every_statement_is_understood_by_both_engines() {
        on_both(async |store| {
            let marks = store.write().await.expect("a transaction").marks();
            for statement in STATEMENTS.into_iter().flatten() {
                let whole = if statement.sql.ends_with("IN (") {
                    crate::transaction::in_list(*statement, &[1, 2], marks).0
                } else {
                    statement.sql.to_owned()
                };
                store.try_statement(&whole).await.unwrap_or_else(|error| panic!("{}: {error}", statement.name));
            }
            for insert in INSERTS.iter().copied().flatten() {
                store
                    .try_statement(&insert.sql(2, marks))
                    .await
                    .unwrap_or_else(|error| panic!("{}: {error}", insert.into));
            }
        });
    }
}
