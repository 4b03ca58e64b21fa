//! Meetings in their versions.

use super::{inserts, statements};

statements! { MEETING_STATEMENTS:
    /// What stands of every meeting, by identity.
    STANDING_MEETINGS = "SELECT v.meeting_id, v.version, v.stage, v.quality, v.at, v.made_by, v.restores, v.document \
        FROM meeting_version v WHERE v.stage <> 'gone' AND v.version = (SELECT MAX(w.version) FROM meeting_version w \
        WHERE w.meeting_id = v.meeting_id) ORDER BY v.meeting_id";
    /// Every version of one meeting, in order.
    MEETING_VERSIONS = "SELECT meeting_id, version, stage, quality, at, made_by, restores, document \
        FROM meeting_version WHERE meeting_id = $1 ORDER BY version";
    /// Partners that any meeting was ever with.
    PARTNERS_OF_MEETINGS = "SELECT DISTINCT partner_id FROM meeting_version";
    /// PAMs that ever had a meeting.
    PAMS_OF_MEETINGS = "SELECT DISTINCT pam_id FROM meeting_version";
    /// Contacts that any meeting was ever with.
    CONTACTS_OF_MEETINGS = "SELECT DISTINCT contact_id FROM meeting_version WHERE contact_id IS NOT NULL";
    /// Away with all of it.
    CLEAR_MEETINGS = "DELETE FROM meeting_version";
    /// Away with where they came from.
    CLEAR_MEETING_SOURCES = "DELETE FROM meeting_source";
}

inserts! { MEETING_INSERTS:
    /// Versions, appended.
    ADD_MEETING_VERSIONS = "meeting_version (meeting_id, version, at, made_by, stage, partner_id, pam_id, contact_id, day, kind, quality, restores, document)", "";
}
