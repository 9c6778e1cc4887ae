/* Logs and their facts, without any of the program's own states. */
#include "config.h"

#include "log.h"

#include "base/file.h"

struct log log_random(struct arena *a, size_t n, int customers, int days, bool in_order, unsigned seed)
{
	struct log l = { .n = n, .row = arena_alloc(a, n, sizeof *l.row) };
	srand(seed);
	for (size_t i = 0; i < n; i++) {
		int kind = rand() % 10;
		l.row[i] = (struct shop_row){ .who = rand() % customers, .day = rand() % (days + 1), .minor = 1 + rand() % 9000 };
		if (kind < 3)
			l.row[i].minor = -1 - rand() % 7000;
		else if (kind == 3)
			l.row[i].minor = 0;
		else if (kind == 4 && i)
			l.row[i] = l.row[i - 1];
	}
	if (in_order)
		qsort(l.row, n, sizeof *l.row, shop_by_day);
	return l;
}

struct log log_until(struct arena *a, struct log l, day_t last)
{
	struct log kept = { .row = arena_alloc(a, l.n, sizeof *kept.row) };
	for (size_t i = 0; i < l.n; i++)
		if (l.row[i].day <= last)
			kept.row[kept.n++] = l.row[i];
	return kept;
}

struct log log_reference(struct arena *a, const char *name, int date_column, int spend_column)
{
	const char *folder = getenv("CLV_REFERENCE"), *top = getenv("top_srcdir");
	char       *path = folder ? arena_printf(a, "%s/%s", folder, name) : arena_printf(a, "%s/../shared/reference/%s", top ? top : ".", name);
	char       *text, *save, *line;
	size_t      n, lines = 0;
	struct log  l = { 0 };
	if (!file_exists(path) || file_read(a, path, (size_t)1 << 26, &text, &n))
		return l;
	for (size_t i = 0; i < n; i++)
		lines += text[i] == '\n';
	l.row = arena_alloc(a, lines + 1, sizeof *l.row);
	for (line = strtok_r(text, "\r\n", &save); (line = strtok_r(NULL, "\r\n", &save));) {
		char *cell[8] = { line };
		int   cells = 1;
		for (char *p = line; *p && cells < 8; p++)
			if (*p == ',') {
				*p = '\0';
				cell[cells++] = p + 1;
			}
		struct shop_row *r = &l.row[l.n++];
		r->who = atoi(cell[0]);
		cr_assert(day_parse_iso(cell[date_column], 10, &r->day));
		r->minor = (int64_t)(strtod(cell[spend_column], NULL) * 100 + 0.5);
	}
	return l;
}

struct fact log_fact(struct log l, int who, day_t from, day_t to)
{
	struct fact f = { .first = DAY_NONE, .last = DAY_NONE };
	char       *sale = calloc((size_t)(to - from) + 1, 1);
	for (size_t i = 0; i < l.n; i++) {
		const struct shop_row *r = &l.row[i];
		if (r->who != who || r->day < from || r->day > to)
			continue;
		f.any = true;
		f.total_minor += r->minor;
		if (r->minor < 0) {
			f.refunds++;
			continue;
		}
		f.sales++;
		f.days += !sale[r->day - from];
		sale[r->day - from] = 1;
		f.first = f.first == DAY_NONE || r->day < f.first ? r->day : f.first;
		f.last = r->day > f.last ? r->day : f.last;
	}
	for (size_t i = 0; i < l.n; i++) {
		const struct shop_row *r = &l.row[i];
		if (r->who == who && f.first != DAY_NONE && r->day <= to && r->day == f.first)
			f.first_minor += r->minor;
		if (r->who == who && f.first != DAY_NONE && r->day >= from && r->day < f.first)
			f.before_minor += r->minor;
	}
	free(sale);
	return f;
}
