/* Tests of chance on tables, Anderson-Darling, adjusted p-values. */
#include "config.h"

#include "near.h"

#include "math/compare.h"
#include "math/special.h"

Test(table, chi_square_homogeneity)
{
	/* The 2 x 2 of scipy's test_contingency; p rechecked with R's chisq.test. */
	double a[] = { 15, 60, 0 }, b[] = { 15, 90, 0 }, none[] = { 0, 0, 0 };
	struct test t = chi2_homogeneity(a, b, 3, 0);

	near(t.statistic, 1.0285714285714285, 1e-13);
	near(t.p, 0.31049443431723206, 1e-12);
	near(t.dof, 1, 0);
	t = chi2_homogeneity(a, b, 3, 1);
	near(t.statistic, 0.6582857142857143, 1e-13);
	near(t.p, 0.4171658037076714, 1e-12);
	t = chi2_homogeneity(a, a, 3, 0);
	near(t.p, 1, 0);
	t = chi2_homogeneity(a, a, 1, 0);
	cr_assert(t.dof == 0 && t.p == 1);
	cr_assert(isnan(chi2_homogeneity(a, none, 3, 0).p) && isnan(chi2_fit(none, a, 3).p));
}

Test(table, chi_square_fit)
{
	double ref[] = { 1, 1, 2, 0 }, cur[] = { 10, 10, 20, 0 }, new[] = { 10, 10, 19, 1 };
	struct test t = chi2_fit(ref, cur, 4);

	cr_assert(t.statistic == 0 && t.p == 1 && t.dof == 2);
	t = chi2_fit(ref, new, 4);
	cr_assert(isinf(t.statistic) && t.p == 0);
}

Test(table, g_test_of_equal_rows)
{
	double a[] = { 3, 1, 4, 1, 5 };
	struct test t = g_homogeneity(a, a, 5);

	near(t.statistic, 0, 1e-12);
	near(t.p, 1, 1e-12);
}

Test(table, fisher)
{
	/* Fisher's tea: two-sided 0.4857; scipy's documentation: [[6, 2], [1, 4]] 0.1025641. */
	near(fisher_2x2(3, 1, 1, 3).p, 34.0 / 70, 1e-12);
	near(fisher_2x2(6, 2, 1, 4).p, 0.10256410256410257, 1e-10);
	near(fisher_2x2(6, 2, 1, 4).statistic, 12, 1e-15);
	near(fisher_2x2(0, 6, 6, 0).p, 2.0 / 924, 1e-10);
	near(fisher_2x2(5, 0, 5, 0).p, 1, 1e-10);
	cr_assert(isnan(fisher_2x2(0, 0, 0, 0).p) && isnan(fisher_2x2(-1, 1, 1, 1).p));
}

Test(table, two_proportions)
{
	/* z^2 is the 2 x 2 chi-square. */
	double a[] = { 45, 55 }, b[] = { 60, 140 };
	struct test z = two_proportions(55, 100, 140, 200), c = chi2_homogeneity(a, b, 2, 0);

	near(z.statistic * z.statistic, c.statistic, 1e-13);
	near(z.p, c.p, 1e-12);
	cr_assert(z.statistic > 0);
	cr_assert(two_proportions(0, 50, 0, 70).p == 1 && two_proportions(50, 50, 70, 70).p == 1);
	cr_assert(isnan(two_proportions(0, 0, 1, 2).p) && isnan(two_proportions(3, 2, 1, 2).p));
}

Test(table, anderson_darling)
{
	double a[100], b[100], same[] = { 2, 2, 2 };
	struct test t;

	for (int i = 0; i < 100; i++) {
		a[i] = i + 1;
		b[i] = i + 1.5;
	}
	/* R kSamples, as quoted in scipy's tests: -1.2944 and -1.2824; a shift of 7.5: 1.4923. */
	near(anderson_darling(a, 100, b, 100, 1).statistic, -1.2944081656780262, 1e-11);
	near(anderson_darling(a, 100, b, 100, 0).statistic, -1.2823711106296458, 1e-11);
	near(anderson_darling(a, 100, b, 100, 0).p, 0.25, 0);
	for (int i = 0; i < 100; i++)
		b[i] = i + 8.5;
	t = anderson_darling(a, 100, b, 100, 0);
	near(t.statistic, 1.4923118360655465, 1e-11);
	near(t.p, 0.07872207583201418, 1e-9);
	cr_assert(isnan(anderson_darling(same, 3, same, 3, 1).p) && isnan(anderson_darling(a, 0, b, 5, 1).p));
}

Test(table, pooled_cells)
{
	double actual[] = { 2, 1, 20, 30, 3, 1 }, expected[] = { 3, 3, 18, 28, 4, 1 };
	size_t cell[6], cells;
	struct test t = chi2_pooled(actual, expected, 6, 5, 0, cell, &cells);
	size_t want[] = { 0, 0, 1, 2, 3, 3 };

	cr_assert_eq(cells, 4);
	for (size_t i = 0; i < 6; i++)
		cr_expect_eq(cell[i], want[i]);
	near(t.statistic, 9.0 / 6 + 4.0 / 18 + 4.0 / 28 + 1.0 / 5, 1e-14);
	cr_expect_eq(t.dof, 3);
	near(t.p, chi2_upper(t.statistic, 3), 1e-14);
	cr_expect(isnan(chi2_pooled(actual, expected, 6, 5, 3, cell, &cells).p), "no degree of freedom is left");
	cr_expect(isnan(chi2_pooled(actual, expected, 6, 500, 0, cell, &cells).p));
	cr_expect_eq(cells, 0);
	/* What is left at the end joins the last whole cell. */
	t = chi2_pooled(actual, expected, 5, 5, 0, cell, &cells);
	cr_expect_eq(cells, 3);
	cr_expect_eq(cell[4], 2);
}

Test(table, adjusted_p_values)
{
	/* R: p.adjust(c(.01, .04, .03, .005), method). */
	double p[] = { 0.01, 0.04, NAN, 0.03, 0.005 }, q[5];
	double bh[] = { 0.02, 0.04, NAN, 0.04, 0.02 }, holm[] = { 0.03, 0.06, NAN, 0.06, 0.02 };
	double bonferroni[] = { 0.04, 0.16, NAN, 0.12, 0.02 };
	double by[] = { 1 / 24.0, 1 / 12.0, NAN, 1 / 12.0, 1 / 24.0 };
	double *want[] = { bh, holm, bonferroni, by };
	enum rc (*adjust[])(const double *, size_t, double *) = { adjust_bh, adjust_holm, adjust_bonferroni,
	                                                         adjust_by };

	for (size_t f = 0; f < COUNT(want); f++) {
		cr_assert(adjust[f](p, 5, q) == RC_OK);
		for (int i = 0; i < 5; i++)
			if (isnan(want[f][i]))
				cr_assert(isnan(q[i]));
			else
				near(q[i], want[f][i], 1e-14);
	}
	cr_assert(adjust_bh(p, 5, p) == RC_OK);
	near(p[0], 0.02, 1e-14);
	cr_assert(adjust_bh(p, 0, q) == RC_OK);
}
