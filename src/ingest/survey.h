/* What only a whole column can tell: day/month or month/day, decimal point or decimal comma. */
#ifndef CLV_INGEST_SURVEY_H
#define CLV_INGEST_SURVEY_H

#include "base/rc.h"
#include "ingest/reader.h"
#include "ingest/reading.h"
#include "module/run.h"

/* Read the whole file once and settle what r leaves open. RC_AMBIGUOUS (CSV-108): both date orders fit every row, or rows contradict each
 * other (both lines are named); nothing is decided row by row. RC_CANCELLED. */
enum rc survey_columns(struct run *run, struct reader *reader, size_t max_row, struct reading *r);

#endif
