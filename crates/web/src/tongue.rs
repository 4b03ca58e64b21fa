//! A page's tongue: words, numbers, money, time and days said in one language and one currency.

use spelplan_facts::{Band, Day, Language, Minutes, Money, Month, Share, Text};

use crate::{language, numbers};

/// A value or a reference to one, however deep: templates hand over either.
pub(crate) trait Given<T> {
    /// The value itself.
    fn given(&self) -> T;
}

impl<T, G: Given<T>> Given<T> for &G {
    fn given(&self) -> T {
        (**self).given()
    }
}

macro_rules! given {
    ($($from:ty => $to:ty),+ $(,)?) => {$(
        impl Given<$to> for $from {
            fn given(&self) -> $to {
                <$to>::try_from(*self).unwrap_or_default()
            }
        }
    )+};
}

macro_rules! given_itself {
    ($($kind:ty),+ $(,)?) => {$(
        impl Given<$kind> for $kind {
            fn given(&self) -> $kind {
                *self
            }
        }
    )+};
}

given!(i64 => i64, i32 => i64, u32 => i64, u64 => i64, usize => i64);
given_itself!(f64, Money, Minutes, Share, Band, Day, Month, Text);

/// Says things to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tongue(pub Language);

const WEEKDAYS: [Text; 7] = [
    Text { sv: "mån", en: "Mon" },
    Text { sv: "tis", en: "Tue" },
    Text { sv: "ons", en: "Wed" },
    Text { sv: "tor", en: "Thu" },
    Text { sv: "fre", en: "Fri" },
    Text { sv: "lör", en: "Sat" },
    Text { sv: "sön", en: "Sun" },
];

const MONTHS: [Text; 12] = [
    Text { sv: "jan", en: "Jan" },
    Text { sv: "feb", en: "Feb" },
    Text { sv: "mar", en: "Mar" },
    Text { sv: "apr", en: "Apr" },
    Text { sv: "maj", en: "May" },
    Text { sv: "jun", en: "Jun" },
    Text { sv: "jul", en: "Jul" },
    Text { sv: "aug", en: "Aug" },
    Text { sv: "sep", en: "Sep" },
    Text { sv: "okt", en: "Oct" },
    Text { sv: "nov", en: "Nov" },
    Text { sv: "dec", en: "Dec" },
];

impl Tongue {
    /// The same words in Swedish and English, beside where they stand.
    pub fn say<'a>(&self, sv: &'a str, en: &'a str) -> &'a str {
        match self.0 {
            Language::Swedish => sv,
            Language::English => en,
        }
    }

    /// Words that a thing carries itself.
    pub fn text(&self, text: impl Given<Text>) -> &'static str {
        text.given().in_language(self.0)
    }

    /// The language's tag.
    pub fn code(&self) -> &'static str {
        language::code(self.0)
    }

    /// The other language's tag and its name in itself.
    pub fn other(&self) -> (&'static str, &'static str) {
        match self.0 {
            Language::Swedish => ("en", "English"),
            Language::English => ("sv", "Svenska"),
        }
    }

    /// A whole number, grouped.
    pub fn count(&self, number: impl Given<i64>) -> String {
        numbers::written(self.0, number.given(), 0)
    }

    /// A measured number with that many decimals.
    pub fn number(&self, number: impl Given<f64>, decimals: u8) -> String {
        numbers::measured(self.0, number.given(), decimals)
    }

    /// Money that is known, in whole units.
    pub fn money(&self, money: impl Given<Money>) -> String {
        numbers::measured(self.0, money.given().units(), 0)
    }

    /// Money that is known, with its cents.
    pub fn cents(&self, money: impl Given<Money>) -> String {
        numbers::written(self.0, money.given().hundredths(), 2)
    }

    /// Money that is estimated: three figures.
    pub fn about(&self, money: impl Given<Money>) -> String {
        numbers::estimated(self.0, money.given())
    }

    /// The interval of an estimate.
    pub fn between(&self, band: impl Given<Band>) -> String {
        let band = band.given();
        format!("{}–{}", self.about(band.low), self.about(band.high))
    }

    /// A currency as people write it after an amount.
    pub fn unit(&self, currency: &str) -> String {
        let crown = currency == "SEK" && self.0 == Language::Swedish;
        if crown { "kr".to_owned() } else { currency.to_owned() }
    }

    /// A share in per cent: whole from ten per cent on, one decimal below.
    pub fn percent(&self, share: impl Given<Share>) -> String {
        let percent = share.given().0 * 100.0;
        let decimals = u8::from(percent.abs() < 9.95 && percent.abs() >= 0.05);
        let number = numbers::measured(self.0, percent, decimals);
        format!("{number}{}", self.say("\u{a0}%", "%"))
    }

    /// A part of a whole, in whole per cent.
    pub fn part(&self, part: impl Given<f64>) -> String {
        self.percent(Share((part.given() * 100.0).round() / 100.0))
    }

    /// A length of time in hours and minutes.
    pub fn time(&self, time: impl Given<Minutes>) -> String {
        let minutes = time.given().0;
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (hours, rest) {
            (0, rest) => format!("{rest}\u{a0}min"),
            (hours, 0) => format!("{hours}\u{a0}h"),
            (hours, rest) => format!("{hours}\u{a0}h\u{a0}{rest}\u{a0}min"),
        }
    }

    /// A length of time in whole hours.
    pub fn hours(&self, time: impl Given<Minutes>) -> String {
        format!("{}\u{a0}h", self.number(time.given().as_hours(), 0))
    }

    /// A distance.
    pub fn km(&self, km: impl Given<f64>) -> String {
        format!("{}\u{a0}km", self.number(km.given(), 0))
    }

    /// Short name of the weekday.
    pub fn weekday(&self, day: impl Given<Day>) -> &'static str {
        WEEKDAYS[day.given().weekday()].in_language(self.0)
    }

    /// Short name of the month.
    pub fn month(&self, month: impl Given<Month>) -> &'static str {
        let (_, month) = month.given().parts();
        MONTHS.get(month as usize - 1).map_or("", |name| name.in_language(self.0))
    }

    /// A day that may be unknown, and what to say when it is.
    pub fn day_or(&self, day: &Option<Day>, otherwise: &str) -> String {
        day.map_or_else(|| otherwise.to_owned(), |day| day.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_times_and_bands_read_as_people_write_them() {
        let (sv, en) = (Tongue(Language::Swedish), Tongue(Language::English));
        assert_eq!(sv.percent(Share(0.0058)), "0,6\u{a0}%");
        assert_eq!(en.percent(Share(0.4242)), "42%");
        assert_eq!(sv.time(Minutes(130)), "2\u{a0}h\u{a0}10\u{a0}min");
        assert_eq!(sv.time(Minutes(0)), "0\u{a0}min");
        let band = Band { low: Money::whole(1000), value: Money::whole(1500), high: Money::whole(2549) };
        assert_eq!(en.between(band), "1,000–2,550");
    }

    #[test]
    fn every_weekday_and_month_has_both_names() {
        let monday = Day::new(2026, 2, 2).unwrap();
        assert_eq!(Tongue(Language::Swedish).weekday(monday), "mån");
        assert_eq!(Tongue(Language::English).month(monday.month()), "Feb");
    }
}
