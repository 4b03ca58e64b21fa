//! Shapes of small things: numbers as they are, days as `2026-02-03`, time in minutes, money in ten-thousandths.

use serde::{Deserialize, Serialize};
use spelplan_facts::{
    Band, CategoryId, ContactId, Day, DayRange, Minutes, Money, Month, PamId, PartnerId, Place, PlanId, Point,
    Precision, Share, TimeOfDay, WeekHours, Window,
};

use super::{Broken, Document, documents};

macro_rules! as_they_are {
    ($($type:ty),+) => {$(
        impl Document for $type {
            type Kept = $type;
            fn keep(&self) -> $type {
                self.clone()
            }
            fn read(kept: $type) -> Result<Self, Broken> {
                Ok(kept)
            }
        }
    )+};
}
as_they_are!(bool, f64, i32, i64, u32, u64, usize, String);

macro_rules! as_inner {
    ($($type:ident($inner:ty)),+ $(,)?) => {$(
        impl Document for $type {
            type Kept = $inner;
            fn keep(&self) -> $inner {
                self.0
            }
            fn read(kept: $inner) -> Result<Self, Broken> {
                Ok($type(kept))
            }
        }
    )+};
}
as_inner!(
    PartnerId(i64),
    ContactId(i64),
    PamId(i64),
    CategoryId(i64),
    PlanId(i64),
    Money(i64),
    Minutes(i32),
    TimeOfDay(i32),
    Month(i32),
    Share(f64),
);

impl<T: Document> Document for Vec<T> {
    type Kept = Vec<T::Kept>;
    fn keep(&self) -> Self::Kept {
        self.iter().map(T::keep).collect()
    }
    fn read(kept: Self::Kept) -> Result<Self, Broken> {
        kept.into_iter().map(T::read).collect()
    }
}

impl<T: Document> Document for Option<T> {
    type Kept = Option<T::Kept>;
    fn keep(&self) -> Self::Kept {
        self.as_ref().map(T::keep)
    }
    fn read(kept: Self::Kept) -> Result<Self, Broken> {
        kept.map(T::read).transpose()
    }
}

impl Document for Day {
    type Kept = String;
    fn keep(&self) -> String {
        self.to_string()
    }
    fn read(kept: String) -> Result<Day, Broken> {
        Day::parse(&kept).ok_or_else(|| Broken(format!("{kept} is not a day")))
    }
}

impl Document for Precision {
    type Kept = String;
    fn keep(&self) -> String {
        match self {
            Precision::Given => "given".to_owned(),
            Precision::Town => "town".to_owned(),
        }
    }
    fn read(kept: String) -> Result<Precision, Broken> {
        match kept.as_str() {
            "given" => Ok(Precision::Given),
            "town" => Ok(Precision::Town),
            other => Err(Broken(format!("{other} is not a precision"))),
        }
    }
}

impl Document for WeekHours {
    type Kept = Vec<Vec<WindowKept>>;
    fn keep(&self) -> Self::Kept {
        self.0.iter().map(Document::keep).collect()
    }
    fn read(kept: Self::Kept) -> Result<WeekHours, Broken> {
        let days: Vec<Vec<Window>> = Document::read(kept)?;
        days.try_into().map(WeekHours).map_err(|_| Broken("a week has seven days".to_owned()))
    }
}

/// Opens and closes, in minutes since midnight.
#[derive(Serialize, Deserialize)]
pub(crate) struct WindowKept(i32, i32);

impl Document for Window {
    type Kept = WindowKept;
    fn keep(&self) -> WindowKept {
        WindowKept(self.from.0, self.to.0)
    }
    fn read(kept: WindowKept) -> Result<Window, Broken> {
        Ok(Window { from: TimeOfDay(kept.0), to: TimeOfDay(kept.1) })
    }
}

documents! {
    DayRangeKept = DayRange { from: Day, to: Day }
    PointKept = Point { lat: f64, lon: f64 }
    PlaceKept = Place { point: Point, precision: Precision }
    BandKept = Band { low: Money, value: Money, high: Money }
}
