//! What history has taught.

use super::{inserts, statements};

statements! { LESSON_STATEMENTS:
    /// The latest reading of history.
    LATEST_LESSONS = "SELECT at, document FROM lesson ORDER BY id DESC LIMIT 1";
    /// Away with every reading.
    CLEAR_LESSONS = "DELETE FROM lesson";
}

inserts! { LESSON_INSERTS:
    /// A reading, appended.
    ADD_LESSONS = "lesson (id, at, document)", "";
}
