/* G10: rows a day against the same weekdays before. */
#ifndef CLV_QUALITY_VOLUME_H
#define CLV_QUALITY_VOLUME_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "quality/check.h"

struct contract_check;

struct volume_ask { double z; int train, detect, points; };

/* A day that stands out. */
struct volume_day { day_t day; int64_t rows; double median, z; };

/* rows[i] of day first + i, for n days, of which the last is never judged: nothing after it says that it is complete. The `detect` days before it are, each
 * against the `train` last days of its weekday before the first of them; fewer than `points` such days are too few. A day stands out when it is
 * z robust standard deviations from their median (1.4826 MAD, at least the square root of the median, which is what a count scatters by
 * chance, and at least 1) and differs from it by half, and by ten rows, at least. out[detect]; *found: how many stand out; returns how many were judged. */
int volume_judge(const struct volume_ask *ask, const int64_t *rows, size_t n, day_t first, struct volume_day *out, int *found);

/* The check of the accepted rows; contract: its check of volume, or NULL for the standard: 3.5 deviations, 14 weekdays, 2 days, 7 points. One look at
 * the rows of the files that reach the days asked about: 10 ns a row. */
enum rc volume_check(struct arena *a, const struct check_context *c, const struct contract_check *contract, struct finding *out);

#endif
