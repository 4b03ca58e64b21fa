-- A PAM's own word on where time went: so many minutes more or less in a class of a week; appended, and what is taken back stays, with who and when.
-- Classes: 'field', 'preparation', 'digital', 'administration'. `week` is the week's Monday.
CREATE TABLE time_correction (
    id BIGINT NOT NULL PRIMARY KEY,
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    week INTEGER NOT NULL,
    class TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT
);
CREATE INDEX time_correction_of ON time_correction (pam_id, week);
INSERT INTO counter (name, value) VALUES ('time_correction', 0);

-- Minutes that are assumed; appended, the latest of a code holds, and NULL goes back to the default.
CREATE TABLE time_assumption (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    minutes INTEGER,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('time_assumption', 0);
