-- Links by which a partner opens its own page without a password. Only the digest of a link's secret is kept. Instants are seconds since 1970.
CREATE TABLE portal_link (
    id BIGINT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    name TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    seen_at BIGINT,
    ended_at BIGINT,
    ended_by TEXT
);
CREATE INDEX portal_link_of ON portal_link (partner_id);
INSERT INTO counter (name, value) VALUES ('portal_link', 0);

-- What partners answer there; appended, the latest of a kind counts. Kinds: 'share' (per mille of purchases that go through us), 'vendors' (visits by other
-- vendors in 90 days), 'wish' (we need to meet); 'point', 'accept', 'time', 'rating' (about a meeting).
CREATE TABLE portal_answer (
    id BIGINT NOT NULL PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    meeting_id BIGINT,
    kind TEXT NOT NULL,
    number BIGINT,
    words TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX portal_answer_of ON portal_answer (partner_id);
INSERT INTO counter (name, value) VALUES ('portal_answer', 0);
