//! Running other programs: where they run, what they print, how long they take.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use anyhow::{Context, Result, bail};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Test material shared between repositories, which lies beside this one; not everybody has it.
pub fn shared() -> Option<PathBuf> {
    let shared = root().parent()?.join("shared");
    shared.join("data").is_dir().then_some(shared)
}

/// Does a continuous build run us?
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// A program to run from the repository's root, with nothing to read.
pub fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    if name == "cargo" && in_ci() {
        // Nobody builds there a second time, and what a second build would save takes gigabytes.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Runs it; an error when it cannot start or ends badly.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` ended with {status}");
    }
    Ok(())
}

/// Runs it and returns what it printed; an error with its complaints when it ends badly.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command.output().with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs it, shows what it prints as it comes, and returns the printed text with whether it ended well.
pub fn run_shown(command: &mut Command) -> Result<(bool, String)> {
    let shown = shown(command);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let heard = Arc::new(Mutex::new(String::new()));
    let listeners = [
        child.stdout.take().map(|pipe| listen(pipe, Arc::clone(&heard))),
        child.stderr.take().map(|pipe| listen(pipe, Arc::clone(&heard))),
    ];
    let status = child.wait().with_context(|| format!("lost `{shown}`"))?;
    for listener in listeners.into_iter().flatten() {
        let _ = listener.join();
    }
    let text = heard.lock().map(|text| text.clone()).unwrap_or_default();
    Ok((status.success(), text))
}

fn listen(pipe: impl Read + Send + 'static, heard: Arc<Mutex<String>>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut lines = BufReader::new(pipe);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line).into_owned();
            let _ = std::io::stdout().write_all(text.as_bytes());
            if let Ok(mut heard) = heard.lock() {
                heard.push_str(&text);
            }
            line.clear();
        }
    })
}

/// Can this program be found?
pub fn has(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
