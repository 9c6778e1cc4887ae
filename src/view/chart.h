/* Charts drawn with characters: every one has an ASCII form, and none speaks without a number beside it. */
#ifndef CLV_VIEW_CHART_H
#define CLV_VIEW_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "view/grid.h"

/* A bar to the right in eighths of a column, w columns at most, `share` of them filled (clamped to 0..1; NaN draws nothing).
 * ASCII: '#', and a last '=' or '-' for a half and less. */
void chart_bar(struct grid *g, int x, int y, int w, double share, unsigned style);

/* One row of columns, the lowest value at the lowest step and the highest at the highest; missing values are blank. Where there are
 * more values than columns, neighbours are averaged; fewer take a column each. Returns the columns drawn. */
int  chart_spark(struct grid *g, int x, int y, int w, const double *v, size_t n, unsigned style);

/* Labelled bars from the top down, at most one a row (two with a second series, the first dark, the second light), the value
 * written between the label and the bar. */
struct chart_bars {
	const char  *const *label;
	const double *a, *b;  /* b may be NULL */
	size_t        n;
	int           digits; /* of the numbers */
	bool          tight;  /* two series in one row a place: both numbers, then a bar as long as the first with a mark at the second */
};
void chart_histogram(struct grid *g, struct area at, const struct chart_bars *h);

/* Two series over the same places 0..n-1: 'o' and '+', '*' where they meet; either may be NULL. A scale of at most five steps of
 * 1, 2 or 5 stands at the left, from 0 when no value is below; the first and the last place are labelled. A border,
 * drawn between places `border - 1` and `border`, is left out when 0. In less than 20 x 6 the area says the range in words. */
struct chart_lines {
	const double *a, *b;
	size_t        n, border;
	const char   *first, *last;
};
void chart_lines(struct grid *g, struct area at, const struct chart_lines *c);

/* Values over two scales, a shade a cell, its strength in steps of a fifth of the largest: ' ' '░' '▒' '▓' '█', in ASCII ' ' '.' '-' '+' '#'; the
 * number beside the shade where columns have room for it, else two cells of shade. Missing values are blank. The first row
 * names the columns, as many as have room; rows from the top down, as many as fit. */
struct chart_heat {
	const char *const *row, *const *column; /* their names */
	size_t        rows, columns;
	const double *value;                    /* value[row * columns + column] */
	double        most;                     /* the strongest shade; 0: the largest value */
	double        times;                    /* numbers are shown multiplied by it */
	int           digits;
};
void chart_heat(struct grid *g, struct area at, const struct chart_heat *h);

/* A value against a limit: a bar in eighths on a scale on which the limit stands at two thirds of w, drawn over it as a line; what goes
 * beyond the end is cut. NaN values draw the limit alone; a limit that is missing or not above 0 draws nothing. */
void chart_limit(struct grid *g, int x, int y, int w, double value, double limit, unsigned style);

/* Predicted over actual as a sign in a track from half to twice, the middle is equality; outside it stands at the end. For a
 * column of them under each other: calibration and tracking as a table. */
void chart_ratio(struct grid *g, int x, int y, int w, double ratio, unsigned style);

/* The least 1, 2 or 5 times a power of ten that is at least v > 0. */
double chart_step(double v);

#endif
