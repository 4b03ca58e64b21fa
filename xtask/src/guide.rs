//! Documents are tests: every command in README.md and docs/guide runs, in the order in which a reader meets it.
//!
//! A command is a line of a fence marked `sh`, or an indented line that begins with `spelplan` or `cargo`. Each document has a
//! folder of its own, where `spelplan` is the program as tests are built and AdventureWorks' files lie. `cargo run --release --`
//! is the same as `spelplan`. A server is started, waited for and ended. `cargo xtask` lines must name a chore that exists.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
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

/// Lines of `sh` fences without comments, and indented commands; a line that ends in a backslash goes on in the next.
fn commands_in(document: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let (mut fence, mut goes_on) = ("", false);
    for line in document.lines() {
        let text = line.trim();
        if text.starts_with("```") {
            fence = if fence.is_empty() { text } else { "" };
        } else if goes_on || begins_command(fence, line) {
            let whole = text.strip_suffix('\\').unwrap_or(text).trim_end();
            match commands.last_mut().filter(|_| goes_on) {
                Some(command) => *command = format!("{command} {whole}"),
                None => commands.push(whole.strip_prefix("$ ").unwrap_or(whole).to_owned()),
            }
            goes_on = text.ends_with('\\');
        }
    }
    commands
}

fn begins_command(fence: &str, line: &str) -> bool {
    let text = line.trim();
    match fence {
        "```sh" => !text.is_empty() && !text.starts_with('#'),
        "" => line.starts_with("    ") && ["spelplan ", "cargo "].iter().any(|program| text.starts_with(program)),
        _ => false,
    }
}

/// What a reader would have in the folder: the program, and files to import.
fn lay_out(folder: &Path) -> Result<()> {
    let here = folder.join("here");
    std::fs::create_dir_all(folder.join("bin"))?;
    std::fs::create_dir(&here)?;
    symlink(server::tested(), folder.join("bin/spelplan"))?;
    let Some(shared) = shell::shared() else { return Ok(()) };
    symlink(&shared, folder.join("shared"))?;
    let files = ["pams.csv", "partners.csv", "contacts.csv", "products.csv", "sellout.csv", "quotas.csv"];
    for place in [here.clone(), here.join("exports"), here.join("adventureworks")] {
        std::fs::create_dir_all(&place)?;
        for name in files {
            symlink(shared.join("data/adventureworks").join(name), place.join(name))?;
        }
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
    if shell::shared().is_none() && !command.starts_with("spelplan demo") {
        if shell::in_ci() {
            bail!("it needs the shared test material, which a continuous build must have");
        }
        return Ok(false);
    }
    if serves(&command) { ask_server(&command, folder) } else { ask_once(&mut in_folder(&command, folder)) }
        .map(|()| true)
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

/// Starts it on a free port, waits until it listens, and ends it by its own process id.
fn ask_server(command: &str, folder: &Path) -> Result<()> {
    let port = postgres::free_port()?;
    let line = format!("exec {} --listen 127.0.0.1:{port}", without_address(command));
    let mut child = in_folder(&line, folder).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let answered = wait_for(&mut child, port);
    let _ = child.kill();
    let _ = child.wait();
    answered
}

/// The command without its comment and its own `--listen ADDRESS`.
fn without_address(command: &str) -> String {
    let words = command.split('#').next().unwrap_or(command).split_whitespace();
    let mut kept: Vec<&str> = Vec::new();
    let mut after_listen = false;
    for word in words {
        if !after_listen && word != "--listen" {
            kept.push(word);
        }
        after_listen = word == "--listen";
    }
    kept.join(" ")
}

fn wait_for(child: &mut Child, port: u16) -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !postgres::listens(port) {
        if let Some(status) = child.try_wait()? {
            let told = child.stderr.take().map(BufReader::new).into_iter().flat_map(BufRead::lines);
            let told: Vec<String> = told.map_while(Result::ok).collect();
            bail!("ended with {status}: {}", told.join(" "));
        }
        if Instant::now() > deadline {
            bail!("did not listen within two minutes");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
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
    fn an_indented_command_is_one_and_other_indented_lines_are_not() {
        let document = "Try:\n\n    spelplan undo 2 --db a.db   # takes it back\n\n    data in → focus\n";
        assert_eq!(commands_in(document), ["spelplan undo 2 --db a.db   # takes it back"]);
    }

    #[test]
    fn an_address_of_its_own_gives_way_to_a_free_one() {
        assert_eq!(
            without_address("spelplan serve --listen 127.0.0.1:1 --db a.db # pages"),
            "spelplan serve --db a.db"
        );
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
