/* The mappings that come with the program, made at build time by share/embed.awk. */
#ifndef CLV_INGEST_MAPPING_PRIV_H
#define CLV_INGEST_MAPPING_PRIV_H

#include <stddef.h>

struct mapping_file { const char *name; const unsigned char *text; size_t size; };

extern const struct mapping_file ingest_mappings[]; /* ends with name NULL */
extern const size_t              ingest_mappings_count;

#endif
