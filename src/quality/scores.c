/* Counts scores, and those that a check must look at, in one scan: comparisons of arrays cost a quarter of the same
 * comparisons in SQL. What is wrong with a score, and for whom, says check/G14-scores. Owns no table. */
#include "config.h"

#include "quality/scores.h"

#include <float.h>
#include <math.h>

#include "base/arena.h"
#include "store/scan.h"

/* In the order of statement/quality_scores: what every score has, then what needs money. */
enum score { P_ALIVE, P_NO_PURCHASE, PURCHASES, PURCHASES_30D, WORTH, AT_RISK, LOST, SPEND, CLV, LOW, HIGH, SCORES, MONEY = SPEND };

struct counting {
	struct run *run;
	int64_t     rows, suspects;
	int64_t     poor;  /* rows without any money, otherwise good */
	double      v[SCORES][SCAN_BLOCK];
};

static bool is_good(double v)
{
	return v >= 0 && v <= DBL_MAX;
}

static void count_row(struct counting *t, size_t i)
{
	int  money = 0;
	bool good = t->v[P_ALIVE][i] <= 1 && t->v[P_NO_PURCHASE][i] <= 1 && !(t->v[LOW][i] > t->v[HIGH][i]);
	for (int k = 0; k < AT_RISK; k++)
		good &= is_good(t->v[k][i]);
	for (int k = AT_RISK; k < SCORES; k++)
		good &= is_good(t->v[k][i]) || isnan(t->v[k][i]);
	for (int k = MONEY; k < SCORES; k++)
		money += !isnan(t->v[k][i]);
	t->suspects += !good || (money > 0 && money < SCORES - MONEY);
	t->poor += good && !money;
}

static enum rc take(void *user, size_t n)
{
	struct counting *t = user;
	for (size_t i = 0; i < n; i++)
		count_row(t, i);
	t->rows += (int64_t)n;
	return run_tick(t->run, "scores", t->rows, 0);
}

enum rc scores_count(struct check_context *c)
{
	struct arena      *a = arena_new();
	struct counting   *t = arena_alloc(a, 1, sizeof *t);
	struct scan_column column[SCORES];
	t->run = c->run;
	for (int k = 0; k < SCORES; k++)
		column[k] = (struct scan_column){ SCAN_F64, t->v[k] };
	const struct scan scan = { .column = column, .columns = SCORES, .block = SCAN_BLOCK, .take = take, .user = t };
	enum rc rc = store_scan(c->run->store, "statement/quality_scores", &scan, "i", c->made);
	if (t->poor < t->rows)
		t->suspects += t->poor;
	check_add_word(c, "rows", t->rows);
	check_add_word(c, "suspects", t->suspects);
	arena_free(a);
	return rc;
}
