-- What partners buy of our things from everybody in a year, and our part of it, where files tell.
ALTER TABLE partner ADD COLUMN wallet BIGINT;
ALTER TABLE partner ADD COLUMN wallet_share DOUBLE PRECISION;

-- People's figures for potentials, appended and never changed. Words: 'own' a figure of one's own, 'blind' one given before
-- ours was shown (with what ours was), 'kept' and 'ours' what was decided after that, 'withdrawn' no figure any longer.
-- The latest word of a partner that is not 'blind' counts.
CREATE TABLE potential_judgement (
    id BIGINT NOT NULL PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    word TEXT NOT NULL,
    amount BIGINT,
    spread DOUBLE PRECISION,
    ours BIGINT,
    ours_low BIGINT,
    ours_high BIGINT,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX potential_judgement_partner ON potential_judgement (partner_id, id);
INSERT INTO counter (name, value) VALUES ('potential_judgement', 0);
