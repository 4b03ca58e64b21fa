-- People and what lets them in. Instants are seconds since 1970. Secrets (passwords, links, sessions, recovery codes) are kept as digests only.

INSERT INTO counter (name, value) VALUES ('person', 0), ('passkey', 0), ('audit', 0);

-- Whoever may sign in. `pam_id` says which PAM they are, `partner_id` whose contact; identities are never used twice, so neither needs to exist.
CREATE TABLE person (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    pam_id BIGINT,
    partner_id BIGINT,
    password TEXT,
    demo BOOLEAN NOT NULL,
    made_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    ended_at BIGINT
);

-- Links that let somebody choose a password, once.
CREATE TABLE sign_in_link (
    digest TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX sign_in_link_of ON sign_in_link (person_id);

CREATE TABLE session (
    digest TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX session_of ON session (person_id);

-- Sign-ins that failed, by what they are counted by: an account or an address, as a digest.
CREATE TABLE failed_sign_in (
    counted_by TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX failed_sign_in_by ON failed_sign_in (counted_by, at);

-- Codes by the clock: the secret, when it was confirmed, and the last step that was accepted, so that none is accepted twice.
CREATE TABLE clock_code (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    secret TEXT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);
CREATE TABLE recovery_code (
    person_id BIGINT NOT NULL REFERENCES person (id),
    digest TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person_id, digest)
);

CREATE TABLE passkey (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX passkey_of ON passkey (person_id);

-- Who a person is at a provider of sign-in.
CREATE TABLE provider_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX provider_identity_of ON provider_identity (person_id);

-- Who did what, and when. Every row carries a digest of itself and of the row before, so that none can be changed or left out unseen.
CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    person_id BIGINT,
    done_by TEXT NOT NULL,
    deed TEXT NOT NULL,
    about TEXT NOT NULL,
    chain TEXT NOT NULL
);

CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
