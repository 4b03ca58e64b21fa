-- How effects are counted, written down with the plan of each season; and figures as they were told, with what they were counted
-- from. Appended, never changed: a figure that comes out otherwise later is a new row beside the old one.

INSERT INTO counter (name, value) VALUES ('effect_figure', 0);

CREATE TABLE effect_specification (
    plan_id BIGINT NOT NULL PRIMARY KEY REFERENCES plan (id),
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE effect_figure (
    id BIGINT NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    specification TEXT NOT NULL,
    lines_hash TEXT NOT NULL,
    last_line BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    low BIGINT NOT NULL,
    value BIGINT NOT NULL,
    high BIGINT NOT NULL,
    cost BIGINT NOT NULL
);
