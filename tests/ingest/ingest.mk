# Unit tests of src/ingest, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/ingest/test_ingest
#   tests_ingest_test_ingest_SOURCES = tests/ingest/test_X.c ...
#   tests_ingest_test_ingest_LDADD = libingest.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
