//! A PostgreSQL server for the tests of one process: started on first use, ended when the process ends, however it ends.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Makes a server and holds it until its standard input closes, which the end of the test process does.
/// `$1` the folder of the programs, `$2` the folder to make, `$3` the port.
const SUPERVISOR: &str = r#"
set -e
umask 077
mkdir "$2"
trap 'rm -rf "$2"' EXIT
"$1/initdb" -D "$2" -U spelplan -A trust -E UTF8 --locale=C --no-sync >/dev/null
"$1/postgres" -D "$2" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
    -c full_page_writes=off -c max_connections=200 >"$2/server.log" 2>&1 &
server=$!
for attempt in $(seq 300); do
    "$1/pg_isready" -q -h 127.0.0.1 -p "$3" && break
    kill -0 $server || { cat "$2/server.log"; exit 1; }
    sleep 0.1
done
echo ready
cat >/dev/null || true
kill -INT $server
wait $server || true
"#;

/// The server's address; `None` where PostgreSQL is not installed.
pub(super) fn address() -> Option<String> {
    static SERVER: OnceLock<Option<(String, Option<Child>)>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match std::env::var("SPELPLAN_TEST_POSTGRES") {
        Ok(given) if !given.is_empty() => Some((given, None)),
        _ => programs().map(|programs| start(&programs)),
    });
    server.as_ref().map(|(address, _)| address.clone())
}

/// The folder with initdb and postgres.
fn programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

fn start(programs: &Path) -> (String, Option<Child>) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let folder = std::env::temp_dir().join(format!("spelplan-postgres-{}-{port}", std::process::id()));
    let mut child = supervisor(&["sh", programs.to_str().unwrap(), folder.to_str().unwrap(), &port])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell to start PostgreSQL with");
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told: Vec<String> = said.by_ref().take_while(|line| line != "ready").collect();
    assert!(child.try_wait().unwrap().is_none(), "PostgreSQL did not start: {}", told.join("\n"));
    // Its standard input stays open with the child, which lives as long as this process.
    (format!("postgres://spelplan@127.0.0.1:{port}/postgres"), Some(child))
}

/// PostgreSQL refuses to run as root; then it runs as the user that its package made.
fn supervisor(arguments: &[&str]) -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    let mut command = Command::new(if is_root { "setpriv" } else { "sh" });
    if is_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh"]);
    }
    command.args(["-c", SUPERVISOR]).args(arguments);
    command
}
