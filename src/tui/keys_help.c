/* `?`: the keys of this screen and of every screen, made from the table of keys, with the filter language under them. What is typed
 * narrows the list; Enter does what the row under the bar says. */
#include "config.h"

#include "tui/keys_help_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/acts_priv.h"
#include "tui/dialog_priv.h"

enum { WIDTH = 96, KEY_WIDTH = 18, NAME_WIDTH = 18 };

/* --- the list --------------------------------------------------------------------------------- */

static char low(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool holds(const char *text, const char *word, size_t n)
{
	for (; *text; text++) {
		size_t k = 0;
		while (k < n && low(text[k]) == low(word[k]))
			k++;
		if (k == n)
			return true;
	}
	return !n;
}

/* Every word stands in the key, the meaning or the section. A single letter is a key and nothing else. */
static bool fits(const struct help_row *r, const char *query)
{
	if (strlen(query) == 1 && !strcmp(r->key, query))
		return true;
	while (*query) {
		size_t n = strcspn(query, " ");
		if (!holds(r->key, query, n) && !holds(r->about, query, n) && !holds(r->section, query, n))
			return false;
		query += n;
		query += strspn(query, " ");
	}
	return true;
}

static void find(struct help *h)
{
	h->hits = h->at = 0;
	h->first = 0;
	for (size_t i = 0; i < h->rows; i++)
		if (fits(&h->row[i], field_text(&h->field)))
			h->hit[h->hits++] = &h->row[i];
}

void help_begin(struct help *h)
{
	h->hit = arena_alloc(h->arena, h->rows + 1, sizeof *h->hit);
	find(h);
}

void help_end(struct help *h)
{
	field_clear(&h->field);
	arena_free(h->arena);
}

static enum help_event move(struct help *h, long by)
{
	long at = (long)h->at + by, last = (long)h->hits - 1;
	h->at = last < 0 || at < 0 ? 0 : (size_t)(at > last ? last : at);
	return HELP_MOVED;
}

enum help_event help_key(struct help *h, const char *key)
{
	if (!strcmp(key, "Esc") && h->field.text.n) {
		field_set(&h->field, "");
		find(h);
		return HELP_MOVED;
	}
	if (!strcmp(key, "Esc"))
		return HELP_CLOSED;
	if (!strcmp(key, "Enter"))
		return h->at < h->hits && h->hit[h->at]->text ? HELP_RUN : HELP_MOVED;
	if (!strcmp(key, "Down") || !strcmp(key, "Up"))
		return move(h, *key == 'D' ? 1 : -1);
	if (!strcmp(key, "PgDn") || !strcmp(key, "PgUp"))
		return move(h, key[2] == 'D' ? h->shown : -h->shown);
	if (!field_key(&h->field, key))
		return HELP_IGNORED;
	find(h);
	return HELP_MOVED;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* Lines of the list: a section's name stands above its first row, an empty line before it. */
static int line_of(const struct help *h, size_t hit)
{
	int line = 0;
	for (size_t i = 0; i <= hit && i < h->hits; i++) {
		bool begins = !i || strcmp(h->hit[i]->section, h->hit[i - 1]->section) != 0;
		line += begins ? i ? 3 : 2 : 1;
	}
	return line - 1;
}

static void draw_line(const struct help *h, struct grid *g, struct area at, size_t hit)
{
	const struct help_row *r = h->hit[hit];
	int                    key = at.w < 50 ? 12 : r->text ? KEY_WIDTH - 4 : KEY_WIDTH + 4, y = at.y + line_of(h, hit) - h->first;
	bool                   begins = !hit || strcmp(r->section, h->hit[hit - 1]->section) != 0;
	if (begins && y - 1 >= at.y && y - 1 < at.y + at.h)
		grid_put(g, at.x, y - 1, at.w, r->section, STYLE_BOLD);
	if (y < at.y || y >= at.y + at.h)
		return;
	grid_put(g, at.x + 1, y, key - 2, r->key, STYLE_BOLD);
	int name = r->text && at.w >= 60 ? NAME_WIDTH : 0;
	if (name)
		grid_put(g, at.x + key, y, name - 2, r->text, STYLE_DIM);
	grid_put(g, at.x + key + name, y, at.w - key - name, r->about, STYLE_PLAIN);
	if (hit == h->at)
		grid_style(g, (struct area){ at.x, y, at.w, 1 }, STYLE_REVERSE);
}

void help_draw(struct help *h, struct grid *g)
{
	struct area in = dialog_box(g, WIDTH, g->height, h->title, "type to search");
	int         lines = h->hits ? line_of(h, h->hits - 1) + 1 : 1, here = h->hits ? line_of(h, h->at) : 0;
	int         used = grid_put(g, in.x, in.y, in.w, "find ", STYLE_DIM);
	h->cursor_x = field_draw(&h->field, g, in.x + used, in.y, in.w - used, true);
	h->cursor_y = in.y;
	struct area list = { in.x, in.y + 1, in.w, in.h > 1 ? in.h - 1 : 0 };
	h->shown = list.h > 1 ? list.h : 1;
	if (here < h->first + 1)
		h->first = here - 1;
	if (here >= h->first + h->shown)
		h->first = here - h->shown + 1;
	h->first = h->first > lines - h->shown ? lines - h->shown : h->first;
	h->first = h->first < 0 ? 0 : h->first;
	for (size_t i = 0; i < h->hits; i++)
		draw_line(h, g, list, i);
	if (!h->hits && list.h > 0)
		grid_put(g, list.x + 1, list.y, list.w - 1, "no key is about that", STYLE_DIM);
}

/* --- the rows of a pane ----------------------------------------------------------------------- */

/* What both the table and --where take. */
static const struct { const char *example, *about; } language[] = {
	{ "clv>500 p<.3", "both must hold" },
	{ "a | b   !a", "or; not; parentheses group" },
	{ "clv:100..500", "from, to" },
	{ "cluster:4", "equals; = is the same" },
	{ "name~ann", "contains, in any case" },
	{ "country:(UK,IE)", "any of these" },
	{ "last<-90d", "more than 90 days before the as-of day; d, w, mo" },
	{ "note:?   note:!?", "is missing; is not" },
	{ "top:10%  bottom:100", "the best tenth, the last hundred" },
	{ "müller  \"two words\"", "in any text column" },
};

enum { LANGUAGE = sizeof language / sizeof language[0] };

static const char *about_of(struct arena *a, const char *text)
{
	size_t                n = strcspn(text, " ");
	const char           *name = arena_span(a, text, n);
	const struct act     *act = act_find(name);
	const struct command *c = act ? NULL : command_find(name);
	const struct pane    *p = !strcmp(name, "pane") && text[n] ? pane_find(text + n + 1) : NULL;
	if (p)
		return arena_printf(a, "go to %s", p->title);
	for (const struct act_word *k = act && text[n] ? act->word : NULL; k && k->arg; k++)
		if (!strcmp(k->arg, text + n + 1))
			return k->about;
	return act ? act->about : c ? c->about : text;
}

static struct help_row *find_text(struct help_row *row, size_t rows, const char *text)
{
	for (size_t i = 0; i < rows; i++)
		if (row[i].text && !strcmp(row[i].text, text))
			return &row[i];
	return NULL;
}

static void add_keys(struct help *h, struct help_row *row, const struct pane *p, bool own)
{
	for (size_t i = 0; i < keys_count; i++) {
		const struct key *k = &keys[i];
		if ((own ? strcmp(k->pane, p->id) : *k->pane) || key_find(p, k->key) != k)
			continue;
		struct help_row *same = find_text(row, h->rows, k->text);
		if (same) { /* two keys, one meaning */
			same->key = arena_printf(h->arena, "%s %s", same->key, k->key);
			continue;
		}
		row[h->rows++] = (struct help_row){ own ? "This screen" : "Everywhere", k->key, about_of(h->arena, k->text), k->text };
	}
}

static void fill(struct help *h, const struct pane *p)
{
	struct help_row *row = arena_alloc(h->arena, keys_count + LANGUAGE, sizeof *row);
	h->title = arena_printf(h->arena, "Keys · %s", p->title);
	add_keys(h, row, p, true);
	add_keys(h, row, p, false);
	for (size_t i = 0; i < LANGUAGE; i++)
		row[h->rows++] = (struct help_row){ "Filter", language[i].example, language[i].about, NULL };
	h->row = row;
}

/* --- the overlay ------------------------------------------------------------------------------ */

static void draw(void *state, struct workbench *w, struct grid *g)
{
	(void)w;
	help_draw(state, g);
}

static void key(void *state, struct workbench *w, const char *k)
{
	struct help    *h = state;
	enum help_event e = help_key(h, k);
	if (e == HELP_CLOSED || e == HELP_RUN)
		overlay_close(w);
	if (e == HELP_RUN)
		workbench_do(w, h->hit[h->at]->text);
}

static bool cursor(void *state, int *x, int *y)
{
	*x = ((struct help *)state)->cursor_x;
	*y = ((struct help *)state)->cursor_y;
	return true;
}

static const char *const *hints(void *state)
{
	static const char *const list[] = { "Enter do it", "type to search", "PgDn more", "Esc close", NULL };
	(void)state;
	return list;
}

static void free_help(void *state)
{
	help_end(state);
	free(state);
}

static const struct overlay_kind help_kind = { .id = "keys", .draw = draw, .key = key, .cursor = cursor, .hints = hints, .free = free_help };

static void run_keys(struct workbench *w, size_t argc, const char *const *argv)
{
	struct help *h = mem_new(1, sizeof *h);
	(void)argc;
	(void)argv;
	h->arena = arena_new();
	fill(h, workbench_pane(w));
	help_begin(h);
	overlay_open(w, &help_kind, h);
}

const struct act act_keys = { .name = "keys", .args = "", .about = "the keys of this screen, and the filter language", .run = run_keys };
