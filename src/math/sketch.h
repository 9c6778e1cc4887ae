/* Summaries of streams in bounded memory: how many different values, and quantiles. Both are exact up to a size, then say how far
 * off they may be; both depend on the order of the values at most, never on chance. */
#ifndef CLV_MATH_SKETCH_H
#define CLV_MATH_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Different values by their hashes: adaptive sampling (Flajolet 1990, "On adaptive sampling"; the method is Wegman's). At most `most` of
 * them are held, those whose hash begins with `depth` zeros, each with all its occurrences; the estimate is held * 2^depth, its
 * relative standard error about 1.2 / sqrt(most). */
struct distinct;

struct distinct *distinct_new(size_t most); /* a power of two, at least 16 */
void             distinct_free(struct distinct *d); /* NULL allowed */
/* The hash must be well mixed in all its bits. How often it has come by now; 0: it is not held. Amortised constant. */
int64_t          distinct_add(struct distinct *d, uint64_t hash);
/* The value came `times` times more; it need not be held. */
void             distinct_again(struct distinct *d, uint64_t hash, int64_t times);
double           distinct_count(const struct distinct *d);
bool             distinct_is_exact(const struct distinct *d);
double           distinct_error(const struct distinct *d); /* relative standard error; 0 when exact */
/* Has a held value come twice? While exact: any value. */
bool             distinct_repeats(const struct distinct *d);
/* How often the value came; 0: it is not held. */
int64_t          distinct_times(const struct distinct *d, uint64_t hash);

/* As bytes, the same for the same values in any order: the depth (1 byte), then the held hashes in order, 8 bytes each, little end first. How
 * often each came is not in them. distinct_join adds the values of such bytes; false, and *d as it was, when they are none. */
size_t           distinct_bytes(const struct distinct *d);
void             distinct_write(const struct distinct *d, uint8_t *out);
bool             distinct_join(struct distinct *d, const void *p, size_t n);

/* Quantiles: buffers of equal size, a full one is sorted and every other value of it, from the first and from the second in turn, moves
 * up with twice the weight (Munro and Paterson 1980; Manku, Rajagopalan and Lindsay 1998). Exact for the first SPREAD_SIZE values. */
enum { SPREAD_SIZE = 2048 };
struct spread;

struct spread *spread_new(void);
void           spread_free(struct spread *s); /* NULL allowed */
void           spread_add(struct spread *s, double v); /* not NaN */
size_t         spread_n(const struct spread *s);
/* Type 7 while exact, then a value whose rank is off by at most spread_error * n. NaN without values. Cost: a sort of what is held. */
double         spread_quantile(const struct spread *s, double p);
void           spread_quantiles(const struct spread *s, const double *p, size_t n, double *out); /* p rising: one sort for all */
double         spread_error(const struct spread *s); /* as a share of n; 0 when exact */

#endif
