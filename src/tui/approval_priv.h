/* The form of a decision: the comparison first, then name, reason, the run typed once; signed by F2 alone. */
#ifndef CLV_TUI_APPROVAL_PRIV_H
#define CLV_TUI_APPROVAL_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "base/rc.h"
#include "view/grid.h"

struct workbench;

enum decision { DECISION_APPROVE, DECISION_DECLINE, DECISION_DEFER };

struct approval;

/* `review` is what review_show says (drift/decision.h); copied. name: what the form proposes; "" asks. */
struct approval *approval_new(enum decision d, const struct js *review, const char *name);
void             approval_free(struct approval *a); /* NULL allowed */

enum approval_event { APPROVAL_MOVED, APPROVAL_SIGNED, APPROVAL_CLOSED };

/* SIGNED only when name, reason, confirmation and date are as they must be; else the errors stand at their fields. */
enum approval_event approval_key(struct approval *a, const char *key);
void                approval_paste(struct approval *a, const char *text);
enum approval_event approval_click(struct approval *a, int x, int y);
void                approval_draw(struct approval *a, struct grid *g);
bool                approval_cursor(const struct approval *a, int *x, int *y);

/* The command that signs: approve ID --by .. --reason .. --confirm .. --evidence .. Lives as long as the form. */
size_t approval_words(struct approval *a, const char *const **argv);
/* It is at work: keys wait. */
void   approval_wait(struct approval *a);
/* It was refused: the reason stands at the field it is about, or above all. */
void   approval_refused(struct approval *a, const struct err *e);

/* As an overlay. review: its number as text; NULL: the one that waits. */
void approval_open(struct workbench *w, enum decision d, const char *review);

#endif
