/* Overlays as they look, at two sizes and in both glyph sets, against tests/tui/golden; styles are the second block of each. UPDATE_GOLDEN=1
 * writes the files anew: the difference is then seen where changes are reviewed. */
#include "config.h"

#include "draw_kit.h"

#include <stdlib.h>

#include "base/file.h"
#include "tui/approval_priv.h"
#include "tui/keys_help_priv.h"
#include "tui/menu_priv.h"
#include "tui/sheet_priv.h"

static void compare(const char *name, const struct str *seen)
{
	const char   *top = getenv("top_srcdir");
	struct arena *a = arena_new();
	const char   *path = arena_printf(a, "%s/tests/tui/golden/%s.txt", top ? top : ".", name);
	char         *want = NULL;
	size_t        n = 0;
	if (getenv("UPDATE_GOLDEN")) {
		FILE *f = fopen(path, "wb");
		cr_assert_not_null(f, "%s", path);
		fwrite(seen->s, 1, seen->n, f);
		fclose(f);
	}
	cr_assert_eq(file_read(a, path, 1 << 20, &want, &n), RC_OK, "%s", err_get()->why);
	cr_expect(n == seen->n && !memcmp(want, seen->s, n), "%s is not what was drawn:\n%s", path, seen->s);
	arena_free(a);
}

/* The same state at each size and in each glyph set. */
static void looks(const char *name, void *state, void (*draw)(void *state, struct grid *g))
{
	static const struct { int w, h; enum glyphs glyphs; } forms[] = {
		{ 80, 24, GLYPHS_UNICODE }, { 80, 24, GLYPHS_ASCII }, { 40, 12, GLYPHS_UNICODE }, { 40, 12, GLYPHS_ASCII },
	};
	struct str t = {0};
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct arena *a = arena_new();
		struct grid  *g = grid_new(a, forms[i].w, forms[i].h, forms[i].glyphs);
		draw(state, g);
		str_addf(&t, "== %dx%d %s\n", forms[i].w, forms[i].h, forms[i].glyphs == GLYPHS_ASCII ? "ascii" : "unicode");
		grid_text(g, &t);
		grid_styles(g, &t);
		arena_free(a);
	}
	compare(name, &t);
	str_clear(&t);
}

static struct js *read_js(const char *text)
{
	struct js *js = NULL;
	cr_assert_eq(js_read(text, strlen(text), "js", &js), RC_OK, "%s", err_get()->why);
	return js;
}

static void draw_approval(void *state, struct grid *g)
{
	approval_draw(state, g);
}

Test(overlays, approval)
{
	struct js *review = read_js(
		"{\"review\": 7, \"state\": \"open\", \"run\": 13, \"confirm\": 13, \"reason\": \"recency: median 61 -> 84 days (+38 %)\", \"evidence\": \"c60d\","
		" \"champion\": {\"set\": 12}, \"candidate\": {\"set\": 14, \"models\": [{\"role\": \"purchase\", \"model\": \"bgnbd\"}]},"
		" \"comparison\": {\"same_holdout\": true, \"metrics\": ["
		"{\"model\": \"bgnbd+gg\", \"target\": \"purchases\", \"metric\": \"mae\", \"champion\": 1.12, \"candidate\": 1.06},"
		"{\"model\": \"bgnbd+gg\", \"target\": \"purchases\", \"metric\": \"aggregate_error\", \"champion\": -0.021, \"candidate\": 0.04},"
		"{\"model\": \"bgnbd+gg\", \"target\": \"purchases\", \"metric\": \"gini\", \"champion\": 0.63, \"candidate\": 0.632},"
		"{\"model\": \"last_window\", \"target\": \"purchases\", \"metric\": \"mae\", \"champion\": 1.61, \"candidate\": 1.61}]},"
		" \"approvable\": false, \"obstacle\": \"purchases of later days were imported\"}");
	struct approval *a = approval_new(DECISION_APPROVE, review, "M. Ito");
	looks("approval", a, draw_approval);
	approval_key(a, "F2");
	approval_free(a);
	a = approval_new(DECISION_DEFER, review, "");
	approval_key(a, "F2");
	looks("defer-errors", a, draw_approval);
	approval_free(a);
	js_free(review);
}

static void draw_sheet(void *state, struct grid *g)
{
	sheet_draw(state, g);
}

Test(overlays, sheet)
{
	static const char *const file = "/shop/orders.csv";
	struct sheet            *s = sheet_new(1, &file);
	struct js               *look = read_js(
		"{\"bytes\": 91200000, \"encoding\": \"utf-8\", \"pack\": \"\", \"delimiter\": \",\", \"header\": true, \"rows\": 541900, \"exact\": false, \"error\": null,"
		" \"columns\": [{\"number\": 1, \"name\": \"Customer ID\", \"samples\": [\"17850\", \"13047\"], \"role\": \"customer\", \"parsed\": 0.751},"
		"{\"number\": 2, \"name\": \"InvoiceDate\", \"samples\": [\"01/12/2010 08:26\"], \"role\": \"date\", \"parsed\": 1},"
		"{\"number\": 3, \"name\": \"名前\", \"samples\": [\"東京商店の長い長い長い長い名前\"], \"role\": null, \"parsed\": null},"
		"{\"number\": 4, \"name\": \"Amount\", \"samples\": [\"2.55\", \"-3.39\"], \"role\": \"amount\", \"parsed\": 1}],"
		" \"reading\": {}, \"preview\": {\"rows\": [], \"aside\": [], \"judged\": 1000, \"accepted\": 751, \"set_aside\": 249, \"negative\": 3},"
		" \"doubts\": [{\"id\": \"date-format\", \"question\": \"Which comes first in the dates?\", \"why\": \"two readings: every date fits both\","
		" \"choices\": [{\"label\": \"the day: DD/MM/YYYY\", \"options\": {\"date-format\": \"DD/MM/YYYY\"}},"
		"{\"label\": \"the month: MM/DD/YYYY\", \"options\": {\"date-format\": \"MM/DD/YYYY\"}}]},"
		"{\"id\": \"negative\", \"question\": \"What is a negative amount?\", \"why\": null, \"chosen\": 0,"
		" \"choices\": [{\"label\": \"a refund\", \"options\": {\"negative\": \"refund\"}}, {\"label\": \"a mistake: set the row aside\", \"options\": {\"negative\": \"quarantine\"}}]}]}");
	sheet_show(s, look);
	looks("sheet", s, draw_sheet);
	const char *const *word;
	cr_expect_eq(sheet_key(s, "2"), SHEET_AGAIN);
	cr_assert_eq(sheet_words(s, "import", &word), 4);
	cr_expect_str_eq(word[1], "--date-format");
	cr_expect_str_eq(word[2], "MM/DD/YYYY");
	cr_expect_str_eq(word[3], file);
	js_free(look);
	sheet_free(s);
}

static void draw_menu(void *state, struct grid *g)
{
	menu_draw(state, g);
}

Test(overlays, error_block)
{
	static const struct menu_line lines[] = {
		{ "quotes are not closed: the rest of the file would be one row, and nothing from it was stored", STYLE_PLAIN, false },
		{ "orders.csv, line 88204", STYLE_DIM, true }, { "", 0, true },
		{ "  88204 │ 544398,21259,\"VICTORIAN SEWING BOX,8,2011-02-18 15:16,5.95,17850", STYLE_PLAIN, true },
		{ "                       ^", STYLE_BAD, true },
	};
	static const struct menu_choice ways[] = {
		{ NULL, "read \" as a plain character", NULL, NULL }, { NULL, "set the line aside", NULL, "the file is refused then" }, { "y", "copy this", NULL, NULL },
		{ "Esc", "close", NULL, NULL },
	};
	struct menu m = { .title = "import of orders.csv stopped", .foot = "code CSV-104", .line = lines, .lines = 5, .choice = ways, .choices = 4 };
	looks("error", &m, draw_menu);
}

static void draw_help(void *state, struct grid *g)
{
	help_draw(state, g);
}

Test(overlays, keys)
{
	static const struct help_row rows[] = {
		{ "This screen", "A", "promote the review's candidate, and score with it", "approve" }, { "This screen", "D", "keep the champion", "decline" },
		{ "Everywhere", "j Down", "one row down", "move down" }, { "Everywhere", ": Space", "find any command by its words", "palette" },
		{ "Filter", "clv>500 p<.3", "both must hold", NULL }, { "Filter", "müller  \"two words\"", "in any text column", NULL },
	};
	struct help h = { .arena = arena_new(), .title = "Keys · Drift & review", .row = rows, .rows = sizeof rows / sizeof rows[0] };
	help_begin(&h);
	help_key(&h, "Down");
	looks("keys", &h, draw_help);
	help_end(&h);
}
