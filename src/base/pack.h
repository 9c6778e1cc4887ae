/* A column of whole numbers as few bytes: what each number is above the least of them, in as many bytes as the largest
 * takes. For numbers that are kept and read by the thousand, where a row each would cost more than what is done with them.
 * The bytes: the width w (1 byte, 0 to 8; 0: every number is missing, however many there are), the least number (8 bytes), then w bytes a number, all little endian. 0 stands for
 * a missing number, 1 for the least. */
#ifndef CLV_BASE_PACK_H
#define CLV_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PACK_MISSING INT64_MIN

/* Bytes that pack() may write. */
size_t pack_room(size_t n);

/* The column v[n] into out[pack_room(n)]; how many bytes it took. PACK_MISSING is kept as missing. 2 ns a number. */
size_t pack(uint8_t *out, const int64_t *v, size_t n);

/* The column back; false, and v undefined, when these bytes are no column of n numbers. 1 ns a number. */
bool unpack(const void *p, size_t bytes, int64_t *v, size_t n);

#endif
