-- Failed sign-ins get a number, so that one that turned out right can be taken away again. Nothing was kept in the table before.
DROP TABLE failed_sign_in;
CREATE TABLE failed_sign_in (
    id BIGINT NOT NULL PRIMARY KEY,
    counted_by TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX failed_sign_in_by ON failed_sign_in (counted_by, at);
INSERT INTO counter (name, value) VALUES ('failed_sign_in', 0);

-- Browsers in which somebody has signed in before: what others try with their address does not hold them up there.
CREATE TABLE known_browser (
    digest TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL
);
CREATE INDEX known_browser_of ON known_browser (person_id);

-- Sign-ins and changes of an account that wait for a second step, by the digest of what the browser brings back, used once.
CREATE TABLE begun_sign_in (
    digest TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id BIGINT,
    document TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- For how many days something is kept, where somebody has decided otherwise than the default.
CREATE TABLE retention (
    kind TEXT NOT NULL PRIMARY KEY,
    days BIGINT NOT NULL
);
