/* Run a report: a frame with column descriptions, its total, its JSON. */
#ifndef CLV_APP_REPORT_H
#define CLV_APP_REPORT_H

#include "app/command.h"
#include "store/page.h"

/* Load report `name` with positional values for its required parameters (in header order) and fill the answer:
 * {report, columns, rows, total}. RC_USAGE for an unknown report, with the nearest name. */
enum rc report_load(struct call *call, const char *name, size_t values, const char *const *value, struct page *out);
void    report_fill(struct answer *answer, const char *name, const struct page *page);

#endif
