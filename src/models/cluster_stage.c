/* The stage `cluster`: clusters of predicted value as ranges of ranks. The cut points of a set are made by
 * exact one-dimensional clustering of log(1 + worth) when it first scores, and kept. Owns score_cluster and
 * fit_cut. */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include "math/cluster.h"
#include "math/dist.h"
#include "models/models_module.h"
#include "module/champion.h"
#include "store/query.h"
#include "store/scan.h"

/* Customers by rank; facts by customer number. */
struct base {
	size_t   n;
	int32_t  most;       /* largest customer number */
	double  *worth;      /* worth[n], by rank */
	int32_t *customer;   /* customer[n], by rank */
	double  *by_number;  /* worth, then monetary, of customer number c */
	int32_t *frequency, *recency;
};

struct cuts { size_t k; int64_t asked; double upper[CLUSTER_MAX]; };

static enum rc no_memory(size_t n)
{
	return err_set(RC_NOMEM, "FIT-102", "no memory to cluster %zu customers", n);
}

static enum rc base_room(struct run *run, struct base *b)
{
	int64_t most = 0;
	enum rc rc = query_get_int(run->store, "statement/models_scored_last", &most, "i", run_made_of(run, "score_customer"));
	if (rc)
		return rc;
	b->n = (size_t)most; /* at most, until the scores are read */
	b->most = (int32_t)most;
	b->worth = arena_try(run->arena, b->n + 1, sizeof *b->worth);
	b->customer = arena_try(run->arena, b->n + 1, sizeof *b->customer);
	b->by_number = arena_try(run->arena, (size_t)most + 1, sizeof *b->by_number);
	b->frequency = arena_try(run->arena, (size_t)most + 1, sizeof *b->frequency);
	b->recency = arena_try(run->arena, (size_t)most + 1, sizeof *b->recency);
	return b->worth && b->customer && b->by_number && b->frequency && b->recency ? RC_OK : no_memory(b->n);
}

/* A block of rows about an execution on its way into the base. */
struct block {
	struct run  *run;
	struct base *base;
	size_t       n;  /* rows so far */
	int32_t      customer[SCAN_BLOCK], frequency[SCAN_BLOCK], recency[SCAN_BLOCK];
	double       real[SCAN_BLOCK];
};

/* Rows about customers outside the base end it. */
static enum rc take_block(struct block *t, size_t rows, bool (*take)(struct block *t, size_t i))
{
	for (size_t i = 0; i < rows; i++, t->n++)
		if (t->n >= t->base->n || t->customer[i] < 0 || t->customer[i] > t->base->most || !take(t, i))
			return err_set(RC_DATA, "FIT-111", "customer %" PRId32 " has a rank, a score or features, but not all", t->customer[i]);
	return run_tick(t->run, "customers", (int64_t)t->n, (int64_t)t->base->n);
}

static bool take_worth(struct block *t, size_t i)
{
	t->base->by_number[t->customer[i]] = t->real[i];
	return true;
}

static bool take_rank(struct block *t, size_t i)
{
	struct base *b = t->base;
	b->customer[t->n] = t->customer[i];
	b->worth[t->n] = b->by_number[t->customer[i]];
	return t->n == 0 || b->worth[t->n] <= b->worth[t->n - 1];
}

static bool take_feature(struct block *t, size_t i)
{
	struct base *b = t->base;
	int32_t c = t->customer[i];
	b->frequency[c] = t->frequency[i];
	b->recency[c] = t->recency[i];
	b->by_number[c] = t->real[i];
	return true;
}

static enum rc take_worths(void *user, size_t rows)
{
	return take_block(user, rows, take_worth);
}

static enum rc take_ranks(void *user, size_t rows)
{
	return take_block(user, rows, take_rank);
}

static enum rc take_features(void *user, size_t rows)
{
	return take_block(user, rows, take_feature);
}

static enum rc base_read(struct run *run, struct base *b)
{
	struct block *t = arena_alloc(run->arena, 1, sizeof *t);
	const struct scan_column column[] = {
		{ SCAN_I32, t->customer }, { SCAN_F64, t->real }, { SCAN_I32, t->frequency }, { SCAN_I32, t->recency },
	};
	const struct { const char *statement, *table; size_t columns; enum rc (*take)(void *, size_t); } reads[] = {
		{ "statement/models_worths", "score_customer", 2, take_worths },
		{ "statement/models_ranks", "score_rank", 1, take_ranks },
		{ "statement/models_cluster_features", "feat_customer", 4, take_features },
	};
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < sizeof reads / sizeof reads[0]; i++) {
		const struct scan scan = { .column = column, .columns = reads[i].columns, .block = SCAN_BLOCK, .take = reads[i].take, .user = t };
		t->run = run;
		t->base = b;
		t->n = 0;
		rc = store_scan(run->store, reads[i].statement, &scan, "i", run_made_of(run, reads[i].table));
		if (i == 0)
			b->n = t->n;
	}
	return rc;
}

/* ---- cut points ---- */

static enum rc cuts_load(struct run *run, int64_t set_id, struct cuts *c)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(run->store, "statement/models_cuts_get", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, set_id);
	for (c->k = 0; !(rc = query_step(q, &row)) && row && c->k < CLUSTER_MAX; c->k++) {
		c->upper[c->k] = query_is_null(q, 1) ? (double)INFINITY : query_real(q, 1);
		c->asked = query_int(q, 2);
	}
	query_close(q);
	return rc;
}

static enum rc cuts_save(struct run *run, int64_t set_id, const struct cuts *c)
{
	enum rc rc = query_run(run->store, "statement/models_cuts_drop", "i", set_id);
	for (size_t i = 0; !rc && i < c->k; i++)
		rc = query_run(run->store, "statement/models_cut_put", "iiri", set_id, (int64_t)i + 1,
		               isinf(c->upper[i]) ? (double)NAN : c->upper[i], c->asked);
	return rc;
}

/* Exact clustering of log(1 + worth), lowest first. */
static enum rc cuts_make(const struct base *b, int64_t k, struct cuts *c)
{
	struct arena *work = arena_new();
	struct cluster_1d *found = arena_alloc(work, 1, sizeof *found);
	double *sorted = arena_try(work, b->n + 1, sizeof *sorted);
	enum rc rc = sorted ? RC_OK : no_memory(b->n);
	for (size_t i = 0; !rc && i < b->n; i++)
		sorted[i] = log1p(b->worth[b->n - 1 - i]);
	if (!rc)
		rc = cluster_1d(sorted, NULL, b->n, (size_t)k, found);
	if (!rc) {
		*c = (struct cuts) { .k = found->k, .asked = k };
		for (size_t i = 0; i < found->k; i++)
			c->upper[i] = i + 1 < found->k ? expm1(found->cut[i]) : INFINITY;
	}
	arena_free(work);
	return rc;
}

/* ---- clusters ---- */

static enum rc median_by_number(const struct base *b, const int32_t *fact, size_t from, size_t to, double *work, double *out)
{
	for (size_t i = from; i < to; i++)
		work[i - from] = fact ? fact[b->customer[i]] : b->by_number[b->customer[i]];
	return median_of(work, to - from, out);
}

/* Ranks from+1 .. to are cluster id. */
static enum rc cluster_put(struct run *run, const struct base *b, size_t id, size_t place, size_t from, size_t to, double all,
                           double *work)
{
	double frequency, recency, monetary, members = (double)(to - from), total = sum_of(b->worth + from, to - from);
	double n = (double)b->n, middle = (b->worth[from + (to - from) / 2] + b->worth[from + (to - from - 1) / 2]) / 2;
	enum rc rc = median_by_number(b, b->frequency, from, to, work, &frequency);
	if (!rc)
		rc = median_by_number(b, b->recency, from, to, work, &recency);
	if (!rc)
		rc = median_by_number(b, NULL, from, to, work, &monetary);
	if (rc)
		return rc;
	return query_run(run->store, "statement/models_cluster_put", "iiiiiirrrrrrrrrr", run->made, (int64_t)id, (int64_t)place,
	                 (int64_t)from + 1, (int64_t)to, (int64_t)(to - from), members / n, total, all > 0 ? total / all : members / n,
	                 total / members, middle, b->worth[to - 1], b->worth[from], frequency, recency, monetary);
}

/* From the best rank down; a cluster that nobody is in any more is left out. */
static enum rc clusters_put(struct run *run, const struct base *b, const struct cuts *c)
{
	double *work = arena_try(run->arena, b->n + 1, sizeof *work), all = sum_of(b->worth, b->n);
	size_t from = 0, place = 0;
	enum rc rc = work ? RC_OK : no_memory(b->n);
	for (size_t id = c->k; !rc && id >= 1; id--) {
		size_t to = from;
		while (to < b->n && (id == 1 || b->worth[to] >= c->upper[id - 2]))
			to++;
		if (to > from)
			rc = cluster_put(run, b, id, ++place, from, to, all, work);
		run->rows_out += to > from;
		from = to;
	}
	return rc;
}

enum rc cluster_stage_run(struct run *run)
{
	struct champion champion;
	struct base b = { 0 };
	struct cuts cuts = { 0 };
	int64_t k = run_int(run, "cluster.k");
	enum rc rc = champion_get(run->store, &champion);
	if (!rc)
		rc = base_room(run, &b);
	if (!rc)
		rc = base_read(run, &b);
	if (!rc)
		rc = cuts_load(run, champion.set_id, &cuts);
	if (rc || b.n == 0)
		return rc;
	run->rows_in = (int64_t)b.n;
	if (cuts.k > 0 && cuts.asked == k) {
		run_note(run, "%zu clusters by the cut points of set %" PRId64, cuts.k, champion.set_id);
	} else {
		run_note(run, cuts.k > 0 ? "cut anew: cluster.k changed, set %" PRId64 : "cut points made for set %" PRId64, champion.set_id);
		rc = cuts_make(&b, k, &cuts);
		if (!rc)
			rc = cuts_save(run, champion.set_id, &cuts);
	}
	return rc ? rc : clusters_put(run, &b, &cuts);
}
