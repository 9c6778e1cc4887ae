/* What files hold, column by column, before or without an import. */
#ifndef CLV_INGEST_PROFILE_H
#define CLV_INGEST_PROFILE_H

#include "base/json.h"
#include "base/rc.h"
#include "ingest/import.h"
#include "module/run.h"

/* Profiles the files of the ask, read as import_look reads them: where there are two readings the first is taken and named. One pass (one
 * more where only whole columns can tell an order of dates); memory by columns, not rows. Of a mapping only what it says about reading the
 * file is used: the columns are the file's own. Nothing is stored.
 *
 * *result is {files:[{file, bytes, encoding, delimiter, header, read, profiled, unsound, blank, doubts:[text], months_by|null, first_month|null,
 * months:[rows by month from then on], columns:[{number, name, role|null, and what column_json says}]}]}; unsound rows have another number of
 * fields or broken quotes and are in no column. Months are those of the date column, else of the first column of dates. Errors: as
 * reader_open; RC_DATA when a file cannot be read as a table; RC_USAGE of an option; RC_CANCELLED. */
enum rc import_profile(struct run *run, const struct import_ask *ask, struct js **result);
/* The same with what a contract is proposed from: each column has values, all of them with their counts or null (column_values), and each file
 * days:[[day, rows]], of the rows with a date, in order. */
enum rc import_profile_whole(struct run *run, const struct import_ask *ask, struct js **result);

#endif
