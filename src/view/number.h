/* Numbers as people read them on a screen. Every function writes into buf and returns it; NaN is "-". */
#ifndef CLV_VIEW_NUMBER_H
#define CLV_VIEW_NUMBER_H

#include <stddef.h>

#define NUMBER_BYTES 48

struct number { char s[NUMBER_BYTES]; };

const char *number_count(struct number *buf, double v);             /* 1,067,371: whole, thousands apart */
const char *number_fixed(struct number *buf, double v, int digits); /* 1,234.50; at most 6 digits after the point */
const char *number_short(struct number *buf, double v);             /* 512  9,400  41k  2.41M  1.2G */
const char *number_alike(struct number *buf, double v, double size); /* v in the unit and to the precision of size */
const char *number_percent(struct number *buf, double share, int digits); /* 0.1709, 1 -> 17.1% */
const char *number_signed_percent(struct number *buf, double share, int digits); /* +5%, -0.9%, 0% */
const char *number_chance(struct number *buf, double p);            /* .98  1.00  <.01 */
const char *number_real(struct number *buf, double v);              /* 4 significant digits, whatever the size */

#endif
