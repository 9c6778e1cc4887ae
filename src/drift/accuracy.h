/* What the champion predicted against what came, once its horizon has passed. */
#ifndef CLV_DRIFT_ACCURACY_H
#define CLV_DRIFT_ACCURACY_H

#include "base/day.h"
#include "base/json.h"
#include "module/run.h"

struct accuracy {
	bool       matured;
	day_t      matures_on;   /* the first as-of day from which it can be known */
	struct js *json;         /* {status, matures_on, horizon_days, ...}; the caller's */
};

/* frozen: this run froze the champion's baseline, its predictions begin to age now. Otherwise the first
 * run of the stage for set_id says when they were made and how far they reach. Once the as-of day has
 * reached the end, purchases and net revenue of that window are held against the predictions customer by
 * customer: {customers, purchases: {predicted, realised, aggregate, bias, mae, rmse, spearman}, revenue:
 * {...}, backtest: {...}}; measured once, then repeated. "note" says why there are no numbers. Settings:
 * horizon_days. */
enum rc accuracy_measure(struct run *run, int64_t set_id, bool frozen, struct accuracy *out);

#endif
