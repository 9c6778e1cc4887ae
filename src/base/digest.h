/* SHA-256 through libsodium. Hex is lower case, 64 characters and a NUL. */
#ifndef CLV_BASE_DIGEST_H
#define CLV_BASE_DIGEST_H

#include <stddef.h>

#include "base/rc.h"

#define DIGEST_HEX 65

struct digest; /* a running hash */

struct digest *digest_new(void);
void           digest_add(struct digest *d, const void *p, size_t n);
void           digest_add_text(struct digest *d, const char *s); /* the length, then the bytes: no two lists of texts collide; NULL differs from "" */
void           digest_end(struct digest *d, char hex[DIGEST_HEX]); /* frees d */

void    digest_of(const void *p, size_t n, char hex[DIGEST_HEX]);
enum rc digest_file(const char *path, char hex[DIGEST_HEX]); /* RC_IO */

const char *digest_library(void); /* version, for --version */

#endif
