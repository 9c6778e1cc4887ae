/* The front of an import: a regular file, packed or not, or standard input, as a sliding window of UTF-8 text. Knows encoding, byte order
 * mark, what is no text at all, and the digest of the bytes; knows no records. */
#ifndef CLV_INGEST_READER_H
#define CLV_INGEST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/digest.h"
#include "base/rc.h"
#include "base/str.h"
#include "ingest/spool.h"

#define READER_BLOCK ((size_t)1 << 20)
#define READER_STDIN "-"
#define READER_AUTO  "auto" /* as encoding: UTF-8 if all of the file is, else Windows-1252; costs a pass */

struct reader;

/* text[0..n) is followed by one LF that does not belong to it: loops need no other bound. */
struct window { const char *text; size_t n; bool last; /* the file ends here */ };

/* encoding: as declared, or NULL for UTF-8 (a byte order mark is honoured). Errors: RC_IO (not there, a folder, not a regular file,
 * unreadable; packed data: see spool_open), RC_USAGE (encoding), RC_DATA (empty; an archive, a page, an image ...: named; UTF-16 without a
 * mark), RC_UNSUPPORTED. Sizes, offsets and the digest of packed data are those of the text in them. */
enum rc reader_open(const char *path, const char *encoding, struct reader **out);
/* The same, where the caller says how packed data and standard input are kept; spool may be NULL. */
enum rc reader_open_in(const char *path, const char *encoding, const struct spool *spool, struct reader **out);
/* The same bytes once more under another encoding. */
enum rc reader_again(const struct reader *r, const char *encoding, struct reader **out);
void    reader_close(struct reader *r); /* NULL allowed */

const char *reader_path(const struct reader *r);
const char *reader_encoding(const struct reader *r);
const char *reader_pack(const struct reader *r);  /* "gzip", "zstd", "" */
uint64_t    reader_size(const struct reader *r);  /* bytes of the text, unpacked */
uint64_t    reader_start(const struct reader *r); /* bytes of the byte order mark */

/* Begin at the first byte again. hash: compute the digest on the way. */
void    reader_rewind(struct reader *r, bool hash);
/* Drop the first `used` bytes of the window and read about a block more. The window grows when little is used. Window memory is
 * the reader's until the next call. RC_IO when reading fails or the file has changed its size; RC_NOMEM. */
enum rc reader_read(struct reader *r, size_t used, struct window *out);
/* A second reader of the same open file, without a digest, whose first reader_read gives what follows the window at hand. Close it first. */
enum rc reader_fork(const struct reader *r, struct reader **out);
/* The digest of all bytes; once, after the window was `last`. */
void    reader_digest(struct reader *r, char hex[DIGEST_HEX]);

/* The bytes of the file behind a piece of window text. */
uint64_t reader_raw_size(const struct reader *r, const char *text, size_t n);
void     reader_raw(const struct reader *r, const char *text, size_t n, struct str *out);
/* All bytes of the text, as the digest sees them, behind what is in `out`. Moves nothing. RC_IO. */
enum rc reader_copy(const struct reader *r, FILE *out);

#endif
