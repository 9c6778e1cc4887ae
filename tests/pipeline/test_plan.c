/* Recipes and the words for what changed between two of them. */
#include "config.h"

#include "pipeline/plan.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const keys[] = { "horizon_days", "threads", "as_of", NULL };
static const struct stage first = { .name = "score", .version = 1, .settings = keys };
static const struct stage later = { .name = "score", .version = 2, .settings = keys };

static struct arena *a;
static struct settings *s;

static void open_all(void)
{
	a = arena_new();
	s = settings_new(NULL);
}

static void close_all(void)
{
	settings_free(s);
	arena_free(a);
}

TestSuite(plan, .init = open_all, .fini = close_all);

static const char *recipe(const struct stage *st, day_t as_of, uint64_t seed, const char *features, const char *champion)
{
	char hex[DIGEST_HEX];
	struct plan_input in[] = { { "features", features }, { "champion", champion } };
	const char *text = plan_recipe(a, st, s, as_of, seed, in, champion ? 2 : 1, hex);
	char again[DIGEST_HEX];
	digest_of(text, strlen(text), again);
	cr_assert_str_eq(hex, again);
	return text;
}

static void set(const char *key, const char *value)
{
	cr_assert_eq(settings_override(s, key, value, "--set"), RC_OK);
}

Test(plan, a_recipe_is_canonical_text)
{
	cr_assert_str_eq(recipe(&first, 0, 1, "aa", "3:bb"),
		"{\"as_of\":\"1970-01-01\",\"reads\":{\"champion\":\"3:bb\",\"features\":\"aa\"},\"seed\":1,"
		"\"settings\":{\"as_of\":null,\"horizon_days\":365},\"stage\":\"score\",\"version\":1}");
}

Test(plan, threads_and_undeclared_settings_do_not_count)
{
	const char *before = recipe(&first, 0, 1, "aa", NULL);
	set("threads", "9");
	set("margin", "0.5");
	cr_assert_str_eq(before, recipe(&first, 0, 1, "aa", NULL));
}

Test(plan, reasons_in_words)
{
	const char *before = recipe(&first, 0, 1, "aa", "none");
	cr_assert_str_eq(plan_reason(a, NULL, before), "never ran");
	cr_assert_str_eq(plan_reason(a, before, before), "");
	cr_assert_str_eq(plan_reason(a, before, recipe(&later, 0, 1, "aa", "none")), "version 1 -> 2");
	cr_assert_str_eq(plan_reason(a, before, recipe(&first, 1, 1, "aa", "none")), "as-of 1970-01-01 -> 1970-01-02");
	cr_assert_str_eq(plan_reason(a, before, recipe(&first, 0, 5, "aa", "none")), "seed 1 -> 5");
	cr_assert_str_eq(plan_reason(a, before, recipe(&first, 0, 1, "bb", "none")), "features changed");
	cr_assert_str_eq(plan_reason(a, before, recipe(&first, 0, 1, "aa", "1:dd")), "champion changed");
	cr_assert_str_eq(plan_reason(a, before, recipe(&first, 0, 1, "aa", NULL)), "champion is no longer read");
	set("horizon_days", "180");
	set("as_of", "2011-06-30");
	cr_assert_str_eq(plan_reason(a, before, recipe(&later, 0, 1, "bb", "none")),
		"version 1 -> 2; setting as_of changed unset -> 2011-06-30; setting horizon_days changed 365 -> 180; features changed");
	cr_assert_str_eq(plan_reason(a, "no recipe", before), "its recipe changed");
}

Test(plan, inputs_alone)
{
	const char *before = recipe(&first, 0, 1, "aa", "none");
	cr_assert(plan_same_inputs(before, recipe(&later, 3, 2, "aa", "none")));
	cr_assert_not(plan_same_inputs(before, recipe(&first, 0, 1, "ab", "none")));
	cr_assert_not(plan_same_inputs("", before));
}
