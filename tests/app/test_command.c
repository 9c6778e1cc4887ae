/* Words, options and arguments of a command line. */
#include <criterion/criterion.h>
#include <string.h>

#include "app/command.h"
#include "base/arena.h"

static struct arena *a;

static void start(void)
{
	a = arena_new();
}

static void stop(void)
{
	arena_free(a);
}

TestSuite(command, .init = start, .fini = stop);

static size_t split(const char *line, const char ***words)
{
	size_t n = 0;
	cr_assert_eq(command_split(a, line, strlen(line), words, &n), RC_OK);
	return n;
}

Test(command, words_are_separated_by_blanks)
{
	const char **w;
	cr_assert_eq(split("  show \t top_customers --limit 3 ", &w), 4);
	cr_expect_str_eq(w[0], "show");
	cr_expect_str_eq(w[3], "3");
}

Test(command, quotes_join_and_backslash_escapes)
{
	const char **w;
	cr_assert_eq(split("sql \"SELECT 'a b'\" 'x\\y' a\\ b \"q\\\"q\"", &w), 5);
	cr_expect_str_eq(w[1], "SELECT 'a b'");
	cr_expect_str_eq(w[2], "x\\y");
	cr_expect_str_eq(w[3], "a b");
	cr_expect_str_eq(w[4], "q\"q");
}

Test(command, a_hash_begins_a_comment_only_at_a_word)
{
	const char **w;
	cr_assert_eq(split("# all of it", &w), 0);
	cr_assert_eq(split("run a#b # rest", &w), 2);
	cr_expect_str_eq(w[1], "a#b");
	cr_expect_eq(split("", &w), 0);
}

Test(command, an_open_quote_is_named_by_column)
{
	const char **w;
	size_t       n;
	const char   line[] = "sql 'SELECT 1";
	cr_assert_eq(command_split(a, line, strlen(line), &w, &n), RC_USAGE);
	cr_expect(strstr(err_get()->why, "column 5"));
}

static enum rc parse(const char *line, struct call *call)
{
	const char **w;
	size_t       n = split(line, &w);
	return command_parse(command_find(w[0]), a, n - 1, w + 1, call);
}

Test(command, options_take_their_values_both_ways)
{
	struct call call = {0};
	int64_t     limit = 0;
	cr_assert_eq(parse("show top_customers --limit=7 -w 'clv>5' --sort -clv", &call), RC_OK);
	cr_expect_eq(call.argc, 1);
	cr_expect_str_eq(call_option(&call, "where"), "clv>5");
	cr_expect_str_eq(call_option(&call, "sort"), "-clv");
	cr_assert_eq(call_option_int(&call, "limit", 0, 100, &limit), RC_OK);
	cr_expect_eq(limit, 7);
}

Test(command, the_last_of_an_option_wins_and_dashes_end_options)
{
	struct call call = {0};
	cr_assert_eq(parse("show --limit 1 --limit 2 -- --odd", &call), RC_OK);
	cr_expect_str_eq(call_option(&call, "limit"), "2");
	cr_expect_str_eq(call.argv[0], "--odd");
}

Test(command, mistakes_are_usage_errors_with_a_hint)
{
	struct call call = {0};
	cr_expect_eq(parse("show top_customers --lmit 3", &call), RC_USAGE);
	cr_expect(strstr(err_get()->todo, "--limit"));
	cr_expect_eq(parse("show top_customers --limit", &call), RC_USAGE);
	cr_expect_eq(parse("import", &call), RC_USAGE);
	cr_expect_eq(parse("init now", &call), RC_USAGE);
	cr_expect_eq(parse("run --force=yes", &call), RC_USAGE);
	cr_expect_eq(command_unknown("shwo"), RC_USAGE);
	cr_expect(strstr(err_get()->todo, "'show'"));
}

Test(command, numbers_and_dates_are_checked)
{
	struct call call = {0};
	int64_t     n = 5;
	double      r = 0.5;
	int32_t     d = 0;
	cr_assert_eq(parse("show x --limit 1x", &call), RC_OK);
	cr_expect_eq(call_option_int(&call, "limit", 0, 10, &n), RC_USAGE);
	cr_expect_eq(n, 5, "untouched on failure");
	cr_assert_eq(parse("predict --margin 7 --horizon 30", &call), RC_OK);
	cr_expect_eq(call_option_real(&call, "margin", 0, 1, &r), RC_USAGE);
	cr_expect_eq(call_option_int(&call, "horizon", 1, 3650, &n), RC_OK);
	cr_expect_eq(n, 30);
	cr_assert_eq(parse("defer 1 --until 2026-02-30", &call), RC_OK);
	cr_expect_eq(call_option_day(&call, "until", &d), RC_USAGE);
}

Test(command, every_command_is_whole)
{
	for (size_t i = 0; i < commands_count; i++) {
		const struct command *c = commands[i];
		cr_expect(c->run && c->about && *c->about && c->args, "%s", c->name);
		cr_expect(c->min_args <= c->max_args, "%s", c->name);
		cr_expect_eq(command_find(c->name), c);
		for (const struct option *o = c->options; o && o->name; o++)
			cr_expect(o->help && *o->help, "%s --%s", c->name, o->name);
	}
}
