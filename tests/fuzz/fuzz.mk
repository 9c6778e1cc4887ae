# make fuzz: libFuzzer over the reader, dates, numbers, mappings, contracts and the splitter, for FUZZ_SECONDS, with address and undefined sanitizers;
# where clang has no libFuzzer, the corpus alone. It prints executions and findings; findings are left as fuzz-*.
FUZZ_SECONDS = 60
FUZZ_CC      = clang
FUZZ_FROM = $(libingest_a_SOURCES) $(libmodule_a_SOURCES) $(libstore_a_SOURCES) $(libmath_a_SOURCES) $(libbase_a_SOURCES)
FUZZ_MADE    = store_sql_data.c ingest_mapping_data.c

# Inputs to begin with: the first byte says what the rest is given to.
FUZZ_CORPUS = \
  tests/fuzz/corpus/c-limits \
  tests/fuzz/corpus/c-shop \
  tests/fuzz/corpus/f-olist_orders_dataset \
  tests/fuzz/corpus/f-online-retail \
  tests/fuzz/corpus/f-online-retail-ii \
  tests/fuzz/corpus/f-orders \
  tests/fuzz/corpus/f-plain \
  tests/fuzz/corpus/f-sep \
  tests/fuzz/corpus/f-sep-empty \
  tests/fuzz/corpus/f-title \
  tests/fuzz/corpus/f-utf16 \
  tests/fuzz/corpus/m-b2c \
  tests/fuzz/corpus/m-olist \
  tests/fuzz/corpus/m-online-retail \
  tests/fuzz/corpus/m-online-retail-ii \
  tests/fuzz/corpus/m-own \
  tests/fuzz/corpus/s-quotes \
  tests/fuzz/corpus/s-stray \
  tests/fuzz/corpus/v-dmy \
  tests/fuzz/corpus/v-empty \
  tests/fuzz/corpus/v-money \
  tests/fuzz/corpus/v-number \
  tests/fuzz/corpus/v-serial \
  tests/fuzz/corpus/v-time

.PHONY: fuzz
fuzz: $(FUZZ_MADE)
	@top_srcdir='$(abs_top_srcdir)' CC='$(CC)' FUZZ_CC='$(FUZZ_CC)' SECONDS_EACH='$(FUZZ_SECONDS)' LIBS='$(CLV_LIBS)' \
	  $(SHELL) $(srcdir)/tests/fuzz/fuzz.sh $(FUZZ_MADE) $(FUZZ_FROM)

# make check replays the corpus, in every build.
check_PROGRAMS += tests/fuzz/replay
tests_fuzz_replay_SOURCES  = tests/fuzz/fuzz.c
tests_fuzz_replay_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_MAIN
tests_fuzz_replay_LDADD    = libingest.a $(floor_2) $(CLV_LIBS)
FUZZ_TESTS = tests/fuzz/corpus.sh

EXTRA_DIST += tests/fuzz/fuzz.sh $(FUZZ_TESTS) $(FUZZ_CORPUS)
CLEANFILES += fuzz-ingest
