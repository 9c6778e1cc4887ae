/* Columns of characters and texts. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"

Test(width, marks_take_none_and_wide_ones_two)
{
	cr_expect_eq(str_char_width('a'), 1);
	cr_expect_eq(str_char_width(0x301), 0);
	cr_expect_eq(str_char_width(0x6771), 2);
	cr_expect_eq(str_char_width(0x1F600), 2);
	cr_expect_eq(str_char_width(0x2588), 1);
	cr_expect_eq(str_char_width(0x10FFFF), 1);
}

Test(width, texts_add_up_and_bad_bytes_count)
{
	cr_expect_eq(str_width("東京 e\xcc\x81", strlen("東京 e\xcc\x81")), 6);
	cr_expect_eq(str_width("a\xff", 2), 2);
	cr_expect_eq(str_width("", 0), 0);
}
