/* Sorting many rows by one value each: stable, by the image of the value, an unsigned number of the same order. */
#ifndef CLV_STORE_ORDER_PRIV_H
#define CLV_STORE_ORDER_PRIV_H

#include <stddef.h>
#include <stdint.h>

struct order_item { uint64_t image; uint32_t row; };

/* The texts of rows: with c = code[row - 1], n[c] bytes from bytes + at[c] on. */
struct order_texts { const char *bytes; const uint32_t *at, *n, *code; };

uint64_t order_of_int(int64_t v);
uint64_t order_of_real(double v); /* no NaN; the two zeros are one */

/* By image, equal ones as they stand; spare has room for n. Some 40 ms a million. */
void order_items(struct order_item *item, struct order_item *spare, size_t n);
/* By the bytes of each row's text, up or down; the images are overwritten. */
void order_texts(struct order_item *item, struct order_item *spare, size_t n, const struct order_texts *texts, int down);

#endif
