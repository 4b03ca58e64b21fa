-- Of which brand a line's goods are, and which distributor sold them to the partner: a pair that lines point to, and sums of the live lines
-- that tell either. Lines without, and those of before, point nowhere and count in no sum here. Pairs stay when their import is undone.

INSERT INTO counter (name, value) VALUES ('supply', 0);

CREATE TABLE supply (
    id BIGINT NOT NULL PRIMARY KEY,
    brand TEXT NOT NULL,
    distributor TEXT NOT NULL,
    UNIQUE (brand, distributor)
);

ALTER TABLE sale_line ADD COLUMN supply_id BIGINT;

-- Kept by difference in the transaction that changes the lines, like the other sums.
CREATE TABLE supply_month (
    partner_id BIGINT NOT NULL,
    month INTEGER NOT NULL,
    supply_id BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    revenue BIGINT NOT NULL,
    PRIMARY KEY (partner_id, month, supply_id)
);
