-- Portable types only: money BIGINT (ten-thousandths), days INTEGER (since 1970-01-01), months INTEGER (12 * year + month - 1),
-- ids BIGINT assigned by the store and never used twice, JSON as TEXT. NULL is "not known".

CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES
    ('generation', 0), ('demo', 0),
    ('pam', 0), ('partner', 0), ('contact', 0), ('category', 0), ('product', 0),
    ('sale_line', 0), ('touch', 0), ('absence', 0), ('import', 0), ('plan', 0);

CREATE TABLE settings (
    id INTEGER NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
);

CREATE TABLE pam (
    id BIGINT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    precision_code TEXT,
    manager TEXT NOT NULL,
    field_time_week INTEGER
);

CREATE TABLE partner (
    id BIGINT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    precision_code TEXT,
    segment TEXT NOT NULL,
    chain TEXT NOT NULL,
    employees BIGINT,
    revenue BIGINT,
    pam_id BIGINT REFERENCES pam (id),
    opening_hours TEXT,
    closed TEXT NOT NULL,
    visit_time INTEGER,
    inactive BOOLEAN NOT NULL
);
CREATE INDEX partner_pam ON partner (pam_id);

CREATE TABLE contact (
    id BIGINT NOT NULL PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    UNIQUE (partner_id, key)
);

CREATE TABLE category (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    aftermarket BOOLEAN NOT NULL
);

CREATE TABLE product (
    id BIGINT NOT NULL PRIMARY KEY,
    sku TEXT NOT NULL UNIQUE,
    category_id BIGINT REFERENCES category (id)
);
CREATE INDEX product_category ON product (category_id);

CREATE TABLE quota (
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    from_month INTEGER NOT NULL,
    months INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (pam_id, from_month)
);

CREATE TABLE import (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    sources TEXT NOT NULL,
    counts TEXT NOT NULL,
    notices TEXT NOT NULL,
    first_line BIGINT NOT NULL,
    last_line BIGINT NOT NULL,
    first_touch BIGINT NOT NULL,
    last_touch BIGINT NOT NULL
);

-- What became of an import: appended, never changed. One word so far: 'undone'.
CREATE TABLE import_event (
    import_id BIGINT NOT NULL REFERENCES import (id),
    event TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (import_id, event)
);

-- Every record an import wrote into the tables above, as it was and as it became.
CREATE TABLE change (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    import_id BIGINT NOT NULL REFERENCES import (id),
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (kind, key, import_id)
);
CREATE INDEX change_import ON change (import_id, kind);

CREATE TABLE absence (
    id BIGINT NOT NULL PRIMARY KEY,
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    reason TEXT NOT NULL,
    import_id BIGINT NOT NULL REFERENCES import (id)
);
CREATE INDEX absence_pam ON absence (pam_id);

-- Published plans are appended and never changed; the document is the plan, the narrow tables are for looking up.
CREATE TABLE plan (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    season_from INTEGER NOT NULL,
    season_to INTEGER NOT NULL,
    visits BIGINT NOT NULL,
    gain BIGINT NOT NULL,
    document TEXT NOT NULL
);

-- Days on which a plan needs its PAM: on the road or at the desk.
CREATE TABLE plan_day (
    plan_id BIGINT NOT NULL REFERENCES plan (id),
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    day INTEGER NOT NULL,
    PRIMARY KEY (plan_id, pam_id, day)
);

CREATE TABLE plan_stop (
    plan_id BIGINT NOT NULL REFERENCES plan (id),
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    pam_id BIGINT NOT NULL REFERENCES pam (id),
    day INTEGER NOT NULL,
    contact_id BIGINT REFERENCES contact (id),
    PRIMARY KEY (plan_id, partner_id, day)
);
CREATE INDEX plan_stop_day ON plan_stop (day);
