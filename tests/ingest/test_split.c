/* Records: the plain loop and libcsv agree on any bytes; quotes that are not sound cost their own line; limits; every cut of the window. */
#include "config.h"

#include "ingest/split.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/rng.h"
#include "base/str.h"

enum { MAX_ROW = 1 << 20 };

static void add_trimmed(struct str *t, struct span f)
{
	while (f.n > 0 && (f.p[f.n - 1] == ' ' || f.p[f.n - 1] == '\t'))
		f.n--;
	while (f.n > 0 && (*f.p == ' ' || *f.p == '\t')) {
		f.p++;
		f.n--;
	}
	str_add_char(t, '[');
	str_add_span(t, f.p, f.n);
	str_add_char(t, ']');
}

static void add_record(struct str *t, const struct record *r)
{
	if (r->flags & RECORD_STRAY)
		str_add(t, "stray ");
	if (r->flags & RECORD_UNCLOSED)
		str_add(t, "unclosed ");
	if (r->flags & RECORD_LONG)
		str_add(t, "long ");
	if (r->flags & RECORD_TAIL)
		str_add(t, "tail ");
	if (r->flags & RECORD_NUL)
		str_add(t, "nul ");
	str_addf(t, "%u/%d:", r->lines, (int)r->end);
	for (uint32_t i = 0; i < r->fields; i++)
		add_trimmed(t, r->field[i]);
	str_add_char(t, '\n');
}

/* All records of a text as lines. slow: through libcsv; step: bytes by which the window grows, 0 for all at once. */
static char *records(const char *text, size_t n, char delimiter, size_t max_row, bool slow, size_t step)
{
	struct splitter *s = split_new(delimiter, max_row);
	struct str out = { 0 };
	size_t at = 0, seen = step == 0 || step > n ? n : step;

	if (slow)
		split_slow(s);
	while (at < n) {
		struct record r;
		bool whole;
		char *window = malloc(seen - at + 1); /* its own memory: a read beyond it is found */

		memcpy(window, text + at, seen - at);
		window[seen - at] = '\n';
		cr_assert_eq(split_next(s, window, seen - at, seen == n, &r, &whole), RC_OK);
		cr_assert(whole || seen < n, "stuck at %zu", at);
		if (whole) {
			cr_assert(r.used > 0 && r.used <= seen - at);
			add_record(&out, &r);
			at += r.used;
		} else {
			seen = seen + step < n ? seen + step : n;
		}
		free(window);
		split_forget(s);
	}
	split_free(s);
	return str_take(&out);
}

static void expect(const char *text, const char *want)
{
	char *got = records(text, strlen(text), ',', MAX_ROW, false, 0);

	cr_expect_str_eq(got, want, "%s\ngives\n%s", text, got);
	free(got);
}

Test(split, by_hand)
{
	expect("a,b\nc,d\n", "1/1:[a][b]\n1/1:[c][d]\n");
	expect("a,b\r\nc,d\r", "1/2:[a][b]\n1/3:[c][d]\n");
	expect("a\rb\nc", "1/3:[a]\n1/1:[b]\n0/0:[c]\n");
	expect("\n\n", "1/1:[]\n1/1:[]\n");
	expect(",,\n", "1/1:[][][]\n");
	expect("\"a,b\",c\n", "1/1:[a,b][c]\n");
	expect("\"a\"\"b\",c\n", "1/1:[a\"b][c]\n");
	expect("\"a\nb\r\nc\",d\n", "3/1:[a\nb\r\nc][d]\n");
	expect(" \"a\" , b \n", "1/1:[a][b]\n");
	expect("\"\"\n", "1/1:[]\n");
	expect("\"\",\"\"\n", "1/1:[][]\n");
	expect("\"a\"", "0/0:[a]\n");
	expect("a,\"b\"\r\n\"c\",d", "1/2:[a][b]\n0/0:[c][d]\n");
}

Test(split, unsound_quotes_cost_their_own_line)
{
	expect("a\"b,c\nd,e\n", "stray 1/1:\n1/1:[d][e]\n");
	expect("\"a\"b,c\nd,e\n", "stray 1/1:\n1/1:[d][e]\n");
	expect("a,\"b\nc,d\ne,f\n", "unclosed 1/1:\n1/1:[c][d]\n1/1:[e][f]\n");
	expect("a,\"b\nc,\"d\"\ne,f\n", "stray 1/1:\n1/1:[c][d]\n1/1:[e][f]\n");
	expect("a,\"b", "unclosed 0/0:\n");
	expect("\"", "unclosed 0/0:\n");
}

Test(split, blanks)
{
	const char *text = "  00001 19970101  1\t11.77 \n\n 00002 x\n";
	char *got = records(text, strlen(text), SPLIT_BLANKS, MAX_ROW, false, 0);

	cr_expect_str_eq(got, "1/1:[00001][19970101][1][11.77]\n1/1:\n1/1:[00002][x]\n");
	free(got);
}

Test(split, a_long_row_comes_in_pieces)
{
	const char *text = "aaaaaaaaaaaaaaaaaaaa,b\nc,d\n";

	for (size_t step = 1; step < 12; step++) {
		char *got = records(text, strlen(text), ',', 8, false, step);

		cr_expect_eq(strncmp(got, "long ", 5), 0, "%zu: %s", step, got);
		cr_expect_not_null(strstr(got, "1/1:[c][d]\n"), "%zu: %s", step, got);
		free(got);
	}
}

/* Random texts of the bytes that matter, both ways, and at every cut of the window. */
Test(split, the_loop_and_libcsv_agree_on_random_texts)
{
	static const char bytes[] = "ab,,\"\"\"\n\n\r \t;\xC3\xA9";
	struct rng g;

	rng_init(&g, 1, "split");
	for (int round = 0; round < 20000; round++) {
		char   text[40];
		size_t n = (size_t)rng_below(&g, sizeof text);

		for (size_t i = 0; i < n; i++)
			text[i] = bytes[rng_below(&g, sizeof bytes)]; /* with the NUL at its end */
		char *fast = records(text, n, ',', MAX_ROW, false, 0), *slow = records(text, n, ',', MAX_ROW, true, 0);
		char *cut = records(text, n, ',', MAX_ROW, false, 1 + (size_t)rng_below(&g, 5));
		struct str shown = { 0 };

		str_add_visible(&shown, text, n);
		cr_assert_str_eq(fast, slow, "%s\nloop:\n%s\nlibcsv:\n%s", shown.s, fast, slow);
		cr_assert_str_eq(fast, cut, "%s\nwhole:\n%s\ncut:\n%s", shown.s, fast, cut);
		str_clear(&shown);
		free(fast);
		free(slow);
		free(cut);
	}
}

/* A walk ends where the record does, in whatever pieces it is given, and knows the same records as sound. */
Test(split, a_walk_and_the_splitter_agree_on_random_texts)
{
	struct rng g;

	rng_init(&g, 3, "split");
	for (int round = 0; round < 20000; round++) {
		char   text[41];
		size_t n = 1 + (size_t)rng_below(&g, 39), at = 0, used;
		struct splitter *s = split_new(',', MAX_ROW);
		struct walk   w = { .lines = 0 };
		struct record r;
		enum walk_end end = WALK_MORE;
		bool whole;

		for (size_t i = 0; i < n; i++)
			text[i] = "ab,,\"\"\"\n\r \t"[rng_below(&g, 11)];
		text[n] = '\n';
		cr_assert_eq(split_next(s, text, n, true, &r, &whole), RC_OK);
		while (end == WALK_MORE && at < n) {
			size_t piece = 1 + (size_t)rng_below(&g, 5);

			end = split_walk(s, &w, text + at, piece < n - at ? piece : n - at, &used);
			at += used;
		}
		bool sound = end == WALK_WHOLE || (end == WALK_MORE && !split_walk_open(&w));

		cr_assert_eq(sound, (r.flags & (RECORD_STRAY | RECORD_UNCLOSED)) == 0, "%.*s", (int)n, text);
		cr_assert(!sound || (at == r.n && w.lines + (r.end != RECORD_OPEN) == r.lines), "%.*s", (int)n, text);
		split_free(s);
	}
}

/* Where records begin, and how many line ends there are: with a limit that most of them exceed, and without one. */
static char *begins(const char *text, size_t n, size_t max_row, size_t step)
{
	struct splitter *s = split_new(',', max_row);
	struct str out = { 0 };
	size_t at = 0, seen = step < n ? step : n, used;
	uint32_t lines = 0;

	split_ahead(s);
	while (at < n) {
		struct record r;
		bool  whole;
		char *window = malloc(seen - at + 1);

		memcpy(window, text + at, seen - at);
		window[seen - at] = '\n';
		cr_assert_eq(split_next(s, window, seen - at, seen == n, &r, &whole), RC_OK);
		if (!whole && (r.flags & RECORD_OVER) != 0) {
			struct walk   w = { .lines = 0 };
			enum walk_end end = split_walk(s, &w, text + at, n - at, &used);

			split_close(s, end == WALK_WHOLE || (end == WALK_MORE && !split_walk_open(&w)), false);
		} else if (!whole) {
			cr_assert_lt(seen, n, "stuck at %zu", at);
			seen = seen + step < n ? seen + step : n;
		} else {
			if ((r.flags & RECORD_TAIL) == 0)
				str_addf(&out, "%zu ", at);
			at += r.used;
			lines += r.lines;
		}
		free(window);
		split_forget(s);
	}
	str_addf(&out, "lines %u", lines);
	split_free(s);
	return str_take(&out);
}

Test(split, records_over_the_limit_begin_and_end_where_they_would_without_it)
{
	struct rng g;

	rng_init(&g, 4, "split");
	for (int round = 0; round < 20000; round++) {
		char   text[60];
		size_t n = 1 + (size_t)rng_below(&g, sizeof text - 1);

		for (size_t i = 0; i < n; i++)
			text[i] = "ab,\"\"\"\n\r "[rng_below(&g, 9)];
		char *want = begins(text, n, MAX_ROW, n), *got = begins(text, n, 6, 1 + (size_t)rng_below(&g, 9));

		struct str shown = { 0 };

		str_add_visible(&shown, text, n);
		cr_assert_str_eq(got, want, "%s\ngives\n%s\nnot\n%s", shown.s, got, want);
		str_clear(&shown);
		free(want);
		free(got);
	}
}

/* Nothing is lost: the bytes of all records are the text. */
Test(split, records_cover_the_text)
{
	struct rng g;

	rng_init(&g, 2, "split");
	for (int round = 0; round < 2000; round++) {
		char   text[200];
		size_t n = 1 + (size_t)rng_below(&g, sizeof text - 1), at = 0;
		struct splitter *s = split_new(',', 16);

		for (size_t i = 0; i + 1 < sizeof text; i++)
			text[i] = "a,\"\n\r"[rng_below(&g, 5)];
		text[n] = '\n';
		while (at < n) {
			struct record r;
			bool whole;

			cr_assert_eq(split_next(s, text + at, n - at, true, &r, &whole), RC_OK);
			cr_assert(whole && r.used > 0 && r.n <= r.used);
			at += r.used;
		}
		cr_assert_eq(at, n);
		split_free(s);
	}
}
