/* YAML: the tree with its places, and what is refused with the place where it stands. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/yaml.h"

static struct arena *arena;

static void set_up(void)
{
	arena = arena_new();
}

static void tear_down(void)
{
	arena_free(arena);
}

TestSuite(yaml, .init = set_up, .fini = tear_down);

static struct ydoc *parsed(const char *s)
{
	struct ydoc *root = NULL;

	cr_assert_eq(ydoc_read(arena, "t.yaml", s, strlen(s), &root), RC_OK, "%s", err_get()->why);
	return root;
}

static void check_place(const char *s, size_t n, size_t line, size_t column, const char *id)
{
	struct ydoc *root = NULL;

	cr_assert_eq(ydoc_read(arena, "t.yaml", s, n, &root), RC_CONFIG, "'%s'", s);
	cr_assert_null(root);
	cr_assert_str_eq(err_get()->file, "t.yaml");
	cr_assert(err_get()->line == line && err_get()->column == column, "'%s' gave %zu:%zu %s", s, err_get()->line,
		  err_get()->column, err_get()->why);
	cr_assert_str_eq(err_get()->id, id);
}

#define REFUSED(s, line, column, id) check_place(s, sizeof(s) - 1, line, column, id)

Test(yaml, a_tree_with_places)
{
	struct ydoc *root = parsed("# settings\na: 1\nb:\n  c: [x, 'y z']\n  d: \"\"\nempty:\n");
	struct ydoc *b = &root->child[1];

	cr_assert_eq(root->kind, YDOC_MAPPING);
	cr_assert_eq(root->count, 3);
	cr_assert_str_eq(root->key[0], "a");
	cr_assert(root->key_line[0] == 2 && root->key_column[0] == 1);
	cr_assert_str_eq(root->child[0].text, "1");
	cr_assert(root->child[0].line == 2 && root->child[0].column == 4);
	cr_assert_eq(b->kind, YDOC_MAPPING);
	cr_assert(b->key_line[0] == 4 && b->key_column[0] == 3);
	cr_assert_eq(b->child[0].kind, YDOC_SEQUENCE);
	cr_assert_eq(b->child[0].count, 2);
	cr_assert_str_eq(b->child[0].child[1].text, "y z");
	cr_assert(b->child[0].child[1].line == 4 && b->child[0].child[1].column == 10);
	cr_assert_str_eq(b->child[1].text, "");
	cr_assert_eq(root->child[2].kind, YDOC_SCALAR);
	cr_assert_str_eq(root->child[2].text, "");
}

Test(yaml, many_entries_keep_their_order)
{
	struct str t = { .s = NULL };
	struct ydoc *root;
	char key[16];

	for (int i = 0; i < 1000; i++)
		str_addf(&t, "k%d: %d\n", i, i);
	root = parsed(t.s);
	cr_assert_eq(root->count, 1000);
	for (size_t i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "k%zu", i);
		cr_assert_str_eq(root->key[i], key);
		cr_assert_str_eq(root->child[i].text, key + 1);
		cr_assert_eq(root->key_line[i], i + 1);
	}
	str_clear(&t);
}

Test(yaml, empty_documents_are_empty_mappings)
{
	static const char *const empty[] = { "", "\n\n", "# nothing\n", "---\n", "---\n...\n", "\xEF\xBB\xBF", "{}" };

	for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
		struct ydoc *root = parsed(empty[i]);

		cr_assert(root->kind == YDOC_MAPPING && root->count == 0, "'%s'", empty[i]);
	}
}

Test(yaml, other_roots)
{
	cr_assert_eq(parsed("- a\n- b\n")->kind, YDOC_SEQUENCE);
	cr_assert_eq(parsed("- a\n- b\n")->count, 2);
	cr_assert_str_eq(parsed("word")->text, "word");
	cr_assert_eq(parsed("''")->kind, YDOC_SCALAR);
	cr_assert_str_eq(parsed("a: 1\n...\n")->key[0], "a");
	cr_assert_eq(parsed("\xEF\xBB\xBF" "a: 1")->key_column[0], 1);
}

Test(yaml, the_same_key_twice)
{
	REFUSED("a: 1\nb: 2\na: 3\n", 3, 1, "YAML-102");
	cr_assert_not_null(strstr(err_get()->why, "line 1"));
	cr_assert_str_eq(err_get()->source, "a: 3");
	REFUSED("x:\n  a: 1\n  \"a\": 2\n", 3, 3, "YAML-102");
	REFUSED("{a: 1, b: 1, a: 1}", 1, 14, "YAML-102");
	cr_assert_eq(parsed("a: {b: 1}\nb: {a: 1}\n")->count, 2);
}

Test(yaml, anchors_aliases_tags)
{
	REFUSED("a: &x 1\nb: *x\n", 1, 4, "YAML-103");
	REFUSED("a: *x\n", 1, 4, "YAML-103");
	REFUSED("a: &x {b: 1}\n", 1, 4, "YAML-103");
	REFUSED("a:\n  - &x [1]\n", 2, 5, "YAML-103");
	REFUSED("a: !!int 5\n", 1, 4, "YAML-103");
	REFUSED("&k a: 1\n", 1, 1, "YAML-103");
}

Test(yaml, one_document_only)
{
	REFUSED("a: 1\n---\nb: 2\n", 2, 1, "YAML-104");
	REFUSED("---\n---\n", 2, 1, "YAML-104");
}

Test(yaml, keys_are_texts)
{
	REFUSED("[a, b]: 1\n", 1, 1, "YAML-105");
	REFUSED("{a: 1}: 2\n", 1, 1, "YAML-105");
}

Test(yaml, bad_syntax_has_a_place)
{
	REFUSED("a: 1\n  b: 2\n", 2, 4, "YAML-101");
	REFUSED("a: [1, 2\n", 2, 1, "YAML-101");
	REFUSED("a: 'x\n", 2, 1, "YAML-101");
	REFUSED("\tx: 1\n", 1, 1, "YAML-101");
	REFUSED("a: 1\nb: x\x01y\n", 2, 5, "YAML-101");
	REFUSED("a: 1\nb: x\xFFy\n", 2, 5, "YAML-101");
	REFUSED("a: \"x\\0y\"\n", 1, 4, "YAML-101");
}

Test(yaml, depth_is_limited)
{
	char deep[2001];
	struct ydoc *root;

	memset(deep, '[', 1000);
	memset(deep + 1000, ']', 1000);
	check_place(deep, 2000, 1, 65, "YAML-107");
	cr_assert_eq(ydoc_read(arena, "t", deep + 940, 120, &root), RC_OK);
}
