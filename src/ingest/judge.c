/* What becomes of a row. Not here: where it begins and ends (split.c), what is stored of it (load.c). */
#include "config.h"

#include "ingest/judge.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "ingest/keyset.h"
#include "ingest/terms.h"
#include "module/purchase.h"

#define UNSOUND (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG)

void judge_init(struct judge *j, const struct rules *rules, const struct reading *reading)
{
	*j = (struct judge){ .rules = rules, .reading = reading, .currency = rules->currency };
	mapped_row_init(&j->mapped, reading->mapped);
}

void judge_clear(struct judge *j)
{
	mapped_row_clear(&j->mapped);
}

void judge_forget(struct judge *j)
{
	mapped_forget(&j->mapped);
}

static struct span cell(const struct judge *j, const struct record *r, enum role role)
{
	int column = j->reading->column[role];

	if (j->mapped.mapped != NULL)
		return j->mapped.role[role];
	return column >= 0 ? span_trim(r->field[column]) : (struct span){ "", 0 };
}

static bool is_missing(const struct judge *j, struct span c)
{
	return c.n <= j->rules->missing.longest && missing_text(&j->rules->missing, c);
}

static bool is_no_customer(const struct judge *j, struct span c)
{
	return is_missing(j, c) || (c.n <= j->rules->missing_customer.longest && missing_text(&j->rules->missing_customer, c));
}

static bool is_blank(const struct record *r)
{
	if ((r->flags & ~(unsigned)RECORD_HIGH) != 0 || r->fields > SPLIT_FIELDS)
		return false;
	for (uint32_t i = 0; i < r->fields; i++)
		if (span_trim(r->field[i]).n > 0)
			return false;
	return true;
}

/* Bytes, quotes, lengths: what is wrong before any field is looked at. */
static uint64_t judge_form(const struct judge *j, const struct record *r)
{
	uint64_t bits = 0;

	if (r->flags & RECORD_NUL)
		bits |= REASON_BIT(REASON_NUL);
	if ((r->flags & RECORD_HIGH) && str_utf8_valid(r->p, r->n) + (r->flags & RECORD_LONG ? 3 : 0) < r->n) /* a piece may cut a character */
		bits |= REASON_BIT(REASON_UTF8);
	if (r->flags & RECORD_STRAY)
		bits |= REASON_BIT(REASON_STRAY_QUOTE);
	if (r->flags & RECORD_UNCLOSED)
		bits |= REASON_BIT(REASON_UNCLOSED_QUOTE);
	if (r->flags & RECORD_LONG)
		bits |= REASON_BIT(REASON_ROW_LONG);
	if (r->flags & RECORD_WIDE)
		bits |= REASON_BIT(REASON_FIELD_LONG);
	if ((r->flags & UNSOUND) == 0 && r->fields != j->reading->fields)
		bits |= REASON_BIT(REASON_FIELD_COUNT);
	if (r->n > j->rules->max_field)
		for (uint32_t i = 0; i < r->fields && i < SPLIT_FIELDS; i++)
			if (r->field[i].n > j->rules->max_field)
				bits |= REASON_BIT(REASON_FIELD_LONG);
	return bits;
}

/* U+0300 to U+036F. */
static bool has_mark(struct span c)
{
	for (uint32_t i = 0; i + 1 < c.n; i++) {
		unsigned char x = (unsigned char)c.p[i], y = (unsigned char)c.p[i + 1];

		if (x == 0xCC || (x == 0xCD && y < 0xB0))
			return true;
	}
	return false;
}

/* 17850.0: a number that went through a spreadsheet. */
static bool is_float(struct span c)
{
	return c.n > 2 && c.p[c.n - 1] == '0' && c.p[c.n - 2] == '.' && c.p[0] >= '0' && c.p[0] <= '9';
}

/* The line under a table: "Total" where a customer stands, and no date. */
static bool is_total(struct span customer)
{
	static const char *const words[] = { "total", "totals", "grand total", "subtotal", "sum", "gesamt", "summe", "totaal", "totale" };
	char text[16];

	if (customer.n >= sizeof text)
		return false;
	memcpy(text, customer.p, customer.n);
	text[customer.n] = '\0';
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

static bool is_header(const struct judge *j, const struct record *r)
{
	for (int role = 0; role <= ROLE_DATE; role++) {
		const char *name = j->reading->name[role];
		int column = j->reading->column[role];
		struct span c = column >= 0 ? span_trim(r->field[column]) : (struct span){ "", 0 };

		if (name == NULL || strlen(name) != c.n || memcmp(name, c.p, c.n) != 0)
			return false;
	}
	return true;
}

/* The text of the last date again. Ten bytes are compared as two words: a call for each row would cost more than the comparison. */
static bool is_last_date(const struct judge *j, struct span c)
{
	uint64_t a, b;
	uint16_t x, y;

	if (c.n == 0 || c.n != j->date_n)
		return false;
	if (c.n != 10)
		return memcmp(c.p, j->date, c.n) == 0;
	memcpy(&a, c.p, 8);
	memcpy(&b, j->date, 8);
	memcpy(&x, c.p + 8, 2);
	memcpy(&y, j->date + 8, 2);
	return a == b && x == y;
}

static void count_time(struct judge *j, const struct date_time *t, enum zone_odd odd)
{
	if (t->offset)
		j->seen.offsets++;
	else if (t->timed && j->reading->date_format.serial == 0)
		j->seen.bare++;
	j->seen.gaps += odd == ZONE_GAP;
	j->seen.folds += odd == ZONE_FOLD;
}

static uint64_t judge_date(struct judge *j, struct span c, day_t *day)
{
	struct date_time t;
	enum zone_odd    odd;

	if (is_last_date(j, c)) {
		*day = j->day;
	} else {
		if (is_missing(j, c))
			return REASON_BIT(REASON_MISSING_DATE);
		if (!date_time_read(c.p, c.n, &j->reading->date_format, &t))
			return REASON_BIT(REASON_BAD_DATE);
		*day = t.timed ? zone_day(&j->rules->zone, &t, &odd) : t.day;
		if (t.timed) {
			count_time(j, &t, odd);
		} else if (c.n <= sizeof j->date) {
			memcpy(j->date, c.p, c.n);
			j->date_n = c.n;
			j->day = *day;
		}
	}
	if (*day < 0)
		return REASON_BIT(REASON_EARLY_DATE);
	if (*day > j->rules->today)
		return REASON_BIT(REASON_FUTURE_DATE);
	return 0;
}

/* Money */

static uint64_t number_reason(enum number n, enum reason bad)
{
	switch (n) {
	case NUMBER_OK:
		return 0;
	case NUMBER_BAD:
		return REASON_BIT(bad);
	case NUMBER_DECIMALS:
		return REASON_BIT(REASON_TOO_MANY_DECIMALS);
	case NUMBER_OVERFLOW:
		return REASON_BIT(REASON_OVERFLOW);
	}
	return 0;
}

/* 123.45 with two decimals and nothing else: what nearly every amount looks like. */
static bool plain_cents(struct span c, int64_t *minor)
{
	int64_t  v = 0;
	uint32_t i = 0;

	if (c.n < 4 || c.n > 15 || c.p[c.n - 3] != '.')
		return false;
	for (; i < c.n; i++) {
		unsigned digit = (unsigned char)c.p[i] - (unsigned)'0';

		if (digit <= 9)
			v = v * 10 + digit;
		else if (i != c.n - 3)
			return false;
	}
	*minor = v;
	return true;
}

/* The file's currency is the store's, or the first one met. */
static uint64_t judge_currency(struct judge *j, const struct currency *c)
{
	if (c->code[0] == '\0')
		return 0;
	if (j->currency.code[0] == '\0')
		j->currency = *c;
	return currency_same(&j->currency, c) ? 0 : REASON_BIT(REASON_MIXED_CURRENCY);
}

static uint64_t judge_currency_column(struct judge *j, const struct record *r)
{
	struct span c = cell(j, r, ROLE_CURRENCY);
	struct currency named;

	if (is_missing(j, c))
		return 0;
	return currency_read(c.p, c.n, &named) ? judge_currency(j, &named) : REASON_BIT(REASON_MIXED_CURRENCY);
}

static uint64_t judge_amount(struct judge *j, struct span c, int64_t *minor)
{
	struct currency sign = { "" };
	struct decimal  d;
	uint64_t bits;

	if (j->rules->decimals == 2 && j->reading->form[ROLE_AMOUNT].point == '.' && plain_cents(c, minor))
		return 0;
	if (is_missing(j, c))
		return REASON_BIT(REASON_MISSING_AMOUNT);
	bits = number_reason(decimal_read(c.p, c.n, &j->reading->form[ROLE_AMOUNT], &d, &sign), REASON_BAD_AMOUNT);
	if (bits == 0)
		bits = number_reason(decimal_minor(d, j->rules->decimals, minor), REASON_BAD_AMOUNT);
	return bits | judge_currency(j, &sign);
}

static uint64_t judge_product(struct judge *j, const struct record *r, int64_t *minor)
{
	struct span quantity = cell(j, r, ROLE_QUANTITY), price = cell(j, r, ROLE_PRICE);
	struct currency none = { "" }, sign = { "" };
	struct decimal  q = { 0 }, p = { 0 };
	uint64_t bits = 0;

	if (is_missing(j, quantity))
		bits |= REASON_BIT(REASON_BAD_QUANTITY);
	else
		bits |= number_reason(decimal_read(quantity.p, quantity.n, &j->reading->form[ROLE_QUANTITY], &q, &none), REASON_BAD_QUANTITY);
	if (none.code[0] != '\0')
		bits |= REASON_BIT(REASON_BAD_QUANTITY);
	if (is_missing(j, price))
		bits |= REASON_BIT(REASON_MISSING_AMOUNT);
	else
		bits |= number_reason(decimal_read(price.p, price.n, &j->reading->form[ROLE_PRICE], &p, &sign), REASON_BAD_AMOUNT);
	bits |= judge_currency(j, &sign);
	return bits != 0 ? bits : number_reason(decimal_product(q, p, j->rules->decimals, minor), REASON_BAD_AMOUNT);
}

static uint64_t judge_money(struct judge *j, const struct record *r, struct verdict *v)
{
	uint64_t bits;

	if (!reading_has_money(j->reading))
		return 0;
	if (reading_has(j->reading, ROLE_AMOUNT))
		bits = judge_amount(j, cell(j, r, ROLE_AMOUNT), &v->minor);
	else
		bits = judge_product(j, r, &v->minor);
	if (reading_has(j->reading, ROLE_CURRENCY))
		bits |= judge_currency_column(j, r);
	if (bits == 0 && v->minor < 0) {
		v->negative = true;
		if (j->rules->negative != NEGATIVE_REFUND)
			bits = REASON_BIT(REASON_NEGATIVE_AMOUNT);
	}
	return bits;
}

/* What makes the row the one it is, and what it says. */
static void judge_key(const struct judge *j, const struct record *r, struct verdict *v)
{
	for (int i = 0; i < reading_keys(j->reading); i++) {
		struct span c = j->mapped.mapped != NULL ? j->mapped.key[i] : span_trim(r->field[j->reading->key[i]]);

		if (is_missing(j, c))
			v->reasons |= REASON_BIT(REASON_MISSING_KEY);
		v->key = keyset_hash(v->key, c.p, c.n);
	}
	v->value = keyset_hash(0, v->customer.p, v->customer.n);
	v->value = keyset_hash(v->value, (const char *)&v->day, sizeof v->day);
	v->value = keyset_hash(v->value, (const char *)&v->minor, sizeof v->minor);
	if (reading_matched(j->reading))
		v->value = keyset_hash(v->value, (const char *)&v->match, sizeof v->match);
}

static uint64_t hash_of(uint64_t h, struct span c)
{
	h = keyset_hash(h, c.p, c.n);
	return h != 0 ? h : 1;
}

/* Rows of all tables of a source can belong together. A part that is missing has nothing in common with another that is. */
static void judge_match(const struct judge *j, struct verdict *v)
{
	const struct mapping_table *t = j->mapped.mapped->table;
	const uint64_t source = keyset_hash(0, t->source, strlen(t->source));

	if (t->of != NULL && !is_missing(j, j->mapped.of))
		v->match.of = hash_of(source, j->mapped.of);
	for (size_t i = 0; i < t->sames; i++) {
		if (is_missing(j, j->mapped.same[i])) {
			v->match.same = 0;
			return;
		}
		v->match.same = hash_of(i > 0 ? v->match.same : ~source, j->mapped.same[i]);
	}
}

/* The amount of a row that is left out, where it can be read: for the rule's sum, and for nothing else. */
static void judge_left_out(struct judge *j, const struct record *r, struct verdict *v)
{
	const struct currency currency = j->currency;
	struct verdict money = { .minor = MONEY_NONE };

	if (judge_money(j, r, &money) == 0 || money.negative)
		v->minor = money.minor;
	j->currency = currency;
}

/* false: a rule of the mapping leaves the row out, or it is blank. */
static bool take_mapped(struct judge *j, const struct record *r, struct verdict *v)
{
	if (is_blank(r)) {
		v->blank = true;
		return false;
	}
	if (is_header(j, r)) {
		v->reasons |= REASON_BIT(REASON_REPEATED_HEADER);
		return false;
	}
	mapped_take(&j->mapped, r);
	v->rule = j->mapped.rule;
	if (v->rule >= 0) {
		v->customer = cell(j, r, ROLE_CUSTOMER);
		v->reasons |= REASON_BIT(REASON_LEFT_OUT);
		judge_left_out(j, r, v);
	} else if (j->mapped.unmatched) {
		v->reasons |= REASON_BIT(REASON_NO_REFERENCE);
	}
	return v->rule < 0;
}

void judge_row(struct judge *j, const struct record *r, struct verdict *v)
{
	*v = (struct verdict){ .minor = MONEY_NONE, .rule = -1 };
	if (r->flags != 0 || r->fields != j->reading->fields || r->n > j->rules->max_field) {
		if (is_blank(r)) {
			v->blank = true;
			return;
		}
		v->reasons = judge_form(j, r);
		if ((v->reasons & (REASON_BIT(REASON_FIELD_COUNT))) != 0 || (r->flags & UNSOUND) != 0)
			return;
	}
	if (j->mapped.mapped != NULL && !take_mapped(j, r, v))
		return;
	v->customer = cell(j, r, ROLE_CUSTOMER);
	v->order = reading_has(j->reading, ROLE_ORDER) ? cell(j, r, ROLE_ORDER) : (struct span){ "", 0 };
	struct span date = cell(j, r, ROLE_DATE);

	if (v->customer.n == 0 && date.n == 0 && is_blank(r)) {
		v->blank = true;
		return;
	}
	uint64_t bits = is_no_customer(j, v->customer) ? REASON_BIT(REASON_MISSING_CUSTOMER) : 0;

	bits |= judge_date(j, date, &v->day);
	if ((bits & REASON_BIT(REASON_BAD_DATE)) != 0 && is_header(j, r)) {
		v->reasons |= REASON_BIT(REASON_REPEATED_HEADER);
		return;
	}
	if ((bits & REASON_BIT(REASON_MISSING_DATE)) != 0 && is_total(v->customer))
		bits |= REASON_BIT(REASON_TOTAL_ROW);
	j->seen.floats += is_float(v->customer);
	if ((r->flags & RECORD_HIGH) != 0 && has_mark(v->customer))
		j->seen.marks++;
	v->reasons |= bits | judge_money(j, r, v);
	if (j->terms != NULL)
		v->reasons |= terms_judge(j->terms, r, &j->mapped, v);
	if (v->reasons == 0 && reading_matched(j->reading))
		judge_match(j, v);
	if (v->reasons == 0 && reading_keys(j->reading) > 0)
		judge_key(j, r, v);
}

void judge_attributes(const struct judge *j, const struct record *r, struct span *value)
{
	const struct reading *g = j->reading;
	int n = 0;

	for (size_t i = 0; g->mapped != NULL && i < g->mapped->table->attributes; i++)
		value[n++] = j->mapped.attribute[i];
	for (int i = 0; i < g->attributes; i++)
		value[n++] = span_trim(r->field[g->attribute[i].column]);
	for (int i = 0; i < n; i++)
		if (is_missing(j, value[i]))
			value[i].n = 0;
}
