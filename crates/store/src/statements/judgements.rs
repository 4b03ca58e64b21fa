//! People's figures for potentials.

use super::{inserts, statements};

statements! { JUDGEMENT_STATEMENTS:
    /// The figures that count: the latest word of each partner, where it is a figure.
    STANDING_JUDGEMENTS = "SELECT j.partner_id, j.amount, j.spread FROM potential_judgement j \
        WHERE j.word IN ('own', 'kept') AND j.id = (SELECT MAX(k.id) FROM potential_judgement k \
        WHERE k.partner_id = j.partner_id AND k.word <> 'blind') ORDER BY j.partner_id";
    /// Everything ever said, in order.
    JUDGEMENTS = "SELECT id, partner_id, word, amount, spread, ours, ours_low, ours_high, made_by, at \
        FROM potential_judgement ORDER BY id";
    /// Partners that anything was said of.
    PARTNERS_OF_JUDGEMENTS = "SELECT DISTINCT partner_id FROM potential_judgement";
    /// Away with all of it.
    CLEAR_JUDGEMENTS = "DELETE FROM potential_judgement";
}

inserts! { JUDGEMENT_INSERTS:
    /// A word said, appended.
    ADD_JUDGEMENTS = "potential_judgement (id, partner_id, word, amount, spread, ours, ours_low, ours_high, made_by, at)", "";
}
