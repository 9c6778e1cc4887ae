# Unit tests of src/pipeline, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/pipeline/test_pipeline
#   tests_pipeline_test_pipeline_SOURCES = tests/pipeline/test_X.c ...
#   tests_pipeline_test_pipeline_LDADD = libpipeline.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
