/* The workbench from a person's chair, on a pty with an emulator behind it: from the start to the first frame, memory at rest, and from a
 * key to its frame while a job of the same process runs.
 *
 *     paint STORE RUNS           median seconds to the first frame, MiB resident when everything is read
 *     paint STORE RUNS FILE.csv  p50 and p99 in milliseconds of RUNS keys while FILE.csv is imported into STORE, and how many keys there were
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kit/terminal.h"

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double resident(int pid)
{
	char   path[64], line[256];
	double kib = 0;
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	FILE *f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, "VmRSS:", 6))
			kib = atof(line + 6);
	if (f)
		fclose(f);
	return kib / 1024;
}

static struct terminal *open_store(const char *const *words)
{
	struct terminal *t = terminal_start(&(struct terminal_ask){ .words = words });
	terminal_ready(t);
	return t;
}

static void close_store(struct terminal *t)
{
	terminal_type(t, "<Esc><Esc>Q");
	terminal_end(t);
	terminal_free(t);
}

static void first_frame(const char *store, int runs, double *seconds)
{
	const char *const words[] = { store, NULL };
	double            mib = 0;
	for (int i = 0; i < runs; i++) {
		double           since = now();
		struct terminal *t = open_store(words);
		seconds[i] = now() - since;
		terminal_idle(t);
		mib = resident(terminal_pid(t));
		close_store(t);
	}
	qsort(seconds, (size_t)runs, sizeof *seconds, by_size);
	printf("%.3f %.0f\n", seconds[runs / 2], mib);
}

/* Keys while the status row shows a job; on a fast machine it ends before the last one. */
static void keys_at_work(const char *store, int runs, const char *file, double *seconds)
{
	static const char *const keys[] = { "4", "j", "j", "<PgDn>", "1", "2", "k", "?", "<Esc>" };
	const char *const        words[] = { "-s", store, file, NULL };
	struct terminal         *t = open_store(words);
	int                      n = 0;
	terminal_idle(t);
	terminal_do(t, "<F2>");
	for (; n < runs && strstr(terminal_row(t, 22), "▶"); n++) {
		double since = now();
		terminal_do(t, keys[(size_t)n % (sizeof keys / sizeof keys[0])]);
		seconds[n] = now() - since;
	}
	qsort(seconds, (size_t)n, sizeof *seconds, by_size);
	printf("%.1f %.1f %d\n", n ? 1e3 * seconds[n / 2] : 0, n ? 1e3 * seconds[n * 99 / 100] : 0, n);
	terminal_type(t, "<^C><^C>");
	terminal_idle(t);
	close_store(t);
}

int main(int argc, char **argv)
{
	int     runs = argc > 2 ? atoi(argv[2]) : 0;
	double *seconds = calloc((size_t)(runs > 0 ? runs : 1), sizeof *seconds);
	if (runs < 1) {
		fprintf(stderr, "usage: paint STORE RUNS [FILE.csv]\n");
		return 2;
	}
	if (argc > 3)
		keys_at_work(argv[1], runs, argv[3], seconds);
	else
		first_frame(argv[1], runs, seconds);
	free(seconds);
	return 0;
}
