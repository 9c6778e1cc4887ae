/* Checked allocation: nothing asked for is not NULL, overflow is, and the aborting kind aborts. */
#include "config.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

Test(mem, nothing_is_something)
{
	void *p[] = { mem_new(0, 8), mem_new(8, 0), mem_try(0, 0), mem_try_grow(NULL, 0, 4), mem_grow(NULL, 4, 0) };

	for (size_t i = 0; i < sizeof p / sizeof p[0]; i++) {
		cr_assert_not_null(p[i]);
		free(p[i]);
	}
}

Test(mem, overflow_is_null_and_leaves_the_block)
{
	int *p = mem_new(1, sizeof *p);

	*p = 7;
	cr_assert_null(mem_try(SIZE_MAX / 2 + 1, 2));
	cr_assert_null(mem_try_grow(p, SIZE_MAX / 2 + 1, 2));
	cr_assert_eq(*p, 7);
	p = mem_grow(p, 1000, sizeof *p);
	cr_assert_eq(*p, 7);
	free(p);
}

Test(mem, the_program_s_own_sizes_abort, .signal = SIGABRT)
{
	mem_grow(NULL, SIZE_MAX, 2);
}

Test(mem, copies)
{
	char *text = mem_copy_text("abc"), *span = mem_copy_span("abc", 2), *none = mem_copy_span(NULL, 0);

	cr_assert_str_eq(text, "abc");
	cr_assert_str_eq(span, "ab");
	cr_assert_str_eq(none, "");
	cr_assert_null(mem_copy_text(NULL));
	free(text);
	free(span);
	free(none);
}
