//! What devices told, values that clash, ratings of meetings.

use super::{inserts, statements};

statements! { OPERATION_STATEMENTS:
    /// The first answer to an operation, and whose it was.
    OPERATION = "SELECT person_id, code, sv, en, version FROM device_operation WHERE id = $1";
    /// Values that clashed when that operation was taken in.
    CLASHES_OF_OPERATION = "SELECT id, meeting_id, field, stands, told, told_by, at FROM meeting_clash \
        WHERE operation_id = $1 ORDER BY id";
    /// Values that nobody has chosen between yet.
    OPEN_CLASHES = "SELECT id, meeting_id, field, stands, told, told_by, at FROM meeting_clash \
        WHERE chosen IS NULL ORDER BY id";
    /// Somebody has chosen.
    SETTLE_CLASH = "UPDATE meeting_clash SET chosen = $2, chosen_by = $3, chosen_at = $4 WHERE id = $1 AND chosen IS NULL";
    /// Everything ever said of meetings, in order.
    RATINGS_OF = "SELECT meeting_id, side, useful, prepared, trust, made_by, at FROM meeting_rating \
        WHERE meeting_id = $1 ORDER BY id";
    /// The same of every meeting.
    RATINGS = "SELECT meeting_id, side, useful, prepared, trust, made_by, at FROM meeting_rating ORDER BY id";
    /// Away with what devices told.
    CLEAR_OPERATIONS = "DELETE FROM device_operation";
    /// Away with what clashed.
    CLEAR_CLASHES = "DELETE FROM meeting_clash";
    /// Away with ratings.
    CLEAR_RATINGS = "DELETE FROM meeting_rating";
}

inserts! { OPERATION_INSERTS:
    /// An operation with its answer.
    ADD_OPERATION = "device_operation (id, person_id, meeting_id, kind, told, made_at, at, code, sv, en, version)", "";
    /// Values that clash.
    ADD_CLASHES = "meeting_clash (id, operation_id, meeting_id, field, stands, told, told_by, at)", "";
    /// A side's word on a meeting.
    ADD_RATINGS = "meeting_rating (id, meeting_id, side, useful, prepared, trust, made_by, at)", "";
}
