# The shipped mappings, sorted, one line each. They are embedded into the program.
MAPPING_FILES =
MAPPING_FILES += share/mapping/b2c.yaml
MAPPING_FILES += share/mapping/cdnow.yaml
MAPPING_FILES += share/mapping/olist.yaml
MAPPING_FILES += share/mapping/online-retail-ii.yaml
MAPPING_FILES += share/mapping/online-retail.yaml
MAPPING_FILES += share/mapping/plain.yaml

nodist_libingest_a_SOURCES = ingest_mapping_data.c

ingest_mapping_data.c: $(MAPPING_FILES) share/embed.awk share/mapping/mapping.mk
	$(AM_V_GEN)for f in $(MAPPING_FILES); do echo "$$f"; done | \
	  LC_ALL=C $(AWK) -v top="$(top_srcdir)" -v under=share/mapping/ -v end=".yaml" -v header=ingest/mapping_priv.h \
	  -v struct=mapping_file -v list=ingest_mappings -f $(top_srcdir)/share/embed.awk >$@.tmp && mv $@.tmp $@

EXTRA_DIST += $(MAPPING_FILES)
CLEANFILES += ingest_mapping_data.c ingest_mapping_data.c.tmp
