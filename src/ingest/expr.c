/* The grammar of a mapping's expressions. Not here: what the functions do (expr_eval.c). Owns no table. */
#include "config.h"

#include "ingest/expr_priv.h"

#include <string.h>

#include "base/str.h"

enum { DEPTH_MOST = 64, ARGS_MOST = 64, NAME_MOST = 200 };

struct parse_at {
	struct exprs *s;
	const char   *text, *p;
	size_t        line, column;
	int           depth;
};

static enum rc fail(const struct parse_at *t, const char *at, const char *id, const char *what)
{
	return err_where(err_set(RC_CONFIG, id, "%s", what), t->s->file, t->line, t->column + (size_t)(at - t->text));
}

/* Words */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void skip(struct parse_at *t)
{
	while (*t->p == ' ' || *t->p == '\t' || *t->p == '\n')
		t->p++;
}

static bool take(struct parse_at *t, const char *mark)
{
	size_t n = strlen(mark);

	skip(t);
	if (strncmp(t->p, mark, n) != 0 || (is_letter(*mark) && (is_letter(t->p[n]) || is_digit(t->p[n]))))
		return false;
	t->p += n;
	return true;
}

static size_t word_length(const char *p)
{
	size_t n = 0;

	while (is_letter(p[n]) || (n > 0 && (is_digit(p[n]) || p[n] == '.')))
		n++;
	return n;
}

static struct expr *node(struct parse_at *t, enum expr_kind kind, size_t args)
{
	struct expr *e = arena_alloc(t->s->arena, 1, sizeof *e);

	e->kind = kind;
	e->args = args;
	e->arg = arena_alloc(t->s->arena, args + 1, sizeof *e->arg);
	return e;
}

/* Fields and texts */

static int field_of(struct parse_at *t, const char *alias, const char *name, const char *at)
{
	struct exprs *s = t->s;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->field[i].alias, alias) == 0 && strcmp(s->field[i].name, name) == 0)
			return (int)i;
	if (s->n == s->cap) {
		struct expr_field *grown = arena_alloc(s->arena, 2 * s->cap + 16, sizeof *grown);

		if (s->n > 0)
			memcpy(grown, s->field, s->n * sizeof *grown);
		s->field = grown;
		s->cap = 2 * s->cap + 16;
	}
	s->field[s->n] = (struct expr_field){ alias, name, t->line, t->column + (size_t)(at - t->text), false };
	return (int)s->n++;
}

/* What stands between two marks; the mark itself is written twice inside. */
static enum rc take_marked(struct parse_at *t, char mark, struct span *out)
{
	const char *from = t->p++;
	struct str  s = { 0 };

	for (; *t->p != '\0' && (*t->p != mark || t->p[1] == mark); t->p++) {
		t->p += *t->p == mark;
		str_add_char(&s, *t->p);
	}
	if (*t->p == '\0') {
		str_clear(&s);
		return fail(t, from, "MAP-101", "this quote is not closed");
	}
	t->p++;
	*out = (struct span){ arena_span(t->s->arena, s.s != NULL ? s.s : "", s.n), (uint32_t)s.n };
	str_clear(&s);
	return RC_OK;
}

static enum rc take_text(struct parse_at *t, struct expr **out)
{
	struct span text;
	enum rc rc;

	skip(t);
	if (*t->p != '\'')
		return fail(t, t->p, "MAP-101", "a text in single quotes is expected here");
	rc = take_marked(t, '\'', &text);
	if (rc != RC_OK)
		return rc;
	*out = node(t, EXPR_TEXT, 0);
	(*out)->text = text;
	return RC_OK;
}

static enum rc take_quoted_field(struct parse_at *t, struct expr **out)
{
	const char *at = t->p;
	struct span name;
	enum rc rc = take_marked(t, '"', &name);

	if (rc != RC_OK)
		return rc;
	*out = node(t, EXPR_FIELD, 0);
	(*out)->field = field_of(t, "", name.p, at);
	return RC_OK;
}

static void take_field(struct parse_at *t, size_t n, struct expr **out)
{
	const char *dot = memchr(t->p, '.', n);
	const char *alias = dot != NULL ? arena_span(t->s->arena, t->p, (size_t)(dot - t->p)) : "";
	const char *name = dot != NULL ? arena_span(t->s->arena, dot + 1, n - (size_t)(dot + 1 - t->p)) : arena_span(t->s->arena, t->p, n);

	*out = node(t, EXPR_FIELD, 0);
	(*out)->field = field_of(t, alias, name, t->p);
	t->p += n;
}

static void take_number(struct parse_at *t, struct expr **out)
{
	const char *from = t->p;

	t->p += *t->p == '-';
	while (is_digit(*t->p) || (*t->p == '.' && is_digit(t->p[1])))
		t->p++;
	*out = node(t, EXPR_TEXT, 0);
	(*out)->text = (struct span){ arena_span(t->s->arena, from, (size_t)(t->p - from)), (uint32_t)(t->p - from) };
}

/* Functions */

static enum rc parse_or(struct parse_at *t, const struct expr **out);
static enum rc parse_value(struct parse_at *t, const struct expr **out);

static enum rc find_function(struct parse_at *t, const char *name, size_t n, const struct func **out)
{
	const char *names[64], *near;
	size_t k = 0;

	for (const struct func *f = expr_functions; f->name != NULL; f++) {
		if (strlen(f->name) == n && memcmp(f->name, name, n) == 0)
			return *out = f, RC_OK;
		names[k++] = f->name;
	}
	char *word = arena_span(t->s->arena, name, n);
	enum rc rc = err_where(err_set(RC_CONFIG, "MAP-102", "there is no function '%s'", word), t->s->file, t->line,
		t->column + (size_t)(name - t->text));

	near = str_nearest(word, names, k);
	return near != NULL ? err_do(rc, "did you mean %s?", near) : err_do(rc, "'sources list' names the functions");
}

static void free_regex(void *p)
{
	regfree(p);
}

static enum rc compile_regex(struct parse_at *t, struct expr *e, const struct expr *pattern, const char *at)
{
	char why[120];
	regex_t *r;
	int no;

	if (pattern->kind != EXPR_TEXT)
		return fail(t, at, "MAP-103", "a pattern is a text in single quotes");
	r = arena_alloc(t->s->arena, 1, sizeof *r);
	no = regcomp(r, pattern->text.p, REG_EXTENDED);
	if (no != 0) {
		regerror(no, r, why, sizeof why);
		return err_where(err_set(RC_CONFIG, "MAP-103", "the pattern '%s' cannot be read: %s", pattern->text.p, why), t->s->file, t->line,
			t->column + (size_t)(at - t->text));
	}
	e->regex = arena_own(t->s->arena, r, free_regex);
	return RC_OK;
}

/* name(arguments); `first` is what stood before '|', or NULL. */
static enum rc parse_call(struct parse_at *t, const struct expr *first, const struct expr **out)
{
	const struct expr *arg[ARGS_MOST];
	const struct func *f = NULL;
	const char *at = t->p;
	size_t n = word_length(t->p), k = first != NULL ? 1 : 0;
	enum rc rc = find_function(t, t->p, n, &f);

	if (rc != RC_OK)
		return rc;
	arg[0] = first;
	t->p += n;
	if (take(t, "(") && !take(t, ")")) {
		do {
			if (k == ARGS_MOST)
				return fail(t, t->p, "MAP-104", "too many arguments");
			rc = parse_value(t, &arg[k++]);
			if (rc != RC_OK)
				return rc;
		} while (take(t, ","));
		if (!take(t, ")"))
			return fail(t, t->p, "MAP-101", "',' or ')' is expected here");
	}
	if (k < f->least || k > f->most)
		return err_do(fail(t, at, "MAP-104", "the function has another number of arguments"), "it is %s", f->usage);
	struct expr *e = node(t, EXPR_CALL, k);

	memcpy(e->arg, arg, k * sizeof *arg);
	e->func = f;
	*out = e;
	return f->regex ? compile_regex(t, e, arg[1], at) : RC_OK;
}

static enum rc parse_primary(struct parse_at *t, const struct expr **out)
{
	struct expr *e = NULL;
	enum rc rc = RC_OK;
	size_t  n;

	skip(t);
	n = word_length(t->p);
	if (*t->p == '\'') {
		rc = take_text(t, &e);
	} else if (*t->p == '"') {
		rc = take_quoted_field(t, &e);
	} else if (*t->p == '$' && is_digit(t->p[1])) {
		for (n = 1; is_digit(t->p[n]);)
			n++;
		take_field(t, n, &e);
	} else if (is_digit(*t->p) || (*t->p == '-' && is_digit(t->p[1]))) {
		take_number(t, &e);
	} else if (n > 0 && t->p[n] == '(') {
		return parse_call(t, NULL, out);
	} else if (n > 0 && n < NAME_MOST) {
		take_field(t, n, &e);
	} else {
		rc = fail(t, t->p, "MAP-101", *t->p == '\0' ? "the expression ends here, and a value is expected" : "a field, a text or a function is expected here");
	}
	*out = e;
	return rc;
}

static enum rc parse_value(struct parse_at *t, const struct expr **out)
{
	enum rc rc;

	if (++t->depth > DEPTH_MOST)
		return fail(t, t->p, "MAP-104", "the expression is too deep");
	rc = parse_primary(t, out);
	while (rc == RC_OK && take(t, "|")) {
		skip(t);
		rc = parse_call(t, *out, out);
	}
	t->depth--;
	return rc;
}

/* Conditions */

static enum rc parse_list(struct parse_at *t, const struct expr *left, const struct expr **out)
{
	const struct expr *arg[ARGS_MOST] = { left };
	size_t  k = 1;
	enum rc rc = RC_OK;

	if (!take(t, "("))
		return fail(t, t->p, "MAP-101", "'(' is expected here");
	do {
		if (k == ARGS_MOST)
			return fail(t, t->p, "MAP-104", "the list is too long");
		rc = parse_value(t, &arg[k++]);
	} while (rc == RC_OK && take(t, ","));
	if (rc == RC_OK && !take(t, ")"))
		return fail(t, t->p, "MAP-101", "',' or ')' is expected here");
	struct expr *e = node(t, EXPR_IN, k);

	memcpy(e->arg, arg, k * sizeof *arg);
	*out = e;
	return rc;
}

static const struct expr *not(struct parse_at *t, const struct expr *e)
{
	struct expr *n = node(t, EXPR_NOT, 1);

	n->arg[0] = e;
	return n;
}

static enum rc parse_two(struct parse_at *t, enum expr_kind kind, const struct expr *left, const struct expr **out)
{
	struct expr *e = node(t, kind, 2);
	const char  *at = t->p;
	enum rc rc = parse_value(t, &e->arg[1]);

	e->arg[0] = left;
	*out = e;
	return rc == RC_OK && kind == EXPR_MATCHES ? compile_regex(t, e, e->arg[1], at) : rc;
}

static enum rc parse_missing(struct parse_at *t, const struct expr *left, const struct expr **out)
{
	bool negated = take(t, "not");
	struct expr *e;

	if (!take(t, "missing"))
		return fail(t, t->p, "MAP-101", "'missing' is expected here");
	e = node(t, EXPR_MISSING, 1);
	e->arg[0] = left;
	*out = negated ? not(t, e) : e;
	return RC_OK;
}

static enum rc parse_comparison(struct parse_at *t, const struct expr **out)
{
	static const struct { const char *mark; enum expr_kind kind; } marks[] = {
		{ "!=", EXPR_NE }, { "<=", EXPR_LE }, { ">=", EXPR_GE }, { "=", EXPR_EQ }, { "<", EXPR_LT }, { ">", EXPR_GT },
		{ "starts", EXPR_STARTS }, { "matches", EXPR_MATCHES },
	};
	const struct expr *left;
	enum rc rc = parse_value(t, &left);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (take(t, marks[i].mark))
			return parse_two(t, marks[i].kind, left, out);
	if (take(t, "is"))
		return parse_missing(t, left, out);
	if (take(t, "in"))
		return parse_list(t, left, out);
	if (!take(t, "not") || !take(t, "in"))
		return fail(t, t->p, "MAP-101", "a comparison is expected here: = != < <= > >= in is starts matches");
	rc = parse_list(t, left, out);
	*out = rc == RC_OK ? not(t, *out) : *out;
	return rc;
}

static enum rc parse_one(struct parse_at *t, const struct expr **out)
{
	enum rc rc;

	if (++t->depth > DEPTH_MOST)
		return fail(t, t->p, "MAP-104", "the condition is too deep");
	if (take(t, "not")) {
		rc = parse_one(t, out);
		*out = rc == RC_OK ? not(t, *out) : NULL;
	} else if (take(t, "(")) {
		rc = parse_or(t, out);
		if (rc == RC_OK && !take(t, ")"))
			rc = fail(t, t->p, "MAP-101", "')' is expected here");
	} else {
		rc = parse_comparison(t, out);
	}
	t->depth--;
	return rc;
}

static enum rc parse_chain(struct parse_at *t, const char *word, enum expr_kind kind, enum rc (*part)(struct parse_at *, const struct expr **),
	const struct expr **out)
{
	enum rc rc = part(t, out);

	while (rc == RC_OK && take(t, word)) {
		struct expr *e = node(t, kind, 2);

		e->arg[0] = *out;
		rc = part(t, &e->arg[1]);
		*out = e;
	}
	return rc;
}

static enum rc parse_and(struct parse_at *t, const struct expr **out)
{
	return parse_chain(t, "and", EXPR_AND, parse_one, out);
}

static enum rc parse_or(struct parse_at *t, const struct expr **out)
{
	return parse_chain(t, "or", EXPR_OR, parse_and, out);
}

static enum rc compile(struct exprs *s, const char *text, size_t line, size_t column, enum rc (*part)(struct parse_at *, const struct expr **),
	const struct expr **out)
{
	struct parse_at t = { .s = s, .text = text, .p = text, .line = line, .column = column };
	const struct expr *e = NULL;
	enum rc rc = part(&t, &e);

	skip(&t);
	if (rc == RC_OK && *t.p != '\0')
		rc = fail(&t, t.p, "MAP-101", "the expression should end here");
	if (rc == RC_OK)
		*out = e;
	return rc;
}

enum rc expr_compile(struct exprs *s, const char *text, size_t line, size_t column, const struct expr **out)
{
	return compile(s, text, line, column, parse_value, out);
}

enum rc expr_compile_condition(struct exprs *s, const char *text, size_t line, size_t column, const struct expr **out)
{
	return compile(s, text, line, column, parse_or, out);
}
