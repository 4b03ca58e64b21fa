//! Published plans and the days they take.

use super::{inserts, statements};

statements! { PLAN_STATEMENTS:
    /// Every plan, latest first, with whether a later one covers some of its season.
    PLANS = "SELECT p.id, p.at, p.season_from, p.season_to, p.visits, p.gain, EXISTS (SELECT 1 FROM plan later \
        WHERE later.id > p.id AND later.season_from <= p.season_to AND later.season_to >= p.season_from) AS superseded, \
        EXISTS (SELECT 1 FROM plan_version v WHERE v.made_from = p.id) AS revised FROM plan p ORDER BY p.id DESC";
    /// One plan.
    PLAN = "SELECT document FROM plan WHERE id = $1";
    /// Days of plans that hold, but for those whose season touches these days.
    TAKEN = "SELECT DISTINCT d.pam_id, d.day FROM plan p JOIN plan_day d ON d.plan_id = p.id \
        WHERE (p.season_to < $1 OR p.season_from > $2) AND NOT EXISTS (SELECT 1 FROM plan later \
        WHERE later.id > p.id AND later.season_from <= p.season_to AND later.season_to >= p.season_from) \
        ORDER BY d.pam_id, d.day";
    /// Visits after a day of plans that hold and were made before another, but for those whose season touches these days.
    PLANNED_VISITS = "SELECT DISTINCT s.partner_id, s.day FROM plan p JOIN plan_stop s ON s.plan_id = p.id \
        WHERE s.day > $1 AND p.id < $2 AND (p.season_to < $3 OR p.season_from > $4) AND NOT EXISTS (SELECT 1 FROM plan later \
        WHERE later.id > p.id AND later.season_from <= p.season_to AND later.season_to >= p.season_from) \
        ORDER BY s.partner_id, s.day";
    /// Visits of plans that hold, from a day on.
    NEXT_STOPS = "SELECT s.partner_id, s.pam_id, s.day, s.plan_id FROM plan_stop s JOIN plan p ON p.id = s.plan_id \
        WHERE s.day >= $1 AND NOT EXISTS (SELECT 1 FROM plan later \
        WHERE later.id > p.id AND later.season_from <= p.season_to AND later.season_to >= p.season_from) \
        ORDER BY s.partner_id, s.day, s.pam_id, s.plan_id";
    /// The latest plan that covers some of a plan's season, where that is not the plan itself.
    NEWER_PLAN = "SELECT later.id FROM plan p JOIN plan later ON later.id > p.id AND later.season_from <= p.season_to \
        AND later.season_to >= p.season_from WHERE p.id = $1 ORDER BY later.id DESC LIMIT 1";
    /// One version.
    PLAN_VERSION = "SELECT v.plan_id, v.made_from, v.undo_to, v.redo_to, v.event, v.change, v.decided_by, v.document, p.at \
        FROM plan_version v JOIN plan p ON p.id = v.plan_id WHERE v.plan_id = $1";
    /// Versions for the very weeks of a plan, latest first.
    PLAN_VERSIONS = "SELECT v.plan_id, v.made_from, v.undo_to, v.redo_to, v.event, v.change, v.decided_by, v.document, p.at \
        FROM plan_version v JOIN plan p ON p.id = v.plan_id JOIN plan own ON own.season_from = p.season_from \
        AND own.season_to = p.season_to WHERE own.id = $1 ORDER BY v.plan_id DESC";
    /// What was proved of a plan's routes.
    PLAN_PROOF = "SELECT document FROM plan_proof WHERE plan_id = $1";
    /// What a longer search found for a plan.
    PLAN_BETTER = "SELECT at, document, declined_by, declined_at FROM plan_better WHERE plan_id = $1";
    /// Says no to it.
    DECLINE_PLAN_BETTER = "UPDATE plan_better SET declined_by = $2, declined_at = $3 WHERE plan_id = $1";
    /// Forgets it.
    FORGET_PLAN_BETTER = "DELETE FROM plan_better WHERE plan_id = $1";
    /// Away with all of it.
    CLEAR_PLAN_BETTER = "DELETE FROM plan_better";
    /// Away with every proof.
    CLEAR_PLAN_PROOFS = "DELETE FROM plan_proof";
    /// PAMs that plans name.
    PLANNED_PAMS = "SELECT DISTINCT pam_id FROM plan_day";
    /// Partners that plans visit.
    PLANNED_PARTNERS = "SELECT DISTINCT partner_id FROM plan_stop";
    /// Contacts that plans meet.
    PLANNED_CONTACTS = "SELECT DISTINCT contact_id FROM plan_stop WHERE contact_id IS NOT NULL";
}

inserts! { PLAN_INSERTS:
    /// A plan, appended.
    ADD_PLAN = "plan (id, at, season_from, season_to, visits, gain, document)", "";
    /// What is kept of a version beside its plan.
    ADD_PLAN_VERSION = "plan_version (plan_id, made_from, undo_to, redo_to, event, change, decided_by, document)", "";
    /// What was proved of its routes, in place of what was proved before.
    KEEP_PLAN_PROOF = "plan_proof (plan_id, at, document)",
        " ON CONFLICT (plan_id) DO UPDATE SET at = excluded.at, document = excluded.document";
    /// What a longer search found, in place of what one found before.
    KEEP_PLAN_BETTER = "plan_better (plan_id, at, document)",
        " ON CONFLICT (plan_id) DO UPDATE SET at = excluded.at, document = excluded.document, \
        declined_by = NULL, declined_at = NULL";
    /// Its days.
    ADD_PLAN_DAYS = "plan_day (plan_id, pam_id, day)", "";
    /// Its visits.
    ADD_PLAN_STOPS = "plan_stop (plan_id, partner_id, pam_id, day, contact_id)", "";
}
