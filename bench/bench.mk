# make bench: speed and memory beside the peers found, in one run. Never a test.
EXTRA_PROGRAMS += bench/measure bench/score
bench_measure_SOURCES = bench/measure.c
bench_score_SOURCES  = bench/score.c
bench_score_LDADD    = $(floor_3) $(CLV_LIBS)
bench_paint_SOURCES  = bench/paint.c tests/kit/terminal.c tests/kit/terminal.h
bench_paint_CFLAGS   = $(CLV_PLAIN_CFLAGS)
bench_paint_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
bench_paint_LDFLAGS  =
bench_paint_LDADD    = -lvterm
if HAVE_VTERM
EXTRA_PROGRAMS += bench/paint
paint = bench/paint$(EXEEXT)
endif
CLEANFILES += bench/measure$(EXEEXT) bench/score$(EXEEXT) bench/paint$(EXEEXT)
EXTRA_DIST += bench/bench.sh

.PHONY: bench
bench: clv$(EXEEXT) bench/measure$(EXEEXT) bench/score$(EXEEXT) $(paint)
	top_srcdir='$(abs_top_srcdir)' CLV='$(abs_top_builddir)/clv$(EXEEXT)' \
	  MEASURE='$(abs_top_builddir)/bench/measure$(EXEEXT)' \
	  SCORE='$(abs_top_builddir)/bench/score$(EXEEXT)' \
	  PAINT='$(abs_top_builddir)/bench/paint$(EXEEXT)' $(SHELL) $(srcdir)/bench/bench.sh
