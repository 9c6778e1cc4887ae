/* One look at all scores for the checks of score_customer. */
#ifndef CLV_QUALITY_SCORES_H
#define CLV_QUALITY_SCORES_H

#include "quality/check.h"

/* Adds to the words of the context: rows, and suspects, the rows that G14-scores must look at: with a number that is not
 * finite or below 0, a probability above 1, an interval upside down, or without money where others have some. */
enum rc scores_count(struct check_context *c);

#endif
