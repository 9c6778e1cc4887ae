/* The palette's state: what fits the words typed, which of it Enter will run, and the arguments that it still needs. Runs nothing. */
#include "config.h"

#include "tui/palette_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/dialog_priv.h"

enum { WIDTH = 68, ROWS = 12, WORD_MOST = 32, TEXT_MOST = 96 };

/* --- how well words fit ----------------------------------------------------------------------- */

static char low(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(const char *text, size_t i)
{
	return !i || text[i - 1] == ' ' || text[i - 1] == '-' || text[i - 1] == '_' || text[i - 1] == ':';
}

/* The best way to find word[0..n) in text in order: best[k] is the score of a way whose last letter is text[k], 0 for none. */
static int subsequence(const char *text, const char *word, size_t n)
{
	int    best[TEXT_MOST] = {0}, next[TEXT_MOST], most = 0;
	size_t m = strlen(text) < TEXT_MOST ? strlen(text) : TEXT_MOST;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < m; k++) {
			int before = i ? 0 : 1;
			for (size_t j = 0; i && j < k; j++) {
				int way = best[j] ? best[j] + (j + 1 == k ? 6 : 0) : 0;
				before = way > before ? way : before;
			}
			next[k] = before && low(text[k]) == low(word[i]) ? before + 1 + (begins(text, k) ? 8 : 0) + (k ? 0 : 4) : 0;
		}
		memcpy(best, next, m * sizeof *best);
	}
	for (size_t k = 0; k < m; k++)
		most = best[k] > most ? best[k] : most;
	return most;
}

static bool begins_a_word(const char *text, const char *word, size_t n)
{
	for (size_t i = 0; text[i]; i++) {
		size_t k = 0;
		while (begins(text, i) && k < n && low(text[i + k]) == low(word[k]))
			k++;
		if (k == n)
			return true;
	}
	return false;
}

static int word_score(const struct palette_entry *e, const char *word, size_t n)
{
	int score = subsequence(e->text, word, n < WORD_MOST ? n : WORD_MOST);
	if (n > 1 && begins_a_word(e->about, word, n))
		score = score > 3 ? score : 3;
	if (n == strlen(e->key) && !strncmp(e->key, word, n))
		score += 200;
	return score;
}

int palette_score(const struct palette_entry *e, const char *query)
{
	int total = 1;
	while (*query) {
		size_t n = strcspn(query, " ");
		int    score = n ? word_score(e, query, n) : 0;
		if (n && !score)
			return 0;
		total += score;
		query += n;
		query += strspn(query, " ");
	}
	return total;
}

/* --- what fits -------------------------------------------------------------------------------- */

/* Lines run before count as far as they are recent. */
static int recent(const struct palette *p, const struct palette_entry *e)
{
	size_t n = p->history ? p->history->n : 0;
	for (size_t i = n; i-- > 0;) {
		size_t k = strlen(e->text);
		if (!strncmp(p->history->line[i], e->text, k) && (p->history->line[i][k] == ' ' || !p->history->line[i][k]))
			return 1 + (int)(n - i < 30 ? 30 - (n - i) : 0);
	}
	return 0;
}

/* "show totals": a command and what it is to be done with. */
static const struct palette_entry *typed_line(struct palette *p)
{
	const char *line = field_text(&p->field);
	size_t      n = strcspn(line, " ");
	if (!n || !line[n + (line[n] == ' ')])
		return NULL;
	for (size_t i = 0; i < p->entries; i++)
		if (strlen(p->entry[i].text) == n && !strncmp(p->entry[i].text, line, n) && (p->entry[i].most || line[n + 1] == '-')) {
			p->typed = p->entry[i];
			p->typed.text = line;
			p->typed.args = "";
			p->typed.needed = 0;
			p->typed.key = "";
			return &p->typed;
		}
	return NULL;
}

static void find(struct palette *p)
{
	int                        *score = mem_new(p->entries + 2, sizeof *score);
	const struct palette_entry *line = typed_line(p);
	p->hits = p->at = p->first = 0;
	if (line)
		p->hit[p->hits++] = line;
	for (size_t i = 0; i < p->entries; i++) {
		int s = palette_score(&p->entry[i], field_text(&p->field)), r = recent(p, &p->entry[i]);
		if (!s || (line && !strcmp(line->text, p->entry[i].text)))
			continue;
		s += r;
		size_t at = p->hits++;
		for (; at > (line ? 1u : 0u) && score[at - 1] < s; at--) {
			p->hit[at] = p->hit[at - 1];
			score[at] = score[at - 1];
		}
		p->hit[at] = &p->entry[i];
		score[at] = s;
	}
	free(score);
}

const struct palette_entry *palette_at(const struct palette *p)
{
	return p->asking ? p->asking : p->at < p->hits ? p->hit[p->at] : NULL;
}

/* --- arguments -------------------------------------------------------------------------------- */

/* The name of argument `given` of "ID NAME..."; the last one goes on. */
static void argument_name(const struct palette *p, char out[40])
{
	const char *a = p->asking->args;
	size_t      n = strcspn(a, " ");
	for (size_t i = 0; i < p->given && a[n]; i++) {
		a += n + 1;
		n = strcspn(a, " ");
	}
	snprintf(out, 40, "%.*s", (int)(n < 39 ? n : 39), a);
	if (str_ends(out, "...") && strlen(out) > 3)
		out[strlen(out) - 3] = '\0';
}

static void offer(struct palette *p)
{
	char name[40];
	arena_free(p->offered);
	p->offered = arena_new();
	p->offers = 0;
	p->closed = false;
	p->at = p->first = 0;
	argument_name(p, name);
	if (p->values)
		p->offers = p->values(p->user, name, field_text(&p->field), p->offered, &p->value, &p->closed);
}

/* A word as command_split reads it. */
static void add_word(struct str *line, const char *word)
{
	bool plain = *word && !strpbrk(word, " \t\"'\\#");
	str_add(line, plain ? " " : " '");
	for (const char *c = word; *c; c++)
		if (*c == '\'')
			str_add(line, "'\\''");
		else
			str_add_char(line, *c);
	str_add(line, plain ? "" : "'");
}

static enum palette_event ask(struct palette *p, const struct palette_entry *e)
{
	p->line.n = 0;
	str_add(&p->line, e->text);
	if (e->grey)
		return PALETTE_MOVED;
	if (!e->needed)
		return PALETTE_RUN;
	p->asking = e;
	p->given = 0;
	field_set(&p->field, "");
	offer(p);
	return PALETTE_MOVED;
}

static enum palette_event take_value(struct palette *p)
{
	const char *value = p->closed && p->offers ? p->value[p->at] : field_text(&p->field);
	if (!*value || (p->closed && !p->offers)) {
		p->error = *value ? "there is no such one" : "it needs a value";
		return PALETTE_MOVED;
	}
	add_word(&p->line, value);
	p->given++;
	field_set(&p->field, "");
	if (p->given >= p->asking->needed)
		return PALETTE_RUN;
	offer(p);
	return PALETTE_MOVED;
}

/* --- keys ------------------------------------------------------------------------------------- */

static size_t rows(const struct palette *p)
{
	return p->asking ? p->offers : p->hits;
}

static const char *row_text(const struct palette *p, size_t i)
{
	return p->asking ? p->value[i] : p->hit[i]->text;
}

/* Tab: the name under the bar, and never a move. */
static void complete(struct palette *p)
{
	if (!rows(p))
		return;
	char *whole = arena_text(p->arena, row_text(p, p->at));
	field_set(&p->field, whole);
	if (p->asking)
		offer(p);
	else
		find(p);
}

static enum palette_event move(struct palette *p, long by)
{
	long at = (long)p->at + by, last = (long)rows(p) - 1;
	p->at = last < 0 || at < 0 ? 0 : (size_t)(at > last ? last : at);
	return PALETTE_MOVED;
}

/* Back to choosing, with the name at hand. */
static enum palette_event back(struct palette *p)
{
	const struct palette_entry *e = p->asking;
	if (!e)
		return PALETTE_CLOSED;
	p->asking = NULL;
	field_set(&p->field, e->text);
	find(p);
	return PALETTE_MOVED;
}

static enum palette_event enter(struct palette *p)
{
	if (p->asking)
		return take_value(p);
	return p->hits ? ask(p, p->hit[p->at]) : PALETTE_MOVED;
}

static void changed(struct palette *p)
{
	if (p->asking)
		offer(p);
	else
		find(p);
}

enum palette_event palette_key(struct palette *p, const char *key)
{
	long page = p->list.h > 1 ? p->list.h : 1;
	p->error = NULL;
	if (!strcmp(key, "Esc"))
		return back(p);
	if (!strcmp(key, "Enter"))
		return enter(p);
	if (!strcmp(key, "F1"))
		return palette_at(p) ? PALETTE_ABOUT : PALETTE_MOVED;
	if (!strcmp(key, "Down") || !strcmp(key, "Up"))
		return move(p, *key == 'D' ? 1 : -1);
	if (!strcmp(key, "PgDn") || !strcmp(key, "PgUp"))
		return move(p, key[2] == 'D' ? page : -page);
	if (!strcmp(key, "Tab")) {
		complete(p);
		return PALETTE_MOVED;
	}
	if (!strcmp(key, "Backspace") && !p->field.text.n)
		return back(p);
	if (!strcmp(key, ":") && !p->field.text.n && !p->asking)
		return PALETTE_MOVED; /* typed once more out of habit */
	if (!field_key(&p->field, key))
		return PALETTE_IGNORED;
	changed(p);
	return PALETTE_MOVED;
}

void palette_paste(struct palette *p, const char *text)
{
	field_paste(&p->field, text);
	changed(p);
}

enum palette_event palette_click(struct palette *p, int x, int y)
{
	size_t row = p->first + (size_t)(y - p->list.y);
	if (x < p->list.x || x >= p->list.x + p->list.w || y < p->list.y || y >= p->list.y + p->list.h || row >= rows(p))
		return PALETTE_IGNORED;
	p->at = row;
	if (!p->asking)
		return ask(p, p->hit[row]);
	field_set(&p->field, p->value[row]);
	return take_value(p);
}

void palette_begin(struct palette *p)
{
	p->hit = arena_alloc(p->arena, p->entries + 2, sizeof *p->hit);
	p->field.history = p->history;
	find(p);
}

void palette_end(struct palette *p)
{
	field_clear(&p->field);
	str_clear(&p->line);
	arena_free(p->offered);
	arena_free(p->arena);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_entry(const struct palette_entry *e, struct grid *g, struct area row)
{
	int      name = row.w < 44 ? row.w - 8 : row.w * 2 / 5, key = 7;
	unsigned style = e->grey ? STYLE_DIM : STYLE_PLAIN;
	grid_put(g, row.x + 1, row.y, name - 1, e->text, style);
	grid_put_right(g, row.x + name, row.y, key - 2, *e->key ? e->key : "–", e->grey ? STYLE_DIM : STYLE_BOLD);
	grid_put(g, row.x + name + key, row.y, row.w - name - key, e->grey ? e->grey : e->about, style);
}

static void draw_rows(struct palette *p, struct grid *g)
{
	struct area at = p->list;
	if (at.h > 0)
		p->first = p->at < p->first ? p->at : p->at >= p->first + (size_t)at.h ? p->at + 1 - (size_t)at.h : p->first;
	for (int i = 0; i < at.h && p->first + (size_t)i < rows(p); i++) {
		size_t      row = p->first + (size_t)i;
		struct area line = { at.x, at.y + i, at.w, 1 };
		if (p->asking)
			grid_put(g, line.x + 1, line.y, line.w - 1, p->value[row], STYLE_PLAIN);
		else
			draw_entry(p->hit[row], g, line);
		if (row == p->at && (!p->asking || p->closed))
			grid_style(g, line, STYLE_REVERSE);
	}
	if (at.h > 0 && !rows(p) && !p->asking)
		grid_put(g, at.x + 1, at.y, at.w - 1, "nothing fits these words", STYLE_DIM);
}

void palette_draw(struct palette *p, struct grid *g)
{
	char        foot[64], name[40] = "";
	int         room = g->height - 8 < ROWS ? g->height - 8 : ROWS, w = g->width - 8 > WIDTH ? g->width - 8 < 100 ? g->width - 8 : 100 : WIDTH;
	struct area in;
	if (p->asking) {
		argument_name(p, name);
		snprintf(foot, sizeof foot, p->offers ? "%zu offered" : " ", p->offers);
	} else {
		snprintf(foot, sizeof foot, "%zu of %zu", p->hits, p->entries);
	}
	in = dialog_box(g, w, (room < 1 ? 1 : room) + 4, p->asking ? "Commands: what it needs" : "Commands", foot);
	int x = in.x, used = p->asking ? grid_put(g, x, in.y, in.w * 2 / 3, p->line.s, STYLE_BOLD) + 1 : 0;
	if (p->asking && used + (int)strlen(name) + 8 < in.w)
		used += grid_put(g, x + used, in.y, in.w - used, name, STYLE_DIM) + 1;
	used += grid_put(g, x + used, in.y, 2, ": ", STYLE_BOLD);
	p->cursor_x = field_draw(&p->field, g, x + used, in.y, in.w - used, true);
	p->cursor_y = in.y;
	for (int i = 0; in.h > 1 && i < in.w; i++)
		grid_put(g, in.x + i, in.y + 1, 1, "─", STYLE_DIM);
	if (p->error && in.h > 1)
		grid_put(g, in.x + 1, in.y + 1, in.w - 2, p->error, STYLE_BAD);
	p->list = (struct area){ in.x, in.y + 2, in.w, in.h - 2 > 0 ? in.h - 2 : 0 };
	draw_rows(p, g);
}
