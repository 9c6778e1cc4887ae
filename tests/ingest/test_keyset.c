/* Keys: many of them, their values, and hashes that tell texts apart. */
#include "config.h"

#include <criterion/criterion.h>

#include "ingest/keyset.h"

Test(keyset, many)
{
	struct keyset *k = keyset_new();
	enum keyset_found found;

	for (uint64_t i = 0; i < 100000; i++) {
		uint64_t value = i;

		cr_assert_eq(keyset_put(k, keyset_hash(0, (const char *)&i, sizeof i), &value, &found), RC_OK);
		cr_assert_eq(found, KEYSET_NEW);
	}
	cr_expect_eq(keyset_count(k), 100000);
	for (uint64_t i = 0; i < 100000; i++) {
		uint64_t value = i ^ (i & 1), key = keyset_hash(0, (const char *)&i, sizeof i);

		cr_assert_eq(keyset_put(k, key, &value, &found), RC_OK);
		cr_assert_eq(found, (i & 1) ? KEYSET_OTHER : KEYSET_SAME);
		cr_assert_eq(value, i);
	}
	keyset_free(k);
}

Test(keyset, zero_is_a_key)
{
	struct keyset *k = keyset_new();
	uint64_t value = 7;
	enum keyset_found found;

	keyset_put(k, 0, &value, &found);
	cr_expect_eq(found, KEYSET_NEW);
	keyset_set(k, 0, 9);
	keyset_put(k, 0, &value, &found);
	cr_expect_eq(found, KEYSET_OTHER);
	cr_expect_eq(value, 9);
	keyset_free(k);
}

Test(keyset, hashes)
{
	cr_expect_neq(keyset_hash(0, "a", 1), keyset_hash(0, "a\0", 2));
	cr_expect_neq(keyset_hash(0, "", 0), keyset_hash(0, "\0", 1));
	cr_expect_neq(keyset_hash(keyset_hash(0, "ab", 2), "c", 1), keyset_hash(keyset_hash(0, "a", 1), "bc", 2));
	cr_expect_neq(keyset_hash(0, "12345678", 8), keyset_hash(0, "12345679", 8));
	cr_expect_eq(keyset_hash(0, "0123456789abcdef", 16), keyset_hash(0, "0123456789abcdef", 16));
}
