#include "config.h"

#include "store/sql.h"

#include <criterion/criterion.h>
#include <string.h>

#include "kit.h"

TestSuite(sql, .init = kit_setup, .fini = kit_teardown);

Test(sql, takes_the_head_apart)
{
	struct sql_text t;

	kit_ok(sql_get(kit_arena(), "report/people", &t));
	cr_assert_str_eq(sql_header(&t, "about"), "people");
	cr_assert_str_eq(sql_header(&t, "page"), "rank");
	cr_assert_str_eq(t.header[2].key, "param");
	cr_assert_str_eq(t.header[3].value, "name text optional");
	cr_assert(sql_header(&t, "SELECT") == NULL);
	cr_assert(sql_header(&t, "reads") == NULL);
	cr_assert(strstr(t.text, "FROM person") != NULL);
}

Test(sql, a_file_without_a_head)
{
	struct sql_text t;

	kit_ok(sql_get(kit_arena(), "statement/two", &t));
	cr_assert_eq(t.headers, 0);
	kit_ok(sql_get(kit_arena(), "statement/none", &t));
	cr_assert_eq(t.headers, 1);
}

Test(sql, an_unknown_name_is_a_bug)
{
	struct sql_text t;

	kit_fails(sql_get(kit_arena(), "statement/nowhere", &t), RC_INTERNAL, "STORE-150", "statement/nowhere");
}

Test(sql, names_come_in_byte_order)
{
	cr_assert_str_eq(sql_name("schema/", 0), "schema/0001_base");
	cr_assert_str_eq(sql_name("schema/", 1), "schema/0002_more");
	cr_assert(sql_name("schema/", 2) == NULL);
	cr_assert_str_eq(sql_name("view/", 0), "view/v_all");
	cr_assert(sql_name("nothing/", 0) == NULL);
}
