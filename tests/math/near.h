/* Comparing numbers in tests. */
#ifndef CLV_TESTS_MATH_NEAR_H
#define CLV_TESTS_MATH_NEAR_H

#include <criterion/criterion.h>
#include <math.h>

/* Equal to a relative tolerance, or absolutely when the expected value is 0. */
#define near(got, want, tolerance) do { \
	double got_ = (got), want_ = (want), off_ = fabs(got_ - want_); \
	cr_assert(got_ == want_ || off_ <= (tolerance) * (want_ == 0 ? 1 : fabs(want_)), \
	          "%s: got %.17g, want %.17g, off by %.3g", #got, got_, want_, off_); \
} while (0)

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

#endif
