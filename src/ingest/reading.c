/* Which column is what: by options, by preset, by the names in the header, checked against a sample. Not here: finding the delimiter
 * (sniff.c) and what only the whole column can tell (survey.c). */
#include "config.h"

#include "ingest/reading_priv.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "ingest/attribute.h"
#include "ingest/mapped.h"
#include "ingest/missing.h"

enum role reading_role(const char *name)
{
	int role = 0;

	while (role < ROLES && strcmp(role_word[role], name) != 0 && strcmp(role_column[role], name) != 0)
		role++;
	return (enum role)role;
}

bool reading_has(const struct reading *r, enum role role)
{
	return r->mapped != NULL ? r->mapped->role[role] != NULL : r->column[role] >= 0;
}

int reading_keys(const struct reading *r)
{
	return r->mapped != NULL ? (int)r->mapped->table->keys : r->keys;
}

static int mapped_attributes(const struct reading *r)
{
	return r->mapped != NULL ? (int)r->mapped->table->attributes : 0;
}

int reading_attributes(const struct reading *r)
{
	return mapped_attributes(r) + r->attributes;
}

const char *reading_attribute_name(const struct reading *r, int i)
{
	int mapped = mapped_attributes(r);

	return i < mapped ? r->mapped->table->attribute[i].name : r->attribute[i - mapped].name;
}

bool reading_matched(const struct reading *r)
{
	return r->mapped != NULL && (r->mapped->table->of != NULL || r->mapped->table->sames > 0);
}

bool reading_has_money(const struct reading *r)
{
	return reading_has(r, ROLE_AMOUNT) || reading_has(r, ROLE_PRICE);
}

void reading_none(struct reading *r)
{
	*r = (struct reading){ .key_name = "" };
	for (int role = 0; role < ROLES; role++) {
		r->column[role] = -1;
		r->form[role] = (struct number_form){ '.', false, 0 };
	}
}

const char *reading_delimiter(const struct reading *r, char buf[8])
{
	if (r->delimiter == '\t')
		return "tab";
	if (r->delimiter == SPLIT_BLANKS)
		return "blank";
	buf[0] = r->delimiter;
	buf[1] = '\0';
	return buf;
}

/* Dates */

static enum rc not_dates(const struct search *s)
{
	struct str t = { 0 };
	int column = s->r->column[ROLE_DATE];

	for (size_t i = s->first; i < s->sample->rows && t.n == 0; i++) {
		struct span c = search_cell(s, i, column);

		if (!missing_text(NULL, c))
			str_add_visible(&t, c.p, c.n < 60 ? c.n : 60);
	}
	enum rc rc = err_set(RC_DATA, "CSV-109", "the values of %s do not look like dates, for example '%s'", search_visible(s, column),
		t.s != NULL ? t.s : "");

	str_clear(&t);
	return search_at_header(s, err_do(rc, "declare the format (--date-format DD/MM/YYYY), or name another column"));
}

/* Without a known name: the one column that holds dates. */
static enum rc date_by_values(struct search *s)
{
	struct date_format f;
	size_t values;
	bool   open;
	int    found = -1;

	for (uint32_t i = 0; i < s->r->fields && i < SPLIT_FIELDS; i++) {
		if (!search_guess_dates(s, (int)i, &f, &open) || f.separator == 0)
			continue;
		if (search_dates_of(s, (int)i, &f, &values) * 10 < values * 9 || values == 0)
			continue;
		if (found >= 0)
			return search_two_columns(s, ROLE_DATE, found, (int)i);
		found = (int)i;
	}
	s->r->column[ROLE_DATE] = found;
	return found >= 0 ? RC_OK : search_missing_column(s, ROLE_DATE);
}

static enum rc find_dates(struct search *s)
{
	struct reading *r = s->r;
	enum rc rc = search_find(s, ROLE_DATE, s->ask->date);

	if (rc == RC_OK && r->column[ROLE_DATE] < 0)
		rc = date_by_values(s);
	if (rc != RC_OK)
		return rc;
	if (s->ask->date_format != NULL)
		return RC_OK;
	return search_guess_dates(s, r->column[ROLE_DATE], &r->date_format, &r->order_open) ? RC_OK : not_dates(s);
}

/* Money */

/* Where amount and quantity x price are both there, they must say the same. */
static enum rc agree(const struct search *s)
{
	const struct reading *r = s->r;
	const struct number_form form = { '.', false, 0 };
	size_t rows = 0, same = 0;

	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct decimal v[3];
		struct currency sign;
		int64_t product, amount;
		bool ok = true;

		for (int k = 0; k < 3; k++) {
			struct span c = search_cell(s, i, r->column[ROLE_AMOUNT + k]);

			ok = ok && decimal_read(c.p, c.n, &form, &v[k], &sign) == NUMBER_OK;
		}
		if (!ok || decimal_minor(v[0], 6, &amount) != NUMBER_OK || decimal_product(v[1], v[2], 6, &product) != NUMBER_OK)
			continue;
		rows++;
		same += amount - product <= 10000 && product - amount <= 10000; /* a cent */
	}
	if (same * 20 >= rows * 19)
		return RC_OK;
	return search_at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-106", "two readings: the amount may be %s, or %s x %s, and they differ",
		search_visible(s, r->column[ROLE_AMOUNT]), search_visible(s, r->column[ROLE_QUANTITY]), search_visible(s, r->column[ROLE_PRICE])),
		"say which one: --amount '%s', or --quantity '%s' and --price '%s'", search_visible(s, r->column[ROLE_AMOUNT]),
		search_visible(s, r->column[ROLE_QUANTITY]), search_visible(s, r->column[ROLE_PRICE])));
}

/* No column is known to be money: is there one that looks like it? */
static enum rc no_money(const struct search *s)
{
	for (uint32_t i = 0; i < s->r->fields && i < SPLIT_FIELDS; i++) {
		bool taken = false;

		for (int role = 0; role < ROLES; role++)
			taken = taken || s->r->column[role] == (int)i;
		if (!taken && search_looks_like_money(s, (int)i))
			return search_at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-106", "two readings: %s may be an amount of money or something else",
				search_visible(s, (int)i)), "say which: --amount '%s', or --amount none to leave money out", search_visible(s, (int)i)));
	}
	s->r->column[ROLE_QUANTITY] = -1;
	return RC_OK;
}

static enum rc find_money(struct search *s)
{
	const struct import_ask *ask = s->ask;
	struct reading *r = s->r;
	bool product = ask->quantity != NULL || ask->price != NULL;
	enum rc rc = RC_OK;

	if (ask->amount != NULL && strcasecmp(ask->amount, "none") == 0)
		return RC_OK;
	if (!product)
		rc = search_find(s, ROLE_AMOUNT, ask->amount);
	if (rc == RC_OK && ask->amount == NULL)
		rc = search_find(s, ROLE_QUANTITY, ask->quantity);
	if (rc == RC_OK && ask->amount == NULL)
		rc = search_find(s, ROLE_PRICE, ask->price);
	if (rc == RC_OK)
		rc = search_find(s, ROLE_CURRENCY, ask->currency);
	if (rc != RC_OK)
		return rc;
	int amount = r->column[ROLE_AMOUNT], quantity = r->column[ROLE_QUANTITY], price = r->column[ROLE_PRICE];

	if (amount >= 0 && quantity >= 0 && price >= 0)
		rc = agree(s);
	if (amount >= 0) {
		r->column[ROLE_QUANTITY] = r->column[ROLE_PRICE] = -1;
	} else if (price >= 0 && quantity < 0) {
		if (product)
			return search_missing_column(s, ROLE_QUANTITY);
		r->column[ROLE_AMOUNT] = price;
		r->column[ROLE_PRICE] = -1;
		r->note = "there is a price and no quantity: each row counts once";
	} else if (price < 0 && quantity >= 0 && search_tier_of(ROLE_QUANTITY, s->header != NULL ? s->header->field[quantity] : (struct span){ "", 0 }) == 1) {
		return search_missing_column(s, ROLE_PRICE);
	} else if (price < 0) {
		rc = product ? search_missing_column(s, ROLE_PRICE) : no_money(s);
	}
	return rc;
}

/* A comma among the numbers of the sample: is it a point, or does it group? */
static void look_for_commas(const struct search *s)
{
	static const enum role money[] = { ROLE_AMOUNT, ROLE_QUANTITY, ROLE_PRICE };
	struct reading *r = s->r;

	for (int role = 0; role < ROLES; role++)
		r->form[role] = (struct number_form){ '.', false, 0 };
	if (s->ask->numbers != NULL) {
		for (int role = 0; role < ROLES; role++)
			number_form_read(s->ask->numbers, &r->form[role]);
		return;
	}
	for (size_t i = s->first; i < s->sample->rows && !r->form_open; i++) {
		for (size_t k = 0; k < sizeof money / sizeof money[0]; k++) {
			struct span c = search_cell(s, i, r->column[money[k]]);

			r->form_open = r->form_open || memchr(c.p, ',', c.n) != NULL;
		}
	}
}

/* Orders are looked at where they are named, and nothing is lost where two columns may be them. */
static enum rc find_order(struct search *s)
{
	enum rc rc = search_find(s, ROLE_ORDER, s->ask->order);

	if (rc != RC_AMBIGUOUS || s->ask->order != NULL)
		return rc;
	s->r->column[ROLE_ORDER] = -1;
	return RC_OK;
}

/* Layouts */

/* Options by number, and a first record that is a row already: no header. */
static bool is_headless(const struct search *s)
{
	const struct import_ask *ask = s->ask;
	struct date_format f;
	int   date, customer;
	day_t day;
	bool  offset, open;

	if (ask->table != NULL && ask->table->header != HEADER_AUTO)
		return ask->table->header == HEADER_NONE;
	if (ask->table != NULL) {
		date = mapped_column_number(ask->table, ask->table->role[ROLE_DATE], s->r->fields);
		if (date < 0 || (ask->date_format == NULL ? !search_guess_dates(s, date, &f, &open) : !date_format_read(ask->date_format, &f)))
			return false;
		return date_read(s->sample->row[0].field[date].p, s->sample->row[0].field[date].n, &f, &day, &offset);
	}
	if (ask->date == NULL || ask->customer == NULL || !search_column_number(ask->date, &date) || !search_column_number(ask->customer, &customer) ||
	    (uint32_t)date >= s->sample->row[0].fields)
		return false;
	if (ask->date_format == NULL ? !search_guess_dates(s, date, &f, &open) : !date_format_read(ask->date_format, &f))
		return false;
	return date_read(s->sample->row[0].field[date].p, s->sample->row[0].field[date].n, &f, &day, &offset);
}

int reading_named(const struct sample *sample)
{
	bool customer = false, date = false;

	if (sample->rows == 0)
		return 0;
	for (uint32_t i = 0; i < sample->row[0].fields && i < SPLIT_FIELDS; i++) {
		customer = customer || search_tier_of(ROLE_CUSTOMER, sample->row[0].field[i]) > 0;
		date = date || search_tier_of(ROLE_DATE, sample->row[0].field[i]) > 0;
	}
	return customer + date;
}

/* Does the row name customer and date, by known names or by those of the options? */
static bool names_both(const struct import_ask *ask, const struct sample_row *row)
{
	const char *const option[] = { ask->customer, ask->date };
	static const enum role role[] = { ROLE_CUSTOMER, ROLE_DATE };
	int found = 0;

	for (int k = 0; k < 2; k++) {
		bool here = false;

		for (uint32_t i = 0; !here && i < row->fields && i < SPLIT_FIELDS; i++)
			here = option[k] != NULL ? strlen(option[k]) == row->field[i].n && memcmp(option[k], row->field[i].p, row->field[i].n) == 0
				: search_tier_of(role[k], row->field[i]) > 0;
		found += here;
	}
	return found == 2;
}

/* Title lines before the header, when the first row is none and a later one is. */
static size_t lines_before(const struct import_ask *ask, const struct sample *s)
{
	if (ask->table != NULL || ask->skip_lines != NULL || reading_named(s) > 0)
		return 0;
	for (size_t i = 0; i < s->rows && i < READING_TITLES; i++)
		if (names_both(ask, &s->row[i]))
			return i;
	return 0;
}

static void keep_names(struct search *s)
{
	struct reading *r = s->r;
	const char    **types = arena_alloc(s->a, r->fields + 1, sizeof *types);

	for (uint32_t i = 0; i < r->fields && i < SPLIT_FIELDS; i++)
		types[i] = search_type(s, (int)i);
	r->types = types;

	for (int role = 0; role < ROLES; role++)
		if (r->column[role] >= 0 && s->header != NULL)
			r->name[role] = s->header->field[r->column[role]].p;
	r->header = s->header != NULL;
	r->names = s->header != NULL ? s->header->field : NULL;
	r->skip_bytes = s->header != NULL ? s->header->end : s->sample->skip_bytes;
	r->skip_lines = s->header != NULL ? s->header->lines : s->sample->skip_lines;
}

/* What the mapping says. Roles that are a column's text keep its number: forms and orders of dates are looked for there. */
static enum rc find_mapped(struct search *s)
{
	const struct mapping_table *t = s->ask->table;
	struct reading *r = s->r;
	size_t values = 0;
	enum rc rc = mapped_bind(s->a, t, s->ask->joins, s->ask->numbers, s->header, r->fields, s->path, &r->mapped);

	for (int role = 0; rc == RC_OK && role < ROLES; role++) {
		int base = r->mapped->role[role] != NULL ? expr_base(r->mapped->role[role]) : -1;

		r->column[role] = base >= 0 ? r->mapped->column[base] : -1;
	}
	if (rc != RC_OK)
		return rc;
	look_for_commas(s);
	for (int role = 0; role < ROLES; role++)
		if (r->mapped->role[role] != NULL && expr_base(r->mapped->role[role]) < 0)
			r->form[role] = (struct number_form){ '.', false, 0 }; /* what arithmetic writes */
	if (s->ask->date_format != NULL && t->header != HEADER_AUTO)
		return RC_OK;
	if (s->ask->date_format != NULL)
		return search_dates_of(s, r->column[ROLE_DATE], &r->date_format, &values) > 0 ? RC_OK : not_dates(s);
	return search_guess_dates(s, r->column[ROLE_DATE], &r->date_format, &r->order_open) ? RC_OK : not_dates(s);
}

static enum rc find_roles(struct search *s)
{
	enum rc rc;

	if (s->ask->table != NULL)
		return find_mapped(s);
	rc = search_find(s, ROLE_CUSTOMER, s->ask->customer);
	if (rc == RC_OK && s->r->column[ROLE_CUSTOMER] < 0)
		rc = search_missing_column(s, ROLE_CUSTOMER);
	if (rc == RC_OK)
		rc = find_dates(s);
	if (rc == RC_OK)
		rc = find_money(s);
	if (rc == RC_OK)
		rc = find_order(s);
	if (rc == RC_OK)
		look_for_commas(s);
	return rc;
}

/* The columns that --key names. Files whose columns have the same names know each other's rows. */
static enum rc find_key(struct search *s)
{
	struct reading *r = s->r;
	struct str  name = { 0 };
	char       *text, *save = NULL;
	enum rc rc = RC_OK;

	r->key_name = s->ask->table != NULL ? s->ask->table->key_name : "";
	if (s->ask->table != NULL || s->ask->key == NULL)
		return RC_OK;
	text = arena_text(s->a, s->ask->key);
	for (char *p = strtok_r(text, ",", &save); rc == RC_OK && p != NULL; p = strtok_r(NULL, ",", &save)) {
		char plain[NAME_MAX_BYTES];

		if (r->keys == READING_KEYS)
			rc = err_set(RC_USAGE, "CSV-159", "--key takes %d columns at most", READING_KEYS);
		else
			rc = search_column(s, p + strspn(p, " "), &r->key[r->keys]);
		if (rc != RC_OK)
			break;
		search_plain_name(s->header != NULL ? s->header->field[r->key[r->keys]] : (struct span){ p, (uint32_t)strlen(p) }, plain);
		str_addf(&name, "%s:", plain);
		r->keys++;
	}
	r->key_name = arena_text(s->a, name.s != NULL ? name.s : "");
	str_clear(&name);
	return rc;
}

/* A column that is kept; one that is not there is told, unless it was asked for by name. */
static enum rc add_attribute(struct search *s, const char *text, struct str *absent)
{
	struct reading *r = s->r;
	struct span name = { text, (uint32_t)strlen(text) };
	int column = -1;
	enum rc rc = search_column(s, text, &column);

	if (rc != RC_OK && s->ask->attributes_any) {
		str_addf(absent, "%s%s", absent->n > 0 ? ", " : "", text);
		err_clear();
		return RC_OK;
	}
	if (rc == RC_OK && reading_attributes(r) == READING_ATTRIBUTES)
		rc = err_set(RC_USAGE, "CSV-159", "more than %d columns are attributes of customers", READING_ATTRIBUTES);
	if (rc != RC_OK)
		return rc;
	if (s->header != NULL)
		name = s->header->field[column];
	r->attribute[r->attributes++] = (struct reading_attribute){ s->header != NULL ? attribute_name(s->a, name) : arena_printf(s->a, "column_%d", column + 1), column };
	return RC_OK;
}

static enum rc find_attributes(struct search *s)
{
	struct str absent = { 0 };
	char  *text = arena_text(s->a, s->ask->attributes != NULL ? s->ask->attributes : ""), *save = NULL;
	enum rc rc = RC_OK;

	for (char *p = strtok_r(text, ",", &save); rc == RC_OK && p != NULL; p = strtok_r(NULL, ",", &save))
		rc = add_attribute(s, p + strspn(p, " "), &absent);
	s->r->absent = absent.n > 0 ? arena_text(s->a, absent.s) : NULL;
	str_clear(&absent);
	return rc;
}

static enum rc find_reading(struct arena *a, const struct import_ask *ask, const char *path, const struct sample *sample, struct reading *out)
{
	struct sample  under = *sample;
	size_t         before = lines_before(ask, sample);
	struct reading r = { .delimiter = sample->delimiter, .quote = sample->quote };
	struct search  s = { .a = a, .ask = ask, .path = path, .sample = &under, .r = &r };
	enum rc rc;

	assert(sample->rows > before);
	sample_drop(&under, before);
	r.fields = under.row[0].fields;
	for (int role = 0; role < ROLES; role++)
		r.column[role] = -1;
	if (ask->date_format != NULL && !date_format_read(ask->date_format, &r.date_format))
		return err_do(err_set(RC_USAGE, "CSV-111", "'%s' is not a date format", ask->date_format),
			"write it like YYYY-MM-DD, DD/MM/YYYY, M/D/YY or YYYYMMDD");
	if (ask->numbers != NULL && !number_form_read(ask->numbers, &r.form[0]))
		return err_do(err_set(RC_USAGE, "CSV-157", "'%s' is not a form of numbers", ask->numbers),
			"write it like 1234.56, 1,234.56, 1.234,56, '1 234,56' or 1'234.56");
	if (before > 0)
		r.note = arena_printf(a, "the header is line %llu: what stands before it was passed over", (unsigned long long)under.row[0].line);
	if (!is_headless(&s)) {
		s.header = &under.row[0];
		s.first = 1;
	}
	rc = find_roles(&s);
	if (rc != RC_OK)
		return rc;
	rc = find_key(&s);
	if (rc == RC_OK)
		rc = find_attributes(&s);
	if (rc != RC_OK)
		return rc;
	keep_names(&s);
	*out = r;
	return RC_OK;
}

/* The next table for files of that name whose header says nothing: the file may be of that layout. */
static const struct mapping_table *next_layout(const struct import_ask *ask, const struct mapping_table *t, const char *path)
{
	const struct mapping *m = ask->mapping;

	if (m == NULL || t == NULL || t->header != HEADER_AUTO || t < m->table || t >= m->table + m->tables)
		return NULL;
	for (t++; t < m->table + m->tables; t++)
		if (t->header == HEADER_AUTO && t->joins == 0 && mapping_is_orders(t) && mapping_matches(t->glob, path))
			return t;
	return NULL;
}

enum rc reading_find(struct arena *a, const struct import_ask *ask, const char *path, const struct sample *sample, struct reading *out)
{
	struct import_ask one = *ask;
	const struct mapping_table *next = ask->table;
	enum rc rc;

	do {
		one.table = next;
		rc = find_reading(a, &one, path, sample, out);
		next = next_layout(ask, one.table, path);
	} while (rc == RC_DATA && next != NULL);
	return rc;
}
