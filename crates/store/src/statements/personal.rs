//! What is kept about people: every column in which somebody may be named, what goes when they are erased, and what goes with time.

use super::{inserts, statements};
use crate::transaction::Statement;

/// How a column may name somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// Who did something: a name and nothing else.
    Signature,
    /// Words that people wrote, or a document with such words.
    Words,
}

/// A column in which people may be named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) kind: PlaceKind,
    /// Its values, and how often each stands there.
    pub(crate) values: Statement,
    /// Another value wherever that one stands.
    pub(crate) change: Statement,
}

macro_rules! places {
    ($($kind:ident $table:literal $column:literal;)+) => {
        /// Every such column. One that is forgotten here keeps names that should be gone: a test asks the schema.
        pub(crate) const PLACES: &[Place] = &[$(Place {
            table: $table,
            column: $column,
            kind: PlaceKind::$kind,
            values: Statement {
                name: concat!("VALUES OF ", $table, ".", $column),
                sql: concat!("SELECT ", $column, ", COUNT(*) FROM ", $table, " WHERE ", $column, " IS NOT NULL GROUP BY ", $column),
            },
            change: Statement {
                name: concat!("CHANGE ", $table, ".", $column),
                sql: concat!("UPDATE ", $table, " SET ", $column, " = $2 WHERE ", $column, " = $1"),
            },
        }),+];
    };
}

places! {
    Signature "calendar_feed" "made_by";
    Signature "calendar_feed" "ended_by";
    Signature "calendar_subscription" "made_by";
    Signature "calendar_subscription" "ended_by";
    Signature "coverage_rule" "decided_by";
    Signature "coverage_rule_event" "decided_by";
    Signature "effect_figure" "made_by";
    Signature "kam_figures" "kam";
    Signature "kam_figures" "made_by";
    Signature "kam_figures" "undone_by";
    Signature "letter" "made_by";
    Signature "letter" "ended_by";
    Signature "logged_touch" "made_by";
    Signature "logged_touch" "undone_by";
    Signature "manager_answer" "person";
    Signature "meeting_clash" "told_by";
    Signature "meeting_clash" "chosen_by";
    Signature "meeting_rating" "made_by";
    Signature "meeting_version" "made_by";
    Signature "model_change" "person";
    Signature "person" "made_by";
    Signature "plan_better" "declined_by";
    Signature "plan_version" "decided_by";
    Signature "portal_answer" "made_by";
    Signature "portal_link" "made_by";
    Signature "portal_link" "ended_by";
    Signature "potential_judgement" "made_by";
    Signature "territory_change" "decided_by";
    Signature "territory_event" "decided_by";
    Signature "territory_lock" "decided_by";
    Signature "territory_lock" "ended_by";
    Signature "time_assumption" "made_by";
    Signature "time_correction" "made_by";
    Signature "time_correction" "undone_by";
    Signature "toss_up" "decided_by";
    Signature "toss_up_event" "decided_by";
    Signature "what_if" "decided_by";
    Signature "what_if_event" "decided_by";
    Words "absence" "reason";
    Words "business_record" "document";
    Words "calendar_subscription" "name";
    Words "change" "before";
    Words "change" "after";
    Words "coverage_rule" "reason";
    Words "device_operation" "told";
    Words "import" "notices";
    Words "import" "sources";
    Words "letter" "key";
    Words "letter" "sender";
    Words "letter" "reply_to";
    Words "letter" "readers";
    Words "letter" "subject";
    Words "letter" "words";
    Words "letter" "calendar";
    Words "letter" "told";
    Words "meeting_clash" "stands";
    Words "meeting_clash" "told";
    Words "meeting_version" "document";
    Words "plan_version" "change";
    Words "plan_version" "document";
    Words "portal_answer" "words";
    Words "portal_link" "name";
    Words "told_draw" "block";
    Words "told_draw" "entry";
    Words "what_if" "name";
}

statements! { PERSONAL_STATEMENTS:
    /// Somebody's row without anything that tells whom.
    ERASE_PERSON = "UPDATE person SET email = $2, name = $3, password = NULL, ended_at = COALESCE(ended_at, $4), erased_at = $4 WHERE id = $1";
    /// Sessions.
    DROP_SESSIONS_OF = "DELETE FROM session WHERE person_id = $1";
    /// Links.
    DROP_LINKS_OF = "DELETE FROM sign_in_link WHERE person_id = $1";
    /// Passkeys.
    DROP_PASSKEYS_OF = "DELETE FROM passkey WHERE person_id = $1";
    /// Who they are at providers.
    DROP_IDENTITIES_OF = "DELETE FROM provider_identity WHERE person_id = $1";
    /// A PAM without name, address and home.
    ERASE_PAM = "UPDATE pam SET name = $2, email = '', street = '', postal_code = '', city = '', lat = NULL, lon = NULL, precision_code = NULL WHERE id = $1";
    /// Why a PAM was away.
    ERASE_REASONS = "UPDATE absence SET reason = '' WHERE pam_id = $1";
    /// What was read from a PAM's own calendars.
    DROP_READINGS_OF_PAM = "DELETE FROM calendar_reading WHERE subscription_id IN (SELECT id FROM calendar_subscription WHERE pam_id = $1)";
    /// And when they were busy.
    DROP_BUSY_OF_PAM = "DELETE FROM busy_block WHERE pam_id = $1";
    /// And where those calendars are.
    ERASE_SUBSCRIPTIONS = "UPDATE calendar_subscription SET name = '', address = NULL, ended_at = COALESCE(ended_at, $2) WHERE pam_id = $1";
    /// A PAM's secret addresses work no longer.
    END_FEEDS_OF = "UPDATE calendar_feed SET ended_at = COALESCE(ended_at, $2) WHERE pam_id = $1";
    /// A PAM's clock.
    DROP_ZONE_OF = "DELETE FROM calendar_zone WHERE pam_id = $1";
    /// What imports kept of a record as it was before.
    DROP_CHANGES_OF = "DELETE FROM change WHERE kind = $1 AND key = $2";
    /// A contact without anything that tells whom.
    ERASE_CONTACT = "UPDATE contact SET key = $2, name = $3, role = '', email = '', phone = '' WHERE id = $1";
    /// Whoever was erased opens no page of the partner's any longer.
    END_LINKS_NAMED = "UPDATE portal_link SET ended_at = COALESCE(ended_at, $3) WHERE partner_id = $1 AND name = $2";
    /// Days and kinds of a contact's touches.
    TOUCHES_OF_CONTACT = "SELECT day, kind FROM touch WHERE contact_id = $1 ORDER BY day";
    /// And of those that were logged here.
    LOGGED_OF_CONTACT = "SELECT day, kind FROM logged_touch WHERE contact_id = $1 ORDER BY day";
    /// Days on which plans have a visit with a contact.
    STOPS_OF_CONTACT = "SELECT day, plan_id FROM plan_stop WHERE contact_id = $1 ORDER BY day";
    /// Meetings with a contact.
    MEETINGS_OF_CONTACT = "SELECT DISTINCT meeting_id, day FROM meeting_version WHERE contact_id = $1 ORDER BY meeting_id";
    /// What the log tells of a person, by number.
    DEEDS_OF = "SELECT id, at, person_id, done_by, deed, about, chain FROM audit WHERE person_id = $1 OR about = $2 ORDER BY id";
    /// Operations that a person's devices sent.
    OPERATIONS_OF = "SELECT at, told FROM device_operation WHERE person_id = $1 ORDER BY at";
    /// When somebody's sessions began and were last used.
    EVERY_SESSION_OF = "SELECT began_at, seen_at FROM session WHERE person_id = $1 ORDER BY began_at";
    /// When a PAM was away, and why.
    ABSENCES_OF = "SELECT from_day, to_day, reason FROM absence WHERE pam_id = $1 ORDER BY from_day";
    /// A PAM's own calendars.
    SUBSCRIPTIONS_OF = "SELECT name, address FROM calendar_subscription WHERE pam_id = $1 ORDER BY id";

    /// For how long something is kept, where somebody has decided.
    RETENTION = "SELECT kind, days FROM retention";
    /// Decides it.
    SET_RETENTION = "UPDATE retention SET days = $2 WHERE kind = $1";

    /// Sessions that ended or were not used since.
    OLD_SESSIONS = "SELECT COUNT(*) FROM session WHERE seen_at < $1";
    /// As above.
    DROP_OLD_SESSIONS = "DELETE FROM session WHERE seen_at < $1";
    /// Links to choose a password with, used or too old.
    OLD_LINKS = "SELECT COUNT(*) FROM sign_in_link WHERE expires_at < $1";
    /// As above.
    DROP_OLD_LINKS = "DELETE FROM sign_in_link WHERE expires_at < $1";
    /// Partners' links that no longer work.
    OLD_PORTAL_LINKS = "SELECT COUNT(*) FROM portal_link WHERE expires_at < $1 OR ended_at < $1";
    /// As above.
    DROP_OLD_PORTAL_LINKS = "DELETE FROM portal_link WHERE expires_at < $1 OR ended_at < $1";
    /// What devices wrote, as it was told; what became of it stands elsewhere.
    OLD_OPERATIONS = "SELECT COUNT(*) FROM device_operation WHERE at < $1 AND told <> ''";
    /// As above; the number stays, so that none is taken in twice.
    BLANK_OLD_OPERATIONS = "UPDATE device_operation SET told = '' WHERE at < $1 AND told <> ''";
    /// Busy time of days gone by.
    OLD_BUSY = "SELECT COUNT(*) FROM busy_block WHERE day < $1";
    /// As above.
    DROP_OLD_BUSY = "DELETE FROM busy_block WHERE day < $1";
    /// Why somebody was away.
    OLD_REASONS = "SELECT COUNT(*) FROM absence WHERE to_day < $1 AND reason <> ''";
    /// As above; that they were away stays.
    BLANK_OLD_REASONS = "UPDATE absence SET reason = '' WHERE to_day < $1 AND reason <> ''";
    /// Letters that were sent or taken back.
    OLD_LETTERS = "SELECT COUNT(*) FROM letter WHERE ended_at < $1 AND state IN ('sent', 'back')";
    /// As above.
    DROP_OLD_LETTERS = "DELETE FROM letter WHERE ended_at < $1 AND state IN ('sent', 'back')";
    /// People let go, whose data are still there.
    LET_GO_BEFORE = "SELECT id FROM person WHERE ended_at < $1 AND erased_at IS NULL AND NOT demo ORDER BY id";
}

inserts! { PERSONAL_INSERTS:
    /// For how long something is kept.
    ADD_RETENTION = "retention (kind, days)", "ON CONFLICT DO NOTHING";
}
