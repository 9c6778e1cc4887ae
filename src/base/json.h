/* A thin door to jansson. Objects keep the order of insertion; reals are written shortest round-trip;
 * NaN and infinities are written as null. Functions that take a struct js * as a value take ownership of it. */
#ifndef CLV_BASE_JSON_H
#define CLV_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct js;

struct js *js_object(void);
struct js *js_array(void);
struct js *js_text(const char *s);          /* NULL gives null; bytes that are not UTF-8 become visible escapes */
struct js *js_int(int64_t v);
struct js *js_real(double v);
struct js *js_bool(bool v);
struct js *js_null(void);
struct js *js_copy(const struct js *v);     /* deep */
void       js_free(struct js *v);

void js_set(struct js *object, const char *key, struct js *value);
void js_set_text(struct js *object, const char *key, const char *s);
void js_set_int(struct js *object, const char *key, int64_t v);
void js_set_real(struct js *object, const char *key, double v);
void js_set_bool(struct js *object, const char *key, bool v);
void js_add(struct js *array, struct js *value);
void js_add_text(struct js *array, const char *s);

/* Reading; borrowed. Absent keys and other types give NULL, 0, NaN, false. */
struct js  *js_get(const struct js *object, const char *key);
struct js  *js_at(const struct js *array, size_t i);
size_t      js_count(const struct js *v);   /* of an array or object */
const char *js_key_at(const struct js *object, size_t i);
const char *js_text_of(const struct js *v);
int64_t     js_int_of(const struct js *v);
double      js_real_of(const struct js *v); /* integers too */
bool        js_bool_of(const struct js *v);
bool        js_is_null(const struct js *v); /* also for NULL */

/* Append the text of v: on one line, or indented by two blanks. sorted = keys in byte order (canonical form, for digests). */
void js_write(struct str *out, const struct js *v, bool indent, bool sorted);
/* name is for messages only. Errors: RC_PARSE with line and column. */
enum rc js_read(const char *text, size_t n, const char *name, struct js **out);

const char *js_library(void); /* version, for --version */

#endif
