/* The checks of feature rows that are not SQL: the seven columns by name (G4) and the row rules (G5). */
#ifndef CLV_QUALITY_ROWS_H
#define CLV_QUALITY_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "quality/check.h"

/* Does the table have rules for its rows? feat_customer and feat_backtest do. */
bool rows_gated(const char *table);

/* At most this many findings. */
size_t rows_findings(void);

/* All findings of a table; when a column is missing (a stop) the rows are not looked at and *rows is 0.
 * Streams the rows once. */
enum rc rows_check(struct arena *a, const struct check_context *c, const char *table, struct finding *out, size_t *n,
	int64_t *rows);

#endif
