/* Result codes and the thread's last failure. Whatever text comes in is made safe to show here, once, so that
 * no door has to remember it. Allocates nothing: it must work when memory is gone. */
#include "config.h"

#include "base/rc.h"

#include <stdarg.h>
#include <string.h>

#include "base/str.h"

static _Thread_local struct err last;

static void put(char *to, size_t cap, const char *s, size_t n)
{
	str_copy_visible(to, cap, s, n);
}

/* The format is expanded aside first: its arguments may lie in the last failure itself. */
static void put_format(char *to, size_t cap, const char *fmt, va_list ap)
{
	char buf[2 * sizeof last.why];

	buf[0] = '\0';
	str_format(buf, sizeof buf, fmt, ap);
	put(to, cap, buf, strlen(buf));
}

enum rc err_set(enum rc rc, const char *id, const char *fmt, ...)
{
	struct err e = { .rc = rc };
	va_list ap;

	va_start(ap, fmt);
	put_format(e.why, sizeof e.why, fmt, ap);
	va_end(ap);
	if (id)
		put(e.id, sizeof e.id, id, strlen(id));
	last = e;
	return rc;
}

enum rc err_do(enum rc rc, const char *fmt, ...)
{
	va_list ap;

	if (last.rc == RC_OK)
		return rc;
	va_start(ap, fmt);
	put_format(last.todo, sizeof last.todo, fmt, ap);
	va_end(ap);
	return rc;
}

enum rc err_where(enum rc rc, const char *file, size_t line, size_t column)
{
	if (last.rc == RC_OK)
		return rc;
	if (file)
		put(last.file, sizeof last.file, file, strlen(file));
	last.line = line;
	last.column = column;
	return rc;
}

enum rc err_source(enum rc rc, const char *text, size_t n)
{
	if (last.rc != RC_OK && text)
		put(last.source, sizeof last.source, text, n);
	return rc;
}

enum rc err_source_line(enum rc rc, const char *text, size_t n)
{
	const char *end = text ? text + n : NULL;
	const char *s = text;

	if (last.rc == RC_OK || !text || last.line == 0)
		return rc;
	for (size_t line = 1; line < last.line && s; line++) {
		s = memchr(s, '\n', (size_t)(end - s));
		if (s)
			s++;
	}
	if (s) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t length = (size_t)((stop ? stop : end) - s);

		if (length > 0 && s[length - 1] == '\r')
			length--;
		put(last.source, sizeof last.source, s, length);
	}
	return rc;
}

enum rc err_stopped(enum rc rc, const char *fmt, ...)
{
	va_list ap;

	if (last.rc == RC_OK || last.stopped[0])
		return rc;
	va_start(ap, fmt);
	put_format(last.stopped, sizeof last.stopped, fmt, ap);
	va_end(ap);
	return rc;
}

const struct err *err_get(void)
{
	return &last;
}

void err_restore(const struct err *e)
{
	if (e != &last)
		last = *e;
}

void err_clear(void)
{
	last = (struct err){ .rc = RC_OK };
}

int rc_exit(enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return 0;
	case RC_USAGE:
	case RC_CONFIG:
	case RC_UNSUPPORTED:
	case RC_AMBIGUOUS:
		return 2;
	case RC_DATA:
	case RC_PARSE:
		return 3;
	case RC_CANCELLED:
		return 4;
	case RC_REVIEW:
		return 5;
	case RC_APPROVAL:
		return 6;
	case RC_BUSY:
		return 7;
	case RC_DAMAGED:
		return 8;
	case RC_IO:
		return 9;
	case RC_INTERNAL:
	case RC_STORE:
	case RC_NUMERIC:
	case RC_NOMEM:
		break;
	}
	return 1;
}

const char *rc_name(enum rc rc)
{
	static const char *const names[] = {
		[RC_OK] = "done",
		[RC_INTERNAL] = "internal failure",
		[RC_USAGE] = "wrong usage",
		[RC_CONFIG] = "wrong settings",
		[RC_UNSUPPORTED] = "not in this build",
		[RC_AMBIGUOUS] = "ambiguous input",
		[RC_DATA] = "data refused",
		[RC_PARSE] = "unreadable input",
		[RC_CANCELLED] = "cancelled",
		[RC_REVIEW] = "review awaited",
		[RC_APPROVAL] = "approval missing",
		[RC_BUSY] = "store busy",
		[RC_DAMAGED] = "store not usable",
		[RC_IO] = "input or output failed",
		[RC_STORE] = "store failed",
		[RC_NUMERIC] = "no finite answer",
		[RC_NOMEM] = "out of memory",
	};

	if ((size_t)rc >= sizeof names / sizeof names[0])
		return "unknown";
	return names[rc];
}
