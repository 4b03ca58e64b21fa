//! Rules about partners' coverage, what-ifs and toss-ups.

use super::{inserts, statements};

/// Columns of a rule; the last says whether it holds by its own events.
macro_rules! rules {
    ($rest:expr) => {
        concat!(
            "SELECT r.id, r.partner_id, r.demand, r.visits, r.touches, r.not_from, r.not_to, r.within_from, ",
            "r.within_to, r.decided_by, r.day, r.reason, r.toss_up_id, r.what_if_id, r.at, ",
            "NOT EXISTS (SELECT 1 FROM coverage_rule_event e WHERE e.rule_id = r.id AND e.event = 'ended' AND NOT EXISTS ",
            "(SELECT 1 FROM coverage_rule_event later WHERE later.rule_id = r.id AND later.id > e.id)) AS holds ",
            "FROM coverage_rule r ",
            $rest
        )
    };
}

statements! { COVERAGE_STATEMENTS:
    /// Every rule there ever was, by partner then id.
    RULES = rules!("ORDER BY r.partner_id, r.id");
    /// One rule.
    RULE = rules!("WHERE r.id = $1");
    /// Partners that rules name.
    RULED_PARTNERS = "SELECT DISTINCT partner_id FROM coverage_rule";
    /// Partners that toss-ups name.
    TOSSED_PARTNERS = "SELECT DISTINCT partner_id FROM toss_up_candidate";

    /// The what-if that holds: the one applied last and not undone since.
    HELD_WHAT_IF = "SELECT e.what_if_id FROM what_if_event e WHERE e.event = 'applied' AND NOT EXISTS \
        (SELECT 1 FROM what_if_event undone WHERE undone.what_if_id = e.what_if_id AND undone.event = 'undone' \
        AND undone.id > e.id) ORDER BY e.id DESC LIMIT 1";
    /// Every what-if that was not dropped, latest first.
    WHAT_IFS = "SELECT w.id, w.at, w.decided_by, w.name, w.document FROM what_if w WHERE NOT EXISTS \
        (SELECT 1 FROM what_if_event e WHERE e.what_if_id = w.id AND e.event = 'dropped') ORDER BY w.id DESC";
    /// One what-if.
    WHAT_IF = "SELECT w.id, w.at, w.decided_by, w.name, w.document FROM what_if w WHERE w.id = $1";
    /// What became of what-ifs, latest first.
    WHAT_IF_EVENTS = "SELECT what_if_id, event, decided_by, at FROM what_if_event ORDER BY id DESC";

    /// Every toss-up, latest first.
    TOSS_UPS = "SELECT id, at, decided_by, commitment, document FROM toss_up ORDER BY id DESC";
    /// One toss-up.
    TOSS_UP = "SELECT id, at, decided_by, commitment, document FROM toss_up WHERE id = $1";
    /// What became of toss-ups.
    TOSS_UP_EVENTS = "SELECT toss_up_id, event, decided_by, at, document FROM toss_up_event ORDER BY toss_up_id, event";

    /// Everything away.
    CLEAR_RULE_EVENTS = "DELETE FROM coverage_rule_event";
    /// As above.
    CLEAR_RULES = "DELETE FROM coverage_rule";
    /// As above.
    CLEAR_TOSS_UP_EVENTS = "DELETE FROM toss_up_event";
    /// As above.
    CLEAR_TOSS_UP_CANDIDATES = "DELETE FROM toss_up_candidate";
    /// As above.
    CLEAR_TOSS_UPS = "DELETE FROM toss_up";
    /// As above.
    CLEAR_WHAT_IF_EVENTS = "DELETE FROM what_if_event";
    /// As above.
    CLEAR_WHAT_IFS = "DELETE FROM what_if";
}

inserts! { COVERAGE_INSERTS:
    /// Rules, appended.
    ADD_RULES = "coverage_rule (id, partner_id, demand, visits, touches, not_from, not_to, within_from, within_to, \
        decided_by, day, reason, toss_up_id, what_if_id, at)", "";
    /// What became of a rule.
    ADD_RULE_EVENT = "coverage_rule_event (id, rule_id, event, decided_by, at)", "";
    /// A what-if, appended.
    ADD_WHAT_IF = "what_if (id, at, decided_by, name, document)", "";
    /// What became of a what-if.
    ADD_WHAT_IF_EVENT = "what_if_event (id, what_if_id, event, decided_by, at)", "";
    /// A toss-up, appended before its draw.
    ADD_TOSS_UP = "toss_up (id, at, decided_by, commitment, document)", "";
    /// Its candidates.
    ADD_TOSS_UP_CANDIDATES = "toss_up_candidate (toss_up_id, partner_id)", "";
    /// What became of a toss-up.
    ADD_TOSS_UP_EVENT = "toss_up_event (toss_up_id, event, decided_by, at, document)", "";
}
