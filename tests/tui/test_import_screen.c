/* Import by keys: the picker, what the file says, doubts, preview, accounts, refusals; and that going back keeps nothing. */
#include "config.h"

#include "bench.h"
#include "draw_kit.h"

#include "tui/picker_priv.h"
#include "tui/sheet_priv.h"

static struct bench b;

static void begin(void)
{
	bench_new(&b);
	cr_assert_eq(chdir(b.scratch.dir), 0);
}

static void end(void)
{
	bench_free(&b);
}

static void orders(const char *name)
{
	struct str t = {0};
	str_add(&t, "customer_id,order_date,revenue,shop\n");
	for (int i = 0; i < 200; i++)
		str_addf(&t, "G%03d,2025-%02d-%02d,%d.50,north\n", i / 2, 1 + i % 6, 1 + i % 27, 10 + i % 17);
	str_add(&t, "G999,soon,1.00,south\n");
	scratch_file(&b.scratch, name, t.s);
	str_clear(&t);
}

Test(import_screen, from_a_folder_to_the_accounts, .init = begin, .fini = end)
{
	orders("orders.csv");
	scratch_file(&b.scratch, "readme.md", "x");
	bench_keys(&b, "i");
	expect_screen(&b, "choose a file");
	expect_screen(&b, "orders.csv");
	expect_no_screen(&b, "readme.md");
	bench_type(&b, "ord");
	bench_keys(&b, "Enter");
	expect_screen(&b, "what the file says");
	expect_screen(&b, "header");
	expect_screen(&b, "201 rows");
	expect_screen(&b, "order_date");
	expect_screen(&b, "99.5%");
	expect_screen(&b, "1 would be set aside");
	bench_keys(&b, "p");
	expect_screen(&b, "As they would be stored");
	bench_keys(&b, "G");
	expect_screen(&b, "bad-date");
	bench_keys(&b, "Esc F2");
	expect_screen(&b, "201 rows read = 200 accepted + 1 set aside + 0 duplicate + 0 blank");
	expect_screen(&b, "set aside: bad-date, 1 row ");
	bench_keys(&b, "Esc i");
	expect_screen(&b, "choose a file");
	bench_keys(&b, "Esc");
	cr_expect_eq(scratch_int(&b.scratch, "SELECT count(*) FROM raw_file"), 1);
}

/* Nothing is asked where there is no doubt: Enter is enough. */
Test(import_screen, enter_imports_a_file_without_doubts, .init = begin, .fini = end)
{
	orders("orders.csv");
	bench_keys(&b, "i Enter Enter");
	expect_screen(&b, "200 accepted");
	cr_expect_eq(scratch_int(&b.scratch, "SELECT count(*) FROM raw_file"), 1);
}

Test(import_screen, returns_are_told, .init = begin, .fini = end)
{
	struct str t = {0};
	str_add(&t, "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
	for (int i = 0; i < 40; i++)
		str_addf(&t, "%d,P%d,THING,6,12/1/2010 8:26,2.55,%d,United Kingdom\n", 536365 + i, i, 17850 + i);
	str_add(&t, "C536500,P1,THING,-6,12/22/2010 8:26,2.55,17851,United Kingdom\n");
	scratch_file(&b.scratch, "online.csv", t.s);
	str_clear(&t);
	bench_keys(&b, "i Enter S-Tab S-Tab S-Tab");
	bench_type(&b, "--preset online-retail");
	bench_keys(&b, "Tab F2");
	expect_screen(&b, "returns in the store: 1, matched with their sale 1, partly 0, without a");
}

Test(import_screen, going_back_keeps_nothing, .init = begin, .fini = end)
{
	orders("orders.csv");
	bench_keys(&b, "i Enter Esc Esc");
	expect_screen(&b, "Welcome to clv");
	cr_expect(!file_exists(b.scratch.store));
}

Test(import_screen, only_doubts_are_asked, .init = begin, .fini = end)
{
	scratch_file(&b.scratch, "two.csv", "client,when,Price,Qty,Total\nA1,01/02/2025,2.5,2,5.0\nB2,03/04/2025,1,3,9.5\nB2,05/04/2025,1,3,9.5\n");
	bench_keys(&b, "i Enter");
	expect_screen(&b, "! What is the amount of a row?");
	expect_screen(&b, "Which comes first in the dates?");
	bench_keys(&b, "F2");
	expect_screen(&b, "choose one");
	bench_keys(&b, "2");
	expect_no_screen(&b, "! What is the amount");
	expect_screen(&b, "! Which comes first");
	bench_keys(&b, "Space F2");
	expect_screen(&b, "3 rows read = 3 accepted");
	bench_keys(&b, "Esc @");
	expect_screen(&b, "clv --batch -s t.clv import --quantity 4 --price 3");
}

Test(import_screen, options_may_be_typed, .init = begin, .fini = end)
{
	scratch_file(&b.scratch, "odd.csv", "customer_id|date|amount\nA|2025-01-03|5\nB|2025-04-05|6\n");
	bench_keys(&b, "i Enter Up");
	bench_type(&b, "--amount none");
	bench_keys(&b, "Tab");
	expect_no_screen(&b, "amount     100.0%");
	bench_keys(&b, "F2");
	expect_screen(&b, "2 rows read = 2 accepted");
}

Test(import_screen, a_refusal_has_ways_on, .init = begin, .fini = end)
{
	struct str t = {0};
	str_add(&t, "customer_id,order_date,revenue\n");
	for (int i = 0; i < 40; i++)
		str_addf(&t, "G%d,%s,5\n", i, i % 2 ? "2025-01-01" : "never");
	scratch_file(&b.scratch, "bad.csv", t.s);
	str_clear(&t);
	bench_keys(&b, "i Enter F2");
	expect_screen(&b, "code GATE-130");
	expect_screen(&b, "choose another file");
	bench_keys(&b, "1");
	expect_screen(&b, "what the file says");
	bench_keys(&b, "F2 2");
	expect_screen(&b, "choose a file");
}

Test(import_screen, a_cancelled_import_leaves_nothing, .init = begin, .fini = end, .timeout = 300)
{
	struct str t = {0};
	str_add(&t, "customer_id,order_date,revenue\n");
	for (int i = 0; i < 400000; i++)
		str_addf(&t, "G%d,2025-01-%02d,5.00\n", i % 90000, 1 + i % 28);
	scratch_file(&b.scratch, "large.csv", t.s);
	bench_do(&b, "init");
	str_clear(&t);
	bench_keys(&b, "i Enter");
	workbench_key(b.w, "F2");
	expect_screen(&b, "^C cancels, and nothing of it is kept");
	workbench_key(b.w, "^C");
	bench_settle(&b);
	expect_screen(&b, "cancelled: nothing of the file was kept");
	expect_screen(&b, "what the file says");
	cr_expect_eq(scratch_int(&b.scratch, "SELECT count(*) FROM raw_file"), 0);
}

Test(import_screen, a_file_on_the_command_line_starts_here, .init = begin, .fini = end)
{
	const char *file = "orders.csv";
	orders(file);
	workbench_close(b.w);
	b.ask.file = &file;
	b.ask.files = 1;
	bench_open(&b, NULL);
	expect_screen(&b, "what the file says");
	b.ask.files = 0;
}

Test(import_screen, readonly_refuses, .init = begin, .fini = end)
{
	workbench_close(b.w);
	b.ask.readonly = true;
	bench_open(&b, NULL);
	bench_keys(&b, "i");
	expect_screen(&b, "--readonly");
}

Test(import_screen, fits_any_size, .init = begin, .fini = end)
{
	static const char *const steps[] = { "i", "Enter", "F2", "p", "Esc" };
	scratch_file(&b.scratch, "two.csv", "client,when,Price,Qty,Total\nA1,01/02/2025,2.5,2,5.0\nB2,03/04/2025,1,3,9.5\n");
	for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++) {
		workbench_size(b.w, 80, 24);
		bench_keys(&b, steps[s]);
		for (int i = 0; i < DRAW_SIZES; i++) {
			workbench_size(b.w, draw_sizes[i][0], draw_sizes[i][1]);
			workbench_draw(b.w);
		}
	}
}

Test(picker, goes_through_folders, .init = begin, .fini = end)
{
	struct picker p = { .title = "Choose", .endings = "csv" };
	cr_assert_eq(file_make_folder("deep/er"), RC_OK);
	scratch_file(&b.scratch, "deep/er/a.csv", "x");
	scratch_file(&b.scratch, ".hidden.csv", "x");
	picker_begin(&p, b.scratch.dir);
	cr_expect_eq(p.hits, 1);
	picker_key(&p, "F4");
	cr_expect_eq(p.hits, 2);
	picker_key(&p, "Enter");
	cr_expect(str_ends(p.folder, "/deep"), "%s", p.folder);
	picker_key(&p, "Right");
	picker_key(&p, "Backspace");
	cr_expect_str_eq(p.hit[p.at]->name, "er", "the bar stays where one came from");
	picker_key(&p, "Enter");
	cr_expect_eq(picker_key(&p, "Enter"), PICKER_CHOSEN);
	cr_expect(str_ends(p.chosen, "/deep/er/a.csv"), "%s", p.chosen);
	picker_paste(&p, "../../nothing");
	cr_expect_eq(picker_key(&p, "Enter"), PICKER_MOVED);
	cr_expect_not_null(p.error);
	cr_expect_eq(picker_key(&p, "Esc"), PICKER_MOVED);
	cr_expect_eq(picker_key(&p, "Esc"), PICKER_CLOSED);
	picker_end(&p);
}

Test(import_screen, what_cannot_be_read_is_not_offered, .init = begin, .fini = end)
{
	scratch_file(&b.scratch, "odd.csv", "apple,pear\nred,green\nblue,round\n");
	bench_keys(&b, "i Enter");
	expect_screen(&b, "It cannot be read so");
	expect_screen(&b, "more options");
	expect_no_screen(&b, "F2 import  Tab next");
	expect_no_screen(&b, "-1 row");
	bench_keys(&b, "F2");
	expect_screen(&b, "it cannot be imported as it is read now");
}

Test(import_screen, an_absolute_path_stands_alone, .init = begin, .fini = end)
{
	orders("orders.csv");
	bench_keys(&b, "i");
	expect_screen(&b, b.scratch.dir);
	bench_keys(&b, "/ x");
	expect_no_screen(&b, b.scratch.dir);
	expect_screen(&b, "/x_");
}

/* One question, both readings on the first rows; what the file proves stands beside it. */
Test(import_screen, a_doubt_shows_its_readings, .init = begin, .fini = end)
{
	scratch_file(&b.scratch, "doubt.csv", "customer,when,amount\nA1,01/02/2025,2.5\nB2,03/04/2025,1\n");
	bench_keys(&b, "i");
	bench_type(&b, "doubt.csv");
	bench_keys(&b, "Enter");
	expect_screen(&b, "proved: customer = customer, date = when, amount = amount");
	expect_screen(&b, "the day: DD/MM/YYYY: 01/02/2025 is 2025-02-01");
	expect_screen(&b, "the month: MM/DD/YYYY: 01/02/2025 is 2025-01-02");
}
