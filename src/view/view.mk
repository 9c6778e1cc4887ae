noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
  src/view/chart.c src/view/chart.h \
  src/view/grid.c src/view/grid.h \
  src/view/number.c src/view/number.h
EXTRA_DIST += src/view/README
