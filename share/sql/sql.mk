# Every SQL file, sorted within its folder, one line each. They are embedded into the program:
# embed.awk turns them into one C file of byte arrays.
SQL_FILES =

nodist_libstore_a_SOURCES = store_sql_data.c

store_sql_data.c: $(SQL_FILES) share/sql/embed.awk share/sql/sql.mk
	$(AM_V_GEN)for f in $(SQL_FILES); do echo "$$f"; done | \
	  LC_ALL=C $(AWK) -v top="$(top_srcdir)" -f $(top_srcdir)/share/sql/embed.awk >$@.tmp && mv $@.tmp $@

EXTRA_DIST += share/sql/embed.awk $(SQL_FILES)
CLEANFILES += store_sql_data.c store_sql_data.c.tmp
