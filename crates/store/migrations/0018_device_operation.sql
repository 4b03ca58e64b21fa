-- What devices wrote without a network: each operation once, as it was told, with the first answer it got. Refused ones stay too.
CREATE TABLE device_operation (
    id TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL,
    meeting_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    told TEXT NOT NULL,
    made_at TEXT NOT NULL,
    at TEXT NOT NULL,
    code TEXT NOT NULL,
    sv TEXT NOT NULL,
    en TEXT NOT NULL,
    version INTEGER NOT NULL
);

-- Two values of one field: the one that stands in the meeting, and the one told beside it. Both stay until somebody has chosen, and after.
CREATE TABLE meeting_clash (
    id BIGINT NOT NULL PRIMARY KEY,
    operation_id TEXT NOT NULL REFERENCES device_operation (id),
    meeting_id BIGINT NOT NULL,
    field TEXT NOT NULL,
    stands TEXT NOT NULL,
    told TEXT NOT NULL,
    told_by TEXT NOT NULL,
    at TEXT NOT NULL,
    chosen TEXT,
    chosen_by TEXT,
    chosen_at TEXT
);
CREATE INDEX meeting_clash_of ON meeting_clash (meeting_id);
INSERT INTO counter (name, value) VALUES ('meeting_clash', 0);

-- What each side says of a held meeting, 1 to 5; appended, a side's latest counts.
CREATE TABLE meeting_rating (
    id BIGINT NOT NULL PRIMARY KEY,
    meeting_id BIGINT NOT NULL,
    side TEXT NOT NULL,
    useful INTEGER NOT NULL,
    prepared INTEGER NOT NULL,
    trust INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX meeting_rating_of ON meeting_rating (meeting_id);
INSERT INTO counter (name, value) VALUES ('meeting_rating', 0);
