//! Touches and which of them are live.

use super::{inserts, statements};

statements! { TOUCH_STATEMENTS:
    /// Content of the live touches with these keys (more may come: only the keys' high halves are compared).
    KNOWN_TOUCHES = "SELECT key_high, key_low, content FROM touch_key WHERE key_high IN (";
    /// Identity of the live touches with these keys (more may come, as above).
    TOUCHES_OF_KEYS = "SELECT key_high, key_low, touch_id FROM touch_key WHERE key_high IN (";
    /// Those of an import's touches that are live, with what they correct.
    LIVE_TOUCHES_OF_IMPORT = "SELECT t.id, t.corrects, t.import_id FROM touch t \
        JOIN touch_key k ON k.key_high = t.key_high AND k.key_low = t.key_low AND k.touch_id = t.id \
        WHERE t.id BETWEEN $1 AND $2";
    /// Touches by identity, with what they correct.
    TOUCHES_BY_ID = "SELECT id, corrects, import_id FROM touch WHERE id IN (";
    /// New touches become live.
    ADD_TOUCH_KEYS = "INSERT INTO touch_key (key_high, key_low, touch_id, content) \
        SELECT key_high, key_low, id, content FROM touch \
        WHERE id BETWEEN $1 AND $2 AND corrects IS NULL ORDER BY key_high, key_low";
    /// Corrections become live instead of what they correct.
    MOVE_TOUCH_KEYS = "INSERT INTO touch_key (key_high, key_low, touch_id, content) \
        SELECT key_high, key_low, id, content FROM touch WHERE id BETWEEN $1 AND $2 AND corrects IS NOT NULL \
        ON CONFLICT (key_high, key_low) DO UPDATE SET touch_id = excluded.touch_id, content = excluded.content";
    /// An import's live touches are live no longer.
    DROP_TOUCH_KEYS = "DELETE FROM touch_key WHERE touch_id BETWEEN $1 AND $2 AND (key_high, key_low) IN \
        (SELECT key_high, key_low FROM touch WHERE id BETWEEN $1 AND $2)";
    /// Corrected touches become live again.
    RESTORE_TOUCH_KEYS = "INSERT INTO touch_key (key_high, key_low, touch_id, content) \
        SELECT key_high, key_low, id, content FROM touch WHERE id IN (";
    /// Every live touch up to a day, by day then identity.
    TOUCHES_UNTIL = "SELECT t.id, t.day, t.partner_id, t.contact_id, t.pam_id, t.kind, t.quality FROM touch t \
        JOIN touch_key k ON k.key_high = t.key_high AND k.key_low = t.key_low AND k.touch_id = t.id \
        WHERE t.day <= $1 ORDER BY t.day, t.id";
}

inserts! { TOUCH_INSERTS:
    /// Touches, appended.
    ADD_TOUCHES = "touch (id, key_high, key_low, content, day, partner_id, contact_id, pam_id, kind, quality, import_id, corrects)", "";
}
