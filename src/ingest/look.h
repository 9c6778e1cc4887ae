/* What a file says before anything of it is imported: columns with examples, what each becomes, what is doubtful and what settles it. */
#ifndef CLV_INGEST_LOOK_H
#define CLV_INGEST_LOOK_H

#include "base/json.h"
#include "base/rc.h"
#include "ingest/import.h"
#include "module/run.h"

enum { LOOK_SAMPLES = 3, LOOK_ROWS = 40 };

/* Looks at ask->path[0]; reads its beginning, and all of it where only whole columns can tell. Stores nothing; the judgement is that of
 * import_files. Where the file has two readings the doubt is reported and the look goes on with the first way to settle it. *result is
 * {file, bytes, encoding, pack, delimiter, quote, header, rows, exact, columns:[{number, name, samples:[...], role|null, parsed|null}], reading|null,
 * doubts:[{id, question, why, choices:[{label, options:{name: value}, shows|null: first values as they would be read}], chosen?}], preview:{rows:[{line, customer, day, amount}], aside:[{line, text,
 * reasons}], judged, accepted, set_aside, negative}|null, error:{code, why, line, todo}|null}. rows is counted when exact, else estimated; options are those
 * of import by their names. parsed is the share of the judged rows in which the column could be read.
 * Errors: as reader_open; RC_USAGE of an option; RC_CANCELLED. A file that cannot be read as a table is no error: `error` says why. */
enum rc import_look(struct run *run, const struct import_ask *ask, struct js **result);

#endif
