//! Managers' answers, and the parameters that were put into use.

use super::{inserts, statements};

statements! { ANSWER_STATEMENTS:
    /// Every answer, in the order given.
    ANSWERS = "SELECT person, segment, round, at, answers FROM manager_answer ORDER BY id";
    /// Every change of a segment's parameters, in order.
    MODEL_CHANGES = "SELECT at, person, before, after FROM model_change ORDER BY id";
    /// Away with every answer.
    CLEAR_ANSWERS = "DELETE FROM manager_answer";
    /// Away with every change.
    CLEAR_MODEL_CHANGES = "DELETE FROM model_change";
}

inserts! { ANSWER_INSERTS:
    /// An answer, appended.
    ADD_ANSWER = "manager_answer (id, person, segment, round, at, answers)", "";
    /// A change, appended.
    ADD_MODEL_CHANGE = "model_change (id, segment, at, person, before, after)", "";
}
