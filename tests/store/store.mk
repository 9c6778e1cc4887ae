# Unit tests of src/store, all in one binary, with a schema of their own (kit.c).
suites += tests/store/test_store
tests_store_test_store_SOURCES = tests/store/kit.c tests/store/kit.h tests/store/test_append.c tests/store/test_check.c \
  tests/store/test_filter.c \
  tests/store/test_keep.c tests/store/test_list.c tests/store/test_lock.c tests/store/test_migrate.c tests/store/test_page.c \
  tests/store/test_query.c tests/store/test_reader.c tests/store/test_scan.c tests/store/test_sql.c tests/store/test_store.c \
  tests/store/test_typed.c tests/store/test_unpack.c
tests_store_test_store_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/store
tests_store_test_store_LDADD = libstore.a libbase.a $(suite_libs)
