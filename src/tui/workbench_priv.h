/* Inside of the workbench: what overlays and acts may ask of it. */
#ifndef CLV_TUI_WORKBENCH_PRIV_H
#define CLV_TUI_WORKBENCH_PRIV_H

#include <stddef.h>

#include "app/command.h"
#include "tui/pane.h"
#include "tui/ui.h"
#include "tui/workbench.h"

/* --- overlays: what lies over a pane and owns the keyboard: palette, help, prompts, forms ------------------------------------- */

struct overlay_kind {
	const char *id;
	/* Draw over the whole screen; the four fixed rows are there, hints() replaces the last. */
	void (*draw)(void *state, struct workbench *w, struct grid *g);
	/* Every key comes here, printable ones included; only ^C with a job at work does not. */
	void (*key)(void *state, struct workbench *w, const char *key);
	void (*paste)(void *state, struct workbench *w, const char *text); /* NULL: pasted text is dropped */
	void (*click)(void *state, struct workbench *w, int x, int y);     /* NULL: clicks are dropped */
	bool (*cursor)(void *state, int *x, int *y);                       /* as of the last draw; NULL: no cursor */
	const char *const *(*hints)(void *state);                          /* "key what" each, NULL ends */
	void (*free)(void *state);
};

/* Put an overlay on top; the workbench owns state from here. */
void overlay_open(struct workbench *w, const struct overlay_kind *kind, void *state);
/* Close the topmost one; inside of its own functions it is freed after they return. */
void overlay_close(struct workbench *w);
/* The state of the topmost overlay of that kind; NULL: none is open. For results that come later than an overlay may live. */
void *overlay_find(struct workbench *w, const struct overlay_kind *kind);

/* --- what is on the screen ---------------------------------------------------------------------------------------------------- */

const struct pane     *workbench_pane(const struct workbench *w);
const struct snapshot *workbench_snapshot(const struct workbench *w); /* of the pane; never NULL */
const struct screen_ask *workbench_ask(const struct workbench *w);    /* store path, settings, what may be done */
bool                   workbench_readonly(const struct workbench *w, const char **why); /* --readonly, or another process writes */

/* A sentence for the status row until the next key; errors stay until read, both are kept for `!`. */
void workbench_say(struct workbench *w, enum mood mood, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void workbench_failed(struct workbench *w, const struct err *e); /* shows the error as a block with its ways on */

/* What was said, oldest first, for `!`. Reading them makes the errors read. */
struct message {
	char        at[32];  /* 2026-11-20T12:00:00Z */
	enum mood   mood;
	char       *text;
	struct err *error;   /* NULL: no error */
	bool        read;
};
size_t workbench_messages(const struct workbench *w, const struct message **out);
void   workbench_messages_read(struct workbench *w);

/* What ran, oldest first, for `@`: words of a batch line, without "clv --batch -s STORE" before them. */
struct logged {
	char    at[32];
	char   *line;
	bool    running;
	enum rc rc;
	double  seconds;
};
size_t workbench_log(const struct workbench *w, const struct logged **out);
/* Lines that were entered in the palette. */
struct history;
struct history *workbench_history(struct workbench *w);
/* The folder that a file was last taken from; NULL: none yet. */
const char *workbench_folder(const struct workbench *w);
void        workbench_set_folder(struct workbench *w, const char *folder);
/* Text for the terminal's clipboard; copied. */
void   workbench_copy(struct workbench *w, const char *text);
/* The job at work; NULL: none. */
const struct ui_job *workbench_job(const struct workbench *w);

/* --- doing -------------------------------------------------------------------------------------------------------------------- */

/* Run a command text, as a key, the palette or a script gives it: "pane customers", "sort -clv", "run", "approve". The first word is
 * an act of the screen (acts.def) or a command of the program (commands.def); one that lacks arguments opens its form. */
void workbench_do(struct workbench *w, const char *text);
/* May this text be done now? false: *why says why not, in words for people. */
bool workbench_can(const struct workbench *w, const char *text, const char **why);

/* Run a command of the program with its words (argv[0] is its name): writing ones in the worker, reading ones in the reader. It is
 * logged for `@`. When it ended, done(user, ...) is called in the screen's thread; done may be NULL: then the outcome is said in the
 * status row, or shown when it is a text to read, and errors are shown. error is NULL after success; answer is valid during the
 * call. What cannot even begin (no such option, read-only, a job at work) calls done before this returns. After a job panes are
 * read anew in any case. */
void workbench_run(struct workbench *w, size_t argc, const char *const *argv,
                   void (*done)(void *user, struct workbench *w, const struct err *error, const struct answer *answer), void *user);

/* Call work(arg, store, cancel) in the reader's thread; store is a reading handle in a transaction, or NULL when there is none. Then
 * done(arg, ...) in the screen's thread. A workbench that closes calls neither for what waits, but drop(arg) always. */
struct reading_job {
	enum rc (*work)(void *arg, struct store *s, const atomic_bool *cancel);
	void    (*done)(void *arg, struct workbench *w, const struct err *error);
	void    (*drop)(void *arg);
	void     *arg;
};
void workbench_read(struct workbench *w, const struct reading_job *job);

/* Read the pane's data anew. */
void workbench_refresh(struct workbench *w);

#endif
