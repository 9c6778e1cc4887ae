# The shipped mappings, sorted, one line each. They are embedded into the program.
MAPPING_FILES =
MAPPING_FILES += share/mapping/b2c.yaml
MAPPING_FILES += share/mapping/olist.yaml
MAPPING_FILES += share/mapping/online-retail-ii.yaml
MAPPING_FILES += share/mapping/online-retail.yaml

nodist_libingest_a_SOURCES = ingest_mapping_data.c

ingest_mapping_data.c: $(MAPPING_FILES) share/mapping/embed.awk share/mapping/mapping.mk
	$(AM_V_GEN)for f in $(MAPPING_FILES); do echo "$$f"; done | \
	  LC_ALL=C $(AWK) -v top="$(top_srcdir)" -f $(top_srcdir)/share/mapping/embed.awk >$@.tmp && mv $@.tmp $@

EXTRA_DIST += share/mapping/embed.awk $(MAPPING_FILES)
CLEANFILES += ingest_mapping_data.c ingest_mapping_data.c.tmp
