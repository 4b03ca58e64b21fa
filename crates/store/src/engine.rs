//! The two engines: how each is opened, brought up to date, read and written.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::migrate::{Migrate, MigrateError, Migration, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::StoreError;
use crate::location::{Location, without_password};
use crate::transaction::Transaction;

/// Steps in which the tables came about, the same for both engines.
static PORTABLE: Migrator = sqlx::migrate!("./migrations");
/// Those that need an engine's own words.
static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
/// Those that need an engine's own words.
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// Longest wait for another writer.
const PATIENCE: Duration = Duration::from_secs(120);
/// Longest wait for a server to answer at all.
const GREETING: Duration = Duration::from_secs(10);
/// Connections that read at the same time.
const READERS: u32 = 4;

/// An open database.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    /// One writer; readers see the last committed state and never wait for it.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    /// Writers wait for each other at the generation counter.
    Postgres(PgPool),
}

impl Engine {
    /// Opens, makes or brings up to date.
    pub(crate) async fn open(location: &str) -> Result<Engine, StoreError> {
        match Location::parse(location)? {
            Location::File(path) => open_sqlite(&path).await,
            Location::Postgres(address) => open_postgres(&address).await,
        }
    }

    /// Begins to read: every answer of the transaction is of one moment.
    pub(crate) async fn read(&self) -> Result<Transaction, StoreError> {
        let begun = match self {
            Engine::Sqlite { readers, .. } => readers.begin().await.map(Transaction::Sqlite),
            Engine::Postgres(pool) => {
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map(Transaction::Postgres)
            }
        };
        begun.map_err(|error| StoreError::met("BEGIN", error))
    }

    /// Begins to write.
    pub(crate) async fn write(&self) -> Result<Transaction, StoreError> {
        let begun = match self {
            Engine::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Transaction::Sqlite),
            Engine::Postgres(pool) => pool.begin().await.map(Transaction::Postgres),
        };
        begun.map_err(|error| StoreError::met("BEGIN", error))
    }

    /// Lets go of every connection.
    pub(crate) async fn close(&self) {
        match self {
            Engine::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(path: &Path) -> Result<Engine, StoreError> {
    let location = path.display().to_string();
    if path.is_dir() {
        return Err(StoreError::IsFolder { location });
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // A large import leaves a large log; it is cut back at the next checkpoint.
        .pragma("journal_size_limit", "67108864")
        .pragma("temp_store", "memory")
        .disable_statement_logging();
    // In KiB, hence negative: an import's indexes stay in memory while they grow.
    let writing = options.clone().pragma("cache_size", "-196608");
    let reading = options.pragma("cache_size", "-16384").pragma("query_only", "on");
    let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
    let writer = writer.connect_with(writing).await.map_err(|error| unopened(&location, &error))?;
    let connection = &mut *writer.acquire().await.map_err(|error| unopened(&location, &error))?;
    migrate(&SQLITE, connection).await?;
    let readers = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(PATIENCE);
    Ok(Engine::Sqlite { writer, readers: readers.connect_lazy_with(reading) })
}

fn unopened(location: &str, error: &sqlx::Error) -> StoreError {
    let location = location.to_owned();
    match error.as_database_error().and_then(|error| error.code()).as_deref() {
        Some("26") => StoreError::NotADatabase { location },
        _ => StoreError::CannotOpen { location, cause: error.to_string() },
    }
}

async fn open_postgres(address: &str) -> Result<Engine, StoreError> {
    let unreachable =
        |error: sqlx::Error| StoreError::Unreachable { location: without_password(address), cause: error.to_string() };
    let options = PgConnectOptions::from_str(address).map_err(unreachable)?.disable_statement_logging();
    // Asked once by itself: a pool would only say that it waited in vain.
    let greeting = tokio::time::timeout(GREETING, options.connect()).await;
    let mut connection = greeting.map_err(|_| unreachable(sqlx::Error::PoolTimedOut))?.map_err(unreachable)?;
    migrate(&POSTGRES, &mut connection).await?;
    let pool = PgPoolOptions::new().max_connections(READERS * 2).acquire_timeout(PATIENCE);
    Ok(Engine::Postgres(pool.connect_lazy_with(options)))
}

/// Brings the tables up to date, portable steps and the engine's own in the order of their numbers.
async fn migrate<C: Migrate>(own: &Migrator, connection: &mut C) -> Result<(), StoreError> {
    let steps: Vec<Migration> = PORTABLE.iter().chain(own.iter()).cloned().collect();
    Migrator::with_migrations(steps).run_direct(None, connection, false).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => StoreError::Newer { version },
        error => StoreError::Migration { cause: error.to_string() },
    })
}
