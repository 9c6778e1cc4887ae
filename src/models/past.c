/* A sample's purchase rows, read once and replayed to any day. Reads raw_customer, raw_file and raw_block; owns no table. Not
 * here: the back-test of all customers, which the features room keeps. */
#include "config.h"

#include "models/past.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "module/purchase.h"
#include "module/transaction.h"
#include "store/query.h"

/* Rows on their way in. */
struct intake {
	struct run      *run;
	struct past_row *row;
	size_t           n, room;
	int32_t          step;
	day_t            upto;
	int64_t          done;
};

static bool make_room(struct intake *in)
{
	if (in->n + TRANSACTION_BLOCK <= in->room)
		return true;
	size_t room = 2 * in->room + TRANSACTION_BLOCK;
	struct past_row *row = mem_try_grow(in->row, room, sizeof *row);
	if (row == NULL)
		return false;
	in->row = row;
	in->room = room;
	return true;
}

static enum rc take(void *user, const struct transactions *t)
{
	struct intake *in = user;
	if (!make_room(in))
		return err_set(RC_NOMEM, "FIT-102", "no memory for the rows of %d customers", PAST_CUSTOMERS);
	for (size_t i = 0; i < t->n; i++)
		if (t->day[i] <= in->upto && t->counts[i] != COUNTS_NOT && (t->customer[i] - 1) % in->step == 0)
			in->row[in->n++] = (struct past_row) { t->customer[i], t->day[i], t->minor[i], t->counts[i] };
	in->done += (int64_t)t->n;
	return run_tick(in->run, "rows", in->done, 0);
}

static int in_order(const void *a, const void *b)
{
	const struct past_row *p = a, *q = b;
	if (p->customer != q->customer)
		return p->customer < q->customer ? -1 : 1;
	return (p->day > q->day) - (p->day < q->day);
}

static void find_first(struct past *p)
{
	p->first = DAY_NONE;
	for (size_t i = 0; i < p->n; i++)
		if (p->first == DAY_NONE || p->row[i].day < p->first)
			p->first = p->row[i].day;
}

void past_sort(struct past *p)
{
	qsort(p->row, p->n, sizeof *p->row, in_order);
	find_first(p);
}

static enum rc read_span(struct store *s, struct past *p, int64_t *customers)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/models_past_span", &q);
	if (rc)
		return rc;
	rc = query_step(q, &row);
	if (!rc && row) {
		*customers = query_int(q, 0);
		p->has_money = query_int(q, 1) != 0;
		p->decimals = (int)query_int(q, 2);
	}
	query_close(q);
	return rc;
}

/* Customers whose first purchase is before a day go, as they do in the features. */
static void drop_earlier(struct past *p, day_t from)
{
	size_t kept = 0;
	for (size_t i = 0, j; i < p->n; i = j) {
		bool later = true;
		size_t sale = i;
		for (j = i; j < p->n && p->row[j].customer == p->row[i].customer; j++)
			continue;
		while (sale < j && p->row[sale].minor != MONEY_NONE && p->row[sale].minor < 0)
			sale++;
		if (sale < j)
			later = p->row[sale].day >= from;
		for (size_t k = i; later && k < j; k++)
			p->row[kept++] = p->row[k];
	}
	p->n = kept;
}

enum rc past_read(struct run *run, struct arena *a, day_t upto, struct past *out)
{
	struct intake in = { .run = run, .upto = upto };
	struct past p = { .first = DAY_NONE };
	day_t from = settings_day(run->settings, "cohort_from");
	int64_t customers = 0;
	enum rc rc = read_span(run->store, &p, &customers);
	in.step = (int32_t)((customers + PAST_CUSTOMERS - 1) / PAST_CUSTOMERS);
	if (!rc && customers > 0)
		rc = transaction_scan(run->store, 1, INT64_MAX - 1, take, &in);
	p.row = rc ? NULL : arena_try(a, in.n + 1, sizeof *p.row);
	if (!rc && p.row == NULL)
		rc = err_set(RC_NOMEM, "FIT-102", "no memory for %zu rows", in.n);
	if (!rc && in.n > 0)
		memcpy(p.row, in.row, in.n * sizeof *p.row);
	p.n = in.n;
	free(in.row);
	if (rc)
		return rc;
	past_sort(&p);
	if (from != DAY_NONE) {
		drop_earlier(&p, from);
		find_first(&p);
	}
	*out = p;
	return RC_OK;
}

/* ---- a day in the past ---- */

/* One customer's rows up to a day. */
static enum rc replay(const struct past_row *row, size_t n, day_t upto, struct purchase *p, double *log_gaps)
{
	purchase_init(p);
	for (size_t i = 0; i < n && row[i].day <= upto; i++) {
		int32_t days = p->days;
		day_t last = p->last;
		if (!purchase_add_on(p, row[i].day, row[i].counts, row[i].minor))
			return err_set(RC_DATA, "FIT-120", "the amounts of customer number %d are too large to add up", row[i].customer);
		if (log_gaps && days > 0 && p->days > days)
			*log_gaps += log(row[i].day - last);
	}
	return RC_OK;
}

/* z: the columns of the customer. */
static void put(struct cohort *c, int32_t customer, const struct purchase *at, const struct purchase *end, const double *z)
{
	size_t i = c->n++;
	if (c->width > 0)
		memcpy(c->z + i * c->width, z, c->width * sizeof *z);
	c->customer[i] = customer;
	c->x[i] = purchase_frequency(at);
	c->t_x[i] = purchase_recency(at);
	c->t[i] = purchase_age(at, c->as_of);
	c->first_minor[i] = c->has_money ? at->first_minor : 0;
	c->repeat_minor[i] = c->has_money ? purchase_repeat_minor(at) : 0;
	c->spend_ok[i] = c->has_money && (at->days == 1 || c->repeat_minor[i] > 0);
	c->hold_x[i] = end->days - at->days;
	c->hold_minor[i] = c->has_money ? end->total_minor - at->total_minor : 0;
}

size_t past_customers(const struct past *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		n += i == 0 || p->row[i].customer != p->row[i - 1].customer;
	return n;
}

enum rc past_columns(struct store *s, struct arena *a, const struct design *d, struct past *p)
{
	struct cohort c = { .n = past_customers(p) };
	struct str told = { 0 };
	size_t k = 0;
	p->width = 0;
	p->z = NULL;
	if (d->effects == 0)
		return RC_OK;
	c.customer = arena_try(a, c.n + 1, sizeof *c.customer);
	if (c.customer == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the covariates of %zu customers", c.n);
	for (size_t i = 0; i < p->n; i++)
		if (i == 0 || p->row[i].customer != p->row[i - 1].customer)
			c.customer[k++] = p->row[i].customer;
	enum rc rc = design_apply(s, a, d, &c, &told);
	str_clear(&told);
	if (rc)
		return rc;
	p->width = c.width;
	p->z = c.z;
	return RC_OK;
}

enum rc past_cohort(struct arena *a, const struct past *p, day_t cut, int32_t hold_days, struct cohort *out)
{
	struct cohort c = { .n = past_customers(p), .as_of = cut, .has_money = p->has_money, .decimals = p->decimals, .hold_days = hold_days };
	enum rc rc = cohort_arrays(a, &c);
	size_t k = 0;
	c.width = p->width;
	if (!rc && c.width > 0 && (c.z = arena_try(a, c.n * c.width + 1, sizeof *c.z)) == NULL)
		rc = err_set(RC_NOMEM, "FIT-102", "no memory for the covariates of %zu customers", c.n);
	c.n = 0;
	c.log_gaps = 0;
	c.last_x = NULL;
	c.last_minor = NULL;
	for (size_t i = 0, j; !rc && i < p->n; i = j, k++) {
		struct purchase at, end;
		for (j = i; j < p->n && p->row[j].customer == p->row[i].customer; j++)
			continue;
		rc = replay(p->row + i, j - i, cut, &at, &c.log_gaps);
		rc = rc ? rc : replay(p->row + i, j - i, cut + hold_days, &end, NULL);
		if (!rc && at.days > 0)
			put(&c, p->row[i].customer, &at, &end, p->z + k * p->width);
	}
	if (!rc)
		*out = c;
	return rc;
}

enum rc past_discounted(struct arena *a, const struct past *p, const struct cohort *c, double rate, double **out)
{
	double *value = arena_try(a, c->n + 1, sizeof *value), unit = pow(10, c->decimals), force = log1p(rate) / DAYS_PER_YEAR;
	size_t i = 0;
	if (value == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", c->n);
	for (size_t k = 0; k < p->n; k++) {
		const struct past_row *row = &p->row[k];
		while (i < c->n && c->customer[i] < row->customer)
			i++;
		day_t day = row->counts == COUNTS_OWN ? row->day : row->counts;
		if (i < c->n && c->customer[i] == row->customer && day > c->as_of && row->day <= c->as_of + c->hold_days && row->minor != MONEY_NONE)
			value[i] += (double)row->minor / unit * exp(-force * (day - c->as_of));
	}
	*out = value;
	return RC_OK;
}
