/* Reads feat_customer and score_customer side by side, both in the order of customers. Owns no table. */
#include "config.h"

#include "drift/population.h"

#include <math.h>

#include "store/query.h"

enum { TICK_ROWS = 4096 };

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

/* The scores' cursor stands at a customer; it is moved up to the one asked for. */
struct scores { struct query *q; bool row; };

static enum rc take_scores(struct scores *s, int64_t customer, struct population *p, size_t i)
{
	p->p_alive[i] = p->expected[i] = p->clv[i] = NAN;
	while (s->row && query_int(s->q, 0) < customer) {
		enum rc rc = query_step(s->q, &s->row);
		if (rc)
			return rc;
	}
	if (!s->row || query_int(s->q, 0) != customer)
		return RC_OK;
	p->has_scores = true;
	p->p_alive[i] = query_real(s->q, 1);
	p->expected[i] = query_real(s->q, 2);
	p->clv[i] = query_real(s->q, 3);
	return RC_OK;
}

static enum rc load_rows(struct run *run, struct query *q, struct scores *s, struct population *p)
{
	double scale = pow(10, p->decimals);
	bool row = true;
	size_t i = 0;
	enum rc rc = query_step(s->q, &s->row);
	while (!rc && i < p->n && !(rc = query_step(q, &row)) && row) {
		p->x[i] = (int32_t)query_int(q, 1);
		p->t_x[i] = (int32_t)query_int(q, 2);
		p->t[i] = (int32_t)query_int(q, 3);
		p->repeat[i] = query_real(q, 4);
		p->first[i] = query_real(q, 5) / scale;
		p->revenue[i] = query_real(q, 6) / scale;
		rc = take_scores(s, query_int(q, 0), p, i);
		if (!rc && ++i % TICK_ROWS == 0)
			rc = run_tick(run, "customers", (int64_t)i, (int64_t)p->n);
	}
	p->n = i;
	return rc;
}

enum rc population_load(struct run *run, struct population *out)
{
	struct query *features = NULL;
	struct scores scores = { 0 };
	*out = (struct population) { 0 };
	enum rc rc = load_window(run, out);
	if (!rc && !make_arrays(run->arena, out))
		rc = err_set(RC_NOMEM, "DRIFT-101", "not enough memory to compare %zu customers", out->n);
	rc = rc ? rc : query_open(run->store, "statement/drift_features", &features);
	rc = rc ? rc : query_open(run->store, "statement/drift_scores", &scores.q);
	if (!rc) {
		query_bind_int(features, 1, run_made_of(run, "feat_customer"));
		query_bind_int(scores.q, 1, run_made_of(run, "score_customer"));
		rc = load_rows(run, features, &scores, out);
	}
	query_close(features);
	query_close(scores.q);
	return rc;
}
