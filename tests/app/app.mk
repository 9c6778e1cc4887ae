# Unit tests of src/app, one test_X.c for X.c, all in one binary.
suites += tests/app/test_app
tests_app_test_app_SOURCES = \
  tests/app/test_command.c \
  tests/app/test_render.c
tests_app_test_app_LDADD = $(floor_5) $(suite_libs)
