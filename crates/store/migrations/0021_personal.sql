-- People whose personal data were erased: the row stays, so that numbers in the log and in other tables go on meaning one person; nothing in it tells whom.
ALTER TABLE person ADD COLUMN erased_at BIGINT;
