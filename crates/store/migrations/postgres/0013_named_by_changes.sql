-- What changes made before now name, out of the records they left.
UPDATE change SET names = NULLIF((CAST(after AS json) ->> 'pam'), '') WHERE kind = 'partner';
UPDATE change SET names = NULLIF((CAST(after AS json) ->> 'category'), '') WHERE kind = 'product';
