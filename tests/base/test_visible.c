/* UTF-8 at its edges, text that could steer a terminal, and the nearest word. */
#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"

static void check_visible(const char *s, size_t n, const char *want)
{
	struct str t = { .s = NULL };

	str_add_visible(&t, s, n);
	cr_assert_str_eq(t.s, want);
	str_clear(&t);
}

#define VISIBLE(s, want) check_visible(s, sizeof(s) - 1, want)
#define VALID(s)         str_utf8_valid(s, sizeof(s) - 1)

Test(visible, valid_utf8_at_the_edges)
{
	cr_assert_eq(VALID(""), 0);
	cr_assert_eq(VALID("a\0b"), 3);
	cr_assert_eq(VALID("\x7F\xC2\x80\xDF\xBF"), 5);
	cr_assert_eq(VALID("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"), 12);
	cr_assert_eq(VALID("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), 8);
}

Test(visible, invalid_utf8_ends_the_prefix)
{
	cr_assert_eq(VALID("a\x80"), 1, "a follower alone");
	cr_assert_eq(VALID("a\xC0\x80"), 1, "overlong NUL");
	cr_assert_eq(VALID("a\xC1\xBF"), 1, "overlong of two");
	cr_assert_eq(VALID("a\xE0\x9F\xBF"), 1, "overlong of three");
	cr_assert_eq(VALID("a\xF0\x8F\xBF\xBF"), 1, "overlong of four");
	cr_assert_eq(VALID("a\xED\xA0\x80"), 1, "first surrogate");
	cr_assert_eq(VALID("a\xED\xBF\xBF"), 1, "last surrogate");
	cr_assert_eq(VALID("a\xF4\x90\x80\x80"), 1, "above U+10FFFF");
	cr_assert_eq(VALID("a\xF5\x80\x80\x80"), 1, "no such first byte");
	cr_assert_eq(VALID("a\xFE"), 1);
	cr_assert_eq(VALID("a\xFF"), 1);
	cr_assert_eq(VALID("a\xC3"), 1, "cut after one");
	cr_assert_eq(VALID("a\xE2\x82"), 1, "cut after two");
	cr_assert_eq(VALID("a\xF0\x9F\x98"), 1, "cut after three");
	cr_assert_eq(VALID("a\xC3("), 1, "no follower");
}

Test(visible, every_code_point_is_read_as_it_was_written)
{
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char s[4];
		uint32_t back = 0;
		size_t n;

		if (cp < 0x80) {
			s[0] = (char)cp;
			n = 1;
		} else if (cp < 0x800) {
			s[0] = (char)(0xC0 | cp >> 6);
			n = 2;
		} else if (cp < 0x10000) {
			s[0] = (char)(0xE0 | cp >> 12);
			n = 3;
		} else {
			s[0] = (char)(0xF0 | cp >> 18);
			n = 4;
		}
		for (size_t i = 1; i < n; i++)
			s[i] = (char)(0x80 | (cp >> 6 * (n - 1 - i) & 0x3F));
		if (cp >= 0xD800 && cp <= 0xDFFF)
			cr_assert_eq(str_utf8_next(s, n, &back), 0);
		else
			cr_assert(str_utf8_next(s, n, &back) == n && back == cp, "U+%04X", (unsigned)cp);
	}
}

Test(visible, plain_text_stays)
{
	VISIBLE("", "");
	VISIBLE("a b\\c", "a b\\c");
	VISIBLE("Zoë 東京 €", "Zoë 東京 €");
	VISIBLE("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80");
}

Test(visible, nothing_steers_a_terminal)
{
	VISIBLE("\x1b[2J", "\\x1B[2J");
	VISIBLE("\x1b]0;title\x07", "\\x1B]0;title\\x07");
	VISIBLE("a\r\nb\tc\x08", "a\\x0D\\x0Ab\\x09c\\x08");
	VISIBLE("a\0b", "a\\x00b");
	VISIBLE("\x7F", "\\x7F");
	VISIBLE("\xC2\x9B" "31m", "<U+009B>31m");
	VISIBLE("\x9B" "31m", "\\x9B31m");
	VISIBLE("\xC2\x80\xC2\x9F\xC2\xA0", "<U+0080><U+009F>\xC2\xA0");
}

Test(visible, nothing_turns_or_hides_text)
{
	VISIBLE("a\xE2\x80\xAE" "fdp.exe", "a<U+202E>fdp.exe");
	VISIBLE("\xE2\x81\xA6x\xE2\x81\xA9", "<U+2066>x<U+2069>");
	VISIBLE("\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F", "<U+061C><U+200E><U+200F>");
	VISIBLE("a\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D\xEF\xBB\xBF", "a<U+200B><U+200C><U+200D><U+FEFF>");
	VISIBLE("\xE2\x80\xA8\xE2\x80\xA9\xC2\xAD", "<U+2028><U+2029><U+00AD>");
	VISIBLE("\xF3\xA0\x81\x81", "<U+E0041>");
}

Test(visible, invalid_bytes_are_written_one_by_one)
{
	VISIBLE("\xFF\xC3", "\\xFF\\xC3");
	VISIBLE("\xED\xA0\x80", "\\xED\\xA0\\x80");
	VISIBLE("\xC0\xAF", "\\xC0\\xAF");
	VISIBLE("\xE2\x82" "a", "\\xE2\\x82a");
}

Test(visible, fixed_buffers_are_cut_between_units)
{
	char buf[8];

	cr_assert_eq(str_copy_visible(buf, sizeof buf, "abcdefghij", 10), 7);
	cr_assert_str_eq(buf, "abcdefg");
	cr_assert_eq(str_copy_visible(buf, sizeof buf, "abcde\x1b", 6), 5);
	cr_assert_str_eq(buf, "abcde");
	cr_assert_eq(str_copy_visible(buf, sizeof buf, "abc\x1b", 4), 7);
	cr_assert_str_eq(buf, "abc\\x1B");
	cr_assert_eq(str_copy_visible(buf, sizeof buf, "abcdef\xC3\xA9", 8), 6);
	cr_assert_str_eq(buf, "abcdef");
	cr_assert_eq(str_copy_visible(buf, 1, "a", 1), 0);
	cr_assert_str_eq(buf, "");
}

Test(visible, the_nearest_word)
{
	static const char *const list[] = { "import", "run", "report", "approve", "top_customers", "fit" };
	const size_t n = sizeof list / sizeof list[0];

	cr_assert_str_eq(str_nearest("imprt", list, n), "import");
	cr_assert_str_eq(str_nearest("improt", list, n), "import");
	cr_assert_str_eq(str_nearest("IMPORT", list, n), "import");
	cr_assert_str_eq(str_nearest("reprot", list, n), "report");
	cr_assert_str_eq(str_nearest("rn", list, n), "run");
	cr_assert_str_eq(str_nearest("top_custmers", list, n), "top_customers");
	cr_assert_null(str_nearest("", list, n));
	cr_assert_null(str_nearest("zebra", list, n));
	cr_assert_null(str_nearest("x", list, n));
	cr_assert_null(str_nearest("run", list, 0));
	cr_assert_null(str_nearest("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", list, n));
}
