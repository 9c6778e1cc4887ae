/* Numbers of eight bytes, little end first: how hashes of rows lie in a blob. */
#ifndef CLV_INGEST_HASHES_H
#define CLV_INGEST_HASHES_H

#include <stddef.h>
#include <stdint.h>

void hashes_write(uint8_t *out, const uint64_t *v, size_t n); /* out[8 * n] */
void hashes_read(uint64_t *v, const uint8_t *in, size_t n);

#endif
