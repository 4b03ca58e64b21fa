//! Territories that were taken over, and the PAMs they gave partners.

use super::{inserts, statements};

statements! { TERRITORY_STATEMENTS:
    /// Every change, latest first, with when and by whom it was taken back.
    TERRITORY_CHANGES = "SELECT c.id, c.at, c.decided_by, e.at AS undone_at, e.decided_by AS undone_by, \
        (SELECT COUNT(*) FROM territory_handover h WHERE h.change_id = c.id) AS partners FROM territory_change c \
        LEFT JOIN territory_event e ON e.change_id = c.id AND e.event = 'undone' ORDER BY c.id DESC";
    /// A change's handovers, with the PAM that each partner has now.
    TERRITORY_HANDOVERS = "SELECT h.partner_id, h.from_pam, h.to_pam, p.pam_id AS now FROM territory_handover h \
        JOIN partner p ON p.id = h.partner_id WHERE h.change_id = $1 ORDER BY h.partner_id";
    /// The PAM that every partner has.
    PAMS_NOW = "SELECT id, pam_id FROM partner ORDER BY id";
    /// Gives a partner a PAM, or none.
    GIVE_PAM = "UPDATE partner SET pam_id = $2 WHERE id = $1";
    /// Takes a change back.
    UNDO_TERRITORY = "INSERT INTO territory_event (change_id, event, decided_by, at) VALUES ($1, 'undone', $2, $3)";
    /// The latest import.
    LAST_IMPORT = "SELECT COALESCE(MAX(id), 0) FROM import";
    /// Partners whose latest word on who runs them is a change that holds, and who is not the one they have: the change's
    /// PAM. An import that came later and is not undone has the last word instead.
    UNHEEDED_HANDOVERS = "SELECT h.partner_id, h.to_pam FROM territory_handover h \
        JOIN territory_change c ON c.id = h.change_id JOIN partner p ON p.id = h.partner_id \
        WHERE (p.pam_id IS NULL OR p.pam_id <> h.to_pam) \
        AND NOT EXISTS (SELECT 1 FROM territory_event e WHERE e.change_id = h.change_id) \
        AND NOT EXISTS (SELECT 1 FROM territory_handover k WHERE k.partner_id = h.partner_id AND k.change_id > h.change_id \
            AND NOT EXISTS (SELECT 1 FROM territory_event e WHERE e.change_id = k.change_id)) \
        AND NOT EXISTS (SELECT 1 FROM change i WHERE i.kind = 'partner' AND i.key = p.key AND i.import_id > c.after_import \
            AND NOT EXISTS (SELECT 1 FROM import_event e WHERE e.import_id = i.import_id AND e.event = 'undone')) \
        ORDER BY h.partner_id";
    /// Partners that changes and locks name.
    PARTNERS_OF_TERRITORIES = "SELECT partner_id FROM territory_handover UNION SELECT partner_id FROM territory_lock";
    /// PAMs that changes and locks name.
    PAMS_OF_TERRITORIES = "SELECT to_pam FROM territory_handover \
        UNION SELECT from_pam FROM territory_handover WHERE from_pam IS NOT NULL UNION SELECT pam_id FROM territory_lock";
    /// Locks that hold, by partner.
    TERRITORY_LOCKS = "SELECT partner_id, pam_id, decided_by, at FROM territory_lock WHERE ended_at IS NULL \
        ORDER BY partner_id, id";
    /// The PAM that a partner is locked to.
    LOCK_OF_PARTNER = "SELECT pam_id FROM territory_lock WHERE partner_id = $1 AND ended_at IS NULL";
    /// Ends a partner's lock.
    END_TERRITORY_LOCK = "UPDATE territory_lock SET ended_by = $2, ended_at = $3 WHERE partner_id = $1 AND ended_at IS NULL";
    /// Away with all of it.
    CLEAR_TERRITORY_LOCKS = "DELETE FROM territory_lock";
    /// Away with all of it.
    CLEAR_TERRITORY_EVENTS = "DELETE FROM territory_event";
    /// As above.
    CLEAR_TERRITORY_HANDOVERS = "DELETE FROM territory_handover";
    /// As above.
    CLEAR_TERRITORY_CHANGES = "DELETE FROM territory_change";
}

inserts! { TERRITORY_INSERTS:
    /// A change, appended.
    ADD_TERRITORY_CHANGE = "territory_change (id, at, decided_by, after_import)", "";
    /// A lock, appended.
    ADD_TERRITORY_LOCK = "territory_lock (id, partner_id, pam_id, decided_by, at)", "";
    /// Its handovers.
    ADD_TERRITORY_HANDOVERS = "territory_handover (change_id, partner_id, from_pam, to_pam)", "";
}
