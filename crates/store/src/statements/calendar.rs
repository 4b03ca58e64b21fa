//! Calendars out and in.

use super::{inserts, statements};

statements! { CALENDAR_STATEMENTS:
    /// The word of this database's own.
    CALENDAR_ORIGIN = "SELECT word FROM calendar_origin";
    /// Seasons of every plan, in the order in which they were appended.
    PLAN_SEASONS = "SELECT id, at, season_from, season_to FROM plan ORDER BY id";
    /// What feeds hold of a line of plans.
    LINEAGE_ENTRIES = "SELECT pam_id, lineage, kind, partner_id, nth, day, begins, ends, contact_id, sequence, changed_at, \
        cancelled FROM calendar_entry WHERE lineage = $1 ORDER BY pam_id, kind, partner_id, nth";
    /// What a PAM's feed holds from a day on.
    PAM_ENTRIES = "SELECT pam_id, lineage, kind, partner_id, nth, day, begins, ends, contact_id, sequence, changed_at, \
        cancelled FROM calendar_entry WHERE pam_id = $1 AND day >= $2 ORDER BY day, begins, lineage, kind, partner_id, nth";
    /// The feed with that digest, where it has not ended.
    FEED = "SELECT id, pam_id, made_by, at FROM calendar_feed WHERE digest = $1 AND ended_at IS NULL";
    /// Feeds that have not ended.
    FEEDS = "SELECT id, pam_id, made_by, at FROM calendar_feed WHERE ended_at IS NULL ORDER BY pam_id, id";
    /// Ends a PAM's feeds.
    END_FEEDS = "UPDATE calendar_feed SET ended_by = $1, ended_at = $2 WHERE pam_id = $3 AND ended_at IS NULL";
    /// Zones that were chosen.
    ZONES = "SELECT pam_id, zone FROM calendar_zone ORDER BY pam_id";
    /// Subscriptions that have not ended.
    SUBSCRIPTIONS = "SELECT id, pam_id, name, address, made_by, at FROM calendar_subscription WHERE ended_at IS NULL \
        ORDER BY pam_id, id";
    /// The last readings of each subscription, latest first.
    READINGS = "SELECT r.subscription_id, r.at, r.code, r.told, r.blocks, r.skipped FROM calendar_reading r \
        WHERE (SELECT COUNT(*) FROM calendar_reading later \
        WHERE later.subscription_id = r.subscription_id AND later.id > r.id) < 5 ORDER BY r.id DESC";
    /// Ends a subscription.
    END_SUBSCRIPTION = "UPDATE calendar_subscription SET ended_by = $1, ended_at = $2 WHERE id = $3 AND ended_at IS NULL";
    /// Takes a subscription up again.
    RESTORE_SUBSCRIPTION = "UPDATE calendar_subscription SET ended_by = NULL, ended_at = NULL WHERE id = $1 AND pam_id = $2";
    /// Busy time of subscriptions that have not ended, from a day on.
    BUSY = "SELECT b.pam_id, b.day, b.begins, b.ends FROM busy_block b JOIN calendar_subscription s \
        ON s.id = b.subscription_id WHERE s.ended_at IS NULL AND b.day >= $1 ORDER BY b.pam_id, b.day, b.begins, b.ends";
    /// Away with what a subscription said before.
    DROP_BUSY = "DELETE FROM busy_block WHERE subscription_id = $1";
    /// Away with all of it.
    CLEAR_BUSY = "DELETE FROM busy_block";
    /// As above.
    CLEAR_READINGS = "DELETE FROM calendar_reading";
    /// As above.
    CLEAR_SUBSCRIPTIONS = "DELETE FROM calendar_subscription";
    /// As above.
    CLEAR_FEEDS = "DELETE FROM calendar_feed";
    /// As above.
    CLEAR_ZONES = "DELETE FROM calendar_zone";
    /// As above.
    CLEAR_CALENDAR = "DELETE FROM calendar_entry";
}

inserts! { CALENDAR_INSERTS:
    /// The word, once.
    ADD_ORIGIN = "calendar_origin (word)", "";
    /// Entries, new or changed.
    PUT_ENTRIES = "calendar_entry (pam_id, lineage, kind, partner_id, nth, day, begins, ends, contact_id, sequence, changed_at, \
        cancelled)", "ON CONFLICT (pam_id, lineage, kind, partner_id, nth) DO UPDATE SET day = excluded.day, \
        begins = excluded.begins, ends = excluded.ends, contact_id = excluded.contact_id, sequence = excluded.sequence, \
        changed_at = excluded.changed_at, cancelled = excluded.cancelled";
    /// A feed.
    ADD_FEED = "calendar_feed (id, pam_id, digest, made_by, at)", "";
    /// A zone, chosen or chosen anew.
    PUT_ZONE = "calendar_zone (pam_id, zone)", "ON CONFLICT (pam_id) DO UPDATE SET zone = excluded.zone";
    /// A subscription.
    ADD_SUBSCRIPTION = "calendar_subscription (id, pam_id, name, address, made_by, at)", "";
    /// That one was read.
    ADD_READING = "calendar_reading (id, subscription_id, at, code, told, blocks, skipped)", "";
    /// What it said.
    ADD_BUSY = "busy_block (subscription_id, pam_id, day, begins, ends)", "";
}
