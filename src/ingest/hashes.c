/* Numbers of eight bytes to bytes and back, on every machine alike. */
#include "config.h"

#include "ingest/hashes.h"

void hashes_write(uint8_t *out, const uint64_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int b = 0; b < 8; b++)
			out[8 * i + (size_t)b] = (uint8_t)(v[i] >> (8 * b));
}

void hashes_read(uint64_t *v, const uint8_t *in, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		v[i] = 0;
		for (int b = 0; b < 8; b++)
			v[i] |= (uint64_t)in[8 * i + (size_t)b] << (8 * b);
	}
}
