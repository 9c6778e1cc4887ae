/* Columns against columns: what is told, what stops, under each policy. Whole files that are set aside: tests/batch/batches.sh. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "ingest/layout.h"

static struct arena *arena;

static void begin(void) { arena = arena_new(); }
static void end(void) { arena_free(arena); }

TestSuite(layout, .init = begin, .fini = end);

/* "id=customer:text! at=date:date note:text": name, role, type; ! is needed. */
static struct layout make(const char *text)
{
	struct layout l = { .column = arena_alloc(arena, 16, sizeof *l.column) };
	char *copy = arena_text(arena, text), *save = NULL;

	for (char *word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
		struct layout_column *c = &l.column[l.n++];
		char *type = strchr(word, ':'), *role = strchr(word, '=');

		*c = (struct layout_column){ .name = word, .role = "", .type = "" };
		if (word[strlen(word) - 1] == '!') {
			c->needed = true;
			word[strlen(word) - 1] = '\0';
		}
		if (type != NULL) {
			*type = '\0';
			c->type = type + 1;
		}
		if (role != NULL) {
			*role = '\0';
			c->role = role + 1;
		}
	}
	return l;
}

static void expect(const char *was, const char *now, enum contract_columns policy, const char *want)
{
	struct layout a = make(was), b = make(now);
	struct layout_differences d = layout_compare(arena, &a, &b, policy, false, NULL);
	char   got[256] = "";
	size_t used = 0;

	for (size_t i = 0; i < d.n && used < sizeof got; i++)
		used += (size_t)snprintf(got + used, sizeof got - used, "%s%s %s%s", i > 0 ? "; " : "", layout_code(d.at[i].kind) + strlen("column-"), d.at[i].column,
			d.at[i].stops ? "!" : "");
	cr_assert_str_eq(got, want, "%s -> %s, %s", was, now, contract_columns_name(policy));
}

#define SHOP "id=customer:text! at=date:date! sum=amount:number! note:text"

static void expect_each(const char *now, const char *strict, const char *additive, const char *lenient)
{
	expect(SHOP, now, COLUMNS_STRICT, strict);
	expect(SHOP, now, COLUMNS_ADDITIVE, additive);
	expect(SHOP, now, COLUMNS_LENIENT, lenient);
}

Test(layout, the_same_columns_differ_in_nothing)
{
	expect_each(SHOP, "", "", "");
}

Test(layout, new_and_missing_columns)
{
	expect_each(SHOP " city:text", "new city!", "new city", "new city");
	expect_each("id=customer:text! at=date:date! sum=amount:number!", "missing note!", "missing note!", "missing note");
	expect_each("id=customer:text! at=date:date! note:text", "missing sum!", "missing sum!", "missing sum!");
}

Test(layout, names_that_changed)
{
	expect_each("id=customer:text! at=date:date! total=amount:number! note:text", "renamed sum!", "renamed sum!", "renamed sum");
	expect_each("id=customer:text! at=date:date! sum=amount:number! notes:text", "renamed note!", "renamed note!", "renamed note");
	/* a name that is near, of a column of another type, is another column */
	expect_each("id=customer:text! at=date:date! sum=amount:number! notes:number", "missing note!; new notes!", "missing note!; new notes",
		"missing note; new notes");
}

Test(layout, types_and_forms)
{
	expect_each("id=customer:number! at=date:date! sum=amount:number! note:text", "type id!", "type id!", "type id");
	expect_each("id=customer:mixed! at=date:date! sum=amount:number! note:text", "", "", "");
	expect("id=customer! d=date:date.a!", "id=customer! d=date:date.b!", COLUMNS_LENIENT, "type d");
}

Test(layout, a_role_that_moves_stops_always)
{
	expect_each("id=customer:text! at=date:date! sum:number note:text net=amount:number!", "role sum!; new net!", "role sum!; new net", "role sum!; new net");
}

Test(layout, order_never_stops)
{
	expect_each("note:text id=customer:text! at=date:date! sum=amount:number!", "order note", "order note", "order note");
}

Test(layout, money_may_be_made_of_quantity_and_price)
{
	expect_each("id=customer:text! at=date:date! q=quantity:number! p=price:number! note:text", "missing sum!; new q!; new p!", "missing sum!; new q; new p",
		"missing sum; new q; new p");
}
