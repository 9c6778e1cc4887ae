#include "config.h"

#include "store/list.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/rng.h"
#include "kit.h"
#include "store/append.h"
#include "store/order_priv.h"
#include "store/query.h"
#include "store/store_priv.h"

enum { BUYERS = 600 };

/* Buyers in an order of their own, with many equal and missing values. */
static void fill(struct store *s)
{
	static int64_t rank = 1, code, buyer[BUYERS], days[BUYERS], big[BUYERS];
	static double clv[BUYERS];
	static const char *tier[BUYERS], *name[BUYERS], *note[BUYERS];
	static const char *const tiers[] = { "Top 1 %", "Top 5 %", "", "Others", "Others, far away", "Others, far" };
	struct append_column order[] = {
		{ "rank", APPEND_SEQUENCE, &rank, NULL }, { "buyer", APPEND_I64, buyer, NULL }, { "tier", APPEND_TEXT, tier, NULL },
	};
	struct append_column score[] = {
		{ "buyer", APPEND_SEQUENCE, &code, NULL }, { "clv", APPEND_F64, clv, NULL }, { "days", APPEND_I64, days, NULL },
		{ "big", APPEND_I64, big, NULL },
	};
	struct append_column names[] = {
		{ "buyer", APPEND_SEQUENCE, &code, NULL }, { "name", APPEND_TEXT, name, NULL }, { "note", APPEND_TEXT, note, NULL },
	};
	struct rng r;

	rng_init(&r, 7, "buyers");
	for (int i = 0; i < BUYERS; i++) {
		uint64_t u = rng_below(&r, 1000000);

		buyer[i] = (i * 7 + 3) % BUYERS;
		tier[i] = tiers[u % 6];
		clv[i] = u % 11 == 0 ? (double)NAN : u % 5 == 0 ? 0 : u % 7 == 0 ? -0.0 : ((double)rng_below(&r, 100000) - 30000) / 7;
		days[i] = u % 13 == 0 ? INT64_MIN : (int64_t)rng_below(&r, 40) - 5;
		big[i] = (int64_t)rng_next(&r);
		name[i] = u % 17 == 0 ? NULL : arena_printf(kit_arena(), u % 3 == 0 ? "Jos\xc3\xa9 \"%d\"" : "C%07d", i * 31 % 601);
		note[i] = u % 2 == 0 ? NULL : u % 10 == 1 ? "" : arena_printf(kit_arena(), "a long note, number %d", (int)(u % 90));
	}
	kit_ok(store_begin(s));
	kit_ok(store_append(s, "buyer_order", order, 3, BUYERS));
	kit_ok(store_append(s, "buyer_score", score, 4, BUYERS));
	kit_ok(store_append(s, "buyer_name", names, 3, BUYERS));
	kit_ok(store_commit(s));
}

static void setup(void)
{
	struct store *s;

	kit_setup();
	s = kit_store();
	fill(s);
	store_close(s);
}

TestSuite(list, .init = setup, .fini = kit_teardown);

static const char *const filters[] = {
	NULL, " ", "clv>500", "clv>500 days<20", "clv>500 | tier~far", "!clv>500", "!(clv>0 days>3)", "tier:Others", "tier:(\"Others, far\",\"Top 5 %\")",
	"note:?", "note:!? clv:?", "jos", "\"FAR\" | 12", "top:10%", "bottom:300 clv<0", "top:50 | days:3", "name:C0000031", "name:C0000031 | clv<-900",
	"!name:C0000031", "clv>500 (days<3 | !tier~top) name!=C0000062", "rank:100..400 share>30%", "days<0", "clv>1e9", "big>0 share:?",
	"(clv>0 | days>3) (tier:Others | note~7)", "!(note~7 | clv>2k | tier~top)", "odd:?", "clv:0",
};

static const char *const sorts[] = { NULL, "", "rank", "-rank", "name", "-name", "note", "-note", "tier", "-tier", "share", "-share", "clv", "-clv",
	"days", "-days", "big", "-big", "odd", "-odd" };

static struct list *make(struct store *s, const char *report, const char *where, const char *sort)
{
	struct list *l = NULL;

	kit_ok(list_make(s, &(struct page_ask){ .report = report, .where = where, .sort = sort, .limit = 3, .columns = "rank" }, &l));
	return l;
}

static void same_frames(const struct frame *a, const struct frame *b)
{
	cr_assert_eq(a->rows, b->rows, "%zu rows, not %zu", a->rows, b->rows);
	cr_assert_eq(a->columns, b->columns);
	for (size_t j = 0; j < a->columns; j++) {
		const struct frame_column *c = &a->column[j], *d = &b->column[j];

		cr_assert_str_eq(c->name, d->name);
		cr_assert_str_eq(c->kind, d->kind);
		cr_assert_str_eq(c->unit, d->unit);
		for (size_t i = 0; i < a->rows; i++) {
			cr_assert_eq(frame_missing(c, i), frame_missing(d, i));
			if (frame_missing(c, i))
				continue;
			cr_assert_eq(c->type, d->type);
			cr_assert(c->type == CELL_TEXT ? strcmp(c->t[i], d->t[i]) == 0 : c->type == CELL_INT ? c->i[i] == d->i[i] : c->r[i] == d->r[i],
				"row %zu of %s", i, c->name);
		}
	}
}

/* Lists and statements must say the same of every filter and sort. */
static void agree_on(struct store *s, const char *report, const char *columns, const char *where, const char *sort)
{
	struct page_ask ask = { .report = report, .where = where, .sort = sort, .columns = columns, .limit = -1 };
	struct arena *a = arena_new();
	struct list *l = make(s, report, where, sort);
	struct page want, got;

	kit_ok(page_load(s, a, &ask, &want));
	kit_ok(list_page(s, a, l, columns, 0, -1, &got));
	cr_assert_eq(got.total, want.total, "%s by %s: %lld, not %lld", where, sort, (long long)got.total, (long long)want.total);
	cr_assert_eq(list_rows(l), want.total);
	cr_assert_eq(list_all(l), BUYERS);
	same_frames(got.frame, want.frame);
	kit_ok(list_page(s, a, l, columns, 40, 5, &got));
	ask.offset = 40;
	ask.limit = 5;
	kit_ok(page_load(s, a, &ask, &want));
	same_frames(got.frame, want.frame);
	kit_ok(list_load(s, a, &ask, &got));
	same_frames(got.frame, want.frame);
	cr_assert_eq(got.total, want.total);
	list_free(l);
	arena_free(a);
}

static void agrees(const char *report, const char *columns, bool keyed)
{
	struct store *s = kit_reader();

	for (size_t f = 0; f < sizeof filters / sizeof filters[0]; f++)
		for (size_t o = 0; o < sizeof sorts / sizeof sorts[0]; o++)
			if (keyed || filters[f] == NULL || (strncmp(filters[f], "top:", 4) != 0 && strncmp(filters[f], "bottom:", 7) != 0))
				agree_on(s, report, columns, filters[f], sorts[o]);
	store_close(s);
}

Test(list, goes_by_the_views)
{
	static const struct { const char *report, *where, *sort; bool goes; } ask[] = {
		{ "buyers", NULL, "clv", true }, { "buyers", "clv>500 | tier~far", NULL, true }, { "buyers", NULL, NULL, false },
		{ "buyers", "name:C0000031", "clv", false }, { "buyers", "top:5", NULL, false }, { "bought", NULL, "clv", false },
		{ "buyers", "name:C0000031 | name~7", NULL, true },
	};

	for (size_t i = 0; i < sizeof ask / sizeof ask[0]; i++) {
		struct store *s = kit_reader();

		list_free(make(s, ask[i].report, ask[i].where, ask[i].sort));
		cr_assert_eq(s->base != NULL, ask[i].goes, "%s %s", ask[i].report, ask[i].where);
		store_close(s);
	}
}

/* A stable sort leaves no two neighbours out of order, equal ones in the order of their rows. */
static void check_sorted(size_t n, uint64_t values, int shift)
{
	struct order_item *item = arena_alloc(kit_arena(), n, sizeof *item), *spare = arena_alloc(kit_arena(), n, sizeof *spare);
	struct rng r;
	uint64_t sum = 0;

	rng_init(&r, n, "order");
	for (size_t i = 0; i < n; i++) {
		item[i] = (struct order_item){ .image = (values > 0 ? rng_below(&r, values) : rng_next(&r)) << shift, .row = (uint32_t)i };
		sum += item[i].image * (item[i].row + 1);
	}
	order_items(item, spare, n);
	for (size_t i = 0; i < n; i++) {
		sum -= item[i].image * (item[i].row + 1);
		cr_assert(i == 0 || item[i - 1].image < item[i].image || (item[i - 1].image == item[i].image && item[i - 1].row < item[i].row));
	}
	cr_assert_eq(sum, 0);
}

Test(list, sorts)
{
	check_sorted(0, 0, 0);
	check_sorted(1, 0, 0);
	check_sorted(11, 0, 0);
	check_sorted(1000, 50, 3);
	check_sorted(100000, 0, 0);
	check_sorted(100000, 300, 40);
	check_sorted(5000, 1, 0);
}

Test(list, sorts_what_is_sorted_the_other_way)
{
	struct order_item item[] = { { 9, 1 }, { 9, 2 }, { 7, 3 }, { 5, 4 }, { 5, 5 }, { 5, 6 }, { 0, 7 } }, spare[7];
	static const uint32_t want[] = { 7, 4, 5, 6, 3, 1, 2 };

	order_items(item, spare, 7);
	for (size_t i = 0; i < 7; i++)
		cr_assert_eq(item[i].row, want[i]);
}

Test(list, by_parts)
{
	agrees("buyers", "name,rank", true);
}

Test(list, by_statement)
{
	agrees("bought", "rank,clv,tier", true);
}

Test(list, without_page_key)
{
	agrees("heap", NULL, false);
}

Test(list, places)
{
	static const char *const reports[] = { "buyers", "bought", "heap" };
	struct store *s = kit_reader();

	for (size_t i = 0; i < 3; i++)
		for (size_t o = 0; o < 4; o++) {
			struct list *l = make(s, reports[i], o % 2 == 0 ? "clv>0" : NULL, o < 2 ? NULL : "-clv");
			int64_t n = list_rows(l);

			for (int64_t p = 0; p < n; p += 37)
				cr_assert_eq(list_place(l, list_key(l, p)), p);
			cr_assert_eq(list_key(l, -1), -1);
			cr_assert_eq(list_key(l, n), -1);
			cr_assert_eq(list_place(l, 0), -1);
			cr_assert_eq(list_place(l, BUYERS + 1), -1);
			list_free(l);
		}
	store_close(s);
}

/* Every hit, from place to place, once around; and the same backwards. */
static void walk(const struct list *l, const int64_t *want, int64_t n)
{
	struct list_hit h = { .place = -1 };

	for (int64_t i = 0; i <= n; i++) {
		cr_assert(list_find(l, h.place + 1, false, &h));
		cr_assert_eq(h.place, want[i % n]);
		cr_assert_eq(h.nth, i % n + 1);
		cr_assert_eq(h.of, n);
	}
	cr_assert(list_find(l, h.place, false, &h));
	cr_assert_eq(h.nth, 1);
	for (int64_t i = n; i-- > 0;) {
		cr_assert(list_find(l, h.place - 1, true, &h));
		cr_assert_eq(h.place, want[i]);
		cr_assert_eq(h.nth, i + 1);
	}
}

Test(list, searches)
{
	static const struct { const char *column, *text; } search[] = {
		{ "name", "\"3" }, { "name", "c00000" }, { NULL, "FAR" }, { "note", "7" }, { "no", "9" }, { "name", "JOS\xc3\x89" },
	};
	static const char *const reports[] = { "buyers", "bought", "heap" };
	struct store *s = kit_reader();

	for (size_t i = 0; i < 3 * sizeof search / sizeof search[0]; i++) {
		const char *column = search[i / 3].column, *text = search[i / 3].text;
		struct list *l = make(s, reports[i % 3], "days>3", i % 2 == 0 ? "-clv" : NULL);
		static int64_t want[BUYERS];
		struct list_hit h;
		struct page p;
		int64_t n = 0;

		kit_ok(list_page(s, kit_arena(), l, column != NULL ? column : "tier", 0, -1, &p));
		for (size_t row = 0; row < p.frame->rows; row++) {
			const char *t = p.frame->column[0].t[row], *part = strcmp(text, "c00000") == 0 ? "C00000" : strcmp(text, "FAR") == 0 ? "far" : text;

			if (strncmp(text, "JOS", 3) == 0)
				part = "Jos\xc3\xa9";
			if (t != NULL && strstr(t, part) != NULL)
				want[n++] = (int64_t)row;
		}
		cr_assert(n > 0, "%s", text);
		cr_assert(!list_find(l, 0, false, &h));
		kit_ok(list_search(s, l, column, text));
		walk(l, want, n);
		kit_ok(list_search(s, l, NULL, ""));
		cr_assert(!list_find(l, 0, false, &h));
		kit_fails(list_search(s, l, "nmae", "x"), RC_USAGE, "STORE-202", "nmae");
		list_free(l);
	}
	store_close(s);
}

Test(list, of_a_store_that_changes)
{
	struct store *w = kit_store(), *s = kit_reader(), *other = kit_reader();
	struct list *l = make(s, "buyers", NULL, "-clv"), *plain = make(s, "heap", NULL, NULL);
	bool current;
	struct page p;

	kit_ok(list_current(s, l, &current));
	cr_assert(current);
	kit_ok(list_current(other, l, &current)); /* by its state */
	cr_assert(current);
	kit_ok(list_current(s, plain, &current));
	cr_assert(current);
	kit_ok(list_current(other, plain, &current));
	cr_assert(!current);
	kit_ok(query_run(w, "statement/insert", "itrt", (int64_t)1, "x", 1.0, NULL)); /* another table */
	kit_ok(list_current(s, l, &current));
	cr_assert(current);
	kit_ok(list_current(s, plain, &current));
	cr_assert(!current);
	kit_ok(query_run(w, "statement/buyer_drop", "i", list_key(l, 7)));
	kit_fails(list_page(s, kit_arena(), l, NULL, 5, 5, &p), RC_DATA, "STORE-205", "no longer there");
	kit_ok(query_run(w, "statement/buyer_less", ""));
	kit_ok(list_current(s, l, &current));
	cr_assert(!current);
	kit_fails(list_search(s, l, NULL, "x"), RC_DATA, "STORE-205", "has changed");
	kit_ok(list_page(s, kit_arena(), plain, "clv,tier", 5, 5, &p));
	cr_assert_eq(p.frame->rows, 5);
	list_free(l);
	list_free(plain);
	store_close(other);
	store_close(s);
	store_close(w);
}

Test(list, errors)
{
	struct store *s = kit_reader();
	struct list *l = (struct list *)&s;
	atomic_bool flag = true;

	kit_fails(list_make(s, &(struct page_ask){ .report = "byers" }, &l), RC_USAGE, "STORE-203", "buyers");
	cr_assert_null(l);
	kit_fails(list_make(s, &(struct page_ask){ .report = "buyers", .where = "clw>3" }, &l), RC_USAGE, "STORE-202", "clv");
	kit_fails(list_make(s, &(struct page_ask){ .report = "buyers", .sort = "-x" }, &l), RC_USAGE, "STORE-202", "'x'");
	kit_fails(list_make(s, &(struct page_ask){ .report = "one" }, &l), RC_USAGE, "STORE-204", "--param rank");
	store_watch(s, &flag);
	cr_assert_eq(list_make(s, &(struct page_ask){ .report = "buyers", .sort = "clv" }, &l), RC_CANCELLED);
	store_watch(s, NULL);
	store_close(s);
	list_free(NULL);
}
