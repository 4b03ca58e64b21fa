//! What is told of KAMs' own accounts.

use super::{inserts, statements};

statements! { KAM_STATEMENTS:
    /// Every one that stands, by KAM then months.
    KAM_FIGURES = "SELECT id, kam, from_month, to_month, booked, baseline, doubt, cost, at, made_by FROM kam_figures \
        WHERE undone_at IS NULL ORDER BY kam, from_month, id";
    /// Takes one back.
    UNDO_KAM_FIGURES = "UPDATE kam_figures SET undone_by = $2, undone_at = $3 WHERE id = $1 AND undone_at IS NULL";
    /// Away with all of them.
    CLEAR_KAM_FIGURES = "DELETE FROM kam_figures";
}

inserts! { KAM_INSERTS:
    /// Figures, appended.
    ADD_KAM_FIGURES = "kam_figures (id, kam, from_month, to_month, booked, baseline, doubt, cost, at, made_by)", "";
}
