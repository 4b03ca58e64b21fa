//! Occasions that call for a touch whatever the relationship's own clock says: promises, contracts that expire, a rebate
//! tier within reach, certificates that lapse. Each asks at a few moments, and is quiet once somebody has been in touch.

use spelplan_facts::{Business, BusinessRecord, Day, Facts, MeetingState, Money, PartnerId, Side};

use crate::due::Why;

/// Days before a promise of ours that it begins to show.
const BEFORE_PROMISE: i32 = 3;
/// Days after which somebody is reminded of a promise again.
const REMINDED: i32 = 14;
/// Days before a contract's end at which it asks.
const CONTRACT: [i32; 3] = [90, 30, 7];
/// Days before a period's end at which a rebate tier within reach asks.
const TIER: [i32; 2] = [45, 14];
/// Days before a certificate lapses at which it asks.
const CERTIFICATE: [i32; 2] = [90, 30];
/// What is missing to a tier is within reach where it is at most this part of it.
const WITHIN_REACH: f64 = 0.25;

/// Promises of a partner that call for a touch, with the day each does.
pub(crate) fn promises(facts: &Facts, partner: PartnerId, last: Option<Day>, today: Day) -> Vec<(Day, Why)> {
    let own = facts.meetings.iter().filter(|meeting| meeting.plan().partner == partner);
    let outcomes = own.filter_map(|meeting| match &meeting.state {
        MeetingState::Held(_, outcome) => Some(outcome),
        _ => None,
    });
    let open = outcomes.flat_map(|outcome| &outcome.commitments).filter(|one| one.done.is_none());
    let due = open.filter_map(|one| {
        let day = match one.side {
            // Ours stays until somebody marks it as kept; a word in between does not keep it.
            Side::Ours => one.by.plus(-BEFORE_PROMISE),
            Side::Theirs => last.map_or(one.by, |last| if last >= one.by { last.plus(REMINDED) } else { one.by }),
        };
        let why = Why::Promise { side: one.side, who: one.who.clone(), what: one.what.clone(), by: one.by };
        (day <= today).then_some((day, why))
    });
    due.collect()
}

/// What a partner's own business gives occasion for, with the day it does.
pub(crate) fn business(records: &[&BusinessRecord], last: Option<Day>, today: Day) -> Vec<(Day, Why)> {
    let renewed = |number: &str| {
        records.iter().any(|one| matches!(&one.what, Business::Contract(contract) if contract.renews == number))
    };
    let occasion = |record: &&BusinessRecord| match &record.what {
        Business::Contract(contract) if !renewed(&contract.number) => asking(&CONTRACT, contract.ends, last, today)
            .map(|day| {
                let (number, value) = (contract.number.clone(), contract.annual_value);
                (day, Why::Contract { number, ends: contract.ends, value })
            }),
        Business::Rebate(rebate) => {
            let missing = rebate.next_tier_at.map(|tier| (tier - rebate.counted, tier));
            let near = missing
                .filter(|(missing, tier)| *missing > Money::ZERO && missing.units() <= WITHIN_REACH * tier.units());
            let day = near.and_then(|_| asking(&TIER, rebate.period.to, last, today));
            let brings = rebate.next_tier_rebate.map(|rebate_then| rebate_then - rebate.earned);
            day.zip(near).map(|(day, (missing, _))| (day, Why::Tier { missing, ends: rebate.period.to, brings }))
        }
        Business::Certificate(certificate) => certificate.valid_until.and_then(|until| {
            let day = asking(&CERTIFICATE, until, last, today)?;
            Some((day, Why::Certificate { name: certificate.name.clone(), until }))
        }),
        _ => None,
    };
    records.iter().filter_map(occasion).collect()
}

/// The latest moment before an end that has come, where nobody has been in touch since; nothing once the end has passed.
fn asking(moments: &[i32], end: Day, last: Option<Day>, today: Day) -> Option<Day> {
    if end < today {
        return None;
    }
    let come = moments.iter().map(|before| end.plus(-before)).filter(|day| *day <= today).max()?;
    last.is_none_or(|last| last < come).then_some(come)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days until the end, days since the last touch, and whether it asks.
    fn check(left: i32, touched: Option<i32>, asks: bool) {
        let today = Day::new(2026, 5, 4).expect("a day");
        let last = touched.map(|days| today.plus(-days));
        assert_eq!(
            asking(&CONTRACT, today.plus(left), last, today).is_some(),
            asks,
            "{left} left, touched {touched:?}"
        );
    }

    #[test]
    fn an_end_asks_at_its_moments_and_is_quiet_once_somebody_was_in_touch() {
        check(120, None, false);
        check(90, None, true);
        check(60, Some(40), true);
        check(60, Some(10), false);
        check(29, Some(10), true);
        check(20, Some(5), false);
        check(0, Some(1), false);
        check(0, Some(8), true);
        check(-1, None, false);
    }
}
