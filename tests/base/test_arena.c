/* Arenas: alignment, zeroed memory, sizes that overflow, destructors in reverse order. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct trace { char order[8]; size_t n; };

struct mark { struct trace *trace; char letter; const char *text; };

static void note(void *p)
{
	struct mark *m = p;

	m->trace->order[m->trace->n++] = m->text[0]; /* memory of the arena is still there */
}

Test(arena, blocks_are_aligned_zeroed_and_apart)
{
	struct arena *a = arena_new();
	unsigned char *before = NULL;

	for (size_t n = 0; n < 3000; n++) {
		unsigned char *p = arena_alloc(a, n, 1);

		cr_assert_eq((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			cr_assert_eq(p[i], 0);
		memset(p, 0xAA, n);
		cr_assert_neq(p, before);
		before = p;
	}
	arena_free(a);
}

Test(arena, large_blocks_do_not_end_the_chunk_being_filled)
{
	struct arena *a = arena_new();
	char *first = arena_alloc(a, 16, 1);
	char *large = arena_alloc(a, 1000000, 1);
	char *second = arena_alloc(a, 16, 1);

	large[999999] = 1;
	cr_assert_eq(second - first, 16);
	arena_free(a);
}

Test(arena, impossible_sizes_are_null)
{
	struct arena *a = arena_new();

	cr_assert_null(arena_try(a, SIZE_MAX, 2));
	cr_assert_null(arena_try(a, SIZE_MAX / 2 + 1, 2));
	cr_assert_null(arena_try(a, SIZE_MAX, 1));
	cr_assert_null(arena_try(a, 1, SIZE_MAX - 8));
	cr_assert_null(arena_try(a, PTRDIFF_MAX, 1));
	cr_assert_not_null(arena_try(a, 0, 8));
	cr_assert_not_null(arena_try(a, 8, 0));
	arena_free(a);
}

Test(arena, destructors_run_newest_first)
{
	struct trace trace = { .n = 0 };
	struct arena *a = arena_new();
	const char *letters[] = { "a", "b", "c" };

	for (size_t i = 0; i < 3; i++) {
		struct mark *m = arena_alloc(a, 1, sizeof *m);

		*m = (struct mark){ .trace = &trace, .text = arena_text(a, letters[i]) };
		cr_assert_eq(arena_own(a, m, note), m);
	}
	cr_assert_null(arena_own(a, NULL, note));
	arena_free(a);
	cr_assert_str_eq(trace.order, "cba");
}

Test(arena, texts)
{
	struct arena *a = arena_new();

	cr_assert_null(arena_text(a, NULL));
	cr_assert_str_eq(arena_text(a, ""), "");
	cr_assert_str_eq(arena_span(a, "abcdef", 3), "abc");
	cr_assert_str_eq(arena_span(a, NULL, 0), "");
	cr_assert_str_eq(arena_printf(a, "%s-%d-%.2f", "x", 7, 0.5), "x-7-0.50");
	cr_assert_str_eq(arena_printf(a, "%s", ""), "");
	cr_assert_eq(strlen(arena_printf(a, "%*d", 50000, 1)), 50000);
	arena_free(a);
	arena_free(NULL);
}
