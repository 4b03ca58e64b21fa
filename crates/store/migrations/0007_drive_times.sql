-- Drive times that a map or a map service was asked for. A version is one service or one map's content; times are appended
-- to it, and a plan names the version it was made with.

INSERT INTO counter (name, value) VALUES ('road_version', 0), ('logged_trip', 0);

CREATE TABLE road_version (
    id BIGINT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    made_of TEXT NOT NULL,
    at TEXT NOT NULL
);

-- Places in ten-thousandths of a degree. Without seconds: 'ferry' needs one, 'unknown' could not be found out there.
CREATE TABLE drive_time (
    version_id BIGINT NOT NULL REFERENCES road_version (id),
    from_lat INTEGER NOT NULL,
    from_lon INTEGER NOT NULL,
    to_lat INTEGER NOT NULL,
    to_lon INTEGER NOT NULL,
    measured TEXT NOT NULL,
    seconds BIGINT,
    metres BIGINT,
    asked_on INTEGER NOT NULL,
    PRIMARY KEY (version_id, from_lat, from_lon, to_lat, to_lon)
);

-- Trips that PAMs drove and wrote down; the same trip told twice is one.
CREATE TABLE logged_trip (
    id BIGINT NOT NULL PRIMARY KEY,
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    day INTEGER NOT NULL,
    from_lat INTEGER NOT NULL,
    from_lon INTEGER NOT NULL,
    to_lat INTEGER NOT NULL,
    to_lon INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    UNIQUE (pam_id, day, from_lat, from_lon, to_lat, to_lon, minutes)
);
