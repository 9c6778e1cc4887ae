#include "config.h"

#include "store/filter_priv.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"

static void setup(void)
{
	setenv("CLV_TEST", "1", 1);
	setenv("CLV_NOW", "2011-07-01T00:00:00Z", 1);
	kit_setup();
}

TestSuite(filter, .init = setup, .fini = kit_teardown);

static const struct filter_column columns[] = {
	{ .name = "rank", .class = FILTER_NUMBER, .scale = 1 }, { .name = "customer_id", .class = FILTER_TEXT, .scale = 1 }, { .name = "country", .class = FILTER_TEXT, .scale = 1 }, { .name = "clv", .class = FILTER_MONEY, .scale = 1 },
	{ .name = "clv_low", .class = FILTER_MONEY, .scale = 1 }, { .name = "p_alive", .class = FILTER_SHARE, .scale = 1 }, { .name = "percentile", .class = FILTER_PERCENT, .scale = 1 },
	{ .name = "last_purchase", .class = FILTER_DAY, .scale = 1 }, { .name = "recency", .class = FILTER_DAYS, .scale = 1 }, { .name = "paid", .class = FILTER_MONEY, .scale = 100 }, { .name = "is_new", .class = FILTER_FLAG, .scale = 1 },
	{ .name = "odd \"name", .class = FILTER_ANY, .scale = 1 },
};
static const struct filter_scope scope = { columns, sizeof columns / sizeof columns[0], 0 };

/* The condition with its values written in: what is bound is shown as {value}. */
static const char *shown_in(const struct filter_scope *in, const char *text)
{
	struct filter_node *node;
	struct filter_bound b = { 0 };
	struct str sql = { 0 }, out = { 0 };
	const char *result;

	kit_ok(filter_parse(kit_arena(), text, in, &node));
	if (node == NULL)
		return "";
	filter_find_keys(node, in);
	filter_sql(&sql, node, in, 1000, &b);
	for (const char *p = sql.s; *p != '\0';) {
		char *end;
		const struct filter_value *v;

		if (p[0] != '@') {
			str_add_char(&out, *p++);
			continue;
		}
		v = &b.value[strtoul(p + 2, &end, 10) - 1];
		p = end;
		str_add_char(&out, '{');
		if (v->type == FILTER_INT)
			str_addf(&out, "%lld", (long long)v->i);
		else if (v->type == FILTER_REAL)
			str_add_double(&out, v->r);
		else
			str_addf(&out, "'%s'", v->t);
		str_add_char(&out, '}');
	}
	result = arena_text(kit_arena(), out.s);
	str_clear(&sql);
	str_clear(&out);
	filter_bound_clear(&b);
	return result;
}

static const char *shown(const char *text)
{
	return shown_in(&scope, text);
}

#define SAME(text, sql) cr_assert_str_eq(shown(text), sql)

static void wrong(const char *text, size_t column, const char *part)
{
	struct filter_node *node = NULL;
	enum rc rc = filter_parse(kit_arena(), text, &scope, &node);
	const struct err *e = err_get();

	cr_assert(rc == RC_USAGE, "%s: %s", text, rc_name(rc));
	cr_assert(node == NULL);
	cr_assert(strstr(e->why, part) != NULL || strstr(e->todo, part) != NULL, "%s: '%s' is not in: %s (%s)", text, part, e->why, e->todo);
	cr_assert(e->column == column, "%s: column %zu: %s", text, e->column, e->why);
	cr_assert(e->line == 1 && e->source[0] != '\0');
}

Test(filter, compares)
{
	SAME("clv>500", "\"clv\">{500}");
	SAME("clv>=500", "\"clv\">={500}");
	SAME("clv<=-1.5", "\"clv\"<={-1.5}");
	SAME("rank:4", "\"rank\"={4}");
	SAME("rank=4", "\"rank\"={4}");
	SAME("rank!=4", "NOT coalesce(\"rank\"={4},0)");
	SAME("  ", "");
	SAME("", "");
}

Test(filter, combines)
{
	SAME("clv>500 p<.3", "(\"clv\">{500} AND \"p_alive\"<{0.3})");
	SAME("clv>5 | rank<3 p>.5", "(\"clv\">{5} OR (\"rank\"<{3} AND \"p_alive\">{0.5}))");
	SAME("(clv>5|rank<3) country:UK", "((\"clv\">{5} OR \"rank\"<{3}) AND \"country\"={'UK'})");
	SAME("!country:UK", "NOT coalesce(\"country\"={'UK'},0)");
	SAME("!(rank:1 | rank:2)", "NOT coalesce((\"rank\"={1} OR \"rank\"={2}),0)");
	SAME("!!rank:1", "NOT coalesce(NOT coalesce(\"rank\"={1},0),0)");
	SAME("rank:1|rank:2|rank:3", "(\"rank\"={1} OR \"rank\"={2} OR \"rank\"={3})");
}

Test(filter, blanks_may_stand_around_a_sign)
{
	SAME("clv > 500", "\"clv\">{500}");
	SAME("clv >=500 p< .3", "(\"clv\">={500} AND \"p_alive\"<{0.3})");
	SAME("country : UK", "\"country\"={'UK'}");
	SAME("country != ( UK, IE )", "NOT coalesce((\"country\"={'UK'} OR \"country\"={'IE'}),0)");
	SAME("country ~ \"two words\"", "clv_has(\"country\",{'two words'})");
	SAME("country = 'two words'", "\"country\"={'two words'}");
	SAME("country:('a b','c''d')", "(\"country\"={'a b'} OR \"country\"={'c'd'})");
	SAME("country : ?", "\"country\" IS NULL");
	SAME("country :!?", "NOT coalesce(\"country\" IS NULL,0)");
	SAME("clv :\t100..500", "(\"clv\">={100} AND \"clv\"<={500})");
	SAME("top : 10%", "\"rank\"<={100}");
	SAME("ann !country:UK", "((clv_has(\"customer_id\",{'ann'}) OR clv_has(\"country\",{'ann'}) OR "
				"clv_has(\"odd \"\"name\",{'ann'})) AND NOT coalesce(\"country\"={'UK'},0))");
	wrong("clv > x", 7, "expected a number after >");
	wrong("clv >", 6, "expected a value after >");
	wrong("clv ~ 5", 5, "~ looks into texts");
	wrong("500 > clv", 5, "expected a column before >");
}

Test(filter, words_that_would_quietly_find_nothing_are_refused)
{
	wrong("clv>5 and p<.3", 7, "leave 'and' out");
	wrong("clv>5 OR p<.3", 7, "write | for 'or'");
	wrong("not clv>5", 1, "write ! for 'not'");
	wrong("clv>5 & p<.3", 7, "leave & out");
	wrong("clv>5 && p<.3", 7, "leave & out");
	wrong("clv 5 >", 7, "expected a column before >");
	wrong(">=5", 1, "expected a column before >=");
	wrong("clv>5 ?", 7, "expected a condition, not '?'");
	wrong("clv:100 .. 500", 9, "expected a condition, not '..'");
	wrong("clv ! 500", 6, "expected a condition");
	SAME("\"and\"", "(clv_has(\"customer_id\",{'and'}) OR clv_has(\"country\",{'and'}) OR clv_has(\"odd \"\"name\",{'and'}))");
	SAME("\"=\"", "(clv_has(\"customer_id\",{'='}) OR clv_has(\"country\",{'='}) OR clv_has(\"odd \"\"name\",{'='}))");
	SAME("android", "(clv_has(\"customer_id\",{'android'}) OR clv_has(\"country\",{'android'}) OR "
			"clv_has(\"odd \"\"name\",{'android'}))");
}

Test(filter, a_reversed_range_is_refused)
{
	wrong("clv:500..100", 5, "ends before it begins");
	wrong("rank:(1,7..3)", 9, "ends before it begins");
	wrong("last:2011..2010", 6, "ends before it begins");
	wrong("country:z..a", 9, "ends before it begins");
	wrong("p:.3...1", 3, "ends before it begins");
	SAME("clv:5..5", "(\"clv\">={5} AND \"clv\"<={5})");
	SAME("last:2011..2011-06", "(\"last_purchase\">={14975} AND \"last_purchase\"<={15155})");
}

Test(filter, ranges_and_lists)
{
	SAME("clv:100..500", "(\"clv\">={100} AND \"clv\"<={500})");
	SAME("clv:100..", "\"clv\">={100}");
	SAME("clv:..500", "\"clv\"<={500}");
	SAME("clv:-5..-1", "(\"clv\">={-5} AND \"clv\"<={-1})");
	SAME("p:.1...3", "(\"p_alive\">={0.1} AND \"p_alive\"<={0.3})");
	SAME("country:(UK,IE)", "(\"country\"={'UK'} OR \"country\"={'IE'})");
	SAME("country:( UK , \"a, b\" )", "(\"country\"={'UK'} OR \"country\"={'a, b'})");
	SAME("rank:(1..3,7)", "((\"rank\">={1} AND \"rank\"<={3}) OR \"rank\"={7})");
	SAME("country!=(UK,IE)", "NOT coalesce((\"country\"={'UK'} OR \"country\"={'IE'}),0)");
}

Test(filter, missing_and_text)
{
	SAME("country:?", "\"country\" IS NULL");
	SAME("country:!?", "NOT coalesce(\"country\" IS NULL,0)");
	SAME("country=?", "\"country\" IS NULL");
	SAME("country~ann", "clv_has(\"country\",{'ann'})");
	SAME("country~\"two words\"", "clv_has(\"country\",{'two words'})");
	SAME("country:\"a \"\"b\"\" c\"", "\"country\"={'a \"b\" c'}");
	SAME("country:\"\"", "\"country\"={''}");
	SAME("m\xc3\xbcller", "(clv_has(\"customer_id\",{'m\xc3\xbcller'}) OR clv_has(\"country\",{'m\xc3\xbcller'}) OR "
			      "clv_has(\"odd \"\"name\",{'m\xc3\xbcller'}))");
	SAME("\"x y\"", "(clv_has(\"customer_id\",{'x y'}) OR clv_has(\"country\",{'x y'}) OR clv_has(\"odd \"\"name\",{'x y'}))");
}

Test(filter, units)
{
	SAME("clv>2k", "\"clv\">{2000}");
	SAME("clv>1.5M", "\"clv\">{1500000}");
	SAME("p<30%", "\"p_alive\"<{0.3}");
	SAME("percentile>=90%", "\"percentile\">={90}");
	SAME("percentile>=90", "\"percentile\">={90}");
	SAME("recency>2w", "\"recency\">{14}");
	SAME("recency>90d", "\"recency\">{90}");
	SAME("recency>12mo", "\"recency\">{365.25}");
	SAME("paid:19.99", "\"paid\"={1999}");
	SAME("paid>0.005", "\"paid\">{0.5}");
	SAME("is_new:yes", "\"is_new\"={1}");
	SAME("is_new:no", "\"is_new\"={0}");
	SAME("clv>1e3", "\"clv\">{1000}");
	SAME("clv>+5.", "\"clv\">{5}");
	SAME("clv>1e-3", "\"clv\">{0.001}");
}

Test(filter, days)
{
	SAME("last:2011-06-30", "\"last_purchase\"={15155}");
	SAME("last:2011-06", "(\"last_purchase\">={15126} AND \"last_purchase\"<={15155})");
	SAME("last>2011-06", "\"last_purchase\">{15155}");
	SAME("last>=2011-06", "\"last_purchase\">={15126}");
	SAME("last<2011", "\"last_purchase\"<{14975}");
	SAME("last:2010..2011-06", "(\"last_purchase\">={14610} AND \"last_purchase\"<={15155})");
	SAME("last:2011-12", "(\"last_purchase\">={15309} AND \"last_purchase\"<={15339})");
	SAME("last<-90d", "\"last_purchase\"<{15066}");
	SAME("last:today", "\"last_purchase\"={15156}");
	SAME("last!=2011", "NOT coalesce((\"last_purchase\">={14975} AND \"last_purchase\"<={15339}),0)");
}

Test(filter, names_may_be_short)
{
	SAME("cust:a", "\"customer_id\"={'a'}");
	SAME("coun:a", "\"country\"={'a'}");
	SAME("clv:1", "\"clv\"={1}");
	SAME("low:1", "\"clv_low\"={1}");
	SAME("lo:1", "\"clv_low\"={1}");
	SAME("pur:2011-06-30", "\"last_purchase\"={15155}");
	SAME("CLV:1", "\"clv\"={1}");
	SAME("p:1", "\"p_alive\"={1}");
	SAME("new:1", "\"is_new\"={1}");
	wrong("c:1", 1, "customer_id, country, clv, clv_low");
	wrong("rank:1 r:1", 8, "rank, recency");
	wrong("clw:1", 1, "did you mean clv?");
	wrong("zzzzzz:1", 1, "columns: rank");
}

Test(filter, attributes_do_not_make_columns_ambiguous)
{
	bool named[3] = { false };
	const struct filter_column with[] = {
		{ .name = "rank", .class = FILTER_NUMBER, .scale = 1 }, { .name = "country", .class = FILTER_TEXT, .scale = 1 },
		{ .name = "code", .class = FILTER_TEXT, .scale = 1, .attribute = 1, .named = &named[0] },
		{ .name = "c", .class = FILTER_TEXT, .scale = 1, .attribute = 2, .named = &named[1] },
		{ .name = "rank_then", .class = FILTER_NUMBER, .scale = 1, .attribute = 3, .named = &named[2] },
	};
	struct filter_scope in = { with, 5, 5 };

	cr_assert_str_eq(shown_in(&in, "co:x r<3 word"), "(\"country\"={'x'} AND \"rank\"<{3} AND (clv_has(\"country\",{'word'})))");
	cr_assert(!named[0] && !named[1] && !named[2], "an attribute was looked up that nothing names");
	cr_assert_str_eq(shown_in(&in, "c:x"), "\"c\"={'x'}");
	cr_assert_str_eq(shown_in(&in, "cod:x"), "\"code\"={'x'}");
	cr_assert(named[0] && named[1] && !named[2]);
}

Test(filter, an_equality_goes_by_the_key_where_it_can)
{
	static const struct filter_column named[] = { { .name = "rank", .class = FILTER_NUMBER, .scale = 1 }, { .name = "id", .class = FILTER_TEXT, .scale = 1, .find = "SELECT r FROM t WHERE i = :value" } };
	struct filter_scope keyed = { named, 2, 0 }, loose = { named, 2, 2 };
	struct str many = { 0 };

	cr_assert_str_eq(shown_in(&keyed, "id:a"), "\"rank\"=(SELECT r FROM t WHERE i = {'a'}\n)");
	cr_assert_str_eq(shown_in(&keyed, "id!=a rank<3"), "(NOT coalesce(\"rank\"=(SELECT r FROM t WHERE i = {'a'}\n),0) AND \"rank\"<{3})");
	cr_assert_str_eq(shown_in(&keyed, "id>a"), "\"id\">{'a'}");
	cr_assert_str_eq(shown_in(&loose, "id:a"), "\"id\"={'a'}");
	for (int i = 0; i < 17; i++)
		str_add(&many, "id:a ");
	cr_assert(strstr(shown_in(&keyed, many.s), "SELECT") == NULL);
	str_clear(&many);
}

Test(filter, top_and_bottom)
{
	SAME("top:10%", "\"rank\"<={100}");
	SAME("top:25", "\"rank\"<={25}");
	SAME("bottom:100", "\"rank\">{900}");
	SAME("bottom:.05%", "\"rank\">{999}");
	wrong("top:x", 5, "a number of rows");
	wrong("top:-3", 5, "a number of rows");
	wrong("top:1.5", 5, "whole number");
}

Test(filter, errors_have_a_caret)
{
	wrong("clv>>5", 5, "expected a number after >");
	wrong("clv>", 5, "expected a value after >");
	wrong("rank<3 clv>=x", 13, "expected a number after >=");
	wrong("p<30d", 3, "perhaps with %");
	wrong("clv<30%", 5, "k or M");
	wrong("clv:", 5, "expected a value after :");
	wrong("clv:..", 5, "before or after ..");
	wrong("clv:1..x", 8, "a number after ..");
	wrong("last>soon", 6, "expected a date");
	wrong("last:2011-02-30", 6, "expected a date");
	wrong("last:90d", 6, "expected a date");
	wrong("is_new:maybe", 8, "yes or no");
	wrong("clv~5", 4, "~ looks into texts");
	wrong("country~", 9, "expected a text after ~");
	wrong("country~/^a/", 9, "patterns");
	wrong("(clv>5", 1, "not closed");
	wrong("clv>5)", 6, "not opened");
	wrong("country:(UK,IE", 9, "not closed");
	wrong("country:(UK,,IE)", 13, "expected a value");
	wrong("country:\"UK", 9, "not closed");
	wrong("clv>5 |", 8, "expected a condition");
	wrong("| clv>5", 1, "expected a condition");
	wrong("!", 2, "expected a condition");
	wrong("()", 2, "expected a condition");
	wrong("m\xc3\xbcller clv>>5", 12, "expected a number");
}

Test(filter, what_is_not_of_the_language_is_never_sql)
{
	wrong("clv>1); DROP TABLE person", 6, "not opened");
	wrong("clv>1;DROP", 5, "expected a number");
	wrong("rank:1/**/OR/**/1=1", 6, "expected a number");
	SAME("country:'UK'", "\"country\"={'UK'}");
	SAME("country:'x'';DROP TABLE person;'", "\"country\"={'x';DROP TABLE person;'}");
	SAME("country:x'--", "\"country\"={'x'--'}");
	SAME("country:\"';DROP TABLE person\"", "\"country\"={'';DROP TABLE person'}");
	SAME("odd:5", "\"odd \"\"name\"={5}");
	SAME("odd:\"5\"", "\"odd \"\"name\"={'5'}");
}

Test(filter, has_limits)
{
	char deep[200], many[5000];
	struct filter_node *node;

	memset(deep, '!', 100);
	strcpy(deep + 100, "rank:1");
	cr_assert_eq(filter_parse(kit_arena(), deep, &scope, &node), RC_USAGE);
	memset(deep, '(', 100);
	cr_assert_eq(filter_parse(kit_arena(), deep, &scope, &node), RC_USAGE);
	memset(many, 'a', sizeof many - 1);
	many[sizeof many - 1] = '\0';
	cr_assert_eq(filter_parse(kit_arena(), many, &scope, &node), RC_USAGE);
	for (int i = 0; i < 2000; i++)
		memcpy(many + 2 * i, "a ", 3);
	cr_assert_eq(filter_parse(kit_arena(), many, &scope, &node), RC_USAGE);
}

/* Whatever is typed gives a tree or a message; sanitizers watch. */
Test(filter, survives_noise)
{
	static const char bits[] = "clv p rank country><=!:~()|\".,?%0123456789-kM\xc3\xbc'; ";
	unsigned long seed = 1;
	char text[40];

	for (int i = 0; i < 50000; i++) {
		struct filter_node *node;
		size_t n = i % (sizeof text - 1);

		for (size_t j = 0; j < n; j++) {
			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			text[j] = bits[(seed >> 33) % (sizeof bits - 1)];
		}
		text[n] = '\0';
		if (filter_parse(kit_arena(), text, &scope, &node) == RC_OK && node != NULL) {
			struct filter_bound b = { 0 };
			struct str sql = { 0 };

			filter_sql(&sql, node, &scope, 10, &b);
			str_clear(&sql);
			filter_bound_clear(&b);
		}
	}
}
