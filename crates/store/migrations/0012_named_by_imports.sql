-- What an import names stays while the import stands, also while a later correction hides the line or record that named it.

-- Partners that the lines of an import name.
CREATE TABLE import_partner (
    import_id BIGINT NOT NULL REFERENCES import (id),
    partner_id BIGINT NOT NULL,
    PRIMARY KEY (import_id, partner_id)
);
INSERT INTO import_partner (import_id, partner_id) SELECT DISTINCT import_id, partner_id FROM sale_line;

-- Categories that the lines of an import name.
CREATE TABLE import_category (
    import_id BIGINT NOT NULL REFERENCES import (id),
    category_id BIGINT NOT NULL,
    PRIMARY KEY (import_id, category_id)
);
INSERT INTO import_category (import_id, category_id) SELECT DISTINCT import_id, category_id FROM sale_line;

-- Key of the record that a changed record names: a partner's PAM, an article's category.
ALTER TABLE change ADD COLUMN names TEXT;
