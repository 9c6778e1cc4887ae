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

static bool is_hash(const char *s)
{
	for (int i = 0; i < HASH_DIGITS; i++)
		if (!isdigit((unsigned char)s[i]) && !(s[i] >= 'a' && s[i] <= 'f'))
			return false;
	return true;
}

/* "HEAD:LENGTH", anywhere in a line when it stands in a log; the digits end the match. */
static bool find_anchor(const char *line, struct audit_head *out)
{
	size_t n = strlen(line);
	for (size_t i = 0; i + HASH_DIGITS + 1 < n; i++) {
		const char *digits = line + i + HASH_DIGITS + 1;
		size_t count = strspn(digits, "0123456789");
		if (!is_hash(line + i) || digits[-1] != ':' || count == 0 || !str_int(digits, count, &out->length))
			continue;
		snprintf(out->hash, sizeof(out->hash), "%.*s", HASH_DIGITS, line + i);
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
	bool found = head && strlen(head) == HASH_DIGITS && is_hash(head);
	if (found) {
		snprintf(out->hash, sizeof(out->hash), "%s", head);
		out->length = js_int_of(js_get(audit ? audit : v, "length"));
	}
	js_free(v);
	return found;
}

static enum rc read_anchor(struct arena *a, const char *anchor, struct audit_head *out)
{
	char *text;
	size_t n;
	if (strlen(anchor) > HASH_DIGITS + 1 && is_hash(anchor) && find_anchor(anchor, out))
		return RC_OK;
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

static enum rc fault(struct audit_result *out, const char *verdict, int64_t seq, const char *sentence)
{
	out->verdict = verdict;
	out->seq = seq;
	return err_do(err_set(RC_DAMAGED, "AUD-101", "audit entry %" PRId64 " %s", seq, sentence),
		      "keep this store as evidence and go back to a backup made before");
}

/* One entry against its own hash and the one before it. */
static enum rc check_entry(const struct query *q, struct audit_result *out)
{
	char hash[DIGEST_HEX];
	struct entry e = { .seq = query_int(q, 0), .at = query_text(q, 1), .kind = query_text(q, 2), .actor = query_text(q, 3),
			   .payload = query_text(q, 4), .prev_hash = query_text(q, 5) };
	if (e.seq != out->head.length + 1)
		return fault(out, "missing", out->head.length + 1, "is missing");
	entry_hash(&e, hash);
	if (strcmp(hash, query_text(q, 6)) != 0)
		return fault(out, "altered", e.seq, "was altered: its hash is not that of its words");
	/* Whole in itself, but not what its predecessor says: the predecessor was restamped. */
	if (strcmp(e.prev_hash, out->head.hash) != 0)
		return e.seq == 1 ? fault(out, "altered", 1, "was altered: it does not begin a chain") :
			fault(out, "altered", e.seq - 1, "was altered: the entry after it holds another hash");
	out->head.length = e.seq;
	snprintf(out->head.hash, sizeof(out->head.hash), "%s", hash);
	out->checked++;
	return RC_OK;
}

static enum rc walk(struct query *q, const struct audit_head *anchor, struct audit_result *out)
{
	bool row, met = !anchor || anchor->length <= 0;
	enum rc rc;
	while (!(rc = query_step(q, &row)) && row) {
		rc = check_entry(q, out);
		if (rc)
			return rc;
		if (anchor && out->head.length == anchor->length)
			met = !strcmp(out->head.hash, anchor->hash);
		if (anchor && out->head.length >= anchor->length && !met)
			return fault(out, "rewritten", anchor->length, "is not the one that was anchored: the chain was rewritten");
	}
	if (rc)
		return rc;
	return met ? RC_OK : fault(out, "cut", out->head.length + 1, "and all after it up to the anchor were cut off");
}

enum rc audit_verify(struct store *s, const char *anchor, struct audit_result *out)
{
	struct audit_head want, *against = NULL;
	struct arena *a = arena_new();
	struct query *q = NULL;
	enum rc rc = RC_OK;
	*out = (struct audit_result) { .verdict = "sound" };
	memset(out->head.hash, '0', HASH_DIGITS);
	if (anchor) {
		rc = read_anchor(a, anchor, &want);
		against = &want;
	}
	if (!rc)
		rc = query_open(s, "statement/audit_walk", &q);
	if (!rc)
		rc = walk(q, against, out);
	query_close(q);
	arena_free(a);
	return rc;
}
