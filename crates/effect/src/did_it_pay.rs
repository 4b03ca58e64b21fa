//! Did it pay? One of five answers, from an interval and a cost, after everything that forbids an answer.

use spelplan_facts::{Band, Money, Text};

/// Width of an 80 % interval as a part of a 95 % one, by the normal distribution; with few clusters it is on the wide side.
const OF_NINETY_FIVE: f64 = 1.281_551_565_544_600_4 / 1.959_963_984_540_054;

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DidItPay {
    /// Even the lower end of the interval covers the cost.
    Paid,
    /// Margin came in for certain; whether it covers the cost is open.
    CostOpen,
    /// Anything from nothing to more than the cost fits.
    Unsettled,
    /// Even the upper end does not cover the cost.
    DidNotPay,
    /// A rule forbids an answer.
    CannotTell,
}

/// How well it is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// By lottery.
    A,
    /// By comparison over time, with nothing against it.
    B,
    /// A forecast, or a comparison with a warning.
    C,
    /// Context only: not evidence.
    D,
}

/// What visits brought in, with the interval that holds the truth 95 times of 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BroughtIn {
    /// Lower end.
    pub low: Money,
    /// The figure.
    pub value: Money,
    /// Upper end.
    pub high: Money,
}

/// Return on what was spent: 0.5 brings back the cost and half as much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Return {
    /// Lower end.
    pub low: f64,
    /// The figure.
    pub value: f64,
    /// Upper end.
    pub high: f64,
}

impl DidItPay {
    /// By the interval and the cost alone.
    pub fn of(brought: BroughtIn, cost: Money) -> DidItPay {
        let BroughtIn { low, value, high } = brought;
        match () {
            () if high < cost => DidItPay::DidNotPay,
            () if low > cost => DidItPay::Paid,
            () if low > Money::ZERO && value > cost => DidItPay::CostOpen,
            () => DidItPay::Unsettled,
        }
    }

    /// The same, and it must not hang on one partner: `shift` is how far the figure may move when the one that matters most is
    /// left out. Where that would change a firm answer, the open one is given.
    pub fn that_stands(brought: BroughtIn, cost: Money, shift: Money) -> DidItPay {
        let moved = |by: Money| {
            DidItPay::of(BroughtIn { low: brought.low + by, value: brought.value + by, high: brought.high + by }, cost)
        };
        let (told, less, more) = (DidItPay::of(brought, cost), moved(-shift), moved(shift));
        match told {
            DidItPay::Paid => less,
            DidItPay::DidNotPay => more,
            DidItPay::CostOpen if less == DidItPay::Unsettled => less,
            other => other,
        }
    }

    /// Stable word for programs.
    pub fn word(self) -> &'static str {
        match self {
            DidItPay::Paid => "paid",
            DidItPay::CostOpen => "brought_in_cost_open",
            DidItPay::Unsettled => "unsettled",
            DidItPay::DidNotPay => "did_not_pay",
            DidItPay::CannotTell => "cannot_tell",
        }
    }

    /// In a word or two.
    pub fn title(self) -> Text {
        match self {
            DidItPay::Paid => Text { sv: "Lönade sig", en: "Paid" },
            DidItPay::CostOpen => Text { sv: "Gav intäkter, kostnaden öppen", en: "Brought in, cost open" },
            DidItPay::Unsettled => Text { sv: "Inte avgjort", en: "Unsettled" },
            DidItPay::DidNotPay => Text { sv: "Lönade sig inte", en: "Did not pay" },
            DidItPay::CannotTell => Text { sv: "Går inte att säga", en: "Cannot tell" },
        }
    }
}

impl Grade {
    /// The letter.
    pub fn letter(self) -> &'static str {
        match self {
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
            Grade::D => "D",
        }
    }

    /// What the letter means.
    pub fn text(self) -> Text {
        match self {
            Grade::A => Text { sv: "visat genom lottning", en: "proven by lottery" },
            Grade::B => Text {
                sv: "visat genom jämförelse med partner som inte besöktes",
                en: "proven by comparison with partners that were not visited",
            },
            Grade::C => Text { sv: "en jämförelse med förbehåll", en: "a comparison with a reservation" },
            Grade::D => Text { sv: "sammanhang, inget bevis", en: "context, not evidence" },
        }
    }
}

impl BroughtIn {
    /// From a value and its interval in units of money.
    pub fn new(value: f64, (low, high): (f64, f64)) -> BroughtIn {
        BroughtIn { low: Money::from_units(low), value: Money::from_units(value), high: Money::from_units(high) }
    }

    /// Return on that cost, taken as known; none where nothing was spent.
    pub fn on(&self, cost: Money) -> Option<Return> {
        let of = |brought: Money| brought.units() / cost.units() - 1.0;
        (cost > Money::ZERO).then(|| Return { low: of(self.low), value: of(self.value), high: of(self.high) })
    }
}

impl BroughtIn {
    /// The same with the interval that holds the truth 80 times of 100: its lower end is what finance may book.
    pub fn eighty(&self) -> Band {
        let end = |end: Money| self.value + (end - self.value) * OF_NINETY_FIVE;
        Band { low: end(self.low), value: self.value, high: end(self.high) }
    }
}

impl Return {
    /// Return of a band on a cost taken as known; none where nothing was spent.
    pub fn of(band: Band, cost: Money) -> Option<Return> {
        BroughtIn { low: band.low, value: band.value, high: band.high }.on(cost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought((low, value, high): (i64, i64, i64)) -> BroughtIn {
        BroughtIn { low: Money::whole(low), value: Money::whole(value), high: Money::whole(high) }
    }

    /// Interval, cost, by how much the one partner that counts most moves it, and what is told.
    type Case = ((i64, i64, i64), i64, i64, DidItPay);

    fn check(cases: &[Case]) {
        for &(interval, cost, shift, expected) in cases {
            let told = DidItPay::that_stands(brought(interval), Money::whole(cost), Money::whole(shift));
            assert_eq!(told, expected, "{interval:?} against {cost}, one moves it by {shift}");
        }
    }

    #[test]
    fn the_interval_and_the_cost_decide() {
        check(&[
            ((110, 150, 190), 100, 0, DidItPay::Paid),
            ((10, 150, 290), 100, 0, DidItPay::CostOpen),
            ((-40, 60, 160), 100, 0, DidItPay::Unsettled),
            ((-40, 20, 80), 100, 0, DidItPay::DidNotPay),
            ((-90, -50, -10), 100, 0, DidItPay::DidNotPay),
            // Margin for certain, and more likely than not less than the cost: not settled, and not said to be near.
            ((10, 60, 110), 100, 0, DidItPay::Unsettled),
        ]);
    }

    #[test]
    fn one_partner_does_not_make_the_answer() {
        check(&[
            ((110, 150, 190), 100, 9, DidItPay::Paid),
            ((110, 150, 190), 100, 20, DidItPay::CostOpen),
            ((-40, 20, 80), 100, 30, DidItPay::Unsettled),
            ((10, 150, 290), 100, 15, DidItPay::Unsettled),
        ]);
    }

    #[test]
    fn the_return_is_of_what_was_spent() {
        let on = brought((50, 150, 250)).on(Money::whole(100)).expect("a cost");
        assert_eq!((on.low, on.value, on.high), (-0.5, 0.5, 1.5));
        assert_eq!(brought((50, 150, 250)).on(Money::ZERO), None);
    }
}
