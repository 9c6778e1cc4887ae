/* Columns by option and by the names in the header, and what is said when there is none or more than one. */
#include "config.h"

#include "ingest/reading_priv.h"

#include <string.h>

#include "base/str.h"

const char *const role_word[ROLES] = {
	[ROLE_CUSTOMER] = "customer", [ROLE_DATE] = "date", [ROLE_AMOUNT] = "amount",
	[ROLE_QUANTITY] = "quantity", [ROLE_PRICE] = "price", [ROLE_CURRENCY] = "currency", [ROLE_ORDER] = "order",
};

const char *const role_column[ROLES] = {
	[ROLE_CUSTOMER] = "customer_id", [ROLE_DATE] = "order_ts", [ROLE_AMOUNT] = "line_revenue",
	[ROLE_QUANTITY] = "quantity", [ROLE_PRICE] = "unit_price", [ROLE_CURRENCY] = "currency", [ROLE_ORDER] = "order_id",
};

/* The option that names the column of a role. */
static const char *const role_option[ROLES] = {
	[ROLE_CUSTOMER] = "customer", [ROLE_DATE] = "date", [ROLE_AMOUNT] = "amount",
	[ROLE_QUANTITY] = "quantity", [ROLE_PRICE] = "price", [ROLE_CURRENCY] = "currency-column", [ROLE_ORDER] = "order",
};

static const struct { enum role role; int tier; const char *name; } known[] = {
#define NAME(role_, tier_, name_) { ROLE_##role_, tier_, name_ },
#include "ingest/role.def"
#undef NAME
};

/* Names */

void search_plain_name(struct span s, char out[NAME_MAX_BYTES])
{
	const char *unit = s.n > 0 && s.p[s.n - 1] == ')' ? memchr(s.p, '(', s.n) : NULL;
	size_t n = 0;

	if (unit != NULL && unit > s.p)
		s.n = (uint32_t)(unit - s.p);
	for (uint32_t i = 0; i < s.n && n + 1 < NAME_MAX_BYTES; i++) {
		char c = s.p[i];

		if (strchr(" \t_-.", c) == NULL)
			out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	out[n] = '\0';
}

static uint32_t header_fields(const struct search *s)
{
	return s->header->fields < SPLIT_FIELDS ? s->header->fields : SPLIT_FIELDS;
}

static bool same_name(struct span a, struct span b)
{
	char x[NAME_MAX_BYTES], y[NAME_MAX_BYTES];

	search_plain_name(a, x);
	search_plain_name(b, y);
	return strcmp(x, y) == 0;
}

/* Every name of the header, for messages. */
static char *all_names(const struct search *s)
{
	struct str t = { 0 };

	for (uint32_t i = 0; i < header_fields(s) && t.n < 400; i++) {
		if (i > 0)
			str_add(&t, ", ");
		str_add_visible(&t, s->header->field[i].p, s->header->field[i].n < 60 ? s->header->field[i].n : 60);
	}
	if (t.n >= 400)
		str_add(&t, " ...");
	char *text = arena_text(s->a, t.s != NULL ? t.s : "");

	str_clear(&t);
	return text;
}

const char *search_visible(const struct search *s, int column)
{
	struct str t = { 0 };

	if (s->header != NULL)
		str_add_visible(&t, s->header->field[column].p, s->header->field[column].n < 60 ? s->header->field[column].n : 60);
	else
		str_addf(&t, "%d", column + 1);
	char *text = arena_text(s->a, t.s != NULL ? t.s : "");

	str_clear(&t);
	return text;
}

/* Errors, with file and header line */

enum rc search_at_header(const struct search *s, enum rc rc)
{
	return err_where(rc, s->path, s->header != NULL ? (size_t)s->header->line : 0, 0);
}

enum rc search_missing_column(const struct search *s, enum role role)
{
	if (s->header == NULL || header_fields(s) == 0)
		return search_at_header(s, err_set(RC_DATA, "CSV-103", "no %s column", role_word[role]));
	return search_at_header(s, err_do(err_set(RC_DATA, "CSV-103", "no %s column among: %s", role_word[role], all_names(s)),
		"name it with --%s COLUMN (its name, or its number from 1)", role_option[role]));
}

enum rc search_two_columns(const struct search *s, enum role role, int a, int b)
{
	if (same_name(s->header->field[a], s->header->field[b]))
		return search_at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-104", "the name %s stands twice, in columns %d and %d", search_visible(s, a), a + 1, b + 1),
			"say which one by its number: --%s %d or --%s %d", role_option[role], a + 1, role_option[role], b + 1));
	return search_at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-106", "two readings: the %s may be %s or %s", role_word[role], search_visible(s, a),
		search_visible(s, b)), "say which one: --%s '%s' or --%s '%s'", role_option[role], search_visible(s, a), role_option[role], search_visible(s, b)));
}

/* One role */

bool search_column_number(const char *text, int *out)
{
	int64_t v;

	if (!str_int(text, strlen(text), &v) || v < 1 || v > SPLIT_FIELDS)
		return false;
	*out = (int)v - 1;
	return true;
}

/* The column an option names: by the header's text, by its plain form, by number. */
static enum rc by_option(struct search *s, enum role role, const char *text)
{
	struct span want = { text, (uint32_t)strlen(text) };
	int found = -1;

	for (uint32_t i = 0; s->header != NULL && i < header_fields(s); i++) {
		if (!same_name(s->header->field[i], want))
			continue;
		if (found >= 0)
			return search_two_columns(s, role, found, (int)i);
		found = (int)i;
	}
	if (found < 0 && search_column_number(text, &found) && (uint32_t)found >= s->r->fields)
		return err_set(RC_USAGE, "CSV-107", "%s: column %s of %u does not exist in %s", role_word[role], text, s->r->fields, s->path);
	if (found < 0) {
		struct str t = { 0 };

		str_add_visible(&t, text, strlen(text));
		enum rc rc = err_set(RC_USAGE, "CSV-107", "no column '%s' in %s", t.s != NULL ? t.s : "", s->path);

		str_clear(&t);
		return s->header == NULL ? rc : err_do(rc, "its columns are: %s", all_names(s));
	}
	s->r->column[role] = found;
	return RC_OK;
}

enum rc search_column(const struct search *s, const char *text, int *out)
{
	struct span want = { text, (uint32_t)strlen(text) };
	int found = -1;

	for (uint32_t i = 0; s->header != NULL && i < header_fields(s); i++) {
		if (!same_name(s->header->field[i], want))
			continue;
		if (found >= 0)
			return search_at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-104", "the name %s stands twice, in columns %d and %u", search_visible(s, found),
				found + 1, i + 1), "say which one by its number"));
		found = (int)i;
	}
	if (found < 0 && (!search_column_number(text, &found) || (uint32_t)found >= s->r->fields))
		return err_do(err_set(RC_USAGE, "CSV-107", "no column '%s' in %s", text, s->path), "its columns are: %s", s->header != NULL ? all_names(s) : "numbers");
	*out = found;
	return RC_OK;
}

int search_tier_of(enum role role, struct span name)
{
	char plain[NAME_MAX_BYTES];

	search_plain_name(name, plain);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].role == role && strcmp(known[i].name, plain) == 0)
			return known[i].tier;
	return 0;
}

/* The column known by name: the lowest tier. column stays -1 when there is none. */
static enum rc by_name(struct search *s, enum role role)
{
	int best = 0, second = -1;

	for (uint32_t i = 0; s->header != NULL && i < header_fields(s); i++) {
		int tier = search_tier_of(role, s->header->field[i]);

		if (tier == 0 || (best != 0 && tier > best))
			continue;
		if (tier == best) {
			second = second < 0 ? (int)i : second;
			continue;
		}
		best = tier;
		second = -1;
		s->r->column[role] = (int)i;
	}
	return second < 0 ? RC_OK : search_two_columns(s, role, s->r->column[role], second);
}

enum rc search_find(struct search *s, enum role role, const char *option)
{
	s->r->column[role] = -1;
	return option != NULL ? by_option(s, role, option) : by_name(s, role);
}
