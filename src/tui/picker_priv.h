/* Choosing a file: a folder as a list that is narrowed by typing. Pure state but for reading the folder. */
#ifndef CLV_TUI_PICKER_PRIV_H
#define CLV_TUI_PICKER_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/field_priv.h"
#include "tui/files_priv.h"
#include "view/grid.h"

struct picker {
	const char              *title, *endings; /* as files_list; borrowed */
	struct arena            *arena;   /* of the folder at hand */
	char                    *folder;  /* absolute */
	const struct file_entry *entry;
	size_t                   entries;
	bool                     readable;
	bool                     all;     /* hidden ones and those of other endings, too */
	struct field             field;   /* narrows the list; with a '/' in it, a path */
	const struct file_entry **hit;
	size_t                   hits, at, first;
	char                    *chosen;  /* after PICKER_CHOSEN: the path */
	const char              *error;
	struct area              list;
	int                      cursor_x, cursor_y;
};

enum picker_event { PICKER_IGNORED, PICKER_MOVED, PICKER_CHOSEN, PICKER_CLOSED };

void              picker_begin(struct picker *p, const char *folder); /* NULL: the one at hand of the process */
void              picker_end(struct picker *p);
enum picker_event picker_key(struct picker *p, const char *key);
void              picker_paste(struct picker *p, const char *text);
enum picker_event picker_click(struct picker *p, int x, int y);
void              picker_draw(struct picker *p, struct grid *g);

#endif
