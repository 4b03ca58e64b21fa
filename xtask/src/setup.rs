//! Setup: installs what the tests need and is not there yet. Quick when everything is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell;

/// A program, the Debian packages that bring it, and what it is for.
struct Need {
    here: fn() -> bool,
    packages: &'static [&'static str],
    purpose: &'static str,
}

const NEEDS: &[Need] = &[
    Need { here: || shell::has("chromium"), packages: &["chromium", "fonts-liberation"], purpose: "the browser tests" },
    Need {
        here: || postgres_programs().is_some(),
        packages: &["postgresql"],
        purpose: "the store's tests on PostgreSQL",
    },
    Need {
        here: || shell::output(&mut shell::program("python3", &["-c", "import ensurepip, venv"])).is_ok(),
        packages: &["python3", "python3-venv"],
        purpose: "the calendar programs of the browser tests",
    },
    Need { here: || shell::has("wrk"), packages: &["wrk"], purpose: "`cargo xtask bench pages`" },
    Need { here: || shell::has("sqlite3"), packages: &["sqlite3"], purpose: "`cargo xtask bench import`" },
];

/// Installs what is missing.
pub fn run() -> Result<()> {
    debian_packages()?;
    for program in ["node", "npm"] {
        if !shell::has(program) {
            bail!("`{program}` is not there: install Node.js 20 or later, which brings npm");
        }
    }
    browser_test_packages()?;
    calendar_programs()
}

/// Where the calendar programs lie that the feed is tested with.
pub fn calendar_folder() -> PathBuf {
    shell::target().join("calendar-clients")
}

/// The folder with the newest PostgreSQL server's programs.
pub fn postgres_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let folders = versions.filter_map(|version| {
        let number: u32 = version.file_name().to_str()?.parse().ok()?;
        let folder = version.path().join("bin");
        folder.join("postgres").is_file().then_some((number, folder))
    });
    let newest = folders.max().map(|(_, folder)| folder);
    newest.or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("postgres").is_file() && folder.join("initdb").is_file())
    })
}

fn debian_packages() -> Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.here)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages.iter().copied()).collect();
    if !shell::has("apt-get") {
        let wanted: Vec<String> =
            missing.iter().map(|need| format!("{} (for {})", need.packages.join(" and "), need.purpose)).collect();
        bail!("apt-get is not there, so install by hand: {}", wanted.join("; "));
    }
    println!("installing {}", packages.join(" "));
    apt(&["update", "-qq"])?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(&packages);
    apt(&arguments).context("run `cargo xtask setup` as root, or install the packages by hand")?;
    match missing.iter().find(|need| !(need.here)()) {
        Some(need) => {
            bail!("apt-get installed {}, but what {} needs is not there", need.packages.join(" "), need.purpose)
        }
        None => Ok(()),
    }
}

fn apt(arguments: &[&str]) -> Result<()> {
    let mut command = if is_root() {
        shell::program("apt-get", arguments)
    } else {
        let mut command = shell::program("sudo", &["apt-get"]);
        command.args(arguments);
        command
    };
    shell::run(command.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Does root run us?
pub fn is_root() -> bool {
    shell::output(&mut shell::program("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}

/// `npm ci` where the lock file is another than the one installed from.
fn browser_test_packages() -> Result<()> {
    let folder = shell::root().join("e2e");
    let lock = std::fs::read(folder.join("package-lock.json")).context("e2e/package-lock.json")?;
    let stamp = folder.join("node_modules/.installed-from");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("npm ci in e2e");
    npm_ci(&folder)?;
    std::fs::write(&stamp, lock).context("e2e/node_modules")
}

/// khal, vdirsyncer and Radicale in a folder of their own, where their list is another than the one installed from.
fn calendar_programs() -> Result<()> {
    let list = shell::root().join("e2e/calendar-clients.txt");
    let wanted = std::fs::read(&list).context("e2e/calendar-clients.txt")?;
    let (folder, stamp) = (calendar_folder(), calendar_folder().join("installed-from.txt"));
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("pip install of khal, vdirsyncer and Radicale in {}", folder.display());
    shell::run(shell::program("python3", &["-m", "venv", "--clear"]).arg(&folder))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"];
    let python = folder.join("bin/python").to_string_lossy().into_owned();
    shell::run(shell::program(&python, &install).arg(&list))?;
    std::fs::write(&stamp, wanted).context("target/calendar-clients")
}

fn npm_ci(folder: &Path) -> Result<()> {
    let mut command = shell::program("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    shell::run(command.current_dir(folder))
}
