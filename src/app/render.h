/* A frame as text: aligned table, CSV, JSON, JSON lines. One place decides how each kind of cell is written. */
#ifndef CLV_APP_RENDER_H
#define CLV_APP_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/frame.h"
#include "base/json.h"
#include "base/str.h"

enum render_format { RENDER_TABLE, RENDER_CSV, RENDER_JSON, RENDER_JSONL };

/* "table", "csv", "json", "jsonl"; false: none of them. */
bool render_format_of(const char *name, enum render_format *out);

/* Append a cell as people read it (table) or as programs do (CSV). Days are YYYY-MM-DD, money has its decimals, text cannot steer
 * a terminal, and in columns of the kind "personal" e-mail addresses are masked in tables; missing is "-" in tables and empty in CSV. In CSV a text cell that a spreadsheet would run gets a leading apostrophe unless raw. */
void render_cell(struct str *out, const struct frame_column *c, size_t row, bool table, bool raw);

/* Append one CSV field, quoted where RFC 4180 asks for it. */
void render_csv_field(struct str *out, const char *s, size_t n, bool neutralise);

void render_table(struct str *out, const struct frame *f);
void render_csv_header(struct str *out, const struct frame *f);
void render_csv_rows(struct str *out, const struct frame *f, bool raw);
void render_jsonl(struct str *out, const struct frame *f);

/* {columns:[{name, type, unit}], rows:[[...]]} ; days are texts, missing is null. */
struct js *render_json(const struct frame *f);

#endif
