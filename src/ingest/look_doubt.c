/* From a refusal of the reading to a question with numbered ways: which columns could be meant, which orders of a date. The ways are options
 * of import, so that what is chosen on a screen can be said in a line. */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "ingest/encode.h"
#include "ingest/look_priv.h"
#include "ingest/missing.h"

enum { WAYS_MOST = 9, NAME_MOST = 60 };

/* Options that a way can set, and where the ask keeps them. */
static const struct { const char *name; size_t at; } options[] = {
	{ "encoding", offsetof(struct import_ask, encoding) },       { "delimiter", offsetof(struct import_ask, delimiter) },
	{ "date-format", offsetof(struct import_ask, date_format) }, { "customer", offsetof(struct import_ask, customer) },
	{ "date", offsetof(struct import_ask, date) },               { "amount", offsetof(struct import_ask, amount) },
	{ "quantity", offsetof(struct import_ask, quantity) },       { "price", offsetof(struct import_ask, price) },
	{ "currency-column", offsetof(struct import_ask, currency) },
};

static const char *const role_options[ROLES] = {
	[ROLE_CUSTOMER] = "customer", [ROLE_DATE] = "date", [ROLE_AMOUNT] = "amount", [ROLE_QUANTITY] = "quantity", [ROLE_PRICE] = "price",
	[ROLE_CURRENCY] = "currency-column", [ROLE_ORDER] = "order",
};

static const char **slot(struct import_ask *ask, const char *name)
{
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (!strcmp(options[i].name, name))
			return (const char **)(void *)((char *)ask + options[i].at);
	return NULL;
}

static bool is_given(struct look *l, enum role role)
{
	const char **v = slot(&l->ask, role_options[role]);
	return v && *v;
}

/* --- columns ---------------------------------------------------------------------------------- */

uint32_t look_columns(const struct look *l)
{
	uint32_t n = l->sample.rows ? l->sample.row[l->header].fields : 0;
	return n < SPLIT_FIELDS ? n : SPLIT_FIELDS;
}

const char *look_name(const struct look *l, uint32_t column)
{
	struct str t = {0};
	if (l->has_header) {
		struct span c = l->sample.row[l->header].field[column];
		str_add_visible(&t, c.p, c.n < 60 ? c.n : 60);
	} else {
		str_addf(&t, "column %u", column + 1);
	}
	const char *name = arena_text(l->run->arena, t.s ? t.s : "");
	str_clear(&t);
	return name;
}

struct span look_cell(const struct look *l, size_t row, uint32_t column)
{
	const struct sample_row *r = &l->sample.row[row];
	return r->fields == l->sample.row[l->header].fields && column < r->fields ? r->field[column] : (struct span){ "", 0 };
}

static struct search search_at(struct look *l, struct reading *r)
{
	*r = (struct reading){ .fields = look_columns(l) };
	return (struct search){ .a = l->run->arena, .ask = &l->ask, .path = "", .sample = &l->sample, .header = &l->sample.row[l->header],
	                        .first = l->header + 1, .r = r };
}

/* --- questions -------------------------------------------------------------------------------- */

static struct js *question(const char *id, const char *text, const struct err *e)
{
	struct js *js = js_object();
	js_set_text(js, "id", id);
	js_set_text(js, "question", text);
	js_set_text(js, "why", e ? e->why : NULL);
	js_set(js, "choices", js_array());
	return js;
}

static struct js *add_way(struct js *doubt, const char *label, const char *option, const char *value)
{
	struct js *way = js_object(), *set = js_object(), *list = js_get(doubt, "choices");
	js_set_text(way, "label", label);
	js_set_text(set, option, value);
	js_set(way, "options", set);
	if (js_count(list) < WAYS_MOST)
		js_add(list, way);
	else
		js_free(way);
	return js_get(js_at(list, js_count(list) - 1), "options");
}

static const char *number_text(const struct look *l, uint32_t column)
{
	return arena_printf(l->run->arena, "%u", column + 1);
}

/* "Price, such as 2.55" */
static const char *label_of(const struct look *l, uint32_t column)
{
	for (size_t i = l->header + l->has_header; i < l->sample.rows; i++) {
		struct span c = look_cell(l, i, column);
		if (c.n && c.n <= 24 && str_utf8_valid(c.p, c.n) == c.n)
			return arena_printf(l->run->arena, "%s, such as %.*s", look_name(l, column), (int)c.n, c.p);
	}
	return look_name(l, column);
}

/* What is read of the first values that are not the same, for the way that was added last. */
static void show_values(struct look *l, struct js *doubt, uint32_t column, bool (*add)(struct str *t, struct span c, const void *how), const void *how)
{
	const struct js *list = js_get(doubt, "choices");
	struct js       *way = js_at(list, js_count(list) - 1);
	struct span      last = { "", 0 };
	struct str       t = {0};
	int              shown = 0;
	for (size_t i = l->header + l->has_header; i < l->sample.rows && shown < LOOK_SAMPLES; i++) {
		struct span c = look_cell(l, i, column);
		size_t      n = t.n;
		if (!c.n || c.n > 24 || (c.n == last.n && !memcmp(c.p, last.p, c.n)))
			continue;
		str_add(&t, t.n ? ", " : "");
		if (add(&t, c, how)) {
			last = c;
			shown++;
		} else if (t.n > n) {
			t.n = n;
			t.s[n] = '\0';
		}
	}
	js_set_text(way, "shows", t.s);
	str_clear(&t);
}

static bool add_plain(struct str *t, struct span c, const void *how)
{
	(void)how;
	str_add_visible(t, c.p, c.n);
	return true;
}

static bool add_date(struct str *t, struct span c, const void *how)
{
	char  text[16];
	day_t day;
	bool  offset;
	if (!date_read(c.p, c.n, how, &day, &offset))
		return false;
	day_format(text, day);
	str_add_visible(t, c.p, c.n);
	str_addf(t, " is %s", text);
	return true;
}

/* A way for each column that holds; NULL when fewer than `least` do. */
static struct js *which_column(struct look *l, enum role role, const struct err *e, bool (*holds)(struct look *l, enum role role, uint32_t column), size_t least)
{
	struct js *doubt = question(role_options[role], arena_printf(l->run->arena, "Which column is the %s?", role_word[role]), e);
	for (uint32_t i = 0; i < look_columns(l); i++)
		if (holds(l, role, i)) {
			add_way(doubt, label_of(l, i), role_options[role], number_text(l, i));
			show_values(l, doubt, i, add_plain, NULL);
		}
	if (js_count(js_get(doubt, "choices")) >= least)
		return doubt;
	js_free(doubt);
	return NULL;
}

static int best_tier(const struct look *l, enum role role)
{
	int best = 0;
	for (uint32_t i = 0; i < look_columns(l); i++) {
		int tier = search_tier_of(role, l->sample.row[l->header].field[i]);
		best = tier && (!best || tier < best) ? tier : best;
	}
	return best;
}

static bool is_best(struct look *l, enum role role, uint32_t column)
{
	int tier = search_tier_of(role, l->sample.row[l->header].field[column]);
	return tier && tier == best_tier(l, role);
}

static bool holds_dates(struct look *l, enum role role, uint32_t column)
{
	struct reading     r;
	struct search      s = search_at(l, &r);
	struct date_format f;
	size_t             values;
	bool               open;
	(void)role;
	return search_guess_dates(&s, (int)column, &f, &open) && search_dates_of(&s, (int)column, &f, &values) && values;
}

static bool holds_money(struct look *l, enum role role, uint32_t column)
{
	struct reading r;
	struct search  s = search_at(l, &r);
	(void)role;
	return search_looks_like_money(&s, (int)column);
}

static bool any_column(struct look *l, enum role role, uint32_t column)
{
	return !holds_dates(l, role, column) && !holds_money(l, role, column);
}

/* --- refusals --------------------------------------------------------------------------------- */

static int only_best(struct look *l, enum role role)
{
	int found = -1;
	for (uint32_t i = 0; i < look_columns(l); i++)
		if (is_best(l, role, i))
			found = found < 0 ? (int)i : -2;
	return found;
}

/* "6 × 2.55" of the first rows, as they are written. */
static void show_products(const struct look *l, struct js *doubt, uint32_t quantity, uint32_t price)
{
	const struct js *list = js_get(doubt, "choices");
	struct str       t = {0};
	int              shown = 0;
	for (size_t i = l->header + l->has_header; i < l->sample.rows && shown < LOOK_SAMPLES; i++) {
		struct span n = look_cell(l, i, quantity), each = look_cell(l, i, price);
		if (!n.n || !each.n || n.n > 24 || each.n > 24)
			continue;
		str_add(&t, shown++ ? ", " : "");
		str_add_visible(&t, n.p, n.n);
		str_add(&t, " × ");
		str_add_visible(&t, each.p, each.n);
	}
	js_set_text(js_at(list, js_count(list) - 1), "shows", t.s);
	str_clear(&t);
}

/* Amount against quantity times price. */
static struct js *amount_or_product(struct look *l, const struct err *e)
{
	int amount = only_best(l, ROLE_AMOUNT), quantity = only_best(l, ROLE_QUANTITY), price = only_best(l, ROLE_PRICE);
	if (amount < 0 || quantity < 0 || price < 0 || is_given(l, ROLE_AMOUNT))
		return NULL;
	struct js *doubt = question("amount", "What is the amount of a row?", e);
	add_way(doubt, look_name(l, (uint32_t)amount), "amount", number_text(l, (uint32_t)amount));
	show_values(l, doubt, (uint32_t)amount, add_plain, NULL);
	struct js *product = add_way(doubt, arena_printf(l->run->arena, "%s × %s", look_name(l, (uint32_t)quantity), look_name(l, (uint32_t)price)), "quantity",
	                             number_text(l, (uint32_t)quantity));
	js_set_text(product, "price", number_text(l, (uint32_t)price));
	show_products(l, doubt, (uint32_t)quantity, (uint32_t)price);
	return doubt;
}

static struct js *two_columns(struct look *l, const struct err *e)
{
	static const enum role order[] = { ROLE_CUSTOMER, ROLE_DATE, ROLE_AMOUNT, ROLE_QUANTITY, ROLE_PRICE, ROLE_CURRENCY };
	struct js             *doubt = NULL;
	for (size_t i = 0; !doubt && i < sizeof order / sizeof order[0]; i++)
		if (!is_given(l, order[i]) && best_tier(l, order[i]))
			doubt = which_column(l, order[i], e, is_best, 2);
	if (!doubt && !is_given(l, ROLE_DATE) && !best_tier(l, ROLE_DATE))
		doubt = which_column(l, ROLE_DATE, e, holds_dates, 2);
	doubt = doubt ? doubt : amount_or_product(l, e);
	if (doubt || is_given(l, ROLE_AMOUNT))
		return doubt;
	doubt = which_column(l, ROLE_AMOUNT, e, holds_money, 1);
	if (doubt)
		add_way(doubt, "none: count purchases, leave money out", "amount", "none");
	return doubt;
}

static struct js *missing_column(struct look *l, const struct err *e)
{
	if (!is_given(l, ROLE_CUSTOMER) && !best_tier(l, ROLE_CUSTOMER))
		return which_column(l, ROLE_CUSTOMER, e, any_column, 1);
	if (!is_given(l, ROLE_DATE) && !best_tier(l, ROLE_DATE))
		return which_column(l, ROLE_DATE, e, holds_dates, 1);
	if (!is_given(l, ROLE_AMOUNT))
		return which_column(l, ROLE_AMOUNT, e, holds_money, 1);
	return NULL;
}

static struct js *date_order(struct look *l, const struct err *e)
{
	struct date_format f = l->reading.date_format;
	struct js         *doubt = question("date-format", "Which comes first in the dates?", e);
	uint32_t           column = l->reading.column[ROLE_DATE] >= 0 ? (uint32_t)l->reading.column[ROLE_DATE] : 0;
	char               text[16];
	f.order = DATE_DMY;
	date_format_write(text, &f);
	add_way(doubt, arena_printf(l->run->arena, "the day: %s", text), "date-format", text);
	show_values(l, doubt, column, add_date, &f);
	f.order = DATE_MDY;
	date_format_write(text, &f);
	add_way(doubt, arena_printf(l->run->arena, "the month: %s", text), "date-format", text);
	show_values(l, doubt, column, add_date, &f);
	return doubt;
}

/* What the names of the header that are no UTF-8 would be. */
static void show_names(const struct look *l, struct js *doubt, enum encoding e)
{
	const struct js *list = js_get(doubt, "choices");
	struct str       t = {0};
	for (uint32_t i = 0; i < look_columns(l); i++) {
		struct span c = l->sample.row[l->header].field[i];
		char        text[4 * NAME_MOST];
		size_t      used, n;
		if (c.n > NAME_MOST || encode_room(e, c.n) > sizeof text || str_utf8_valid(c.p, c.n) == c.n)
			continue;
		n = encode_in(e, (const unsigned char *)c.p, c.n, true, text, &used);
		str_add(&t, t.n ? ", " : "");
		str_add_visible(&t, text, n);
	}
	js_set_text(js_at(list, js_count(list) - 1), "shows", t.s);
	str_clear(&t);
}

static struct js *which_encoding(const struct look *l, const struct err *e)
{
	struct js *doubt = question("encoding", "Which encoding was the file written in?", e);
	add_way(doubt, "windows-1252 (western spreadsheets)", "encoding", "windows-1252");
	show_names(l, doubt, ENCODING_CP1252);
	add_way(doubt, "latin-1", "encoding", "latin-1");
	show_names(l, doubt, ENCODING_LATIN1);
	return doubt;
}

struct js *look_doubt(struct look *l, const struct err *e)
{
	if (!strcmp(e->id, "CSV-104") || !strcmp(e->id, "CSV-106"))
		return two_columns(l, e);
	if (!strcmp(e->id, "CSV-103"))
		return missing_column(l, e);
	if (!strcmp(e->id, "CSV-108") && !l->ask.date_format)
		return date_order(l, e);
	if (!strcmp(e->id, "CSV-115") && !l->ask.encoding)
		return which_encoding(l, e);
	return NULL;
}

void look_take(struct look *l, const struct js *doubt)
{
	const struct js *set = js_get(js_at(js_get(doubt, "choices"), 0), "options");
	for (size_t i = 0; i < js_count(set); i++) {
		const char **at = slot(&l->ask, js_key_at(set, i));
		if (at)
			*at = arena_text(l->run->arena, js_text_of(js_get(set, js_key_at(set, i))));
	}
}

/* The way that was added last, with the amount that shows what it does. */
static void show_negative(const struct look *l, struct js *doubt, const char *before, const char *after)
{
	const struct js *list = js_get(doubt, "choices");
	if (*l->negative)
		js_set_text(js_at(list, js_count(list) - 1), "shows", arena_printf(l->run->arena, "%s%s%s", before, l->negative, after));
}

struct js *look_negative(const struct look *l)
{
	struct js *doubt = question("negative", "What is a negative amount?", NULL);
	add_way(doubt, "a refund", "negative", "refund");
	show_negative(l, doubt, "", " is taken in and lowers what the customer spent");
	add_way(doubt, "a mistake: set the row aside", "negative", "quarantine");
	show_negative(l, doubt, "the row with ", " waits for a person, the others count");
	add_way(doubt, "a reason to stop", "negative", "stop");
	show_negative(l, doubt, "at ", " the import ends, nothing of the file counts");
	js_set_int(doubt, "chosen", l->rules.negative == NEGATIVE_REFUND ? 0 : l->rules.negative == NEGATIVE_QUARANTINE ? 1 : 2);
	return doubt;
}
