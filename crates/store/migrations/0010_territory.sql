-- Territories that were taken over: who gave which partners another PAM, and whether it was taken back. Appended; the PAM a
-- partner has stands in its own row. A change knows the last import before it, so that undoing an import keeps later words.

INSERT INTO counter (name, value) VALUES ('territory_change', 0);

CREATE TABLE territory_change (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    after_import BIGINT NOT NULL
);

-- The PAM before is empty where the partner had none.
CREATE TABLE territory_handover (
    change_id BIGINT NOT NULL REFERENCES territory_change (id),
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    from_pam BIGINT REFERENCES pam (id),
    to_pam BIGINT NOT NULL REFERENCES pam (id),
    PRIMARY KEY (change_id, partner_id)
);
CREATE INDEX territory_handover_partner ON territory_handover (partner_id, change_id);

-- One word so far: 'undone'.
CREATE TABLE territory_event (
    change_id BIGINT NOT NULL PRIMARY KEY REFERENCES territory_change (id),
    event TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    at TEXT NOT NULL
);
