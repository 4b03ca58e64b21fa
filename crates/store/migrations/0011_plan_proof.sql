-- How good a plan's routes are proved to be: the latest proof of each plan, with how long was sought.

CREATE TABLE plan_proof (
    plan_id BIGINT NOT NULL PRIMARY KEY REFERENCES plan (id),
    at TEXT NOT NULL,
    document TEXT NOT NULL
);
