/* A reading as JSON, for people and for judging a row again. */
#include "config.h"

#include <string.h>

#include "base/str.h"
#include "ingest/reading_priv.h"

static void set_column(struct js *js, const struct reading *r, enum role role)
{
	struct str t = { 0 };

	if (r->column[role] < 0)
		return;
	if (r->name[role] != NULL)
		str_add(&t, r->name[role]);
	else
		str_addf(&t, "%d", r->column[role] + 1);
	js_set_text(js, role_word[role], t.s != NULL ? t.s : "");
	str_clear(&t);
}

static const enum role money[] = { ROLE_AMOUNT, ROLE_PRICE, ROLE_QUANTITY };

/* The column that the amount comes from. */
static enum role main_role(const struct reading *r)
{
	return r->column[ROLE_AMOUNT] >= 0 ? ROLE_AMOUNT : ROLE_PRICE;
}

static struct js *numbers_json(const struct reading *r)
{
	struct js *js = js_object();

	for (size_t i = 0; i < sizeof money / sizeof money[0]; i++)
		if (r->column[money[i]] >= 0)
			js_set_text(js, role_word[money[i]], number_form_write(&r->form[money[i]]));
	return js;
}

static struct js *names_json(const struct reading *r)
{
	struct js *js = js_array();

	for (uint32_t i = 0; i < r->fields && i < SPLIT_FIELDS; i++)
		js_add_text(js, r->names[i].p);
	return js;
}

static struct js *key_json(const struct reading *r)
{
	struct js *js = js_object(), *columns = js_array();

	js_set_text(js, "name", r->key_name);
	for (int i = 0; i < r->keys; i++)
		js_add(columns, js_int(r->key[i] + 1));
	js_set(js, "columns", columns);
	return js;
}

static enum rc key_from_json(const struct js *js, struct reading *r)
{
	const struct js *columns = js_get(js, "columns");

	r->key_name = js_text_of(js_get(js, "name"));
	if (r->key_name == NULL)
		r->key_name = "";
	if (js_count(columns) > READING_KEYS)
		return err_set(RC_INTERNAL, "CSV-130", "the stored reading of a file cannot be read back");
	for (size_t i = 0; i < js_count(columns); i++)
		r->key[r->keys++] = (int)js_int_of(js_at(columns, i)) - 1;
	return RC_OK;
}

static struct js *attributes_json(const struct reading *r)
{
	struct js *js = js_object();

	for (int i = 0; i < r->attributes; i++)
		js_set_int(js, r->attribute[i].name, r->attribute[i].column + 1);
	return js;
}

struct js *reading_json(const struct reading *r)
{
	struct js *js = js_object(), *columns = js_object();
	char format[16], delimiter[2] = { r->delimiter, '\0' }, quote[2] = { r->quote, '\0' };

	for (int role = 0; role < ROLES; role++)
		set_column(js, r, (enum role)role);
	date_format_write(format, &r->date_format);
	js_set_text(js, "date_format", format);
	js_set_text(js, "decimal", r->form[main_role(r)].point == ',' ? "," : ".");
	js_set(js, "numbers", numbers_json(r));
	js_set_bool(js, "header", r->header);
	js_set_int(js, "fields", r->fields);
	js_set_text(js, "delimiter", delimiter);
	if (r->quote != '"')
		js_set_text(js, "quote", quote);
	for (int role = 0; role < ROLES; role++)
		if (r->column[role] >= 0)
			js_set_int(columns, role_word[role], r->column[role] + 1);
	js_set(js, "columns", columns);
	if (r->names != NULL)
		js_set(js, "names", names_json(r));
	if (reading_keys(r) > 0)
		js_set(js, "key", key_json(r));
	if (r->attributes > 0)
		js_set(js, "attributes", attributes_json(r));
	return js;
}

static enum rc attributes_from_json(const struct js *js, struct reading *r)
{
	if (js_count(js) > READING_ATTRIBUTES)
		return err_set(RC_INTERNAL, "CSV-130", "the stored reading of a file cannot be read back");
	for (size_t i = 0; i < js_count(js); i++)
		r->attribute[r->attributes++] = (struct reading_attribute){ js_key_at(js, i), (int)js_int_of(js_get(js, js_key_at(js, i))) - 1 };
	return RC_OK;
}

enum rc reading_from_json(const struct js *js, struct reading *out)
{
	struct reading r = { .header = js_bool_of(js_get(js, "header")), .fields = (uint32_t)js_int_of(js_get(js, "fields")) };
	const char *format = js_text_of(js_get(js, "date_format")), *delimiter = js_text_of(js_get(js, "delimiter"));
	const char *quote = js_text_of(js_get(js, "quote"));
	const struct js *columns = js_get(js, "columns");

	if (format == NULL || delimiter == NULL || !date_format_read(format, &r.date_format))
		return err_set(RC_INTERNAL, "CSV-130", "the stored reading of a file cannot be read back");
	r.delimiter = delimiter[0];
	r.quote = quote != NULL ? quote[0] : '"';
	for (size_t i = 0; i < sizeof money / sizeof money[0]; i++) {
		const char *form = js_text_of(js_get(js_get(js, "numbers"), role_word[money[i]]));

		if (!number_form_read(form != NULL ? form : "1234.56", &r.form[money[i]]))
			return err_set(RC_INTERNAL, "CSV-130", "the stored reading of a file cannot be read back");
	}
	for (int role = 0; role < ROLES; role++) {
		const struct js *c = js_get(columns, role_word[role]);

		r.column[role] = c != NULL ? (int)js_int_of(c) - 1 : -1;
		r.name[role] = r.header && c != NULL ? js_text_of(js_get(js, role_word[role])) : NULL;
	}
	enum rc rc = key_from_json(js_get(js, "key"), &r);

	if (rc == RC_OK)
		rc = attributes_from_json(js_get(js, "attributes"), &r);
	if (rc == RC_OK)
		*out = r;
	return rc;
}
