//! What is read instead of lines: the roll-up and the sums per day.

use super::{inserts, statements};

statements! { SUM_STATEMENTS:
    /// Cells of the roll-up that no live line fills any longer.
    DROP_EMPTY_CELLS = "DELETE FROM rollup WHERE lines = 0";
    /// Days on which no live line lies any longer.
    DROP_EMPTY_DAYS = "DELETE FROM sale_day WHERE lines = 0";
    /// Months of a brand and distributor that no live line fills any longer.
    DROP_EMPTY_SUPPLY_MONTHS = "DELETE FROM supply_month WHERE lines = 0";
    /// Every pair of brand and distributor that lines have named.
    SUPPLIES = "SELECT id, brand, distributor FROM supply";
    /// One partner's months by brand and distributor.
    PARTNER_SUPPLY_MONTHS = "SELECT m.month, s.brand, s.distributor, m.revenue FROM supply_month m \
        JOIN supply s ON s.id = m.supply_id WHERE m.partner_id = $1 AND m.month BETWEEN $2 AND $3 \
        ORDER BY m.month, m.supply_id";
    /// Sums over everything, exact, with the first and last day.
    SALE_TOTALS = "SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT) AS lines, \
        CAST(COALESCE(SUM(revenue), 0) AS BIGINT) AS revenue, CAST(COALESCE(SUM(margin), 0) AS BIGINT) AS margin, \
        CAST(COALESCE(SUM(revenue_with_margin), 0) AS BIGINT) AS revenue_with_margin, \
        MIN(day) AS first_day, MAX(day) AS last_day FROM sale_day";
    /// The last day with a live line.
    LAST_SALE_DAY = "SELECT MAX(day) FROM sale_day";
    /// How many records of each kind there are.
    RECORD_COUNTS = "SELECT (SELECT COUNT(*) FROM partner), (SELECT COUNT(*) FROM contact), \
        (SELECT COUNT(*) FROM pam), (SELECT COUNT(*) FROM touch_key), (SELECT COUNT(*) FROM quota)";
    /// Per partner and month.
    MONTH_SALES = "SELECT partner_id, month, CAST(SUM(revenue) AS BIGINT) AS revenue, \
        CAST(SUM(margin) AS BIGINT) AS margin, CAST(SUM(revenue_with_margin) AS BIGINT) AS revenue_with_margin \
        FROM rollup WHERE month BETWEEN $1 AND $2 GROUP BY partner_id, month ORDER BY partner_id, month";
    /// Per partner and category.
    CATEGORY_SALES = "SELECT partner_id, category_id, CAST(SUM(revenue) AS BIGINT) AS revenue, \
        CAST(SUM(margin) AS BIGINT) AS margin, CAST(SUM(revenue_with_margin) AS BIGINT) AS revenue_with_margin, \
        CAST(SUM(CASE WHEN revenue > 0 THEN 1 ELSE 0 END) AS BIGINT) AS months \
        FROM rollup WHERE month BETWEEN $1 AND $2 GROUP BY partner_id, category_id ORDER BY partner_id, category_id";
    /// One partner's cells.
    PARTNER_CELLS = "SELECT month, category_id, lines, quantity, revenue, margin, revenue_with_margin FROM rollup \
        WHERE partner_id = $1 AND month BETWEEN $2 AND $3 ORDER BY month, category_id";
}

inserts! { SUM_INSERTS:
    /// Adds differences to the roll-up.
    ADD_CELLS = "rollup (partner_id, month, category_id, lines, quantity, revenue, margin, revenue_with_margin)",
        "ON CONFLICT (partner_id, month, category_id) DO UPDATE SET lines = rollup.lines + excluded.lines, \
        quantity = rollup.quantity + excluded.quantity, revenue = rollup.revenue + excluded.revenue, \
        margin = rollup.margin + excluded.margin, \
        revenue_with_margin = rollup.revenue_with_margin + excluded.revenue_with_margin";
    /// New pairs of brand and distributor.
    ADD_SUPPLIES = "supply (id, brand, distributor)", "";
    /// Adds differences to the months by brand and distributor.
    ADD_SUPPLY_MONTHS = "supply_month (partner_id, month, supply_id, lines, revenue)",
        "ON CONFLICT (partner_id, month, supply_id) DO UPDATE SET lines = supply_month.lines + excluded.lines, \
        revenue = supply_month.revenue + excluded.revenue";
    /// Adds differences to the days.
    ADD_DAYS = "sale_day (day, lines, revenue, margin, revenue_with_margin)",
        "ON CONFLICT (day) DO UPDATE SET lines = sale_day.lines + excluded.lines, \
        revenue = sale_day.revenue + excluded.revenue, margin = sale_day.margin + excluded.margin, \
        revenue_with_margin = sale_day.revenue_with_margin + excluded.revenue_with_margin";
}
