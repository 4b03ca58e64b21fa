-- Letters that somebody pressed "send" for: what is waiting, sent, failed, taken back, or kept because there is no mail server (`kept`).
-- What a letter says never changes; only its state does. Instants are seconds since 1970. `secret` is a link's secret that belongs into the
-- words; it is dropped once the letter is sent or taken back. Two standing letters never have the same `key`: meeting, version, kind, readers.
CREATE TABLE letter (
    id BIGINT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    meeting_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    sender TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    readers TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    secret TEXT NOT NULL,
    calendar TEXT NOT NULL,
    method TEXT NOT NULL,
    uid TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    code TEXT NOT NULL,
    told TEXT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT
);
CREATE UNIQUE INDEX letter_once ON letter (key) WHERE state <> 'back';
CREATE INDEX letter_meeting ON letter (meeting_id);
CREATE INDEX letter_due ON letter (state, due_at);
INSERT INTO counter (name, value) VALUES ('letter', 0);
