/* The form of a decision: what it shows, that only F2 signs, what it checks, the words that it signs with. */
#include "config.h"

#include "draw_kit.h"

#include <stdlib.h>

#include "tui/approval_priv.h"

static const char text[] =
	"{\"review\": 7, \"state\": \"open\", \"run\": 13, \"confirm\": 13, \"reason\": \"recency moved from 61 to 84 days\", \"evidence\": \"c60d\","
	" \"champion\": {\"set\": 12}, \"candidate\": {\"set\": 14, \"models\": [{\"role\": \"purchase\", \"model\": \"bgnbd\"}]},"
	" \"comparison\": {\"same_holdout\": false, \"metrics\": ["
	"{\"model\": \"bgnbd+gg\", \"target\": \"purchases\", \"metric\": \"mae\", \"champion\": 1.12, \"candidate\": 1.06},"
	"{\"model\": \"bgnbd+gg\", \"target\": \"purchases\", \"metric\": \"aggregate_error\", \"champion\": -0.021, \"candidate\": 0.04},"
	"{\"model\": \"bgnbd+gg\", \"target\": \"purchases\", \"metric\": \"gini\", \"champion\": 0.63, \"candidate\": 0.632},"
	"{\"model\": \"last_window\", \"target\": \"purchases\", \"metric\": \"mae\", \"champion\": 1.61, \"candidate\": 1.7},"
	"{\"model\": \"rate\", \"target\": \"purchases\", \"metric\": \"mae\", \"champion\": 1.55, \"candidate\": 1.9}]},"
	" \"approvable\": true, \"obstacle\": null}";

static struct approval *form(enum decision d, const char *name)
{
	struct js *review = NULL;
	setenv("CLV_TEST", "1", 1);
	setenv("CLV_NOW", "2026-11-20T12:00:00Z", 1);
	cr_assert_eq(js_read(text, strlen(text), "review", &review), RC_OK);
	struct approval *a = approval_new(d, review, name);
	js_free(review);
	return a;
}

static void type(struct approval *a, const char *s)
{
	for (; *s; s++)
		cr_assert_eq(approval_key(a, *s == ' ' ? "Space" : (char[]){ *s, 0 }), APPROVAL_MOVED);
}

static const char *shown(struct arena *arena, struct approval *a)
{
	struct grid *g = grid_new(arena, 80, 24, GLYPHS_UNICODE);
	approval_draw(a, g);
	return drawn(arena, g);
}

Test(approval, shows_the_comparison_in_words)
{
	struct arena    *arena = arena_new();
	struct approval *a = form(DECISION_APPROVE, "");
	const char      *t = shown(arena, a);
	cr_expect_drawn(t, "Approve review 7 · run 13");
	cr_expect_drawn(t, "Set 14 becomes champion");
	cr_expect_drawn(t, "+ error a customer     1.12    1.06   better");
	cr_expect_drawn(t, "+ error / naive        0.72    0.62   better");
	cr_expect_drawn(t, "best naive rule: rate, then last_window");
	cr_expect_drawn(t, "! total over actual   -2.1%   +4.0%   worse");
	cr_expect_drawn(t, "= ranking (Gini)       0.63    0.63   same");
	cr_expect_drawn(t, "months of its own");
	cr_expect_drawn(t, "recency moved");
	cr_expect_drawn(t, "Type 13 to confirm");
	cr_expect_drawn(t, "[ Esc cancel ]  [ F2 sign & approve ]");
	approval_free(a);
	arena_free(arena);
}

Test(approval, enter_never_signs_f2_does)
{
	struct approval   *a = form(DECISION_APPROVE, "M. Ito");
	const char *const *word;
	static const char *const want[] = { "approve", "7", "--by", "M. Ito", "--reason", "season in the fourth quarter", "--confirm", "13", "--evidence", "c60d" };
	type(a, "season in the fourth quarter");
	cr_expect_eq(approval_key(a, "Enter"), APPROVAL_MOVED);
	type(a, "13");
	cr_expect_eq(approval_key(a, "Enter"), APPROVAL_MOVED);
	cr_expect_eq(approval_key(a, "F2"), APPROVAL_SIGNED);
	cr_assert_eq(approval_words(a, &word), sizeof want / sizeof want[0]);
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		cr_expect_str_eq(word[i], want[i]);
	approval_wait(a);
	cr_expect_eq(approval_key(a, "Esc"), APPROVAL_MOVED, "what is being signed cannot be called back");
	approval_free(a);
}

Test(approval, the_button_signs_when_tab_reached_it)
{
	struct approval *a = form(DECISION_DECLINE, "M. Ito");
	type(a, "not enough weeks seen");
	approval_key(a, "Tab");
	type(a, "13");
	approval_key(a, "Tab");
	approval_key(a, "Tab");
	cr_expect_eq(approval_key(a, "Space"), APPROVAL_SIGNED);
	approval_free(a);
}

Test(approval, enter_stays_among_the_fields)
{
	struct approval *a = form(DECISION_APPROVE, "M. Ito");
	type(a, "season in the fourth quarter");
	for (int i = 0; i < 9; i++)
		cr_expect_eq(approval_key(a, "Enter"), APPROVAL_MOVED);
	for (int i = 0; i < 3; i++) {
		approval_key(a, "Tab");
		cr_expect_eq(approval_key(a, "Enter"), APPROVAL_MOVED, "not on a button either");
	}
	approval_free(a);
}

Test(approval, leaving_asks_once_when_something_was_typed)
{
	struct arena    *arena = arena_new();
	struct approval *a = form(DECISION_APPROVE, "M. Ito");
	type(a, "season");
	cr_expect_eq(approval_key(a, "Esc"), APPROVAL_MOVED);
	cr_expect_drawn(shown(arena, a), "press Esc again to leave; nothing was written");
	type(a, "al");
	cr_expect_drawn(shown(arena, a), "evidence c60d");
	cr_expect_eq(approval_key(a, "Esc"), APPROVAL_MOVED, "another key between takes the first one back");
	cr_expect_eq(approval_key(a, "Esc"), APPROVAL_CLOSED);
	approval_free(a);
	arena_free(arena);
}

Test(approval, what_is_missing_stands_at_its_field)
{
	struct arena    *arena = arena_new();
	struct approval *a = form(DECISION_DEFER, "");
	cr_expect_eq(approval_key(a, "F2"), APPROVAL_MOVED);
	const char *t = shown(arena, a);
	cr_expect_drawn(t, "needs the name");
	cr_expect_drawn(t, "0 characters");
	cr_expect_drawn(t, "YYYY-MM-DD");
	approval_key(a, "PgDn");
	cr_expect_drawn(shown(arena, a), "type the number of the run under review, 13");
	type(a, "Ada");
	approval_key(a, "Enter");
	type(a, "a b c d e ");
	approval_key(a, "Enter");
	type(a, "2026-11-20");
	approval_key(a, "Enter");
	type(a, "12");
	cr_expect_eq(approval_key(a, "F2"), APPROVAL_MOVED);
	t = shown(arena, a);
	cr_expect_drawn(t, "9 characters");
	cr_expect_drawn(t, "a day after today");
	approval_free(a);
	arena_free(arena);
}

Test(approval, a_refusal_is_told_where_it_belongs)
{
	struct arena    *arena = arena_new();
	struct approval *a = form(DECISION_APPROVE, "Ada");
	struct err       e = { .rc = RC_APPROVAL, .id = "REV-111", .why = "the evidence of review 7 is not what was shown", .todo = "look again" };
	approval_wait(a);
	approval_refused(a, &e);
	cr_expect_drawn(shown(arena, a), "Not signed (REV-111): the evidence of review 7");
	e = (struct err){ .rc = RC_APPROVAL, .id = "REV-104", .why = "the reason has 3 characters" };
	approval_refused(a, &e);
	cr_expect_drawn(shown(arena, a), "! the reason has 3 characters");
	cr_expect_eq(approval_key(a, "Esc"), APPROVAL_CLOSED);
	approval_free(a);
	arena_free(arena);
}

Test(approval, any_size)
{
	struct arena *arena = arena_new();
	for (int i = 0; i < DRAW_SIZES; i++) {
		struct approval *a = form(DECISION_DEFER, "");
		for (int k = 0; k < 8; k++) {
			approval_draw(a, grid_new(arena, draw_sizes[i][0], draw_sizes[i][1], GLYPHS_ASCII));
			approval_key(a, k % 2 ? "Tab" : "F2");
		}
		approval_free(a);
	}
	arena_free(arena);
}
