/* Order, tiers and RFM segments of arrays. Not here: tables (rank_stage). */
#include "config.h"

#include "models/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/dist.h"

const char *const tier_names[TIERS] = { "Top 1 %", "Top 5 %", "Top 10 %", "Top 20 %", "Others" };

static const size_t tier_percent[TIERS - 1] = { 1, 5, 10, 20 };

size_t tier_of(size_t rank, size_t n)
{
	size_t t = 0;
	while (t < TIERS - 1 && 100 * (rank - 1) >= tier_percent[t] * n)
		t++;
	return t;
}

/* ---- order ---- */

struct ties { const double *expected; const char *const *id; };

/* Ids are unique, so no two customers compare equal. */
static int tie_compare(const void *a, const void *b, void *user)
{
	const struct ties *t = user;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	if (t->expected[i] != t->expected[j])
		return t->expected[i] > t->expected[j] ? -1 : 1;
	return strcmp(t->id[i], t->id[j]);
}

enum rc rank_order(const double *worth, const double *expected, const char *const *id, size_t n, uint32_t *order)
{
	struct ties t = { expected, id };
	enum rc rc = sort_order_down(worth, n, order);
	for (size_t from = 0, to; !rc && from < n; from = to) {
		for (to = from + 1; to < n && worth[order[to]] == worth[order[from]]; to++)
			continue;
		if (to - from > 1)
			qsort_r(order + from, to - from, sizeof *order, tie_compare, &t);
	}
	return rc;
}

/* ---- RFM ---- */

enum rc rfm_scores(const double *value, size_t n, uint8_t *score)
{
	double *sorted = mem_try(n + 1, sizeof *sorted);
	if (sorted == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the scores of %zu customers", n);
	size_t m = sample_sorted(value, n, sorted);
	double cut[4];
	/* The value from which a score begins: the first with that share below it. */
	for (size_t k = 1; k <= 4; k++) {
		size_t at = (k * m + 4) / 5;
		while (at < m && at > 0 && sorted[at] == sorted[at - 1])
			at++;
		cut[k - 1] = at < m ? sorted[at] : INFINITY;
	}
	for (size_t i = 0; i < n; i++) {
		int passed = !isnan(value[i]);
		for (size_t k = 0; k < 4; k++)
			passed += value[i] >= cut[k];
		score[i] = (uint8_t)passed;
	}
	free(sorted);
	return RC_OK;
}

enum { CHAMPIONS, LOYAL, POTENTIAL, NEW, PROMISING, ATTENTION, SLEEPY, AT_RISK, CANNOT_LOSE, HIBERNATING, LOST };

const char *const segment_names[SEGMENTS] = {
	[CHAMPIONS] = "Champions", [LOYAL] = "Loyal", [POTENTIAL] = "Potential loyalist", [NEW] = "New", [PROMISING] = "Promising",
	[ATTENTION] = "Needs attention", [SLEEPY] = "About to sleep", [AT_RISK] = "At risk", [CANNOT_LOSE] = "Cannot lose",
	[HIBERNATING] = "Hibernating", [LOST] = "Lost",
};

/* Rows R = 1 .. 5, columns FM = 1 .. 5. */
static const uint8_t grid[5][5] = {
	{ LOST, LOST, AT_RISK, AT_RISK, CANNOT_LOSE },
	{ HIBERNATING, HIBERNATING, AT_RISK, AT_RISK, CANNOT_LOSE },
	{ SLEEPY, SLEEPY, ATTENTION, LOYAL, LOYAL },
	{ PROMISING, POTENTIAL, POTENTIAL, LOYAL, LOYAL },
	{ NEW, POTENTIAL, POTENTIAL, CHAMPIONS, CHAMPIONS },
};

size_t segment_of(int r, int f, int m)
{
	int fm = m > 0 ? (f + m + 1) / 2 : f;
	return grid[r - 1][fm - 1];
}
