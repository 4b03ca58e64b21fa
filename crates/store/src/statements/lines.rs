//! Sale lines and which of them are live.

use super::{inserts, statements};

statements! { LINE_STATEMENTS:
    /// Content of the live lines with these keys (more may come: only the keys' high halves are compared).
    KNOWN_LINES = "SELECT key_high, key_low, content FROM sale_key WHERE key_high IN (";
    /// Content of the live lines whose keys' high halves lie between two.
    KNOWN_LINES_BETWEEN = "SELECT key_high, key_low, content FROM sale_key WHERE key_high BETWEEN $1 AND $2";
    /// How many lines are live.
    LIVE_LINES = "SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT) FROM sale_day";
    /// The live lines with these keys (more may come, as above).
    LINES_OF_KEYS = "SELECT l.id, l.key_high, l.key_low, l.day, l.partner_id, l.category_id, l.quantity, l.revenue, \
        l.margin, l.supply_id, l.import_id, l.corrects FROM sale_key k JOIN sale_line l ON l.id = k.line_id WHERE k.key_high IN (";
    /// Lines by identity.
    LINES_BY_ID = "SELECT id, key_high, key_low, day, partner_id, category_id, quantity, revenue, margin, \
        supply_id, import_id, corrects FROM sale_line WHERE id IN (";
    /// Those of an import's lines that are live.
    LIVE_LINES_OF_IMPORT = "SELECT l.id, l.key_high, l.key_low, l.day, l.partner_id, l.category_id, l.quantity, \
        l.revenue, l.margin, l.supply_id, l.import_id, l.corrects FROM sale_line l \
        JOIN sale_key k ON k.key_high = l.key_high AND k.key_low = l.key_low AND k.line_id = l.id \
        WHERE l.id BETWEEN $1 AND $2";
    /// New lines become live.
    ADD_LINE_KEYS = "INSERT INTO sale_key (key_high, key_low, line_id, content) \
        SELECT key_high, key_low, id, content FROM sale_line \
        WHERE id BETWEEN $1 AND $2 AND corrects IS NULL ORDER BY key_high, key_low";
    /// Corrections become live instead of what they correct.
    MOVE_LINE_KEYS = "INSERT INTO sale_key (key_high, key_low, line_id, content) \
        SELECT key_high, key_low, id, content FROM sale_line \
        WHERE id BETWEEN $1 AND $2 AND corrects IS NOT NULL ORDER BY key_high, key_low \
        ON CONFLICT (key_high, key_low) DO UPDATE SET line_id = excluded.line_id, content = excluded.content";
    /// An import's live lines are live no longer.
    DROP_LINE_KEYS = "DELETE FROM sale_key WHERE line_id BETWEEN $1 AND $2 AND (key_high, key_low) IN \
        (SELECT key_high, key_low FROM sale_line WHERE id BETWEEN $1 AND $2)";
    /// Corrected lines become live again.
    RESTORE_LINE_KEYS = "INSERT INTO sale_key (key_high, key_low, line_id, content) \
        SELECT key_high, key_low, id, content FROM sale_line WHERE id IN (";
    /// A partner's live lines, latest first.
    PARTNER_LINES = "SELECT l.key_high, l.key_low, l.day, l.category_id, p.sku, l.quantity, l.revenue, l.margin \
        FROM sale_line l JOIN sale_key k ON k.key_high = l.key_high AND k.key_low = l.key_low AND k.line_id = l.id \
        JOIN product p ON p.id = l.product_id \
        WHERE l.partner_id = $1 AND l.day <= $2 ORDER BY l.day DESC, l.id DESC LIMIT $3 OFFSET $4";
}

inserts! { LINE_INSERTS:
    /// Lines, appended.
    ADD_LINES = "sale_line (id, key_high, key_low, content, day, partner_id, category_id, product_id, quantity, revenue, margin, supply_id, import_id, corrects)", "";
}
