//! A PostgreSQL server of our own for the tests: on a free loopback port, in a temporary folder, gone afterwards.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::{setup, shell};

/// Where the tests find the server's address.
pub const VARIABLE: &str = "SPELPLAN_TEST_POSTGRES";

/// A running server; dropping it stops it by its own process id.
pub struct Postgres {
    server: Child,
    port: u16,
    _folder: TempDir,
}

impl Postgres {
    /// Makes a cluster, starts its server and waits until it answers.
    pub fn start() -> Result<Postgres> {
        let programs = setup::postgres_programs().context("no PostgreSQL server: run `cargo xtask setup`")?;
        let folder = tempfile::Builder::new().prefix("spelplan-postgres-").tempdir()?;
        if setup::is_root() {
            shell::run(&mut shell::program("chown", &["postgres", &folder.path().to_string_lossy()]))?;
        }
        let cluster = folder.path().join("cluster");
        let mut make = as_postgres(&programs.join("initdb"), folder.path());
        make.args(["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "-D"]);
        shell::output(make.arg(&cluster))?;
        let port = free_port()?;
        let complaints = std::fs::File::create(folder.path().join("server.log"))?;
        let mut serve = as_postgres(&programs.join("postgres"), folder.path());
        serve.arg("-D").arg(&cluster).args(["-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=300",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ] {
            serve.args(["-c", setting]);
        }
        let server = serve.stdout(Stdio::null()).stderr(complaints).spawn().context("cannot start postgres")?;
        let mut postgres = Postgres { server, port, _folder: folder };
        postgres.wait_until_ready(&programs)?;
        Ok(postgres)
    }

    /// The address of its `postgres` database; tests make databases of their own beside it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let port = self.port.to_string();
            let mut ask = Command::new(programs.join("pg_isready"));
            ask.args(["-q", "-h", "127.0.0.1", "-p", &port, "-U", "postgres"]);
            if ask.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                let told = std::fs::read_to_string(self._folder.path().join("server.log")).unwrap_or_default();
                bail!("postgres ended with {status}: {told}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("postgres did not answer within a minute")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: it ends its own children too.
        let id = self.server.id().to_string();
        let _ = shell::run(&mut shell::program("kill", &["-INT", &id]));
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline {
            if !matches!(self.server.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// PostgreSQL refuses to be run by root, so root lends it the user that its package made.
fn as_postgres(program: &Path, folder: &Path) -> Command {
    let mut command = if setup::is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// A loopback port that nobody listens on now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Does somebody listen on that loopback port?
pub fn listens(port: u16) -> bool {
    TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), Duration::from_millis(200)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_starts_answers_and_is_gone_afterwards() {
        if setup::postgres_programs().is_none() {
            println!("skipped: no PostgreSQL server on this machine");
            return;
        }
        let postgres = Postgres::start().expect("a server");
        let port = postgres.port;
        assert!(listens(port));
        drop(postgres);
        assert!(!listens(port));
    }
}
