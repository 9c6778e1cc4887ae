/* Hashes through libsodium: SHA-256 for records, the audit chain and fingerprints; BLAKE2b-256 for the content of files, three
 * times as fast (`b2sum -l 256 FILE` prints the same). Hex is lower case, 64 characters and a NUL. */
#ifndef CLV_BASE_DIGEST_H
#define CLV_BASE_DIGEST_H

#include <stddef.h>

#include "base/rc.h"

#define DIGEST_HEX 65

struct digest; /* a running hash */

struct digest *digest_new(void);          /* SHA-256 */
struct digest *digest_new_content(void);  /* BLAKE2b-256 */
void           digest_add(struct digest *d, const void *p, size_t n);
void           digest_add_text(struct digest *d, const char *s); /* the length, then the bytes: no two lists of texts collide; NULL differs from "" */
void           digest_end(struct digest *d, char hex[DIGEST_HEX]); /* frees d */

void    digest_of(const void *p, size_t n, char hex[DIGEST_HEX]);
enum rc digest_file(const char *path, char hex[DIGEST_HEX]); /* BLAKE2b-256 of the content; RC_IO */

const char *digest_library(void); /* version, for --version */

#endif
