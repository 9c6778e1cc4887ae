# Unit tests of src/view, one test_X.c for X.c, all in one binary.
suites += tests/view/test_view
tests_view_test_view_SOURCES = \
  tests/view/test_chart.c \
  tests/view/test_grid.c \
  tests/view/test_number.c
tests_view_test_view_LDADD = libview.a libbase.a $(suite_libs)
