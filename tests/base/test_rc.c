/* The thread's last failure: what is kept, what is added, what is made safe, and the exit status of each code. */
#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/queue.h"
#include "base/rc.h"

Test(rc, the_last_failure_replaces_the_one_before)
{
	enum rc rc = err_set(RC_IO, "FILE-1", "cannot open %s", "a");

	err_where(err_do(rc, "try %d", 2), "a.csv", 3, 4);
	err_stopped(rc, "import of %s", "a.csv");
	cr_assert_eq(err_set(RC_PARSE, NULL, "bad"), RC_PARSE);
	cr_assert_eq(err_get()->rc, RC_PARSE);
	cr_assert_str_eq(err_get()->why, "bad");
	cr_assert_str_eq(err_get()->id, "");
	cr_assert_str_eq(err_get()->todo, "");
	cr_assert_str_eq(err_get()->file, "");
	cr_assert_str_eq(err_get()->stopped, "");
	cr_assert_eq(err_get()->line, 0);
}

Test(rc, parts_are_added_and_the_code_passes_through)
{
	enum rc rc = err_where(err_do(err_set(RC_DATA, "CSV-104", "bad date '%s'", "x"), "mend it"), "a.csv", 12, 3);

	cr_assert_eq(rc, RC_DATA);
	cr_assert_eq(err_source(rc, "c1,x,2", 6), RC_DATA);
	cr_assert_eq(err_stopped(rc, "import of a.csv"), RC_DATA);
	err_stopped(rc, "run");
	cr_assert_str_eq(err_get()->id, "CSV-104");
	cr_assert_str_eq(err_get()->why, "bad date 'x'");
	cr_assert_str_eq(err_get()->todo, "mend it");
	cr_assert_str_eq(err_get()->file, "a.csv");
	cr_assert_eq(err_get()->line, 12);
	cr_assert_eq(err_get()->column, 3);
	cr_assert_str_eq(err_get()->source, "c1,x,2");
	cr_assert_str_eq(err_get()->stopped, "import of a.csv");
}

Test(rc, without_a_failure_nothing_is_added)
{
	err_clear();
	err_source(err_where(err_do(RC_OK, "x"), "f", 1, 1), "s", 1);
	err_stopped(RC_OK, "y");
	cr_assert_eq(err_get()->rc, RC_OK);
	cr_assert_str_eq(err_get()->todo, "");
	cr_assert_str_eq(err_get()->file, "");
	cr_assert_str_eq(err_get()->source, "");
	cr_assert_str_eq(err_get()->stopped, "");
}

Test(rc, control_bytes_are_visible_in_every_part)
{
	enum rc rc = err_set(RC_IO, "X-1", "a\033[31mb\nc\xff");

	err_where(rc, "f\007", 1, 1);
	err_source(rc, "x\x1b]0;t\x07", 7);
	err_stopped(err_do(rc, "do\tit"), "s\r");
	cr_assert_str_eq(err_get()->why, "a\\x1B[31mb\\x0Ac\\xFF");
	cr_assert_str_eq(err_get()->file, "f\\x07");
	cr_assert_str_eq(err_get()->source, "x\\x1B]0;t\\x07");
	cr_assert_str_eq(err_get()->todo, "do\\x09it");
	cr_assert_str_eq(err_get()->stopped, "s\\x0D");
}

Test(rc, long_texts_are_cut_between_characters)
{
	char text[3000];

	for (size_t i = 0; i + 2 < sizeof text; i += 2)
		memcpy(text + i, "\xC3\xA9", 3);
	err_set(RC_IO, "X-1", "%s", text);
	cr_assert_eq(strlen(err_get()->why), sizeof err_get()->why - 2);
	cr_assert_eq((unsigned char)err_get()->why[strlen(err_get()->why) - 1], 0xA9);
}

Test(rc, a_failure_may_quote_itself)
{
	err_set(RC_IO, "X-1", "inner");
	err_set(RC_STORE, "X-2", "outer: %s", err_get()->why);
	cr_assert_str_eq(err_get()->why, "outer: inner");
}

Test(rc, the_line_is_cut_out_of_the_text)
{
	const char text[] = "one\r\ntwo\nthree";
	enum rc rc = err_set(RC_PARSE, "X-1", "bad");

	err_source_line(err_where(rc, "f", 1, 1), text, sizeof text - 1);
	cr_assert_str_eq(err_get()->source, "one");
	err_source_line(err_where(rc, "f", 3, 1), text, sizeof text - 1);
	cr_assert_str_eq(err_get()->source, "three");
	err_set(RC_PARSE, "X-1", "bad");
	err_source_line(err_where(rc, "f", 4, 1), text, sizeof text - 1);
	cr_assert_str_eq(err_get()->source, "");
}

static void fail_elsewhere(void *p)
{
	err_set(RC_BUSY, "T-1", "of the thread");
	*(struct err *)p = *err_get();
}

Test(rc, each_thread_has_its_own_and_can_hand_it_over)
{
	struct err e;

	err_set(RC_IO, "M-1", "of the maker");
	thread_join(thread_start(fail_elsewhere, &e));
	cr_assert_str_eq(err_get()->why, "of the maker");
	err_restore(&e);
	cr_assert_eq(err_get()->rc, RC_BUSY);
	cr_assert_str_eq(err_get()->why, "of the thread");
}

Test(rc, exit_status)
{
	static const int want[] = {
		[RC_OK] = 0, [RC_INTERNAL] = 1, [RC_USAGE] = 2, [RC_CONFIG] = 2, [RC_UNSUPPORTED] = 2,
		[RC_AMBIGUOUS] = 2, [RC_DATA] = 3, [RC_PARSE] = 3, [RC_CANCELLED] = 4, [RC_REVIEW] = 5,
		[RC_APPROVAL] = 6, [RC_BUSY] = 7, [RC_DAMAGED] = 8, [RC_IO] = 9, [RC_STORE] = 1,
		[RC_NUMERIC] = 1, [RC_NOMEM] = 1,
	};

	for (size_t rc = 0; rc < sizeof want / sizeof want[0]; rc++) {
		cr_assert_eq(rc_exit((enum rc)rc), want[rc]);
		cr_assert_not_null(rc_name((enum rc)rc));
	}
	cr_assert_str_eq(rc_name(RC_DATA), "data refused");
	cr_assert_str_eq(rc_name((enum rc)99), "unknown");
}
