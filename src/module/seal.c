/* Digests over rows, in the order of their keys. Knows which tables make a fitted set; writes nothing, owns no table,
 * and does not say what follows from a difference. */
#include "config.h"

#include "module/seal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "store/query.h"

static void add_cell(struct digest *d, const struct frame_column *c, size_t row)
{
	char text[32];
	if (frame_missing(c, row)) {
		digest_add_text(d, NULL);
		return;
	}
	if (c->type == CELL_INT)
		snprintf(text, sizeof(text), "%" PRId64, c->i[row]);
	else if (c->type == CELL_REAL)
		str_double(text, c->r[row]);
	digest_add_text(d, c->type == CELL_TEXT ? c->t[row] : text);
}

enum rc seal_rows(struct store *s, const char *statement, int64_t id, struct digest *d)
{
	char rows[24];
	struct frame *f;
	struct arena *a = arena_new();
	enum rc rc = query_frame(s, a, statement, &f, "i", id);
	if (!rc) {
		snprintf(rows, sizeof(rows), "%zu", f->rows);
		digest_add_text(d, rows);
		for (size_t i = 0; i < f->rows; i++)
			for (size_t c = 0; c < f->columns; c++)
				add_cell(d, &f->column[c], i);
	}
	arena_free(a);
	return rc;
}

enum rc seal_set(struct store *s, int64_t set_id, char hex[DIGEST_HEX])
{
	static const char *const parts[] = {
		"statement/module_seal_set", "statement/module_seal_models", "statement/module_seal_params",
		"statement/module_seal_covariance", "statement/module_seal_metrics", "statement/module_seal_calibration",
		"statement/module_seal_curves", "statement/module_seal_covariates", "statement/module_seal_columns",
		"statement/module_seal_effects", "statement/module_seal_tests", "statement/module_seal_seasons",
		"statement/module_seal_checks", "statement/module_seal_densities", "statement/module_seal_points",
		"statement/module_seal_map",
		"statement/module_seal_levels", "statement/module_seal_level_curves", "statement/module_seal_origins",
	};
	struct digest *d = digest_new();
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < sizeof(parts) / sizeof(*parts); i++)
		rc = seal_rows(s, parts[i], set_id, d);
	digest_end(d, hex);
	return rc;
}

enum rc seal_set_whole(struct store *s, int64_t set_id, char hex[DIGEST_HEX], bool *whole)
{
	struct query *q;
	bool row;
	enum rc rc = seal_set(s, set_id, hex);
	rc = rc ? rc : query_open(s, "statement/module_seal_known", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, set_id);
	rc = query_step(q, &row);
	if (!rc)
		*whole = !row || (!strcmp(query_text(q, 0), hex) && (query_is_null(q, 1) || !strcmp(query_text(q, 1), hex)));
	query_close(q);
	return rc;
}
