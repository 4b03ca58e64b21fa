//! Fresh databases for tests: the same case runs on a new SQLite file and on a new PostgreSQL database.
//! PostgreSQL comes from `SPELPLAN_TEST_POSTGRES` (an address), or is started here and ends with the test process.

// A test may look at its environment; the rule against that is for the steps.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]

mod server;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, ConnectOptions, Executor, postgres::PgConnectOptions};

use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// Runs the case on both engines, each time with a fresh, empty store.
pub fn on_both(case: impl AsyncFn(Store)) {
    on_both_at(async |location| {
        let store = Store::open(&location).await.unwrap_or_else(|error| panic!("{location}: {error}"));
        case(store.clone()).await;
        store.close().await;
    });
}

/// Runs the case on both engines, each time with the location of a database that is fresh and empty.
pub fn on_both_at(case: impl AsyncFn(String)) {
    on_sqlite_at(&case);
    on_postgres_at(&case);
}

/// Runs the case with the location of a fresh SQLite file.
pub fn on_sqlite_at(case: impl AsyncFn(String)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db").display().to_string();
    run(case(file));
}

/// Runs the case with the address of a fresh PostgreSQL database; where PostgreSQL is not installed it says so and
/// passes, but not under `CI`.
pub fn on_postgres_at(case: impl AsyncFn(String)) {
    let Some(server) = server::address() else {
        assert!(std::env::var("CI").is_err(), "PostgreSQL is not installed: run `cargo xtask setup`");
        println!("skipped on PostgreSQL: it is not installed (`cargo xtask setup` installs it)");
        return;
    };
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("spelplan_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    run(async {
        on_server(&server, format!("CREATE DATABASE {name}")).await;
        case(at_database(&server, &name)).await;
        on_server(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
    });
}

fn run(case: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(case);
}

/// The server's address with another database.
fn at_database(server: &str, name: &str) -> String {
    let (scheme, rest) = server.split_once("://").unwrap();
    let host = rest.split(['/', '?']).next().unwrap();
    format!("{scheme}://{host}/{name}")
}

async fn on_server(server: &str, sql: String) {
    let options: PgConnectOptions = server.parse().unwrap();
    let mut connection = options.connect().await.unwrap_or_else(|error| panic!("{server}: {error}"));
    connection.execute(AssertSqlSafe(sql)).await.unwrap();
}

impl Store {
    /// Is the statement understood? Prepares it and lets go of it.
    pub async fn try_statement(&self, sql: &str) -> Result<(), StoreError> {
        let sql = sqlx::SqlSafeStr::into_sql_str(AssertSqlSafe(sql.to_owned()));
        let prepared = match self.read().await? {
            Transaction::Sqlite(mut connection) => connection.prepare(sql).await.map(|_| ()),
            Transaction::Postgres(mut connection) => connection.prepare(sql).await.map(|_| ()),
        };
        prepared.map_err(|error| StoreError::met("prepare", error))
    }

    /// Runs whatever somebody behind our back might run.
    pub async fn run_raw(&self, sql: &str) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        let sql = AssertSqlSafe(sql.to_owned());
        let ran = match &mut transaction {
            Transaction::Sqlite(connection) => sqlx::query(sql).execute(&mut **connection).await.map(|_| ()),
            Transaction::Postgres(connection) => sqlx::query(sql).execute(&mut **connection).await.map(|_| ()),
        };
        ran.map_err(|error| StoreError::met("raw", error))?;
        transaction.commit().await
    }

    /// Every table with every column of it; our own tables only.
    pub async fn columns(&self) -> Vec<(String, String)> {
        let sqlite = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'";
        let postgres =
            "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns WHERE table_schema = 'public'";
        match self.read().await.unwrap() {
            Transaction::Sqlite(mut connection) => sqlx::query_as(sqlite).fetch_all(&mut *connection).await.unwrap(),
            Transaction::Postgres(mut connection) => {
                sqlx::query_as(postgres).fetch_all(&mut *connection).await.unwrap()
            }
        }
    }

    /// Every row of every table of a SQLite file, as text, for seeing that nothing was changed.
    pub async fn contents(&self) -> BTreeMap<String, Vec<String>> {
        let Transaction::Sqlite(mut connection) = self.read().await.unwrap() else { panic!("a SQLite file") };
        let named = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let tables: Vec<(String,)> = sqlx::query_as(named).fetch_all(&mut *connection).await.unwrap();
        let mut contents = BTreeMap::new();
        for (table,) in tables {
            let columns = format!("SELECT name FROM pragma_table_info('{table}')");
            let columns: Vec<(String,)> =
                sqlx::query_as(AssertSqlSafe(columns)).fetch_all(&mut *connection).await.unwrap();
            let row: Vec<String> = columns.iter().map(|(column,)| format!("quote(\"{column}\")")).collect();
            let rows = format!("SELECT {} FROM \"{table}\" ORDER BY 1", row.join(" || ',' || "));
            let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(rows)).fetch_all(&mut *connection).await.unwrap();
            contents.insert(table, rows.into_iter().map(|(row,)| row).collect());
        }
        contents
    }
}
