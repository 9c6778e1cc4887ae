/* What a person does about rows and files set aside: the form over the Data pane. */
#ifndef CLV_TUI_ASIDE_PRIV_H
#define CLV_TUI_ASIDE_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "view/grid.h"

enum aside_deed { ASIDE_TREAT, ASIDE_RELEASE, ASIDE_DISCARD };

/* Which rows: words of the command behind its verb ("12", "13" or "--code", "bad-date" or "--file", "3"), and what they are for people. */
struct aside_what {
	const char *const *word;
	size_t words;
	const char *title;
	bool one;   /* a single row: its text can be mended */
	bool whole; /* a file set aside whole: its columns can be named */
};

struct aside_form;

/* Copies `what`. name: what the form proposes; "" asks. */
struct aside_form *aside_form_new(enum aside_deed d, const struct aside_what *what, const char *name);
void               aside_form_free(struct aside_form *f); /* NULL allowed */

enum aside_event {
	ASIDE_MOVED,
	ASIDE_TRY,     /* judge again, changing nothing: aside_form_words(f, true) */
	ASIDE_SIGNED,  /* name and reason are there, and what is shown is what would happen: aside_form_words(f, false) */
	ASIDE_CLOSED,
};

enum aside_event aside_form_key(struct aside_form *f, const char *key);
void             aside_form_paste(struct aside_form *f, const char *text);
enum aside_event aside_form_click(struct aside_form *f, int x, int y);
void             aside_form_draw(struct aside_form *f, struct grid *g);
bool             aside_form_cursor(const struct aside_form *f, int *x, int *y);

/* The command; lives until the next call. */
size_t aside_form_words(struct aside_form *f, bool dry, const char *const **argv);
/* It is at work: keys wait. */
void   aside_form_wait(struct aside_form *f);
/* What a try came to, in words; released 0: nothing would pass, so nothing can be signed. */
void   aside_form_tried(struct aside_form *f, const char *text, long long released);
void   aside_form_refused(struct aside_form *f, const struct err *e);

#endif
