/* JSON: order of keys, canonical order, numbers, texts that are not safe, and where a bad text is bad. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* Takes v. */
static void check_text(struct js *v, bool indent, bool sorted, const char *want)
{
	struct str t = { .s = NULL };

	js_write(&t, v, indent, sorted);
	cr_assert_str_eq(t.s, want);
	str_clear(&t);
	js_free(v);
}

static struct js *parsed(const char *s)
{
	struct js *v = NULL;

	cr_assert_eq(js_read(s, strlen(s), "t", &v), RC_OK, "%s", err_get()->why);
	return v;
}

static struct js *sample(void)
{
	struct js *o = js_object(), *inner = js_array();

	js_set_text(o, "zeta", "z");
	js_set_int(o, "alpha", -5);
	js_set_real(o, "Beta", 0.1);
	js_set_bool(o, "yes", true);
	js_add_text(inner, "x");
	js_add(inner, js_null());
	js_add(inner, js_object());
	js_add(inner, js_array());
	js_set(o, "list", inner);
	return o;
}

Test(json, keys_keep_their_order)
{
	check_text(sample(), false, false,
		   "{\"zeta\":\"z\",\"alpha\":-5,\"Beta\":0.1,\"yes\":true,\"list\":[\"x\",null,{},[]]}");
}

Test(json, canonical_is_in_byte_order)
{
	struct js *o = sample();

	js_set_int(o, "\xC3\xA9", 1);
	js_set_int(o, "a", 2);
	check_text(o, false, true, "{\"Beta\":0.1,\"a\":2,\"alpha\":-5,\"list\":[\"x\",null,{},[]],\"yes\":true,"
		   "\"zeta\":\"z\",\"\xC3\xA9\":1}");
}

Test(json, many_keys_keep_their_order_and_a_new_value_its_place)
{
	struct js *o = js_object();
	char key[16];

	for (int i = 999; i >= 0; i--) {
		snprintf(key, sizeof key, "k%d", i);
		js_set_int(o, key, i);
	}
	js_set_int(o, "k500", -1);
	cr_assert_eq(js_count(o), 1000);
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "k%d", 999 - i);
		cr_assert_str_eq(js_key_at(o, (size_t)i), key);
	}
	cr_assert_null(js_key_at(o, 1000));
	cr_assert_eq(js_int_of(js_get(o, "k500")), -1);
	js_free(o);
}

Test(json, indented)
{
	check_text(sample(), true, false,
		   "{\n  \"zeta\": \"z\",\n  \"alpha\": -5,\n  \"Beta\": 0.1,\n  \"yes\": true,\n  \"list\": [\n    \"x\",\n"
		   "    null,\n    {},\n    []\n  ]\n}");
}

Test(json, numbers)
{
	struct js *a = js_array();
	const double real[] = {
		0, -0.0, 3, 0.1, 1.0 / 3, 1e21, 1e-7, 1.7976931348623157e308, 5e-324, NAN, INFINITY, -INFINITY,
	};

	for (size_t i = 0; i < sizeof real / sizeof real[0]; i++)
		js_add(a, js_real(real[i]));
	js_add(a, js_int(INT64_MIN));
	js_add(a, js_int(INT64_MAX));
	check_text(a, false, false, "[0.0,-0.0,3.0,0.1,0.3333333333333333,1e21,1e-7,1.7976931348623157e308,5e-324,null,null,"
		   "null,-9223372036854775808,9223372036854775807]");
}

Test(json, what_is_written_reads_back_the_same)
{
	static const char *const texts[] = {
		"{\"a\":[1,2.0,-0.0,1e21,1e-7,true,false,null,\"\"],\"\":{}}",
		"[\"\\\"\\\\\\n\\t\\r\\u0001/\"]", "\"x\"", "3", "null", "[9223372036854775807]", "[1e15,123456789012345.0]",
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		check_text(parsed(texts[i]), false, false, texts[i]);
}

Test(json, unsafe_characters_are_escaped_and_kept)
{
	const char *unsafe = "\x1b[0m\x7F\xC2\x9B\xE2\x80\xAE\xE2\x80\xA8\xF3\xA0\x81\x81 Zo\xC3\xAB";
	struct str t = { .s = NULL };
	struct js *v = js_text(unsafe), *back;

	js_write(&t, v, false, false);
	cr_assert_str_eq(t.s, "\"\\u001b[0m\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41 Zo\xC3\xAB\"");
	back = parsed(t.s);
	cr_assert_str_eq(js_text_of(back), unsafe);
	str_clear(&t);
	js_free(back);
	js_free(v);
}

Test(json, bytes_that_are_not_utf8_become_visible)
{
	struct js *o = js_object();

	js_set_text(o, "k\xFF", "a\xC3\nb\x80");
	js_set_text(o, "none", NULL);
	check_text(o, false, false, "{\"k\\\\xFF\":\"a\\\\xC3\\nb\\\\x80\",\"none\":null}");
}

Test(json, absent_and_wrong_types)
{
	struct js *o = sample();

	cr_assert_null(js_get(o, "none"));
	cr_assert_null(js_get(js_get(o, "alpha"), "x"));
	cr_assert_null(js_get(NULL, "x"));
	cr_assert_null(js_at(js_get(o, "list"), 4));
	cr_assert_null(js_at(NULL, 0));
	cr_assert_null(js_text_of(js_get(o, "alpha")));
	cr_assert_null(js_text_of(NULL));
	cr_assert_eq(js_int_of(js_get(o, "Beta")), 0);
	cr_assert_eq(js_int_of(NULL), 0);
	cr_assert_eq(js_real_of(js_get(o, "alpha")), -5);
	cr_assert(isnan(js_real_of(js_get(o, "zeta"))));
	cr_assert(isnan(js_real_of(NULL)));
	cr_assert_not(js_bool_of(js_get(o, "alpha")));
	cr_assert(js_bool_of(js_get(o, "yes")));
	cr_assert(js_is_null(NULL));
	cr_assert(js_is_null(js_at(js_get(o, "list"), 1)));
	cr_assert_not(js_is_null(o));
	cr_assert_eq(js_count(NULL), 0);
	cr_assert_eq(js_count(js_get(o, "list")), 4);
	cr_assert_null(js_key_at(NULL, 0));
	js_free(o);
	js_free(NULL);
}

Test(json, copies_are_deep)
{
	struct js *o = sample(), *copy = js_copy(o);

	js_add_text(js_get(o, "list"), "more");
	cr_assert_eq(js_count(js_get(copy, "list")), 4);
	cr_assert_str_eq(js_key_at(copy, 0), "zeta");
	js_free(o);
	js_free(copy);
}

static void check_refused(const char *s, size_t n, size_t line)
{
	struct js *v = NULL;

	cr_assert_eq(js_read(s, n, "in.json", &v), RC_PARSE, "'%s'", s);
	cr_assert_null(v);
	cr_assert_str_eq(err_get()->file, "in.json");
	cr_assert_eq(err_get()->line, line, "'%s' gave line %zu", s, err_get()->line);
	cr_assert_gt(err_get()->column, 0);
}

#define REFUSED(s, line) check_refused(s, sizeof(s) - 1, line)

Test(json, bad_texts_have_a_place)
{
	REFUSED("", 1);
	REFUSED("{\"a\":1,}", 1);
	REFUSED("{\n\"a\":\nx}", 3);
	cr_assert_str_eq(err_get()->source, "x}");
	REFUSED("[1]\n[2]", 2);
	REFUSED("{\"a\":1,\n\"a\":2}", 2);
	REFUSED("[NaN]", 1);
	REFUSED("[1e999]", 1);
	REFUSED("[9223372036854775808]", 1);
	REFUSED("\"\xFF\"", 1);
	REFUSED("\"\\u0000\"", 1);
	REFUSED("\"\\ud800\"", 1);
	REFUSED("[01]", 1);
	REFUSED("\"a\nb\"", 1);
}

Test(json, depth_is_limited)
{
	char deep[10001];

	memset(deep, '[', 10000);
	deep[10000] = '\0';
	check_refused(deep, 10000, 1);
}
