/* Purchase logs for the tests of features, and what the definitions say about them, the long way round. */
#ifndef CLV_TESTS_FEATURES_LOG_H
#define CLV_TESTS_FEATURES_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "../kit/shop.h"

struct log { size_t n; struct shop_row *row; };

/* rows of `customers` in days 0..days: sales, free ones, refunds, repeated rows; in day order, or not. In an arena. */
struct log log_random(struct arena *a, size_t n, int customers, int days, bool in_order, unsigned seed);
/* The rows of days up to `last`, in the same order. */
struct log log_until(struct arena *a, struct log l, day_t last);
/* Customer, date and spend of a reference file; customers 1, 2 ... as written. n 0 when the file is not there. */
struct log log_reference(struct arena *a, const char *name, int date_column, int spend_column);

/* One customer by the definitions, from all rows: purchase days in from..to, net sums, first and last day. */
struct fact { int days, sales, refunds; day_t first, last; int64_t first_minor, before_minor, total_minor; bool any; };
struct fact log_fact(struct log l, int who, day_t from, day_t to);

#endif
