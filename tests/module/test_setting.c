/* Settings: defaults, clv.yaml in both spellings, overrides, and every refusal with its place and code. */
#include "config.h"

#include "module/setting.h"

#include "base/day.h"
#include "base/str.h"
#include "../kit/scratch.h"

static const char *const sizes[] = { "small", "large", NULL };
static const struct setting room[] = {
	{ .key = "cluster.k", .type = SETTING_INT, .standard = "5", .min = 2, .max = 20, .unit = "", .help = "k" },
	{ .key = "cluster.size", .type = SETTING_CHOICE, .standard = "small", .choices = sizes, .unit = "", .help = "s" },
	{ .key = "drift.on", .type = SETTING_BOOL, .standard = "true", .unit = "", .help = "on" },
	{ .key = NULL },
};
static const struct setting *const tables[] = { room, NULL };

static struct scratch place;
static struct settings *s;

static void open_all(void)
{
	place = scratch_new();
	s = settings_new(tables);
}

static void close_all(void)
{
	settings_free(s);
	scratch_free(&place);
}

TestSuite(setting, .init = open_all, .fini = close_all);

static enum rc read_text(const char *text)
{
	return settings_read(s, scratch_file(&place, "clv.yaml", text));
}

static const char *shown(const char *key, const char **origin)
{
	const char *value = NULL;
	for (size_t i = 0; i < settings_count(s); i++)
		if (!strcmp(settings_at(s, i, &value, origin)->key, key))
			return value;
	return NULL;
}

Test(setting, defaults_stand_in_the_tables)
{
	const char *const *item, *origin;
	cr_assert_eq(settings_int(s, "seed"), 1);
	cr_assert_eq(settings_int(s, "horizon_days"), 365);
	cr_assert_eq(settings_real(s, "discount_rate"), 0.1);
	cr_assert_str_eq(settings_text(s, "period"), "day");
	cr_assert_eq(settings_day(s, "as_of"), DAY_NONE);
	cr_assert_eq(settings_list(s, "input", &item), 0);
	cr_assert(settings_bool(s, "drift.on"));
	cr_assert_str_eq(shown("discount_rate", &origin), "0.1");
	cr_assert_str_eq(origin, "default");
}

Test(setting, nested_and_dotted_keys_are_the_same)
{
	const char *origin;
	cr_assert_eq(read_text("seed: 7\ncluster:\n  k: 4\n  size: large\ndrift.on: no\n"), RC_OK);
	cr_assert_eq(settings_int(s, "seed"), 7);
	cr_assert_eq(settings_int(s, "cluster.k"), 4);
	cr_assert_str_eq(settings_text(s, "cluster.size"), "large");
	cr_assert_not(settings_bool(s, "drift.on"));
	shown("cluster.k", &origin);
	cr_assert(str_ends(origin, "clv.yaml:3"), "%s", origin);
}

Test(setting, lists_are_sequences_or_one_value)
{
	const char *const *item;
	cr_assert_eq(read_text("input: [a.csv, 'b, c.csv']\n"), RC_OK);
	cr_assert_eq(settings_list(s, "input", &item), 2);
	cr_assert_str_eq(item[1], "b, c.csv");
	cr_assert_eq(read_text("input: one, two.csv\n"), RC_OK);
	cr_assert_eq(settings_list(s, "input", &item), 1);
	cr_assert_eq(settings_override(s, "input", " x.csv , y.csv,", "--set"), RC_OK);
	cr_assert_eq(settings_list(s, "input", &item), 2);
	cr_assert_str_eq(item[0], "x.csv");
	cr_assert_str_eq(item[1], "y.csv");
}

static void refused(const char *text, const char *id, const char *why, size_t line, size_t column)
{
	cr_assert_eq(read_text(text), RC_CONFIG, "%s", text);
	const struct err *e = err_get();
	cr_assert_str_eq(e->id, id, "%s: %s", e->id, e->why);
	cr_assert_not_null(strstr(e->why, why), "%s", e->why);
	cr_assert_eq(e->line, line, "%zu", e->line);
	cr_assert_eq(e->column, column, "%zu", e->column);
	cr_assert(str_ends(e->file, "clv.yaml"));
	cr_assert_neq(e->source[0], '\0');
}

Test(setting, unknown_keys_name_the_nearest)
{
	refused("seed: 1\nhorizon_day: 3\n", "SET-101", "'horizon_day'", 2, 1);
	cr_assert_not_null(strstr(err_get()->todo, "horizon_days"));
	refused("cluster:\n  kk: 3\n", "SET-101", "'cluster.kk'", 2, 3);
	cr_assert_not_null(strstr(err_get()->todo, "cluster.k"));
	refused("clustr: {}\n", "SET-101", "'clustr'", 1, 1);
	refused("cluster: 5\n", "SET-101", "'cluster'", 1, 1);
	cr_assert_not_null(strstr(err_get()->todo, "cluster.k"));
}

Test(setting, values_are_held_against_type_and_range)
{
	refused("seed: abc\n", "SET-102", "'abc'", 1, 7);
	refused("seed: 1.5\n", "SET-102", "whole number", 1, 7);
	refused("seed: -1\n", "SET-103", "from 0 to", 1, 7);
	refused("cluster.k: 21\n", "SET-103", "from 2 to 20", 1, 12);
	refused("margin: 0\n", "SET-103", "margin", 1, 9);
	refused("margin: nan\n", "SET-102", "a number", 1, 9);
	refused("discount_rate: 0x1p-2\n", "SET-102", "a number", 1, 16);
	refused("period: year\n", "SET-104", "day, week or month", 1, 9);
	refused("drift: {on: maybe}\n", "SET-104", "true or false", 1, 13);
	refused("as_of: 2011-02-30\n", "SET-105", "YYYY-MM-DD", 1, 8);
	refused("seed: [1, 2]\n", "SET-106", "takes one value", 1, 7);
	refused("input: [a, [b]]\n", "SET-106", "not one value", 1, 12);
	refused("cluster: {k: 3}\ncluster.k: 4\n", "SET-107", "line 1", 2, 1);
}

Test(setting, a_refused_value_shows_no_control_byte)
{
	refused("seed: \"\\e[31m\"\n", "SET-102", "\\x1B", 1, 7);
	cr_assert_null(strchr(err_get()->why, 033));
}

Test(setting, not_a_mapping_and_not_there)
{
	cr_assert_eq(read_text("- a\n"), RC_CONFIG);
	cr_assert_eq(read_text(""), RC_OK);
	cr_assert_eq(settings_read(s, "/nowhere/clv.yaml"), RC_IO);
}

Test(setting, overrides_are_usage_errors)
{
	const char *origin;
	cr_assert_eq(settings_override(s, "seed", "9", "--seed"), RC_OK);
	cr_assert_str_eq(shown("seed", &origin), "9");
	cr_assert_str_eq(origin, "--seed");
	cr_assert_eq(settings_override(s, "sed", "9", "--set"), RC_USAGE);
	cr_assert_not_null(strstr(err_get()->todo, "seed"));
	cr_assert_eq(settings_override(s, "as_of", "1998-06-31", "--as-of"), RC_USAGE);
	cr_assert_eq(settings_override(s, "as_of", "1998-06-30", "--as-of"), RC_OK);
	cr_assert_eq(settings_day(s, "as_of"), day_from_civil(1998, 6, 30));
	cr_assert_eq(settings_override(s, "as_of", "", "--as-of"), RC_OK);
	cr_assert_eq(settings_day(s, "as_of"), DAY_NONE);
}

Test(setting, a_copy_stands_alone)
{
	const char *const *item;
	cr_assert_eq(settings_override(s, "input", "a.csv", "--set"), RC_OK);
	struct settings *copy = settings_copy(s);
	settings_free(s);
	s = copy;
	cr_assert_eq(settings_list(copy, "input", &item), 1);
	cr_assert_str_eq(item[0], "a.csv");
	cr_assert_eq(settings_override(copy, "cluster.k", "3", "--set"), RC_OK);
	cr_assert_eq(settings_int(copy, "cluster.k"), 3);
}

Test(setting, json_is_typed)
{
	const char *const keys[] = { "cluster.k", "as_of", "discount_rate", "input", "drift.on", "period", NULL };
	struct js *v = settings_json(s, keys);
	struct str t = { 0 };
	js_write(&t, v, false, true);
	cr_assert_str_eq(t.s, "{\"as_of\":null,\"cluster.k\":5,\"discount_rate\":0.1,\"drift.on\":true,\"input\":[],\"period\":\"day\"}",
			 "%s", t.s);
	str_clear(&t);
	js_free(v);
	v = settings_json(s, NULL);
	cr_assert_eq(js_count(v), settings_count(s));
	js_free(v);
}
