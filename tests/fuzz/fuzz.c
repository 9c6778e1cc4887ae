/* One input for a fuzzer: its first byte chooses what the rest is given to. Every way must end with a code, and what can be said of the answer
 * must hold: accounts add up, and both ways to split a record agree. With FUZZ_MAIN it runs over the files named instead. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/convert.h"
#include "ingest/import.h"
#include "ingest/ingest_module.h"
#include "ingest/mapped.h"
#include "ingest/mapping.h"
#include "ingest/split.h"
#include "module/contract.h"
#include "module/setting.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz: %s\n", what);
	abort();
}

/* f: a file, from its first byte to the accounts */

static void check_accounts(const struct js *file)
{
	const struct js *read = js_get(file, "read");

	if (read == NULL)
		return;
	must(js_int_of(read) == js_int_of(js_get(file, "accepted")) + js_int_of(js_get(file, "quarantined")) + js_int_of(js_get(file, "duplicate")) +
		js_int_of(js_get(file, "blank")), "the accounts do not add up");
}

static void fuzz_file(const uint8_t *data, size_t n, const struct mapping *m, const struct contract *c)
{
	const struct setting *const tables[] = { ingest_module.settings, NULL };
	struct settings *settings = settings_new(tables);
	struct run run = { .settings = settings, .arena = arena_new() };
	struct js *result = NULL;
	char path[64];
	int  fd = memfd_create("fuzz", MFD_CLOEXEC);
	bool changed;

	must(fd >= 0 && write(fd, data, n) == (ssize_t)n, "no memory file");
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	const char *const paths[] = { path };
	const struct import_ask ask = { .path = paths, .paths = 1, .validate_only = true, .mapping = m, .contract = c, .encoding = "auto" };

	import_files(&run, &ask, &result, &changed);
	if (result != NULL)
		check_accounts(js_at(js_get(result, "files"), 0));
	js_free(result);
	close(fd);
	settings_free(settings);
	arena_free(run.arena);
}

/* v: dates and numbers in every form */

static void fuzz_values(const char *s, size_t n)
{
	static const char *const formats[] = { "YYYY-MM-DD", "DD/MM/YYYY", "MM.DD.YY", "YYYYMMDD", "excel", "excel-1904" };
	static const char *const forms[] = { "1234.56", "1,234.56", "1.234,56", "1 234,56", "1'234.56" };

	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		struct date_format f;
		struct date_time   t;

		must(date_format_read(formats[i], &f), "a format");
		if (date_time_read(s, n, &f, &t))
			must(t.seconds >= 0 && t.seconds <= 25 * 3600 && (t.offset || t.east == 0), "a time of day");
	}
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct number_form f;
		struct decimal  d;
		struct currency c = { "" };
		int64_t minor;

		must(number_form_read(forms[i], &f), "a form");
		if (decimal_read(s, n, &f, &d, &c) == NUMBER_OK && decimal_minor(d, 2, &minor) == NUMBER_OK)
			must(minor <= MONEY_LIMIT && minor >= -MONEY_LIMIT, "an amount");
	}
}

/* m: a mapping; what compiles reads a row */

static void fuzz_mapping(const char *s, size_t n)
{
	static const char rows[] = "a,b,c\n1,2024-01-01,3.50\n,,\n1.0,x,-1\n";
	struct arena *a = arena_new();
	struct mapping *m = NULL;

	if (mapping_parse(a, "fuzz.yaml", s, n, &m) == RC_OK)
		fuzz_file((const uint8_t *)rows, sizeof rows - 1, m, NULL);
	arena_free(a);
}

/* c: a contract; what compiles judges rows, and its limits say something of every count */

static void fuzz_contract(const char *s, size_t n)
{
	static const char rows[] = "customer_id,order_date,revenue,status,email\nC1,2024-01-01,3.50,paid,a@b.c\nC2,2024-01-02,1e9,,\nC1,2024-01-03,-1,p\xc3\xa9,x\n";
	struct arena *a = arena_new();
	struct contract *c = NULL;

	if (contract_parse(a, "fuzz.yaml", s, n, &c) == RC_OK) {
		must(c->name != NULL && c->entity != NULL, "a contract has a name and an entity");
		for (size_t i = 0; i < c->checks; i++)
			for (int64_t failing = 0; failing < 40; failing++)
				must(contract_outcome(&c->check[i], failing, 40) <= contract_outcome(&c->check[i], failing + 1, 41), "more failing rows are no better");
		fuzz_file((const uint8_t *)rows, sizeof rows - 1, NULL, c);
	}
	arena_free(a);
}

/* s: records, split by the loop and by libcsv */

struct told { size_t used; uint32_t fields, lines; unsigned flags; };

static size_t split_all(char *text, size_t n, bool slow, struct told *told, size_t most)
{
	struct splitter *s = split_new(',', 64);
	struct record r;
	bool   whole = true;
	size_t at = 0, k = 0;

	if (slow)
		split_slow(s);
	while (k < most && at < n && split_next(s, text + at, n - at, true, &r, &whole) == RC_OK && whole) {
		must(r.used > 0 && r.n <= r.used && at + r.used <= n, "a record's length");
		told[k++] = (struct told){ r.used, r.fields, r.lines, r.flags };
		at += r.used;
	}
	split_free(s);
	return k;
}

static void fuzz_split(const uint8_t *data, size_t n)
{
	enum { MOST = 512 };
	struct told *fast = calloc(MOST, sizeof *fast), *slow = calloc(MOST, sizeof *slow);
	char *text = malloc(n + 1);

	memcpy(text, data, n);
	text[n] = '\n';
	size_t a = split_all(text, n, false, fast, MOST), b = split_all(text, n, true, slow, MOST);

	must(a == b, "both ways find the same number of records");
	for (size_t i = 0; i < a; i++)
		must(fast[i].used == slow[i].used && fast[i].fields == slow[i].fields && fast[i].lines == slow[i].lines, "both ways find the same records");
	free(text);
	free(fast);
	free(slow);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n == 0)
		return 0;
	switch (data[0]) {
	case 'f':
		fuzz_file(data + 1, n - 1, NULL, NULL);
		break;
	case 'v':
		fuzz_values((const char *)data + 1, n - 1);
		break;
	case 'c':
		fuzz_contract((const char *)data + 1, n - 1);
		break;
	case 'm':
		fuzz_mapping((const char *)data + 1, n - 1);
		break;
	case 's':
		fuzz_split(data + 1, n - 1);
		break;
	default:
		break;
	}
	return 0;
}

#ifdef FUZZ_MAIN
int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		FILE  *f = fopen(argv[i], "rb");
		char  *data = malloc(1 << 20);
		size_t n = f != NULL ? fread(data, 1, 1 << 20, f) : 0;

		LLVMFuzzerTestOneInput((const uint8_t *)data, n);
		free(data);
		if (f != NULL)
			fclose(f);
	}
	printf("%d inputs, no finding\n", argc - 1);
	return 0;
}
#endif
