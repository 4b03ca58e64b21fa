-- Calendars out and in: what each PAM's feed has said of plans, who may read it, and when PAMs are busy elsewhere.

INSERT INTO counter (name, value) VALUES
    ('calendar_plan', 0), ('calendar_feed', 0), ('calendar_subscription', 0), ('calendar_reading', 0);

-- A word of this database's own, part of every entry's identity; at most one row.
CREATE TABLE calendar_origin (word TEXT NOT NULL PRIMARY KEY);

-- What the feeds hold: a visit, night or desk block of a line of plans that replace each other, told apart by partner (0 at
-- the desk) and number. Follows from the plans; the counter `calendar_plan` says up to which of them.
CREATE TABLE calendar_entry (
    pam_id BIGINT NOT NULL,
    lineage BIGINT NOT NULL,
    kind TEXT NOT NULL,
    partner_id BIGINT NOT NULL,
    nth INTEGER NOT NULL,
    day INTEGER NOT NULL,
    begins INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    contact_id BIGINT,
    sequence BIGINT NOT NULL,
    changed_at TEXT NOT NULL,
    cancelled BOOLEAN NOT NULL,
    PRIMARY KEY (pam_id, lineage, kind, partner_id, nth)
);
CREATE INDEX calendar_entry_of_lineage ON calendar_entry (lineage);

-- Secrets are kept as digests only. Words of the end: when, and by whom.
CREATE TABLE calendar_feed (
    id BIGINT NOT NULL PRIMARY KEY,
    pam_id BIGINT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT
);
CREATE INDEX calendar_feed_of ON calendar_feed (pam_id);

CREATE TABLE calendar_zone (pam_id BIGINT NOT NULL PRIMARY KEY, zone TEXT NOT NULL);

-- A calendar whose busy time binds the planner: an address that is read again and again, or a file handed in once (no address).
CREATE TABLE calendar_subscription (
    id BIGINT NOT NULL PRIMARY KEY,
    pam_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT
);

-- Every time that one was read: an empty code where it went well.
CREATE TABLE calendar_reading (
    id BIGINT NOT NULL PRIMARY KEY,
    subscription_id BIGINT NOT NULL REFERENCES calendar_subscription (id),
    at TEXT NOT NULL,
    code TEXT NOT NULL,
    told TEXT NOT NULL,
    blocks BIGINT NOT NULL,
    skipped BIGINT NOT NULL
);
CREATE INDEX calendar_reading_of ON calendar_reading (subscription_id, id);

-- Day and minutes by the PAM's own clock. No title, no place, nobody's name.
CREATE TABLE busy_block (
    subscription_id BIGINT NOT NULL REFERENCES calendar_subscription (id),
    pam_id BIGINT NOT NULL,
    day INTEGER NOT NULL,
    begins INTEGER NOT NULL,
    ends INTEGER NOT NULL
);
CREATE INDEX busy_block_of ON busy_block (subscription_id);
