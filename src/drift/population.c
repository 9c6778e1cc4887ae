/* Reads feat_customer and score_customer side by side, both in the order of customers. Owns no table. */
#include "config.h"

#include "drift/population.h"

#include <math.h>

#include "store/query.h"
#include "store/scan.h"

static enum rc load_window(struct run *run, struct population *p)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(run->store, "statement/drift_window", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, run_made_of(run, "feat_window"));
	rc = query_step(q, &row);
	if (!rc && !row)
		rc = err_set(RC_INTERNAL, "DRIFT-102", "there are no features to compare");
	if (!rc) {
		p->as_of = (day_t)query_int(q, 0);
		p->first_day = (day_t)query_int(q, 1);
		p->n = (size_t)query_int(q, 2);
		p->has_money = query_int(q, 3);
		p->decimals = (int)query_int(q, 4);
		p->currency = arena_text(run->arena, query_text(q, 5));
	}
	query_close(q);
	return rc;
}

static bool make_arrays(struct arena *a, struct population *p)
{
	size_t n = p->n + 1;
	int32_t **whole[] = { &p->x, &p->t_x, &p->t };
	double **real[] = { &p->first, &p->repeat, &p->revenue, &p->p_alive, &p->expected, &p->clv };
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		if (!(*whole[i] = arena_try(a, n, sizeof(int32_t))))
			return false;
	for (size_t i = 0; i < sizeof(real) / sizeof(*real); i++)
		if (!(*real[i] = arena_try(a, n, sizeof(double))))
			return false;
	return true;
}

/* A block of rows by customer on its way into the arrays. */
struct block {
	struct run        *run;
	struct population *p;
	double             scale;  /* minor units in a major one */
	int32_t           *customer;  /* of every row of the arrays */
	size_t             n, most;   /* rows so far; customers looked at, in the scores */
	int32_t            number[SCAN_BLOCK], whole[3][SCAN_BLOCK];
	double             real[3][SCAN_BLOCK];
};

static enum rc out_of_order(int32_t customer)
{
	return err_set(RC_INTERNAL, "DRIFT-102", "there are no features to compare: customer number %d is out of order", customer);
}

static enum rc take_features(void *user, size_t rows)
{
	struct block *t = user;
	struct population *p = t->p;
	for (size_t k = 0; k < rows && t->n < t->most; k++, t->n++) {
		size_t i = t->n;
		if (i > 0 && t->number[k] <= t->customer[i - 1])
			return out_of_order(t->number[k]);
		t->customer[i] = t->number[k];
		p->x[i] = t->whole[0][k];
		p->t_x[i] = t->whole[1][k];
		p->t[i] = t->whole[2][k];
		p->repeat[i] = t->real[0][k];
		p->first[i] = t->real[1][k] / t->scale;
		p->revenue[i] = t->real[2][k] / t->scale;
		p->p_alive[i] = p->expected[i] = p->clv[i] = NAN;
	}
	return run_tick(t->run, "customers", (int64_t)t->n, (int64_t)t->most);
}

/* Both are in the order of customers: n moves up to the customer of each score. */
static enum rc take_scores(void *user, size_t rows)
{
	struct block *t = user;
	struct population *p = t->p;
	for (size_t k = 0; k < rows; k++) {
		while (t->n < p->n && t->customer[t->n] < t->number[k])
			t->n++;
		if (t->n == p->n || t->customer[t->n] != t->number[k])
			continue;
		p->has_scores = true;
		p->p_alive[t->n] = t->real[0][k];
		p->expected[t->n] = t->real[1][k];
		p->clv[t->n] = t->real[2][k];
	}
	return run_tick(t->run, "customers", (int64_t)t->n, (int64_t)p->n);
}

static enum rc load_rows(struct run *run, struct arena *work, struct population *p)
{
	struct block *t = arena_alloc(work, 1, sizeof *t);
	const struct scan_column feature[] = {
		{ SCAN_I32, t->number }, { SCAN_I32, t->whole[0] }, { SCAN_I32, t->whole[1] }, { SCAN_I32, t->whole[2] },
		{ SCAN_F64, t->real[0] }, { SCAN_F64, t->real[1] }, { SCAN_F64, t->real[2] },
	};
	const struct scan_column score[] = {
		{ SCAN_I32, t->number }, { SCAN_F64, t->real[0] }, { SCAN_F64, t->real[1] }, { SCAN_F64, t->real[2] },
	};
	const struct scan features = { .column = feature, .columns = 7, .block = SCAN_BLOCK, .take = take_features, .user = t };
	const struct scan scores = { .column = score, .columns = 4, .block = SCAN_BLOCK, .take = take_scores, .user = t };
	t->run = run;
	t->p = p;
	t->scale = pow(10, p->decimals);
	t->most = p->n;
	t->customer = arena_try(work, p->n + 1, sizeof *t->customer);
	if (!t->customer)
		return err_set(RC_NOMEM, "DRIFT-101", "not enough memory to compare %zu customers", p->n);
	enum rc rc = store_scan(run->store, "statement/drift_features", &features, "i", run_made_of(run, "feat_customer"));
	p->n = t->n;
	t->n = 0;
	return rc ? rc : store_scan(run->store, "statement/drift_scores", &scores, "i", run_made_of(run, "score_customer"));
}

enum rc population_load(struct run *run, struct population *out)
{
	struct arena *work = arena_new();
	*out = (struct population) { 0 };
	enum rc rc = load_window(run, out);
	if (!rc && !make_arrays(run->arena, out))
		rc = err_set(RC_NOMEM, "DRIFT-101", "not enough memory to compare %zu customers", out->n);
	rc = rc ? rc : load_rows(run, work, out);
	arena_free(work);
	return rc;
}
