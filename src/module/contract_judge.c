/* What a contract's limits and patterns say of numbers and texts, and its words. Owns no table. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "module/contract.h"

static const char *const column_words[] = { "", "strict", "additive", "lenient" };
static const char *const type_words[] = { "", "text", "number", "day" };
static const char *const severity_words[] = { "warn", "quarantine", "stop" };
static const char *const term_words[TERMS] = {
	[TERM_REQUIRED] = "required", [TERM_TYPE] = "type", [TERM_ACCEPTED] = "accepted", [TERM_RANGE] = "range", [TERM_PATTERN] = "pattern",
	[TERM_UNIQUE] = "unique", [TERM_REFERENCES] = "references", [TERM_DISTRIBUTION] = "distribution", [TERM_FRESHNESS] = "freshness",
	[TERM_VOLUME] = "volume", [TERM_SQL] = "sql",
};

const char *contract_columns_name(enum contract_columns p)
{
	return column_words[p];
}

const char *contract_type_name(enum contract_type t)
{
	return type_words[t];
}

const char *contract_severity_name(enum contract_severity s)
{
	return severity_words[s];
}

const char *contract_term_name(enum contract_term t)
{
	return term_words[t];
}

/* Limits */

static bool reached(const struct contract_limit *l, int64_t failing, int64_t looked)
{
	if (!l->said || failing <= 0)
		return false;
	if (l->count >= 0 && failing >= l->count)
		return true;
	return !isnan(l->share) && failing >= l->at_least && (double)failing >= l->share * (double)looked;
}

enum contract_outcome contract_outcome(const struct contract_check *c, int64_t failing, int64_t looked)
{
	if (failing <= 0)
		return OUTCOME_OK;
	if (reached(&c->error_if, failing, looked))
		return OUTCOME_STOP;
	if (!c->error_if.said && c->severity == SEVERITY_STOP)
		return OUTCOME_STOP;
	return !c->warn_if.said || reached(&c->warn_if, failing, looked) ? OUTCOME_WARN : OUTCOME_OK;
}

const char *contract_limit_text(struct arena *a, const struct contract_limit *l)
{
	const char *share = "";
	char number[32];

	if (!l->said)
		return "none";
	if (!isnan(l->share)) {
		str_double(number, 100 * l->share);
		share = arena_printf(a, "%s %% of the rows (%lld at least)", number, (long long)l->at_least);
	}
	if (l->count < 0)
		return share;
	return arena_printf(a, "%s%s%lld row%s", share, *share != '\0' ? ", or " : "", (long long)l->count, l->count == 1 ? "" : "s");
}

/* Patterns */

/* Length of the character at s[0..n), n > 0; a byte that is not UTF-8 is one. */
static size_t char_length(const char *s, size_t n)
{
	uint32_t cp;
	size_t length = str_utf8_next(s, n, &cp);

	return length > 0 ? length : 1;
}

static bool is_letter(const char *s, size_t n)
{
	return n > 1 || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
}

/* One element of the pattern, not '*', against one character; *used is the element's length. */
static bool match_one(const char *p, const char *s, size_t n, size_t *used)
{
	size_t mark = *p == '\\' && p[1] != '\0';

	*used = 1;
	if (*p == '?')
		return true;
	if (*p == '#')
		return n == 1 && *s >= '0' && *s <= '9';
	if (*p == '@')
		return is_letter(s, n);
	*used = mark + char_length(p + mark, strlen(p + mark));
	return *used - mark == n && memcmp(p + mark, s, n) == 0;
}

/* After a mismatch, the last '*' takes one character more: no earlier one needs to be tried again. */
bool contract_matches(const char *pattern, const char *s, size_t n)
{
	const char *p = pattern, *star = NULL;
	size_t at = 0, from = 0, used;

	while (at < n) {
		size_t length = char_length(s + at, n - at);

		if (*p == '*') {
			star = ++p;
			from = at;
		} else if (*p != '\0' && match_one(p, s + at, length, &used)) {
			p += used;
			at += length;
		} else if (star != NULL) {
			p = star;
			from += char_length(s + from, n - from);
			at = from;
		} else {
			return false;
		}
	}
	while (*p == '*')
		p++;
	return *p == '\0';
}
