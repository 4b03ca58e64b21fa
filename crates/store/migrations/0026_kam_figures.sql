-- What is told of a KAM's own accounts over some months, for the scorecard: no file of sales knows a KAM. Appended; what is taken
-- back stays, and says by whom and when. `doubt` is how far the forecast may miss; empty where nobody said.

INSERT INTO counter (name, value) VALUES ('kam_figures', 0);

CREATE TABLE kam_figures (
    id BIGINT NOT NULL PRIMARY KEY,
    kam TEXT NOT NULL,
    from_month INTEGER NOT NULL,
    to_month INTEGER NOT NULL,
    booked BIGINT NOT NULL,
    baseline BIGINT NOT NULL,
    doubt BIGINT,
    cost BIGINT NOT NULL,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT
);
