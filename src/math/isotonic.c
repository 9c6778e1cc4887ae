/* Isotonic regression by pooling adjacent violators. Not here: what is calibrated with it (models/calibrate). */
#include "config.h"

#include "math/isotonic.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/dist.h"

/* A run of points: sums over them. */
struct pool { double weight, x, y; };

static void pool_add(struct pool *to, const struct pool *p)
{
	to->weight += p->weight;
	to->x += p->x;
	to->y += p->y;
}

static double level(const struct pool *p)
{
	return p->y / p->weight;
}

/* Put a pool on the stack, and pool it with what lies under it while that is not lower. */
static size_t push(struct pool *stack, size_t n, struct pool p)
{
	stack[n++] = p;
	while (n > 1 && level(&stack[n - 2]) >= level(&stack[n - 1])) {
		pool_add(&stack[n - 2], &stack[n - 1]);
		n--;
	}
	return n;
}

enum rc isotonic_fit(const double *x, const double *y, const double *w, size_t n, struct isotonic *out)
{
	struct pool stack[ISOTONIC_MOST], group = { 0 };
	uint32_t *order = mem_try(n + 1, sizeof *order);
	double share = sum_of(w, n) / ISOTONIC_MOST;
	size_t blocks = 0;
	out->n = 0;
	if (order == NULL || sort_order(x, n, order) != RC_OK) {
		free(order);
		return err_set(RC_NOMEM, "MATH-101", "no memory to order %zu points", n);
	}
	for (size_t i = 0; i < n; i++) {
		size_t k = order[i];
		pool_add(&group, &(struct pool) { w[k], w[k] * x[k], w[k] * y[k] });
		if (i + 1 < n && (group.weight < share || x[order[i + 1]] == x[k] || blocks + 1 == ISOTONIC_MOST))
			continue;
		blocks = push(stack, blocks, group);
		group = (struct pool) { 0 };
	}
	free(order);
	for (size_t i = 0; i < blocks; i++) {
		out->at[i] = stack[i].x / stack[i].weight;
		out->value[i] = level(&stack[i]);
	}
	out->n = blocks;
	return RC_OK;
}

double isotonic_at(const struct isotonic *f, double x)
{
	size_t last = f->n > 0 ? f->n - 1 : 0, low = 0, high = last;
	if (f->n == 0)
		return x;
	if (x <= f->at[0])
		return f->at[0] > 0 ? f->value[0] * x / f->at[0] : f->value[0];
	if (x >= f->at[last])
		return f->at[last] > 0 ? f->value[last] * x / f->at[last] : f->value[last];
	while (low + 1 < high) {
		size_t middle = (low + high) / 2;
		*(f->at[middle] <= x ? &low : &high) = middle;
	}
	return f->value[low] + (f->value[high] - f->value[low]) * (x - f->at[low]) / (f->at[high] - f->at[low]);
}
