# Unit tests of src/quality, one test_X.c for X.c, all in one binary. Features bring rows to judge.
suites += tests/quality/test_quality
tests_quality_test_quality_SOURCES = tests/quality/test_gate.c tests/quality/test_held.c
tests_quality_test_quality_LDADD = libquality.a libfeatures.a $(floor_2) $(suite_libs)
