/* SHA-256 and BLAKE2b by libsodium, and how texts are fed to them so that no two lists of texts look alike. */
#include "config.h"

#include "base/digest.h"

#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

#define BLOCK_BYTES ((size_t)64 * 1024)

#define HASH_BYTES  32

struct digest {
	union {
		crypto_hash_sha256_state sha256;
		crypto_generichash_state blake2b;
	} state;
	bool content;
};

_Static_assert(HASH_BYTES == crypto_hash_sha256_BYTES && DIGEST_HEX == 2 * HASH_BYTES + 1, "both hashes fit the hex");

static struct digest *start(bool content)
{
	size_t align = _Alignof(struct digest);
	struct digest *d = aligned_alloc(align, (sizeof *d + align - 1) / align * align);

	if (!d || sodium_init() < 0)
		abort(); /* no memory; or no random source: nothing here needs one, but the library does */
	d->content = content;
	if (content)
		crypto_generichash_init(&d->state.blake2b, NULL, 0, HASH_BYTES);
	else
		crypto_hash_sha256_init(&d->state.sha256);
	return d;
}

struct digest *digest_new(void)
{
	return start(false);
}

struct digest *digest_new_content(void)
{
	return start(true);
}

void digest_add(struct digest *d, const void *p, size_t n)
{
	if (n == 0)
		return;
	if (d->content)
		crypto_generichash_update(&d->state.blake2b, p, n);
	else
		crypto_hash_sha256_update(&d->state.sha256, p, n);
}

void digest_add_text(struct digest *d, const char *s)
{
	uint64_t n = s ? strlen(s) : UINT64_MAX;
	unsigned char length[8];

	for (size_t i = 0; i < sizeof length; i++)
		length[i] = (unsigned char)(n >> (8 * i));
	digest_add(d, length, sizeof length);
	if (s)
		digest_add(d, s, (size_t)n);
}

void digest_end(struct digest *d, char hex[DIGEST_HEX])
{
	unsigned char hash[HASH_BYTES];

	if (d->content)
		crypto_generichash_final(&d->state.blake2b, hash, sizeof hash);
	else
		crypto_hash_sha256_final(&d->state.sha256, hash);
	sodium_bin2hex(hex, DIGEST_HEX, hash, sizeof hash);
	free(d);
}

void digest_of(const void *p, size_t n, char hex[DIGEST_HEX])
{
	struct digest *d = digest_new();

	digest_add(d, p, n);
	digest_end(d, hex);
}

enum rc digest_file(const char *path, char hex[DIGEST_HEX])
{
	FILE *in;
	enum rc rc = file_open(path, &in);
	unsigned char *block;
	struct digest *d;
	size_t n;

	if (rc != RC_OK)
		return rc;
	block = mem_new(1, BLOCK_BYTES);
	d = digest_new_content();
	while ((n = fread(block, 1, BLOCK_BYTES, in)) > 0)
		digest_add(d, block, n);
	if (ferror(in)) {
		rc = err_set(RC_IO, "FILE-104", "cannot read %s: %s", path, strerror(errno));
		free(d);
	} else {
		digest_end(d, hex);
	}
	fclose(in);
	free(block);
	return rc;
}

const char *digest_library(void)
{
	return sodium_version_string();
}
