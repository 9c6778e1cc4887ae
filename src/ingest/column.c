/* One column's account. Not here: which columns a file has and how rows are found (profile.c), the sketches (math/sketch.c). */
#include "config.h"

#include "ingest/column.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ingest/keyset.h"
#include "math/sketch.h"

enum { FREQUENT = 128, KEPT = COLUMN_TEXT, CATEGORY_MOST = 50, DATE_LOW = 1900, DATE_HIGH = 2100 };

/* A value that may be among the most frequent. */
struct frequent { uint64_t hash; int64_t count; uint32_t n; char text[KEPT]; };

struct dated { int64_t fits, sum; day_t min, max; struct spread *spread; };

struct column {
	struct column_ask ask;
	int64_t           count, missing, weighed, numbers, wholes;
	double            min, max, sum;
	struct spread    *spread;
	struct dated      dated[2];
	struct distinct  *distinct;
	struct frequent   top[COLUMN_TOP]; /* the most frequent when each was weighed last: while the different values are counted exactly */
	size_t            tops;
	struct frequent  *frequent;        /* beyond: each came `count` times at least and `taken` times more at most; all others `taken` at most */
	uint64_t          tag[FREQUENT]; /* their hashes once more, close together for the search */
	size_t            frequents;
	int64_t           taken;     /* Misra and Gries 1982: how often one was taken from every count */
	int64_t           longest;   /* characters */
	int32_t           month[COLUMN_MONTHS];
};

struct column *column_new(const struct column_ask *ask)
{
	struct column *c = mem_new(1, sizeof *c);
	c->ask = *ask;
	c->spread = spread_new();
	c->distinct = distinct_new(ask->distinct_most);
	c->frequent = mem_new(FREQUENT, sizeof *c->frequent);
	for (int i = 0; i < ask->dates; i++)
		c->dated[i].spread = spread_new();
	return c;
}

void column_free(struct column *c)
{
	if (!c)
		return;
	spread_free(c->spread);
	spread_free(c->dated[0].spread);
	spread_free(c->dated[1].spread);
	distinct_free(c->distinct);
	free(c->frequent);
	free(c);
}

/* --- gathering -------------------------------------------------------------------------------- */

static void keep_text(struct frequent *f, struct span v)
{
	f->n = v.n < KEPT ? v.n : KEPT;
	while (f->n < v.n && f->n > 0 && ((unsigned char)v.p[f->n] & 0xC0) == 0x80)
		f->n--;
	memcpy(f->text, v.p, f->n);
}

/* Frequent values in FREQUENT places: when all are taken, every count loses one, and those at nothing make room. */
static void add_frequent(struct column *c, struct span v, uint64_t hash)
{
	size_t left = 0;
	for (size_t i = 0; i < c->frequents; i++)
		if (c->tag[i] == hash) {
			c->frequent[i].count++;
			return;
		}
	if (c->frequents < FREQUENT) {
		c->tag[c->frequents] = hash;
		c->frequent[c->frequents] = (struct frequent){ .hash = hash, .count = 1 };
		keep_text(&c->frequent[c->frequents++], v);
		return;
	}
	c->taken++;
	for (size_t i = 0; i < FREQUENT; i++)
		if (--c->frequent[i].count > 0) {
			c->tag[left] = c->tag[i];
			c->frequent[left++] = c->frequent[i];
		}
	c->frequents = left;
}

/* A value that came `times` times by now. */
static void add_top(struct column *c, struct span v, uint64_t hash, int64_t times)
{
	size_t at = 0;
	for (size_t i = 0; i < c->tops; i++) {
		if (c->top[i].hash == hash) {
			c->top[i].count = times;
			return;
		}
		at = c->top[i].count < c->top[at].count ? i : at;
	}
	if (c->tops < COLUMN_TOP)
		at = c->tops++;
	else if (times <= c->top[at].count)
		return;
	c->top[at] = (struct frequent){ .hash = hash, .count = times };
	keep_text(&c->top[at], v);
}

static void add_number(struct column *c, struct span v)
{
	struct currency sign;
	struct decimal  d;
	double          x;
	if (decimal_read(v.p, v.n, &c->ask.form, &d, &sign) != NUMBER_OK)
		return;
	x = (double)d.digits / pow(10, d.scale);
	c->min = !c->numbers || x < c->min ? x : c->min;
	c->max = !c->numbers || x > c->max ? x : c->max;
	c->numbers++;
	c->sum += x;
	c->wholes += d.scale == 0;
	spread_add(c->spread, x);
}

static void add_date(struct column *c, int i, struct span v)
{
	struct dated *s = &c->dated[i];
	day_t         day;
	bool          offset;
	if (!date_read(v.p, v.n, &c->ask.date[i], &day, &offset))
		return;
	s->min = !s->fits || day < s->min ? day : s->min;
	s->max = !s->fits || day > s->max ? day : s->max;
	s->fits++;
	s->sum += day;
	spread_add(s->spread, day);
}

static int64_t characters(struct span v)
{
	int64_t n = 0;
	for (uint32_t i = 0; i < v.n; i++)
		n += ((unsigned char)v.p[i] & 0xC0) != 0x80;
	return n;
}

uint64_t column_hash(struct span v)
{
	return keyset_hash(0, v.p, v.n);
}

void column_count(struct column *c, uint64_t hash)
{
	c->count++;
	distinct_add(c->distinct, hash);
}

void column_again(struct column *c, uint64_t hash, int64_t times)
{
	c->count += times;
	distinct_again(c->distinct, hash, times);
}

void column_weigh(struct column *c, struct span v, uint64_t hash)
{
	int64_t length = characters(v);
	c->weighed++;
	c->longest = length > c->longest ? length : c->longest;
	if (distinct_is_exact(c->distinct))
		add_top(c, v, hash, distinct_times(c->distinct, hash));
	add_frequent(c, v, hash);
	add_number(c, v);
	for (int i = 0; i < c->ask.dates; i++)
		add_date(c, i, v);
}

void column_add(struct column *c, struct span v, int month)
{
	uint64_t hash = column_hash(v);
	column_count(c, hash);
	column_weigh(c, v, hash);
	if (month >= 0 && month < COLUMN_MONTHS)
		c->month[month]++;
}

void column_add_missing(struct column *c)
{
	c->missing++;
}

const struct distinct *column_distinct(const struct column *c)
{
	return c->distinct;
}

/* --- what it is ------------------------------------------------------------------------------- */

static bool is_most(const struct column *c, int64_t part)
{
	return c->weighed > 0 && part * 100 >= c->weighed * (c->ask.meant ? 50 : 95);
}

static bool is_likely(const struct column *c, const struct dated *s)
{
	int low, high, other;
	day_to_civil(s->min, &low, &other, &other);
	day_to_civil(s->max, &high, &other, &other);
	return is_most(c, s->fits) && (c->ask.date[0].separator || (low >= DATE_LOW && high <= DATE_HIGH));
}

/* Which reading of its dates; -1: they are none. */
static int date_of(const struct column *c)
{
	int best = -1;
	for (int i = 0; i < c->ask.dates; i++)
		if (c->dated[i].fits && is_likely(c, &c->dated[i]) && (best < 0 || c->dated[i].fits > c->dated[best].fits))
			best = i;
	return best;
}

/* Day/month and month/day fit alike. */
static bool is_open(const struct column *c)
{
	return c->ask.dates == 2 && c->dated[0].fits == c->dated[1].fits;
}

static const char *type_of(const struct column *c, int date)
{
	if (!c->count)
		return NULL;
	if (date >= 0)
		return "date";
	if (!is_most(c, c->numbers))
		return "text";
	return c->wholes == c->numbers ? "whole" : "number";
}

const char *column_shape(const char *type, int64_t count, int64_t missing, double distinct, bool exact, bool keys)
{
	if (!type)
		return "empty";
	if (exact && distinct == 1 && count > 1)
		return "constant";
	if (!strcmp(type, "date"))
		return "date";
	if (strcmp(type, "number") != 0 && !missing && count > 1 && keys)
		return "key";
	if (strcmp(type, "text") != 0)
		return "number";
	return exact && distinct <= CATEGORY_MOST && distinct * 2 <= (double)count ? "category" : "text";
}

/* --- in words and numbers --------------------------------------------------------------------- */

static int by_count(const void *a, const void *b)
{
	const struct frequent *x = a, *y = b;
	int                    order;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	order = memcmp(x->text, y->text, x->n < y->n ? x->n : y->n);
	return order ? order : (x->n > y->n) - (x->n < y->n);
}

/* Those that came at least as often as any other. Beyond exact counts only values that no other can have overtaken. */
static void tell_top(const struct column *c, struct column_summary *out)
{
	bool             exact = distinct_is_exact(c->distinct);
	size_t           n = exact ? c->tops : c->frequents;
	struct frequent *all = mem_new(FREQUENT, sizeof *all);
	memcpy(all, exact ? c->top : c->frequent, n * sizeof *all);
	for (size_t i = 0; exact && i < n; i++)
		all[i].count = distinct_times(c->distinct, all[i].hash);
	qsort(all, n, sizeof *all, by_count);
	for (size_t i = 0; i < n && i < COLUMN_TOP && (exact || all[i].count > c->taken); i++) {
		struct column_top *top = &out->top[out->tops++];
		str_copy_visible(top->text, sizeof top->text, all[i].text, all[i].n);
		top->exact = exact;
		top->count = exact ? all[i].count : (int64_t)((double)all[i].count * ((double)c->count / (double)c->weighed));
	}
	free(all);
}

static void tell_range(const struct column *c, int date, struct column_summary *out)
{
	double               p[COLUMN_GRID];
	const struct spread *s = date >= 0 ? c->dated[date].spread : c->spread;
	double               n = (double)spread_n(s);
	for (int i = 0; i < COLUMN_GRID; i++)
		p[i] = i / (COLUMN_GRID - 1.0);
	spread_quantiles(s, p, COLUMN_GRID, out->grid);
	out->grid[0] = date >= 0 ? c->dated[date].min : c->min;
	out->grid[COLUMN_GRID - 1] = date >= 0 ? c->dated[date].max : c->max;
	out->mean = (date >= 0 ? (double)c->dated[date].sum : c->sum) / n;
	out->rank_error = spread_error(s);
}

void column_tell(const struct column *c, struct column_summary *out)
{
	int date = date_of(c);
	*out = (struct column_summary){ .type = type_of(c, date), .count = c->count, .missing = c->missing, .weighed = c->weighed,
	                                .longest = c->longest, .distinct = distinct_count(c->distinct),
	                                .distinct_error = distinct_error(c->distinct), .mean = NAN };
	out->shape = column_shape(out->type, c->count, c->missing, out->distinct, distinct_is_exact(c->distinct), !distinct_repeats(c->distinct));
	for (int i = 0; i < COLUMN_GRID; i++)
		out->grid[i] = NAN;
	tell_top(c, out);
	if (!out->type || !strcmp(out->type, "text"))
		return;
	out->unfit = c->weighed - (date >= 0 ? c->dated[date].fits : c->numbers);
	if (date < 0 || !is_open(c))
		tell_range(c, date, out);
}

static struct js *top_json(const struct column_summary *t)
{
	struct js *list = js_array();
	for (size_t i = 0; i < t->tops; i++) {
		struct js *js = js_object();
		js_set_text(js, "value", t->top[i].text);
		js_set_int(js, "count", t->top[i].count);
		js_set_bool(js, "exact", t->top[i].exact);
		js_add(list, js);
	}
	return list;
}

static struct js *value_json(double v, bool date)
{
	char text[16];
	if (!date)
		return js_real(v);
	day_format(text, (day_t)floor(v + 0.5));
	return js_text(text);
}

static void set_range(const struct column_summary *t, struct js *js)
{
	static const struct { const char *name; int at; } at[] = { { "p05", 5 }, { "p25", 25 }, { "p50", 50 }, { "p75", 75 }, { "p95", 95 } };
	bool       none = isnan(t->grid[0]), date = !none && !strcmp(t->type, "date");
	struct js *quantiles = none ? js_null() : js_object();
	js_set(js, "min", none ? js_null() : value_json(t->grid[0], date));
	js_set(js, "max", none ? js_null() : value_json(t->grid[COLUMN_GRID - 1], date));
	for (size_t i = 0; !none && i < sizeof at / sizeof at[0]; i++)
		js_set(quantiles, at[i].name, value_json(t->grid[at[i].at], date));
	js_set(js, "quantiles", quantiles);
	js_set_real(js, "rank_error", t->rank_error);
	js_set_int(js, "unfit", t->unfit);
}

/* "DD/MM/YYYY", or both orders; "1.234,56" where a number's mark is a comma. */
static void set_form(const struct column *c, struct js *js, const char *type, int date)
{
	char       text[16];
	struct str t = {0};
	if (date >= 0) {
		date_format_write(text, &c->ask.date[is_open(c) ? 0 : date]);
		str_add(&t, text);
	}
	if (date >= 0 && is_open(c)) {
		date_format_write(text, &c->ask.date[1]);
		str_addf(&t, " or %s", text);
	}
	if (type && (!strcmp(type, "number") || !strcmp(type, "whole")))
		str_add(&t, number_form_write(&c->ask.form));
	js_set_text(js, "form", t.s);
	str_clear(&t);
}

struct js *column_json(const struct column *c, int first, int last)
{
	struct js            *js = js_object(), *months = js_array();
	struct column_summary t;
	column_tell(c, &t);
	js_set_text(js, "type", t.type);
	set_form(c, js, t.type, date_of(c));
	js_set_text(js, "shape", t.shape);
	js_set_int(js, "count", t.count);
	js_set_int(js, "missing", t.missing);
	js_set_int(js, "distinct", (int64_t)t.distinct);
	js_set_bool(js, "distinct_exact", t.distinct_error == 0);
	js_set_real(js, "distinct_error", t.distinct_error);
	js_set(js, "top", top_json(&t));
	set_range(&t, js);
	js_set_int(js, "longest", t.longest);
	for (int i = first; i <= last; i++)
		js_add(months, js_int(c->month[i]));
	js_set(js, "months", months);
	return js;
}

struct js *column_values(const struct column *c)
{
	struct frequent *all;
	struct js       *list;
	if (c->taken || c->frequents > COLUMN_VALUES || c->longest > COLUMN_TEXT)
		return NULL;
	list = js_array();
	all = mem_new(FREQUENT, sizeof *all);
	memcpy(all, c->frequent, c->frequents * sizeof *all);
	qsort(all, c->frequents, sizeof *all, by_count);
	for (size_t i = 0; i < c->frequents; i++) {
		struct js *js = js_object();
		struct str t = {0};
		str_add_span(&t, all[i].text, all[i].n);
		js_set_text(js, "value", t.s ? t.s : "");
		js_set_int(js, "count", all[i].count);
		js_add(list, js);
		str_clear(&t);
	}
	free(all);
	return list;
}
