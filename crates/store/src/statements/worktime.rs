//! Where time went, in a PAM's own words, and what is assumed.

use super::{inserts, statements};

statements! { WORKTIME_STATEMENTS:
    /// Corrections that stand, in order.
    TIME_CORRECTIONS = "SELECT id, pam_id, week, class, minutes, at, made_by FROM time_correction WHERE undone_at IS NULL ORDER BY id";
    /// Takes one back.
    UNDO_TIME_CORRECTION = "UPDATE time_correction SET undone_at = $3, undone_by = $4 \
        WHERE id = $1 AND pam_id = $2 AND undone_at IS NULL";
    /// What holds of each assumption.
    TIME_ASSUMPTIONS = "SELECT a.code, a.minutes FROM time_assumption a \
        WHERE a.id = (SELECT MAX(b.id) FROM time_assumption b WHERE b.code = a.code) ORDER BY a.code";
    /// What devices wrote without a network and was taken in: meeting and moment.
    OPERATIONS_TAKEN = "SELECT meeting_id, at FROM device_operation WHERE code = '' ORDER BY at, id";
    /// PAMs that ever corrected their time.
    PAMS_OF_WORKTIME = "SELECT DISTINCT pam_id FROM time_correction";
    /// Away with corrections.
    CLEAR_TIME_CORRECTIONS = "DELETE FROM time_correction";
    /// Away with assumptions.
    CLEAR_TIME_ASSUMPTIONS = "DELETE FROM time_assumption";
}

inserts! { WORKTIME_INSERTS:
    /// A correction.
    ADD_TIME_CORRECTION = "time_correction (id, pam_id, week, class, minutes, at, made_by)", "";
    /// An assumption.
    ADD_TIME_ASSUMPTION = "time_assumption (id, code, minutes, at, made_by)", "";
}
