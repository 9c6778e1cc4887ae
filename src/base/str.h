/* Growable text, strict parsing of numbers, shortest printing of floats, and text made safe to show.
 * Nothing here looks at the locale. */
#ifndef CLV_BASE_STR_H
#define CLV_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str { char *s; size_t n, cap; }; /* s is NUL-ended once anything was added; NULL before */

void  str_clear(struct str *t);                       /* frees; t is empty again */
void  str_reserve(struct str *t, size_t n);           /* room for n more bytes behind s + n, and a NUL; aborts */
void  str_add(struct str *t, const char *s);
void  str_add_span(struct str *t, const char *s, size_t n);
void  str_add_char(struct str *t, char c);
void  str_addf(struct str *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void  str_add_double(struct str *t, double v);        /* shortest round trip; nan, inf, -inf */
char *str_take(struct str *t);                        /* the text, owned by the caller ("" if nothing); t is empty */

/* vsnprintf in the C locale, whatever the thread's locale is. */
int   str_format(char *buf, size_t cap, const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));

/* The whole of s[0..n) must be the number: no blanks, no trailing bytes. false: not a number, or out of range. */
bool str_int(const char *s, size_t n, int64_t *out);
/* Decimal and exponent only; no hex, nan, inf. Too large is false, too small is 0; so are more than 400 bytes false. */
bool str_real(const char *s, size_t n, double *out);

/* Shortest decimal text that reads back as v (17 digits at most), '.' as point. Returns the length. */
size_t str_double(char buf[32], double v);

/* A money amount in minor units as major units with exactly `decimals` digits: -1234, 2 -> "-12.34". */
size_t str_minor(char buf[32], int64_t minor, int decimals);

/* Length of the longest valid UTF-8 prefix of s[0..n) (no surrogates, no overlong forms). n when all is valid. */
size_t str_utf8_valid(const char *s, size_t n);

/* Append s[0..n) so that nothing in it can steer a terminal: C0, DEL, C1, bidi controls, zero-width and
 * invalid bytes are written as \xNN or <U+NNNN>. Tab and newline too. */
void str_add_visible(struct str *t, const char *s, size_t n);
/* The same into a fixed buffer, cut between characters where it is full; NUL-ended. Returns the length. */
size_t str_copy_visible(char *buf, size_t cap, const char *s, size_t n);
/* The valid UTF-8 character at s[0..n), n > 0: its length, and its code point in *cp. 0 when it is not valid. */
size_t str_utf8_next(const char *s, size_t n, uint32_t *cp);
/* Whether a character is one of those that str_add_visible escapes. */
bool str_is_unsafe(uint32_t cp);

/* Columns that a character takes on a screen: 0 for a combining mark, 2 for a wide one. */
int    str_char_width(uint32_t cp);
/* Columns that s[0..n) takes; the text is already safe to show. A byte that is not valid UTF-8 counts as one. */
size_t str_width(const char *s, size_t n);

/* The entry of list[0..n) nearest to word by edit distance (case of ASCII letters aside; the first of equals),
 * or NULL when none is near enough to be meant. */
const char *str_nearest(const char *word, const char *const *list, size_t n);

bool str_ends(const char *s, const char *tail);

#endif
