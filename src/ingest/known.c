/* Known content and the options of a later import. Reads and writes no table: nothing of the file changes. Not here: how the content is
 * recognised (import.c), its record (outcome.c). */
#include "config.h"

#include "ingest/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "ingest/reading.h"
#include "ingest/sniff.h"

static bool asks(const struct import_ask *a)
{
	return a->table != NULL || a->encoding != NULL || a->delimiter != NULL || a->date_format != NULL || a->on_bad != NULL ||
		a->negative != NULL || a->customer != NULL || a->date != NULL || a->amount != NULL || a->quantity != NULL || a->price != NULL ||
		a->currency != NULL || a->quote != NULL || a->skip_lines != NULL || a->numbers != NULL || a->attributes != NULL || a->key != NULL;
}

/* The number of a role's column then; NULL when it had none. */
static const char *column_then(struct arena *a, const struct js *reading, const char *role)
{
	const struct js *c = js_get(js_get(reading, "columns"), role);

	return c != NULL ? arena_printf(a, "%lld", (long long)js_int_of(c)) : NULL;
}

/* The same as an option: by its name where a column is called like the number. */
static const char *option_then(struct arena *a, const struct js *reading, const char *role)
{
	const char *number = column_then(a, reading, role);
	const struct js *names = js_get(reading, "names");

	for (size_t i = 0; number != NULL && i < js_count(names); i++) {
		const char *name = js_text_of(js_at(names, i));

		if (name != NULL && strcmp(name, number) == 0)
			return js_text_of(js_get(reading, role));
	}
	return number;
}

/* What the options leave open is as it was then. The table of a mapping leaves nothing open but the delimiter. */
static struct import_ask complete(struct arena *a, const struct import_ask *ask, const struct js *reading)
{
	struct import_ask full = *ask;
	const char *delimiter = js_text_of(js_get(reading, "delimiter"));

	if (full.delimiter == NULL)
		full.delimiter = delimiter == NULL || *delimiter == '\0' ? "blank" : delimiter;
	if (full.table != NULL)
		return full;
	if (full.date_format == NULL)
		full.date_format = js_text_of(js_get(reading, "date_format"));
	if (full.customer == NULL)
		full.customer = option_then(a, reading, "customer");
	if (full.date == NULL)
		full.date = option_then(a, reading, "date");
	if (full.currency == NULL)
		full.currency = option_then(a, reading, "currency");
	if (full.amount != NULL || full.quantity != NULL || full.price != NULL)
		return full;
	full.amount = option_then(a, reading, "amount");
	full.quantity = option_then(a, reading, "quantity");
	full.price = option_then(a, reading, "price");
	if (full.amount == NULL && full.price == NULL)
		full.amount = "none";
	return full;
}

/* The reading under the complete options, in the encoding of then unless one is declared now. */
static enum rc read_now(struct run *run, const struct import_ask *full, const struct rules *rules, struct reader *r, const char *encoding,
	struct reading *out)
{
	struct reader *other = NULL;
	enum rc rc = RC_OK;

	if (full->encoding == NULL && encoding != NULL && strcmp(encoding, reader_encoding(r)) != 0)
		rc = reader_again(r, encoding, &other);
	if (rc == RC_OK)
		rc = sniff_file(run, full, other != NULL ? other : r, rules->max_row, NULL, out);
	reader_close(other);
	return rc;
}

/* "amount 'units' (now 'spend')" joins the list of what differs. */
static void differ(struct str *t, const char *what, const char *then, const char *now)
{
	if (strcmp(then != NULL ? then : "", now != NULL ? now : "") == 0)
		return;
	str_addf(t, "%s%s %s%.60s%s (now %s%.60s%s)", t->n > 0 ? ", " : "", what, then != NULL ? "'" : "", then != NULL ? then : "none",
		then != NULL ? "'" : "", now != NULL ? "'" : "", now != NULL ? now : "none", now != NULL ? "'" : "");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "segment, zip": the attributes of a reading in the order of their names; NULL when it has none. */
static const char *attributes_of(struct arena *a, const struct js *reading)
{
	const struct js *list = js_get(reading, "attributes");
	size_t n = js_count(list);
	const char **name = arena_alloc(a, n + 1, sizeof *name), *t = NULL;

	for (size_t i = 0; i < n; i++)
		name[i] = js_key_at(list, i);
	qsort(name, n, sizeof *name, by_name);
	for (size_t i = 0; i < n; i++)
		t = t == NULL ? name[i] : arena_printf(a, "%s, %s", t, name[i]);
	return t;
}

static void compare_readings(struct arena *a, struct str *t, const struct js *then, const struct js *now)
{
	static const char *const roles[] = { "customer", "date", "amount", "quantity", "price", "currency" };
	static const char *const forms[] = { "date_format", "decimal", "delimiter" };

	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
		const char *x = column_then(a, then, roles[i]), *y = column_then(a, now, roles[i]);

		if (strcmp(x != NULL ? x : "", y != NULL ? y : "") != 0)
			differ(t, roles[i], js_text_of(js_get(then, roles[i])), js_text_of(js_get(now, roles[i])));
	}
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		differ(t, forms[i], js_text_of(js_get(then, forms[i])), js_text_of(js_get(now, forms[i])));
}

static void compare_rules(struct str *t, const struct import_ask *ask, const struct js *known, const struct reader *r)
{
	const struct js *then = js_get(known, "reading");
	const char *negative = js_text_of(js_get(then, "negative"));

	if (ask->encoding != NULL)
		differ(t, "encoding", js_text_of(js_get(then, "encoding")), reader_encoding(r));
	if (ask->negative != NULL && negative != NULL)
		differ(t, "negative", negative, ask->negative);
	if (ask->on_bad != NULL && strcmp(ask->on_bad, "stop") == 0 && js_int_of(js_get(known, "quarantined")) > 0)
		differ(t, "on-bad", "quarantine", ask->on_bad);
}

static void add_note(struct js *known, const struct str *differences)
{
	struct str t = { 0 };

	str_addf(&t, "it was read then with %s; the options given now differ and were not used: to read it as they say, make a new store "
		"and import it there", differences->s);
	js_add_text(js_get(known, "notes"), t.s);
	str_clear(&t);
}

enum rc known_check(struct run *run, const struct import_ask *ask, const struct rules *rules, struct reader *r, struct js *known)
{
	const struct js *then = js_get(known, "reading");
	struct import_ask full;
	struct reading now;
	struct str t = { 0 };
	enum rc rc;

	if (!asks(ask) || js_get(then, "columns") == NULL)
		return RC_OK;
	full = complete(run->arena, ask, then);
	rc = read_now(run, &full, rules, r, js_text_of(js_get(then, "encoding")), &now);
	if (rc != RC_OK)
		return rc;
	struct js *js = reading_json(&now);

	compare_readings(run->arena, &t, then, js);
	if (ask->attributes != NULL)
		differ(&t, "attributes", attributes_of(run->arena, then), attributes_of(run->arena, js));
	if (ask->key != NULL)
		differ(&t, "key", js_text_of(js_get(js_get(then, "key"), "name")), js_text_of(js_get(js_get(js, "key"), "name")));
	compare_rules(&t, ask, known, r);
	if (t.n > 0)
		add_note(known, &t);
	str_clear(&t);
	js_free(js);
	return RC_OK;
}
