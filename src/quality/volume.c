/* Rows a day against the same weekdays before: counts them, then judges. Not here: what follows from it (gate.c). Owns no table. */
#include "config.h"

#include "quality/volume.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "module/contract.h"
#include "module/purchase.h"
#include "module/transaction.h"
#include "store/query.h"

enum { ROWS_LEAST = 10, WEEK = 7, TRAIN_MOST = 366, DETECT_MOST = 31 };

static const struct volume_ask standard = { .z = 3.5, .train = 14, .detect = 2, .points = 7 };

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return (a > b) - (a < b);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* The same weekdays before `before`: how many are written. */
static size_t same_weekdays(const int64_t *rows, size_t at, size_t before, int train, double *out)
{
	size_t n = 0, i = at;
	while (i >= WEEK && n < (size_t)train) {
		i -= WEEK;
		if (i < before)
			out[n++] = (double)rows[i];
	}
	return n;
}

/* Does the day stand out? false with median NaN: too few days to say. */
static bool stands_out(const struct volume_ask *ask, const int64_t *rows, size_t at, size_t before, struct volume_day *out)
{
	double past[TRAIN_MOST], x = (double)rows[at];
	size_t n = same_weekdays(rows, at, before, ask->train, past);
	out->rows = rows[at];
	out->median = (double)NAN;
	if (n < (size_t)ask->points)
		return false;
	out->median = median(past, n);
	for (size_t i = 0; i < n; i++)
		past[i] = fabs(past[i] - out->median);
	double scatter = fmax(fmax(1.4826 * median(past, n), sqrt(out->median)), 1);
	out->z = (x - out->median) / scatter;
	return fabs(out->z) >= ask->z && fabs(x - out->median) >= fmax(out->median / 2, ROWS_LEAST);
}

int volume_judge(const struct volume_ask *ask, const int64_t *rows, size_t n, day_t first, struct volume_day *out, int *found)
{
	int judged = 0;
	*found = 0;
	for (int i = ask->detect; i >= 1; i--) {
		size_t at = n - 1 - (size_t)i, before = n - 1 - (size_t)ask->detect;
		struct volume_day d;
		if (n < (size_t)ask->detect + 1)
			continue;
		bool out_of_line = stands_out(ask, rows, at, before, &d);
		d.day = first + (day_t)at;
		judged += !isnan(d.median);
		if (out_of_line)
			out[(*found)++] = d;
	}
	return judged;
}

/* Counting */

struct counts {
	struct run *run;
	day_t       first;
	size_t      n;
	int64_t    *rows;
};

static enum rc take_block(void *user, const struct transactions *t)
{
	struct counts *k = user;
	for (size_t i = 0; i < t->n; i++) {
		size_t at = (size_t)(t->day[i] - k->first);
		if (t->day[i] >= k->first && at < k->n && t->counts[i] != COUNTS_NOT)
			k->rows[at]++;
	}
	return run_tick(k->run, "rows", t->first_row, 0);
}

static enum rc count_rows(struct arena *a, const struct check_context *c, const struct volume_ask *ask, day_t newest, struct counts *k)
{
	int64_t from = 0, to = -1;
	k->n = (size_t)(WEEK * (ask->train + 1) + ask->detect + 1);
	k->run = c->run;
	k->first = newest - (day_t)k->n + 1;
	k->rows = arena_alloc(a, k->n, sizeof *k->rows);
	enum rc rc = query_get_int(c->run->store, "statement/quality_volume_from", &from, "i", (int64_t)k->first);
	if (!rc)
		rc = query_get_int(c->run->store, "statement/quality_volume_to", &to, "");
	return rc || from > to ? rc : transaction_scan(c->run->store, from, to, take_block, k);
}

/* Days before the first of the data are none of its days without rows. */
static void drop_before(struct counts *k, day_t oldest)
{
	size_t n = oldest > k->first ? (size_t)(oldest - k->first) : 0;
	n = n < k->n ? n : k->n;
	k->rows += n;
	k->n -= n;
	k->first += (day_t)n;
}

static const char *say(struct arena *a, const struct volume_day *d, int found, int judged, const struct volume_ask *ask)
{
	struct str t = { 0 };
	char       day[16];
	if (judged == 0)
		return arena_printf(a, "fewer than %d earlier weekdays of the same name: nothing to compare with", ask->points);
	if (found == 0)
		return arena_printf(a, "rows a day are as on the same weekdays before, on the last %d completed days", judged);
	for (int i = 0; i < found; i++) {
		day_format(day, d[i].day);
		str_addf(&t, "%s%s has %lld rows, the same weekdays before had %.6g (z %+.1f)", i ? "; " : "", day, (long long)d[i].rows, d[i].median, d[i].z);
	}
	const char *text = arena_text(a, t.s);
	str_clear(&t);
	return text;
}

static const char *examples_of(struct arena *a, const struct volume_day *d, int found)
{
	struct js *list = js_array();
	for (int i = 0; i < found && i < CHECK_EXAMPLES; i++) {
		char day[16];
		day_format(day, d[i].day);
		js_add_text(list, arena_printf(a, "%s: %lld rows", day, (long long)d[i].rows));
	}
	return check_examples(a, list);
}

enum rc volume_check(struct arena *a, const struct check_context *c, const struct contract_check *contract, struct finding *out)
{
	struct volume_ask ask = standard;
	struct volume_day day[DETECT_MOST];
	struct counts     k = { 0 };
	int               found = 0, judged = 0;
	int64_t           newest = check_word(c, "newest"), oldest = check_word(c, "oldest");
	bool              any = check_word(c, "rows") > 0 && newest != INT64_MIN && oldest != INT64_MIN;
	enum rc           rc = RC_OK;
	if (contract)
		ask = (struct volume_ask){ .z = contract->z, .train = contract->train, .detect = contract->detect, .points = contract->points };
	if (any)
		rc = count_rows(a, c, &ask, (day_t)newest, &k);
	if (rc)
		return rc;
	if (any) {
		drop_before(&k, (day_t)oldest);
		judged = volume_judge(&ask, k.rows, k.n, k.first, day, &found);
	}
	bool stop = contract && contract->severity == SEVERITY_STOP;
	*out = (struct finding){
		.id = "G10-volume", .severity = stop ? VERDICT_STOP : VERDICT_WARN, .hits = found, .total = judged,
		.threshold = arena_printf(a, "|z| below %.6g, or less than half away from the median of %d weekdays", ask.z, ask.train),
		.sentence = say(a, day, found, judged, &ask), .examples = examples_of(a, day, found),
	};
	out->verdict = judged == 0 ? VERDICT_SKIP : found == 0 ? VERDICT_PASS : out->severity;
	return RC_OK;
}
