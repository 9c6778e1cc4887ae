/* One store and one import's surroundings for a test; files from byte strings; the state of all customers as text. */
#ifndef CLV_TESTS_INGEST_KIT_H
#define CLV_TESTS_INGEST_KIT_H

#include <criterion/criterion.h>

#include "../kit/scratch.h"
#include "ingest/import.h"
#include "module/run.h"
#include "store/store.h"

struct kit {
	struct scratch   place;
	struct store    *store;
	struct settings *settings;
	struct run       run;
	struct js       *result;   /* of the last import */
	bool             changed;
};

void kit_open(struct kit *k);
void kit_close(struct kit *k);

/* Bytes into a file of the folder; its path, until the next call. */
const char *kit_file(const struct kit *k, const char *name, const void *bytes, size_t n);
/* "key=value" over the settings. */
void kit_set(struct kit *k, const char *key, const char *value);

/* Import one file. The code comes back; the message is err_get()'s. ask may be NULL. */
enum rc kit_import(struct kit *k, const char *path, const struct import_ask *ask);
enum rc kit_import_text(struct kit *k, const char *text, const struct import_ask *ask);
enum rc kit_validate(struct kit *k, const char *path, const struct import_ask *ask);

/* A mapping that is shipped. */
const struct mapping *kit_shipped(const struct kit *k, const char *name);

/* A number of the last result's only file: "read", "reasons.bad-date". */
long long kit_number(const struct kit *k, const char *key);
const char *kit_word(const struct kit *k, const char *key);
/* read = accepted + quarantined + duplicate + blank, as given and as stored. */
void kit_check_accounts(const struct kit *k, long long read, long long accepted, long long quarantined, long long blank);

/* Every customer's state by id, one line each: free it. */
char *kit_states(const struct kit *k);

/* The reference folder's file, or NULL: the test is skipped. */
const char *kit_reference(const char *name);

#endif
