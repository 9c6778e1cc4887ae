/* Reads compiled zone files (RFC 8536) and turns instants into days. Not here: the text of a date (convert.c). Owns no table. */
#include "config.h"

#include "ingest/zone.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"

#define ZONES "/usr/share/zoneinfo"
#define YEAR_2037 INT64_C(2114380800) /* 2037-01-01: files that end earlier go on by a rule */

enum { DAY_SECONDS = 86400, FILE_MOST = 1 << 20, HEADER = 44 };

static enum rc not_known(const char *name)
{
	return err_do(err_set(RC_CONFIG, "CSV-154", "the time zone '%s' is not known", name),
		"give UTC, as-written, an offset like +02:00, or a name of the zone database like Europe/Berlin");
}

static bool read_offset(const char *s, int32_t *east)
{
	struct date_time t;
	char   text[40];
	size_t n = strlen(s);

	if ((*s != '+' && *s != '-') || n > 6)
		return false;
	memcpy(text, "2000-01-01T00:00", 16);
	memcpy(text + 16, s, n);
	if (!date_time_read(text, 16 + n, &(struct date_format){ DATE_YMD, '-', false, 0 }, &t))
		return false;
	*east = t.east;
	return true;
}

/* A name and nothing else: no way out of the folder. */
static bool is_name(const char *s)
{
	if (*s == '/' || *s == '\0' || strlen(s) > 64 || strstr(s, "..") != NULL)
		return false;
	for (; *s != '\0'; s++)
		if (strchr("/_+-", *s) == NULL && !(*s >= '0' && *s <= '9') && !((*s | 32) >= 'a' && (*s | 32) <= 'z'))
			return false;
	return true;
}

static int64_t big(const char *p, int bytes)
{
	int64_t v = (signed char)*p;

	for (int i = 1; i < bytes; i++)
		v = (int64_t)((uint64_t)v << 8) | (unsigned char)p[i];
	return v;
}

struct counts { int64_t isutc, isstd, leap, time, type, chars; };

static bool read_header(const char *p, size_t n, struct counts *c)
{
	if (n < HEADER || memcmp(p, "TZif", 4) != 0)
		return false;
	*c = (struct counts){ big(p + 20, 4), big(p + 24, 4), big(p + 28, 4), big(p + 32, 4), big(p + 36, 4), big(p + 40, 4) };
	const int64_t all[] = { c->isutc, c->isstd, c->leap, c->time, c->type, c->chars };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i] < 0 || all[i] > 65536)
			return false;
	return c->type > 0;
}

static size_t block_size(const struct counts *c, size_t time)
{
	return (size_t)c->time * (time + 1) + (size_t)c->type * 6 + (size_t)c->chars + (size_t)c->leap * (time + 4) + (size_t)(c->isstd + c->isutc);
}

/* The second block, with times of eight bytes. */
static bool read_changes(struct arena *a, const char *p, size_t n, struct zone *z)
{
	struct counts c;

	if (!read_header(p, n, &c) || p[4] < '2' || n < HEADER + block_size(&c, 4))
		return false;
	p += HEADER + block_size(&c, 4);
	n -= HEADER + block_size(&c, 4);
	if (!read_header(p, n, &c) || n < HEADER + block_size(&c, 8))
		return false;
	const char *time = p + HEADER, *index = time + c.time * 8, *type = index + c.time;
	const char *footer = p + HEADER + block_size(&c, 8), *end = p + n;
	int64_t *at = arena_alloc(a, (size_t)c.time + 1, sizeof *at);
	int32_t *then = arena_alloc(a, (size_t)c.time + 1, sizeof *then);

	for (int64_t i = 0; i < c.time; i++) {
		if ((unsigned char)index[i] >= c.type)
			return false;
		at[i] = big(time + i * 8, 8);
		then[i] = (int32_t)big(type + (unsigned char)index[i] * 6, 4);
	}
	z->east = (int32_t)big(type, 4);
	z->n = (size_t)c.time;
	z->at = at;
	z->then = then;
	bool ruled = footer < end && memchr(footer, ',', (size_t)(end - footer)) != NULL;

	return !ruled || (z->n > 0 && at[z->n - 1] >= YEAR_2037);
}

static enum rc read_file(struct arena *a, const char *name, struct zone *z)
{
	char  *path = arena_printf(a, "%s/%s", ZONES, name), *text;
	size_t n;
	enum rc rc;

	if (!is_name(name) || !file_exists(path))
		return not_known(name);
	rc = file_read(a, path, FILE_MOST, &text, &n);
	if (rc != RC_OK)
		return rc;
	if (!read_changes(a, text, n, z))
		return err_do(err_set(RC_CONFIG, "CSV-154", "%s does not list the changes of the zone up to 2037", path), "give a fixed offset like +02:00");
	return RC_OK;
}

enum rc zone_read(struct arena *a, const char *name, struct zone *out)
{
	struct zone z = { .name = arena_text(a, name) };
	enum rc rc = RC_OK;

	if (strcasecmp(name, "as-written") == 0)
		z.written = true;
	else if (strcasecmp(name, "UTC") != 0 && strcasecmp(name, "Z") != 0 && !read_offset(name, &z.east))
		rc = read_file(a, name, &z);
	if (rc == RC_OK)
		*out = z;
	return rc;
}

static int32_t east_at(const struct zone *z, int64_t utc)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (z->at[mid] <= utc)
			low = mid + 1;
		else
			high = mid;
	}
	return low == 0 ? z->east : z->then[low - 1];
}

/* A local time is left out when no offset of that day leads to it, and shown twice when two do. */
static enum zone_odd odd_at(const struct zone *z, int64_t local)
{
	int32_t before = east_at(z, local - z->east - DAY_SECONDS), after = east_at(z, local - z->east + DAY_SECONDS);
	bool    early = east_at(z, local - before) == before, late = east_at(z, local - after) == after;

	if (before == after)
		return ZONE_PLAIN;
	return early && late ? ZONE_FOLD : !early && !late ? ZONE_GAP : ZONE_PLAIN;
}

day_t zone_day(const struct zone *z, const struct date_time *t, enum zone_odd *odd)
{
	int64_t local = (int64_t)t->day * DAY_SECONDS + t->seconds;

	*odd = ZONE_PLAIN;
	if (z->written)
		return t->day;
	if (!t->offset) {
		if (t->timed && z->n > 0)
			*odd = odd_at(z, local);
		return t->day;
	}
	int64_t utc = local - t->east, there = utc + east_at(z, utc);

	return (day_t)((there >= 0 ? there : there - (DAY_SECONDS - 1)) / DAY_SECONDS);
}
