/* From a file to its reading: delimiter, header, columns, date order, decimal mark. */
#ifndef CLV_INGEST_SNIFF_H
#define CLV_INGEST_SNIFF_H

#include "base/arena.h"
#include "base/rc.h"
#include "ingest/import.h"
#include "ingest/reader.h"
#include "ingest/reading.h"
#include "module/run.h"

/* Reads the file's beginning, and all of it when only whole columns can tell. Leaves the reader anywhere: rewind it. Errors as
 * reading_find; *seen, unless NULL, gets the first rows. RC_DATA when there is no header or no row; RC_AMBIGUOUS when the dates have two readings. */
enum rc sniff_file(struct run *run, const struct import_ask *ask, struct reader *r, size_t max_row, struct sample *seen, struct reading *out);

/* Only its first rows, under the delimiter that fits best; the window is the reader's. Errors: those of options and of the header; the rows are
 * there after RC_DATA, too, if there are any. */
enum rc sniff_sample(struct run *run, const struct import_ask *ask, struct reader *r, size_t max_row, struct window *w, struct sample *out);

#endif
