/* A thin door to libyaml: a document of mappings, sequences and scalars, each with its place. */
#ifndef CLV_BASE_YAML_H
#define CLV_BASE_YAML_H

#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"

enum ydoc_kind { YDOC_SCALAR, YDOC_MAPPING, YDOC_SEQUENCE };

struct ydoc {
	enum ydoc_kind    kind;
	size_t            line, column;  /* from 1 */
	const char       *text;          /* scalar; never NULL there */
	size_t            count;
	const char      **key;           /* mapping: key[count], with the place of each key */
	size_t           *key_line, *key_column;
	struct ydoc *child;         /* mapping and sequence: child[count] */
};

/* Read text[0..n) into an arena. An empty document is a mapping of no entries. Duplicate keys, anchors and
 * more than one document are RC_CONFIG with file:line:column, as is bad YAML. */
enum rc ydoc_read(struct arena *a, const char *file, const char *text, size_t n, struct ydoc **root);

const char *ydoc_library(void); /* version, for --version */

#endif
