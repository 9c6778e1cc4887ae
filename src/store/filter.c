/* The filter language: text -> tree. Not here: what a value means (filter_value.c) and SQL (filter_sql.c). */
#include "config.h"

#include "store/filter_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BLANKS " \t"

enum { TEXT_MAX = 4096, DEPTH_MAX = 40, TERMS_MAX = 400 };

struct parser {
	struct arena              *arena;
	const char                *text, *at;
	const struct filter_scope *scope;
	int                        depth, terms;
};

/* A value as typed, before it is known what the column makes of it. */
struct word { const char *s; size_t n; const char *at; bool quoted; };

static enum rc parse_any(struct parser *p, struct filter_node **out);

/* Failures: the caret stands under `at`. */

static enum rc point(struct parser *p, const char *at, enum rc rc)
{
	size_t column = 1;

	for (const char *s = p->text; s < at; s++)
		column += (*s & 0xc0) != 0x80;
	return err_source(err_where(rc, "filter", 1, column), p->text, strlen(p->text));
}

static enum rc fail(struct parser *p, const char *at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static enum rc fail(struct parser *p, const char *at, const char *fmt, ...)
{
	char why[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	return point(p, at, err_set(RC_USAGE, "STORE-201", "%s", why));
}

/* Columns */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_start(const char *name, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lower(name[i]) != lower(word[i]))
			return false;
	return true;
}

/* How well a word names a column, 4 the best, 0 not at all. */
static int match_quality(const char *name, const char *word, size_t n)
{
	int best = 0;

	if (strlen(name) >= n && same_start(name, word, n))
		best = name[n] == '\0' ? 4 : 2;
	for (const char *part = name; part != NULL && best < 3; part = strchr(part, '_')) {
		part += *part == '_';
		if (strlen(part) < n || !same_start(part, word, n))
			continue;
		if (part[n] == '\0' || part[n] == '_')
			return 3;
		best = best > 1 ? best : 1;
	}
	return best;
}

static bool is_attribute(const struct filter_scope *scope, size_t column)
{
	return scope->column[column].attribute != 0;
}

static enum rc ambiguous(const struct filter_scope *scope, const char *word, size_t n, bool attribute, int quality)
{
	struct str t = { 0 };
	enum rc rc;

	for (size_t j = 0; j < scope->columns; j++)
		if (is_attribute(scope, j) == attribute && match_quality(scope->column[j].name, word, n) == quality)
			str_addf(&t, "%s%s", t.n > 0 ? ", " : "", scope->column[j].name);
	rc = err_set(RC_USAGE, "STORE-202", "'%.*s' could be %s", (int)n, word, t.s);
	str_clear(&t);
	return err_do(rc, "write more of the name");
}

static enum rc unknown(struct arena *a, const struct filter_scope *scope, const char *word, size_t n)
{
	const char **names = arena_alloc(a, scope->columns + 1, sizeof *names), *near;
	enum rc rc = err_set(RC_USAGE, "STORE-202", "there is no column '%.*s'", (int)n, word);
	struct str t = { 0 };

	for (size_t j = 0; j < scope->columns; j++) {
		names[j] = scope->column[j].name;
		str_addf(&t, "%s%s", j > 0 ? ", " : "", names[j]);
	}
	near = str_nearest(arena_span(a, word, n), names, scope->columns);
	if (near != NULL)
		rc = err_do(rc, "did you mean %s?", near);
	else
		rc = err_do(rc, "columns: %s", t.s != NULL ? t.s : "none");
	str_clear(&t);
	return rc;
}

/* The best column among the report's own, or among attributes: its quality, and how many are as good. */
static int best_column(const struct filter_scope *scope, const char *word, size_t n, bool attribute, size_t *out, int *times)
{
	int best = 0;

	*times = 0;
	for (size_t j = 0; n > 0 && j < scope->columns; j++) {
		int q = is_attribute(scope, j) == attribute ? match_quality(scope->column[j].name, word, n) : 0;

		if (q > best) {
			best = q;
			*times = 0;
			*out = j;
		}
		*times += q > 0 && q == best;
	}
	return best;
}

/* What a report has is not made ambiguous by what somebody kept of customers: an attribute is meant by its whole name, or where nothing else is. */
enum rc filter_column_find(struct arena *a, const struct filter_scope *scope, const char *word, size_t n, size_t *out)
{
	size_t attribute = 0, own = 0;
	int    own_times, times, best = best_column(scope, word, n, false, &own, &own_times);
	int    other = best_column(scope, word, n, true, &attribute, &times);
	bool   is = best == 0 || (best < 4 && other == 4);

	if (best == 0 && other == 0)
		return unknown(a, scope, word, n);
	if ((is ? times : own_times) != 1)
		return ambiguous(scope, word, n, is, is ? other : best);
	*out = is ? attribute : own;
	if (is)
		*scope->column[attribute].named = true;
	return RC_OK;
}

/* Nodes */

static struct filter_node *new_node(struct parser *p, enum filter_kind kind)
{
	struct filter_node *node = arena_alloc(p->arena, 1, sizeof *node);

	node->kind = kind;
	return node;
}

static struct filter_node *new_compare(struct parser *p, size_t column, enum filter_op op, struct filter_value v)
{
	struct filter_node *node = new_node(p, FILTER_COMPARE);

	node->column = column;
	node->op = op;
	node->value = v;
	return node;
}

static struct filter_node *both(struct parser *p, enum filter_kind kind, struct filter_node *one, struct filter_node *two)
{
	struct filter_node *node;

	if (one == NULL || two == NULL)
		return one != NULL ? one : two;
	node = new_node(p, kind);
	node->first = one;
	one->next = two;
	return node;
}

static struct filter_node *opposite(struct parser *p, struct filter_node *of)
{
	struct filter_node *node = new_node(p, FILTER_NOT);

	node->first = of;
	return node;
}

/* Only dates cover more than one value. */
static bool same_value(const struct filter_value *a, const struct filter_value *b)
{
	return a->type != FILTER_INT || a->i == b->i;
}

/* A text and a number have no order of their own. */
static bool is_less(const struct filter_value *a, const struct filter_value *b)
{
	if (a->type == FILTER_STRING || b->type == FILTER_STRING)
		return a->type == b->type && strcmp(a->t, b->t) < 0;
	if (a->type == FILTER_INT && b->type == FILTER_INT)
		return a->i < b->i;
	return (a->type == FILTER_INT ? (double)a->i : a->r) < (b->type == FILTER_INT ? (double)b->i : b->r);
}

/* A comparison with all that a value covers: later than 2011-06 is later than its last day. */
static struct filter_node *compare(struct parser *p, size_t column, enum filter_op op, const struct filter_span *v)
{
	switch (op) {
	case FILTER_LESS:
	case FILTER_AT_LEAST:
		return new_compare(p, column, op, v->low);
	case FILTER_MORE:
	case FILTER_AT_MOST:
		return new_compare(p, column, op, v->high);
	default:
		break;
	}
	if (same_value(&v->low, &v->high))
		return new_compare(p, column, FILTER_EQUAL, v->low);
	return both(p, FILTER_AND, new_compare(p, column, FILTER_AT_LEAST, v->low), new_compare(p, column, FILTER_AT_MOST, v->high));
}

/* Words */

static void skip_blanks(struct parser *p)
{
	p->at += strspn(p->at, BLANKS);
}

static bool ends_word(char c)
{
	return c == '\0' || c == ' ' || c == '\t' || c == '|' || c == '(' || c == ')' || c == '"';
}

/* "two words", with "" for a quote inside; or between single quotes. */
static enum rc quoted_word(struct parser *p, struct word *out)
{
	const char *start = p->at++, quote = *start;
	struct str t = { 0 };

	str_add(&t, "");
	while (*p->at != '\0' && (p->at[0] != quote || p->at[1] == quote)) {
		p->at += *p->at == quote;
		str_add_char(&t, *p->at++);
	}
	*out = (struct word){ .s = arena_span(p->arena, t.s, t.n), .n = t.n, .at = start, .quoted = true };
	str_clear(&t);
	if (*p->at != quote)
		return fail(p, start, "this quote is not closed");
	p->at++;
	return RC_OK;
}

static enum rc read_word(struct parser *p, bool in_list, struct word *out)
{
	const char *start = p->at;

	if (*start == '"' || *start == '\'')
		return quoted_word(p, out);
	while (!ends_word(*p->at) && !(in_list && *p->at == ','))
		p->at++;
	*out = (struct word){ .s = start, .n = (size_t)(p->at - start), .at = start };
	return RC_OK;
}

static enum rc read_value(struct parser *p, size_t column, const struct word *w, const char *after, struct filter_span *out)
{
	const struct filter_column *c = &p->scope->column[column];
	const char *expected = NULL;

	if (w->n == 0 && !w->quoted)
		return fail(p, w->at, "expected a value after %s", after);
	if (!filter_read_value(p->arena, c, w->s, w->n, w->quoted, out, &expected))
		return fail(p, w->at, "expected %s after %s (column %s)", expected, after, c->name);
	return RC_OK;
}

/* Signs */

struct sign { const char *text; char class; enum filter_op op; };

/* The sign at s; the longer ones are tried first. */
static const struct sign *read_sign(const char *s)
{
	static const struct sign signs[] = {
		{ ">=", '>', FILTER_AT_LEAST }, { "<=", '<', FILTER_AT_MOST }, { "!=", '!', FILTER_EQUAL }, { ">", '>', FILTER_MORE },
		{ "<", '<', FILTER_LESS },      { "=", '=', FILTER_EQUAL },    { ":", '=', FILTER_EQUAL },  { "~", '~', FILTER_EQUAL },
	};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (strncmp(s, signs[i].text, strlen(signs[i].text)) == 0)
			return &signs[i];
	return NULL;
}

/* Terms */

static const char *find_range(const struct word *w)
{
	for (size_t i = 0; !w->quoted && i + 1 < w->n; i++)
		if (w->s[i] == '.' && w->s[i + 1] == '.')
			return w->s + i;
	return NULL;
}

static enum rc range_term(struct parser *p, size_t column, const struct word *w, const char *dots, struct filter_node **out)
{
	struct word from = { .s = w->s, .n = (size_t)(dots - w->s), .at = w->at };
	struct word to = { .s = dots + 2, .n = (size_t)(w->s + w->n - dots - 2), .at = dots + 2 };
	struct filter_span low, high;
	struct filter_node *one = NULL, *two = NULL;
	enum rc rc = RC_OK;

	if (from.n == 0 && to.n == 0)
		return fail(p, w->at, "expected a value before or after ..");
	if (from.n > 0)
		rc = read_value(p, column, &from, ":", &low);
	if (rc == RC_OK && to.n > 0)
		rc = read_value(p, column, &to, "..", &high);
	if (rc != RC_OK)
		return rc;
	if (from.n > 0 && to.n > 0 && is_less(&high.high, &low.low))
		return fail(p, w->at, "this range ends before it begins: the lower value comes first");
	if (from.n > 0)
		one = compare(p, column, FILTER_AT_LEAST, &low);
	if (to.n > 0)
		two = compare(p, column, FILTER_AT_MOST, &high);
	*out = both(p, FILTER_AND, one, two);
	return RC_OK;
}

static enum rc one_of(struct parser *p, size_t column, const char *after, struct filter_node **out)
{
	const char *dots;
	struct filter_span v;
	struct word w;
	enum rc rc = read_word(p, after[0] == '(', &w);

	if (rc != RC_OK)
		return rc;
	dots = find_range(&w);
	if (dots != NULL)
		return range_term(p, column, &w, dots, out);
	rc = read_value(p, column, &w, after, &v);
	if (rc == RC_OK)
		*out = compare(p, column, FILTER_EQUAL, &v);
	return rc;
}

static enum rc list_term(struct parser *p, size_t column, struct filter_node **out)
{
	const char *start = p->at;
	struct filter_node *any = new_node(p, FILTER_OR), **tail = &any->first;

	do {
		enum rc rc;

		p->at++;
		skip_blanks(p);
		if (++p->terms > TERMS_MAX)
			return fail(p, p->at, "a filter may have %d values at most", TERMS_MAX);
		rc = one_of(p, column, "( or ,", tail);
		if (rc != RC_OK)
			return rc;
		tail = &(*tail)->next;
		skip_blanks(p);
	} while (*p->at == ',');
	if (*p->at != ')')
		return fail(p, start, "this list is not closed");
	p->at++;
	*out = any;
	return RC_OK;
}

static enum rc equal_term(struct parser *p, size_t column, const struct sign *sign, struct filter_node **out)
{
	bool not_missing = p->at[0] == '!' && p->at[1] == '?' && ends_word(p->at[2]);

	if (not_missing || (p->at[0] == '?' && ends_word(p->at[1]))) {
		struct filter_node *node = new_node(p, FILTER_MISSING);

		node->column = column;
		p->at += not_missing ? 2 : 1;
		*out = not_missing ? opposite(p, node) : node;
		return RC_OK;
	}
	if (*p->at == '(')
		return list_term(p, column, out);
	return one_of(p, column, sign->text, out);
}

static enum rc has_term(struct parser *p, size_t column, const char *sign, struct filter_node **out)
{
	const struct filter_column *c = &p->scope->column[column];
	struct filter_node *node = new_node(p, FILTER_HAS);
	struct word w;
	enum rc rc;

	if (c->class != FILTER_TEXT && c->class != FILTER_ANY)
		return fail(p, sign, "~ looks into texts, and %s is none", c->name);
	rc = read_word(p, false, &w);
	if (rc != RC_OK)
		return rc;
	if (w.n == 0)
		return fail(p, w.at, "expected a text after ~");
	if (!w.quoted && w.n > 1 && w.s[0] == '/' && w.s[w.n - 1] == '/')
		return fail(p, w.at, "patterns are not known here; quote the text to look for it as it stands");
	node->column = column;
	node->value = (struct filter_value){ .type = FILTER_STRING, .t = arena_span(p->arena, w.s, w.n) };
	*out = node;
	return RC_OK;
}

/* top:10%  bottom:100 - of the dense page key. */
static enum rc top_term(struct parser *p, enum filter_kind kind, struct filter_node **out)
{
	struct filter_column plain = { .name = kind == FILTER_TOP ? "top" : "bottom", .class = FILTER_SHARE, .scale = 1 };
	struct filter_node *node = new_node(p, kind);
	struct filter_span v;
	const char *expected;
	struct word w;
	enum rc rc = read_word(p, false, &w);

	if (rc != RC_OK)
		return rc;
	node->share = w.n > 0 && w.s[w.n - 1] == '%';
	if (!filter_read_value(p->arena, &plain, w.s, w.n, w.quoted, &v, &expected) || w.s[0] == '-')
		return fail(p, w.at, "expected a number of rows or a percentage after %s:", plain.name);
	if (!node->share && v.low.type != FILTER_INT)
		return fail(p, w.at, "expected a whole number of rows");
	node->value = v.low;
	*out = node;
	return RC_OK;
}

/* The value stands at p->at, the sign at `at`. */
static enum rc sign_term(struct parser *p, size_t column, const struct sign *sign, const char *at, struct filter_node **out)
{
	struct filter_span v;
	struct word w;
	enum rc rc;

	if (sign->class == '~')
		return has_term(p, column, at, out);
	if (sign->class == '=' || sign->class == '!') {
		rc = equal_term(p, column, sign, out);
		if (rc == RC_OK && sign->class == '!')
			*out = opposite(p, *out);
		return rc;
	}
	rc = read_word(p, false, &w);
	if (rc == RC_OK)
		rc = read_value(p, column, &w, sign->text, &v);
	if (rc == RC_OK)
		*out = compare(p, column, sign->op, &v);
	return rc;
}

static size_t name_length(const char *s)
{
	size_t n = 0;

	while (s[n] == '_' || (s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || (n > 0 && s[n] >= '0' && s[n] <= '9') || (s[n] & 0x80) != 0)
		n++;
	return n;
}

/* What people write who expect another language: looked for as a text it would quietly find nothing. */
static enum rc check_word(struct parser *p, const struct word *w)
{
	static const struct { const char *word, *why; } foreign[] = {
		{ "and", "conditions joined by a blank must all hold: leave 'and' out" },
		{ "or", "write | for 'or'" },
		{ "not", "write ! for 'not'" },
	};

	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
		if (strlen(foreign[i].word) == w->n && same_start(foreign[i].word, w->s, w->n))
			return fail(p, w->at, "%s; to look for the word, quote it", foreign[i].why);
	if (w->s[0] == '&')
		return fail(p, w->at, "conditions joined by a blank must all hold: leave & out");
	if (read_sign(w->s) != NULL)
		return fail(p, w->at, "expected a column before %s, as in clv>500", read_sign(w->s)->text);
	for (size_t i = 0; i < w->n; i++)
		if (strchr("<>=:~!?&,.", w->s[i]) == NULL)
			return RC_OK;
	return fail(p, w->at, "expected a condition, not '%.*s'; to look for it as a text, quote it", (int)w->n, w->s);
}

static enum rc word_term(struct parser *p, struct filter_node **out)
{
	struct filter_node *node = new_node(p, FILTER_ANYWHERE);
	bool texts = false;
	struct word w;
	enum rc rc = read_word(p, false, &w);

	if (rc != RC_OK)
		return rc;
	if (w.n == 0)
		return fail(p, w.at, *w.at == '\0' ? "expected a condition" : "expected a condition here");
	if (!w.quoted)
		rc = check_word(p, &w);
	if (rc != RC_OK)
		return rc;
	for (size_t j = 0; j < p->scope->columns; j++)
		texts = texts || (!is_attribute(p->scope, j) && (p->scope->column[j].class == FILTER_TEXT || p->scope->column[j].class == FILTER_ANY));
	if (!texts)
		return fail(p, w.at, "there is no text column to look into; name a column, as in clv>500");
	node->value = (struct filter_value){ .type = FILTER_STRING, .t = arena_span(p->arena, w.s, w.n) };
	*out = node;
	return RC_OK;
}

static enum rc column_term(struct parser *p, size_t name_n, const struct sign *sign, struct filter_node **out)
{
	const char *name = p->at, *at;
	size_t column = 0;
	bool top = name_n == 3 && strncmp(name, "top", 3) == 0, bottom = name_n == 6 && strncmp(name, "bottom", 6) == 0;
	enum rc rc;

	p->at += name_n;
	skip_blanks(p);
	at = p->at;
	p->at += strlen(sign->text);
	skip_blanks(p);
	if ((top || bottom) && sign->class == '=' && p->scope->key < p->scope->columns)
		return top_term(p, top ? FILTER_TOP : FILTER_BOTTOM, out);
	rc = filter_column_find(p->arena, p->scope, name, name_n, &column);
	if (rc != RC_OK)
		return point(p, name, rc);
	return sign_term(p, column, sign, at, out);
}

static enum rc parse_group(struct parser *p, struct filter_node **out)
{
	const char *start = p->at++;
	enum rc rc = parse_any(p, out);

	if (rc != RC_OK)
		return rc;
	if (*p->at != ')')
		return fail(p, start, "this parenthesis is not closed");
	p->at++;
	return RC_OK;
}

static enum rc parse_term(struct parser *p, struct filter_node **out)
{
	size_t name_n = name_length(p->at), blanks = strspn(p->at + name_n, BLANKS);
	const struct sign *sign = name_n > 0 ? read_sign(p->at + name_n + blanks) : NULL;
	enum rc rc;

	if (++p->terms > TERMS_MAX)
		return fail(p, p->at, "a filter may have %d terms at most", TERMS_MAX);
	if (++p->depth > DEPTH_MAX)
		return fail(p, p->at, "nested too deeply");
	if (*p->at == '!') {
		struct filter_node *of = NULL;

		p->at++;
		rc = parse_term(p, &of);
		if (rc == RC_OK)
			*out = opposite(p, of);
	} else if (*p->at == '(') {
		rc = parse_group(p, out);
	} else if (sign != NULL) {
		rc = column_term(p, name_n, sign, out);
	} else {
		rc = word_term(p, out);
	}
	p->depth--;
	return rc;
}

static enum rc parse_all(struct parser *p, struct filter_node **out)
{
	struct filter_node *all = new_node(p, FILTER_AND), **tail = &all->first;

	do {
		enum rc rc;

		skip_blanks(p);
		rc = parse_term(p, tail);
		if (rc != RC_OK)
			return rc;
		tail = &(*tail)->next;
		skip_blanks(p);
	} while (*p->at != '\0' && *p->at != '|' && *p->at != ')');
	*out = all->first->next == NULL ? all->first : all;
	return RC_OK;
}

static enum rc parse_any(struct parser *p, struct filter_node **out)
{
	struct filter_node *any = new_node(p, FILTER_OR), **tail = &any->first;
	enum rc rc = parse_all(p, tail);

	while (rc == RC_OK && *p->at == '|') {
		p->at++;
		tail = &(*tail)->next;
		rc = parse_all(p, tail);
	}
	if (rc == RC_OK)
		*out = any->first->next == NULL ? any->first : any;
	return rc;
}

enum rc filter_parse(struct arena *a, const char *text, const struct filter_scope *scope, struct filter_node **out)
{
	struct parser p = { .arena = a, .text = text, .at = text, .scope = scope };
	struct filter_node *tree = NULL;
	enum rc rc;

	if (strlen(text) > TEXT_MAX)
		return err_set(RC_USAGE, "STORE-201", "a filter may be %d bytes long", TEXT_MAX);
	skip_blanks(&p);
	if (*p.at == '\0') {
		*out = NULL;
		return RC_OK;
	}
	rc = parse_any(&p, &tree);
	if (rc == RC_OK && *p.at != '\0')
		rc = fail(&p, p.at, "this parenthesis was not opened");
	if (rc == RC_OK)
		*out = tree;
	return rc;
}
