/* Reference data for the tests of the models: purchase logs and summaries as cohorts, published values by name. They are found
 * through CLV_REFERENCE or beside the source tree; tests without them are skipped. */
#ifndef CLV_TESTS_MODELS_REFERENCE_H
#define CLV_TESTS_MODELS_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "models/past.h"
#include "module/cohort.h"

/* The file's path, or NULL when the references are not there. */
const char *reference_path(struct arena *a, const char *name);

/* Skip the test that calls it when the file is not there. */
#define NEED_REFERENCE(name) do { if (!reference_there(name)) cr_skip_test("no reference data"); } while (0)
bool reference_there(const char *name);

/* Rows of comma-separated text with quotes; cell[i] of a row. The header is row 0. */
struct sheet { size_t rows; size_t *cells; char ***cell; };
struct sheet *sheet_read(struct arena *a, const char *name);
int           sheet_column(const struct sheet *s, const char *name);

/* A log (customer, date, optionally spend) cut at a day, with the holdout until `end` ("" for none). Prices in hundredths. */
struct cohort *log_cohort(struct arena *a, const char *name, const char *spend, const char *cut, const char *end);
/* All rows of a log up to a day, for inner back-tests. */
struct past *log_past(struct arena *a, const char *name, const char *spend, const char *upto);
/* A summary; times times `per_unit` are whole numbers. */
struct cohort *summary_cohort(struct arena *a, const char *name, const char *x, const char *t_x, const char *t, const char *m,
                              double per_unit);

/* values.csv: the value and the largest difference allowed. false: no such row. */
bool reference_value(const char *dataset, const char *model, const char *quantity, double *value, double *allowed);

#endif
