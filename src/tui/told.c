/* What was said and what ran: the sentence in the status row, messages for `!`, batch lines for `@`. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "tui/engine_priv.h"
#include "tui/forms_priv.h"

#define KEPT 200 /* messages; the oldest go */

struct told {
	struct message message[KEPT];
	size_t         messages;
	bool           shown;  /* the last message stands in the status row */
	struct logged *log;
	size_t         logged, room;
};

struct told *told_new(void)
{
	return mem_new(1, sizeof(struct told));
}

static void message_clear(struct message *m)
{
	free(m->text);
	free(m->error);
}

void told_free(struct told *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->messages; i++)
		message_clear(&t->message[i]);
	for (size_t i = 0; i < t->logged; i++)
		free(t->log[i].line);
	free(t->log);
	free(t);
}

static struct message *add(struct told *t, enum mood mood, const char *text)
{
	if (t->messages == KEPT) {
		message_clear(&t->message[0]);
		memmove(t->message, t->message + 1, (KEPT - 1) * sizeof t->message[0]);
		t->messages--;
	}
	struct message *m = &t->message[t->messages++];
	*m = (struct message){ .mood = mood, .text = mem_copy_text(text), .read = mood != MOOD_BAD };
	clock_now(m->at);
	t->shown = true;
	return m;
}

void workbench_say(struct workbench *w, enum mood mood, const char *fmt, ...)
{
	char    line[1024];
	va_list ap;
	va_start(ap, fmt);
	str_format(line, sizeof line, fmt, ap);
	va_end(ap);
	add(w->told, mood, line);
}

void workbench_failed(struct workbench *w, const struct err *e)
{
	struct message *m = add(w->told, MOOD_BAD, e->why);
	m->error = mem_new(1, sizeof *m->error);
	*m->error = *e;
	m->read = true; /* the block shows it */
	ways_open(w, e);
}

size_t workbench_messages(const struct workbench *w, const struct message **out)
{
	*out = w->told->message;
	return w->told->messages;
}

void workbench_messages_read(struct workbench *w)
{
	for (size_t i = 0; i < w->told->messages; i++)
		w->told->message[i].read = true;
}

const char *told_line(const struct told *t, enum mood *mood)
{
	if (!t->shown || !t->messages)
		return NULL;
	*mood = t->message[t->messages - 1].mood;
	return t->message[t->messages - 1].text;
}

const char *told_notice(const struct told *t, struct str *out)
{
	size_t n = 0;
	for (size_t i = 0; i < t->messages; i++)
		n += !t->message[i].read;
	if (!n)
		return NULL;
	str_addf(out, "%zu error%s  !", n, n == 1 ? "" : "s");
	return out->s;
}

void told_key(struct told *t)
{
	t->shown = false;
}

/* --- what ran ----------------------------------------------------------------------------------------------------------------- */

size_t told_start(struct workbench *w, const char *line)
{
	struct told *t = w->told;
	if (t->logged == t->room) {
		t->room = t->room ? 2 * t->room : 32;
		t->log = mem_grow(t->log, t->room, sizeof *t->log);
	}
	t->log[t->logged] = (struct logged){ .line = mem_copy_text(line), .running = true };
	clock_now(t->log[t->logged].at);
	return t->logged++;
}

void told_end(struct workbench *w, size_t entry, enum rc rc, double seconds)
{
	struct logged *l = &w->told->log[entry];
	l->running = false;
	l->rc = rc;
	l->seconds = seconds;
}

size_t workbench_log(const struct workbench *w, const struct logged **out)
{
	*out = w->told->log;
	return w->told->logged;
}
