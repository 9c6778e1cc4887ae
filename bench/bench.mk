# make bench: speed and memory beside the peers found, in one run. Never a test.
EXTRA_PROGRAMS += bench/measure
bench_measure_SOURCES = bench/measure.c
CLEANFILES += bench/measure$(EXEEXT)
EXTRA_DIST += bench/bench.sh

.PHONY: bench
bench: clv$(EXEEXT) bench/measure$(EXEEXT)
	top_srcdir='$(abs_top_srcdir)' CLV='$(abs_top_builddir)/clv$(EXEEXT)' \
	  MEASURE='$(abs_top_builddir)/bench/measure$(EXEEXT)' $(SHELL) $(srcdir)/bench/bench.sh
