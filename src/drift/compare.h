/* A population against a baseline: every series measured and judged. */
#ifndef CLV_DRIFT_COMPARE_H
#define CLV_DRIFT_COMPARE_H

#include "drift/baseline.h"
#include "module/run.h"

struct comparison {
	const struct population *population;
	struct measure_rules rules;
	struct baseline baseline;
	bool            froze;        /* the baseline was frozen by this run */
	struct series  *series;
	size_t          n;
	enum verdict    verdict;
	size_t          cohort;       /* customers first seen in the window */
	bool            ages_matched; /* their ages differ from the baseline's: only a part of them was compared */
	size_t          ages_kept;
};

/* Width of the cohort that can be frozen: window_days, or less when the log is younger, so that later
 * cohorts are as old. */
int32_t compare_window(const struct population *p, int32_t window_days);

/* Freeze: series[].ref from the population, each in the run's arena. Verdict baseline, or too-few.
 * RC_NOMEM, RC_CANCELLED. */
enum rc compare_freeze(struct run *run, struct comparison *c);
/* Measure the population against series[].ref. Random streams are the run's, one a series. RC_NOMEM,
 * RC_CANCELLED. */
enum rc compare_measure(struct run *run, struct comparison *c);

#endif
