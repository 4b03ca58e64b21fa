//! Compiles anew when a migration is added: `sqlx::migrate!` only sees changes in those it knew.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
