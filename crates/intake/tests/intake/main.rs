//! Reading files: the tests in one program.

mod adventureworks;
mod errors;
mod formats;
mod planning;
mod recognition;
mod shared;
mod supplies;
mod written_is_read;
