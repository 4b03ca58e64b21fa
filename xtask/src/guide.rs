//! Documents are tests: every command in README.md and docs/guide runs, in the order in which a reader meets it.
//!
//! A fenced block marked `sh` is run line by line in a folder of its own per document, where `spelplan` is the
//! release build and `shared` the test material. `cargo run --release --` is the same as `spelplan`. A server is
//! started, asked for its first page and ended. `cargo xtask` lines must name a chore that exists. Other fences are not run.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::CommandFactory;

use crate::gate::Tally;
use crate::{postgres, server, shell};

/// Runs all documents.
pub fn run() -> Result<Tally> {
    let mut tally = Tally::default();
    for document in documents()? {
        let name = document.strip_prefix(shell::root()).unwrap_or(&document).display().to_string();
        let commands = commands_in(&std::fs::read_to_string(&document)?);
        let folder = tempfile::tempdir()?;
        lay_out(folder.path())?;
        for command in commands {
            match run_command(&command, folder.path()) {
                Ok(true) => {
                    tally.passed += 1;
                    println!("ok    {name}: {command}");
                }
                Ok(false) => println!("skip  {name}: {command} (no shared test material here)"),
                Err(error) => {
                    tally.failed += 1;
                    println!("FAIL  {name}: {command}\n      {error:#}");
                }
            }
        }
    }
    Ok(tally)
}

fn documents() -> Result<Vec<PathBuf>> {
    let mut documents = vec![shell::root().join("README.md")];
    let guide = shell::root().join("docs/guide");
    if guide.is_dir() {
        let mut pages: Vec<PathBuf> = std::fs::read_dir(guide)?.flatten().map(|page| page.path()).collect();
        pages.retain(|page| page.extension().is_some_and(|ending| ending == "md"));
        pages.sort();
        documents.extend(pages);
    }
    Ok(documents)
}

/// Lines of `sh` fences without comments; a line that ends in a backslash goes on in the next.
fn commands_in(document: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let (mut inside, mut goes_on) = (false, false);
    for line in document.lines() {
        match line.trim() {
            "```sh" => inside = true,
            fence if fence.starts_with("```") => inside = false,
            "" => {}
            comment if comment.starts_with('#') => {}
            text if inside => {
                let text = text.strip_prefix("$ ").unwrap_or(text);
                let whole = text.strip_suffix('\\').unwrap_or(text).trim_end();
                match commands.last_mut().filter(|_| goes_on) {
                    Some(command) => *command = format!("{command} {whole}"),
                    None => commands.push(whole.to_owned()),
                }
                goes_on = text.ends_with('\\');
            }
            _ => {}
        }
    }
    commands
}

/// What a reader would have in the folder: the program, and the test material under both names used.
fn lay_out(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder.join("bin"))?;
    std::os::unix::fs::symlink(server::binary(), folder.join("bin/spelplan"))?;
    std::fs::create_dir(folder.join("here"))?;
    if let Some(shared) = shell::shared() {
        std::os::unix::fs::symlink(&shared, folder.join("shared"))?;
        std::os::unix::fs::symlink(&shared, folder.join("here/shared"))?;
    }
    Ok(())
}

/// True when it ran well, false when it was skipped for want of the shared test material.
fn run_command(command: &str, folder: &Path) -> Result<bool> {
    let command = command.replace("cargo run --release -- ", "spelplan ");
    if let Some(chore) = command.strip_prefix("cargo xtask") {
        return known_chore(chore).map(|()| true);
    }
    if command.starts_with("git clone") || command.starts_with("cd ") {
        return Ok(true);
    }
    if command.contains("shared/") && shell::shared().is_none() {
        if shell::in_ci() {
            bail!("it needs the shared test material, which a continuous build must have");
        }
        return Ok(false);
    }
    let mut shell = in_folder(&command, folder);
    if serves(&command) { ask_server(shell, &command) } else { ask_once(&mut shell) }.map(|()| true)
}

fn in_folder(command: &str, folder: &Path) -> Command {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("bash");
    shell
        .args(["-eu", "-o", "pipefail", "-c", command])
        .current_dir(folder.join("here"))
        .env("PATH", format!("{}:{path}", folder.join("bin").display()))
        .stdin(Stdio::null());
    shell
}

/// Does this command go on until it is interrupted?
fn serves(command: &str) -> bool {
    let words: Vec<&str> = command.split_whitespace().collect();
    let help = words.contains(&"--help");
    let demo = words.starts_with(&["spelplan", "demo"]) && !words.contains(&"--no-serve");
    (words.starts_with(&["spelplan", "serve"]) || demo) && !help
}

fn ask_once(shell: &mut Command) -> Result<()> {
    let output = shell.output()?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        bail!("ended with {}: {}", output.status, told.trim());
    }
    Ok(())
}

/// Starts it on a free port, waits until it says its address or listens, and ends it by its own process id.
fn ask_server(mut shell: Command, command: &str) -> Result<()> {
    let port = postgres::free_port()?;
    let words: Vec<&str> = command.split_whitespace().collect();
    let mut without_address: Vec<&str> = Vec::new();
    let mut skip = false;
    for word in words {
        if word == "--listen" || skip {
            skip = word == "--listen";
        } else {
            without_address.push(word);
        }
    }
    let line = format!("exec {} --listen 127.0.0.1:{port}", without_address.join(" "));
    let arguments: Vec<String> = ["-eu", "-c", &line].map(str::to_owned).to_vec();
    let folder = shell.get_current_dir().context("no folder")?.to_path_buf();
    let path =
        shell.get_envs().find_map(|(name, value)| (name == "PATH").then_some(value).flatten().map(ToOwned::to_owned));
    shell = Command::new("bash");
    shell.args(arguments).current_dir(folder).env("PATH", path.unwrap_or_default()).stdin(Stdio::null());
    let mut child = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let deadline = Instant::now() + Duration::from_secs(120);
    let answered = loop {
        if postgres::listens(port) {
            break Ok(());
        }
        if let Some(status) = child.try_wait()? {
            let told: Vec<String> = child
                .stderr
                .take()
                .map(|pipe| BufReader::new(pipe).lines().map_while(Result::ok).collect())
                .unwrap_or_default();
            break Err(anyhow::anyhow!("ended with {status}: {}", told.join(" ")));
        }
        if Instant::now() > deadline {
            break Err(anyhow::anyhow!("did not listen within two minutes"));
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let _ = child.kill();
    let _ = child.wait();
    answered
}

fn known_chore(line: &str) -> Result<()> {
    let words = std::iter::once("xtask").chain(line.split_whitespace());
    match crate::Arguments::command().try_get_matches_from(words) {
        Ok(_) => Ok(()),
        Err(error) if !error.use_stderr() || line.trim().is_empty() => Ok(()),
        Err(error) => bail!("{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_the_lines_of_sh_fences() {
        let document = "```sh\n# build it\n$ spelplan demo --no-serve\nspelplan import a.csv \\\n  --db b.db\n```\n```text\nnot this\n```\n";
        assert_eq!(commands_in(document), ["spelplan demo --no-serve", "spelplan import a.csv --db b.db"]);
    }

    #[test]
    fn a_chore_that_does_not_exist_fails() {
        assert!(known_chore(" test").is_ok());
        assert!(known_chore(" test focus").is_ok());
        assert!(known_chore("").is_ok());
        assert!(known_chore(" polish").is_err());
    }

    #[test]
    fn a_command_that_fails_is_a_failure() {
        let folder = tempfile::tempdir().expect("a folder");
        lay_out(folder.path()).expect("laid out");
        assert!(run_command("true", folder.path()).expect("runs"));
        assert!(run_command("false", folder.path()).is_err());
    }

    #[test]
    fn servers_are_told_from_commands() {
        assert!(serves("spelplan demo"));
        assert!(serves("spelplan serve --db a.db"));
        assert!(!serves("spelplan demo --no-serve"));
        assert!(!serves("spelplan demo --help"));
    }
}
