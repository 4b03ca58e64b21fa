-- What history has taught, each reading whole: appended, never changed; the latest holds.

INSERT INTO counter (name, value) VALUES ('lesson', 0);

CREATE TABLE lesson (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    document TEXT NOT NULL
);
