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

struct dated { int64_t fits; day_t min, max; struct spread *spread; };

struct column {
	struct column_ask ask;
	int64_t           count, missing, numbers, wholes;
	double            min, max;
	struct spread    *spread;
	struct dated      dated[2];
	struct distinct  *distinct;
	struct frequent   top[COLUMN_TOP]; /* the most frequent, with their counts: true while the different values are counted exactly */
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
	spread_add(s->spread, day);
}

static int64_t characters(struct span v)
{
	int64_t n = 0;
	for (uint32_t i = 0; i < v.n; i++)
		n += ((unsigned char)v.p[i] & 0xC0) != 0x80;
	return n;
}

void column_add(struct column *c, struct span v, int month)
{
	uint64_t hash = keyset_hash(0, v.p, v.n);
	int64_t  length = characters(v), times = distinct_add(c->distinct, hash);
	c->count++;
	c->longest = length > c->longest ? length : c->longest;
	if (distinct_is_exact(c->distinct))
		add_top(c, v, hash, times);
	add_frequent(c, v, hash);
	add_number(c, v);
	for (int i = 0; i < c->ask.dates; i++)
		add_date(c, i, v);
	if (month >= 0 && month < COLUMN_MONTHS)
		c->month[month]++;
}

void column_add_missing(struct column *c)
{
	c->missing++;
}

/* --- what it is ------------------------------------------------------------------------------- */

static bool is_most(const struct column *c, int64_t part)
{
	return c->count > 0 && part * 100 >= c->count * (c->ask.meant ? 50 : 95);
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

static const char *shape_of(const struct column *c, const char *type)
{
	double different = distinct_count(c->distinct);
	if (!type)
		return "empty";
	if (distinct_is_exact(c->distinct) && different == 1 && c->count > 1)
		return "constant";
	if (!strcmp(type, "date"))
		return "date";
	if (strcmp(type, "number") != 0 && !c->missing && c->count > 1 && !distinct_repeats(c->distinct))
		return "key";
	if (strcmp(type, "text") != 0)
		return "number";
	return distinct_is_exact(c->distinct) && different <= CATEGORY_MOST && different * 2 <= (double)c->count ? "category" : "text";
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

/* Beyond exact counts only those that no other can have overtaken. */
static struct js *top_json(const struct column *c)
{
	bool             exact = distinct_is_exact(c->distinct);
	size_t           n = exact ? c->tops : c->frequents;
	struct js       *list = js_array();
	struct frequent *all = mem_new(FREQUENT, sizeof *all);
	memcpy(all, exact ? c->top : c->frequent, n * sizeof *all);
	qsort(all, n, sizeof *all, by_count);
	for (size_t i = 0; i < n && i < COLUMN_TOP && (exact || all[i].count > c->taken); i++) {
		struct js *js = js_object();
		struct str t = {0};
		str_add_visible(&t, all[i].text, all[i].n);
		js_set_text(js, "value", t.s ? t.s : "");
		js_set_int(js, "count", all[i].count);
		js_set_bool(js, "exact", exact);
		js_add(list, js);
		str_clear(&t);
	}
	free(all);
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

static void set_range(const struct column *c, struct js *js, const char *type, int date)
{
	static const struct { const char *name; double p; } at[] = { { "p05", .05 }, { "p25", .25 }, { "p50", .5 }, { "p75", .75 }, { "p95", .95 } };
	const struct spread *s = date >= 0 ? c->dated[date].spread : c->spread;
	bool                 none = !type || !strcmp(type, "text") || (date >= 0 && is_open(c));
	struct js           *quantiles = none ? js_null() : js_object();
	js_set(js, "min", none ? js_null() : value_json(date >= 0 ? c->dated[date].min : c->min, date >= 0));
	js_set(js, "max", none ? js_null() : value_json(date >= 0 ? c->dated[date].max : c->max, date >= 0));
	for (size_t i = 0; !none && i < sizeof at / sizeof at[0]; i++)
		js_set(quantiles, at[i].name, value_json(spread_quantile(s, at[i].p), date >= 0));
	js_set(js, "quantiles", quantiles);
	js_set_real(js, "rank_error", none ? 0 : spread_error(s));
	js_set_int(js, "unfit", !type || !strcmp(type, "text") ? 0 : c->count - (date >= 0 ? c->dated[date].fits : c->numbers));
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
	struct js  *js = js_object(), *months = js_array();
	int         date = date_of(c);
	const char *type = type_of(c, date);
	js_set_text(js, "type", type);
	set_form(c, js, type, date);
	js_set_text(js, "shape", shape_of(c, type));
	js_set_int(js, "count", c->count);
	js_set_int(js, "missing", c->missing);
	js_set_int(js, "distinct", (int64_t)distinct_count(c->distinct));
	js_set_bool(js, "distinct_exact", distinct_is_exact(c->distinct));
	js_set_real(js, "distinct_error", distinct_error(c->distinct));
	js_set(js, "top", top_json(c));
	set_range(c, js, type, date);
	js_set_int(js, "longest", c->longest);
	for (int i = first; i <= last; i++)
		js_add(months, js_int(c->month[i]));
	js_set(js, "months", months);
	return js;
}
