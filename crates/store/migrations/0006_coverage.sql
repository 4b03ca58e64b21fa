-- What somebody or chance has decided about coverage: rules, what-ifs and toss-ups. All of it is appended; what became of
-- each stands in the table of its events, where the latest word counts.

INSERT INTO counter (name, value) VALUES
    ('coverage_rule', 0), ('coverage_rule_event', 0), ('what_if', 0), ('what_if_event', 0), ('toss_up', 0);

CREATE TABLE what_if (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL
);

-- Words: 'applied', 'undone', 'dropped'.
CREATE TABLE what_if_event (
    id BIGINT NOT NULL PRIMARY KEY,
    what_if_id BIGINT NOT NULL REFERENCES what_if (id),
    event TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX what_if_event_of ON what_if_event (what_if_id, id);

-- The document holds the candidates in their blocks, the probability, the seed and the price; the commitment is the hash of
-- it that was shown before the draw.
CREATE TABLE toss_up (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    commitment TEXT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE toss_up_candidate (
    toss_up_id BIGINT NOT NULL REFERENCES toss_up (id),
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    PRIMARY KEY (toss_up_id, partner_id)
);
CREATE INDEX toss_up_candidate_partner ON toss_up_candidate (partner_id);

-- What became of a toss-up, each word once: 'drawn' with who won as a document, 'ended'.
CREATE TABLE toss_up_event (
    toss_up_id BIGINT NOT NULL REFERENCES toss_up (id),
    event TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    at TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (toss_up_id, event)
);

-- A rule of a what-if holds only while that what-if does.
CREATE TABLE coverage_rule (
    id BIGINT NOT NULL PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    demand TEXT NOT NULL,
    visits BIGINT,
    touches DOUBLE PRECISION,
    not_from INTEGER,
    not_to INTEGER,
    within_from INTEGER,
    within_to INTEGER,
    decided_by TEXT NOT NULL,
    day INTEGER NOT NULL,
    reason TEXT NOT NULL,
    toss_up_id BIGINT REFERENCES toss_up (id),
    what_if_id BIGINT REFERENCES what_if (id),
    at TEXT NOT NULL
);
CREATE INDEX coverage_rule_partner ON coverage_rule (partner_id, id);

-- Words: 'ended', 'restored'.
CREATE TABLE coverage_rule_event (
    id BIGINT NOT NULL PRIMARY KEY,
    rule_id BIGINT NOT NULL REFERENCES coverage_rule (id),
    event TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX coverage_rule_event_of ON coverage_rule_event (rule_id, id);
