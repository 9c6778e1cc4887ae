/* A number from a store as the program reads it: views that other programs cannot read, too. */
#ifndef CLV_TESTS_ASKED_H
#define CLV_TESTS_ASKED_H

#include <criterion/criterion.h>

#include "base/arena.h"
#include "base/rc.h"
#include "store/query.h"

/* First cell of the first row; -1 without one. */
static inline long long asked_int(const char *path, const char *sql)
{
	struct arena *a = arena_new();
	struct store *s = NULL;
	struct frame *f = NULL;
	bool          more;
	cr_assert_eq(store_open(path, STORE_READ, &s), RC_OK, "%s", err_get()->why);
	cr_assert_eq(query_frame_typed(s, a, sql, 1, &f, &more), RC_OK, "%s: %s", sql, err_get()->why);
	long long v = f->rows > 0 && f->column[0].i[0] != FRAME_INT_MISSING ? f->column[0].i[0] : -1;
	store_close(s);
	arena_free(a);
	return v;
}

#endif
