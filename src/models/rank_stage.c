/* The stage `rank`: a unique rank for each customer, with the RFM segment. What a rank alone tells (tier, percentile) is not
 * kept. Owns score_rank. */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include "models/models_module.h"
#include "models/rank.h"
#include "store/append.h"
#include "store/query.h"
#include "store/scan.h"

#define BATCH 8192

/* The customers of the run, in customer order. */
struct base {
	size_t       n;
	int32_t     *customer;
	double      *worth, *expected;
	const char **id;
	int32_t     *frequency, *since;
	double      *monetary;
	uint8_t     *score[3]; /* R, F, M */
	uint32_t    *order;
};

static enum rc base_room(struct arena *a, struct base *b, size_t n)
{
	b->customer = arena_try(a, n, sizeof *b->customer);
	b->worth = arena_try(a, n, sizeof *b->worth);
	b->expected = arena_try(a, n, sizeof *b->expected);
	b->id = arena_try(a, n, sizeof *b->id);
	b->frequency = arena_try(a, n, sizeof *b->frequency);
	b->since = arena_try(a, n, sizeof *b->since);
	b->monetary = arena_try(a, n, sizeof *b->monetary);
	b->order = arena_try(a, n, sizeof *b->order);
	for (size_t k = 0; k < 3; k++)
		b->score[k] = arena_try(a, n, 1);
	if (!b->customer || !b->worth || !b->expected || !b->id || !b->frequency || !b->since || !b->monetary || !b->order
	    || !b->score[0] || !b->score[1] || !b->score[2])
		return err_set(RC_NOMEM, "FIT-102", "no memory to rank %zu customers", n);
	return RC_OK;
}

/* A block of rows by customer on its way into the base. */
struct block {
	struct run        *run;
	struct base       *base;
	size_t             n;  /* customers so far */
	size_t             most;
	int32_t            customer[SCAN_BLOCK], frequency[SCAN_BLOCK], since[SCAN_BLOCK];
	double             worth[SCAN_BLOCK], expected[SCAN_BLOCK], monetary[SCAN_BLOCK];
	struct append_span id[SCAN_BLOCK];
};

static enum rc not_both(const struct block *t, size_t i)
{
	return err_set(RC_DATA, "FIT-111", "customer %" PRId32 " has features or a score, but not both", t->customer[i]);
}

static enum rc take_scores(void *user, size_t rows)
{
	struct block *t = user;
	struct base  *b = t->base;
	for (size_t i = 0; i < rows; i++, t->n++) {
		if (t->n >= t->most || (t->n > 0 && t->customer[i] <= b->customer[t->n - 1]))
			return not_both(t, i);
		b->customer[t->n] = t->customer[i];
		b->worth[t->n] = t->worth[i];
		b->expected[t->n] = t->expected[i];
	}
	return run_tick(t->run, "customers", 0, (int64_t)t->most);
}

static enum rc take_features(void *user, size_t rows)
{
	struct block *t = user;
	struct base  *b = t->base;
	for (size_t i = 0; i < rows; i++, t->n++) {
		if (t->n >= b->n || b->customer[t->n] != t->customer[i])
			return not_both(t, i);
		b->id[t->n] = arena_span(t->run->arena, t->id[i].p, t->id[i].n);
		b->frequency[t->n] = t->frequency[i];
		b->since[t->n] = t->since[i];
		b->monetary[t->n] = t->monetary[i];
	}
	return run_tick(t->run, "customers", 0, (int64_t)t->most);
}

static enum rc base_read(struct run *run, struct base *b)
{
	struct block *t = arena_alloc(run->arena, 1, sizeof *t);
	const struct scan_column score[] = { { SCAN_I32, t->customer }, { SCAN_F64, t->worth }, { SCAN_F64, t->expected } };
	const struct scan_column feature[] = {
		{ SCAN_I32, t->customer }, { SCAN_TEXT, t->id }, { SCAN_I32, t->frequency }, { SCAN_I32, t->since }, { SCAN_F64, t->monetary },
	};
	const struct scan scores = { .column = score, .columns = 3, .block = SCAN_BLOCK, .take = take_scores, .user = t };
	const struct scan features = { .column = feature, .columns = 5, .block = SCAN_BLOCK, .take = take_features, .user = t };
	int64_t scored = 0; /* customers are numbered from 1, so there are no more of them than this */
	enum rc rc = query_get_int(run->store, "statement/models_scored_last", &scored, "i", run_made_of(run, "score_customer"));
	if (!rc)
		rc = base_room(run->arena, b, (size_t)scored + 1);
	*t = (struct block) { .run = run, .base = b, .most = (size_t)scored };
	if (!rc)
		rc = store_scan(run->store, "statement/models_scores", &scores, "i", run_made_of(run, "score_customer"));
	b->n = t->n;
	t->n = 0;
	if (!rc)
		rc = store_scan(run->store, "statement/models_rank_features", &features, "i", run_made_of(run, "feat_customer"));
	if (!rc && t->n != b->n)
		rc = err_set(RC_DATA, "FIT-111", "%zu customers have a score and %zu have features", b->n, t->n);
	return rc;
}

/* R by days since the last purchase (fewer are better), F by frequency, M by mean spend of repeat days. */
static enum rc base_scores(struct run *run, struct base *b)
{
	double *value = arena_try(run->arena, b->n + 1, sizeof *value);
	if (value == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory to score %zu customers", b->n);
	for (size_t i = 0; i < b->n; i++)
		value[i] = -(double)b->since[i];
	enum rc rc = rfm_scores(value, b->n, b->score[0]);
	for (size_t i = 0; i < b->n; i++)
		value[i] = b->frequency[i];
	if (!rc)
		rc = rfm_scores(value, b->n, b->score[1]);
	return rc ? rc : rfm_scores(b->monetary, b->n, b->score[2]);
}

/* One batch of rows of score_rank. */
struct ranks {
	int32_t customer[BATCH], r[BATCH], f[BATCH], m[BATCH];
	uint8_t segment[BATCH];
};

static void ranks_fill(struct ranks *out, const struct base *b, size_t from, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		size_t i = b->order[from + k];
		int r = b->score[0][i], f = b->score[1][i], m = b->score[2][i];
		out->customer[k] = b->customer[i];
		out->r[k] = r;
		out->f[k] = f;
		out->m[k] = m > 0 ? m : INT32_MIN;
		out->segment[k] = (uint8_t)segment_of(r, f, m);
	}
}

static enum rc ranks_append(struct run *run, const struct ranks *b, int64_t first, size_t n)
{
	const struct append_column column[] = {
		{ "made", APPEND_SAME_I64, &run->made, NULL },
		{ "rank", APPEND_SEQUENCE, &first, NULL },
		{ "customer", APPEND_I32, b->customer, NULL },
		{ "r", APPEND_I32, b->r, NULL },
		{ "f", APPEND_I32, b->f, NULL },
		{ "m", APPEND_I32, b->m, NULL },
		{ "rfm_segment", APPEND_NAMES, b->segment, segment_names },
	};
	return store_append(run->store, "score_rank", column, sizeof column / sizeof column[0], n);
}

enum rc rank_stage_run(struct run *run)
{
	struct base b = { 0 };
	enum rc rc = base_read(run, &b);
	if (!rc)
		rc = base_scores(run, &b);
	if (!rc)
		rc = rank_order(b.worth, b.expected, b.id, b.n, b.order);
	if (rc)
		return rc;
	struct ranks *batch = arena_alloc(run->arena, 1, sizeof *batch);
	for (size_t from = 0; !rc && from < b.n; from += BATCH) {
		size_t n = b.n - from < BATCH ? b.n - from : BATCH;
		ranks_fill(batch, &b, from, n);
		rc = ranks_append(run, batch, (int64_t)from + 1, n);
		if (!rc)
			rc = run_tick(run, "customers", (int64_t)(from + n), (int64_t)b.n);
	}
	run->rows_in = run->rows_out = (int64_t)b.n;
	return rc;
}
