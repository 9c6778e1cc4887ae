/* Reading reference data for the tests of the models. */
#include "config.h"

#include "module/purchase.h"
#include "reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"

const char *reference_path(struct arena *a, const char *name)
{
	const char *folder = getenv("CLV_REFERENCE"), *top = getenv("top_srcdir");
	char *path = folder ? arena_printf(a, "%s/%s", folder, name)
	                    : arena_printf(a, "%s/../shared/reference/%s", top ? top : ".", name);
	return file_exists(path) ? path : NULL;
}

bool reference_there(const char *name)
{
	struct arena *a = arena_new();
	bool there = reference_path(a, name) != NULL;
	arena_free(a);
	return there;
}

/* One cell from *at; *last tells that the row ends with it. */
static char *cell_take(char **at, bool *last)
{
	char *p = *at, *out = p, *start = p;
	bool quoted = *p == '"';
	if (quoted)
		for (p++, start = out; *p && !(*p == '"' && p[1] != '"'); p++)
			*out++ = *p == '"' ? *p++ : *p;
	else
		for (; *p && *p != ',' && *p != '\n'; p++)
			*out++ = *p;
	while (*p && *p != ',' && *p != '\n')
		p++;
	*last = *p != ',';
	*at = *p ? p + 1 : p;
	*out = '\0';
	if (out > start && out[-1] == '\r')
		out[-1] = '\0';
	return start;
}

struct sheet *sheet_read(struct arena *a, const char *name)
{
	struct sheet *s = arena_alloc(a, 1, sizeof *s);
	const char *path = reference_path(a, name);
	char *text, *cell[64];
	size_t n, lines = 1;
	if (path == NULL || file_read(a, path, (size_t)1 << 28, &text, &n) != RC_OK)
		abort();
	for (size_t i = 0; i < n; i++)
		lines += text[i] == '\n';
	s->cell = arena_alloc(a, lines, sizeof *s->cell);
	s->cells = arena_alloc(a, lines, sizeof *s->cells);
	while (*text) {
		size_t cells = 0;
		bool last = false;
		while (!last && cells < 64)
			cell[cells++] = cell_take(&text, &last);
		s->cell[s->rows] = arena_alloc(a, cells, sizeof *cell);
		memcpy(s->cell[s->rows], cell, cells * sizeof *cell);
		s->cells[s->rows++] = cells;
	}
	return s;
}

int sheet_column(const struct sheet *s, const char *name)
{
	for (size_t i = 0; i < s->cells[0]; i++)
		if (strcmp(s->cell[0][i], name) == 0)
			return (int)i;
	return -1;
}

static struct cohort *cohort_room(struct arena *a, size_t n, bool hold)
{
	struct cohort *c = arena_alloc(a, 1, sizeof *c);
	c->n = n;
	c->decimals = 2;
	c->customer = arena_alloc(a, n, sizeof *c->customer);
	c->x = arena_alloc(a, n, sizeof *c->x);
	c->t_x = arena_alloc(a, n, sizeof *c->t_x);
	c->t = arena_alloc(a, n, sizeof *c->t);
	c->first_minor = arena_alloc(a, n, sizeof *c->first_minor);
	c->repeat_minor = arena_alloc(a, n, sizeof *c->repeat_minor);
	c->spend_ok = arena_alloc(a, n, sizeof *c->spend_ok);
	if (hold) {
		c->hold_x = arena_alloc(a, n, sizeof *c->hold_x);
		c->hold_minor = arena_alloc(a, n, sizeof *c->hold_minor);
		c->last_x = arena_alloc(a, n, sizeof *c->last_x);
		c->last_minor = arena_alloc(a, n, sizeof *c->last_minor);
	}
	return c;
}

struct event { long customer; day_t day; long minor; };

static int event_order(const void *a, const void *b)
{
	const struct event *p = a, *q = b;
	if (p->customer != q->customer)
		return p->customer < q->customer ? -1 : 1;
	return (p->day > q->day) - (p->day < q->day);
}

/* The events of one customer, in day order. false: first seen after the cut. */
static bool customer_fill(struct cohort *c, size_t i, const struct event *e, size_t n, day_t cut, day_t end)
{
	day_t first = e[0].day, last = first;
	int x = 0;
	long repeat = 0, hold = 0, opening = 0;
	if (first > cut)
		return false;
	for (size_t j = 0; j < n; j++) {
		bool new_day = j == 0 || e[j].day != e[j - 1].day;
		if (e[j].day > cut && e[j].day <= end) {
			c->hold_x[i] += new_day;
			hold += e[j].minor;
		}
		if (e[j].day > cut)
			continue;
		x += new_day && j > 0;
		c->log_gaps += new_day && j > 0 ? log((double)(e[j].day - last)) : 0;
		last = e[j].day;
		*(last == first ? &opening : &repeat) += e[j].minor;
		if (c->last_x && e[j].day > cut - c->hold_days) {
			c->last_x[i] += new_day;
			c->last_minor[i] += e[j].minor;
		}
	}
	c->customer[i] = (int32_t)i + 1;
	c->x[i] = x;
	c->t_x[i] = last - first;
	c->t[i] = cut - first;
	c->first_minor[i] = opening;
	c->repeat_minor[i] = repeat;
	c->spend_ok[i] = x == 0 || repeat > 0;
	if (c->hold_minor)
		c->hold_minor[i] = hold;
	return true;
}

static day_t day_of(const char *text)
{
	day_t d;
	if (!day_parse_iso(text, strlen(text), &d))
		abort();
	return d;
}

struct cohort *log_cohort(struct arena *a, const char *name, const char *spend, const char *cut, const char *end)
{
	struct sheet *s = sheet_read(a, name);
	int id = sheet_column(s, "customer_id"), date = sheet_column(s, "date"), money = spend ? sheet_column(s, spend) : -1;
	struct event *e = arena_alloc(a, s->rows, sizeof *e);
	size_t n = s->rows - 1;
	for (size_t i = 0; i < n; i++) {
		char **cell = s->cell[i + 1];
		e[i] = (struct event) { atol(cell[id]), day_of(cell[date]), money < 0 ? 0 : lround(atof(cell[money]) * 100) };
	}
	qsort(e, n, sizeof *e, event_order);
	struct cohort *c = cohort_room(a, n, *end != '\0');
	c->has_money = money >= 0;
	c->as_of = day_of(cut);
	c->hold_days = *end ? day_of(end) - c->as_of : 0;
	c->n = 0;
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i; j < n && e[j].customer == e[i].customer; j++)
			continue;
		c->n += customer_fill(c, c->n, e + i, j - i, c->as_of, c->as_of + c->hold_days);
	}
	return c;
}

struct past *log_past(struct arena *a, const char *name, const char *spend, const char *upto)
{
	struct sheet *s = sheet_read(a, name);
	int id = sheet_column(s, "customer_id"), date = sheet_column(s, "date"), money = spend ? sheet_column(s, spend) : -1;
	struct past *p = arena_alloc(a, 1, sizeof *p);
	p->row = arena_alloc(a, s->rows, sizeof *p->row);
	p->has_money = money >= 0;
	p->decimals = 2;
	for (size_t i = 1; i < s->rows; i++) {
		char **cell = s->cell[i];
		if (day_of(cell[date]) <= day_of(upto))
			p->row[p->n++] = (struct past_row) { (int32_t)atol(cell[id]), day_of(cell[date]), money < 0 ? MONEY_NONE : lround(atof(cell[money]) * 100), COUNTS_OWN };
	}
	past_sort(p);
	return p;
}

struct cohort *summary_cohort(struct arena *a, const char *name, const char *x, const char *t_x, const char *t, const char *m,
                              double per_unit)
{
	struct sheet *s = sheet_read(a, name);
	int col_x = sheet_column(s, x), col_t_x = sheet_column(s, t_x), col_t = sheet_column(s, t), col_m = m ? sheet_column(s, m) : -1;
	struct cohort *c = cohort_room(a, s->rows - 1, false);
	c->has_money = m != NULL;
	c->log_gaps = NAN;
	for (size_t i = 0; i < c->n; i++) {
		char **cell = s->cell[i + 1];
		c->customer[i] = (int32_t)i + 1;
		c->x[i] = atoi(cell[col_x]);
		c->t_x[i] = (int32_t)lround(atof(cell[col_t_x]) * per_unit);
		c->t[i] = (int32_t)lround(atof(cell[col_t]) * per_unit);
		c->repeat_minor[i] = col_m < 0 ? 0 : lround(atof(cell[col_m]) * 100) * c->x[i];
		c->spend_ok[i] = c->x[i] == 0 || c->repeat_minor[i] > 0;
	}
	return c;
}

bool reference_value(const char *dataset, const char *model, const char *quantity, double *value, double *allowed)
{
	struct arena *a = arena_new();
	struct sheet *s = sheet_read(a, "values.csv");
	bool found = false;
	for (size_t i = 1; i < s->rows && !found; i++) {
		char **cell = s->cell[i];
		if (s->cells[i] < 5 || strcmp(cell[0], dataset) || strcmp(cell[1], model) || strcmp(cell[2], quantity))
			continue;
		found = true;
		*value = atof(cell[3]);
		*allowed = strncmp(cell[4], "rel:", 4) == 0 ? atof(cell[4] + 4) * fabs(*value)
		         : strncmp(cell[4], "abs:", 4) == 0 ? atof(cell[4] + 4) : 1e-9;
	}
	arena_free(a);
	return found;
}
