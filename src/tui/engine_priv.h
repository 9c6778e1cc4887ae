/* The workbench's own state: for workbench*.c, the acts and the lists. Overlays ask through workbench_priv.h. */
#ifndef CLV_TUI_ENGINE_PRIV_H
#define CLV_TUI_ENGINE_PRIV_H

#include "base/arena.h"
#include "pipeline/worker.h"
#include "tui/field_priv.h"
#include "tui/ui.h"
#include "tui/workbench_priv.h"

#define PANES_MOST 12

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

/* What a request is about: a newer one of the same group takes the place of one that waits, and cancels one that runs. */
enum reading_group { READING_ALONE, READING_PANE, READING_DETAIL, READING_COUNT, READING_LOOK, READING_ROWS /* + the number of the table */ };

struct reader;

/* The cache is of the reader's thread and forgets the orders of a store that is gone. NULL: the system gives no thread. */
struct reader *reader_new(const char *path, struct rows_cache *cache);
void           reader_free(struct reader *r); /* cancels what runs and waits for it; drops all; NULL allowed */
void           reader_ask(struct reader *r, int group, const struct reading_job *job);
/* Take one result: calls its done and drop. False when none waits. */
bool           reader_take(struct reader *r, struct workbench *w);
bool           reader_idle(const struct reader *r); /* nothing waits, runs or is to be taken */
int            reader_fd(const struct reader *r);
void           reader_drop(struct reader *r, int group); /* what waits of the group, and what runs of it */
bool           reader_at_work(const struct reader *r); /* does something run that was asked for alone: a command, an export? */
void           reader_cancel(struct reader *r);        /* that */
void           note_holder(struct workbench *w, const char *holder); /* who writes the store; "" nobody */
void           look_for_holder(struct workbench *w); /* ask its lock */

/* --- panes -------------------------------------------------------------------------------------------------------------------- */

/* What was read in one transaction: all of a pane, the rows of one table, or what follows the selection. */
struct loaded {
	struct arena   *arena;
	struct snapshot snapshot;
	char            holder[200]; /* who writes the store; "" nobody */
};

struct list_state {      /* a table of a pane */
	struct loaded *window;  /* its rows, where they are not those of the pane's own reading; NULL */
	char          *key;     /* of the selected row; NULL: none */
	bool           picked;  /* a person chose that row: it is found again after a sort or a run; else the first row stays selected */
	char         **mark;    /* keys of the rows marked */
	size_t         marks;
	bool           wanted;  /* rows are on their way */
};

struct pane_state {
	struct loaded    *shown;   /* NULL: nothing was read yet */
	struct loaded    *detail;  /* what follows the selection, where it is not of the pane's own reading; NULL */
	char             *followed; /* the values that the detail was asked for */
	bool              following; /* a detail is on its way */
	bool              stale;   /* the store has changed since */
	bool              reading; /* a newer one is on its way */
	size_t            focus;
	bool              zoomed;
	bool              entered; /* by Enter on a row of the part `left`, which gets the keys back */
	size_t            left;
	bool              nested;  /* it was alone when another part was entered from it: that one leads back to it */
	size_t            over;
	char             *query;   /* SQL that was run last; NULL: none */
	char             *answered; /* SQL whose rows are shown; NULL: none */
	struct err       *failed;  /* why nothing could be read; NULL: no failure */
	struct list_state list[SNAPSHOT_TABLES];
	struct list_view  view[SNAPSHOT_TABLES];
	struct area       place[SNAPSHOT_TABLES]; /* of the parts, as of the last drawing */
};

/* --- the workbench ------------------------------------------------------------------------------------------------------------ */

struct layer { /* an overlay */
	const struct overlay_kind *kind;
	void                      *state;
	bool                       closed;
	struct layer              *below;
};

struct task;   /* a command at work */
struct taking; /* rows on their way into a file or the clipboard */

struct workbench {
	const struct screen_ask *ask;
	struct arena            *arena;  /* as long as the workbench */
	const char              *name;   /* of the store, for people */
	int                      width, height;
	enum glyphs              glyphs;
	const struct pane       *pane;
	struct pane_state        state[PANES_MOST]; /* as panes[] */
	int                      tab[PANES_MOST]; /* where their names begin, as of the last drawing */
	struct snapshot          none;   /* of a pane that was not read yet */
	struct layer            *top;
	struct layer            *closed; /* to be freed when the key was dealt with */
	struct reader           *reader;
	struct rows_cache       *cache;  /* of the reader's thread */
	struct worker           *worker;
	struct task             *task;   /* the job at work; NULL: none */
	struct ui_job            job;
	double                   stage_since, job_since;
	bool                     warned; /* ^C was pressed once where much would be lost */
	bool                     paused;
	char                     holder[200]; /* another process writes; "" none */
	double                   looked;      /* when the lock and the file were looked at last */
	char                     why[256];    /* why nothing may be written */
	struct told             *told;
	struct history           history; /* of the palette */
	char                    *folder;  /* that a file was last taken from */
	char                    *next;    /* the store to go on with when this one is left; NULL: none */
	struct field             query;   /* of the SQL pane, as it is being written */
	struct history           queries; /* that ran */
	struct arena            *drawn;  /* of the grid, and what its drawing needed */
	struct prompt           *prompt; /* the one that is open; NULL: none */
	struct taking           *taking; /* NULL: none */
	char                    *find;   /* the text that is looked for */
	int64_t                  find_from;
	struct history           typed[3]; /* of filters, finds and files */
	char                    *copied, *copied_given;
	char                     title[128];
	bool                     left, leaving; /* leaving: as soon as the job is done */
};

struct pane_state *pane_state_of(struct workbench *w);
void pane_state_free(struct pane_state *st);
/* Read the pane's data, unless they are fresh. */
void pane_read(struct workbench *w);
void pane_stale_all(struct workbench *w);
/* The store is another file now, or gone: what is shown of it is read anew. */
void pane_renewed(struct workbench *w);
/* Look whether it is; the answer comes as pane_renewed. */
void store_look(struct workbench *w);
/* Read rows of a table of this pane: after a sort or a filter, where the selected row is found again; or because the selection
 * moved to rows that are not loaded, where its place is known. */
void pane_read_rows(struct workbench *w, size_t part, bool moved);
/* After anything that may have moved a selection: remember its key, fetch rows around it, and what follows it. */
void pane_follow(struct workbench *w);
/* The filter of a table with that of its part: in the arena, NULL without any. */
const char *pane_where(struct arena *a, const struct pane_part *t, const char *where);

/* The table with the keys; NULL: none, or it has no rows yet. */
struct list_view         *list_focused(struct workbench *w);
const struct pane_part   *list_part(const struct workbench *w);
struct list_state        *list_state_of(struct workbench *w);
const struct rows        *list_rows_of(struct workbench *w);
/* A cell of the selected row as text, in the arena; NULL: missing, or not loaded. */
const char               *list_cell(struct workbench *w, struct arena *a, const char *column);
/* Count the rows that a filter would leave in the table with the keys; error tells what is wrong with it. */
typedef void list_counted(struct workbench *w, const char *where, const struct err *error, int64_t rows, int64_t all);
void list_count(struct workbench *w, const char *where, list_counted *done);
/* Find the next row with a text, from a place on. */
typedef void list_found(struct workbench *w, const struct err *error, const struct rows_found *found);
void list_look(struct workbench *w, const char *text, int64_t from, bool backwards, list_found *done);
void list_forget(struct workbench *w); /* neither answer is wanted any more */
/* The words of the command that shows the same rows without the screen; columns of the table, when it shows fewer. */
const char *const *list_words(struct workbench *w, struct arena *a, size_t *n);
/* The request for the rows of the table with the keys, its parameters resolved, all in the arena. */
void list_ask(struct workbench *w, struct arena *a, struct page_ask *ask);
void list_move(struct workbench *w, int64_t place);
void list_start(struct pane_state *st, const struct pane *p);
void list_unzoom(struct pane_state *st); /* all parts are seen again, and the keys are where they were before Enter */
void                      list_reread(struct workbench *w); /* after another sort or filter */
void                      list_mouse(struct workbench *w, int x, int y, enum mouse what);

/* The query of the SQL pane as it is being written; NULL: not yet. */
const char *query_draft(const struct workbench *w);
bool        query_running(const struct workbench *w);
bool        query_stop(struct workbench *w); /* false: none is being answered */
void        query_leave(struct workbench *w); /* another pane comes: nothing of it waits behind a query */

/* Rows on their way into a file: stop that (false: there are none); how far it is, while w->taking. */
bool        taking_stop(struct workbench *w);
const char *taking_line(const struct workbench *w, struct arena *a);

/* Overlays. */
bool layer_key(struct workbench *w, const char *key); /* false: there is none */
void layers_draw(struct workbench *w, struct grid *g);
void layers_reap(struct workbench *w); /* free what was closed */
void layers_free(struct workbench *w);

/* Jobs. */
void job_events(struct workbench *w, bool *changed); /* take what the worker sent */
void job_cancel(struct workbench *w);                /* asks once when much would be lost */
void job_free(struct workbench *w);                  /* after the worker ended */

/* What was said and what ran. */
struct told *told_new(void);
void         told_free(struct told *t);
const char  *told_line(const struct told *t, enum mood *mood); /* of the status row; NULL: nothing */
const char  *told_notice(const struct told *t, struct str *out); /* "● 2 errors  !" while some are unread */
void         told_key(struct told *t);                          /* a key was pressed: plain messages go */
size_t       told_start(struct workbench *w, const char *line);
void         told_end(struct workbench *w, size_t entry, enum rc rc, double seconds);

/* A choice on the screen: lines of a question, then answers with the key and the command text each. */
struct choice { const char *key, *label, *text; };
void choice_open(struct workbench *w, const char *title, const char *question, const struct choice *choice, size_t n);

/* A line to type, over the status row, with a note under it. It belongs to the workbench while it is open. */
struct prompt_kind {
	const char *label;   /* "filter" */
	const char *const *hints;
	size_t      history; /* its number among those of the workbench */
	void (*changed)(struct workbench *w, const char *text);  /* NULL: nothing happens while typing */
	bool (*entered)(struct workbench *w, const char *text);  /* false: it stays open */
	void (*left)(struct workbench *w);                       /* Esc; NULL: nothing to put back */
};
void prompt_open(struct workbench *w, const struct prompt_kind *kind, const char *text);
bool prompt_is(const struct workbench *w, const struct prompt_kind *kind); /* is one of that kind open? */
/* Under the line: bad marks an error, with a caret at column (from 1; 0: none). Nothing when no prompt of that kind is open; kind
 * NULL is any. */
void prompt_note(struct workbench *w, const struct prompt_kind *kind, bool bad, size_t column, const char *text);

/* A text to read, with the keys that scroll. Copied. */
void text_open(struct workbench *w, const char *title, const char *text);

#endif
