-- Touches that people log here, by a tap or from their own mail or list: appended; what is taken back stays, and says by whom and when.
-- Those that went in together are taken back together. `key` is what a mail is known again by; empty for a tap.

INSERT INTO counter (name, value) VALUES ('logged_touch', 0);

CREATE TABLE logged_touch (
    id BIGINT NOT NULL PRIMARY KEY,
    batch BIGINT NOT NULL,
    key TEXT NOT NULL,
    day INTEGER NOT NULL,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    contact_id BIGINT REFERENCES contact (id),
    pam_id BIGINT REFERENCES pam (id),
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT
);
CREATE INDEX logged_touch_partner ON logged_touch (partner_id);
