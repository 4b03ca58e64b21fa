//! What the store promises, on both engines: every case runs on a fresh SQLite file and a fresh PostgreSQL database.

mod concurrency;
mod draft;
mod history;
mod imports;
mod killed;
mod opening;
mod plans;
mod reading;
mod sequences;
