/* The stage `overview`: what screens ask of a million customers at once, counted in one pass: tiers and segments summed up, who moved
 * between clusters and tiers since the run that was live before, the largest moves, the save list. Owns score_group, score_move,
 * score_moved, score_save. */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "models/models_module.h"
#include "models/overview.h"
#include "models/rank.h"
#include "store/query.h"
#include "store/scan.h"

#define CLUSTERS_MOST 20

/* Executions that made a run's rows; score 0: there is no such run. */
struct mades { int64_t run_id, features, score, rank, cluster; };

struct range { int64_t from, to; uint8_t name; };

/* What is known of a run, by customer number; a customer who is not there has rank 0. */
struct side {
	struct mades made;
	double      *worth;
	int32_t     *rank;
	uint8_t     *tier, *cluster, *segment; /* numbers of names */
	struct range range[CLUSTERS_MOST];
	size_t       ranges, at;     /* at: the range of the rank that is read */
	int64_t      customers;      /* as many as ranks */
	int32_t      ranks;          /* read so far */
};

struct overview {
	struct run  *run;
	int32_t      most;           /* largest customer number */
	struct side  now, before;
	struct names tier, segment, cluster;
	struct group by_tier[OVERVIEW_NAMES], by_segment[OVERVIEW_NAMES];
	struct move  tiers[OVERVIEW_NAMES][OVERVIEW_NAMES], clusters[OVERVIEW_NAMES][OVERVIEW_NAMES];
	struct best  moved, saved;
	/* A block of rows. */
	struct side *reads;
	int32_t      customer[SCAN_BLOCK];
	double       real[3][SCAN_BLOCK];
	struct append_span segment_text[SCAN_BLOCK];
};

static enum rc made_of(struct run *run, const char *stage, int64_t *made)
{
	return query_get_int(run->store, "statement/models_live_made", made, "t", stage);
}

/* The run that is live while this one is made. */
static enum rc find_before(struct run *run, struct mades *m)
{
	enum rc rc = query_get_int(run->store, "statement/models_live_run", &m->run_id, "");
	rc = rc ? rc : made_of(run, "features", &m->features);
	rc = rc ? rc : made_of(run, "score", &m->score);
	rc = rc ? rc : made_of(run, "rank", &m->rank);
	return rc ? rc : made_of(run, "cluster", &m->cluster);
}

static bool side_room(struct arena *a, struct side *s, int32_t most)
{
	size_t n = (size_t)most + 1;
	s->worth = arena_try(a, n, sizeof *s->worth);
	s->rank = arena_try(a, n, sizeof *s->rank);
	s->tier = arena_try(a, n, sizeof *s->tier);
	s->cluster = arena_try(a, n, sizeof *s->cluster);
	s->segment = arena_try(a, n, sizeof *s->segment);
	return s->worth && s->rank && s->tier && s->cluster && s->segment;
}

static enum rc make_room(struct overview *o)
{
	struct arena *a = o->run->arena;
	int64_t now = 0, before = 0;
	enum rc rc = query_get_int(o->run->store, "statement/models_scored_last", &now, "i", o->now.made.score);
	rc = rc ? rc : query_get_int(o->run->store, "statement/models_scored_last", &before, "i", o->before.made.score);
	if (rc)
		return rc;
	o->most = (int32_t)(now > before ? now : before);
	best_init(&o->moved, a, OVERVIEW_MOVED);
	best_init(&o->saved, a, OVERVIEW_SAVED);
	if (!side_room(a, &o->now, o->most) || !side_room(a, &o->before, o->most))
		return err_set(RC_NOMEM, "FIT-102", "no memory to sum up %" PRId32 " customers", o->most);
	return RC_OK;
}

/* ---- reading ---- */

static enum rc check(const struct overview *o, size_t rows)
{
	for (size_t i = 0; i < rows; i++)
		if (o->customer[i] < 1 || o->customer[i] > o->most)
			return err_set(RC_DATA, "FIT-111", "customer %" PRId32 " has a rank, a score or features, but not all", o->customer[i]);
	return RC_OK;
}

static void add_to(struct group *g, const struct overview *o, size_t i)
{
	g->customers++;
	g->worth += o->real[0][i];
	g->p_alive += o->real[1][i];
	g->at_risk += o->real[2][i];
}

/* After the ranks, so that groups are summed up in the order in which customers lie in memory. */
static enum rc take_scores(void *user, size_t rows)
{
	struct overview *o = user;
	struct side *s = o->reads;
	enum rc rc = check(o, rows);
	for (size_t i = 0; !rc && i < rows; i++) {
		int32_t c = o->customer[i];
		s->worth[c] = o->real[0][i];
		if (s != &o->now || s->rank[c] == 0)
			continue;
		add_to(&o->by_tier[s->tier[c]], o, i);
		add_to(&o->by_segment[s->segment[c]], o, i);
		best_offer(&o->saved, o->real[2][i], c);
	}
	return rc ? rc : run_tick(o->run, "customers", 0, 0);
}

static uint8_t cluster_at(struct side *s, int32_t rank)
{
	while (s->at < s->ranges && rank > s->range[s->at].to)
		s->at++;
	return s->at == s->ranges || rank < s->range[s->at].from ? 0 : s->range[s->at].name;
}

static uint8_t tier_at(struct overview *o, const struct side *s, int32_t rank)
{
	const char *name = tier_names[tier_of((size_t)rank, (size_t)s->customers)];
	return (uint8_t)names_find(&o->tier, name, strlen(name));
}

static enum rc take_ranks(void *user, size_t rows)
{
	struct overview *o = user;
	struct side *s = o->reads;
	enum rc rc = check(o, rows);
	for (size_t i = 0; !rc && i < rows; i++) {
		int32_t c = o->customer[i];
		s->rank[c] = ++s->ranks;
		s->tier[c] = tier_at(o, s, s->ranks);
		s->cluster[c] = cluster_at(s, s->ranks);
		if (s == &o->now)
			s->segment[c] = (uint8_t)names_find(&o->segment, o->segment_text[i].p, o->segment_text[i].n);
	}
	return rc ? rc : run_tick(o->run, "customers", 0, 0);
}

static enum rc read_clusters(struct overview *o, struct side *s)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(o->run->store, "statement/models_overview_clusters", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, s->made.cluster);
	while (!(rc = query_step(q, &row)) && row && s->ranges < CLUSTERS_MOST) {
		const char *id = query_text(q, 0);
		s->range[s->ranges++] = (struct range) { query_int(q, 1), query_int(q, 2), (uint8_t)names_find(&o->cluster, id, strlen(id)) };
	}
	query_close(q);
	return rc;
}

static enum rc read_side(struct overview *o, struct side *s)
{
	const struct scan_column score[] = {
		{ SCAN_I32, o->customer }, { SCAN_F64, o->real[0] }, { SCAN_F64, o->real[1] }, { SCAN_F64, o->real[2] },
	};
	const struct scan_column rank[] = { { SCAN_I32, o->customer }, { SCAN_TEXT, o->segment_text } };
	const struct scan scores = { .column = score, .columns = 4, .block = SCAN_BLOCK, .take = take_scores, .user = o };
	const struct scan ranks = { .column = rank, .columns = 2, .block = SCAN_BLOCK, .take = take_ranks, .user = o };
	o->reads = s;
	enum rc rc = read_clusters(o, s);
	rc = rc ? rc : query_get_int(o->run->store, "statement/models_ranked", &s->customers, "i", s->made.rank);
	rc = rc ? rc : store_scan(o->run->store, "statement/models_overview_ranks", &ranks, "i", s->made.rank);
	return rc ? rc : store_scan(o->run->store, "statement/models_overview_scores", &scores, "i", s->made.score);
}

/* ---- comparing ---- */

static void add_move(struct move *m, double before, double now)
{
	m->customers++;
	m->worth_before += before;
	m->worth_now += now;
}

static void compare(struct overview *o)
{
	const struct side *a = &o->before, *b = &o->now;
	for (int32_t c = 1; c <= o->most; c++) {
		double was = a->rank[c] ? a->worth[c] : 0, is = b->rank[c] ? b->worth[c] : 0;
		if (!a->rank[c] && !b->rank[c])
			continue;
		add_move(&o->tiers[a->tier[c]][b->tier[c]], was, is);
		add_move(&o->clusters[a->cluster[c]][b->cluster[c]], was, is);
		if (a->rank[c] && b->rank[c] && was != is)
			best_offer(&o->moved, fabs(is - was), c);
	}
}

/* ---- writing ---- */

static enum rc put_groups(struct run *run, const char *kind, const struct names *names, const struct group *g)
{
	enum rc rc = RC_OK;
	for (size_t i = 1; !rc && i <= names->n; i++)
		if (g[i].customers)
			rc = query_run(run->store, "statement/models_group_put", "ittiirrrr", run->made, kind, names->name[i - 1], (int64_t)i,
			               g[i].customers, g[i].worth, isnan(g[i].at_risk) ? (double)NAN : g[i].worth,
			               g[i].p_alive / (double)g[i].customers, g[i].at_risk);
	return rc;
}

static const char *name_or(const struct names *names, size_t i, const char *other)
{
	return i ? names->name[i - 1] : other;
}

static enum rc put_moves(const struct overview *o, const char *kind, const struct names *names,
                         const struct move m[OVERVIEW_NAMES][OVERVIEW_NAMES])
{
	struct run *run = o->run;
	enum rc rc = RC_OK;
	for (size_t i = 0; i <= names->n; i++)
		for (size_t j = 0; !rc && j <= names->n; j++)
			if (m[i][j].customers)
				rc = query_run(run->store, "statement/models_move_put", "itttiirr", run->made, kind, name_or(names, i, "new"),
				               name_or(names, j, "gone"), o->before.made.run_id, m[i][j].customers, m[i][j].worth_before, m[i][j].worth_now);
	return rc;
}

static enum rc put_moved(struct overview *o)
{
	const struct mades *a = &o->before.made, *b = &o->now.made;
	enum rc rc = RC_OK;
	best_sort(&o->moved);
	for (size_t i = 0; !rc && i < o->moved.n; i++) {
		int32_t c = o->moved.who[i];
		rc = query_run(o->run->store, "statement/models_moved_put", "iiiiiiiiii", o->run->made, (int64_t)i + 1, a->run_id, (int64_t)c,
		               (int64_t)o->before.rank[c], (int64_t)o->now.rank[c], b->features, b->score, a->features, a->score);
	}
	return rc;
}

static enum rc put_saved(struct overview *o)
{
	enum rc rc = RC_OK;
	best_sort(&o->saved);
	for (size_t i = 0; !rc && i < o->saved.n && o->saved.key[i] > 0; i++)
		rc = query_run(o->run->store, "statement/models_save_put", "iiiiii", o->run->made, (int64_t)i + 1, (int64_t)o->saved.who[i],
		               (int64_t)o->now.rank[o->saved.who[i]], o->now.made.features, o->now.made.score);
	return rc;
}

enum rc overview_stage_run(struct run *run)
{
	struct overview *o = arena_alloc(run->arena, 1, sizeof *o);
	o->run = run;
	o->now.made = (struct mades) {
		.run_id = run->run_id, .features = run_made_of(run, "feat_customer"), .score = run_made_of(run, "score_customer"),
		.rank = run_made_of(run, "score_rank"), .cluster = run_made_of(run, "score_cluster"),
	};
	enum rc rc = find_before(run, &o->before.made);
	bool compared = o->before.made.score && o->before.made.rank && o->before.made.rank != o->now.made.rank;
	rc = rc ? rc : make_room(o);
	if (!rc && compared)
		rc = read_side(o, &o->before);
	rc = rc ? rc : read_side(o, &o->now);
	rc = rc ? rc : put_groups(run, "tier", &o->tier, o->by_tier);
	rc = rc ? rc : put_groups(run, "segment", &o->segment, o->by_segment);
	rc = rc ? rc : put_saved(o);
	if (!rc && compared) {
		compare(o);
		rc = put_moves(o, "tier", &o->tier, o->tiers);
		rc = rc ? rc : put_moves(o, "cluster", &o->cluster, o->clusters);
		rc = rc ? rc : put_moved(o);
	}
	run->rows_in = o->now.ranks;
	run->rows_out = (int64_t)(o->saved.n + o->moved.n);
	if (compared)
		run_note(run, "compared with run %" PRId64, o->before.made.run_id);
	return rc;
}
