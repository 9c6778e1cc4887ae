/* What people and programs see of a batch call: answers on stdout, progress and errors on stderr. */
#ifndef CLV_BATCH_REPORT_PRIV_H
#define CLV_BATCH_REPORT_PRIV_H

#include "app/command.h"
#include "batch/words_priv.h"

void    report_event(const struct words *w, const struct event *e);
void    report_progress_end(const struct words *w);
enum rc report_answer(const struct words *w, struct answer *a); /* RC_IO when stdout cannot be written */
void    report_error(const struct words *w, int status);       /* this thread's last failure, as one block or one JSON object with the exit status */
int     report_text(const char *text);                         /* exit status */

#endif
