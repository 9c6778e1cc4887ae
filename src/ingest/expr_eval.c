/* The functions of a mapping, and how an expression becomes a text. Not here: its grammar (expr.c). */
#include "config.h"

#include "ingest/expr_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/str.h"
#include "ingest/missing.h"

static struct span arg(const struct expr *e, size_t i, const struct expr_row *row)
{
	return expr_value(e->arg[i], row);
}

static struct span keep(const struct expr_row *row, const char *p, size_t n)
{
	return (struct span){ arena_span(row->made, p, n), (uint32_t)n };
}

static bool same(struct span a, struct span b)
{
	return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

/* Texts */

static struct span eval_same(const struct expr *e, const struct expr_row *row)
{
	return arg(e, 0, row);
}

static struct span eval_trim(const struct expr *e, const struct expr_row *row)
{
	return span_trim(arg(e, 0, row));
}

static struct span in_case(struct span s, const struct expr_row *row, char from, int by)
{
	char *p = arena_span(row->made, s.p, s.n);

	for (uint32_t i = 0; i < s.n; i++)
		if (p[i] >= from && p[i] <= from + 25)
			p[i] = (char)(p[i] + by);
	return (struct span){ p, s.n };
}

static struct span eval_upper(const struct expr *e, const struct expr_row *row)
{
	return in_case(arg(e, 0, row), row, 'a', -32);
}

static struct span eval_lower(const struct expr *e, const struct expr_row *row)
{
	return in_case(arg(e, 0, row), row, 'A', 32);
}

static struct span eval_strip(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row), tail = arg(e, 1, row);

	if (s.n > tail.n && memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0)
		s.n -= tail.n;
	return s;
}

/* 17850.0 and 17850. are 17850. */
static struct span eval_int(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row);
	uint32_t digits = 0, n;

	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	if (digits == 0 || digits == s.n || s.p[digits] != '.')
		return s;
	for (n = digits + 1; n < s.n && s.p[n] == '0';)
		n++;
	if (n == s.n)
		s.n = digits;
	return s;
}

static struct span eval_coalesce(const struct expr *e, const struct expr_row *row)
{
	for (size_t i = 0; i < e->args; i++) {
		struct span s = arg(e, i, row);

		if (!missing_text(NULL, s))
			return s;
	}
	return (struct span){ "", 0 };
}

static struct span eval_concat(const struct expr *e, const struct expr_row *row)
{
	struct str t = { 0 };

	for (size_t i = 0; i < e->args; i++) {
		struct span s = arg(e, i, row);

		str_add_span(&t, s.p, s.n);
	}
	struct span made = keep(row, t.s != NULL ? t.s : "", t.n);

	str_clear(&t);
	return made;
}

static struct span eval_nullif(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row);

	for (size_t i = 1; i < e->args; i++)
		if (same(s, arg(e, i, row)))
			return (struct span){ "", 0 };
	return s;
}

/* Pairs of text and replacement. */
static struct span eval_map(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row);

	for (size_t i = 1; i + 1 < e->args; i += 2)
		if (same(s, arg(e, i, row)))
			return arg(e, i + 1, row);
	return s;
}

/* regexec wants a NUL behind the text. */
static bool matches(const struct expr *e, const struct expr_row *row, struct span s, size_t n, regmatch_t *m)
{
	char  small[256];
	char *text = s.n < sizeof small ? small : arena_alloc(row->made, (size_t)s.n + 1, 1);

	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return regexec(e->regex, text, n, m, 0) == 0;
}

static struct span eval_regex(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row);
	regmatch_t  m[2];

	if (!matches(e, row, s, 2, m))
		return (struct span){ "", 0 };
	const regmatch_t *at = m[1].rm_so >= 0 && e->regex->re_nsub > 0 ? &m[1] : &m[0];

	return (struct span){ s.p + at->rm_so, (uint32_t)(at->rm_eo - at->rm_so) };
}

static struct span eval_hash(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row);
	char hex[DIGEST_HEX];

	if (missing_text(NULL, s))
		return s;
	digest_of(s.p, s.n, hex);
	return keep(row, hex, DIGEST_HEX - 1);
}

/* Numbers, exactly */

static bool number_of(const struct expr *e, size_t i, const struct expr_row *row, struct decimal *out, struct span *text)
{
	const struct number_form plain = { '.', false, 0 };
	struct currency c;

	*text = arg(e, i, row);
	return decimal_read(text->p, text->n, expr_base(e->arg[i]) >= 0 ? &row->form : &plain, out, &c) == NUMBER_OK;
}

static struct span write_decimal(const struct expr_row *row, struct decimal d)
{
	char digits[24], text[40];
	bool negative = d.digits < 0;
	int  n = snprintf(digits, sizeof digits, "%0*llu", d.scale + 1, (unsigned long long)(negative ? -(uint64_t)d.digits : (uint64_t)d.digits));
	int  len = snprintf(text, sizeof text, "%s%.*s%s%s", negative ? "-" : "", n - d.scale, digits, d.scale > 0 ? "." : "", digits + n - d.scale);

	return keep(row, text, (size_t)len);
}

static bool fits(__int128 v, int scale, struct decimal *out)
{
	for (; scale > 0 && v % 10 == 0; scale--)
		v /= 10;
	if (scale > 9 || v > INT64_C(999999999999999999) || v < -INT64_C(999999999999999999))
		return false;
	*out = (struct decimal){ (int64_t)v, scale };
	return true;
}

static struct span eval_mul(const struct expr *e, const struct expr_row *row)
{
	struct span a, b;
	struct decimal x, y, z;

	if (!number_of(e, 0, row, &x, &a))
		return a;
	if (!number_of(e, 1, row, &y, &b))
		return b;
	return fits((__int128)x.digits * y.digits, x.scale + y.scale, &z) ? write_decimal(row, z) : (struct span){ "too large", 9 };
}

static struct span add_up(const struct expr *e, const struct expr_row *row, int sign)
{
	struct span a, b;
	struct decimal x, y, z;
	__int128 v, w;

	if (!number_of(e, 0, row, &x, &a))
		return a;
	if (!number_of(e, 1, row, &y, &b))
		return b;
	v = x.digits;
	w = (__int128)y.digits * sign;
	for (; x.scale < y.scale; x.scale++)
		v *= 10;
	for (; y.scale < x.scale; y.scale++)
		w *= 10;
	return fits(v + w, x.scale, &z) ? write_decimal(row, z) : (struct span){ "too large", 9 };
}

static struct span eval_add(const struct expr *e, const struct expr_row *row)
{
	return add_up(e, row, 1);
}

static struct span eval_sub(const struct expr *e, const struct expr_row *row)
{
	return add_up(e, row, -1);
}

static struct span one_number(const struct expr *e, const struct expr_row *row, bool absolute)
{
	struct span s;
	struct decimal d;

	if (!number_of(e, 0, row, &d, &s))
		return s;
	d.digits = absolute && d.digits >= 0 ? d.digits : -d.digits;
	return write_decimal(row, d);
}

static struct span eval_neg(const struct expr *e, const struct expr_row *row)
{
	return one_number(e, row, false);
}

static struct span eval_abs(const struct expr *e, const struct expr_row *row)
{
	return one_number(e, row, true);
}

enum { MANY = 64 };

const struct func expr_functions[] = {
	{ "trim", "trim(a)", "without blanks around it", 1, 1, true, false, eval_trim },
	{ "upper", "upper(a)", "ASCII letters in capitals", 1, 1, false, false, eval_upper },
	{ "lower", "lower(a)", "ASCII letters in small ones", 1, 1, false, false, eval_lower },
	{ "strip", "strip(a, 'end')", "without that end", 2, 2, true, false, eval_strip },
	{ "int", "int(a)", "17850.0 becomes 17850", 1, 1, true, false, eval_int },
	{ "dec", "dec(a)", "a number: as it is, judged with the row", 1, 2, true, false, eval_same },
	{ "date", "date(a, 'FORMAT')", "a date, for order_ts", 2, 2, true, false, eval_same },
	{ "ts", "ts(a, 'FORMAT', 'ZONE')", "a date with a time of a zone, for order_ts", 2, 3, true, false, eval_same },
	{ "const", "const('text')", "that text in every row", 1, 1, false, false, eval_same },
	{ "coalesce", "coalesce(a, b, ...)", "the first that is not missing", 1, MANY, false, false, eval_coalesce },
	{ "concat", "concat(a, b, ...)", "one behind the other", 1, MANY, false, false, eval_concat },
	{ "nullif", "nullif(a, 'x', ...)", "missing when it is one of these", 2, MANY, false, false, eval_nullif },
	{ "map", "map(a, 'x', 'y', ...)", "y in place of x", 3, MANY, false, false, eval_map },
	{ "regex", "regex(a, 'PATTERN')", "what the pattern's first group finds; missing when it does not match", 2, 2, false, true, eval_regex },
	{ "hash", "hash(a)", "SHA-256 in hex: an id that does not show the name", 1, 1, false, false, eval_hash },
	{ "mul", "mul(a, b)", "product, exactly", 2, 2, false, false, eval_mul },
	{ "add", "add(a, b)", "sum, exactly", 2, 2, false, false, eval_add },
	{ "sub", "sub(a, b)", "difference, exactly", 2, 2, false, false, eval_sub },
	{ "neg", "neg(a)", "with the other sign", 1, 1, false, false, eval_neg },
	{ "abs", "abs(a)", "without a sign", 1, 1, false, false, eval_abs },
	{ .name = NULL },
};

struct span expr_value(const struct expr *e, const struct expr_row *row)
{
	switch (e->kind) {
	case EXPR_FIELD:
		return row->value[e->field];
	case EXPR_TEXT:
		return e->text;
	case EXPR_CALL:
		return e->func->eval(e, row);
	default:
		return expr_test(e, row) ? (struct span){ "1", 1 } : (struct span){ "", 0 };
	}
}

/* Conditions */

/* Below, at or above: numbers as numbers when both are. */
static int compare(const struct expr *e, const struct expr_row *row)
{
	struct span a, b;
	struct decimal x, y;
	bool left = number_of(e, 0, row, &x, &a), right = number_of(e, 1, row, &y, &b);

	if (left && right) {
		__int128 v = x.digits, w = y.digits;

		for (; x.scale < y.scale; x.scale++)
			v *= 10;
		for (; y.scale < x.scale; y.scale++)
			w *= 10;
		return v < w ? -1 : v > w;
	}
	int c = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return c != 0 ? c : a.n < b.n ? -1 : a.n > b.n;
}

static bool is_in(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row);

	for (size_t i = 1; i < e->args; i++)
		if (same(s, arg(e, i, row)))
			return true;
	return false;
}

static bool test_text(const struct expr *e, const struct expr_row *row)
{
	struct span s = arg(e, 0, row);

	if (e->kind == EXPR_STARTS) {
		struct span head = arg(e, 1, row);

		return s.n >= head.n && memcmp(s.p, head.p, head.n) == 0;
	}
	return matches(e, row, s, 0, NULL);
}

bool expr_test(const struct expr *e, const struct expr_row *row)
{
	switch (e->kind) {
	case EXPR_AND:
		return expr_test(e->arg[0], row) && expr_test(e->arg[1], row);
	case EXPR_OR:
		return expr_test(e->arg[0], row) || expr_test(e->arg[1], row);
	case EXPR_NOT:
		return !expr_test(e->arg[0], row);
	case EXPR_EQ:
		return compare(e, row) == 0;
	case EXPR_NE:
		return compare(e, row) != 0;
	case EXPR_LT:
		return compare(e, row) < 0;
	case EXPR_LE:
		return compare(e, row) <= 0;
	case EXPR_GT:
		return compare(e, row) > 0;
	case EXPR_GE:
		return compare(e, row) >= 0;
	case EXPR_IN:
		return is_in(e, row);
	case EXPR_MISSING:
		return missing_text(NULL, arg(e, 0, row));
	case EXPR_STARTS:
	case EXPR_MATCHES:
		return test_text(e, row);
	default:
		return expr_value(e, row).n > 0;
	}
}

/* What an expression is like */

int expr_base(const struct expr *e)
{
	while (e->kind == EXPR_CALL && e->func->keeps)
		e = e->arg[0];
	return e->kind == EXPR_FIELD ? e->field : -1;
}

static const char *date_argument(const struct expr *e, size_t i)
{
	bool date = e->kind == EXPR_CALL && (strcmp(e->func->name, "date") == 0 || strcmp(e->func->name, "ts") == 0);

	return date && i < e->args && e->arg[i]->kind == EXPR_TEXT ? e->arg[i]->text.p : NULL;
}

const char *expr_date_format(const struct expr *e)
{
	return date_argument(e, 1);
}

const char *expr_zone(const struct expr *e)
{
	return date_argument(e, 2);
}

const char *expr_constant(const struct expr *e)
{
	while (e->kind == EXPR_CALL && strcmp(e->func->name, "const") == 0)
		e = e->arg[0];
	return e->kind == EXPR_TEXT ? e->text.p : NULL;
}

const char *expr_function(size_t i, const char **about)
{
	*about = expr_functions[i].about;
	return expr_functions[i].usage;
}
