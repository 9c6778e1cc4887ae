/* Two plain overlays: a text to read, and a question with its answers on keys. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"

#define CHOICES_MOST 6

struct text {
	char         *title, *text;
	int           top;   /* the first line shown */
	int           lines; /* of the last draw */
	int           height;
	struct choice choice[CHOICES_MOST]; /* static texts */
	size_t        choices;
	const char   *hint[CHOICES_MOST + 2];
	char          hints[CHOICES_MOST][48];
};

/* A box in the middle, as wide as its longest line needs. */
static struct area place(const struct grid *g, const struct text *t, int *lines)
{
	int w = grid_width(g, t->title) + 8, n = 0;
	for (const char *line = t->text; *line; n++) {
		const char *end = strchr(line, '\n');
		size_t      len = end ? (size_t)(end - line) : strlen(line);
		int         own = (int)str_width(line, len) + 4;
		w = own > w ? own : w;
		line = end ? end + 1 : line + len;
	}
	for (size_t i = 0; i < t->choices; i++) {
		int own = grid_width(g, t->choice[i].label) + 10;
		w = own > w ? own : w;
	}
	n += t->choices ? (int)t->choices + 1 : 0;
	w = w > g->width - 2 ? g->width - 2 : w;
	int h = n + 2 > g->height - 4 ? g->height - 4 : n + 2;
	*lines = n;
	return (struct area){ (g->width - w) / 2, 2 + (g->height - 4 - h) / 2, w, h < 3 ? 3 : h };
}

static void draw_line(const struct text *t, struct grid *g, struct area in, int which)
{
	const char *line = t->text;
	char        buf[1024];
	int         i = 0;
	for (; i < which && *line; i++) {
		const char *end = strchr(line, '\n');
		line = end ? end + 1 : line + strlen(line);
	}
	if (*line) {
		snprintf(buf, sizeof buf, "%.*s", (int)strcspn(line, "\n"), line);
		grid_put(g, in.x, in.y, in.w, buf, STYLE_PLAIN);
		return;
	}
	size_t c = (size_t)(which - (t->lines - (int)t->choices));
	if (which < t->lines - (int)t->choices || c >= t->choices)
		return;
	grid_put(g, in.x, in.y, 6, t->choice[c].key, STYLE_BOLD);
	grid_put(g, in.x + 6, in.y, in.w - 6, t->choice[c].label, STYLE_PLAIN);
}

static void draw(void *state, struct workbench *w, struct grid *g)
{
	struct text *t = state;
	char         foot[48] = "";
	struct area  at = place(g, t, &t->lines);
	(void)w;
	t->height = at.h - 2;
	if (t->top > t->lines - t->height)
		t->top = t->lines - t->height > 0 ? t->lines - t->height : 0;
	if (t->lines > t->height)
		snprintf(foot, sizeof foot, "%d–%d of %d", t->top + 1, t->top + t->height, t->lines);
	grid_clear(g, at);
	struct area in = grid_box(g, at, t->title, *foot ? foot : NULL);
	for (int i = 0; i < in.h; i++)
		draw_line(t, g, (struct area){ in.x, in.y + i, in.w, 1 }, t->top + i);
}

static void scroll(struct text *t, int by)
{
	t->top = t->top + by < 0 ? 0 : t->top + by;
}

static void key(void *state, struct workbench *w, const char *k)
{
	struct text *t = state;
	for (size_t i = 0; i < t->choices; i++)
		if (!strcmp(t->choice[i].key, k)) {
			const char *text = t->choice[i].text;
			overlay_close(w);
			if (*text)
				workbench_do(w, text);
			return;
		}
	if (!strcmp(k, "j") || !strcmp(k, "Down"))
		scroll(t, 1);
	else if (!strcmp(k, "k") || !strcmp(k, "Up"))
		scroll(t, -1);
	else if (!strcmp(k, "PgDn") || !strcmp(k, "^F") || !strcmp(k, "Space"))
		scroll(t, t->height);
	else if (!strcmp(k, "PgUp") || !strcmp(k, "^B"))
		scroll(t, -t->height);
	else if (!strcmp(k, "g") || !strcmp(k, "Home"))
		t->top = 0;
	else if (!strcmp(k, "G") || !strcmp(k, "End"))
		t->top = t->lines;
	else if (!strcmp(k, "Esc") || !strcmp(k, "q") || (!t->choices && !strcmp(k, "Enter")))
		overlay_close(w);
}

static const char *const *hints(void *state)
{
	static const char *const reading[] = { "j k scroll", "Esc close", NULL };
	struct text             *t = state;
	if (!t->choices)
		return reading;
	for (size_t i = 0; i < t->choices; i++) {
		const char *label = t->choice[i].label; /* its first word: the box has the sentence */
		snprintf(t->hints[i], sizeof t->hints[i], "%s %.*s", t->choice[i].key, (int)strcspn(label, " "), label);
		t->hint[i] = t->hints[i];
	}
	return t->hint;
}

static void free_text(void *state)
{
	struct text *t = state;
	free(t->title);
	free(t->text);
	free(t);
}

static const struct overlay_kind kind = { .id = "text", .draw = draw, .key = key, .hints = hints, .free = free_text };

static struct text *text_new(const char *title, const char *text)
{
	struct text *t = mem_new(1, sizeof *t);
	t->title = mem_copy_text(title);
	t->text = mem_copy_text(text);
	return t;
}

void text_open(struct workbench *w, const char *title, const char *text)
{
	overlay_open(w, &kind, text_new(title, text));
}

void choice_open(struct workbench *w, const char *title, const char *question, const struct choice *choice, size_t n)
{
	struct text *t = text_new(title, question);
	t->choices = n < CHOICES_MOST ? n : CHOICES_MOST;
	memcpy(t->choice, choice, t->choices * sizeof *choice);
	overlay_open(w, &kind, t);
}
