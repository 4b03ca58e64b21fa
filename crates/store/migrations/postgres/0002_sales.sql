-- As in the folder beside this one, in PostgreSQL's words.

-- Appended, never changed. Lines of one import have ids in a row.
CREATE TABLE sale_line (
    id BIGINT NOT NULL PRIMARY KEY,
    key_high BIGINT NOT NULL,
    key_low BIGINT NOT NULL,
    content BIGINT NOT NULL,
    day INTEGER NOT NULL,
    partner_id BIGINT NOT NULL,
    category_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    revenue BIGINT NOT NULL,
    margin BIGINT,
    import_id BIGINT NOT NULL,
    corrects BIGINT
);
CREATE INDEX sale_line_partner ON sale_line (partner_id, day);

-- Which line of a key is live: the latest whose import is not undone.
CREATE TABLE sale_key (
    key_high BIGINT NOT NULL,
    key_low BIGINT NOT NULL,
    line_id BIGINT NOT NULL,
    content BIGINT NOT NULL,
    PRIMARY KEY (key_high, key_low)
);

CREATE TABLE touch (
    id BIGINT NOT NULL PRIMARY KEY,
    key_high BIGINT NOT NULL,
    key_low BIGINT NOT NULL,
    content BIGINT NOT NULL,
    day INTEGER NOT NULL,
    partner_id BIGINT NOT NULL,
    contact_id BIGINT,
    pam_id BIGINT,
    kind TEXT NOT NULL,
    quality DOUBLE PRECISION,
    import_id BIGINT NOT NULL,
    corrects BIGINT
);

CREATE TABLE touch_key (
    key_high BIGINT NOT NULL,
    key_low BIGINT NOT NULL,
    touch_id BIGINT NOT NULL,
    content BIGINT NOT NULL,
    PRIMARY KEY (key_high, key_low)
);

-- Sums of the live lines, kept by difference in the transaction that changes the lines.
CREATE TABLE rollup (
    partner_id BIGINT NOT NULL,
    month INTEGER NOT NULL,
    category_id BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    revenue BIGINT NOT NULL,
    margin BIGINT NOT NULL,
    revenue_with_margin BIGINT NOT NULL,
    PRIMARY KEY (partner_id, month, category_id)
);

CREATE TABLE sale_day (
    day INTEGER NOT NULL PRIMARY KEY,
    lines BIGINT NOT NULL,
    revenue BIGINT NOT NULL,
    margin BIGINT NOT NULL,
    revenue_with_margin BIGINT NOT NULL
);
