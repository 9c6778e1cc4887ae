#include "config.h"

#include "store/page.h"

#include <criterion/criterion.h>
#include <string.h>

#include "kit.h"
#include "store/query.h"

static void setup(void)
{
	struct store *s;

	kit_setup();
	s = kit_store();
	kit_rows(s, 100);
	store_close(s);
}

TestSuite(page, .init = setup, .fini = kit_teardown);

static struct page load(struct store *s, const struct page_ask *ask)
{
	struct page p;

	kit_ok(page_load(s, kit_arena(), ask, &p));
	return p;
}

/* The ranks of a page as text. */
static const char *ranks(const struct page *p)
{
	const struct frame_column *c = frame_column(p->frame, "rank");
	const char *t = "";

	for (size_t i = 0; i < p->frame->rows; i++)
		t = arena_printf(kit_arena(), "%s%s%lld", t, i > 0 ? " " : "", (long long)c->i[i]);
	return t;
}

#define RANKS(total_, ranks_, ...)                                                                                          \
	do {                                                                                                                \
		struct page page_ = load(s, &(struct page_ask){ .report = "people", __VA_ARGS__ });                         \
		cr_assert_str_eq(ranks(&page_), ranks_);                                                                    \
		cr_assert_eq(page_.total, total_, "%lld", (long long)page_.total);                                          \
	} while (0)

Test(page, by_key)
{
	struct store *s = kit_reader();

	RANKS(100, "1 2 3", .limit = 3);
	RANKS(100, "91 92", .limit = 2, .offset = 90);
	RANKS(100, "99 100", .limit = 5, .offset = 98);
	RANKS(100, "", .limit = 5, .offset = 100);
	RANKS(100, "", .limit = 0);
	RANKS(100, "100 99", .limit = 2, .sort = "-rank");
	RANKS(100, "2 1", .limit = 5, .offset = 98, .sort = "-rank");
	RANKS(100, "", .limit = 5, .offset = 500, .sort = "-rank");
	RANKS(100, "99 100", .limit = -1, .offset = 98);
	RANKS(4, "1 2 3 4", .limit = -1, .param = (struct page_param[]){ { "below", "5" } }, .params = 1);
	store_close(s);
}

Test(page, sorted)
{
	struct store *s = kit_reader();

	RANKS(100, "100 99", .limit = 2, .sort = "-clv");
	RANKS(100, "10 20 30", .limit = 3, .sort = "p_alive");
	RANKS(100, "100 99", .limit = 2, .sort = "perc");
	RANKS(100, "92 96 100 1 2", .limit = 5, .offset = 22, .sort = "note");
	store_close(s);
}

Test(page, filtered)
{
	struct store *s = kit_reader();

	RANKS(51, "50 51", .limit = 2, .where = "clv>=500");
	RANKS(2, "99 100", .limit = -1, .where = "clv>=990");
	RANKS(2, "2 4", .limit = -1, .where = "country:IE rank<5 | rank:4");
	RANKS(33, "3 6", .limit = 2, .where = "country:?");
	RANKS(67, "1 2", .limit = 2, .where = "country:!?");
	RANKS(66, "2 3", .limit = 2, .where = "!country:UK");
	RANKS(20, "5 10 15", .limit = 3, .where = "m\xc3\xbcLLER");
	RANKS(20, "5 10 15", .limit = 3, .where = "name~\xc3\xbc");
	RANKS(25, "4 8", .limit = 2, .where = "\"\"\"hi\"\"\"");
	RANKS(25, "4 8", .limit = 2, .where = "(100%)" , .columns = NULL);
	RANKS(1, "31", .limit = -1, .where = "last:2011-01-31");
	RANKS(28, "32 33", .limit = 2, .where = "last:2011-02");
	RANKS(1, "7", .limit = -1, .where = "paid:7.99");
	RANKS(5, "1 2 3 4 5", .limit = -1, .where = "top:5%");
	RANKS(3, "98 99 100", .limit = -1, .where = "bottom:3");
	RANKS(50, "1 3", .limit = 2, .where = "is_new:yes");
	RANKS(100, "1", .limit = 1, .where = " ");
	RANKS(-1, "50", .limit = 1, .where = "clv>=500", .uncounted = true);
	RANKS(10, "100 90", .limit = 2, .where = "p:0", .sort = "-rank");
	RANKS(10, "100 99", .limit = 2, .where = "clv>900", .sort = "-clv");
	store_close(s);
}

Test(page, finds_one_row_by_its_key)
{
	struct store *s = kit_reader();

	RANKS(1, "7", .limit = -1, .where = "name:\"Ann 7\"");
	RANKS(1, "7", .limit = 1, .where = "name = \"Ann 7\"", .sort = "-clv");
	RANKS(1, "7", .limit = -1, .where = "name:\"Ann 7\" clv:70");
	RANKS(0, "", .limit = -1, .where = "name:\"Ann 7\" clv:71");
	RANKS(2, "7 8", .limit = -1, .where = "name:(\"Ann 7\", \"Ann 8\", nobody)");
	RANKS(2, "7 50", .limit = -1, .where = "name:\"Ann 7\" | clv:500");
	RANKS(0, "", .limit = -1, .where = "name:nobody");
	RANKS(99, "1 2", .limit = 2, .where = "!name:\"Ann 3\"");
	RANKS(100, "1 2 3", .limit = 3, .where = "name!=nobody");
	RANKS(1, "7", .limit = -1, .where = "name:(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,\"Ann 7\")");
	store_close(s);
}

Test(page, columns_keep_kind_and_unit)
{
	struct store *s = kit_reader();
	struct page p = load(s, &(struct page_ask){ .report = "people", .limit = 1, .columns = "clv, name,p" });

	cr_assert_eq(p.frame->columns, 3);
	cr_assert_str_eq(p.frame->column[0].name, "clv");
	cr_assert_str_eq(p.frame->column[0].kind, "money");
	cr_assert_str_eq(p.frame->column[0].unit, "EUR");
	cr_assert_str_eq(p.frame->column[2].name, "p_alive");
	store_close(s);
}

Test(page, without_a_key)
{
	struct store *s = kit_reader();
	struct page p = load(s, &(struct page_ask){ .report = "loose", .limit = 2, .offset = 1 });

	cr_assert_eq(p.total, 100);
	cr_assert_eq(p.frame->rows, 2);
	cr_assert_str_eq(p.frame->column[0].t[0], "Ann 99");
	p = load(s, &(struct page_ask){ .report = "loose", .limit = 2, .where = "clv<50", .sort = "clv" });
	cr_assert_eq(p.total, 4);
	cr_assert_str_eq(p.frame->column[0].t[1], "Ann 2");
	store_close(s);
}

Test(page, parameters)
{
	struct store *s = kit_reader();
	struct page p = load(s, &(struct page_ask){ .report = "one", .limit = -1,
		.param = (struct page_param[]){ { "rank", "7" }, { "on", "1970-01-02" } }, .params = 2 });
	struct page none;

	cr_assert(p.frame->rows == 1 && p.frame->column[2].i[0] == 1 && p.total == 1);
	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "one" }, &none), RC_USAGE, "STORE-204", "--param rank");
	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "one", .param = (struct page_param[]){ { "rank", "x" } }, .params = 1 },
		&none), RC_USAGE, "STORE-204", "no int: 'x'");
	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "one", .param = (struct page_param[]){ { "rnk", "1" } }, .params = 1 },
		&none), RC_USAGE, "STORE-204", "rnk");
	store_close(s);
}

Test(page, what_is_not_there)
{
	struct store *s = kit_reader();
	struct page p;

	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "poeple" }, &p), RC_USAGE, "STORE-203", "did you mean people?");
	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "../x" }, &p), RC_USAGE, "STORE-203", "no report");
	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "people", .sort = "nme" }, &p), RC_USAGE, "STORE-202", "name");
	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "people", .columns = "name,,clv" }, &p), RC_USAGE, "STORE-202", "''");
	kit_fails(page_load(s, kit_arena(), &(struct page_ask){ .report = "people", .where = "clv>1); DROP TABLE person" }, &p), RC_USAGE,
		"STORE-201", "not opened");
	cr_assert_str_eq(page_report_name(0), "bought");
	cr_assert_str_eq(page_report_name(5), "people");
	cr_assert(page_report_name(6) == NULL);
	store_close(s);
}

struct seen { size_t rows, frames; int64_t sum; };

static enum rc see(void *user, const struct frame *f)
{
	struct seen *seen = user;

	cr_assert(f->rows <= 4096);
	seen->frames++;
	seen->rows += f->rows;
	for (size_t i = 0; i < f->rows; i++)
		seen->sum += f->column[0].i[i];
	return seen->frames == 99 ? RC_CANCELLED : RC_OK;
}

Test(page, streams_in_pieces)
{
	struct store *s = kit_store();
	struct seen seen = { 0 }, stopped = { .frames = 98 };

	kit_ok(query_run(s, "statement/empty", ""));
	kit_rows(s, 10000);
	kit_ok(page_stream(s, &(struct page_ask){ .report = "people", .limit = -1 }, see, &seen));
	cr_assert(seen.rows == 10000 && seen.frames == 3 && seen.sum == 50005000);
	seen = (struct seen){ 0 };
	kit_ok(page_stream(s, &(struct page_ask){ .report = "people", .limit = -1, .where = "rank>5000", .sort = "-clv" }, see, &seen));
	cr_assert(seen.rows == 5000);
	seen = (struct seen){ 0 };
	kit_ok(page_stream(s, &(struct page_ask){ .report = "people", .limit = -1, .where = "rank>50000" }, see, &seen));
	cr_assert(seen.rows == 0 && seen.frames == 1, "an empty report still has its columns");
	cr_assert_eq(page_stream(s, &(struct page_ask){ .report = "people", .limit = -1 }, see, &stopped), RC_CANCELLED);
	store_close(s);
}
