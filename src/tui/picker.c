/* The file picker: folders first, then files with size and date; typing narrows, Enter goes in or takes. Opens no file. */
#include "config.h"

#include "tui/picker_priv.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "tui/dialog_priv.h"

enum { WIDTH = 76 };

/* --- the list --------------------------------------------------------------------------------- */

static bool holds(const char *name, const char *part)
{
	size_t n = strlen(part);
	for (; *name; name++)
		if (!strncasecmp(name, part, n))
			return true;
	return !n;
}

static void find(struct picker *p)
{
	const char *part = field_text(&p->field);
	p->hits = p->at = p->first = 0;
	for (size_t i = 0; i < p->entries; i++)
		if (strchr(part, '/') || holds(p->entry[i].name, part))
			p->hit[p->hits++] = &p->entry[i];
	for (size_t i = 0; *part && i < p->hits; i++) /* a file is meant rather than a folder */
		if (!p->hit[i]->folder) {
			p->at = i;
			break;
		}
}

static void read_folder(struct picker *p)
{
	arena_free(p->arena);
	p->arena = arena_new();
	p->entries = files_list(p->arena, p->folder, p->all ? NULL : p->endings, p->all, &p->entry, &p->readable);
	p->hit = arena_alloc(p->arena, p->entries + 1, sizeof *p->hit);
	find(p);
}

/* Go to a folder; `from` is the name that gets the bar. */
static void go(struct picker *p, const char *folder, const char *from)
{
	char *kept = mem_copy_text(folder), *name = mem_copy_text(from ? from : "");
	free(p->folder);
	p->folder = kept;
	field_set(&p->field, "");
	read_folder(p);
	for (size_t i = 0; i < p->hits; i++)
		if (!strcmp(p->hit[i]->name, name))
			p->at = i;
	free(name);
}

void picker_begin(struct picker *p, const char *folder)
{
	char whole[PATH_MAX];
	go(p, realpath(folder ? folder : ".", whole) ? whole : "/", NULL);
}

void picker_end(struct picker *p)
{
	field_clear(&p->field);
	arena_free(p->arena);
	free(p->folder);
	free(p->chosen);
}

/* --- keys ------------------------------------------------------------------------------------- */

static enum picker_event take(struct picker *p, const char *path)
{
	char whole[PATH_MAX];
	if (!realpath(path, whole)) {
		p->error = "there is no such file";
		return PICKER_MOVED;
	}
	if (file_is_folder(whole)) {
		go(p, whole, NULL);
		return PICKER_MOVED;
	}
	free(p->chosen);
	p->chosen = mem_copy_text(whole);
	return PICKER_CHOSEN;
}

/* Does a typed path stand alone, from the root or the home folder, rather than behind the folder at hand? */
static bool starts_anew(const char *text)
{
	return *text == '/' || (*text == '~' && text[1] == '/');
}

/* A path that was typed: from the root, from the home folder, or from the folder at hand. */
static enum picker_event take_typed(struct picker *p)
{
	const char *text = field_text(&p->field), *home = getenv("HOME");
	if (*text == '/')
		return take(p, arena_text(p->arena, text));
	return take(p, *text == '~' && text[1] == '/' && home ? files_join(p->arena, home, text + 2) : files_join(p->arena, p->folder, text));
}

static enum picker_event enter(struct picker *p)
{
	if (strchr(field_text(&p->field), '/'))
		return take_typed(p);
	return p->at < p->hits ? take(p, files_join(p->arena, p->folder, p->hit[p->at]->name)) : PICKER_MOVED;
}

static enum picker_event up(struct picker *p)
{
	char *old = mem_copy_text(p->folder);
	go(p, files_above(p->arena, p->folder), file_base_name(old));
	free(old);
	return PICKER_MOVED;
}

static enum picker_event move(struct picker *p, long by)
{
	long at = (long)p->at + by, last = (long)p->hits - 1;
	p->at = last < 0 || at < 0 ? 0 : (size_t)(at > last ? last : at);
	return PICKER_MOVED;
}

/* Tab: a folder is entered, a file's name is written out. */
static enum picker_event complete(struct picker *p)
{
	const char *const *offered;
	const char        *text = field_text(&p->field);
	if (!strchr(text, '/')) {
		if (p->at >= p->hits)
			return PICKER_MOVED;
		if (p->hit[p->at]->folder)
			return enter(p);
		field_set(&p->field, arena_text(p->arena, p->hit[p->at]->name));
	} else if (files_complete(p->arena, arena_text(p->arena, text), p->endings, &offered)) {
		field_set(&p->field, offered[0]);
	}
	find(p);
	return PICKER_MOVED;
}

enum picker_event picker_key(struct picker *p, const char *key)
{
	bool empty = !p->field.text.n;
	long page = p->list.h > 1 ? p->list.h : 1;
	p->error = NULL;
	if (!strcmp(key, "Esc") && empty)
		return PICKER_CLOSED;
	if (!strcmp(key, "Esc")) {
		field_set(&p->field, "");
		find(p);
		return PICKER_MOVED;
	}
	if (!strcmp(key, "Enter"))
		return enter(p);
	if (empty && (!strcmp(key, "Backspace") || !strcmp(key, "Left")))
		return up(p);
	if (empty && !strcmp(key, "Right") && p->at < p->hits && p->hit[p->at]->folder)
		return enter(p);
	if (!strcmp(key, "Down") || !strcmp(key, "Up"))
		return move(p, *key == 'D' ? 1 : -1);
	if (!strcmp(key, "PgDn") || !strcmp(key, "PgUp"))
		return move(p, key[2] == 'D' ? page : -page);
	if (!strcmp(key, "Tab"))
		return complete(p);
	if (!strcmp(key, "F4")) {
		p->all = !p->all;
		read_folder(p);
		return PICKER_MOVED;
	}
	if (!field_key(&p->field, key))
		return PICKER_IGNORED;
	find(p);
	return PICKER_MOVED;
}

void picker_paste(struct picker *p, const char *text)
{
	field_paste(&p->field, text);
	find(p);
}

enum picker_event picker_click(struct picker *p, int x, int y)
{
	size_t row = p->first + (size_t)(y - p->list.y);
	if (x < p->list.x || x >= p->list.x + p->list.w || y < p->list.y || y >= p->list.y + p->list.h || row >= p->hits)
		return PICKER_IGNORED;
	p->at = row;
	return enter(p);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_entry(const struct file_entry *e, struct grid *g, struct area row)
{
	char size[32], time[32];
	int  note = row.w < 50 ? 0 : 30;
	int  used = grid_put(g, row.x + 1, row.y, row.w - note - 2, e->name, e->folder ? STYLE_BOLD : STYLE_PLAIN);
	if (e->folder)
		grid_put(g, row.x + 1 + used, row.y, 1, "/", STYLE_BOLD);
	if (!note)
		return;
	if (!e->folder)
		grid_put_right(g, row.x + row.w - note, row.y, 11, files_size(size, e->bytes), STYLE_PLAIN);
	grid_put_right(g, row.x + row.w - 18, row.y, 17, files_time(time, e->changed), STYLE_DIM);
}

void picker_draw(struct picker *p, struct grid *g)
{
	struct area in = dialog_box(g, WIDTH, g->height, p->title, p->all ? "F4 fewer files" : "F4 all files");
	int         used = 0;
	if (!starts_anew(field_text(&p->field))) {
		used = grid_put(g, in.x, in.y, in.w * 2 / 3, p->folder, STYLE_DIM);
		used += grid_put(g, in.x + used, in.y, 1, str_ends(p->folder, "/") ? "" : "/", STYLE_DIM);
	}
	p->cursor_x = field_draw(&p->field, g, in.x + used, in.y, in.w - used, true);
	p->cursor_y = in.y;
	p->list = (struct area){ in.x, in.y + 2, in.w, in.h > 2 ? in.h - 2 : 0 };
	if (p->list.h > 0)
		p->first = p->at < p->first ? p->at : p->at >= p->first + (size_t)p->list.h ? p->at + 1 - (size_t)p->list.h : p->first;
	for (int i = 0; i < p->list.h && p->first + (size_t)i < p->hits; i++) {
		struct area row = { p->list.x, p->list.y + i, p->list.w, 1 };
		draw_entry(p->hit[p->first + (size_t)i], g, row);
		if (p->first + (size_t)i == p->at)
			grid_style(g, row, STYLE_REVERSE);
	}
	const char *none = p->error ? p->error : !p->readable ? "this folder cannot be read" : p->hits ? NULL : *field_text(&p->field) ? "nothing here has that in its name"
	                   : "no folder and no such file here; Backspace goes up";
	if (none && in.h > 1)
		grid_put(g, in.x + 1, in.y + 1, in.w - 1, none, STYLE_WARN);
}
