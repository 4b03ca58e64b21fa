//! The log of who did what, attempts to sign in, and what waits for a second step.

use super::{inserts, statements};

statements! { ACCESS_STATEMENTS:
    /// The latest deed.
    LAST_DEED = "SELECT id, at, person_id, done_by, deed, about, chain FROM audit ORDER BY id DESC LIMIT 1";
    /// Deeds before a number, latest first.
    DEEDS = "SELECT id, at, person_id, done_by, deed, about, chain FROM audit WHERE id < $1 ORDER BY id DESC LIMIT $2";
    /// Deeds after a number, in order.
    DEEDS_AFTER = "SELECT id, at, person_id, done_by, deed, about, chain FROM audit WHERE id > $1 ORDER BY id LIMIT $2";

    /// How many failed, and when the last did.
    ATTEMPTS = "SELECT COUNT(*), MAX(at) FROM failed_sign_in WHERE counted_by = $1";
    /// One that turned out right.
    DROP_ATTEMPT = "DELETE FROM failed_sign_in WHERE id = $1";
    /// All by one account or browser.
    DROP_ATTEMPTS_OF = "DELETE FROM failed_sign_in WHERE counted_by = $1";
    /// Those of before.
    DROP_OLD_ATTEMPTS = "DELETE FROM failed_sign_in WHERE at < $1";
    /// Has somebody signed in by that browser?
    KNOWN_BROWSER = "SELECT at FROM known_browser WHERE digest = $1 AND person_id = $2 AND at >= $3";
    /// Those not used for long.
    DROP_OLD_BROWSERS = "DELETE FROM known_browser WHERE at < $1";
    /// Somebody's.
    DROP_BROWSERS_OF = "DELETE FROM known_browser WHERE person_id = $1";
}

inserts! { ACCESS_INSERTS:
    /// A deed, appended.
    ADD_DEED = "audit (id, at, person_id, done_by, deed, about, chain)", "";
    /// An attempt.
    ADD_ATTEMPT = "failed_sign_in (id, counted_by, at)", "";
    /// A browser.
    ADD_KNOWN_BROWSER = "known_browser (digest, person_id, at)", "ON CONFLICT DO NOTHING";
}
