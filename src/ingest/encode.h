/* Encodings: names, detection by the first bytes, to UTF-8 and back. A byte that means nothing becomes bytes that are not valid
 * UTF-8 (half a surrogate) or a C1 control, so that the way back gives the file's bytes exactly. */
#ifndef CLV_INGEST_ENCODE_H
#define CLV_INGEST_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum encoding { ENCODING_UTF8, ENCODING_LATIN1, ENCODING_CP1252, ENCODING_UTF16, ENCODING_UTF16LE, ENCODING_UTF16BE };

const char *encode_name(enum encoding e); /* "utf-8", "latin-1", "windows-1252", "utf-16le" ... */
/* A declared name in any of its usual spellings. false: not known; then *near is the nearest name or NULL. */
bool encode_find(const char *name, enum encoding *out, const char **near);

/* The byte order mark that s[0..n) begins with: its length and what it says. 0: none. */
size_t encode_mark(const unsigned char *s, size_t n, enum encoding *out);
/* Every other byte of s[0..n) is zero, as in UTF-16 without a mark. */
bool encode_looks_utf16(const unsigned char *s, size_t n, enum encoding *out);

/* Bytes of UTF-8 that n bytes of the file can become at most. */
size_t encode_room(enum encoding e, size_t n);
/* Turn s[0..n) into UTF-8 at out (room for encode_room). *used < n when a character is cut at the end and `last` is false.
 * Returns the bytes written. Not for ENCODING_UTF8. */
size_t encode_in(enum encoding e, const unsigned char *s, size_t n, bool last, char *out, size_t *used);

/* The bytes of the file that text[0..n) came from: how many, and which. */
uint64_t encode_raw_size(enum encoding e, const char *text, size_t n);
void     encode_raw(enum encoding e, const char *text, size_t n, struct str *out);

#endif
