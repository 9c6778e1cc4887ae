/* Opens a file of purchases and hands it on as windows of UTF-8 text. Not here: where a record ends (split.c). Owns no table. */
#include "config.h"

#include "ingest/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "ingest/encode.h"
#include "ingest/spool.h"

enum { PROBE = 65536 };

struct reader {
	char          *path;
	int            fd;
	uint64_t       size, start, read; /* bytes: of the file, of the mark, read so far */
	enum encoding  encoding;
	enum spool_pack pack;             /* what it was unpacked from */
	struct digest *digest;
	char          *text;             /* the window's memory: `from` bytes are used up, `n` are there */
	size_t         from, n, cap;
	unsigned char *raw;              /* bytes before transcoding; not for UTF-8 */
	size_t         raw_n;
	bool           last;
};

/* What a file is that is not delimited text, by how it begins. */
static const struct { const char *begin; size_t n; const char *what; } kinds[] = {
	{ "PK\x03\x04", 4, "a zip archive (an .xlsx workbook is one)" },
	{ "\x1F\x8B", 2, "gzip data inside packed data" },
	{ "\x28\xB5\x2F\xFD", 4, "zstd data inside packed data" },
	{ "BZh", 3, "bzip2 data" },
	{ "\xFD" "7zXZ", 5, "xz data" },
	{ "7z\xBC\xAF", 4, "a 7z archive" },
	{ "\xD0\xCF\x11\xE0", 4, "an old Office document (.xls)" },
	{ "SQLite format 3", 15, "an SQLite database" },
	{ "PAR1", 4, "a Parquet file" },
	{ "%PDF", 4, "a PDF document" },
	{ "\x89PNG", 4, "an image" },
	{ "\x7F" "ELF", 4, "a program" },
	{ "version https://git-lfs", 23, "a Git LFS pointer, not the file itself (git lfs pull fetches it)" },
};

static const char *const pages[] = { "<!doctype", "<html", "<?xml", "<head", "<body" };

static const char *kind_of(const unsigned char *s, size_t n)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (n >= kinds[i].n && memcmp(s, kinds[i].begin, kinds[i].n) == 0)
			return kinds[i].what;
	while (n > 0 && (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')) {
		s++;
		n--;
	}
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		if (n >= strlen(pages[i]) && strncasecmp((const char *)s, pages[i], strlen(pages[i])) == 0)
			return "a web page or XML, not a table";
	if (n > 1 && (*s == '{' || (*s == '[' && (s[1] == '{' || s[1] == '\n' || s[1] == '['))))
		return "JSON, not a table";
	return NULL;
}

/* A text has few control bytes; a few NULs are the rows' trouble, many are the file's. */
static bool is_binary(const unsigned char *s, size_t n)
{
	size_t odd = 0;

	for (size_t i = 0; i < n; i++)
		odd += s[i] < 9 || (s[i] > 13 && s[i] < 32 && s[i] != 27);
	return odd > 2 && odd * 10 > n;
}

static enum rc open_failed(const char *path, int error)
{
	if (error == ENOENT || error == ENOTDIR)
		return err_do(err_set(RC_IO, "CSV-121", "%s is not there", path), "check the name of the file");
	if (error == EACCES || error == EPERM)
		return err_do(err_set(RC_IO, "CSV-122", "%s may not be read: %s", path, strerror(error)), "check the rights of the file");
	return err_set(RC_IO, "CSV-123", "cannot read %s: %s", path, strerror(error));
}

/* O_NONBLOCK: a pipe without a writer must not hold us; it is then refused as not regular. */
static enum rc open_regular(struct reader *r)
{
	struct stat st;

	r->fd = open(r->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (r->fd < 0 || fstat(r->fd, &st) != 0)
		return open_failed(r->path, errno);
	if (S_ISDIR(st.st_mode))
		return err_do(err_set(RC_IO, "CSV-124", "%s is a folder", r->path), "name the files in it, for example %s/*.csv", r->path);
	if (!S_ISREG(st.st_mode))
		return err_do(err_set(RC_IO, "CSV-124", "%s is not a regular file", r->path), "write its contents to a file first");
	r->size = (uint64_t)st.st_size;
	return RC_OK;
}

/* Standard input may be read once only, packed data only from their beginning: both become a nameless file. */
static enum rc take_spooled(struct reader *r, const struct spool *spool, int from, enum spool_pack pack)
{
	struct stat st;
	int  fd;
	enum rc rc = spool_open(spool, from, r->path, pack, &fd);

	if (rc != RC_OK)
		return rc;
	if (r->fd >= 0)
		close(r->fd);
	r->fd = fd;
	if (fstat(fd, &st) != 0)
		return open_failed(r->path, errno);
	r->size = (uint64_t)st.st_size;
	return RC_OK;
}

static enum rc open_input(struct reader *r, const struct spool *spool)
{
	static const struct spool standard = { .max_ratio = SPOOL_RATIO };
	const struct spool *s = spool != NULL ? spool : &standard;
	unsigned char head[4];
	ssize_t n;
	enum rc rc = strcmp(r->path, READER_STDIN) == 0 ? take_spooled(r, s, STDIN_FILENO, SPOOL_PLAIN) : open_regular(r);

	if (rc != RC_OK)
		return rc;
	n = pread(r->fd, head, sizeof head, 0);
	r->pack = n > 0 ? spool_pack_of(head, (size_t)n) : SPOOL_PLAIN;
	if (r->pack == SPOOL_PLAIN)
		return RC_OK;
	if (lseek(r->fd, 0, SEEK_SET) != 0)
		return open_failed(r->path, errno);
	return take_spooled(r, s, r->fd, r->pack);
}

static enum rc declared(struct reader *r, const char *name, const unsigned char *s, size_t n)
{
	enum encoding mark;
	const char   *near;
	size_t        length = encode_mark(s, n, &mark);

	if (!encode_find(name, &r->encoding, &near))
		return err_do(err_set(RC_USAGE, "CSV-110", "the encoding '%s' is not known", name),
			"%s%s%sknown are utf-8, latin-1, windows-1252, utf-16, utf-16le, utf-16be",
			near != NULL ? "did you mean " : "", near != NULL ? near : "", near != NULL ? "? " : "");
	if (r->encoding == ENCODING_UTF16)
		r->encoding = length == 2 ? mark : ENCODING_UTF16LE;
	if (length > 0 && mark == r->encoding)
		r->start = length;
	return RC_OK;
}

/* UTF-8 when every byte of the file is; otherwise Windows-1252, of which Latin-1 text is a part. Only where the user asked for it. */
static enum rc detect(struct reader *r)
{
	unsigned char *s = mem_new(1, PROBE);
	uint64_t at = 0;
	ssize_t  n;
	bool     utf8 = true;

	while (utf8 && (n = pread(r->fd, s, PROBE, (off_t)at)) > 0) {
		size_t valid = str_utf8_valid((const char *)s, (size_t)n);

		utf8 = valid == (size_t)n || (n == PROBE && valid + 4 > (size_t)n); /* a character may be cut at the end */
		at += valid;
	}
	free(s);
	r->encoding = utf8 ? ENCODING_UTF8 : ENCODING_CP1252;
	return utf8 && n < 0 ? open_failed(r->path, errno) : RC_OK;
}

/* Encoding and kind from the first bytes. */
static enum rc probe(struct reader *r, const char *encoding)
{
	unsigned char *s = mem_new(1, PROBE);
	ssize_t        n = pread(r->fd, s, PROBE, 0);
	enum encoding  looks;
	const char    *kind;
	enum rc        rc = RC_OK;

	if (n < 0)
		rc = open_failed(r->path, errno);
	else if (n == 0)
		rc = err_where(err_do(err_set(RC_DATA, "CSV-101", "the file is empty"), "check that it was written to the end"), r->path, 0, 0);
	else if ((kind = kind_of(s, (size_t)n)) != NULL)
		rc = err_where(err_do(err_set(RC_DATA, "CSV-105", "this is %s", kind), "give the rows as delimited text"), r->path, 0, 0);
	else if (encoding != NULL && strcasecmp(encoding, READER_AUTO) != 0)
		rc = declared(r, encoding, s, (size_t)n);
	else if ((r->start = encode_mark(s, (size_t)n, &r->encoding)) > 0)
		rc = RC_OK;
	else if (encode_looks_utf16(s, (size_t)n, &looks))
		rc = err_where(err_do(err_set(RC_DATA, "CSV-112", "this looks like UTF-16 without a byte order mark"), "--encoding %s",
			encode_name(looks)), r->path, 0, 0);
	else if (is_binary(s, (size_t)n))
		rc = err_where(err_do(err_set(RC_DATA, "CSV-105", "this is binary data, not text"), "give the rows as delimited text"), r->path, 0, 0);
	else if (encoding != NULL)
		rc = detect(r);
	free(s);
	return rc;
}

/* What follows once the bytes are at hand. */
static enum rc begin(struct reader *r, enum rc rc, const char *encoding, struct reader **out)
{
	if (rc == RC_OK)
		rc = probe(r, encoding);
	if (rc != RC_OK) {
		reader_close(r);
		return rc;
	}
	r->cap = 2 * READER_BLOCK;
	r->text = mem_new(r->cap + 1, 1);
	if (r->encoding != ENCODING_UTF8)
		r->raw = mem_new(READER_BLOCK, 1);
	reader_rewind(r, false);
	*out = r;
	return RC_OK;
}

static struct reader *reader_new(const char *path)
{
	struct reader *r = mem_new(1, sizeof *r);

	r->path = mem_copy_text(path);
	r->fd = -1;
	return r;
}

enum rc reader_open_in(const char *path, const char *encoding, const struct spool *spool, struct reader **out)
{
	struct reader *r = reader_new(path);

	return begin(r, open_input(r, spool), encoding, out);
}

enum rc reader_open(const char *path, const char *encoding, struct reader **out)
{
	return reader_open_in(path, encoding, NULL, out);
}

enum rc reader_again(const struct reader *r, const char *encoding, struct reader **out)
{
	struct reader *f = reader_new(r->path);

	f->pack = r->pack;
	f->size = r->size;
	f->fd = fcntl(r->fd, F_DUPFD_CLOEXEC, 0);
	return begin(f, f->fd < 0 ? open_failed(r->path, errno) : RC_OK, encoding, out);
}

enum rc reader_fork(const struct reader *r, struct reader **out)
{
	struct reader *f = mem_new(1, sizeof *f);

	*f = *r;
	f->path = mem_copy_text(r->path);
	f->fd = fcntl(r->fd, F_DUPFD_CLOEXEC, 0);
	f->digest = NULL;
	f->from = f->n = 0;
	f->cap = 2 * READER_BLOCK;
	f->text = mem_try(f->cap + 1, 1);
	f->raw = r->raw != NULL ? mem_try(READER_BLOCK, 1) : NULL;
	if (f->raw != NULL)
		memcpy(f->raw, r->raw, r->raw_n);
	enum rc rc = f->text == NULL || (r->raw != NULL && f->raw == NULL) ? err_set(RC_NOMEM, "CSV-126", "no memory to look for the end of a row")
		: f->fd < 0 ? open_failed(r->path, errno) : RC_OK;

	if (rc == RC_OK)
		*out = f;
	else
		reader_close(f);
	return rc;
}

void reader_close(struct reader *r)
{
	char hex[DIGEST_HEX];

	if (r == NULL)
		return;
	if (r->digest != NULL)
		digest_end(r->digest, hex);
	if (r->fd >= 0)
		close(r->fd);
	free(r->path);
	free(r->text);
	free(r->raw);
	free(r);
}

const char *reader_path(const struct reader *r)
{
	return r->path;
}

const char *reader_encoding(const struct reader *r)
{
	return encode_name(r->encoding);
}

const char *reader_pack(const struct reader *r)
{
	return spool_pack_name(r->pack);
}

uint64_t reader_size(const struct reader *r)
{
	return r->size;
}

uint64_t reader_start(const struct reader *r)
{
	return r->start;
}

void reader_rewind(struct reader *r, bool hash)
{
	char hex[DIGEST_HEX];

	if (r->digest != NULL)
		digest_end(r->digest, hex);
	r->digest = hash ? digest_new_content() : NULL;
	r->read = 0;
	r->from = r->n = r->raw_n = 0;
	r->last = false;
}

/* Up to n bytes of the file; fewer only at its end. */
static enum rc get_bytes(struct reader *r, void *to, size_t n, size_t *got)
{
	size_t done = 0;

	while (done < n) {
		ssize_t k = pread(r->fd, (char *)to + done, n - done, (off_t)(r->read + done));

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return open_failed(r->path, errno);
		if (k == 0)
			break;
		done += (size_t)k;
	}
	if (r->digest != NULL)
		digest_add(r->digest, to, done);
	r->read += done;
	*got = done;
	return RC_OK;
}

static enum rc make_room(struct reader *r, size_t more)
{
	if (r->from > 0) {
		memmove(r->text, r->text + r->from, r->n - r->from);
		r->n -= r->from;
		r->from = 0;
	}
	if (r->n + more <= r->cap)
		return RC_OK;
	char *p = mem_try_grow(r->text, r->n + more + 1, 1);

	if (p == NULL)
		return err_set(RC_NOMEM, "CSV-126", "no memory for a row of %zu bytes", r->n);
	r->text = p;
	r->cap = r->n + more;
	return RC_OK;
}

/* The mark at the very start is bytes of the file, but no text. */
static void drop_mark(struct reader *r, bool first)
{
	if (first && r->start > 0)
		r->from = r->encoding == ENCODING_UTF8 ? (size_t)r->start : 3; /* U+FEFF in UTF-8 */
}

static enum rc fill(struct reader *r)
{
	size_t  got, used;
	bool    first = r->read == 0;
	enum rc rc = make_room(r, encode_room(r->encoding, READER_BLOCK));

	if (rc != RC_OK)
		return rc;
	if (r->encoding == ENCODING_UTF8) {
		rc = get_bytes(r, r->text + r->n, READER_BLOCK, &got);
		if (rc != RC_OK)
			return rc;
		r->n += got;
		r->last = got < READER_BLOCK;
	} else {
		size_t want = READER_BLOCK - r->raw_n;

		rc = get_bytes(r, r->raw + r->raw_n, want, &got);
		if (rc != RC_OK)
			return rc;
		r->raw_n += got;
		r->last = got < want;
		r->n += encode_in(r->encoding, r->raw, r->raw_n, r->last, r->text + r->n, &used);
		memmove(r->raw, r->raw + used, r->raw_n - used);
		r->raw_n -= used;
	}
	drop_mark(r, first);
	if (r->last && r->read != r->size)
		return err_do(err_set(RC_IO, "CSV-125", "%s changed while it was read", r->path), "import it again when it is complete");
	return RC_OK;
}

enum rc reader_read(struct reader *r, size_t used, struct window *out)
{
	enum rc rc = RC_OK;

	r->from += used;
	if (!r->last)
		rc = fill(r);
	if (rc != RC_OK)
		return rc;
	r->text[r->n] = '\n';
	*out = (struct window){ r->text + r->from, r->n - r->from, r->last };
	return RC_OK;
}

void reader_digest(struct reader *r, char hex[DIGEST_HEX])
{
	digest_end(r->digest, hex);
	r->digest = NULL;
}

uint64_t reader_raw_size(const struct reader *r, const char *text, size_t n)
{
	return encode_raw_size(r->encoding, text, n);
}

void reader_raw(const struct reader *r, const char *text, size_t n, struct str *out)
{
	encode_raw(r->encoding, text, n, out);
}

enum rc reader_copy(const struct reader *r, FILE *out)
{
	char    block[1 << 16];
	off_t   at = 0;
	ssize_t n;

	while ((n = pread(r->fd, block, sizeof block, at)) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		if (fwrite(block, 1, (size_t)n, out) != (size_t)n)
			return err_set(RC_IO, "CSV-123", "cannot copy %s: %s", r->path, strerror(errno));
		at += n;
	}
	return n == 0 ? RC_OK : err_set(RC_IO, "CSV-123", "cannot read %s: %s", r->path, strerror(errno));
}
