-- Toss-ups that were drawn elsewhere, as files tell of them: a row for each partner that took part in a season. Appended; of one season and
-- partner the latest import that stands speaks, and undoing an import takes its rows away. Numbers are those of toss-ups.
CREATE TABLE told_draw (
    toss_up_id BIGINT NOT NULL,
    season TEXT NOT NULL,
    partner_id BIGINT NOT NULL REFERENCES partner (id),
    import_id BIGINT NOT NULL REFERENCES import (id),
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    dated BOOLEAN NOT NULL,
    block TEXT NOT NULL,
    entry TEXT NOT NULL,
    won BOOLEAN NOT NULL,
    visits BIGINT NOT NULL,
    PRIMARY KEY (season, partner_id, import_id)
);
CREATE INDEX told_draw_partner ON told_draw (partner_id);
