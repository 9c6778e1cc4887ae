/* Which column is what: by options, by preset, by the names in the header, checked against a sample. Not here: finding the delimiter
 * (sniff.c) and what only the whole column can tell (survey.c). */
#include "config.h"

#include "ingest/reading.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "ingest/missing.h"

enum { NAME_MAX_BYTES = 64 };

static const char *const role_word[ROLES] = {
	[ROLE_CUSTOMER] = "customer", [ROLE_DATE] = "date", [ROLE_AMOUNT] = "amount",
	[ROLE_QUANTITY] = "quantity", [ROLE_PRICE] = "price", [ROLE_CURRENCY] = "currency",
};

/* The option that names the column of a role. */
static const char *const role_option[ROLES] = {
	[ROLE_CUSTOMER] = "customer", [ROLE_DATE] = "date", [ROLE_AMOUNT] = "amount",
	[ROLE_QUANTITY] = "quantity", [ROLE_PRICE] = "price", [ROLE_CURRENCY] = "currency-column",
};

static const struct { enum role role; int tier; const char *name; } known[] = {
#define NAME(role_, tier_, name_) { ROLE_##role_, tier_, name_ },
#include "ingest/role.def"
#undef NAME
};

/* What is being found, for one file. */
struct search {
	struct arena            *a;
	const struct import_ask *ask;
	const char              *path;
	const struct sample     *sample;
	const struct sample_row *header; /* NULL: none */
	size_t                   first;  /* index of the first data row of the sample */
	struct reading          *r;
};

bool reading_has_money(const struct reading *r)
{
	return r->column[ROLE_AMOUNT] >= 0 || r->column[ROLE_PRICE] >= 0;
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

/* Names */

/* Small letters without blanks and the marks that stand for them; a unit in brackets at the end says nothing about the role. */
static void plain_name(struct span s, char out[NAME_MAX_BYTES])
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

	plain_name(a, x);
	plain_name(b, y);
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

static const char *visible(const struct search *s, int column)
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

static enum rc at_header(const struct search *s, enum rc rc)
{
	return err_where(rc, s->path, s->header != NULL ? (size_t)s->header->line : 0, 0);
}

static enum rc missing_column(const struct search *s, enum role role)
{
	if (s->header == NULL || header_fields(s) == 0)
		return at_header(s, err_set(RC_DATA, "CSV-103", "no %s column", role_word[role]));
	return at_header(s, err_do(err_set(RC_DATA, "CSV-103", "no %s column among: %s", role_word[role], all_names(s)),
		"name it with --%s COLUMN (its name, or its number from 1)", role_option[role]));
}

static enum rc two_columns(const struct search *s, enum role role, int a, int b)
{
	if (same_name(s->header->field[a], s->header->field[b]))
		return at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-104", "the name %s stands twice, in columns %d and %d", visible(s, a), a + 1, b + 1),
			"say which one by its number: --%s %d or --%s %d", role_option[role], a + 1, role_option[role], b + 1));
	return at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-106", "two readings: the %s may be %s or %s", role_word[role], visible(s, a),
		visible(s, b)), "say which one: --%s '%s' or --%s '%s'", role_option[role], visible(s, a), role_option[role], visible(s, b)));
}

/* One role */

static bool column_number(const char *text, int *out)
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
			return two_columns(s, role, found, (int)i);
		found = (int)i;
	}
	if (found < 0 && column_number(text, &found) && (uint32_t)found >= s->r->fields)
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

static int tier_of(enum role role, struct span name)
{
	char plain[NAME_MAX_BYTES];

	plain_name(name, plain);
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
		int tier = tier_of(role, s->header->field[i]);

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
	return second < 0 ? RC_OK : two_columns(s, role, s->r->column[role], second);
}

static enum rc find(struct search *s, enum role role, const char *option)
{
	s->r->column[role] = -1;
	return option != NULL ? by_option(s, role, option) : by_name(s, role);
}

/* Values of the sample */

static struct span cell(const struct search *s, size_t row, int column)
{
	const struct sample_row *r = &s->sample->row[row];

	return r->fields == s->r->fields && column >= 0 && (uint32_t)column < r->fields ? r->field[column] : (struct span){ "", 0 };
}

/* A number in either form. */
static bool reads_as_number(struct span c, bool *fraction)
{
	struct currency  sign = { "" };
	struct decimal   d;
	enum number      n = decimal_read(c.p, c.n, &(struct number_form){ '.', true }, &d, &sign);

	if (n == NUMBER_BAD)
		n = decimal_read(c.p, c.n, &(struct number_form){ ',', true }, &d, &sign);
	*fraction = n == NUMBER_OK && (sign.code[0] != '\0' || memchr(c.p, '.', c.n) != NULL || memchr(c.p, ',', c.n) != NULL);
	return n != NUMBER_BAD;
}

/* Nine tenths of the values are numbers, and some of them have a fraction or a currency. */
static bool looks_like_money(const struct search *s, int column)
{
	size_t values = 0, numbers = 0, fractions = 0;

	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct span c = cell(s, i, column);
		bool fraction;

		if (missing_text(NULL, c))
			continue;
		values++;
		numbers += reads_as_number(c, &fraction);
		fractions += fraction;
	}
	return values > 0 && numbers * 10 >= values * 9 && fractions > 0;
}

static size_t dates_of(const struct search *s, int column, const struct date_format *f, size_t *values)
{
	size_t n = 0;

	*values = 0;
	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct span c = cell(s, i, column);
		day_t day;
		bool  offset;

		if (missing_text(NULL, c))
			continue;
		++*values;
		n += date_read(c.p, c.n, f, &day, &offset);
	}
	return n;
}

/* The format that reads most of the sample, if it reads half of it. *open: day/month and month/day are both possible. */
static bool guess_dates(const struct search *s, int column, struct date_format *out, bool *open)
{
	static const struct date_format formats[] = {
		{ DATE_YMD, '-', false }, { DATE_YMD, '/', false }, { DATE_YMD, '.', false }, { DATE_YMD, 0, false },
		{ DATE_DMY, '/', false }, { DATE_DMY, '.', false }, { DATE_DMY, '-', false },
		{ DATE_MDY, '/', false }, { DATE_MDY, '.', false }, { DATE_MDY, '-', false },
	};
	enum { FORMATS = sizeof formats / sizeof formats[0], DAY_FIRST = 4, SEPARATORS = 3 };
	size_t best = 0, values = 0, fits[FORMATS];

	for (size_t i = 0; i < FORMATS; i++) {
		fits[i] = dates_of(s, column, &formats[i], &values);
		if (fits[i] > best) {
			best = fits[i];
			*out = formats[i];
		}
	}
	for (size_t i = DAY_FIRST; i < DAY_FIRST + SEPARATORS; i++) { /* together they may read what neither does: the survey tells */
		if (fits[i] + fits[i + SEPARATORS] > best && best * 2 < values) {
			best = fits[i] + fits[i + SEPARATORS];
			*out = formats[i];
		}
	}
	*open = out->order != DATE_YMD;
	if (values == 0) { /* every date is missing: the rows say so */
		*out = formats[0];
		*open = false;
		return true;
	}
	return best * 2 >= values;
}

/* Dates */

static enum rc not_dates(const struct search *s)
{
	struct str t = { 0 };
	int column = s->r->column[ROLE_DATE];

	for (size_t i = s->first; i < s->sample->rows && t.n == 0; i++) {
		struct span c = cell(s, i, column);

		if (!missing_text(NULL, c))
			str_add_visible(&t, c.p, c.n < 60 ? c.n : 60);
	}
	enum rc rc = err_set(RC_DATA, "CSV-109", "the values of %s do not look like dates, for example '%s'", visible(s, column),
		t.s != NULL ? t.s : "");

	str_clear(&t);
	return at_header(s, err_do(rc, "declare the format (--date-format DD/MM/YYYY), or name another column"));
}

/* Without a known name: the one column that holds dates. */
static enum rc date_by_values(struct search *s)
{
	struct date_format f;
	size_t values;
	bool   open;
	int    found = -1;

	for (uint32_t i = 0; i < s->r->fields && i < SPLIT_FIELDS; i++) {
		if (!guess_dates(s, (int)i, &f, &open) || f.separator == 0)
			continue;
		if (dates_of(s, (int)i, &f, &values) * 10 < values * 9 || values == 0)
			continue;
		if (found >= 0)
			return two_columns(s, ROLE_DATE, found, (int)i);
		found = (int)i;
	}
	s->r->column[ROLE_DATE] = found;
	return found >= 0 ? RC_OK : missing_column(s, ROLE_DATE);
}

static enum rc find_dates(struct search *s)
{
	struct reading *r = s->r;
	enum rc rc = find(s, ROLE_DATE, s->ask->date);

	if (rc == RC_OK && r->column[ROLE_DATE] < 0)
		rc = date_by_values(s);
	if (rc != RC_OK)
		return rc;
	if (s->ask->date_format != NULL)
		return RC_OK;
	return guess_dates(s, r->column[ROLE_DATE], &r->date_format, &r->order_open) ? RC_OK : not_dates(s);
}

/* Money */

/* Where amount and quantity x price are both there, they must say the same. */
static enum rc agree(const struct search *s)
{
	const struct reading *r = s->r;
	const struct number_form form = { '.', false };
	size_t rows = 0, same = 0;

	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct decimal v[3];
		struct currency sign;
		int64_t product, amount;
		bool ok = true;

		for (int k = 0; k < 3; k++) {
			struct span c = cell(s, i, r->column[ROLE_AMOUNT + k]);

			ok = ok && decimal_read(c.p, c.n, &form, &v[k], &sign) == NUMBER_OK;
		}
		if (!ok || decimal_minor(v[0], 6, &amount) != NUMBER_OK || decimal_product(v[1], v[2], 6, &product) != NUMBER_OK)
			continue;
		rows++;
		same += amount - product <= 10000 && product - amount <= 10000; /* a cent */
	}
	if (same * 20 >= rows * 19)
		return RC_OK;
	return at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-106", "two readings: the amount may be %s, or %s x %s, and they differ",
		visible(s, r->column[ROLE_AMOUNT]), visible(s, r->column[ROLE_QUANTITY]), visible(s, r->column[ROLE_PRICE])),
		"say which one: --amount '%s', or --quantity '%s' and --price '%s'", visible(s, r->column[ROLE_AMOUNT]),
		visible(s, r->column[ROLE_QUANTITY]), visible(s, r->column[ROLE_PRICE])));
}

/* No column is known to be money: is there one that looks like it? */
static enum rc no_money(const struct search *s)
{
	for (uint32_t i = 0; i < s->r->fields && i < SPLIT_FIELDS; i++) {
		bool taken = false;

		for (int role = 0; role < ROLES; role++)
			taken = taken || s->r->column[role] == (int)i;
		if (!taken && looks_like_money(s, (int)i))
			return at_header(s, err_do(err_set(RC_AMBIGUOUS, "CSV-106", "two readings: %s may be an amount of money or something else",
				visible(s, (int)i)), "say which: --amount '%s', or --amount none to leave money out", visible(s, (int)i)));
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
		rc = find(s, ROLE_AMOUNT, ask->amount);
	if (rc == RC_OK && ask->amount == NULL)
		rc = find(s, ROLE_QUANTITY, ask->quantity);
	if (rc == RC_OK && ask->amount == NULL)
		rc = find(s, ROLE_PRICE, ask->price);
	if (rc == RC_OK)
		rc = find(s, ROLE_CURRENCY, ask->currency);
	if (rc != RC_OK)
		return rc;
	int amount = r->column[ROLE_AMOUNT], quantity = r->column[ROLE_QUANTITY], price = r->column[ROLE_PRICE];

	if (amount >= 0 && quantity >= 0 && price >= 0)
		rc = agree(s);
	if (amount >= 0) {
		r->column[ROLE_QUANTITY] = r->column[ROLE_PRICE] = -1;
	} else if (price >= 0 && quantity < 0) {
		if (product)
			return missing_column(s, ROLE_QUANTITY);
		r->column[ROLE_AMOUNT] = price;
		r->column[ROLE_PRICE] = -1;
		r->note = "there is a price and no quantity: each row counts once";
	} else if (price < 0 && quantity >= 0 && tier_of(ROLE_QUANTITY, s->header != NULL ? s->header->field[quantity] : (struct span){ "", 0 }) == 1) {
		return missing_column(s, ROLE_PRICE);
	} else if (price < 0) {
		rc = product ? missing_column(s, ROLE_PRICE) : no_money(s);
	}
	return rc;
}

/* A comma among the numbers of the sample: is it a point, or does it group? */
static void look_for_commas(const struct search *s)
{
	static const enum role money[] = { ROLE_AMOUNT, ROLE_QUANTITY, ROLE_PRICE };
	struct reading *r = s->r;

	r->form = (struct number_form){ '.', false };
	for (size_t i = s->first; i < s->sample->rows && !r->form_open; i++) {
		for (size_t k = 0; k < sizeof money / sizeof money[0]; k++) {
			struct span c = cell(s, i, r->column[money[k]]);

			r->form_open = r->form_open || memchr(c.p, ',', c.n) != NULL;
		}
	}
}

/* Layouts */

/* customer [sample number] YYYYMMDD units amount, without a header, or with one that is passed over. */
static enum rc find_cdnow(struct search *s)
{
	struct reading *r = s->r;
	bool open;

	s->first = s->header != NULL ? 1 : 0;
	for (int date = 1; date <= 2; date++) {
		if (r->fields != 5 && (date == 2 || r->fields != 4))
			continue;
		if (s->sample->rows > s->first && guess_dates(s, date, &r->date_format, &open) && !open && cell(s, s->first, date).n > 0) {
			r->column[ROLE_CUSTOMER] = 0;
			r->column[ROLE_DATE] = date;
			r->column[ROLE_AMOUNT] = date + 2;
			look_for_commas(s);
			return RC_OK;
		}
	}
	return at_header(s, err_do(err_set(RC_DATA, "CSV-103", "not the CDNOW layout: %u fields, and no date in the second or third", r->fields),
		"the layout is: customer, date YYYYMMDD, units, amount; or with a sample number after the customer"));
}

static enum rc check_plain(const struct search *s)
{
	static const struct { enum role role; const char *name; } want[] = {
		{ ROLE_CUSTOMER, "customerid" }, { ROLE_DATE, "orderdate" }, { ROLE_AMOUNT, "revenue" },
	};

	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		char plain[NAME_MAX_BYTES] = "";
		int  column = s->r->column[want[i].role];

		if (column >= 0)
			plain_name(s->header->field[column], plain);
		if (strcmp(plain, want[i].name) != 0)
			return missing_column(s, want[i].role);
	}
	return RC_OK;
}

/* Options by number, and a first record that is a row already: no header. */
static bool is_headless(const struct search *s)
{
	const struct import_ask *ask = s->ask;
	struct date_format f;
	int   date, customer;
	day_t day;
	bool  offset, open;

	if (ask->preset != NULL && strcmp(ask->preset, "cdnow") == 0) {
		for (int i = 1; i <= 2; i++)
			if (guess_dates(s, i, &f, &open) && (uint32_t)i < s->sample->row[0].fields &&
			    date_read(s->sample->row[0].field[i].p, s->sample->row[0].field[i].n, &f, &day, &offset))
				return true;
		return false;
	}
	if (ask->date == NULL || ask->customer == NULL || !column_number(ask->date, &date) || !column_number(ask->customer, &customer) ||
	    (uint32_t)date >= s->sample->row[0].fields)
		return false;
	if (ask->date_format == NULL ? !guess_dates(s, date, &f, &open) : !date_format_read(ask->date_format, &f))
		return false;
	return date_read(s->sample->row[0].field[date].p, s->sample->row[0].field[date].n, &f, &day, &offset);
}

int reading_named(const struct sample *sample)
{
	bool customer = false, date = false;

	if (sample->rows == 0)
		return 0;
	for (uint32_t i = 0; i < sample->row[0].fields && i < SPLIT_FIELDS; i++) {
		customer = customer || tier_of(ROLE_CUSTOMER, sample->row[0].field[i]) > 0;
		date = date || tier_of(ROLE_DATE, sample->row[0].field[i]) > 0;
	}
	return customer + date;
}

static void keep_names(struct search *s)
{
	struct reading *r = s->r;

	for (int role = 0; role < ROLES; role++)
		if (r->column[role] >= 0 && s->header != NULL)
			r->name[role] = s->header->field[r->column[role]].p;
	r->header = s->header != NULL;
	r->skip_bytes = s->header != NULL ? s->header->end : s->sample->skip_bytes;
	r->skip_lines = s->header != NULL ? s->header->lines : s->sample->skip_lines;
}

static enum rc find_roles(struct search *s)
{
	enum rc rc;

	if (s->ask->preset != NULL && strcmp(s->ask->preset, "cdnow") == 0)
		return find_cdnow(s);
	rc = find(s, ROLE_CUSTOMER, s->ask->customer);
	if (rc == RC_OK && s->r->column[ROLE_CUSTOMER] < 0)
		rc = missing_column(s, ROLE_CUSTOMER);
	if (rc == RC_OK)
		rc = find_dates(s);
	if (rc == RC_OK)
		rc = find_money(s);
	if (rc == RC_OK && s->ask->preset != NULL && strcmp(s->ask->preset, "plain") == 0)
		rc = check_plain(s);
	if (rc == RC_OK)
		look_for_commas(s);
	return rc;
}

enum rc reading_find(struct arena *a, const struct import_ask *ask, const char *path, const struct sample *sample, struct reading *out)
{
	struct reading r = { .delimiter = sample->delimiter, .fields = sample->row[0].fields };
	struct search  s = { .a = a, .ask = ask, .path = path, .sample = sample, .r = &r };
	enum rc rc;

	assert(sample->rows > 0);
	for (int role = 0; role < ROLES; role++)
		r.column[role] = -1;
	if (ask->date_format != NULL && !date_format_read(ask->date_format, &r.date_format))
		return err_do(err_set(RC_USAGE, "CSV-111", "'%s' is not a date format", ask->date_format),
			"write it like YYYY-MM-DD, DD/MM/YYYY, M/D/YY or YYYYMMDD");
	if (!is_headless(&s)) {
		s.header = &sample->row[0];
		s.first = 1;
	}
	rc = find_roles(&s);
	if (rc != RC_OK)
		return rc;
	keep_names(&s);
	*out = r;
	return RC_OK;
}

/* JSON */

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

struct js *reading_json(const struct reading *r)
{
	struct js *js = js_object(), *columns = js_object();
	char format[16], delimiter[2] = { r->delimiter, '\0' };

	for (int role = 0; role < ROLES; role++)
		set_column(js, r, (enum role)role);
	date_format_write(format, &r->date_format);
	js_set_text(js, "date_format", format);
	js_set_text(js, "decimal", r->form.point == ',' ? "," : ".");
	js_set_bool(js, "grouped", r->form.grouped);
	js_set_bool(js, "header", r->header);
	js_set_int(js, "fields", r->fields);
	js_set_text(js, "delimiter", delimiter);
	for (int role = 0; role < ROLES; role++)
		if (r->column[role] >= 0)
			js_set_int(columns, role_word[role], r->column[role] + 1);
	js_set(js, "columns", columns);
	return js;
}

enum rc reading_from_json(const struct js *js, struct reading *out)
{
	struct reading r = { .header = js_bool_of(js_get(js, "header")), .fields = (uint32_t)js_int_of(js_get(js, "fields")) };
	const char *format = js_text_of(js_get(js, "date_format")), *delimiter = js_text_of(js_get(js, "delimiter"));
	const char *point = js_text_of(js_get(js, "decimal"));
	const struct js *columns = js_get(js, "columns");

	if (format == NULL || delimiter == NULL || point == NULL || !date_format_read(format, &r.date_format))
		return err_set(RC_INTERNAL, "CSV-130", "the stored reading of a file cannot be read back");
	r.delimiter = delimiter[0];
	r.form = (struct number_form){ point[0], js_bool_of(js_get(js, "grouped")) };
	for (int role = 0; role < ROLES; role++) {
		const struct js *c = js_get(columns, role_word[role]);

		r.column[role] = c != NULL ? (int)js_int_of(c) - 1 : -1;
		r.name[role] = r.header && c != NULL ? js_text_of(js_get(js, role_word[role])) : NULL;
	}
	*out = r;
	return RC_OK;
}
