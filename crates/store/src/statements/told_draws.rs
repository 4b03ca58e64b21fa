//! Toss-ups that were drawn elsewhere.

use super::{inserts, statements};

statements! { TOLD_DRAW_STATEMENTS:
    /// What stands of them, by toss-up and partner, with the time at which it was told.
    TOLD_DRAWS = "SELECT t.toss_up_id, t.season, t.partner_id, t.from_day, t.to_day, t.dated, t.block, t.entry, t.won, t.visits, i.at \
        FROM told_draw t JOIN import i ON i.id = t.import_id WHERE t.import_id = (SELECT MAX(c.import_id) FROM told_draw c \
        WHERE c.season = t.season AND c.partner_id = t.partner_id) ORDER BY t.toss_up_id, t.partner_id";
    /// An import's rows, away.
    DROP_TOLD_DRAWS = "DELETE FROM told_draw WHERE import_id = $1";
    /// Partners that took part.
    PARTNERS_OF_TOLD_DRAWS = "SELECT DISTINCT partner_id FROM told_draw";
    /// Away with all of them.
    CLEAR_TOLD_DRAWS = "DELETE FROM told_draw";
}

inserts! { TOLD_DRAW_INSERTS:
    /// Rows, appended.
    ADD_TOLD_DRAWS = "told_draw (toss_up_id, season, partner_id, import_id, from_day, to_day, dated, block, entry, won, visits)", "";
}
