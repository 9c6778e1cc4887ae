/* Unpacks gzip and zstd, and keeps standard input, in a nameless file. Not here: what the bytes mean (reader.c). Owns no table. */
#include "config.h"

#include "ingest/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "base/mem.h"

enum { BLOCK = 1 << 20, WAIT_MS = 100 };

struct work {
	const struct spool *spool;
	const char         *path;
	int                 from, to;
	int64_t             in, out;   /* bytes so far */
	unsigned char      *packed, *plain;
};

enum spool_pack spool_pack_of(const unsigned char *s, size_t n)
{
	if (n >= 2 && memcmp(s, "\x1F\x8B", 2) == 0)
		return SPOOL_GZIP;
	if (n >= 4 && memcmp(s, "\x28\xB5\x2F\xFD", 4) == 0)
		return SPOOL_ZSTD;
	return SPOOL_PLAIN;
}

const char *spool_pack_name(enum spool_pack p)
{
	return p == SPOOL_GZIP ? "gzip" : p == SPOOL_ZSTD ? "zstd" : "";
}

const char *spool_library(enum spool_pack p)
{
#ifdef HAVE_ZLIB
	if (p == SPOOL_GZIP)
		return zlibVersion();
#endif
#ifdef HAVE_ZSTD
	if (p == SPOOL_ZSTD)
		return ZSTD_versionString();
#endif
	(void)p;
	return NULL;
}

static enum rc not_built(const struct work *w, enum spool_pack pack)
{
	bool gzip = pack == SPOOL_GZIP;
	enum rc rc = err_set(RC_UNSUPPORTED, "CSV-152", "this is %s data, and this program was built without %s", spool_pack_name(pack),
		gzip ? "zlib" : "libzstd");

	return err_where(err_do(rc, "unpack it first (%s), or build with %s", gzip ? "gzip -d" : "zstd -d", gzip ? "zlib1g-dev" : "libzstd-dev"),
		w->path, 0, 0);
}

/* Reading and writing */

/* A file without a name, in the folder that was asked for. */
static enum rc make_nameless(const struct spool *s, int *out)
{
	const char *folder = s->folder != NULL ? s->folder : getenv("TMPDIR");
	char path[4096];
	int  fd;

	if (folder == NULL || *folder == '\0')
		folder = "/tmp";
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
	if (fd < 0 && snprintf(path, sizeof path, "%s/.clv-XXXXXX", folder) < (int)sizeof path) {
		fd = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
	}
	if (fd < 0)
		return err_do(err_set(RC_IO, "CSV-153", "no temporary file in %s: %s", folder, strerror(errno)), "check the folder's rights and room");
	*out = fd;
	return RC_OK;
}

static enum rc go_on(const struct work *w)
{
	return w->spool->tick != NULL ? w->spool->tick(w->spool->user) : RC_OK;
}

/* Some bytes more; *got is 0 at the end. A pipe is waited for, with a look at the tick. */
static enum rc get(struct work *w, size_t *got)
{
	for (;;) {
		struct pollfd p = { .fd = w->from, .events = POLLIN };
		enum rc rc = go_on(w);

		if (rc != RC_OK)
			return rc;
		if (poll(&p, 1, WAIT_MS) == 0)
			continue;
		ssize_t k = read(w->from, w->packed, BLOCK);

		if (k < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (k < 0)
			return err_set(RC_IO, "CSV-123", "cannot read %s: %s", w->path, strerror(errno));
		w->in += k;
		*got = (size_t)k;
		return RC_OK;
	}
}

static enum rc put(struct work *w, const unsigned char *p, size_t n)
{
	w->out += (int64_t)n;
	if (w->out > SPOOL_FREE && w->out / w->spool->max_ratio > w->in)
		return err_where(err_do(err_set(RC_DATA, "CSV-151", "%lld bytes unpack to more than %lld times as many", (long long)w->in,
			(long long)w->spool->max_ratio), "if that is right, raise import.max_ratio"), w->path, 0, 0);
	while (n > 0) {
		ssize_t k = write(w->to, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return err_set(RC_IO, "CSV-153", "cannot unpack %s: %s", w->path, strerror(errno));
		p += k;
		n -= (size_t)k;
	}
	return RC_OK;
}

static enum rc copy_plain(struct work *w)
{
	size_t  got = 1;
	enum rc rc = RC_OK;

	while (rc == RC_OK && got > 0) {
		rc = get(w, &got);
		w->out = 0; /* no ratio without a pack */
		if (rc == RC_OK)
			rc = put(w, w->packed, got);
	}
	return rc;
}

#if defined HAVE_ZLIB || defined HAVE_ZSTD
static enum rc broken(const struct work *w, const char *why)
{
	return err_where(err_do(err_set(RC_DATA, "CSV-150", "the packed data are %s after %lld bytes", why, (long long)w->in),
		"fetch the file again"), w->path, 0, 0);
}
#endif

/* gzip */

#ifdef HAVE_ZLIB
/* Everything that one block of packed bytes gives. Members may follow each other; zeros may fill up the end. */
static enum rc inflate_block(struct work *w, z_stream *z, bool *ended)
{
	while (z->avail_in > 0) {
		if (*ended) {
			for (; z->avail_in > 0 && *z->next_in == 0; z->next_in++)
				z->avail_in--;
			if (z->avail_in == 0)
				break;
			inflateReset(z);
			*ended = false;
		}
		z->next_out = w->plain;
		z->avail_out = BLOCK;
		int at = inflate(z, Z_NO_FLUSH);

		if (at != Z_OK && at != Z_STREAM_END && at != Z_BUF_ERROR)
			return at == Z_MEM_ERROR ? err_set(RC_NOMEM, "CSV-126", "no memory to unpack") : broken(w, "broken");
		enum rc rc = put(w, w->plain, BLOCK - z->avail_out);

		if (rc != RC_OK)
			return rc;
		*ended = at == Z_STREAM_END;
	}
	return RC_OK;
}

static enum rc copy_gzip(struct work *w)
{
	z_stream z = { 0 };
	bool     ended = false;
	size_t   got = 1;
	enum rc  rc = RC_OK;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return err_set(RC_NOMEM, "CSV-126", "no memory to unpack");
	while (rc == RC_OK && got > 0) {
		rc = get(w, &got);
		z.next_in = w->packed;
		z.avail_in = (uInt)got;
		if (rc == RC_OK)
			rc = inflate_block(w, &z, &ended);
	}
	inflateEnd(&z);
	return rc == RC_OK && !ended ? broken(w, "cut off") : rc;
}
#else
static enum rc copy_gzip(struct work *w)
{
	return not_built(w, SPOOL_GZIP);
}
#endif

/* zstd */

#ifdef HAVE_ZSTD
static enum rc inflate_frames(struct work *w, ZSTD_DStream *z, ZSTD_inBuffer *in, size_t *left)
{
	while (in->pos < in->size) {
		ZSTD_outBuffer out = { .dst = w->plain, .size = BLOCK };

		*left = ZSTD_decompressStream(z, &out, in);
		if (ZSTD_isError(*left))
			return broken(w, "broken");
		enum rc rc = put(w, w->plain, out.pos);

		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc copy_zstd(struct work *w)
{
	ZSTD_DStream *z = ZSTD_createDStream();
	size_t  left = 1, got = 1;
	enum rc rc = RC_OK;

	if (z == NULL)
		return err_set(RC_NOMEM, "CSV-126", "no memory to unpack");
	while (rc == RC_OK && got > 0) {
		rc = get(w, &got);
		if (rc == RC_OK)
			rc = inflate_frames(w, z, &(ZSTD_inBuffer){ .src = w->packed, .size = got }, &left);
	}
	ZSTD_freeDStream(z);
	return rc == RC_OK && left != 0 ? broken(w, "cut off") : rc;
}
#else
static enum rc copy_zstd(struct work *w)
{
	return not_built(w, SPOOL_ZSTD);
}
#endif

enum rc spool_open(const struct spool *s, int fd, const char *path, enum spool_pack pack, int *out)
{
	struct work w = { .spool = s, .path = path, .from = fd, .to = -1 };
	enum rc rc = spool_library(pack) == NULL && pack != SPOOL_PLAIN ? not_built(&w, pack) : make_nameless(s, &w.to);

	if (rc != RC_OK)
		return rc;
	w.packed = mem_new(BLOCK, 1);
	w.plain = mem_new(BLOCK, 1);
	rc = pack == SPOOL_GZIP ? copy_gzip(&w) : pack == SPOOL_ZSTD ? copy_zstd(&w) : copy_plain(&w);
	free(w.packed);
	free(w.plain);
	if (rc != RC_OK)
		close(w.to);
	else
		*out = w.to;
	return rc;
}
