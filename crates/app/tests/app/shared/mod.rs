//! An application on a fresh SQLite file, and the shared example data where it is at hand.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files; not every test uses every piece"
)]

use std::path::PathBuf;
use std::sync::Arc;

use spelplan_app::access::Actor;
use spelplan_app::board::Replanned;
use spelplan_app::demo::DemoSize;
use spelplan_app::import::ImportFile;
use spelplan_app::season::SeasonRequest;
use spelplan_app::{App, AppOptions};
use spelplan_facts::{Day, DayRange, PlanId, SeasonPlan};

/// An application with a database of its own, deleted afterwards.
pub struct Opened {
    pub app: App,
    pub actor: Actor,
    folder: Arc<tempfile::TempDir>,
}

impl Opened {
    /// The same database on another day.
    pub async fn on(&self, today: Day) -> App {
        let file = self.folder.path().join("test.db");
        App::open(&file.to_string_lossy(), AppOptions { today: Some(today) }).await.unwrap()
    }
}

impl Opened {
    /// The same on another day.
    pub async fn within(&self, today: Day) -> Opened {
        Opened { app: self.on(today).await, actor: self.actor.clone(), folder: Arc::clone(&self.folder) }
    }
}

/// Opens one on an empty database.
pub async fn open() -> Opened {
    opened(AppOptions::default()).await
}

/// Opens one that computes as on that day.
pub async fn open_on(today: Day) -> Opened {
    opened(AppOptions { today: Some(today) }).await
}

async fn opened(options: AppOptions) -> Opened {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let file = folder.path().join("test.db");
    let app = App::open(&file.to_string_lossy(), options).await.unwrap();
    Opened { app, actor: Actor::at_this_machine(), folder }
}

/// Opens one on a demo of that size.
pub async fn open_demo(size: DemoSize) -> Opened {
    let opened = open().await;
    opened.app.build_demo(&opened.actor, size, Arc::default()).await.unwrap();
    opened
}

impl Opened {
    /// Plans a season.
    pub async fn planned(&self, season: DayRange, seed: u64) -> PlanId {
        self.app.plan_season(&self.actor, SeasonRequest { season, seed }, Arc::default()).await.unwrap()
    }

    /// The plan as it is kept.
    pub async fn stored(&self, plan: PlanId) -> SeasonPlan {
        self.app.season(&self.actor, Some(plan)).await.unwrap().plan.unwrap()
    }
}

/// The version that a change made.
pub fn made(became: Replanned) -> PlanId {
    match became {
        Replanned::Made(plan) => plan,
        other => panic!("{other:?}"),
    }
}

/// Paths of files of the shared data; `None` (said aloud) where it is absent, which fails where it must not be.
pub fn shared_files(folder: &str, names: &[&str]) -> Option<Vec<String>> {
    let place = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder);
    if !place.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "{} is needed here", place.display());
        println!("skipped: {} is not here", place.display());
        return None;
    }
    Some(names.iter().map(|name| place.join(name).to_string_lossy().into_owned()).collect())
}

/// Reads files.
pub fn read(paths: &[&str]) -> Vec<ImportFile> {
    let file = |path: &&str| ImportFile {
        name: PathBuf::from(path).file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(path).unwrap(),
    };
    paths.iter().map(file).collect()
}
