/* Looking at a file: what each column becomes, which doubts there are, and that each way settles its doubt as import does. */
#include "config.h"

#include "ingest/look.h"

#include "kit.h"

static struct kit k;

static void open(void)
{
	kit_open(&k);
}

static void close_all(void)
{
	kit_close(&k);
}

static struct js *look(const char *text, struct import_ask ask)
{
	struct js  *js = NULL;
	const char *path = kit_file(&k, "look.csv", text, strlen(text));
	ask.path = &path;
	ask.paths = 1;
	ask.on_bad = "quarantine";
	ask.negative = "refund";
	cr_assert_eq(import_look(&k.run, &ask, &js), RC_OK, "%s", err_get()->why);
	return js;
}

static const char *role(const struct js *js, size_t column)
{
	const char *r = js_text_of(js_get(js_at(js_get(js, "columns"), column), "role"));
	return r ? r : "";
}

/* "id: option=value option=value | ..." of doubt i. */
static const char *doubt(const struct js *js, size_t i)
{
	static char      text[400];
	const struct js *d = js_at(js_get(js, "doubts"), i), *ways = js_get(d, "choices");
	size_t           n = (size_t)snprintf(text, sizeof text, "%s:", d ? js_text_of(js_get(d, "id")) : "");
	for (size_t w = 0; w < js_count(ways); w++) {
		const struct js *set = js_get(js_at(ways, w), "options");
		n += (size_t)snprintf(text + n, sizeof text - n, "%s", w ? " |" : "");
		for (size_t s = 0; s < js_count(set); s++)
			n += (size_t)snprintf(text + n, sizeof text - n, " %s=%s", js_key_at(set, s), js_text_of(js_get(set, js_key_at(set, s))));
	}
	return text;
}

Test(look, a_plain_file_has_no_doubts, .init = open, .fini = close_all)
{
	struct js *js = look("customer_id,order_date,revenue,shop\nA,2025-01-01,1.50,x\nB,2025-13-01,2,y\nB,2025-02-01,2,y\n", (struct import_ask){0});
	cr_expect_eq(js_count(js_get(js, "doubts")), 0);
	cr_expect_str_eq(role(js, 0), "customer");
	cr_expect_str_eq(role(js, 1), "date");
	cr_expect_str_eq(role(js, 2), "amount");
	cr_expect_str_eq(role(js, 3), "");
	cr_expect_eq(js_int_of(js_get(js, "rows")), 3);
	cr_expect(js_bool_of(js_get(js, "exact")));
	cr_expect_float_eq(js_real_of(js_get(js_at(js_get(js, "columns"), 1), "parsed")), 2.0 / 3, 1e-12);
	const struct js *p = js_get(js, "preview"), *row = js_at(js_get(p, "rows"), 0), *aside = js_at(js_get(p, "aside"), 0);
	cr_expect_eq(js_int_of(js_get(p, "accepted")), 2);
	cr_expect_str_eq(js_text_of(js_get(row, "amount")), "1.50");
	cr_expect_eq(js_int_of(js_get(aside, "line")), 3);
	cr_expect_str_eq(js_text_of(js_get(aside, "reasons")), "bad-date");
	js_free(js);
}

static const char two_ways[] = "client,when,Price,Qty,Total\nA1,01/02/2025,2.5,2,5.0\nB2,03/04/2025,1,3,9.5\nB2,05/04/2025,1,3,-9.5\n";

Test(look, every_doubt_is_asked_at_once, .init = open, .fini = close_all)
{
	struct js *js = look(two_ways, (struct import_ask){0});
	cr_expect_eq(js_count(js_get(js, "doubts")), 3);
	cr_expect_str_eq(doubt(js, 0), "amount: amount=5 | quantity=4 price=3");
	cr_expect_str_eq(doubt(js, 1), "date-format: date-format=DD/MM/YYYY | date-format=MM/DD/YYYY");
	cr_expect_str_eq(doubt(js, 2), "negative: negative=refund | negative=quarantine | negative=stop");
	js_free(js);
	js = look(two_ways, (struct import_ask){ .quantity = "4", .price = "3", .date_format = "MM/DD/YYYY" });
	cr_expect_eq(js_count(js_get(js, "doubts")), 0);
	cr_expect_str_eq(role(js, 2), "price");
	cr_expect_str_eq(js_text_of(js_get(js_at(js_get(js_get(js, "preview"), "rows"), 0), "day")), "2025-01-02");
	js_free(js);
	cr_expect_eq(kit_import_text(&k, two_ways, &(struct import_ask){ .quantity = "4", .price = "3", .date_format = "MM/DD/YYYY" }), RC_OK, "%s", err_get()->why);
}

static const char *shows(const struct js *js, size_t doubt, size_t way)
{
	const char *t = js_text_of(js_get(js_at(js_get(js_at(js_get(js, "doubts"), doubt), "choices"), way), "shows"));
	return t ? t : "";
}

Test(look, each_way_shows_what_it_would_read, .init = open, .fini = close_all)
{
	struct js *js = look(two_ways, (struct import_ask){0});
	cr_expect_str_eq(shows(js, 0, 0), "5.0, 9.5, -9.5");
	cr_expect_str_eq(shows(js, 0, 1), "2 × 2.5, 3 × 1, 3 × 1");
	cr_expect_str_eq(shows(js, 2, 0), "-9.50 is taken in and lowers what the customer spent");
	cr_expect_str_eq(shows(js, 2, 1), "the row with -9.50 waits for a person, the others count");
	js_free(js);
	js = look("customer,date,pr\xe9is,\x80\nA,2025-01-01,5,6\n", (struct import_ask){0});
	cr_expect_str_eq(doubt(js, 0), "encoding: encoding=windows-1252 | encoding=latin-1");
	cr_expect_str_eq(shows(js, 0, 0), "pr\xc3\xa9is, \xe2\x82\xac");
	cr_expect_str_neq(shows(js, 0, 1), shows(js, 0, 0));
	js_free(js);
}

Test(look, columns_without_a_known_name, .init = open, .fini = close_all)
{
	struct js *js = look("who;day_a;day_b;gadgets\nA;2025-01-01;2025-01-02;1\nB;2025-02-01;2025-02-02;2\n", (struct import_ask){0});
	cr_expect_str_eq(doubt(js, 0), "customer: customer=1 | customer=4");
	cr_expect_str_eq(doubt(js, 1), "date: date=2 | date=3");
	js_free(js);
	js = look("customer,date,order_date,amount\nA,2025-01-01,2025-01-02,1\n", (struct import_ask){0});
	cr_expect_str_eq(doubt(js, 0), "date: date=2 | date=3");
	js_free(js);
}

Test(look, another_encoding_is_a_question, .init = open, .fini = close_all)
{
	struct js *js = look("customer_id,date,stra\xdf" "e,amount\nA,2025-01-01,x,1\n", (struct import_ask){0});
	cr_expect_str_eq(doubt(js, 0), "encoding: encoding=windows-1252 | encoding=latin-1");
	cr_expect_str_eq(js_text_of(js_get(js_at(js_get(js, "columns"), 2), "name")), "straße");
	cr_expect_str_eq(js_text_of(js_get(js, "encoding")), "windows-1252");
	js_free(js);
}

Test(look, what_nothing_settles_is_said, .init = open, .fini = close_all)
{
	static const char *const bad[] = { "customer_id,date,amount\n", "\n\n", "customer_id,frequency\n1,2\n", "customer_id,date\nA,soon\nB,later\n" };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct js *js = look(bad[i], (struct import_ask){0});
		cr_expect_not_null(js_text_of(js_get(js_get(js, "error"), "why")), "file %zu", i);
		cr_expect(js_is_null(js_get(js, "preview")));
		js_free(js);
	}
}
