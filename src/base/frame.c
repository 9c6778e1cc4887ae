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
