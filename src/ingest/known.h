/* Content that the store has already: would the options given now have read it as it was read then? */
#ifndef CLV_INGEST_KNOWN_H
#define CLV_INGEST_KNOWN_H

#include "base/json.h"
#include "base/rc.h"
#include "ingest/import.h"
#include "ingest/reader.h"
#include "ingest/rules.h"
#include "module/run.h"

/* Finds the reading under the options, with the stored one for what they leave open, and adds a note to `known` (outcome_known) when the
 * two differ. An option that cannot read the file fails as it would for new content: RC_USAGE, RC_DATA, RC_AMBIGUOUS. Without such an
 * option nothing is looked at. Cost: the first window, and a pass where numbers hold commas. */
enum rc known_check(struct run *run, const struct import_ask *ask, const struct rules *rules, struct reader *r, struct js *known);

#endif
