//! Links of partners, and what they answer behind them.

use super::{inserts, statements};

statements! { PORTAL_STATEMENTS:
    /// The link with that digest, where it works.
    PORTAL_LINK = "SELECT id, partner_id, name, made_by, at, expires_at, seen_at, ended_at FROM portal_link \
        WHERE digest = $1 AND ended_at IS NULL AND expires_at > $2";
    /// Links of a partner, latest first.
    PORTAL_LINKS_OF = "SELECT id, partner_id, name, made_by, at, expires_at, seen_at, ended_at FROM portal_link \
        WHERE partner_id = $1 ORDER BY id DESC";
    /// It was opened.
    SEE_PORTAL_LINK = "UPDATE portal_link SET seen_at = $2 WHERE id = $1";
    /// It works no longer.
    END_PORTAL_LINK = "UPDATE portal_link SET ended_at = $3, ended_by = $4 WHERE id = $1 AND partner_id = $2 AND ended_at IS NULL";
    /// Everything answered, in order.
    PORTAL_ANSWERS = "SELECT partner_id, meeting_id, kind, number, words, made_by, at FROM portal_answer ORDER BY id";
    /// Partners that anything belongs to.
    PARTNERS_OF_PORTAL = "SELECT partner_id FROM portal_link UNION SELECT partner_id FROM portal_answer";
    /// Away with the links.
    CLEAR_PORTAL_LINKS = "DELETE FROM portal_link";
    /// Away with the answers.
    CLEAR_PORTAL_ANSWERS = "DELETE FROM portal_answer";
}

inserts! { PORTAL_INSERTS:
    /// A link.
    ADD_PORTAL_LINK = "portal_link (id, digest, partner_id, name, made_by, at, expires_at)", "";
    /// An answer.
    ADD_PORTAL_ANSWER = "portal_answer (id, partner_id, meeting_id, kind, number, words, made_by, at)", "";
}
