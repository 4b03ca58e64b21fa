//! What the documents lack, and the API documentation itself.

use anyhow::Result;

use crate::source::Tree;
use crate::{shell, tidy};

/// Lists error codes without a paragraph as headings to fill in, then builds the API documentation.
pub fn run() -> Result<bool> {
    let tree = Tree::read()?;
    let lacking = tidy::codes_without_paragraph(&tree);
    println!("{} error codes, {} without a paragraph", tidy::codes_in_code(&tree).len(), lacking.len());
    for (code, place) in &lacking {
        println!("### {code}\n\n(given at {place})\n");
    }
    let mut command = shell::program("cargo", &["doc", "--workspace", "--no-deps", "--quiet"]);
    shell::run(command.env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(lacking.is_empty())
}
