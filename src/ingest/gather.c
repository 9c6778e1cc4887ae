/* Counts and weighs the values of a file's rows while they are imported. Not here: a column's account (column.c), the table
 * (gather_store.c), the profile of a file that is not imported (profile.c). Owns no table. */
#include "config.h"

#include "ingest/gather.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "ingest/gather_priv.h"
#include "ingest/keyset.h"
#include "ingest/reading_priv.h"
#include "module/purchase.h"

#define UNSOUND  (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG)
#define NO_DAY   (REASON_BIT(REASON_MISSING_DATE) | REASON_BIT(REASON_BAD_DATE) | REASON_BIT(REASON_EARLY_DATE) | REASON_BIT(REASON_FUTURE_DATE) | \
                  REASON_BIT(REASON_REPEATED_HEADER) | REASON_BIT(REASON_LEFT_OUT))

enum { HELD = 4096 };

/* --- before the file -------------------------------------------------------------------------- */

/* Rows of the sample behind the header. */
static size_t first_row(const struct sample *s, const struct reading *r)
{
	size_t i = 0;
	while (i < s->rows && s->row[i].line <= r->skip_lines)
		i++;
	return i;
}

/* So that about GATHER_WEIGHED rows are weighed. It follows from the file alone. */
static uint64_t stride_of(const struct gather_ask *ask)
{
	const struct sample *s = ask->sample;
	size_t               first = first_row(s, ask->reading), rows = s->rows - first;
	uint64_t             text = rows ? s->row[s->rows - 1].end - (first ? s->row[first - 1].end : 0) : 0;
	uint64_t             all = text ? ask->bytes * rows / text : 0;
	return all / GATHER_WEIGHED < 2 ? 1 : all / GATHER_WEIGHED;
}

/* The header's name; a second column of one name says which it is. */
static const char *name_of(const struct gather *g, const struct reading *r, uint32_t column)
{
	struct str  t = {0};
	const char *name;
	if (r->names && r->names[column].n)
		str_add_visible(&t, r->names[column].p, r->names[column].n < COLUMN_TEXT ? r->names[column].n : COLUMN_TEXT);
	else
		str_addf(&t, "column %u", column + 1);
	for (uint32_t i = 0; i < column; i++)
		if (!strcmp(g->column[i].name, t.s)) {
			str_addf(&t, " (column %u)", column + 1);
			break;
		}
	name = arena_text(g->arena, t.s);
	str_clear(&t);
	return name;
}

static void add_columns(struct gather *g, const struct gather_ask *ask)
{
	struct reading width = { .fields = g->fields };
	struct search  s = { .a = g->arena, .ask = ask->ask, .path = "", .sample = ask->sample, .first = first_row(ask->sample, ask->reading), .r = &width };
	g->column = arena_alloc(g->arena, g->columns, sizeof *g->column);
	for (uint32_t i = 0; i < g->columns; i++) {
		struct column_ask how;
		int               role = search_column_ask(&s, (int)i, ask->reading, g->columns, &how);
		how.distinct_most = how.distinct_most < HELD ? how.distinct_most : HELD;
		g->column[i].column = column_new(&how);
		g->column[i].name = name_of(g, ask->reading, i);
		g->column[i].role = role < ROLES ? role_word[role] : NULL;
		g->column[i].customer = role == ROLE_CUSTOMER;
	}
}

struct gather *gather_new(const struct gather_ask *ask)
{
	struct arena  *a = arena_new();
	struct gather *g = arena_alloc(a, 1, sizeof *g);
	g->arena = a;
	g->rules = ask->rules;
	g->scale = pow(10, ask->rules->decimals);
	g->fields = ask->reading->fields;
	g->columns = g->fields < GATHER_COLUMNS ? g->fields : GATHER_COLUMNS;
	g->stride = stride_of(ask);
	g->month_first = g->month_end = DAY_NONE;
	add_columns(g, ask);
	g->money = reading_has_money(ask->reading);
	g->day.spread = spread_new();
	g->amount.spread = spread_new();
	g->amount.distinct = distinct_new(HELD);
	g->days = arena_alloc(a, DAYS_MOST / 8, 1);
	return g;
}

void gather_free(struct gather *g)
{
	if (!g)
		return;
	for (uint32_t i = 0; i < g->columns; i++)
		column_free(g->column[i].column);
	spread_free(g->day.spread);
	spread_free(g->amount.spread);
	distinct_free(g->amount.distinct);
	arena_free(g->arena);
}

/* --- row by row ------------------------------------------------------------------------------- */

/* Rows to be weighed lie apart by chance, so that no rhythm of the file meets theirs; the chance is the row's number (SplitMix64, Steele and others
 * 2014). */
static void choose_next(struct gather *g)
{
	uint64_t z = (g->row + 1) * UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	g->next = g->row + 1 + (z ^ z >> 31) % (2 * g->stride - 1);
}

/* The month since 1970-01; most rows are of the month of the row before. */
static int month_of(struct gather *g, day_t d)
{
	int year, month, day;
	if (d >= g->month_first && d < g->month_end)
		return g->month_last;
	day_to_civil(d, &year, &month, &day);
	g->month_first = day_from_civil(year, month, 1);
	g->month_end = month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month + 1, 1);
	g->month_last = (year - COLUMN_FIRST_YEAR) * 12 + month - 1;
	return g->month_last = g->month_last >= 0 && g->month_last < COLUMN_MONTHS ? g->month_last : -1;
}

static bool is_missing(const struct gather *g, const struct gathered *c, struct span v)
{
	const struct rules *r = g->rules;
	return !v.n || (v.n <= r->missing.longest && missing_text(&r->missing, v)) ||
	       (c->customer && v.n <= r->missing_customer.longest && missing_text(&r->missing_customer, v));
}

void gather_settle(struct gathered *c)
{
	if (c->again)
		column_again(c->column, c->last_hash, c->again);
	c->again = 0;
}

static bool is_last(const struct gathered *c, struct span v)
{
	return v.n == c->last_n && v.p[v.n - 1] == c->last[v.n - 1] && !memcmp(v.p, c->last, v.n);
}

static void count_value(struct gathered *c, struct span v)
{
	gather_settle(c);
	c->last_hash = column_hash(v);
	column_count(c->column, c->last_hash);
	c->last_n = v.n <= LAST ? v.n : 0;
	memcpy(c->last, v.p, c->last_n);
}

static void add_value(const struct gather *g, struct gathered *c, struct span v)
{
	if (v.n && is_last(c, v)) {
		c->again++;
	} else if (is_missing(g, c, v)) {
		column_add_missing(c->column);
		if (g->at_month >= 0)
			c->gap[g->at_month]++;
		return;
	} else {
		count_value(c, v);
	}
	if (g->weigh) {
		gather_settle(c);
		column_weigh(c->column, v, c->last_hash);
	}
}

void gather_row(struct gather *g, const struct record *r, const struct verdict *v)
{
	g->weigh = false;
	if (v->blank || r->fields != g->fields || r->flags & UNSOUND)
		return;
	g->weigh = g->row == g->next;
	if (g->weigh)
		choose_next(g);
	g->row++;
	g->at_month = v->reasons & NO_DAY ? -1 : month_of(g, v->day);
	if (g->at_month >= 0)
		g->month[g->at_month]++;
	for (uint32_t i = 0; i < g->columns; i++)
		add_value(g, &g->column[i], span_trim(r->field[i]));
}

static void add_kept(const struct gather *g, struct gathered_kept *k, int64_t v, double scale)
{
	k->low = !k->rows || v < k->low ? v : k->low;
	k->high = !k->rows || v > k->high ? v : k->high;
	k->sum += v;
	k->rows++;
	if (!g->weigh)
		return;
	k->weighed++;
	spread_add(k->spread, (double)v / scale);
}

void gather_kept(struct gather *g, const struct verdict *v)
{
	if (g->at_month >= 0)
		g->kept[g->at_month]++;
	add_kept(g, &g->day, v->day, 1);
	if (v->day >= 0 && v->day < DAYS_MOST)
		g->days[v->day / 8] |= (uint8_t)(1 << v->day % 8);
	if (v->minor == MONEY_NONE)
		return;
	add_kept(g, &g->amount, v->minor, g->scale);
	distinct_add(g->amount.distinct, keyset_hash(0, (const char *)&v->minor, sizeof v->minor));
}
