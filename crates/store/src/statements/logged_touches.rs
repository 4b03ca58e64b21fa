//! Touches that people log here.

use super::{inserts, statements};

statements! { LOGGED_TOUCH_STATEMENTS:
    /// Those that stand, by day then identity.
    LOGGED_TOUCHES = "SELECT id, batch, key, day, partner_id, contact_id, pam_id, kind, source, at, made_by \
        FROM logged_touch WHERE undone_at IS NULL ORDER BY day, id";
    /// Takes back what went in together.
    UNDO_LOGGED_TOUCHES = "UPDATE logged_touch SET undone_by = $2, undone_at = $3 WHERE batch = $1 AND undone_at IS NULL";
    /// Partners that anybody ever logged a touch with.
    PARTNERS_OF_LOGGED = "SELECT DISTINCT partner_id FROM logged_touch";
    /// PAMs whose touches were logged.
    PAMS_OF_LOGGED = "SELECT DISTINCT pam_id FROM logged_touch WHERE pam_id IS NOT NULL";
    /// Contacts whose touches were logged.
    CONTACTS_OF_LOGGED = "SELECT DISTINCT contact_id FROM logged_touch WHERE contact_id IS NOT NULL";
    /// Away with all of it.
    CLEAR_LOGGED_TOUCHES = "DELETE FROM logged_touch";
    /// What is known of the business of partners whose words ask for a touch: contracts, rebates, certificates.
    BUSINESS_OF_UPKEEP = "SELECT b.key, b.partner_id, b.document FROM business_record b \
        WHERE b.kind IN ('contracts', 'rebates', 'certificates') AND b.import_id = \
        (SELECT MAX(c.import_id) FROM business_record c WHERE c.kind = b.kind AND c.key = b.key) ORDER BY b.kind, b.key";
}

inserts! { LOGGED_TOUCH_INSERTS:
    /// Touches, appended.
    ADD_LOGGED_TOUCHES = "logged_touch (id, batch, key, day, partner_id, contact_id, pam_id, kind, source, at, made_by)", "";
}
