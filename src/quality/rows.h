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

/* All findings of a table; when a column is missing (a stop) the rows are not looked at. Scans the rows once
 * and adds to the words of the context: rows; of feat_customer also usable (not set aside), repeats, early
 * (first purchase in the first 30 days of the data) and revenue in minor units. */
enum rc rows_check(struct arena *a, struct check_context *c, const char *table, struct finding *out, size_t *n);

#endif
