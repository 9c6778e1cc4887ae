/* What a person does about rows set aside: a try first, who and why, one row, several, all with a reason; a file; what is logged; what is masked. */
#include "config.h"

#include "bench.h"

#include <string.h>

static struct bench b;

/* Five rows set aside in two files: two dates of the south, one date that is none, an amount that is none, nobody. */
static void begin(void)
{
	struct str t = {0};
	bench_new(&b);
	str_add(&t, "customer_id,order_date,revenue,note\n");
	for (int i = 0; i < 300; i++)
		str_addf(&t, "G%04d,2025-%02d-%02d,%d.50,\n", i / 3, 1 + i % 3 * 4, 1 + i % 27, 10 + i % 17);
	str_add(&t, "A,13.02.2025,2,of anna@x.example\nB,14.02.2025,3,\nC,never,3,\nD,2025-01-01,y,\n");
	str_add(&t, ",2025-01-01,5,\n");
	const char *file = scratch_file(&b.scratch, "orders-1.csv", t.s);
	str_clear(&t);
	str_addf(&t, "import %s --duplicates keep", file);
	bench_do(&b, t.s);
	str_clear(&t);
	bench_keys(&b, "2");
}

static void end(void)
{
	bench_free(&b);
}

static long long count(const char *sql)
{
	return (long long)scratch_int(&b.scratch, sql);
}

static const char *last_logged(void)
{
	const struct logged *list;
	size_t               n = workbench_log(b.w, &list);
	return n ? list[n - 1].line : "";
}

Test(aside, a_try_is_shown_before_anything_is_signed, .init = begin, .fini = end)
{
	bench_keys(&b, "a t");
	expect_screen(&b, "Treat row 1");
	expect_screen(&b, "would be released 0, still set aside 1");
	bench_keys(&b, "F2");
	expect_screen(&b, "none of them passes");
	bench_type(&b, "DD.MM.YYYY");
	bench_keys(&b, "F2"); /* what differs now was not tried yet */
	expect_screen(&b, "would be released 1, still set aside 0");
	cr_expect_eq(count("SELECT count(*) FROM quar_row WHERE state <> 'open'"), 0);
	bench_keys(&b, "F2");
	expect_screen(&b, "a decision needs the name");
	bench_type(&b, "Ann");
	bench_keys(&b, "Tab");
	bench_type(&b, "dates of the south");
	bench_keys(&b, "F2");
	expect_screen(&b, "released 1, still set aside 0");
	cr_expect_eq(count("SELECT count(*) FROM quar_row WHERE quar_id = 1 AND state = 'released' AND by_name = 'Ann' AND why = 'dates of the south'"), 1);
	cr_expect_str_eq(last_logged(), "quarantine release 1 --date-format DD.MM.YYYY --by Ann --reason 'dates of the south'");
}

Test(aside, a_form_that_is_left_writes_nothing, .init = begin, .fini = end)
{
	bench_keys(&b, "a D");
	expect_screen(&b, "Discard row 1");
	bench_type(&b, "Ann");
	bench_keys(&b, "Esc");
	expect_screen(&b, "press Esc again");
	bench_keys(&b, "Esc");
	expect_screen(&b, "nothing was written");
	cr_expect_eq(count("SELECT count(*) FROM audit_entry WHERE kind = 'quarantine'"), 0);
}

Test(aside, rows_that_are_marked, .init = begin, .fini = end)
{
	bench_keys(&b, "a j j m m D");
	expect_screen(&b, "Discard 2 rows");
	bench_type(&b, "Ann");
	bench_keys(&b, "Tab");
	bench_type(&b, "typed by hand");
	bench_keys(&b, "F2");
	expect_screen(&b, "discarded 2");
	cr_expect_eq(count("SELECT count(*) FROM quar_row WHERE state = 'discarded' AND quar_id IN (3, 4)"), 2);
}

Test(aside, all_with_a_reason, .init = begin, .fini = end)
{
	bench_keys(&b, "Tab Tab R");
	expect_screen(&b, "Release all open rows: bad-date");
	expect_screen(&b, "would be released 0, still set aside 3");
	bench_keys(&b, "Esc t");
	bench_type(&b, "DD.MM.YYYY");
	bench_keys(&b, "F5");
	expect_screen(&b, "would be released 2, still set aside 1");
	bench_keys(&b, "Esc Esc Enter"); /* the rows with it */
	expect_screen(&b, "reasons~bad-date");
	expect_screen(&b, "3 of 3, of 5");
}

Test(aside, a_mended_row, .init = begin, .fini = end)
{
	bench_keys(&b, "a j j t Tab Tab Tab Tab");
	bench_type(&b, "C,2025-02-15,3,");
	bench_keys(&b, "Tab");
	bench_type(&b, "Ann");
	bench_keys(&b, "Tab");
	bench_type(&b, "asked the shop");
	bench_keys(&b, "F2");
	cr_expect_eq(count("SELECT count(*) FROM quar_row WHERE quar_id = 3 AND state = 'fixed'"), 1);
}

Test(aside, what_is_refused_stands_in_the_form, .init = begin, .fini = end)
{
	bench_keys(&b, "a t");
	bench_type(&b, "nonsense");
	bench_keys(&b, "F5");
	expect_screen(&b, "Not done (CSV-111)");
}

Test(aside, nothing_is_meant_elsewhere, .init = begin, .fini = end)
{
	bench_keys(&b, "t");
	expect_screen(&b, "choose rows set aside, a reason or a file");
}

Test(aside, masked_after_a_filter_too, .init = begin, .fini = end)
{
	workbench_size(b.w, 160, 40);
	bench_keys(&b, "a");
	expect_screen(&b, "a***@x.example");
	bench_do(&b, "filter state:open");
	expect_screen(&b, "a***@x.example");
	expect_no_screen(&b, "anna@");
}

Test(aside, rows_that_are_written_are_logged, .init = begin, .fini = end)
{
	char line[400];
	bench_keys(&b, "a");
	bench_do(&b, "filter state:open");
	snprintf(line, sizeof line, "save %s/rows.csv", b.scratch.dir);
	bench_do(&b, line);
	cr_expect_str_eq(last_logged(), "show quarantine --where state:open");
}

Test(aside, a_column_alone, .init = begin, .fini = end)
{
	bench_keys(&b, "v j j Enter");
	expect_screen(&b, "Column amount");
	expect_screen(&b, "How the values lie");
	expect_screen(&b, "By month from 2025-01");
	bench_keys(&b, "Esc");
	expect_screen(&b, "Columns of all files");
}

/* --- files ------------------------------------------------------------------------------------------------------------------- */

/* A second file whose amount goes by another name: it is set aside whole. */
static void begin_whole(void)
{
	struct str t = {0};
	begin();
	str_add(&t, "customer_id,order_date,goods,all_in\n");
	for (int i = 0; i < 50; i++)
		str_addf(&t, "G%04d,2025-03-%02d,%d.25,%d.75\n", i, 1 + i % 27, 10 + i % 7, 12 + i % 7);
	const char *file = scratch_file(&b.scratch, "orders-2.csv", t.s);
	str_clear(&t);
	str_addf(&t, "import %s", file);
	bench_do(&b, t.s);
	str_clear(&t);
	bench_keys(&b, "Esc Esc Tab G");
}

/* A second file of which every row counts. */
static void begin_clean(void)
{
	begin();
	const char *file = scratch_file(&b.scratch, "clean.csv", "customer_id,order_date,revenue,note\nG0001,2025-03-01,5.00,\nG0002,2025-03-02,6.00,\n");
	struct str t = {0};
	str_addf(&t, "import %s", file);
	bench_do(&b, t.s);
	str_clear(&t);
	bench_keys(&b, "Esc Esc Tab");
}

Test(aside, a_file_set_aside_whole_says_what_differs, .init = begin_whole, .fini = end)
{
	expect_screen(&b, "1 file set aside whole, runs wait");
	bench_keys(&b, "w");
	expect_screen(&b, "compared with");
	expect_screen(&b, "all_in");
	cr_expect_str_eq(last_logged(), "quarantine show --file 2");
	bench_keys(&b, "Esc Enter"); /* the same by its row */
	expect_screen(&b, "compared with");
}

Test(aside, a_file_set_aside_whole_is_discarded, .init = begin_whole, .fini = end)
{
	bench_keys(&b, "D");
	expect_screen(&b, "Discard orders-2.csv, set aside whole");
	bench_type(&b, "Ann");
	bench_keys(&b, "Tab");
	bench_type(&b, "sent by mistake");
	bench_keys(&b, "F2");
	cr_expect_eq(count("SELECT count(*) FROM quar_file WHERE state = 'discarded' AND by_name = 'Ann'"), 1);
	cr_expect_str_eq(last_logged(), "quarantine discard --file 2 --by Ann --reason 'sent by mistake'");
	expect_no_screen(&b, "runs wait");
}

Test(aside, a_file_set_aside_whole_is_released_when_the_gate_agrees, .init = begin_whole, .fini = end)
{
	bench_keys(&b, "R");
	expect_screen(&b, "Release orders-2.csv, set aside whole");
	expect_screen(&b, "Not done (GATE-131)");
	bench_keys(&b, "F2"); /* and is not signed: what was tried is refused */
	cr_expect_eq(count("SELECT count(*) FROM quar_file WHERE state = 'aside'"), 1);
	bench_keys(&b, "Esc t Tab Tab");
	bench_type(&b, "all_in");
	bench_keys(&b, "F5");
	expect_screen(&b, "would be released");
	bench_keys(&b, "Tab Tab Tab Tab Tab");
	bench_type(&b, "Ann");
	bench_keys(&b, "Tab");
	bench_type(&b, "the shop renamed it");
	bench_keys(&b, "F2");
	cr_expect_eq(count("SELECT count(*) FROM quar_file WHERE state = 'released' AND why = 'the shop renamed it'"), 1);
	cr_expect_eq(count("SELECT sum(accepted) FROM raw_file"), 350);
}

Test(aside, a_file_without_rows_set_aside_opens_no_form, .init = begin_clean, .fini = end)
{
	bench_keys(&b, "G D");
	expect_screen(&b, "choose rows set aside, a reason or a file that has some");
	bench_keys(&b, "g D");
	expect_screen(&b, "Discard what is set aside of orders-1.csv");
}

Test(aside, a_file_that_counts_leads_to_its_columns, .init = begin_whole, .fini = end)
{
	bench_keys(&b, "g Enter");
	expect_screen(&b, "Columns of the selected file");
	expect_screen(&b, "revenue");
}
