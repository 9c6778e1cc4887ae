/* doctor: does this machine and this store look right? */
#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/command.h"
#include "base/file.h"
#include "module/audit.h"

struct doctor { struct js *checks; struct str *text; bool bad; struct err first; };

static void tell(struct doctor *d, const char *check, bool good, const char *sentence)
{
	struct js *o = js_object();
	js_set_text(o, "check", check);
	js_set_text(o, "verdict", good ? "good" : "look");
	js_set_text(o, "sentence", sentence);
	js_add(d->checks, o);
	str_addf(d->text, "%-4s  %-12s ", good ? "good" : "LOOK", check);
	str_add_visible(d->text, sentence, strlen(sentence));
	str_add_char(d->text, '\n');
	d->bad = d->bad || !good;
}

static void terminal(struct doctor *d, struct arena *a)
{
	const char *term = getenv("TERM"), *locale = setlocale(LC_CTYPE, "");
	tell(d, "terminal", true, isatty(STDOUT_FILENO) ? arena_printf(a, "TERM=%s", term ? term : "unset") : "output is not a terminal: reports come as CSV");
	tell(d, "locale", true, arena_printf(a, "LC_CTYPE is %s; results never depend on it", locale ? locale : "unknown"));
	setlocale(LC_CTYPE, "C");
}

static void disk(struct doctor *d, struct arena *a, const char *path)
{
	struct statvfs v;
	const char    *folder = file_beside(a, path, ".");
	if (statvfs(folder, &v)) {
		tell(d, "disk", false, arena_printf(a, "%s cannot be looked at", folder));
		return;
	}
	double gib = (double)v.f_bavail * (double)v.f_frsize / (1024.0 * 1024 * 1024);
	tell(d, "disk", gib > 1, arena_printf(a, "%.1f GiB free beside the store", gib));
	tell(d, "folder", access(folder, W_OK) == 0, access(folder, W_OK) ? "the store's folder cannot be written to" : "the store's folder can be written to");
}

/* A check whose failure is told and kept: the first one is how the command ends. */
static void judge(struct doctor *d, const char *check, enum rc rc, const char *good)
{
	tell(d, check, !rc, rc ? err_get()->why : good);
	if (rc && !d->first.rc)
		d->first = *err_get();
}

static void contents(struct doctor *d, struct call *call, struct store *s)
{
	judge(d, "integrity", store_check(s, false), "every page and row of the store is sound");
	judge(d, "schema", store_check_schema(s), "every table, column and view is there");
	struct audit_result r = {0};
	enum rc             chain = audit_verify(s, NULL, &r);
	judge(d, "audit", chain, arena_printf(call->arena, "the chain is sound: %lld entries", (long long)r.head.length));
}

/* Opened here, so that a store that does not open is a finding, too. */
static void store(struct doctor *d, struct call *call)
{
	struct store *s = NULL;
	struct stat   st;
	char          holder[256];
	if (!file_exists(call->store_path)) {
		tell(d, "store", true, arena_printf(call->arena, "%s is not there yet", call->store_path));
		return;
	}
	if (!lstat(call->store_path, &st))
		tell(d, "mode", (st.st_mode & 077) == 0, (st.st_mode & 077) ? "others may read the store: chmod 600 it" : "only its owner may read the store");
	bool held = store_lock_holder(call->store_path, holder, sizeof holder);
	tell(d, "writer", true, held ? arena_printf(call->arena, "writing now: %s", holder) : "no job is writing");
	enum rc rc = store_open(call->store_path, STORE_READ, &s);
	if (!rc) {
		store_watch(s, call->cancel);
		rc = store_begin(s);
	}
	judge(d, "store", rc, "it opens and can be read");
	if (!rc)
		contents(d, call, s);
	if (s) {
		store_rollback(s);
		store_close(s);
	}
}

static enum rc run(struct call *call)
{
	struct doctor d = { .checks = js_array(), .text = &call->answer->text };
	terminal(&d, call->arena);
	disk(&d, call->arena, call->store_path);
	tell(&d, "database", true, arena_printf(call->arena, "SQLite %s", store_library()));
	store(&d, call);
	call->answer->json = js_object();
	js_set(call->answer->json, "checks", d.checks);
	js_set_text(call->answer->json, "verdict", d.bad ? "look" : "good");
	if (d.first.rc)
		err_restore(&d.first);
	return d.first.rc;
}

const struct command command_doctor = {
	.name = "doctor", .args = "", .about = "terminal, locale, disk, and whether the store and its audit chain are sound",
	.flags = COMMAND_NO_STORE, .run = run,
};
