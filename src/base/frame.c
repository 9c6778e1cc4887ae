/* Tables in memory. The cells are grown outside the arena and end with it, so that a frame that grows leaves
 * no old copies behind. Cells of text are borrowed: whoever fills them keeps them in the frame's arena. */
#include "config.h"

#include "base/frame.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A frame from frame_new is the head of one of these. */
struct grown {
	struct frame frame;
	size_t       row_cap, column_cap;
};

static void grown_clear(void *p)
{
	struct grown *g = p;

	for (size_t j = 0; j < g->frame.columns; j++) {
		free(g->frame.column[j].i);
		free(g->frame.column[j].r);
		free(g->frame.column[j].t);
	}
	free(g->frame.column);
}

static void grow_rows(struct grown *g)
{
	size_t cap = g->row_cap ? g->row_cap * 2 : 16;

	for (size_t j = 0; j < g->frame.columns; j++) {
		struct frame_column *c = &g->frame.column[j];

		switch (c->type) {
		case CELL_INT:
			c->i = mem_grow(c->i, cap, sizeof *c->i);
			break;
		case CELL_REAL:
			c->r = mem_grow(c->r, cap, sizeof *c->r);
			break;
		case CELL_TEXT:
			c->t = mem_grow(c->t, cap, sizeof *c->t);
			break;
		}
	}
	g->row_cap = cap;
}

struct frame *frame_new(struct arena *a)
{
	struct grown *g = arena_alloc(a, 1, sizeof *g);

	g->frame.arena = a;
	arena_own(a, g, grown_clear);
	return &g->frame;
}

size_t frame_add_column(struct frame *f, const char *name, const char *kind, enum cell_type type)
{
	struct grown *g = (struct grown *)f;

	assert(f->rows == 0 && g->row_cap == 0);
	if (f->columns == g->column_cap) {
		g->column_cap = g->column_cap ? g->column_cap * 2 : 8;
		f->column = mem_grow(f->column, g->column_cap, sizeof *f->column);
	}
	f->column[f->columns] = (struct frame_column){
		.name = arena_text(f->arena, name),
		.kind = arena_text(f->arena, kind),
		.unit = "",
		.type = type,
	};
	return f->columns++;
}

size_t frame_add_row(struct frame *f)
{
	struct grown *g = (struct grown *)f;
	size_t row = f->rows;

	if (row == g->row_cap)
		grow_rows(g);
	for (size_t j = 0; j < f->columns; j++) {
		struct frame_column *c = &f->column[j];

		switch (c->type) {
		case CELL_INT:
			c->i[row] = FRAME_INT_MISSING;
			break;
		case CELL_REAL:
			c->r[row] = NAN;
			break;
		case CELL_TEXT:
			c->t[row] = NULL;
			break;
		}
	}
	return f->rows++;
}

const struct frame_column *frame_column(const struct frame *f, const char *name)
{
	for (size_t j = 0; j < f->columns; j++)
		if (strcmp(f->column[j].name, name) == 0)
			return &f->column[j];
	return NULL;
}

bool frame_missing(const struct frame_column *c, size_t row)
{
	switch (c->type) {
	case CELL_INT:
		return c->i[row] == FRAME_INT_MISSING;
	case CELL_REAL:
		return isnan(c->r[row]);
	case CELL_TEXT:
		break;
	}
	return c->t[row] == NULL;
}

static int compare_cells(const struct frame_column *c, size_t a, size_t b)
{
	if (c->type == CELL_TEXT)
		return strcmp(c->t[a], c->t[b]);
	if (c->type == CELL_INT)
		return (c->i[a] > c->i[b]) - (c->i[a] < c->i[b]);
	return (c->r[a] > c->r[b]) - (c->r[a] < c->r[b]);
}

static bool stands_before(const struct frame_column *c, bool down, size_t a, size_t b)
{
	if (frame_missing(c, a) || frame_missing(c, b))
		return !frame_missing(c, a);
	int order = compare_cells(c, a, b);
	return down ? order > 0 : order < 0;
}

/* Merge sort of row numbers: stable, and its depth is bounded. */
static void sort_rows(const struct frame_column *c, bool down, size_t *row, size_t *spare, size_t n)
{
	size_t half = n / 2, i = 0, k = half, to = 0;
	if (n < 2)
		return;
	sort_rows(c, down, row, spare, half);
	sort_rows(c, down, row + half, spare, n - half);
	while (i < half && k < n)
		spare[to++] = stands_before(c, down, row[k], row[i]) ? row[k++] : row[i++];
	while (i < half)
		spare[to++] = row[i++];
	memcpy(row, spare, to * sizeof *row);
}

static void reorder(struct frame_column *c, const size_t *row, size_t n)
{
	void  *cells = c->type == CELL_INT ? (void *)c->i : c->type == CELL_REAL ? (void *)c->r : (void *)c->t;
	size_t size = c->type == CELL_INT ? sizeof *c->i : c->type == CELL_REAL ? sizeof *c->r : sizeof *c->t;
	char  *old = mem_grow(NULL, n, size);
	memcpy(old, cells, n * size);
	for (size_t i = 0; i < n; i++)
		memcpy((char *)cells + i * size, old + row[i] * size, size);
	free(old);
}

void frame_sort(struct frame *f, const struct frame_column *by, bool down)
{
	if (f->rows < 2)
		return;
	size_t *row = mem_grow(NULL, 2 * f->rows, sizeof *row);
	for (size_t i = 0; i < f->rows; i++)
		row[i] = i;
	sort_rows(by, down, row, row + f->rows, f->rows);
	for (size_t j = 0; j < f->columns; j++)
		reorder(&f->column[j], row, f->rows);
	free(row);
}
