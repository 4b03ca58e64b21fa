//! Builds the pages' scripts, styles and basemap: brings npm's packages when their lock file changed, then bundles.
#![allow(clippy::disallowed_methods, reason = "a build script reads files and the environment that cargo gives it")]

use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const WATCHED: [&str; 7] = ["build.mjs", "package.json", "package-lock.json", "islands", "styles", "icons", "basemap"];

fn main() -> Result<(), Box<dyn Error>> {
    for path in WATCHED {
        println!("cargo:rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("bundle");
    bring_packages()?;
    run(Command::new("node").arg("build.mjs").arg(&out))?;
    println!("cargo:rustc-env=SPELPLAN_BUNDLE={}", out.display());
    println!("cargo:rustc-env=SPELPLAN_BUNDLE_VERSION={:016x}", fingerprint(&out)?);
    Ok(())
}

/// `npm ci` takes seconds and the network: only when the lock file is not the one the packages were brought by.
fn bring_packages() -> Result<(), Box<dyn Error>> {
    let lock = fs::read("package-lock.json")?;
    let brought = Path::new("node_modules/.spelplan-lock");
    if fs::read(brought).is_ok_and(|by| by == lock) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(Command::new(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(brought, lock)?;
    Ok(())
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let words = format!("{command:?}");
    let output = command.output().map_err(|error| {
        format!("could not start {words}: {error}. Install Node.js 20 or later with npm, then run cargo build again")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{words} failed:\n{}", String::from_utf8_lossy(&said)).into())
}

/// One number for the whole bundle: it stands in every asset's address, so that browsers may keep assets for ever.
fn fingerprint(folder: &Path) -> Result<u64, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut hasher = DefaultHasher::new();
    for path in paths {
        path.file_name().hash(&mut hasher);
        fs::read(&path)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}
