/* The values of a contract: words, shares, limits, ranges. Not here: which check has which of them (contract.c). Owns no table. */
#include "config.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/str.h"
#include "module/contract_priv.h"

enum { AT_LEAST = 10 }; /* failing rows from which a share counts, when the limit does not say */

/* Errors */

enum rc contract_fail(const struct contract_at *r, size_t line, size_t column, const char *id, const char *fmt, ...)
{
	char why[400];
	va_list ap;

	va_start(ap, fmt);
	str_format(why, sizeof why, fmt, ap);
	va_end(ap);
	enum rc rc = err_where(err_set(RC_CONFIG, id, "%s", why), r->path, line, column);

	return err_source_line(rc, r->text, r->n);
}

enum rc contract_unknown(const struct contract_at *r, size_t line, size_t column, const char *what, const char *word, const char *const *known, size_t n)
{
	const char *near = str_nearest(word, known, n);
	enum rc rc = contract_fail(r, line, column, "CON-101", "there is no %s '%s'", what, word);
	struct str all = { 0 };

	if (near != NULL)
		return err_do(rc, "did you mean %s?", near);
	for (size_t i = 0; i < n; i++)
		str_addf(&all, "%s%s", i == 0 ? "" : ", ", known[i]);
	err_do(rc, "known are %s", all.s != NULL ? all.s : "none");
	str_clear(&all);
	return rc;
}

enum rc contract_want(const struct contract_at *r, const struct ydoc *d, enum ydoc_kind kind, const char *what)
{
	static const char *const words[] = { [YDOC_SCALAR] = "a text", [YDOC_MAPPING] = "entries of the form 'name: value'", [YDOC_SEQUENCE] = "a list" };

	return d->kind == kind ? RC_OK : contract_fail(r, d->line, d->column, "CON-102", "%s should be %s", what, words[kind]);
}

static enum rc bad(const struct contract_at *r, const struct ydoc *d, const char *what, const char *should)
{
	return contract_fail(r, d->line, d->column, "CON-103", "%s is '%s', and should be %s", what, d->text, should);
}

/* Words and numbers */

enum rc contract_word(const struct contract_at *r, const struct ydoc *d, const char *what, const char *const *known, size_t n, int *out)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, what);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (strcmp(d->text, known[i]) == 0) {
			*out = (int)i;
			return RC_OK;
		}
	return rc == RC_OK ? contract_unknown(r, d->line, d->column, what, d->text, known, n) : rc;
}

enum rc contract_bool(const struct contract_at *r, const struct ydoc *d, const char *what, bool *out)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, what);

	if (rc != RC_OK)
		return rc;
	*out = strcmp(d->text, "true") == 0;
	return *out || strcmp(d->text, "false") == 0 ? RC_OK : bad(r, d, what, "true or false");
}

enum rc contract_number(const struct contract_at *r, const struct ydoc *d, const char *what, double low, double high, double *out)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, what);
	char lows[32], highs[32];

	if (rc != RC_OK)
		return rc;
	if (str_real(d->text, strlen(d->text), out) && *out >= low && *out <= high)
		return RC_OK;
	str_double(lows, low);
	str_double(highs, high);
	return contract_fail(r, d->line, d->column, "CON-103", "%s is '%s', and should be a number from %s to %s", what, d->text, lows, highs);
}

enum rc contract_days(const struct contract_at *r, const struct ydoc *d, const char *what, double *out)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, what);
	int64_t days;

	if (rc != RC_OK)
		return rc;
	size_t n = strcspn(d->text, " ");
	const char *unit = d->text + n;

	if (!str_int(d->text, n, &days) || days < 0 || days > 100000 || (*unit != '\0' && strcmp(unit, " days") != 0 && strcmp(unit, " day") != 0))
		return bad(r, d, what, "a number of days");
	*out = (double)days;
	return RC_OK;
}

static bool share_of(const char *s, double *out)
{
	size_t n = strlen(s);
	bool percent = n > 0 && s[n - 1] == '%';

	n -= percent;
	while (percent && n > 0 && s[n - 1] == ' ')
		n--;
	if (!str_real(s, n, out))
		return false;
	*out = percent ? *out / 100 : *out;
	return *out >= 0;
}

enum rc contract_share(const struct contract_at *r, const struct ydoc *d, const char *what, double *out)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, what);

	if (rc != RC_OK)
		return rc;
	return share_of(d->text, out) && *out <= 1e6 ? RC_OK : bad(r, d, what, "a share like 5 % or 0.05");
}

/* Limits */

static enum rc count_of(const struct contract_at *r, const struct ydoc *d, const char *what, int64_t *out)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, what);

	if (rc != RC_OK)
		return rc;
	return str_int(d->text, strlen(d->text), out) && *out >= 1 ? RC_OK : bad(r, d, what, "a number of rows, 1 or more");
}

static enum rc limit_entry(const struct contract_at *r, const struct ydoc *d, size_t i, struct contract_limit *out)
{
	static const char *const known[] = { "share", "count", "at_least" };

	if (strcmp(d->key[i], "share") == 0) {
		enum rc rc = contract_share(r, &d->child[i], "share", &out->share);

		return rc == RC_OK && out->share > 1 ? bad(r, &d->child[i], "share", "at most 100 %") : rc;
	}
	if (strcmp(d->key[i], "count") == 0)
		return count_of(r, &d->child[i], "count", &out->count);
	if (strcmp(d->key[i], "at_least") == 0)
		return count_of(r, &d->child[i], "at_least", &out->at_least);
	return contract_unknown(r, d->key_line[i], d->key_column[i], "entry of a limit called", d->key[i], known, 3);
}

enum rc contract_limit_read(const struct contract_at *r, const struct ydoc *d, const char *what, struct contract_limit *out)
{
	enum rc rc = RC_OK;

	*out = (struct contract_limit){ .said = true, .share = (double)NAN, .count = -1, .at_least = AT_LEAST };
	if (d->kind == YDOC_SCALAR && strchr(d->text, '%') == NULL)
		return count_of(r, d, what, &out->count);
	if (d->kind == YDOC_SCALAR) {
		rc = contract_share(r, d, what, &out->share);
		return rc == RC_OK && out->share > 1 ? bad(r, d, what, "at most 100 %") : rc;
	}
	rc = contract_want(r, d, YDOC_MAPPING, what);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		rc = limit_entry(r, d, i, out);
	if (rc == RC_OK && isnan(out->share) && out->count < 0)
		rc = contract_fail(r, d->line, d->column, "CON-105", "%s needs share or count", what);
	return rc;
}

/* Ranges */

/* An end: a number, a day, or nothing. */
static bool end_of(const char *s, size_t n, double open, double *out, bool *day, bool *number)
{
	day_t d;

	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	while (n > 0 && s[n - 1] == ' ')
		n--;
	*out = open;
	if (n == 0)
		return true;
	if (day_parse_iso(s, n, &d)) {
		*day = true;
		*out = d;
		return true;
	}
	*number = true;
	return str_real(s, n, out);
}

enum rc contract_range_read(const struct contract_at *r, const struct ydoc *d, struct contract_range *out)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, "range");
	const char *dots = rc == RC_OK ? strstr(d->text, "..") : NULL;
	bool day = false, number = false;

	if (rc != RC_OK)
		return rc;
	if (dots == NULL || !end_of(d->text, (size_t)(dots - d->text), -(double)INFINITY, &out->low, &day, &number)
	    || !end_of(dots + 2, strlen(dots + 2), (double)INFINITY, &out->high, &day, &number))
		return bad(r, d, "range", "two numbers or days with '..' between them, like 0..100, 0.. or 2020-01-01..2030-12-31");
	if (day && number)
		return bad(r, d, "range", "of numbers or of days, not of both");
	if (!day && !number)
		return bad(r, d, "range", "closed at one end, at least");
	if (out->low > out->high)
		return bad(r, d, "range", "from the lower end to the higher one");
	out->days = day;
	return RC_OK;
}
