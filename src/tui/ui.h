/* What a pane is drawn with besides its data: the job at work, what is said in the status row, the keys that are hinted. Drawing
 * without a workbench needs none of it. */
#ifndef CLV_TUI_UI_H
#define CLV_TUI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "view/grid.h"

enum mood { MOOD_PLAIN, MOOD_GOOD, MOOD_BAD };

#define UI_STAGES 24

/* A stage as the job reported it. */
struct ui_stage { char name[32], status[16], reason[256]; double seconds; };

/* The job at work. */
struct ui_job {
	const char     *line;        /* the command */
	bool            cancelling;
	char            stage[32];   /* that ticked last; "" before the first */
	char            unit[16];
	int64_t         done, total; /* total 0: not known */
	size_t          place, of;   /* of that stage in the order of work; 0: no stage of a run */
	unsigned        pass;        /* over the data, where a stage takes several; 0 and 1: the first */
	double          seconds;     /* since the stage's first tick; 0 with a fixed clock */
	struct ui_stage ended[UI_STAGES];
	size_t          stages;
};

#define VIEW_COLUMNS 24

/* A table on the screen: what is looked at, and where the last drawing put it. */
struct list_view {
	char       *where;    /* the filter; NULL: none */
	char        sort[64]; /* "-clv"; "": the table's own order */
	int64_t     top;      /* place of the first row shown */
	int64_t     at;       /* place of the selected row */
	int         column;   /* with the cursor: its number in the table's list; -1: none */
	uint32_t    hidden;   /* a bit a column of that list */
	const char *const *mark; /* keys of the rows marked */
	size_t      marks;
	/* As of the last drawing: */
	int         lines, shown; /* of a picture that is higher than its box, which top scrolls; lines 0: none */
	struct area body;     /* of the rows; h 0: not drawn */
	int         x[VIEW_COLUMNS], w[VIEW_COLUMNS]; /* of the columns; w 0: not drawn */
	int         widest[VIEW_COLUMNS]; /* drawn so far, so that no column jumps; 0 after a new sort or filter */
};

struct ui {
	const struct ui_job     *job;     /* NULL: none at work */
	const char              *said;    /* in the status row instead of the pane's own sentence; NULL: the pane's */
	enum mood                mood;
	const char              *notice;  /* at the right of the status row when no job is at work; NULL: nothing */
	const char *const       *hints;   /* "key what" each, NULL ends; NULL: those of the pane */
	bool                     reading; /* the data of the pane are on their way and there are none to show meanwhile */
	const struct err        *failed;  /* why there are no data to show at all; NULL: no failure */
	struct list_view        *view;    /* of each part of the pane; NULL: as at the start, nothing remembered */
	size_t                   focus;   /* the part with the keys */
	const char              *query;   /* SQL as it is being written; NULL: as at the start */
	bool                     readonly; /* nothing may be written now: no key that would is offered */
	bool                     zoomed;  /* that part alone is seen */
	int                     *tab;     /* where each pane's name begins in the first row; NULL: nobody asks */
	struct area             *place;   /* where each part was drawn; NULL: nobody asks */
};

/* What no workbench says: no job, no message. */
extern const struct ui ui_plain;

/* "fit 4/10 ▶ 52% ETA 4s", "import 1/10 ▶ pass 2 120,000 rows". A share never falls but where another pass begins. An estimate of the time left is given after 2 s and 5%. */
void ui_progress(const struct ui_job *job, struct str *out);

/* How a stage of that name stands in the job: its status, "running" when it ticks now, NULL when the job did not come to it. */
const char *ui_stage_status(const struct ui_job *job, const char *stage, const struct ui_stage **ended);

#endif
