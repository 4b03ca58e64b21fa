//! How a year's margin lies over its months: a season index from the company's own monthly revenue, smoothed.

use spelplan_facts::{Day, Facts, Month};
use spelplan_focus::stock::DAYS_A_MONTH;

/// Years of even sales that are added to what is known, so that one odd year does not make a season.
const EVEN_YEARS: f64 = 1.0;

/// Share of a year's sales that falls in each of the months from `today` on; any twelve in a row sum to 1.
pub fn season_index(facts: &Facts, today: Day, months: usize) -> Vec<f64> {
    let year = by_calendar_month(facts, today.month());
    let calendar = |month: usize| {
        let middle = today.plus(((month as f64 + 0.5) * DAYS_A_MONTH) as i32).month();
        year[middle.0.rem_euclid(12) as usize]
    };
    let mut index: Vec<f64> = (0..months.max(12)).map(calendar).collect();
    let sum: f64 = index[..12].iter().sum();
    index.iter_mut().for_each(|share| *share /= sum);
    index.truncate(months);
    index
}

/// January to December: the shares of whole years of twelve months before this month, drawn toward an even year and
/// smoothed over neighbouring months (1-2-1).
fn by_calendar_month(facts: &Facts, now: Month) -> [f64; 12] {
    let mut shares = [EVEN_YEARS / 12.0; 12];
    let mut years = EVEN_YEARS;
    for back in 1..=3 {
        let first = Month(now.0 - 12 * back);
        let mut sold = [0.0; 12];
        for sale in &facts.sales.by_month {
            if (0..12).contains(&(sale.month.0 - first.0)) {
                sold[sale.month.0.rem_euclid(12) as usize] += sale.revenue.units();
            }
        }
        let sum: f64 = sold.iter().sum();
        if sum > 0.0 && sold.iter().filter(|month| **month > 0.0).count() == 12 {
            shares.iter_mut().zip(sold).for_each(|(share, sold)| *share += sold / sum);
            years += 1.0;
        }
    }
    let share = |month: usize| shares[month % 12] / years;
    std::array::from_fn(|month| 0.25 * share(month + 11) + 0.5 * share(month) + 0.25 * share(month + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::{Money, MonthSale, PartnerId};

    fn facts(december: i64) -> Facts {
        let mut facts = Facts::default();
        let first = Day::parse("2024-01-01").expect("a day").month();
        for n in 0..24 {
            let revenue = Money::whole(if n % 12 == 11 { december } else { 100 });
            let month = Month(first.0 + n);
            let margin = revenue * 0.1;
            let sale = MonthSale { partner: PartnerId(1), month, revenue, margin, revenue_with_margin: revenue };
            facts.sales.by_month.push(sale);
        }
        facts
    }

    #[test]
    fn a_year_sums_to_one_and_peaks_where_sales_do() {
        let today = Day::parse("2026-01-01").expect("a day");
        let index = season_index(&facts(900), today, 12);
        assert!((index.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let most = (0..12).max_by(|a, b| index[*a].total_cmp(&index[*b]));
        assert_eq!(most, Some(11));
        let even = season_index(&Facts::default(), today, 12);
        assert!(even.iter().all(|share| (share - 1.0 / 12.0).abs() < 1e-12));
    }
}
