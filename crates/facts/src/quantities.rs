//! Quantities that carry their unit: money, minutes, shares. Bare numbers live only inside `lib/`.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// An amount in the database's one currency, in ten-thousandths of its unit (1 kr = 10 000).
///
/// Four decimals because real ledgers carry them: AdventureWorks' 60,855 lines rounded to whole cents
/// miss its total by 4.92 USD. Sums are exact; rounding happens once, when a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(pub i64);

impl Money {
    /// Parts of one currency unit.
    pub const SCALE: i64 = 10_000;
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// Whole currency units (kronor, dollars).
    pub const fn whole(units: i64) -> Money {
        Money(units * Self::SCALE)
    }

    /// From a floating amount in currency units, rounded to the nearest ten-thousandth; not a number becomes zero.
    pub fn from_units(units: f64) -> Money {
        Money((units * Self::SCALE as f64).round() as i64)
    }

    /// As a floating amount in currency units.
    pub fn units(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }

    /// Rounded to hundredths (öre, cents), half away from zero.
    pub fn hundredths(self) -> i64 {
        let half = if self.0 < 0 { -50 } else { 50 };
        (self.0 + half) / 100
    }

    /// The part of this amount.
    pub fn part(self, share: Share) -> Money {
        self * share.0
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}
impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}
impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}
impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}
impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        self.0 -= other.0;
    }
}
impl Mul<f64> for Money {
    type Output = Money;
    fn mul(self, factor: f64) -> Money {
        Money((self.0 as f64 * factor).round() as i64)
    }
}
impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(iter: I) -> Money {
        iter.fold(Money::ZERO, Add::add)
    }
}

/// A length of time in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Minutes(pub i32);

impl Minutes {
    /// No time.
    pub const ZERO: Minutes = Minutes(0);

    /// Whole hours.
    pub const fn hours(hours: i32) -> Minutes {
        Minutes(hours * 60)
    }

    /// As a floating number of hours.
    pub fn as_hours(self) -> f64 {
        f64::from(self.0) / 60.0
    }
}
impl Add for Minutes {
    type Output = Minutes;
    fn add(self, other: Minutes) -> Minutes {
        Minutes(self.0 + other.0)
    }
}
impl Sub for Minutes {
    type Output = Minutes;
    fn sub(self, other: Minutes) -> Minutes {
        Minutes(self.0 - other.0)
    }
}
impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Minutes) {
        self.0 += other.0;
    }
}
impl Sum for Minutes {
    fn sum<I: Iterator<Item = Minutes>>(iter: I) -> Minutes {
        iter.fold(Minutes::ZERO, Add::add)
    }
}

/// A time of day in minutes since midnight, local to where it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TimeOfDay(pub i32);

impl TimeOfDay {
    /// Hours and minutes, for example `TimeOfDay::at(9, 30)`.
    pub const fn at(hour: i32, minute: i32) -> TimeOfDay {
        TimeOfDay(hour * 60 + minute)
    }
}
impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
impl Add<Minutes> for TimeOfDay {
    type Output = TimeOfDay;
    fn add(self, length: Minutes) -> TimeOfDay {
        TimeOfDay(self.0 + length.0)
    }
}
impl Sub for TimeOfDay {
    type Output = Minutes;
    fn sub(self, earlier: TimeOfDay) -> Minutes {
        Minutes(self.0 - earlier.0)
    }
}

/// A part of a whole; 0.25 is a quarter. May exceed 1 or be negative where the whole allows it (a margin at a loss).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Share(pub f64);

impl Share {
    /// Nothing of it.
    pub const ZERO: Share = Share(0.0);

    /// The part `amount` is of `whole`; `None` where the whole is zero.
    pub fn of(amount: Money, whole: Money) -> Option<Share> {
        (whole.0 != 0).then(|| Share(amount.0 as f64 / whole.0 as f64))
    }
}

/// An estimate with its 80 % interval: the value and what it may well be instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Band {
    /// One in ten is lower.
    pub low: Money,
    /// The estimate itself.
    pub value: Money,
    /// One in ten is higher.
    pub high: Money,
}

impl Band {
    /// A part of it, the part taken as known.
    pub fn part(self, share: f64) -> Band {
        Band { low: self.low * share, value: self.value * share, high: self.high * share }
    }

    /// It less an amount that is known.
    pub fn less(self, cost: Money) -> Band {
        Band { low: self.low - cost, value: self.value - cost, high: self.high - cost }
    }

    /// What is left of a known amount without it.
    pub fn taken_from(self, amount: Money) -> Band {
        Band { low: amount - self.high, value: amount - self.value, high: amount - self.low }
    }
}

impl Add for Band {
    type Output = Band;
    /// As if both were wrong in the same direction: the widest that the sum can be.
    fn add(self, other: Band) -> Band {
        Band { low: self.low + other.low, value: self.value + other.value, high: self.high + other.high }
    }
}

/// A point on the earth in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}
