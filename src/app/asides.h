/* What `quarantine` says and does about files that are set aside whole. */
#ifndef CLV_APP_ASIDES_H
#define CLV_APP_ASIDES_H

#include "app/command.h"
#include "store/page.h"

/* Does --file name a file that is or was set aside whole? Errors: those of the option. */
enum rc asides_meant(struct call *call, bool *whole);
/* show, retry, release, discard of that file. */
enum rc asides_run(struct call *call, const char *what);
/* The files that wait, into the page of `quarantine list` before it is shown: a row each, without a number, its sentence as `why`; and in words into the
 * answer's text. *files is for the answer's JSON: [{file_id, file, sentence}]. */
enum rc asides_list(struct call *call, struct page *page, struct js **files);

/* For a command that does not wait while files are set aside whole: a line each in the answer's text, `waiting` in its json, which must be there. */
enum rc asides_note(struct call *call);

#endif
