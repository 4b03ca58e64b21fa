-- What a longer search found for a plan, at most one answer for each: the better plan, or nothing (an empty document), and who
-- said no to it. A better plan that is taken becomes a version of its own; this row stays as it is.

CREATE TABLE plan_better (
    plan_id BIGINT NOT NULL PRIMARY KEY REFERENCES plan (id),
    at TEXT NOT NULL,
    document TEXT NOT NULL,
    declined_by TEXT,
    declined_at TEXT
);

-- Partners that stay with a PAM whatever is proposed. Appended; one is ended, never erased.

INSERT INTO counter (name, value) VALUES ('territory_lock', 0);

CREATE TABLE territory_lock (
    id BIGINT NOT NULL PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    decided_by TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT
);
CREATE INDEX territory_lock_partner ON territory_lock (partner_id, id);
