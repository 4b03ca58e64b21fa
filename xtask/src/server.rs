//! The product's own server, run for development, for the guide's tests and for measuring.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{postgres, shell};

/// The released program.
pub fn binary() -> PathBuf {
    shell::target().join("release").join("spelplan")
}

/// Builds it.
pub fn build() -> Result<()> {
    shell::run(&mut shell::program("cargo", &["build", "--release", "--package", "spelplan"]))
}

/// The program as the tests are built: what they need of it is compiled once, and its assertions hold or end it.
pub fn tested() -> PathBuf {
    shell::target().join("debug").join("spelplan")
}

/// Builds it.
pub fn build_tested() -> Result<()> {
    shell::run(&mut shell::program("cargo", &["build", "--workspace", "--bin", "spelplan"]))
}

/// Serves a development database until interrupted.
pub fn develop(db: &str, listen: &str) -> Result<bool> {
    let arguments = ["run", "--package", "spelplan", "--", "serve", "--db", db, "--listen", listen];
    let status = Command::new("cargo").args(arguments).current_dir(shell::root()).status()?;
    Ok(status.success())
}

/// A running server; dropping it ends it by its own process id.
pub struct Server {
    child: Child,
    /// Where it listens on loopback.
    pub port: u16,
}

impl Server {
    /// Serves that database on a free loopback port and waits until it answers.
    pub fn start(db: &Path) -> Result<Server> {
        let port = postgres::free_port()?;
        let mut command = Command::new(binary());
        command.arg("serve").arg("--db").arg(db).args(["--listen", &format!("127.0.0.1:{port}")]);
        let child = command
            .current_dir(shell::root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start the server")?;
        let mut server = Server { child, port };
        let deadline = Instant::now() + Duration::from_secs(120);
        while !postgres::listens(port) {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended with {status}");
            }
            if Instant::now() > deadline {
                bail!("the server did not answer within two minutes");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// Most memory it has used so far, in kB, as the kernel counts it.
    pub fn peak_memory(&self) -> Option<u64> {
        peak_memory(self.child.id())
    }

    /// The page at that path: its status line's code and its body.
    pub fn page(&self, path: &str) -> Result<(u16, String)> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let code = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status line")?;
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        Ok((code, body.to_owned()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Peak resident memory of a process in kB (`VmHWM`).
pub fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
