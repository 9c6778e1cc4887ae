/* Error and rank measures against hand-made cases and published ones. */
#include "config.h"

#include "near.h"

#include <stdlib.h>

#include "math/metric.h"

Test(metric, errors)
{
	/* scikit-learn's documentation of r2_score and mean_squared_error. */
	double y[] = { 3, -0.5, 2, 7 }, p[] = { 2.5, 0, 2, 8 };

	near(metric_mae(y, p, 4), 0.5, 1e-15);
	near(metric_mse(y, p, 4), 0.375, 1e-15);
	near(metric_rmse(y, p, 4), 0.6123724356957945, 1e-15);
	near(metric_r2(y, p, 4), 0.9486081370449679, 1e-15);
	near(metric_bias(y, p, 4), 0.25, 1e-15);
	near(metric_wape(y, p, 4), 2 / 11.5, 1e-15);
	near(metric_aggregate(y, p, 4), 12.5 / 11.5 - 1, 1e-14);
	near(metric_mape_buyers(y, p, 4), (0.5 / 3 + 1.0 / 7) / 3, 1e-15);
	near(metric_brier(y, p, 4), 0.375, 1e-15);
}

Test(metric, errors_all_at_once_are_those_one_by_one)
{
	double y[] = { 3, 0, .1, 7e9, .3, 1 }, p[] = { 2.5, 1e-9, .7, 8e9, 0, .3 };
	struct errors e;

	metric_errors(y, p, 6, &e);
	cr_assert(e.aggregate == metric_aggregate(y, p, 6) && e.bias == metric_bias(y, p, 6) && e.mae == metric_mae(y, p, 6));
	cr_assert(e.rmse == metric_rmse(y, p, 6) && e.r2 == metric_r2(y, p, 6) && e.wape == metric_wape(y, p, 6));
	near(e.predicted, 8000000003.5, 1e-6);
	near(e.actual, 7000000004.4, 1e-6);
	metric_errors(y, p, 0, &e);
	cr_assert(isnan(e.aggregate) && isnan(e.bias) && isnan(e.mae) && isnan(e.rmse) && isnan(e.r2) && isnan(e.wape));
}

Test(metric, undefined_is_nan)
{
	double y[] = { 0, 0 }, p[] = { 1, 2 };
	struct ranked r;
	struct top t;
	double auc;

	cr_assert(isnan(metric_mae(y, p, 0)) && isnan(metric_r2(y, p, 2)) && isnan(metric_wape(y, p, 2)));
	cr_assert(isnan(metric_aggregate(y, p, 2)) && isnan(metric_mape_buyers(y, p, 2)) &&
	          isnan(metric_coverage(y, p, p, 0)));
	cr_assert(metric_ranked(y, p, 2, &r) == RC_OK);
	cr_assert(isnan(r.gini) && isnan(r.spearman) && isnan(r.decile_error) && isnan(r.decile_error_weighted));
	cr_assert(metric_ranked(y, p, 0, &r) == RC_OK && isnan(r.gini));
	cr_assert(metric_top(y, p, 2, 0.5, &t) == RC_OK && t.k == 1 && isnan(t.capture) && isnan(t.lift));
	cr_assert(metric_top(y, p, 0, 0.2, &t) == RC_OK && t.k == 0 && isnan(t.precision));
	cr_assert(metric_auc(y, p, 2, &auc) == RC_OK && isnan(auc));
}

Test(metric, coverage)
{
	double y[] = { 1, 2, 3, 4, 5 }, low[] = { 1, 3, 2, 0, 0 }, high[] = { 1, 4, 4, 3, 9 };

	near(metric_coverage(y, low, high, 5), 0.6, 1e-15);
}

Test(metric, order_perfect_reverse_and_flat)
{
	double y[20], p[20];
	struct ranked r;

	for (int i = 0; i < 20; i++) {
		y[i] = (double)(i * i);
		p[i] = 3.0 * i - 7;
	}
	cr_assert(metric_ranked(y, p, 20, &r) == RC_OK);
	near(r.gini, 1, 1e-14);
	near(r.spearman, 1, 1e-14);
	for (int i = 0; i < 20; i++)
		p[i] = -i;
	cr_assert(metric_ranked(y, p, 20, &r) == RC_OK);
	near(r.gini, -1, 1e-14);
	near(r.spearman, -1, 1e-14);
	for (int i = 0; i < 20; i++)
		p[i] = 1;
	cr_assert(metric_ranked(y, p, 20, &r) == RC_OK);
	cr_assert(isnan(r.spearman));
}

Test(metric, spearman_with_ties)
{
	/* R: cor(c(1,2,2,4,5), c(2,1,3,3,5), method = "spearman") = 0.7631579 */
	double y[] = { 1, 2, 2, 4, 5 }, p[] = { 2, 1, 3, 3, 5 };
	struct ranked r;

	cr_assert(metric_ranked(y, p, 5, &r) == RC_OK);
	near(r.spearman, 14.5 / 19, 1e-12);
}

Test(metric, gini_by_hand)
{
	/* Order by p: y = 0, 3, 1: area (2*1-4)*0 + 0*3 + 2*1 = 2; by y: 0, 1, 3: 6. */
	double y[] = { 3, 0, 1 }, p[] = { 5, 1, 6 };
	struct ranked r;

	cr_assert(metric_ranked(y, p, 3, &r) == RC_OK);
	near(r.gini, 2.0 / 6, 1e-15);
}

Test(metric, deciles)
{
	double y[25], p[25], y_sum = 0, p_sum = 0;
	struct ranked r;
	size_t n = 0;

	for (int i = 0; i < 25; i++) {
		p[i] = (i * 7) % 25;
		y[i] = p[i] * 1.1;
	}
	cr_assert(metric_ranked(y, p, 25, &r) == RC_OK);
	for (int b = 0; b < METRIC_BINS; b++) {
		cr_assert(r.decile[b].n == (b % 2 ? 2 : 3), "%d: %zu", b, r.decile[b].n); /* floor(10 i / 25) */
		n += r.decile[b].n;
		y_sum += r.decile[b].y_sum;
		p_sum += r.decile[b].p_sum;
	}
	cr_assert(n == 25 && r.decile[0].p_sum == 3 && r.decile[9].p_sum == 47);
	near(y_sum, 330, 1e-13);
	near(p_sum, 300, 1e-13);
	near(r.decile_error, 0.1 / 1.1, 1e-13);
	near(r.decile_error_weighted, 0.1 / 1.1, 1e-13);
	/* fewer rows than tenths: empty ones do not count */
	cr_assert(metric_ranked(y + 1, p + 1, 4, &r) == RC_OK);
	near(r.decile_error, 0.1 / 1.1, 1e-13);
}

Test(metric, top)
{
	double y[] = { 10, 0, 0, 6, 1, 0, 0, 0, 3, 0 }, p[] = { 9, 8, 1, 7, 1, 1, 1, 1, 0, 1 };
	struct top t;

	cr_assert(metric_top(y, p, 10, 0.2, &t) == RC_OK);
	cr_assert(t.k == 2);
	near(t.precision, 0.5, 0);      /* rows 0 and 1; truly 0 and 3 */
	near(t.precision_twice, 0.5, 0); /* truly 0, 3, 8, 4 */
	near(t.capture, 0.5, 1e-15);
	near(t.lift, 2.5, 1e-15);
	cr_assert(metric_top(y, p, 10, 0.3, &t) == RC_OK && t.k == 3);
	near(t.precision, 2.0 / 3, 1e-15);
	cr_assert(metric_top(y, p, 10, 0.01, &t) == RC_OK && t.k == 1);
	cr_assert(metric_top(y, p, 10, 1, &t) == RC_OK && t.k == 10 && t.precision == 1 && t.lift == 1);
}

Test(metric, auc_with_ties)
{
	double y[] = { 0, 0, 1, 1 }, p[] = { 0.1, 0.4, 0.35, 0.8 }, flat[] = { 1, 1, 1, 1 }, auc;

	cr_assert(metric_auc(y, p, 4, &auc) == RC_OK);
	near(auc, 0.75, 1e-15); /* scikit-learn's documentation of roc_auc_score */
	cr_assert(metric_auc(y, flat, 4, &auc) == RC_OK);
	near(auc, 0.5, 1e-15);
}
