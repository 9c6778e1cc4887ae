/* Rows of the feature tables, gathered and appended many at a time. */
#ifndef CLV_FEATURES_BATCH_H
#define CLV_FEATURES_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/rc.h"
#include "features/replay.h"
#include "module/purchase.h"
#include "store/append.h"
#include "store/store.h"

enum { BATCH_ROWS = 4096 };

struct batch; /* one per stage */

struct batch_window {    /* what all rows share */
	int64_t made;
	day_t   as_of;
	day_t   cut;         /* DAY_NONE: no back-test */
	bool    has_money;
	int     decimals;
};

struct batch_total { int64_t customers, set_aside, spend_aside, cohort_aside, revenue_minor; };

enum rc batch_new(struct arena *a, struct store *s, const struct batch_window *w, struct batch **out);

/* The customer as of the window's day: a row of feat_customer, or of feat_set_aside without a purchase
 * day. Adds to *total. The text of id must live until the batch is flushed. RC_DATA when the revenue of
 * all customers does not add up. */
enum rc batch_add(struct batch *b, int32_t customer, struct append_span id, const struct purchase *p,
	struct batch_total *total);

/* A row of feat_set_aside for a customer who came before the cohort begins. */
void    batch_add_before(struct batch *b, int32_t customer, struct append_span id, struct batch_total *total);

/* A row of feat_backtest: at the cut, at the start of the window before it, and at the end. Nothing when
 * the customer came later. */
void    batch_add_backtest(struct batch *b, int32_t customer, const struct purchase *at_cut,
	const struct replay_mark *before, const struct purchase *end);

/* Append what was added; due after BATCH_ROWS customers at the latest. RC_STORE, RC_IO. */
enum rc batch_flush(struct batch *b);

#endif
