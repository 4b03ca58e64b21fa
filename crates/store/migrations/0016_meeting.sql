-- Meetings, each version whole: appended, never changed; the latest version stands. One that goes back says to which (`restores`);
-- a meeting whose making was taken back stands as 'gone'. A held one counts as a touch of `kind` while it stands.

INSERT INTO counter (name, value) VALUES ('meeting', 0);

CREATE TABLE meeting_version (
    meeting_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    stage TEXT NOT NULL,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    contact_id BIGINT REFERENCES contact (id),
    day INTEGER NOT NULL,
    kind TEXT NOT NULL,
    quality DOUBLE PRECISION,
    restores INTEGER,
    document TEXT NOT NULL,
    PRIMARY KEY (meeting_id, version)
);
CREATE INDEX meeting_partner ON meeting_version (partner_id);

-- Meetings that came with a file, by what they are known again by.
CREATE TABLE meeting_source (
    key TEXT NOT NULL,
    import_id BIGINT NOT NULL REFERENCES import (id),
    meeting_id BIGINT NOT NULL,
    PRIMARY KEY (key, import_id)
);

-- What a partner's business looks like, from files: annual figures, contracts, rebates, certificates, stock, invoices, pipeline.
-- Appended; of one kind and key the latest import that stands speaks, and undoing an import takes its rows away.
CREATE TABLE business_record (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    import_id BIGINT NOT NULL REFERENCES import (id),
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    document TEXT NOT NULL,
    PRIMARY KEY (kind, key, import_id)
);
CREATE INDEX business_partner ON business_record (partner_id);
