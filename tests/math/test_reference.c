/* A CSV of recomputed and published values of drift tests: columns test, reference_sample, current_sample,
 * statistic, p_value, source. Samples are numbers separated by blanks, lin(a,b,n)+c for n even steps, or
 * label:count. Found as $CLV_REFERENCE/drift-values.csv, else in ../shared/reference beside the source
 * tree; skipped where it is not. Every row whose test this room has must agree. */
#include "config.h"

#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/compare.h"
#include "math/dist.h"
#include "math/metric.h"

#define FIELDS     6
#define VALUES_MAX 20000
#define LABELS_MAX 64

struct row { char *field[FIELDS]; size_t line; };

/* One sample, as read and sorted, or as counts of labels. */
struct sample { double v[VALUES_MAX], sorted[VALUES_MAX]; size_t n; };
struct tables { double ref[LABELS_MAX], cur[LABELS_MAX]; size_t k; char label[LABELS_MAX][48]; };

struct check {
	const char *name;
	/* Puts what the room says into got[2]; false: nothing comparable. */
	void      (*run)(const struct row *row, double got[2]);
	double      statistic, p; /* relative tolerances */
};

static struct sample ref, cur, pool;
static struct tables tables;

/* ---- reading ---- */

static void read_sample(const char *text, struct sample *s)
{
	double from, to, shift = 0;
	int count, used = 0;

	s->n = 0;
	if (sscanf(text, "lin(%lf,%lf,%d)%n", &from, &to, &count, &used) == 3 && used > 0) {
		cr_assert(count <= VALUES_MAX);
		shift = strtod(text + used, NULL);
		for (int i = 0; i < count; i++)
			s->v[s->n++] = (i + 1 == count ? to : from + i * ((to - from) / (count - 1))) + shift;
	} else {
		char *end;

		for (double v = strtod(text, &end); end != text; text = end, v = strtod(text, &end)) {
			cr_assert(s->n < VALUES_MAX);
			s->v[s->n++] = v;
		}
	}
	memcpy(s->sorted, s->v, s->n * sizeof(*s->v));
	sort_real(s->sorted, s->n);
}

static void read_samples(const struct row *row)
{
	read_sample(row->field[1], &ref);
	read_sample(row->field[2], &cur);
	pool.n = 0;
	for (size_t i = 0; i < ref.n + cur.n && pool.n < VALUES_MAX; i++)
		pool.v[pool.n++] = i < ref.n ? ref.v[i] : cur.v[i - ref.n];
}

static void read_counts(const char *text, int current)
{
	char label[48];
	double count;
	int used;

	for (; sscanf(text, " %47[^:]:%lf%n", label, &count, &used) == 2; text += used) {
		size_t i = 0;

		while (i < tables.k && strcmp(tables.label[i], label) != 0)
			i++;
		if (i == tables.k) {
			cr_assert(tables.k < LABELS_MAX);
			strcpy(tables.label[tables.k++], label);
		}
		*(current ? &tables.cur[i] : &tables.ref[i]) = count;
	}
}

static void read_tables(const struct row *row)
{
	memset(&tables, 0, sizeof(tables));
	read_counts(row->field[1], 0);
	read_counts(row->field[2], 1);
}

/* ---- what the room says ---- */

static void ks(const struct row *row, enum side side, enum ks_law law, double got[2])
{
	struct ks k;

	read_samples(row);
	cr_assert(ks_two_sample(ref.sorted, ref.n, cur.sorted, cur.n, side, law, &k) == RC_OK);
	got[0] = k.d;
	got[1] = k.p;
}

#define KS(name, side, law) \
	static void name(const struct row *row, double got[2]) { ks(row, side, law, got); }
KS(ks_two, SIDE_TWO, KS_EXACT)
KS(ks_greater, SIDE_GREATER, KS_EXACT)
KS(ks_less, SIDE_LESS, KS_EXACT)
KS(ks_two_ties, SIDE_TWO, KS_EXACT_TIES)
KS(ks_greater_ties, SIDE_GREATER, KS_EXACT_TIES)
KS(ks_less_ties, SIDE_LESS, KS_EXACT_TIES)
KS(ks_kolmogorov, SIDE_TWO, KS_KOLMOGOROV)
KS(ks_kstwo, SIDE_TWO, KS_KSTWO)

#define SAMPLES(name, call) \
	static void name(const struct row *row, double got[2]) { read_samples(row); got[0] = call; }
#define PAIR ref.sorted, ref.n, cur.sorted, cur.n
SAMPLES(w1, wasserstein1(PAIR))
SAMPLES(w1_normed, wasserstein1_normed(PAIR))
SAMPLES(energy, energy_distance(PAIR))
SAMPLES(psi_4, psi_quantiles(PAIR, 4))
SAMPLES(psi_5, psi_quantiles(PAIR, 5))
SAMPLES(psi_10, psi_quantiles(PAIR, 10))
SAMPLES(js_prob_e, js_distance(ref.v, cur.v, ref.n, M_E))
SAMPLES(js_prob_2, js_distance(ref.v, cur.v, ref.n, 2))
SAMPLES(mae, metric_mae(ref.v, cur.v, ref.n))
SAMPLES(mse, metric_mse(ref.v, cur.v, ref.n))
SAMPLES(rmse, metric_rmse(ref.v, cur.v, ref.n))
SAMPLES(bias, metric_bias(ref.v, cur.v, ref.n))
SAMPLES(r2, metric_r2(ref.v, cur.v, ref.n))

/* Counts in equal bins over the pooled sample (Sturges), or over the reference with one more for values
 * outside (Doane). */
static void read_bins(const struct row *row, int doane)
{
	struct moments m;
	double inside = 0;

	memset(&tables, 0, sizeof(tables));
	read_samples(row);
	moments_of(doane ? ref.v : pool.v, doane ? ref.n : pool.n, &m);
	tables.k = doane ? bins_doane(ref.v, ref.n) : bins_sturges(pool.v, pool.n);
	cr_assert(tables.k < LABELS_MAX);
	histogram_equal(ref.v, ref.n, m.min, m.max, tables.k, tables.ref);
	histogram_equal(cur.v, cur.n, m.min, m.max, tables.k, tables.cur);
	if (!doane)
		return;
	for (size_t i = 0; i < tables.k; i++)
		inside += tables.cur[i];
	tables.cur[tables.k++] = (double)cur.n - inside;
}

#define TABLES tables.ref, tables.cur, tables.k
#define BINS(name, doane, call) \
	static void name(const struct row *row, double got[2]) { read_bins(row, doane); got[0] = call; }
BINS(js_doane, 1, js_distance(TABLES, 2))
BINS(hellinger_doane, 1, hellinger(TABLES))
BINS(js_sturges, 0, js_distance(TABLES, M_E))
BINS(psi_sturges, 0, psi_counts(TABLES))

#define LABELS(name, call) \
	static void name(const struct row *row, double got[2]) { read_tables(row); got[0] = call; }
LABELS(psi_cat, psi_counts(TABLES))
LABELS(js_e, js_distance(TABLES, M_E))
LABELS(js_2, js_distance(TABLES, 2))
LABELS(hellinger_cat, hellinger(TABLES))
LABELS(tvd, total_variation(TABLES))
LABELS(linf, linf_distance(TABLES))

static void answer(struct test t, double got[2])
{
	got[0] = t.statistic;
	got[1] = t.p;
}

#define TEST_OF(name, reader, call) \
	static void name(const struct row *row, double got[2]) { reader(row); answer(call, got); }
TEST_OF(chi2, read_tables, chi2_homogeneity(TABLES, 0))
TEST_OF(chi2_yates, read_tables, chi2_homogeneity(TABLES, 1))
TEST_OF(chi2_gof, read_tables, chi2_fit(TABLES))
TEST_OF(g_test, read_tables, g_homogeneity(TABLES))
TEST_OF(fisher, read_tables, fisher_2x2(tables.ref[0], tables.ref[1], tables.cur[0], tables.cur[1]))
TEST_OF(proportions, read_tables, two_proportions(tables.ref[1], tables.ref[0] + tables.ref[1], tables.cur[1],
                                                  tables.cur[0] + tables.cur[1]))
TEST_OF(ad_midrank, read_samples, anderson_darling(PAIR, 1))
TEST_OF(ad_right, read_samples, anderson_darling(PAIR, 0))

static const struct check checks[] = {
	{ "ks2.two-sided.exact", ks_two, 1e-9, 1e-9 },
	{ "ks2.greater.exact", ks_greater, 1e-9, 1e-9 },
	{ "ks2.less.exact", ks_less, 1e-9, 1e-9 },
	{ "ks2.two-sided.exact-ties", ks_two_ties, 1e-9, 1e-9 },
	{ "ks2.greater.exact-ties", ks_greater_ties, 1e-9, 1e-9 },
	{ "ks2.less.exact-ties", ks_less_ties, 1e-9, 1e-9 },
	{ "ks2.two-sided.asymp-kolmogorov", ks_kolmogorov, 1e-9, 1e-6 },
	{ "ks2.two-sided.asymp-kstwo", ks_kstwo, 1e-9, 1e-6 },
	{ "wasserstein1", w1, 1e-9, 0 },
	{ "wasserstein1.ref-std-normed", w1_normed, 1e-9, 0 },
	{ "energy-distance", energy, 1e-9, 0 },
	{ "psi.cat", psi_cat, 1e-9, 0 },
	{ "psi.num.ref-quantile-bins-4", psi_4, 1e-9, 0 },
	{ "psi.num.ref-quantile-bins-5", psi_5, 1e-9, 0 },
	{ "psi.num.ref-quantile-bins-10", psi_10, 1e-9, 0 },
	{ "psi.num.sturges-pooled-bins", psi_sturges, 1e-9, 0 },
	{ "js-distance.cat.base-e", js_e, 1e-9, 0 },
	{ "js-distance.cat.base2", js_2, 1e-9, 0 },
	{ "js-distance.prob.base-e", js_prob_e, 1e-9, 0 },
	{ "js-distance.prob.base2", js_prob_2, 1e-9, 0 },
	{ "js-distance.num.doane-ref-bins.base2", js_doane, 1e-9, 0 },
	{ "js-distance.num.sturges-pooled-bins.base-e", js_sturges, 1e-9, 0 },
	{ "hellinger.cat", hellinger_cat, 1e-9, 0 },
	{ "hellinger.num.doane-ref-bins", hellinger_doane, 1e-9, 0 },
	{ "tvd", tvd, 1e-9, 0 },
	{ "l-infinity", linf, 1e-9, 0 },
	{ "chi2.homogeneity.no-correction", chi2, 1e-9, 1e-6 },
	{ "chi2.homogeneity.yates", chi2_yates, 1e-9, 1e-6 },
	{ "chi2.gof-scaled-reference", chi2_gof, 1e-9, 1e-6 },
	{ "g-test.homogeneity", g_test, 1e-9, 1e-6 },
	{ "fisher-exact.two-sided", fisher, 1e-9, 1e-9 },
	{ "z.two-proportions.pooled", proportions, 1e-9, 1e-6 },
	{ "anderson-darling.2samp.midrank", ad_midrank, 1e-9, 0.005 },
	{ "anderson-darling.2samp.right", ad_right, 1e-9, 0.005 },
	{ "pred.mae", mae, 1e-9, 0 },
	{ "pred.mse", mse, 1e-9, 0 },
	{ "pred.rmse", rmse, 1e-9, 0 },
	{ "pred.bias", bias, 1e-9, 0 },
	{ "pred.r2", r2, 1e-9, 0 },
};

/* ---- rows ---- */

/* Cut one line in place; quotes may hold commas, none holds a line end. */
static void cut(char *line, struct row *row)
{
	for (int f = 0; f < FIELDS; f++) {
		char *to = line;
		int quoted = *line == '"';

		row->field[f] = to;
		line += quoted;
		while (*line && *line != '\n' && (quoted || *line != ',')) {
			if (quoted && *line == '"' && line[1] != '"') {
				quoted = 0;
				line++;
				continue;
			}
			line += quoted && *line == '"';
			*to++ = *line++;
		}
		line += *line != 0;
		*to = 0;
	}
}

static void compare(const struct row *row, const char *what, double got, const char *want_text,
                    double tolerance)
{
	double want = strtod(want_text, NULL);

	if (!*want_text)
		return;
	cr_expect(got == want || fabs(got - want) <= tolerance * (want == 0 ? 1 : fabs(want)),
	          "line %zu, %s: %s is %.17g, not %.17g", row->line, row->field[0], what, got, want);
}

static void check_adjust(const struct row *row)
{
	static const struct { const char *name; enum rc (*run)(const double *, size_t, double *); } methods[] = {
		{ "adjust.bh", adjust_bh }, { "adjust.by", adjust_by }, { "adjust.holm", adjust_holm },
		{ "adjust.bonferroni", adjust_bonferroni },
	};

	read_sample(row->field[1], &ref);
	read_sample(row->field[3], &cur);
	for (size_t m = 0; m < COUNT(methods); m++) {
		if (strcmp(row->field[0], methods[m].name) != 0)
			continue;
		cr_assert(methods[m].run(ref.v, ref.n, pool.v) == RC_OK && ref.n == cur.n);
		for (size_t i = 0; i < ref.n; i++)
			cr_expect(fabs(pool.v[i] - cur.v[i]) <= 1e-9 * cur.v[i], "line %zu, %s", row->line,
			          row->field[0]);
	}
}

/* Was there a test for this row? */
static int check_row(const struct row *row)
{
	double got[2] = { NAN, NAN };

	if (strncmp(row->field[0], "adjust.", 7) == 0) {
		check_adjust(row);
		return 1;
	}
	for (size_t c = 0; c < COUNT(checks); c++) {
		if (strcmp(row->field[0], checks[c].name) != 0)
			continue;
		checks[c].run(row, got);
		compare(row, "statistic", got[0], row->field[3], checks[c].statistic);
		if (checks[c].p > 0)
			compare(row, "p", got[1], row->field[4], checks[c].p);
		return 1;
	}
	return 0;
}

static FILE *open_reference(void)
{
	const char *folder = getenv("CLV_REFERENCE"), *top = getenv("top_srcdir");
	char path[4096];

	if (folder)
		snprintf(path, sizeof(path), "%s/drift-values.csv", folder);
	else
		snprintf(path, sizeof(path), "%s/../shared/reference/drift-values.csv", top ? top : ".");
	return fopen(path, "r");
}

Test(reference, drift_values)
{
	FILE *in = open_reference();
	char *line = NULL;
	size_t cap = 0, number = 1, checked = 0, others = 0;

	if (!in)
		cr_skip_test("no drift-values.csv: set CLV_REFERENCE to its folder");
	cr_assert(getline(&line, &cap, in) > 0 && strncmp(line, "test,reference_sample", 21) == 0);
	while (getline(&line, &cap, in) > 0) {
		struct row row = { .line = ++number };

		cut(line, &row);
		if (check_row(&row))
			checked++;
		else
			others++;
	}
	free(line);
	fclose(in);
	cr_assert(checked > 0);
	cr_log_info("%zu rows agree, %zu of tests that this room does not have", checked, others);
}
