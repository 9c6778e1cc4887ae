noinst_LIBRARIES += libbatch.a
libbatch_a_SOURCES = \
  src/batch/batch.c src/batch/batch.h \
  src/batch/entry.c src/batch/entry_priv.h \
  src/batch/report.c src/batch/report_priv.h \
  src/batch/words.c src/batch/words_priv.h
EXTRA_DIST += src/batch/README
