//! How effects are counted, figures as they were told, and the lines under them.

use super::{inserts, statements};

statements! { EFFECT_STATEMENTS:
    /// What was written down with that plan.
    EFFECT_SPECIFICATION = "SELECT at, hash, document FROM effect_specification WHERE plan_id = $1";
    /// Every figure of that scope, in the order in which they were told.
    EFFECT_FIGURES = "SELECT id, scope, at, made_by, as_of, specification, lines_hash, last_line, verdict, low, value, \
        high, cost FROM effect_figure WHERE scope = $1 ORDER BY id";
    /// Every live line from one day to another, by partner, day and identity.
    LINES_BETWEEN = "SELECT l.id, l.key_high, l.key_low, l.day, l.partner_id, l.revenue, l.margin \
        FROM sale_line l JOIN sale_key k ON k.key_high = l.key_high AND k.key_low = l.key_low AND k.line_id = l.id \
        WHERE l.day BETWEEN $1 AND $2 ORDER BY l.partner_id, l.day, l.id";
    /// Away with what was written down.
    CLEAR_EFFECT_SPECIFICATIONS = "DELETE FROM effect_specification";
    /// Away with every figure.
    CLEAR_EFFECT_FIGURES = "DELETE FROM effect_figure";
}

inserts! { EFFECT_INSERTS:
    /// How a season will be counted, written down once.
    ADD_EFFECT_SPECIFICATION = "effect_specification (plan_id, at, hash, document)", " ON CONFLICT (plan_id) DO NOTHING";
    /// A figure, appended.
    ADD_EFFECT_FIGURE = "effect_figure (id, scope, at, made_by, as_of, specification, lines_hash, last_line, verdict, low, value, high, cost)", "";
}
