/* What of a person stands on a screen: answers with e-mail addresses, names and phone numbers masked. */
#ifndef CLV_APP_PRIVACY_H
#define CLV_APP_PRIVACY_H

#include "app/command.h"
#include "app/report.h"
#include "base/json.h"

/* The option of all commands that show values as delivered. */
#define PRIVACY_OPTION { "unmasked", 0, NULL, "e-mail addresses, names and phone numbers as they are", NULL }

/* A copy of an answer: every text in it with its e-mail addresses masked, also inside longer texts; `samples` and the `value`s of `top`
 * by the `name` of the column that they stand in (mask_is_personal). Paths (`file`) stay as they are. */
struct js *privacy_masked(const struct js *answer);
/* Mask the call's answer, unless it has --unmasked or screen.unmasked is set; so does privacy_report. */
void       privacy_apply(struct call *call);
/* report_fill; with --unmasked the columns of the kind "personal" are plain text. Tables mask them, CSV and JSON hold them as they are. */
void       privacy_report(struct call *call, const char *name, const struct page *page);

#endif
