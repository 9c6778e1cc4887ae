# Unit tests of src/base, one test_X.c for X.c, all in one binary.
suites += tests/base/test_base
tests_base_test_base_SOURCES = \
  tests/base/test_arena.c \
  tests/base/test_day.c \
  tests/base/test_digest.c \
  tests/base/test_file.c \
  tests/base/test_frame.c \
  tests/base/test_json.c \
  tests/base/test_log.c \
  tests/base/test_map.c \
  tests/base/test_mask.c \
  tests/base/test_mem.c \
  tests/base/test_pack.c \
  tests/base/test_queue.c \
  tests/base/test_rc.c \
  tests/base/test_rng.c \
  tests/base/test_str.c \
  tests/base/test_visible.c \
  tests/base/test_width.c \
  tests/base/test_yaml.c
tests_base_test_base_LDADD = libbase.a $(suite_libs)
