/* Ids to numbers: order of appearance, all lengths, cutting back, against the plain map. */
#include "config.h"

#include "ingest/idmap.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/rng.h"

static int32_t code_of(struct idmap *m, const char *s)
{
	struct span id = { s, (uint32_t)strlen(s) };
	int32_t code = 0;

	cr_assert(idmap_codes(m, &id, 1, &code));
	return code;
}

Test(idmap, numbers_in_order_of_appearance)
{
	struct idmap *m = idmap_new();

	cr_expect_eq(code_of(m, "b"), 1);
	cr_expect_eq(code_of(m, "a"), 2);
	cr_expect_eq(code_of(m, "b"), 1);
	cr_expect_eq(code_of(m, "17850"), 3);
	cr_expect_eq(code_of(m, "017850"), 4);
	cr_expect_eq(code_of(m, "17850.0"), 5);
	cr_expect_eq(idmap_count(m), 5);
	idmap_free(m);
}

/* Ids of every length around the limit of a cell, with their neighbours. */
Test(idmap, lengths)
{
	struct idmap *m = idmap_new();
	char text[80];
	int32_t want = 0;

	for (size_t n = 1; n < sizeof text; n++) {
		memset(text, 'x', n);
		text[n] = '\0';
		cr_assert_eq(code_of(m, text), ++want);
		text[n - 1] = 'y';
		cr_assert_eq(code_of(m, text), ++want);
		text[n / 2] = 'z';
		if (n > 2)
			cr_assert_eq(code_of(m, text), ++want);
	}
	for (int32_t c = 1; c <= want; c++) {
		struct span id = idmap_id(m, c), copy = id;
		int32_t again;
		char own[80];

		memcpy(own, id.p, id.n);
		copy.p = own;
		cr_assert(idmap_codes(m, &copy, 1, &again));
		cr_assert_eq(again, c);
	}
	idmap_free(m);
}

Test(idmap, agrees_with_a_plain_map_and_cuts_back)
{
	struct idmap *m = idmap_new();
	struct map   *plain = map_new();
	struct rng    g;
	static char   text[IDMAP_BATCH][40];
	static struct span id[IDMAP_BATCH];
	static int32_t code[IDMAP_BATCH];

	rng_init(&g, 3, "idmap");
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < IDMAP_BATCH; i++) {
			int n = snprintf(text[i], sizeof text[i], "%s%llu", rng_below(&g, 3) == 0 ? "a rather long prefix of " : "C",
				(unsigned long long)rng_below(&g, 20000));

			id[i] = (struct span){ text[i], (uint32_t)n };
		}
		cr_assert(idmap_codes(m, id, IDMAP_BATCH, code));
		for (int i = 0; i < IDMAP_BATCH; i++) {
			int64_t want;

			if (!map_get(plain, id[i].p, id[i].n, &want)) {
				want = (int64_t)map_count(plain) + 1;
				map_set(plain, id[i].p, id[i].n, want);
			}
			cr_assert_eq(code[i], want);
		}
	}
	int32_t all = idmap_count(m);

	idmap_cut(m, 1000);
	cr_assert_eq(idmap_count(m), 1000);
	cr_assert(idmap_codes(m, id, IDMAP_BATCH, code));
	for (int i = 0; i < IDMAP_BATCH; i++) {
		int64_t before = 0;

		cr_assert(map_get(plain, id[i].p, id[i].n, &before));
		cr_assert(before <= 1000 ? code[i] == before : code[i] > 1000 && code[i] <= all);
	}
	map_free(plain);
	idmap_free(m);
}
