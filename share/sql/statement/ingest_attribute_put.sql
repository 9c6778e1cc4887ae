-- about: an attribute with its type and counts
INSERT INTO attribute(attribute, name, type, form, personal, customers, different) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT(attribute) DO UPDATE SET type = excluded.type, form = excluded.form, customers = excluded.customers, different = excluded.different;
