/* The audit chain: append, head, verify. An entry's hash covers its own words and the hash before it, so that one
 * change shows in every later entry; a cut tail or a chain written anew shows against an anchor kept elsewhere.
 * Owns audit_entry. */
#include "config.h"

#include "module/audit.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/file.h"
#include "base/str.h"
#include "store/query.h"

#define HASH_DIGITS  (DIGEST_HEX - 1)
#define ANCHOR_LIMIT ((size_t)64 << 20)

struct entry { const char *at, *kind, *actor, *payload, *prev_hash; int64_t seq; };

static void entry_hash(const struct entry *e, char hex[DIGEST_HEX])
{
	char seq[32];
	struct digest *d = digest_new();
	snprintf(seq, sizeof(seq), "%" PRId64, e->seq);
	digest_add_text(d, seq);
	digest_add_text(d, e->at);
	digest_add_text(d, e->kind);
	digest_add_text(d, e->actor);
	digest_add_text(d, e->payload);
	digest_add_text(d, e->prev_hash);
	digest_end(d, hex);
}

bool audit_blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\n")] == '\0';
}

enum rc audit_head(struct store *s, struct audit_head *out)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/audit_head", &q);
	if (rc)
		return rc;
	rc = query_step(q, &row);
	if (!rc) {
		out->length = row ? query_int(q, 0) : 0;
		memset(out->hash, '0', HASH_DIGITS);
		out->hash[HASH_DIGITS] = '\0';
		if (row)
			snprintf(out->hash, sizeof(out->hash), "%s", query_text(q, 1));
	}
	query_close(q);
	return rc;
}

enum rc audit_append(struct store *s, const char *kind, const char *actor, struct js *payload, int64_t *seq)
{
	struct audit_head head;
	struct str text = { 0 };
	char at[32], hash[DIGEST_HEX];
	assert(store_in_transaction(s) && "an entry stands in the transaction of its act");
	if (!payload)
		payload = js_object();
	if (clock_is_fixed())
		js_set_text(payload, "clock", "fixed");
	js_write(&text, payload, false, true);
	js_free(payload);
	clock_now(at);
	enum rc rc = audit_head(s, &head);
	if (!rc) {
		struct entry e = { .seq = head.length + 1, .at = at, .kind = kind, .actor = actor, .payload = text.s,
				   .prev_hash = head.hash };
		entry_hash(&e, hash);
		rc = query_run(s, "statement/audit_append", "itttttt", e.seq, e.at, e.kind, e.actor, e.payload,
			       e.prev_hash, hash);
		if (!rc && seq)
			*seq = e.seq;
	}
	str_clear(&text);
	return rc;
}

/* ---- anchors ---- */

/* 64 hexadecimal digits of either case, as lower case. */
static bool take_hash(const char *s, char hash[DIGEST_HEX])
{
	for (int i = 0; i < HASH_DIGITS; i++) {
		if (!isxdigit((unsigned char)s[i]))
			return false;
		hash[i] = (char)tolower((unsigned char)s[i]);
	}
	hash[HASH_DIGITS] = '\0';
	return true;
}

/* A chain that an anchor speaks of has an entry. Returns the digits of LENGTH, 0 when s does not begin with HEAD:LENGTH. */
static size_t take_anchor(const char *s, struct audit_head *out)
{
	if (!take_hash(s, out->hash) || s[HASH_DIGITS] != ':')
		return 0;
	const char *digits = s + HASH_DIGITS + 1;
	size_t count = strspn(digits, "0123456789");
	return count && str_int(digits, count, &out->length) && out->length > 0 ? count : 0;
}

/* Anywhere in a line when it stands in a log; no letter may follow the digits. */
static bool find_anchor(const char *line, struct audit_head *out)
{
	for (; strlen(line) > HASH_DIGITS + 1; line++) {
		size_t digits = take_anchor(line, out);
		if (digits && !isalnum((unsigned char)line[HASH_DIGITS + 1 + digits]))
			return true;
	}
	return false;
}

/* The result of a run, kept as JSON: {..., "audit": {"head", "length"}}. */
static bool json_anchor(const char *line, struct audit_head *out)
{
	struct js *v;
	if (*line != '{')
		return false;
	if (js_read(line, strlen(line), "anchor", &v)) {
		err_clear();
		return false;
	}
	const struct js *audit = js_get(v, "audit");
	const char *head = js_text_of(js_get(audit ? audit : v, "head"));
	out->length = js_int_of(js_get(audit ? audit : v, "length"));
	bool found = head && strlen(head) == HASH_DIGITS && take_hash(head, out->hash) && out->length > 0;
	js_free(v);
	return found;
}

static enum rc read_anchor(struct arena *a, const char *anchor, struct audit_head *out)
{
	char *text, hash[DIGEST_HEX];
	size_t n, digits = take_anchor(anchor, out);
	if (digits && !anchor[HASH_DIGITS + 1 + digits])
		return RC_OK;
	if (take_hash(anchor, hash) && (!anchor[HASH_DIGITS] || anchor[HASH_DIGITS] == ':'))
		return err_do(err_set(RC_USAGE, "AUD-103", "'%s' is no anchor: HEAD:LENGTH has a LENGTH of 1 or more", anchor),
			      "copy the anchor as the run printed it");
	enum rc rc = file_read(a, anchor, ANCHOR_LIMIT, &text, &n);
	if (rc)
		return err_do(rc, "an anchor is HEAD:LENGTH as a run prints it, or a file whose last line holds that");
	while (n && isspace((unsigned char)text[n - 1]))
		text[--n] = '\0';
	char *line = strrchr(text, '\n');
	line = line ? line + 1 : text;
	if (find_anchor(line, out) || json_anchor(line, out))
		return RC_OK;
	return err_do(err_set(RC_USAGE, "AUD-103", "the last line of %s holds no HEAD:LENGTH", anchor),
		      "give the file to which the runs' results were written, or HEAD:LENGTH itself");
}

/* ---- verify ---- */

/* What is known of the entry before, and what the chain is held against. */
struct walk {
	struct audit_result     *out;
	const struct audit_head *mark[2]; /* the anchor, and what the longest run wrote down; NULL: none */
	int64_t                  last;    /* number of the entry before; 0 none */
	char                     hash[DIGEST_HEX];
	bool                     sound;   /* the entry before is not at fault, and none is missing after it */
};

static const char *const sentences[][2] = {
	{ "altered", "was altered: its hash, its words and the entry after it do not agree" },
	{ "missing", "is missing" },
	{ "rewritten", "is not the one that was written down: the chain was rewritten" },
	{ "cut", "and all after it were cut off" },
};

static void fault(struct audit_result *out, const char *verdict, int64_t seq)
{
	if (!out->faults)
		out->seq = seq;
	if (out->faults < AUDIT_FAULTS)
		out->fault[out->faults] = (struct audit_fault) { .seq = seq, .verdict = verdict };
	out->faults++;
}

static void faults(struct audit_result *out, const char *verdict, int64_t from, int64_t count)
{
	int64_t listed = 0;
	for (; listed < count && out->faults < AUDIT_FAULTS; listed++)
		fault(out, verdict, from + listed);
	out->faults += count - listed;
}

/* Whole in itself, but not what the entry before says: that one was restamped. The first has none before. */
static bool check_link(struct walk *w, const struct entry *e)
{
	if (!w->sound || !strcmp(e->prev_hash, w->hash))
		return true;
	fault(w->out, "altered", w->last ? w->last : e->seq);
	return w->last > 0;
}

static bool check_marks(struct walk *w, const char *hash, int64_t seq)
{
	for (int i = 0; i < 2; i++)
		if (w->mark[i] && w->mark[i]->length == seq && strcmp(w->mark[i]->hash, hash) != 0) {
			fault(w->out, "rewritten", seq);
			return false;
		}
	return true;
}

/* One entry against its own hash, the entry before and the marks. */
static void check_entry(const struct query *q, struct walk *w)
{
	char hash[DIGEST_HEX];
	struct entry e = { .seq = query_int(q, 0), .at = query_text(q, 1), .kind = query_text(q, 2), .actor = query_text(q, 3),
			   .payload = query_text(q, 4), .prev_hash = query_text(q, 5) };
	bool numbered = e.seq > w->last, next = e.seq == w->last + 1;
	if (numbered && !next) {
		faults(w->out, "missing", w->last + 1, e.seq - w->last - 1);
		w->sound = false;
	}
	entry_hash(&e, hash);
	bool own = numbered && !strcmp(hash, query_text(q, 6));
	if (!own)
		fault(w->out, "altered", e.seq);
	else
		own = check_link(w, &e);
	w->sound = own && check_marks(w, hash, e.seq);
	w->out->entries++;
	w->out->head.length = w->last = numbered ? e.seq : w->last;
	snprintf(w->hash, sizeof(w->hash), "%s", query_text(q, 6));
	snprintf(w->out->head.hash, sizeof(w->out->head.hash), "%s", w->hash);
}

static void check_tail(struct walk *w)
{
	int64_t end = w->last;
	for (int i = 0; i < 2; i++)
		if (w->mark[i] && w->mark[i]->length > end)
			end = w->mark[i]->length;
	if (end > w->last)
		faults(w->out, "cut", w->last + 1, end - w->last);
}

static enum rc walk(struct store *s, struct walk *w)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/audit_walk", &q);
	if (rc)
		return rc;
	while (!(rc = query_step(q, &row)) && row)
		check_entry(q, w);
	query_close(q);
	if (!rc)
		check_tail(w);
	return rc;
}

/* The longest chain that a run of this store wrote down, in the table of runs. */
static enum rc recorded(struct store *s, struct audit_head *out)
{
	struct query *q;
	bool row;
	*out = (struct audit_head) { 0 };
	enum rc rc = query_open(s, "statement/audit_recorded", &q);
	if (rc)
		return rc;
	rc = query_step(q, &row);
	if (!rc && row) {
		out->length = query_int(q, 0);
		snprintf(out->hash, sizeof(out->hash), "%s", query_is_null(q, 1) ? "" : query_text(q, 1));
	}
	query_close(q);
	return rc;
}

static enum rc judge(struct audit_result *out)
{
	const char *sentence = "";
	if (!out->faults)
		return RC_OK;
	out->verdict = out->fault[0].verdict;
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if (!strcmp(sentences[i][0], out->verdict))
			sentence = sentences[i][1];
	err_set(RC_DAMAGED, "AUD-101", "audit entry %" PRId64 " %s", out->seq, sentence);
	if (out->faults > 1)
		err_set(RC_DAMAGED, "AUD-101", "audit entry %" PRId64 " %s; %" PRId64 " entries are at fault", out->seq, sentence, out->faults);
	return err_do(RC_DAMAGED, "keep this store as evidence and go back to a backup made before");
}

enum rc audit_verify(struct store *s, const char *anchor, struct audit_result *out)
{
	struct audit_head want, run;
	struct walk w = { .out = out, .sound = true };
	struct arena *a = arena_new();
	enum rc rc = recorded(s, &run);
	*out = (struct audit_result) { .verdict = "sound" };
	memset(out->head.hash, '0', HASH_DIGITS);
	memset(w.hash, '0', HASH_DIGITS);
	if (!rc && run.length > 0)
		w.mark[1] = &run;
	if (!rc && anchor) {
		rc = read_anchor(a, anchor, &want);
		w.mark[0] = &want;
	}
	rc = rc ? rc : walk(s, &w);
	arena_free(a);
	return rc ? rc : judge(out);
}
