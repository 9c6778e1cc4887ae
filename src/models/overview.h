/* The live ranking summed up, and held against that of the run that was live before: groups, who moved between them, who moved
 * most, whom to save. Arrays in memory; pure. */
#ifndef CLV_MODELS_OVERVIEW_H
#define CLV_MODELS_OVERVIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"

#define OVERVIEW_NAMES 24 /* tiers, segments or clusters, with the two that stand for not being there */
#define OVERVIEW_MOVED 200
#define OVERVIEW_SAVED 1000

/* Names in the order in which they were met. Numbers from 1; 0 stands for not being there. */
struct names { size_t n; char name[OVERVIEW_NAMES][32]; };

/* The number of a name, added when it is new; 0 when there is no room. */
size_t names_find(struct names *x, const char *p, size_t n);

/* The greatest keys so far, each with whom it is of. Equal keys: the smaller number wins. */
struct best { size_t n, most; double *key; int32_t *who; };

/* most = 0 is allowed. Memory of the arena. */
void best_init(struct best *b, struct arena *a, size_t most);
/* Cost: a comparison, or the logarithm of `most` of them. NaN is left out. */
void best_offer(struct best *b, double key, int32_t who);
/* Greatest first; nothing can be offered afterwards. */
void best_sort(struct best *b);

/* A sum over the customers of a group. */
struct group { int64_t customers; double worth, p_alive, at_risk; };

/* Customers by where they were and where they are. */
struct move { int64_t customers; double worth_before, worth_now; };

#endif
