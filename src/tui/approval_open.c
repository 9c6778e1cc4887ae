/* The decision's form over a pane: finds the review, shows what it says, signs through the program's own command. */
#include "config.h"

#include "tui/approval_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tui/workbench_priv.h"

/* --- the overlay ------------------------------------------------------------------------------ */

static const struct overlay_kind approval_kind;

static void signed_or_not(void *user, struct workbench *w, const struct err *error, const struct answer *answer)
{
	struct approval *a = overlay_find(w, &approval_kind);
	const char      *what = js_text_of(js_get(answer->json, "decision"));
	(void)user;
	if (error && a)
		approval_refused(a, error);
	else if (error)
		workbench_failed(w, error);
	else
		workbench_say(w, MOOD_GOOD, "review %" PRId64 " is %s; audit entry %.12s", js_int_of(js_get(answer->json, "review")), what ? what : "decided",
		              js_text_of(js_get(answer->json, "entry_hash")));
	if (!error && a)
		overlay_close(w);
}

static void follow(struct approval *a, struct workbench *w, enum approval_event e)
{
	const char *const *word;
	if (e == APPROVAL_CLOSED) {
		overlay_close(w);
		workbench_say(w, MOOD_PLAIN, "nothing was written");
	} else if (e == APPROVAL_SIGNED) {
		size_t n = approval_words(a, &word);
		approval_wait(a);
		workbench_run(w, n, word, signed_or_not, NULL);
	}
}

static void key(void *state, struct workbench *w, const char *k)
{
	follow(state, w, approval_key(state, k));
}

static void paste(void *state, struct workbench *w, const char *text)
{
	(void)w;
	approval_paste(state, text);
}

static void click(void *state, struct workbench *w, int x, int y)
{
	follow(state, w, approval_click(state, x, y));
}

static void draw(void *state, struct workbench *w, struct grid *g)
{
	(void)w;
	approval_draw(state, g);
}

static bool cursor(void *state, int *x, int *y)
{
	return approval_cursor(state, x, y);
}

static const char *const *hints(void *state)
{
	static const char *const list[] = { "Tab next field", "F2 sign", "Esc leave, nothing is written", "PgDn more", NULL };
	(void)state;
	return list;
}

static void free_form(void *state)
{
	approval_free(state);
}

static const struct overlay_kind approval_kind = {
	.id = "approval", .draw = draw, .key = key, .paste = paste, .click = click, .cursor = cursor, .hints = hints, .free = free_form,
};

/* --- finding the review ----------------------------------------------------------------------- */

/* What a callback needs to know, without memory of its own. */
static void *of_decision(enum decision d)
{
	static const enum decision each[] = { DECISION_APPROVE, DECISION_DECLINE, DECISION_DEFER };
	return (void *)(uintptr_t)&each[d];
}

static void shown(void *user, struct workbench *w, const struct err *error, const struct answer *answer)
{
	const enum decision *d = user;
	const char          *state = js_text_of(js_get(answer->json, "state"));
	if (error)
		workbench_failed(w, error);
	else if (state && strcmp(state, "open") != 0 && strcmp(state, "deferred") != 0)
		workbench_say(w, MOOD_PLAIN, "review %" PRId64 " does not wait any more: it is %s", js_int_of(js_get(answer->json, "review")), state);
	else
		overlay_open(w, &approval_kind, approval_new(*d, answer->json, settings_text(workbench_ask(w)->settings, "review.by")));
}

static void show(struct workbench *w, enum decision d, const char *review)
{
	const char *word[] = { "review", "show", review };
	workbench_run(w, 3, word, shown, of_decision(d));
}

static void listed(void *user, struct workbench *w, const struct err *error, const struct answer *answer)
{
	const enum decision *d = user;
	const struct js     *list = js_get(answer->json, "reviews");
	const struct js     *waits = NULL;
	char                 number[24];
	for (size_t i = 0; !error && i < js_count(list) && !waits; i++) {
		const char *state = js_text_of(js_get(js_at(list, i), "state"));
		if (state && (!strcmp(state, "open") || !strcmp(state, "deferred")))
			waits = js_at(list, i);
	}
	if (error) {
		workbench_failed(w, error);
	} else if (!waits) {
		workbench_say(w, MOOD_PLAIN, "no review waits for a decision");
	} else {
		snprintf(number, sizeof number, "%" PRId64, js_int_of(js_get(waits, "review")));
		show(w, *d, number);
	}
}

void approval_open(struct workbench *w, enum decision d, const char *review)
{
	const char *word[] = { "review", "list" };
	if (review)
		show(w, d, review);
	else
		workbench_run(w, 2, word, listed, of_decision(d));
}
