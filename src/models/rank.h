/* Order, tiers and RFM: customers by what they are worth, and by what they did. */
#ifndef CLV_MODELS_RANK_H
#define CLV_MODELS_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

/* order[k] = the customer of rank k+1: worth descending, ties by expected descending, then by the bytes of
 * the id. worth[n], expected[n] finite; n < 2^32. RC_NOMEM. */
enum rc rank_order(const double *worth, const double *expected, const char *const *id, size_t n, uint32_t *order);

/* Tiers by rank: the first 1, 5, 10, 20 % rounded up, and the others. rank from 1. */
enum { TIERS = 5 };
extern const char *const tier_names[TIERS];
size_t tier_of(size_t rank, size_t n);

/* Scores 1 .. 5, 5 is best: 1 + floor(5 share), share that of customers with a smaller value, so that equal
 * values have equal scores and the smallest value scores 1. NaN scores 0 (none) and is not counted.
 * score[n]. RC_NOMEM. */
enum rc rfm_scores(const double *value, size_t n, uint8_t *score);

/* The eleven names over R and FM, the mean of F and M rounded half up (F alone where m is 0). */
enum { SEGMENTS = 11 };
extern const char *const segment_names[SEGMENTS];
size_t segment_of(int r, int f, int m);

#endif
