/* Time zones: from an instant in UTC to the calendar day of a place. Nothing of the machine's own zone enters. */
#ifndef CLV_INGEST_ZONE_H
#define CLV_INGEST_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "ingest/convert.h"

struct zone {
	const char    *name;      /* as given */
	bool           written;   /* the calendar day as written counts, offsets are not applied */
	int32_t        east;      /* seconds, before the first change, and always without changes */
	size_t         n;         /* changes */
	const int64_t *at;        /* at[n], ascending: seconds since 1970 in UTC */
	const int32_t *then;      /* then[n]: seconds east of Greenwich from there on */
};

/* "UTC", "as-written", "+02:00", or a name of the zone database ("Europe/Berlin"), read from /usr/share/zoneinfo. RC_CONFIG: not known (CSV-154);
 * RC_IO. Texts and changes live in the arena. */
enum rc zone_read(struct arena *a, const char *name, struct zone *out);

enum zone_odd { ZONE_PLAIN, ZONE_GAP, ZONE_FOLD }; /* a time that the clocks leave out there, or show twice */

/* The day that counts for a date and time: with an offset, the zone's day at that instant; without one, the day as written, which *odd is about. */
day_t zone_day(const struct zone *z, const struct date_time *t, enum zone_odd *odd);

#endif
