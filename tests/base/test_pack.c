#include "config.h"

#include "base/pack.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 300 };

/* There and back; the bytes a number takes. */
static size_t round_trip(const int64_t *v, size_t n)
{
	uint8_t *out = malloc(pack_room(n));
	int64_t  back[MOST];
	size_t   bytes = pack(out, v, n), width = out[0];
	uint8_t *exact = malloc(bytes);

	memcpy(exact, out, bytes); /* nothing beyond the bytes is read */
	cr_assert_leq(bytes, pack_room(n));
	cr_assert(unpack(exact, bytes, back, n));
	for (size_t i = 0; i < n; i++)
		cr_assert_eq(back[i], v[i], "number %zu", i);
	free(exact);
	free(out);
	return width;
}

Test(pack, takes_as_many_bytes_as_the_largest_difference)
{
	int64_t v[MOST];

	for (size_t i = 0; i < MOST; i++)
		v[i] = 1000000 + (int64_t)i % 255;
	cr_expect_eq(round_trip(v, MOST), 1);
	v[7] = 1000000 + 255;
	cr_expect_eq(round_trip(v, MOST), 2);
	for (size_t i = 0; i < MOST; i++)
		v[i] = (int64_t)i << 40;
	cr_expect_eq(round_trip(v, MOST), 7);
}

Test(pack, missing_and_extreme_numbers)
{
	const int64_t none[] = { PACK_MISSING, PACK_MISSING }, one[] = { -5 }, some[] = { PACK_MISSING, -3, 0, PACK_MISSING };
	const int64_t wide[] = { INT64_MIN + 1, INT64_MAX, 0, PACK_MISSING };

	cr_expect_eq(round_trip(none, 2), 0);
	cr_expect_eq(round_trip(one, 1), 1);
	cr_expect_eq(round_trip(some, 4), 1);
	cr_expect_eq(round_trip(wide, 4), 8);
	cr_expect_eq(round_trip(none, 0), 0);
}

Test(pack, other_bytes_are_refused)
{
	const int64_t v[] = { 1, 2, 300 };
	uint8_t       out[64];
	int64_t       back[8];
	size_t        bytes = pack(out, v, 3);

	cr_expect(unpack(out, bytes, back, 3));
	cr_expect_not(unpack(out, bytes, back, 2));
	cr_expect_not(unpack(out, bytes - 1, back, 3));
	cr_expect_not(unpack(out, 3, back, 3));
	cr_expect_not(unpack(NULL, 0, back, 0));
	out[0] = 9;
	cr_expect_not(unpack(out, bytes, back, 3));
}
