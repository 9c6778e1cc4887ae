/* The map against what must hold of one: many keys, any bytes, replaced values, copied keys. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"

Test(map, keeps_many_keys)
{
	struct map *m = map_new();
	char key[32];
	int64_t v;

	for (int i = 0; i < 20000; i++) {
		int n = snprintf(key, sizeof key, "customer-%d", i);

		map_set(m, key, (size_t)n, i);
	}
	cr_assert_eq(map_count(m), 20000);
	for (int i = 0; i < 20000; i++) {
		int n = snprintf(key, sizeof key, "customer-%d", i);

		cr_assert(map_get(m, key, (size_t)n, &v) && v == i);
	}
	cr_assert_not(map_get(m, "customer-20000", 14, NULL));
	map_free(m);
}

Test(map, keys_are_bytes_and_copied)
{
	struct map *m = map_new();
	char key[] = "a\0b";
	int64_t v = 9;

	map_set(m, key, 3, 1);
	map_set(m, key, 1, 2);
	map_set(m, "", 0, INT64_MIN);
	key[2] = 'c';
	cr_assert(map_get(m, "a\0b", 3, &v) && v == 1);
	cr_assert(map_get(m, "a", 1, &v) && v == 2);
	cr_assert(map_get(m, "", 0, &v) && v == INT64_MIN);
	cr_assert_not(map_get(m, "a\0c", 3, &v));
	cr_assert_not(map_get(m, "a\0", 2, &v));
	cr_assert_eq(v, INT64_MIN);
	map_free(m);
}

Test(map, a_second_value_replaces_the_first)
{
	struct map *m = map_new();
	int64_t v;

	map_set(m, "x", 1, 1);
	map_set(m, "x", 1, -7);
	cr_assert_eq(map_count(m), 1);
	cr_assert(map_get(m, "x", 1, &v) && v == -7);
	map_free(m);
	map_free(NULL);
}
