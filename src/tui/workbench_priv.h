/* Inside of the workbench: what overlays and acts may ask of it. */
#ifndef CLV_TUI_WORKBENCH_PRIV_H
#define CLV_TUI_WORKBENCH_PRIV_H

#include <stddef.h>

#include "app/command.h"
#include "tui/pane.h"
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

/* --- what is on the screen ---------------------------------------------------------------------------------------------------- */

const struct pane     *workbench_pane(const struct workbench *w);
const struct snapshot *workbench_snapshot(const struct workbench *w); /* of the pane; never NULL */
const struct screen_ask *workbench_ask(const struct workbench *w);    /* store path, settings, what may be done */
bool                   workbench_readonly(const struct workbench *w, const char **why); /* --readonly, or another process writes */

/* A sentence for the status row until the next key; errors stay until read, both are kept for `!`. */
enum mood { MOOD_PLAIN, MOOD_GOOD, MOOD_BAD };
void workbench_say(struct workbench *w, enum mood mood, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void workbench_failed(struct workbench *w, const struct err *e); /* shows the error as a block with its ways on */

/* --- doing -------------------------------------------------------------------------------------------------------------------- */

/* Run a command text, as a key, the palette or a script gives it: "pane customers", "sort -clv", "run", "approve". The first word is
 * an act of the screen (acts.def) or a command of the program (commands.def); one that lacks arguments opens its form. */
void workbench_do(struct workbench *w, const char *text);

/* Run a command of the program with its words (argv[0] is its name): writing ones in the worker, reading ones in the reader. It is
 * logged for `@`. When it ended, done(user, ...) is called in the screen's thread; done may be NULL: then the outcome is said in the
 * status row, errors are shown, and the pane is read anew. error is NULL after success; answer is valid during the call. */
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
