noinst_LIBRARIES += libdrift.a
libdrift_a_SOURCES = \
  src/drift/accuracy.c src/drift/accuracy.h \
  src/drift/baseline.c src/drift/baseline.h \
  src/drift/case.c src/drift/case_priv.h \
  src/drift/compare.c src/drift/compare.h \
  src/drift/decision.c src/drift/decision.h \
  src/drift/drift_module.c src/drift/drift_module.h \
  src/drift/drift_stage.c src/drift/drift_stage.h \
  src/drift/feature.c src/drift/feature.h \
  src/drift/measure.c src/drift/measure.h \
  src/drift/picture.c src/drift/picture.h \
  src/drift/population.c src/drift/population.h \
  src/drift/report.c src/drift/report_priv.h \
  src/drift/review.c src/drift/review.h \
  src/drift/review_show.c \
  src/drift/sample.c src/drift/sample.h \
  src/drift/sentence.c src/drift/sentence.h \
  src/drift/series.c src/drift/series.h
EXTRA_DIST += src/drift/README
