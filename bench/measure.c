/* Run a command several times, or two commands in turn, and print what the kernel accounted for each finished run: CPU seconds
 * (user + system), wall seconds, peak resident MiB, as medians, and with a second command the median of the pairwise ratios.
 *
 *     measure RUNS COMMAND...                 cpu wall mib
 *     measure RUNS COMMAND... -- COMMAND...   cpu wall mib  cpu wall mib  cpu-ratio wall-ratio     (second over first)
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct figure { double cpu, wall, mib; };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static struct figure run(char **argv)
{
	struct rusage u;
	int           status;
	double        start = now();
	pid_t         pid = fork();
	if (pid < 0) {
		perror("fork");
		exit(1);
	}
	if (!pid) {
		int null = open("/dev/null", O_WRONLY);
		if (null >= 0)
			dup2(null, 1);
		execvp(argv[0], argv);
		fprintf(stderr, "measure: %s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	if (wait4(pid, &status, 0, &u) < 0) {
		perror("wait4");
		exit(1);
	}
	struct figure f = { seconds(u.ru_utime) + seconds(u.ru_stime), now() - start, (double)u.ru_maxrss / 1024 };
	if (status) {
		fprintf(stderr, "measure: %s ended with status %d\n", argv[0], WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		exit(1);
	}
	return f;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, by_value);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static void print_medians(const struct figure *f, int n)
{
	double cpu[100], wall[100], mib[100];
	for (int i = 0; i < n; i++) {
		cpu[i] = f[i].cpu;
		wall[i] = f[i].wall;
		mib[i] = f[i].mib;
	}
	printf("%.3f %.3f %.0f ", median(cpu, n), median(wall, n), median(mib, n));
}

int main(int argc, char **argv)
{
	struct figure a[100], b[100];
	double        cpu[100], wall[100];
	char        **second = NULL;
	int           runs = argc > 2 ? atoi(argv[1]) : 0;
	if (runs < 1 || runs > 100) {
		fputs("usage: measure RUNS COMMAND... [-- COMMAND...]\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		if (!strcmp(argv[i], "--")) {
			argv[i] = NULL;
			second = argv + i + 1;
			break;
		}
	for (int i = 0; i < runs; i++) {
		a[i] = run(argv + 2);
		if (second) {
			b[i] = run(second);
			cpu[i] = b[i].cpu / a[i].cpu;
			wall[i] = b[i].wall / a[i].wall;
		}
	}
	print_medians(a, runs);
	if (second) {
		print_medians(b, runs);
		printf("%.2f %.2f", median(cpu, runs), median(wall, runs));
	}
	putchar('\n');
	return 0;
}
