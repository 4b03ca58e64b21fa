//! England's bank holidays, with the ones moved or added by proclamation.

use super::Country;
use super::rule::Lieu::{Monday, TwoLater};
use super::rule::When::{Easter, Fixed, From, Once};
use super::rule::{WINTER_EVES, between, moved, yearly};

pub(super) static ENGLAND: Country = Country {
    code: "GB",
    closed: &[
        moved("New Year's Day", "nyårsdagen", Fixed(1, 1), Monday),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        between("May Day", "majhelgen", From(5, 1, 0), (i16::MIN, 2019)),
        between("May Day", "majhelgen", From(5, 1, 0), (2021, i16::MAX)),
        between("Spring Bank Holiday", "vårhelgen", From(5, 25, 0), (i16::MIN, 2011)),
        between("Spring Bank Holiday", "vårhelgen", From(5, 25, 0), (2013, 2021)),
        between("Spring Bank Holiday", "vårhelgen", From(5, 25, 0), (2023, i16::MAX)),
        yearly("Late Summer Bank Holiday", "sensommarhelgen", From(8, 25, 0)),
        moved("Christmas Day", "juldagen", Fixed(12, 25), TwoLater),
        moved("Boxing Day", "annandag jul", Fixed(12, 26), TwoLater),
        yearly("a royal wedding", "ett kungligt bröllop", Once(2011, 4, 29)),
        yearly("Spring Bank Holiday", "vårhelgen", Once(2012, 6, 4)),
        yearly("Diamond Jubilee", "diamantjubileet", Once(2012, 6, 5)),
        yearly("Early May Bank Holiday (VE Day)", "majhelgen (segerdagen)", Once(2020, 5, 8)),
        yearly("Spring Bank Holiday", "vårhelgen", Once(2022, 6, 2)),
        yearly("Platinum Jubilee", "platinajubileet", Once(2022, 6, 3)),
        yearly("a state funeral", "en statsbegravning", Once(2022, 9, 19)),
        yearly("the Coronation", "kröningen", Once(2023, 5, 8)),
    ],
    half: &WINTER_EVES,
    industrial: None,
};
