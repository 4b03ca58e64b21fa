//! A process killed in the middle of an import leaves all of it or nothing, whichever engine keeps it.
//! The test program starts itself again as the process to kill.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use spelplan_store::testing::on_both_at;
use spelplan_store::{Store, Totals};

use crate::draft::{AT, many_lines, small_market};

const LOCATION: &str = "SPELPLAN_TEST_KILLED_LOCATION";
const LINES: u128 = 25_000;

/// Where the process is when it is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// In the progress callback, at so many per cent, while the transaction is open.
    Written(u64),
    /// After the commit came back.
    Committed,
    /// So many milliseconds after it began, wherever it then is.
    After(u64),
}

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    if let Ok(location) = std::env::var(LOCATION) {
        return import_and_tell(&location);
    }
    let moments = [Moment::Written(0), Moment::Written(30), Moment::Written(100), Moment::Committed];
    let sudden = [5, 20, 40, 80, 120, 200, 350].map(Moment::After);
    on_both_at(async |location| {
        let store = Store::open(&location).await.unwrap();
        small_market().commit(&store).await;
        let before = store.totals().await.unwrap();
        store.close().await;
        for moment in moments.into_iter().chain(sudden) {
            kill(&location, moment);
            let store = Store::open(&location).await.unwrap();
            check(&store, &before, moment).await;
            store.close().await;
        }
    });
}

/// All or nothing is there; then everything is taken back for the next moment, which also shows that writing works.
async fn check(store: &Store, before: &Totals, moment: Moment) {
    let totals = store.totals().await.unwrap();
    let imports = store.imports().await.unwrap();
    let stands: Vec<i64> = imports.iter().filter(|one| one.undone_at.is_none()).map(|one| one.import).collect();
    let all = stands.len() == 2;
    match moment {
        Moment::Written(_) => assert!(!all, "{moment:?}"),
        Moment::Committed => assert!(all, "{moment:?}"),
        Moment::After(_) => {}
    }
    if all {
        assert_eq!(totals.lines, LINES as i64, "{moment:?}");
        store.undo(stands[0], AT).await.unwrap();
        assert_eq!(store.totals().await.unwrap(), *before);
    } else {
        assert_eq!((totals, stands.len()), (*before, 1), "{moment:?}");
    }
}

fn kill(location: &str, moment: Moment) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::a_killed_import_leaves_all_or_nothing", "--nocapture"])
        .env(LOCATION, location)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let percents = |line: String| line.strip_prefix("written ").and_then(|percent| percent.parse::<u64>().ok());
    let mut answer = child.stdin.take().unwrap();
    for line in told {
        let here = match moment {
            Moment::Committed => line == "committed",
            Moment::Written(percent) => percents(line.clone()).is_some_and(|written| written >= percent),
            Moment::After(millis) => {
                let begun = line == "written 0";
                if begun {
                    // From here on the child goes on by itself.
                    let _ = answer.write_all(&b"\n".repeat(1000));
                    std::thread::sleep(Duration::from_millis(millis));
                }
                begun
            }
        };
        if here {
            break;
        }
        // The child may be gone already; that is seen from its end.
        let _ = answer.write_all(b"\n");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The process to kill: tells how far it has come and waits for leave to go on.
fn import_and_tell(location: &str) {
    let tell = |word: String| {
        println!("{word}");
        std::io::stdout().flush().unwrap();
        let mut leave = [0];
        // At the end of input nobody listens any longer.
        let _ = std::io::Read::read(&mut std::io::stdin(), &mut leave);
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(location).await.unwrap();
        let draft = many_lines(LINES);
        store.commit(&draft.0, &|done, total| tell(format!("written {}", 100 * done / total)), AT).await.unwrap();
        tell("committed".to_owned());
    });
}
