-- A plan that came from another by a change: whose, what, and what people have arranged about it. A version is appended like
-- any plan; undoing appends the earlier one again. The document holds the arrangements; the change is a document too, empty
-- where the version was undone or redone.
CREATE TABLE plan_version (
    plan_id BIGINT NOT NULL PRIMARY KEY REFERENCES plan (id),
    made_from BIGINT NOT NULL REFERENCES plan (id),
    undo_to BIGINT REFERENCES plan (id),
    redo_to BIGINT REFERENCES plan (id),
    event TEXT NOT NULL,
    change TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX plan_version_made_from ON plan_version (made_from);
