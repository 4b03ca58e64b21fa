-- What people answered about the model, and which parameters were put into use: appended, never changed.

INSERT INTO counter (name, value) VALUES ('manager_answer', 0), ('model_change', 0);

CREATE TABLE manager_answer (
    id BIGINT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    segment TEXT NOT NULL,
    round INTEGER NOT NULL,
    at TEXT NOT NULL,
    answers TEXT NOT NULL
);
CREATE INDEX manager_answer_segment ON manager_answer (segment, id);

-- Parameters of a segment as they were and as they became.
CREATE TABLE model_change (
    id BIGINT NOT NULL PRIMARY KEY,
    segment TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
