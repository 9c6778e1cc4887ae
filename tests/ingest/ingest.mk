# Unit tests of src/ingest.
suites += tests/ingest/test_ingest
tests_ingest_test_ingest_SOURCES = \
  tests/ingest/kit.c tests/ingest/kit.h \
  tests/ingest/test_bad_input.c \
  tests/ingest/test_convert.c \
  tests/ingest/test_expr.c \
  tests/ingest/test_idmap.c \
  tests/ingest/test_import.c \
  tests/ingest/test_keyset.c \
  tests/ingest/test_layout.c \
  tests/ingest/test_look.c \
  tests/ingest/test_profile.c \
  tests/ingest/test_reading.c \
  tests/ingest/test_rowkey.c \
  tests/ingest/test_split.c tests/ingest/test_terms.c \
  tests/ingest/test_zone.c
tests_ingest_test_ingest_LDADD = libingest.a $(floor_2) $(suite_libs)
