//! Trips from a file: `pam,from_lat,from_lon,to_lat,to_lon,minutes,day`, or partners' numbers and `home` in place of the
//! coordinates (`pam,from,to,minutes,day`).

use async_recursion::async_recursion as boxed;
use std::collections::HashMap;

use spelplan_facts::{Day, DriveFactor, Facts, LoggedTrip, Minutes, Point};

use crate::access::Actor;
use crate::{App, AppError, ErrorKind};

/// What came of a file of trips.
#[derive(Debug, Clone, PartialEq)]
pub struct TripsRead {
    /// Trips in the file that could be read.
    pub read: usize,
    /// Rows that could not.
    pub wrong: Vec<WrongTrip>,
    /// What all trips told so far say of the times.
    pub factors: Vec<(String, DriveFactor)>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongTrip {
    /// Line in the file, the header being 1.
    pub line: u64,
    /// Column.
    pub column: &'static str,
    /// What stands there.
    pub cell: String,
}

/// Longest drive that is believed, in minutes.
const LONGEST: i32 = 1_440;

impl App {
    /// Takes in trips that PAMs drove and learns from all of them; plans made from now on use what was learned.
    #[boxed]
    pub async fn log_trips(&self, actor: &Actor, file: &[u8]) -> Result<TripsRead, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let (trips, wrong) = read(&snapshot.facts, file)?;
        self.store.log_trips(&trips).await?;
        let all = self.store.logged_trips().await?;
        let (kept, facts) = (snapshot.clone(), all);
        let learned = tokio::task::spawn_blocking(move || spelplan_field::drive_factors(&kept.facts, &facts));
        let mut settings = self.store.settings().await?;
        settings.drive_factors = learned.await.map_err(|panic| AppError::died(&panic))?;
        self.store.save_settings(&settings).await?;
        let factors = self.roads(actor).await?.factors;
        Ok(TripsRead { read: trips.len(), wrong, factors })
    }
}

type Read = (Vec<(LoggedTrip, Day)>, Vec<WrongTrip>);

fn read(facts: &Facts, file: &[u8]) -> Result<Read, AppError> {
    let text = String::from_utf8_lossy(file);
    let separator = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers: HashMap<String, usize> = reader
        .headers()
        .map_err(|error| no_trips(&error.to_string()))?
        .iter()
        .enumerate()
        .map(|(at, name)| (name.trim_start_matches('\u{feff}').to_lowercase(), at))
        .collect();
    let missing = ["pam", "minutes", "day"].into_iter().find(|name| !headers.contains_key(*name));
    if let Some(missing) = missing {
        return Err(no_trips(&format!("the column {missing} is missing")));
    }
    let (mut trips, mut wrong) = (Vec::new(), Vec::new());
    for (at, row) in reader.records().enumerate() {
        let row = row.map_err(|error| no_trips(&error.to_string()))?;
        let cell = |name: &str| headers.get(name).and_then(|at| row.get(*at)).unwrap_or_default().to_owned();
        let line = row.position().map_or(at as u64 + 2, csv::Position::line);
        match trip(facts, &cell) {
            Ok(trip) => trips.push(trip),
            Err(column) => wrong.push(WrongTrip { line, column, cell: cell(column) }),
        }
    }
    Ok((trips, wrong))
}

/// One trip; the error is the column that cannot be read.
fn trip(facts: &Facts, cell: &impl Fn(&str) -> String) -> Result<(LoggedTrip, Day), &'static str> {
    let told = cell("pam");
    let pam = facts.pams.iter().find(|pam| pam.key == told || pam.name == told).ok_or("pam")?;
    let place = |side: &'static str, lat: &str, lon: &str| {
        let number = |name: &str| cell(name).replace(',', ".").parse::<f64>().ok();
        if let Some((lat, lon)) = number(lat).zip(number(lon)) {
            return (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Point { lat, lon }).ok_or(side);
        }
        let told = cell(side);
        if told.eq_ignore_ascii_case("home") || told.eq_ignore_ascii_case("hem") {
            return pam.home.map(|home| home.point).ok_or(side);
        }
        let partner = facts.partners.iter().find(|partner| partner.key == told);
        partner.and_then(|partner| partner.place).map(|place| place.point).ok_or(side)
    };
    let (from, to) = (place("from", "from_lat", "from_lon")?, place("to", "to_lat", "to_lon")?);
    let minutes = cell("minutes").parse::<i32>().ok().filter(|minutes| (1..=LONGEST).contains(minutes));
    let day = Day::parse(&cell("day")).ok_or("day")?;
    Ok((LoggedTrip { pam: pam.id, from, to, time: Minutes(minutes.ok_or("minutes")?) }, day))
}

fn no_trips(cause: &str) -> AppError {
    let en = format!(
        "the file of trips cannot be read: {cause}. It needs the columns pam, from, to, minutes and day; from and to are \
         partners' numbers or `home`"
    );
    let sv = format!(
        "filen med resor går inte att läsa: {cause}. Den behöver kolumnerna pam, from, to, minutes och day; from och to är \
         partners nummer eller `home`"
    );
    AppError::own("A164", ErrorKind::Refused, en, sv)
}
