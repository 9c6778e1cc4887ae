/* What the tests of the store share: a folder of their own, and a small schema in place of the program's. */
#ifndef CLV_TESTS_STORE_KIT_H
#define CLV_TESTS_STORE_KIT_H

#include "base/arena.h"
#include "store/store.h"

void        kit_setup(void);    /* a folder and an arena */
void        kit_teardown(void); /* both gone */
const char *kit_path(const char *name);
struct arena *kit_arena(void);

/* Fails the test with the message of the last failure unless rc is RC_OK. */
void kit_ok(enum rc rc);
/* Fails unless rc and the code of the last failure are these and its text (why, what to do) contains part. */
void kit_fails(enum rc rc, enum rc expected, const char *id, const char *part);

/* A new store "t.clv", open for writing; with kit_rows people 1..n in table person. */
struct store *kit_store(void);
void          kit_rows(struct store *s, int n);
/* The same store for reading. */
struct store *kit_reader(void);

#endif
