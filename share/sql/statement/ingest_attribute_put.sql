-- about: an attribute with its type
INSERT INTO attribute(attribute, name, type, form, personal) VALUES(?1, ?2, ?3, ?4, ?5)
ON CONFLICT(attribute) DO UPDATE SET type = excluded.type, form = excluded.form;
