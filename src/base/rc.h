/* Result codes, the message of the last failure, exit status.
 *
 * A function that can fail returns enum rc; RC_OK is 0. The message is kept per thread and is
 * written where the cause is known:
 *
 *     return err_set(RC_PARSE, "CSV-104", "bad date '%s'", s);
 *     return err_do(err_set(RC_IO, "FILE-2", "cannot open %s: %s", path, strerror(errno)),
 *                   "check the name, or give another file");
 *
 * Callers pass the code up as it came; the boundary that knows more adds it once (err_where,
 * err_stopped). The parts are printed as one block: what stopped, where, why, what to do, code.
 */
#ifndef CLV_BASE_RC_H
#define CLV_BASE_RC_H

#include <stddef.h>

enum rc {
	RC_OK = 0,
	RC_INTERNAL,     /* a bug of ours                              exit 1 */
	RC_USAGE,        /* the command line                           exit 2 */
	RC_CONFIG,       /* settings                                   exit 2 */
	RC_UNSUPPORTED,  /* not in this build                          exit 2 */
	RC_AMBIGUOUS,    /* an input with more than one reading        exit 2 */
	RC_DATA,         /* data refused: schema, gate, ratio          exit 3 */
	RC_PARSE,        /* a text that cannot be read as declared     exit 3 */
	RC_CANCELLED,    /*                                            exit 4 */
	RC_REVIEW,       /* drift found, review awaited                exit 5 */
	RC_APPROVAL,     /* approval missing, refused or stale         exit 6 */
	RC_BUSY,         /* another writer                             exit 7 */
	RC_DAMAGED,      /* store or audit chain damaged               exit 8 */
	RC_IO,           /* disk or input/output                       exit 9 */
	RC_STORE,        /* the database failed otherwise              exit 1 */
	RC_NUMERIC,      /* a computation without a finite answer      exit 1 */
	RC_NOMEM,        /* a size that came from data                 exit 1 */
};

struct err {
	enum rc rc;
	char    id[16];       /* stable code, "CSV-104"; "" if none */
	char    stopped[256]; /* what stopped, "import of a.csv"; "" if nobody said */
	char    why[1024];    /* the fact */
	char    file[512];    /* where: file, line, column; 0 = not known */
	size_t  line, column;
	char    source[256];  /* the text of that line, for a caret; "" if none */
	char    todo[512];    /* what to do; "" if none */
};

/* Record a failure and return rc. Replaces the thread's last message. id may be NULL. */
enum rc err_set(enum rc rc, const char *id, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Add to the recorded failure; each returns rc, so that calls nest. Without a recorded failure they do nothing. */
enum rc err_do(enum rc rc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
enum rc err_where(enum rc rc, const char *file, size_t line, size_t column);
enum rc err_source(enum rc rc, const char *text, size_t n); /* the line's text; control bytes are made visible */
/* The line that err_where gave, cut out of the whole text[0..n). Nothing when it has no such line. */
enum rc err_source_line(enum rc rc, const char *text, size_t n);
enum rc err_stopped(enum rc rc, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* set once; later calls keep the first */

const struct err *err_get(void);            /* this thread's last failure; rc is RC_OK if none */
void              err_restore(const struct err *e); /* a message that came from another thread, copied */
void              err_clear(void);

/* The process exit status of a code, as documented in clv(1). */
int rc_exit(enum rc rc);
/* "data refused", for logs and JSON. Never NULL. */
const char *rc_name(enum rc rc);

#endif
