//! Letters on their way out.

use super::{inserts, statements};

statements! { LETTER_STATEMENTS:
    /// Every letter, latest first.
    LETTERS = "SELECT id, key, meeting_id, version, kind, pam_id, partner_id, sender, reply_to, readers, subject, words, secret, calendar, \
        method, uid, made_by, at, state, tries, due_at, code, told, ended_at, ended_by FROM letter ORDER BY id DESC";
    /// Letters of a meeting, latest first.
    LETTERS_OF = "SELECT id, key, meeting_id, version, kind, pam_id, partner_id, sender, reply_to, readers, subject, words, secret, calendar, \
        method, uid, made_by, at, state, tries, due_at, code, told, ended_at, ended_by FROM letter WHERE meeting_id = $1 ORDER BY id DESC";
    /// One letter.
    LETTER = "SELECT id, key, meeting_id, version, kind, pam_id, partner_id, sender, reply_to, readers, subject, words, secret, calendar, \
        method, uid, made_by, at, state, tries, due_at, code, told, ended_at, ended_by FROM letter WHERE id = $1";
    /// The letter of that key that stands.
    LETTER_OF_KEY = "SELECT id FROM letter WHERE key = $1 AND state <> 'back'";
    /// Letters whose time has come, longest waiting first.
    LETTERS_DUE = "SELECT id, key, meeting_id, version, kind, pam_id, partner_id, sender, reply_to, readers, subject, words, secret, calendar, \
        method, uid, made_by, at, state, tries, due_at, code, told, ended_at, ended_by FROM letter \
        WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id";
    /// Takes one on for a try, unless somebody else has; should nobody come back, it is due again then.
    TAKE_LETTER = "UPDATE letter SET tries = tries + 1, due_at = $3 WHERE id = $1 AND tries = $2 AND state = 'waiting'";
    /// It has arrived; the secret is no longer needed.
    LETTER_SENT = "UPDATE letter SET state = 'sent', secret = '', code = '', told = '', ended_at = $2, ended_by = NULL \
        WHERE id = $1 AND state IN ('waiting', 'back')";
    /// It has not; it waits on, or has failed.
    LETTER_UNSENT = "UPDATE letter SET state = $2, due_at = $3, code = $4, told = $5 WHERE id = $1 AND state = 'waiting'";
    /// Is tried again at once.
    LETTER_AGAIN = "UPDATE letter SET state = 'waiting', due_at = $2 WHERE id = $1 AND state IN ('failed', 'waiting', 'kept')";
    /// Is taken back before it has left.
    LETTER_BACK = "UPDATE letter SET state = 'back', secret = '', told = $4, ended_at = $2, ended_by = $3 \
        WHERE id = $1 AND state IN ('failed', 'waiting', 'kept')";
    /// Partners that a letter was ever for.
    PARTNERS_OF_LETTERS = "SELECT DISTINCT partner_id FROM letter";
    /// PAMs that a letter was ever from.
    PAMS_OF_LETTERS = "SELECT DISTINCT pam_id FROM letter";
    /// Away with all of it.
    CLEAR_LETTERS = "DELETE FROM letter";
}

inserts! { LETTER_INSERTS:
    /// A letter.
    ADD_LETTER = "letter (id, key, meeting_id, version, kind, pam_id, partner_id, sender, reply_to, readers, subject, words, secret, \
        calendar, method, uid, made_by, at, state, tries, due_at, code, told)", "";
}
