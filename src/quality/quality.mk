noinst_LIBRARIES += libquality.a
libquality_a_SOURCES = \
  src/quality/check.c src/quality/check.h \
  src/quality/gate.c src/quality/gate.h \
  src/quality/held.c src/quality/held.h \
  src/quality/quality_module.c src/quality/quality_module.h \
  src/quality/quality_stage.c src/quality/quality_stage.h \
  src/quality/rows.c src/quality/rows.h \
  src/quality/scores.c src/quality/scores.h \
  src/quality/stored.c src/quality/stored.h \
  src/quality/volume.c src/quality/volume.h
EXTRA_DIST += src/quality/README
