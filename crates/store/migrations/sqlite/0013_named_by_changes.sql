-- What changes made before now name, out of the records they left.
UPDATE change SET names = NULLIF(json_extract(after, '$.pam'), '') WHERE kind = 'partner';
UPDATE change SET names = NULLIF(json_extract(after, '$.category'), '') WHERE kind = 'product';
