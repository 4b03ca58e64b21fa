//! Drive times that a map was asked for, kept by version and never changed; and the trips that PAMs wrote down.

use spelplan_facts::{Day, DriveSource, DriveTable, LoggedTrip, Measured, Minutes, PamId, Roads, Settings, Spot};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::statements::{
    ADD_DRIVE_TIMES, ADD_LOGGED_TRIPS, ADD_ROAD_VERSION, DRIVE_COUNTS, DRIVE_TIMES, LOGGED_TRIPS, ROAD_VERSION,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError, settings};

/// Rows handed to the engine at a time.
const CHUNK: usize = 10_000;

/// What a version of drive times holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DriveCounts {
    /// Pairs with a time.
    pub driven: usize,
    /// Pairs that need a ferry.
    pub ferry: usize,
    /// Pairs that could not be found out.
    pub unknown: usize,
}

impl Store {
    /// Decides whom drive times are asked of. The same source, address and content go on with their version unless `anew`.
    pub async fn decide_roads(
        &self,
        (source, address, made_of): (DriveSource, &str, &str),
        anew: bool,
        at: &str,
    ) -> Result<Roads, StoreError> {
        let mut transaction = self.write().await?;
        let mut decided = settings::decided(&mut transaction).await?.unwrap_or_default();
        decided.roads = if source == DriveSource::Estimated {
            Roads::default()
        } else {
            let version = version(&mut transaction, (source, address, made_of), anew, at).await?;
            Roads { source, address: address.to_owned(), version }
        };
        settings::decide(&mut transaction, &decided).await?;
        transaction.commit().await?;
        Ok(decided.roads)
    }

    /// Keeps what was found out under a version, on that day; what was known stays.
    pub async fn add_drives(
        &self,
        version: i64,
        found: &[((Spot, Spot), Measured)],
        day: Day,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        for chunk in found.chunks(CHUNK) {
            let mut rows = Vec::with_capacity(chunk.len() * ADD_DRIVE_TIMES.columns);
            for ((from, to), measured) in chunk {
                let (word, seconds, metres) = columns(*measured);
                rows.extend(binds![version, from.lat, from.lon, to.lat, to.lon, word, seconds, metres, day.number()]);
            }
            transaction.insert(&ADD_DRIVE_TIMES, &rows).await?;
        }
        transaction.commit().await
    }

    /// The times of the version that those settings name.
    pub async fn drives(&self, settings: &Settings) -> Result<DriveTable, StoreError> {
        table(&mut self.read().await?, &settings.roads).await
    }

    /// How much a version holds.
    pub async fn drive_counts(&self, version: i64) -> Result<DriveCounts, StoreError> {
        let rows: Vec<(String, i64)> = self.read().await?.all(DRIVE_COUNTS, &binds![version]).await?;
        let count = |word: &str| rows.iter().find(|row| row.0 == word).map_or(0, |row| row.1.max(0) as usize);
        Ok(DriveCounts { driven: count("drive"), ferry: count("ferry"), unknown: count("unknown") })
    }

    /// Keeps trips, each with its day; the same trip told twice is one.
    pub async fn log_trips(&self, trips: &[(LoggedTrip, Day)]) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let first = take(&mut transaction, "logged_trip", trips.len()).await?;
        let mut rows = Vec::with_capacity(trips.len() * ADD_LOGGED_TRIPS.columns);
        for ((trip, day), id) in trips.iter().zip(first..) {
            let (from, to) = (Spot::of(trip.from), Spot::of(trip.to));
            rows.extend(binds![id, trip.pam.0, day.number(), from.lat, from.lon, to.lat, to.lon, trip.time.0]);
        }
        transaction.insert(&ADD_LOGGED_TRIPS, &rows).await?;
        transaction.commit().await
    }

    /// Every logged trip.
    pub async fn logged_trips(&self) -> Result<Vec<LoggedTrip>, StoreError> {
        type Row = (i64, i32, i32, i32, i32, i32);
        let rows: Vec<Row> = self.read().await?.all(LOGGED_TRIPS, &[]).await?;
        let trip = |(pam, from_lat, from_lon, to_lat, to_lon, minutes): Row| LoggedTrip {
            pam: PamId(pam),
            from: Spot { lat: from_lat, lon: from_lon }.point(),
            to: Spot { lat: to_lat, lon: to_lon }.point(),
            time: Minutes(minutes),
        };
        Ok(rows.into_iter().map(trip).collect())
    }
}

async fn version(
    transaction: &mut Transaction,
    (source, address, made_of): (DriveSource, &str, &str),
    anew: bool,
    at: &str,
) -> Result<i64, StoreError> {
    let known: Option<(i64,)> = transaction.first(ROAD_VERSION, &binds![source.code(), address, made_of]).await?;
    if let Some((known,)) = known.filter(|_| !anew) {
        return Ok(known);
    }
    let id = take(transaction, "road_version", 1).await?;
    transaction.insert(&ADD_ROAD_VERSION, &binds![id, source.code(), address, made_of, at]).await?;
    Ok(id)
}

/// The times of a version; none where nobody is asked.
pub(crate) async fn table(transaction: &mut Transaction, roads: &Roads) -> Result<DriveTable, StoreError> {
    if roads.source == DriveSource::Estimated {
        return Ok(DriveTable::default());
    }
    let rows: Vec<DriveRow> = transaction.all(DRIVE_TIMES, &binds![roads.version]).await?;
    let known = rows.into_iter().map(DriveRow::known).collect::<Result<Vec<_>, _>>()?;
    Ok(DriveTable::new(roads.source, known))
}

fn columns(measured: Measured) -> (&'static str, Option<i64>, Option<i64>) {
    match measured {
        Measured::Drive { seconds, metres } => ("drive", Some(i64::from(seconds)), Some(i64::from(metres))),
        Measured::NeedsFerry => ("ferry", None, None),
        Measured::Unknown => ("unknown", None, None),
    }
}

#[derive(FromRow)]
struct DriveRow {
    from_lat: i32,
    from_lon: i32,
    to_lat: i32,
    to_lon: i32,
    measured: String,
    seconds: Option<i64>,
    metres: Option<i64>,
}

impl DriveRow {
    fn known(self) -> Result<((Spot, Spot), Measured), StoreError> {
        let from = Spot { lat: self.from_lat, lon: self.from_lon };
        let to = Spot { lat: self.to_lat, lon: self.to_lon };
        let figure = |figure: Option<i64>| figure.and_then(|figure| u32::try_from(figure).ok());
        let measured = match (self.measured.as_str(), figure(self.seconds), figure(self.metres)) {
            ("drive", Some(seconds), Some(metres)) => Measured::Drive { seconds, metres },
            ("ferry", _, _) => Measured::NeedsFerry,
            ("unknown", _, _) => Measured::Unknown,
            (word, _, _) => {
                let (what, cause) = ("a drive time".to_owned(), format!("{word} is none, or its figures are missing"));
                return Err(StoreError::Unreadable { what, cause });
            }
        };
        Ok(((from, to), measured))
    }
}
