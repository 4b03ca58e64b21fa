//! Counters, settings, imports and the changes they made.

use super::{inserts, statements};

statements! { IMPORT_STATEMENTS:
    /// A counter's value.
    COUNTER = "SELECT value FROM counter WHERE name = $1";
    /// Takes numbers from a counter; on PostgreSQL also makes writers wait for each other.
    RAISE_COUNTER = "UPDATE counter SET value = value + $1 WHERE name = $2 RETURNING value";
    /// Sets a counter.
    SET_COUNTER = "UPDATE counter SET value = $1 WHERE name = $2";
    /// The settings, where anybody has decided any.
    SETTINGS = "SELECT document FROM settings WHERE id = 1";
    /// Decides the settings.
    SET_SETTINGS = "INSERT INTO settings (id, document) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET document = excluded.document";
    /// Back to the defaults.
    DROP_SETTINGS = "DELETE FROM settings";
    /// Is there anything with an amount in the database's currency?
    HAS_AMOUNTS = "SELECT (SELECT COUNT(*) FROM sale_day) + (SELECT COUNT(*) FROM quota)";
    /// Every import with the time it was undone, latest first.
    IMPORTS = "SELECT i.id, i.at, i.sources, i.counts, e.at AS undone_at FROM import i \
        LEFT JOIN import_event e ON e.import_id = i.id AND e.event = 'undone' ORDER BY i.id DESC";
    /// One import's lines and touches, and when it was undone.
    IMPORT_RANGES = "SELECT i.first_line, i.last_line, i.first_touch, i.last_touch, e.at AS undone_at FROM import i \
        LEFT JOIN import_event e ON e.import_id = i.id AND e.event = 'undone' WHERE i.id = $1";
    /// Appends what became of an import.
    ADD_EVENT = "INSERT INTO import_event (import_id, event, at) VALUES ($1, 'undone', $2)";
    /// Imports that are undone.
    UNDONE = "SELECT import_id FROM import_event WHERE event = 'undone'";
    /// What an import did to the records of one kind.
    CHANGES = "SELECT key, before, after FROM change WHERE import_id = $1 AND kind = $2 ORDER BY key";
    /// What other imports, not undone, did to the same records; the last row of a key is its latest change.
    OTHER_CHANGES = "SELECT other.key, other.import_id, other.after FROM change mine \
        JOIN change other ON other.kind = mine.kind AND other.key = mine.key AND other.import_id <> mine.import_id \
        LEFT JOIN import_event e ON e.import_id = other.import_id AND e.event = 'undone' \
        WHERE mine.import_id = $1 AND mine.kind = $2 AND e.import_id IS NULL ORDER BY other.key, other.import_id";
    /// Records of one kind, not of this import, of which no import speaks that is not undone.
    LEFT_OVER = "SELECT c.key FROM change c LEFT JOIN import_event e \
        ON e.import_id = c.import_id AND e.event = 'undone' WHERE c.kind = $2 \
        GROUP BY c.key HAVING MAX(CASE WHEN e.import_id IS NULL OR c.import_id = $1 THEN 1 ELSE 0 END) = 0 \
        ORDER BY c.key";
}

inserts! { IMPORT_INSERTS:
    /// An import.
    ADD_IMPORT = "import (id, at, sources, counts, notices, first_line, last_line, first_touch, last_touch)", "";
    /// What an import does to records.
    ADD_CHANGES = "change (kind, key, import_id, names, before, after)", "";
    /// Partners that an import's lines name.
    ADD_IMPORT_PARTNERS = "import_partner (import_id, partner_id)", "";
    /// Categories that an import's lines name.
    ADD_IMPORT_CATEGORIES = "import_category (import_id, category_id)", "";
}
