/* Numbers as people read them. */
#include <criterion/criterion.h>
#include <math.h>

#include "view/number.h"

Test(number, thousands_stand_apart)
{
	struct number n;
	cr_expect_str_eq(number_count(&n, 1067371), "1,067,371");
	cr_expect_str_eq(number_count(&n, 999), "999");
	cr_expect_str_eq(number_count(&n, -1234), "-1,234");
	cr_expect_str_eq(number_count(&n, -0.2), "0");
	cr_expect_str_eq(number_fixed(&n, 1234567.891, 2), "1,234,567.89");
	cr_expect_str_eq(number_fixed(&n, 1e300, 2), "1e+300");
	cr_expect_str_eq(number_count(&n, NAN), "-");
	cr_expect_str_eq(number_count(&n, INFINITY), "inf");
}

Test(number, short_forms)
{
	struct number n;
	cr_expect_str_eq(number_short(&n, 512), "512");
	cr_expect_str_eq(number_short(&n, 9400), "9,400");
	cr_expect_str_eq(number_short(&n, 41000), "41k");
	cr_expect_str_eq(number_short(&n, 999499), "999k");
	cr_expect_str_eq(number_short(&n, 2410000), "2.41M");
	cr_expect_str_eq(number_short(&n, 250e6), "250M");
	cr_expect_str_eq(number_short(&n, -1.2e9), "-1.20G");
	cr_expect_str_eq(number_short(&n, NAN), "-");
}

Test(number, shares_and_chances)
{
	struct number n;
	cr_expect_str_eq(number_percent(&n, 0.1709, 1), "17.1%");
	cr_expect_str_eq(number_signed_percent(&n, 0.05, 0), "+5%");
	cr_expect_str_eq(number_signed_percent(&n, -0.009, 1), "-0.9%");
	cr_expect_str_eq(number_alike(&n, 9010, 10450), "9,010");
	cr_expect_str_eq(number_alike(&n, 960189, 1.04e6), "0.96M");
	cr_expect_str_eq(number_signed_percent(&n, 0.0049, 0), "0%");
	cr_expect_str_eq(number_signed_percent(&n, -0.0049, 0), "0%");
	cr_expect_str_eq(number_signed_percent(&n, -0.0004, 1), "0.0%");
	cr_expect_str_eq(number_signed_percent(&n, NAN, 1), "-");
	cr_expect_str_eq(number_chance(&n, 0.98), ".98");
	cr_expect_str_eq(number_chance(&n, 1), "1.00");
	cr_expect_str_eq(number_chance(&n, 0.001), "<.01");
	cr_expect_str_eq(number_chance(&n, 0), ".00");
	cr_expect_str_eq(number_real(&n, 0.98773), "0.9877");
	cr_expect_str_eq(number_real(&n, 12345.6), "12,346");
}
