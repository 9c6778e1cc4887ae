/* Bytes that cannot be read in place: gzip and zstd data, standard input. Unpacked once into a nameless file of mode 0600, which is
 * then read like any other. The door to zlib and zstd; each may be missing from the build. */
#ifndef CLV_INGEST_SPOOL_H
#define CLV_INGEST_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

enum spool_pack { SPOOL_PLAIN, SPOOL_GZIP, SPOOL_ZSTD };

struct spool {
	const char *folder;                  /* where the nameless file stands; NULL: $TMPDIR, or /tmp */
	int64_t     max_ratio;               /* unpacked bytes to packed ones, beyond SPOOL_FREE unpacked bytes */
	enum rc   (*tick)(void *user);       /* about every megabyte, and every tenth of a second while input is waited for; NULL: none */
	void       *user;
};

#define SPOOL_FREE ((int64_t)64 << 20)
enum { SPOOL_RATIO = 200 };

/* By the first bytes. */
enum spool_pack spool_pack_of(const unsigned char *s, size_t n);
const char     *spool_pack_name(enum spool_pack p);  /* "gzip", "zstd", "" */
const char     *spool_library(enum spool_pack p);    /* its version; NULL: not in this build */

/* All that `fd` gives from where it stands, unpacked, as *out: a new descriptor at its beginning, to be closed by the caller; `path` is for
 * messages. RC_IO: reading, writing; RC_DATA: a pack that is cut or broken (CSV-150), or beyond the ratio (CSV-151); RC_UNSUPPORTED: not in this
 * build (CSV-152); what tick says. A pack of several members is read to its end. */
enum rc spool_open(const struct spool *s, int fd, const char *path, enum spool_pack pack, int *out);

#endif
