/* What a file says and what is decided about it, before it is imported: the second step of the import. Pure state. */
#ifndef CLV_TUI_SHEET_PRIV_H
#define CLV_TUI_SHEET_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"
#include "view/grid.h"

struct sheet;

struct sheet *sheet_new(size_t files, const char *const *file);
void          sheet_free(struct sheet *s);

/* What `look` said (ingest/look.h); copied. Decisions that were made stay. */
void sheet_show(struct sheet *s, const struct js *look);

enum sheet_event {
	SHEET_MOVED,
	SHEET_AGAIN,   /* a decision changed: look again, with sheet_words(s, "look") */
	SHEET_IMPORT,  /* everything is decided: sheet_words(s, "import") */
	SHEET_PREVIEW,
	SHEET_BACK,
};

enum sheet_event sheet_key(struct sheet *s, const char *key);
void             sheet_paste(struct sheet *s, const char *text);
enum sheet_event sheet_click(struct sheet *s, int x, int y);
void             sheet_draw(struct sheet *s, struct grid *g);
bool             sheet_cursor(const struct sheet *s, int *x, int *y);

/* false: nothing was looked at yet, or it cannot be read so. */
bool sheet_can_import(const struct sheet *s);
/* The command with the options that were decided or typed; look takes the first file alone. Lives until the next call. */
size_t sheet_words(struct sheet *s, const char *command, const char *const **argv);
/* Rows as they would be stored, and rows that would be set aside; lives as long as what was shown. */
const char *sheet_preview(struct sheet *s);

#endif
