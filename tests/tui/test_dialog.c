/* Forms: what each key does, that Enter never presses, errors, scrolling, any size. */
#include "draw_kit.h"

#include "tui/dialog_priv.h"

static const char *const orders[] = { "day first", "month first", "year first", NULL };

static struct dialog_item items[6];

static struct dialog_button buttons[] = {
	{ "Esc", "cancel", NULL, 0, 0 }, { "F2", "sign & approve", NULL, 0, 0 }, { "p", "preview", NULL, 0, 0 },
};

static struct dialog form(void)
{
	items[0] = (struct dialog_item){ .kind = DIALOG_TEXT, .text = "Run 13 becomes champion. Run 12 is kept." };
	items[1] = (struct dialog_item){ .kind = DIALOG_LINE, .text = "error   1.12   1.06   better" };
	items[2] = (struct dialog_item){ .kind = DIALOG_FIELD, .label = "Your name", .text = "differs ✓" };
	items[3] = (struct dialog_item){ .kind = DIALOG_FIELD, .label = "Reason" };
	items[4] = (struct dialog_item){ .kind = DIALOG_CHOICE, .label = "dates are", .choice = orders };
	items[5] = (struct dialog_item){ .kind = DIALOG_TICK, .label = "override the rule" };
	struct dialog d = { .title = "Approve retrain", .item = items, .items = 6, .button = buttons, .buttons = 3 };
	dialog_begin(&d);
	return d;
}

static enum dialog_event keys(struct dialog *d, const char *const *key)
{
	enum dialog_event e = DIALOG_IGNORED;
	for (; *key; key++)
		e = dialog_key(d, *key);
	return e;
}

#define KEYS(d, ...) keys(d, (const char *const[]){ __VA_ARGS__, NULL })

Test(dialog, opens_on_the_first_empty_field)
{
	struct dialog d = form();
	cr_expect_eq(d.at, 2);
	field_set(&items[2].field, "M. Ito");
	dialog_begin(&d);
	cr_expect_eq(d.at, 3);
	dialog_clear(&d);
}

Test(dialog, enter_goes_on_and_presses_only_a_button)
{
	struct dialog d = form();
	for (size_t i = 0; i < 40; i++) {
		bool button = d.at >= d.items;
		cr_expect_eq(dialog_key(&d, "Enter") == DIALOG_PRESSED, button, "step %zu", i);
		if (button)
			dialog_key(&d, "Tab");
	}
	d = form();
	cr_expect_eq(KEYS(&d, "Tab", "Tab", "Tab", "Tab", "Tab"), DIALOG_MOVED);
	cr_expect_eq(dialog_key(&d, "Enter"), DIALOG_PRESSED);
	cr_expect_eq(d.pressed, 1);
	dialog_clear(&d);
}

Test(dialog, keys_of_buttons)
{
	struct dialog d = form();
	cr_expect_eq(dialog_key(&d, "p"), DIALOG_CHANGED, "in a field it is text");
	cr_expect_str_eq(field_text(&items[2].field), "p");
	cr_expect_eq(dialog_key(&d, "F2"), DIALOG_PRESSED);
	cr_expect_eq(d.pressed, 1);
	cr_expect_eq(dialog_key(&d, "Esc"), DIALOG_PRESSED);
	cr_expect_eq(d.pressed, 0);
	KEYS(&d, "Tab", "Tab");
	cr_expect_eq(dialog_key(&d, "p"), DIALOG_PRESSED);
	cr_expect_eq(dialog_key(&d, "x"), DIALOG_IGNORED);
	buttons[1].grey = "no review is open";
	cr_expect_eq(dialog_key(&d, "F2"), DIALOG_MOVED);
	buttons[1].grey = NULL;
	dialog_clear(&d);
}

Test(dialog, choices_and_ticks)
{
	struct dialog d = form();
	dialog_focus(&d, 4);
	cr_expect_eq(dialog_key(&d, "Right"), DIALOG_CHANGED);
	cr_expect_eq(items[4].chosen, 1);
	cr_expect_eq(KEYS(&d, "Left", "Left"), DIALOG_CHANGED);
	cr_expect_eq(items[4].chosen, 2);
	cr_expect_eq(dialog_key(&d, "1"), DIALOG_CHANGED);
	cr_expect_eq(dialog_key(&d, "1"), DIALOG_MOVED);
	cr_expect_eq(items[4].chosen, 0);
	cr_expect_eq(KEYS(&d, "Down", "Space"), DIALOG_CHANGED);
	cr_expect(items[5].ticked);
	dialog_clear(&d);
}

Test(dialog, an_error_goes_when_its_value_changes)
{
	struct dialog d = form();
	struct arena *a = arena_new();
	struct grid  *g = grid_new(a, 80, 24, GLYPHS_UNICODE);
	items[3].error = "at least 10 characters";
	dialog_draw(&d, g);
	cr_expect_drawn(drawn(a, g), "! at least 10 characters");
	KEYS(&d, "Tab", "Left");
	cr_expect_not_null(items[3].error);
	dialog_key(&d, "x");
	cr_expect_null(items[3].error);
	dialog_clear(&d);
	arena_free(a);
}

Test(dialog, is_drawn_whole)
{
	struct dialog d = form();
	struct arena *a = arena_new();
	struct grid  *g = grid_new(a, 60, 16, GLYPHS_ASCII);
	field_set(&items[2].field, "M. Ito");
	dialog_draw(&d, g);
	cr_expect_str_eq(drawn(a, g), "\n\n"
		"+- Approve retrain ----------------------------------------+\n"
		"| Run 13 becomes champion. Run 12 is kept.                 |\n"
		"| error   1.12   1.06   better                             |\n"
		"| Your name  M. Ito___________________________  differs ok |\n"
		"| Reason     _____________________________________________ |\n"
		"| dates are  (*) day first                                 |\n"
		"|            ( ) month first                               |\n"
		"|            ( ) year first                                |\n"
		"| [ ] override the rule                                    |\n"
		"|                                                          |\n"
		"|     [ Esc cancel ]  [ F2 sign & approve ]  [ p preview ] |\n"
		"+----------------------------------------------------------+\n\n\n", "%s", drawn(a, g));
	dialog_clear(&d);
	arena_free(a);
}

Test(dialog, fits_any_size_and_keeps_the_focus_in_sight)
{
	struct arena *a = arena_new();
	for (int i = 0; i < DRAW_SIZES; i++) {
		struct dialog d = form();
		for (int k = 0; k < 12; k++) {
			struct grid *g = grid_new(a, draw_sizes[i][0], draw_sizes[i][1], k % 2 ? GLYPHS_ASCII : GLYPHS_UNICODE);
			int          x, y;
			dialog_draw(&d, g);
			if (draw_sizes[i][0] >= 20 && d.at < d.items) {
				cr_expect(dialog_cursor(&d, &x, &y), "item %zu at %dx%d", d.at, g->width, g->height);
				cr_expect(grid_cell(g, x, y), "cursor on the screen: %d,%d", x, y);
			}
			KEYS(&d, "Tab", "x");
		}
		KEYS(&d, "PgDn", "PgDn", "PgUp", "PgUp", "PgUp");
		dialog_clear(&d);
	}
	arena_free(a);
}
