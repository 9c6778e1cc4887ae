/* Order, tiers, RFM scores and segments: src/models/rank.c. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/rank.h"

TestSuite(rank);

Test(rank, ties_by_purchases_then_id)
{
	const double worth[] = { 5, 9, 5, 5, 0 }, expected[] = { 1, 1, 2, 1, 0 };
	const char *const id[] = { "b", "z", "c", "a", "q" };
	uint32_t order[5];
	cr_assert_eq(rank_order(worth, expected, id, 5, order), RC_OK);
	const uint32_t want[] = { 1, 2, 3, 0, 4 };
	cr_expect_arr_eq(order, want, sizeof want);
}

Test(rank, tiers_have_exact_sizes)
{
	size_t count[TIERS] = { 0 };
	for (size_t rank = 1; rank <= 1000; rank++)
		count[tier_of(rank, 1000)]++;
	const size_t want[TIERS] = { 10, 40, 50, 100, 800 };
	cr_expect_arr_eq(count, want, sizeof want);
	cr_expect_eq(tier_of(1, 7), 0, "the best of a few is the top");
	cr_expect_eq(tier_of(2, 7), 3);
	cr_expect_eq(tier_of(3, 7), 4);
}

Test(rank, equal_values_score_alike)
{
	/* Six of ten bought once: they are the lowest fifth, and nobody scores 2 or 3. */
	const double f[] = { 0, 0, 0, 0, 0, 0, 1, 1, 2, 5 };
	const uint8_t want[] = { 1, 1, 1, 1, 1, 1, 4, 4, 5, 5 };
	uint8_t score[10];
	cr_assert_eq(rfm_scores(f, 10, score), RC_OK);
	cr_expect_arr_eq(score, want, sizeof want);
	const double some[] = { NAN, 3, 1, 2, 4, 5 };
	const uint8_t fifths[] = { 0, 3, 1, 2, 4, 5 };
	cr_assert_eq(rfm_scores(some, 6, score), RC_OK);
	cr_expect_arr_eq(score, fifths, sizeof fifths);
}

Test(rank, every_cell_has_one_name)
{
	static const struct { int r, fm; const char *name; } cells[] = {
		{ 5, 4, "Champions" }, { 5, 5, "Champions" }, { 3, 4, "Loyal" }, { 4, 5, "Loyal" }, { 4, 2, "Potential loyalist" },
		{ 5, 3, "Potential loyalist" }, { 5, 1, "New" }, { 4, 1, "Promising" }, { 3, 3, "Needs attention" }, { 3, 1, "About to sleep" },
		{ 3, 2, "About to sleep" }, { 1, 3, "At risk" }, { 2, 4, "At risk" }, { 1, 5, "Cannot lose" }, { 2, 5, "Cannot lose" },
		{ 2, 1, "Hibernating" }, { 2, 2, "Hibernating" }, { 1, 1, "Lost" }, { 1, 2, "Lost" },
	};
	size_t used[SEGMENTS] = { 0 };
	for (int r = 1; r <= 5; r++)
		for (int fm = 1; fm <= 5; fm++) {
			cr_assert_lt(segment_of(r, fm, 0), SEGMENTS);
			cr_expect_eq(segment_of(r, fm, 0), segment_of(r, fm, fm));
			used[segment_of(r, fm, 0)]++;
		}
	for (size_t s = 0; s < SEGMENTS; s++)
		cr_expect_gt(used[s], 0, "%s is never used", segment_names[s]);
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		cr_expect_str_eq(segment_names[segment_of(cells[i].r, cells[i].fm, 0)], cells[i].name, "R %d FM %d", cells[i].r, cells[i].fm);
	cr_expect_eq(segment_of(5, 3, 4), segment_of(5, 4, 0), "the mean of F and M is rounded up");
}
