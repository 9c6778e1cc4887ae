/* Lines for whoever runs the program, on stderr, one write each so that threads do not mix theirs. Not for the
 * results of a command, and not for its errors, which have their own form. */
#include "config.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define LINE_BYTES 2048

static atomic_int threshold = LOG_WARN;

void log_set_level(enum log_level level)
{
	threshold = (int)level;
}

void log_line(enum log_level level, const char *fmt, ...)
{
	static const char *const names[] = { "error", "warn", "info", "debug" };
	char buf[LINE_BYTES];
	struct str line = { .s = NULL };
	va_list ap;

	if ((int)level > threshold)
		return;
	buf[0] = '\0';
	va_start(ap, fmt);
	str_format(buf, sizeof buf, fmt, ap);
	va_end(ap);
	str_addf(&line, "clv: level=%s ", names[level]);
	str_add_visible(&line, buf, strlen(buf));
	str_add_char(&line, '\n');
	fputs(line.s, stderr);
	str_clear(&line);
}
