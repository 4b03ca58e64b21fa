//! One transaction on either engine. What the rest of the store asks is written once; the two arms meet here.

use std::sync::{Arc, OnceLock};

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow, Postgres, Sqlite};

use crate::StoreError;
use crate::binds::{Bind, bind_all, copy_text};

/// One statement, kept in the register of [`crate::statements`]; its name is what an error mentions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Statement {
    /// Its name in the register.
    pub(crate) name: &'static str,
    /// The text both engines understand.
    pub(crate) sql: &'static str,
}

/// A row that either engine can give.
pub(crate) trait Fetched: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<R> Fetched for R where R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// Many rows into one table.
#[derive(Debug)]
pub(crate) struct Insert {
    /// Table and columns: `rollup (partner_id, month)`.
    pub(crate) into: &'static str,
    /// How many columns.
    pub(crate) columns: usize,
    /// What follows the rows (`ON CONFLICT …`); with nothing, PostgreSQL takes them by COPY.
    pub(crate) then: &'static str,
    /// The text for a full chunk, made once for SQLite and once for PostgreSQL.
    pub(crate) full: [OnceLock<Arc<str>>; 2],
}

/// How an engine writes the places of values in a text. SQLite finds a numbered place by walking all of them, which makes
/// long lists quadratic; bare question marks it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// `?`: SQLite.
    Bare,
    /// `$1`: PostgreSQL.
    Numbered,
}

impl Marks {
    fn push(self, sql: &mut String, number: usize) {
        match self {
            Marks::Bare => sql.push('?'),
            Marks::Numbered => sql.push_str(&format!("${number}")),
        }
    }
}

/// Values in one statement; SQLite allows 32,766 and PostgreSQL 65,535.
const MOST_BINDS: usize = 12_000;
/// Numbers looked for at a time by an `IN` list; shorter lists repeat their last number.
pub(crate) const IN_LIST: usize = 4_000;
const SHORT_IN_LIST: usize = 20;

impl Insert {
    /// Into this table and these columns, followed by that.
    pub(crate) const fn new(into: &'static str, then: &'static str) -> Insert {
        let (bytes, mut at, mut columns) = (into.as_bytes(), 0, 1);
        while at < bytes.len() {
            if bytes[at] == b',' {
                columns += 1;
            }
            at += 1;
        }
        Insert { into, columns, then, full: [OnceLock::new(), OnceLock::new()] }
    }

    /// The whole text for so many rows.
    pub(crate) fn sql(&self, rows: usize, marks: Marks) -> Arc<str> {
        let kept = (rows == self.rows_at_once()).then(|| &self.full[marks as usize]);
        match kept {
            Some(kept) => Arc::clone(kept.get_or_init(|| self.written(rows, marks))),
            None => self.written(rows, marks),
        }
    }

    fn written(&self, rows: usize, marks: Marks) -> Arc<str> {
        let mut sql = format!("INSERT INTO {} VALUES ", self.into);
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ",(" });
            for column in 1..=self.columns {
                sql.push_str(if column == 1 { "" } else { "," });
                marks.push(&mut sql, row * self.columns + column);
            }
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(self.then);
        sql.into()
    }

    fn rows_at_once(&self) -> usize {
        MOST_BINDS / self.columns
    }
}

/// A transaction; dropped without [`Transaction::commit`], nothing of it happened.
pub(crate) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// The same body for whichever engine it is.
macro_rules! on_either {
    ($transaction:expr, $connection:ident => $body:expr) => {
        match $transaction {
            Transaction::Sqlite($connection) => $body,
            Transaction::Postgres($connection) => $body,
        }
    };
}

impl Transaction {
    /// How this engine writes the places of values.
    pub(crate) fn marks(&self) -> Marks {
        match self {
            Transaction::Sqlite(_) => Marks::Bare,
            Transaction::Postgres(_) => Marks::Numbered,
        }
    }

    /// Every row of the answer.
    pub(crate) async fn all<R: Fetched>(&mut self, ask: Statement, binds: &[Bind<'_>]) -> Result<Vec<R>, StoreError> {
        on_either!(self, connection => bind_all!(sqlx::query_as(ask.sql), binds).fetch_all(&mut **connection).await)
            .map_err(|error| StoreError::met(ask.name, error))
    }

    /// The first row of the answer, where there is one.
    pub(crate) async fn first<R: Fetched>(
        &mut self,
        ask: Statement,
        binds: &[Bind<'_>],
    ) -> Result<Option<R>, StoreError> {
        on_either!(self, connection => bind_all!(sqlx::query_as(ask.sql), binds).fetch_optional(&mut **connection).await)
            .map_err(|error| StoreError::met(ask.name, error))
    }

    /// Rows touched by a statement that answers nothing.
    pub(crate) async fn run(&mut self, tell: Statement, binds: &[Bind<'_>]) -> Result<u64, StoreError> {
        on_either!(self, connection => {
            bind_all!(sqlx::query(tell.sql), binds).execute(&mut **connection).await.map(|done| done.rows_affected())
        })
        .map_err(|error| StoreError::met(tell.name, error))
    }

    /// The rows whose number is among these; `ask` ends in `IN (`. Chunk by chunk, in the order of the numbers given.
    pub(crate) async fn among<R: Fetched>(&mut self, ask: Statement, numbers: &[i64]) -> Result<Vec<R>, StoreError> {
        let mut found = Vec::new();
        for chunk in numbers.chunks(IN_LIST) {
            let (sql, padded) = in_list(ask, chunk, self.marks());
            let rows: Vec<R> = on_either!(self, connection => {
                let mut query = sqlx::query_as(AssertSqlSafe(sql));
                for number in padded {
                    query = query.bind(number);
                }
                query.fetch_all(&mut **connection).await
            })
            .map_err(|error| StoreError::met(ask.name, error))?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Does something to the rows whose number is among these; `tell` ends in `IN (`.
    pub(crate) async fn run_among(&mut self, tell: Statement, numbers: &[i64]) -> Result<(), StoreError> {
        for chunk in numbers.chunks(IN_LIST) {
            let (sql, padded) = in_list(tell, chunk, self.marks());
            on_either!(self, connection => {
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for number in padded {
                    query = query.bind(number);
                }
                query.execute(&mut **connection).await.map(|_| ())
            })
            .map_err(|error| StoreError::met(tell.name, error))?;
        }
        Ok(())
    }

    /// Appends rows, given value after value.
    pub(crate) async fn insert(&mut self, insert: &Insert, binds: &[Bind<'_>]) -> Result<(), StoreError> {
        let met = |error| StoreError::met(insert.into, error);
        if let (Transaction::Postgres(connection), "") = (&mut *self, insert.then) {
            if binds.is_empty() {
                return Ok(());
            }
            let mut copy = connection.copy_in_raw(&format!("COPY {} FROM STDIN", insert.into)).await.map_err(met)?;
            copy.send(copy_text(binds, insert.columns)).await.map_err(met)?;
            return copy.finish().await.map(|_| ()).map_err(met);
        }
        for chunk in binds.chunks(insert.rows_at_once() * insert.columns) {
            let sql = AssertSqlSafe(insert.sql(chunk.len() / insert.columns, self.marks()));
            on_either!(self, connection => {
                bind_all!(sqlx::query(sql), chunk).execute(&mut **connection).await.map(|_| ())
            })
            .map_err(met)?;
        }
        Ok(())
    }

    /// Makes it so.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        on_either!(self, connection => connection.commit().await).map_err(|error| StoreError::met("COMMIT", error))
    }
}

/// The statement with its list written out; only two lengths occur, so that both stay prepared.
pub(crate) fn in_list(ask: Statement, numbers: &[i64], marks: Marks) -> (String, Vec<i64>) {
    let length = if numbers.len() <= SHORT_IN_LIST { SHORT_IN_LIST } else { IN_LIST };
    let mut padded = numbers.to_vec();
    padded.resize(length, numbers.last().copied().unwrap_or_default());
    let mut sql = ask.sql.to_owned();
    for number in 1..=length {
        sql.push_str(if number == 1 { "" } else { "," });
        marks.push(&mut sql, number);
    }
    sql.push(')');
    (sql, padded)
}
