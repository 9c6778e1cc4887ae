# The checks must be able to fail: plants one fault at a time into a scratch copy of the sources
# and asks the check to name it.
top=${top_srcdir:-.}
. "$top/tests/kit/tap.sh"

scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/clean"
cp -R "$top/src" "$top/share" "$top/tests" "$top/doc" "$top/man" "$top"/*.md "$top/NEWS" "$scratch/clean" && chmod -R u+w "$scratch/clean" || exit 99

# Appends a line to FILE in a fresh copy; the check has to answer "not ok" and name WANTED.
planted() { # CHECK WANTED FILE TEXT
	rm -rf "$scratch/copy"
	cp -R "$scratch/clean" "$scratch/copy"
	mkdir -p "$(dirname "$scratch/copy/$3")"
	printf '%b\n' "$4" >>"$scratch/copy/$3"
	said=$(top_srcdir=$scratch/copy sh "$scratch/copy/tests/house/$1.sh" 2>&1)
	if printf '%s\n' "$said" | grep '^# ' | grep -qF -e "$2"; then
		tap_ok "$1 finds: $2"
	else
		tap_fail "$1 finds: $2" "$said"
	fi
}

planted floors 'planted.h:1: floor: base (0) may not include math' src/base/planted.h '#include "math/optim.h"'
planted floors 'planted.h:1: floor: math (1) may not include store' src/math/planted.h '# include "store/query.h"'
planted floors 'planted.c:1: floor: "optim.h"' src/math/planted.c '#include "optim.h"'
planted floors 'planted.c:1: floor: room nowhere' src/app/planted.c '#include "nowhere/a.h"'
planted floors 'src/attic/a.c:0: floor: room attic' src/attic/a.c 'int attic;'
planted floors 'planted.c:1: private: "models/fit_priv.h"' src/app/planted.c '#include "models/fit_priv.h"'
planted floors 'planted.c:1: door: <sqlite3.h>' src/app/planted.c '#include <sqlite3.h>'
planted floors 'planted.c:1: door: <gsl/gsl_math.h>' src/models/planted.c '#include <gsl/gsl_math.h>'
planted floors 'planted.c:1: door: <ncursesw/curses.h>' src/app/planted.c '#include <ncursesw/curses.h>'
planted floors 'door: <csv.h>' src/ingest/planted.c '#include <csv.h>'

planted sql_in_c 'planted.c:2: "SELECT 1"' src/app/planted.c '/* "SELECT 0" */\nconst char *q = "SELECT 1";'
planted sql_in_c 'planted.c:1: "delete from a"' src/quality/planted.c 'f("x", "delete from a");'
planted sql_in_c 'planted.c:1: "\nUPDATE a SET b' src/models/planted.c "'\"'; f(\"\\\\nUPDATE a SET b = 1\");"
planted sql_in_c 'planted.h:1: "COMMIT"' src/base/planted.h '#define DONE "COMMIT"'
planted sql_in_c 'planted.def:1: "pragma user_version"' src/app/planted.def 'X("pragma user_version")'

planted listed 'src/base/planted.c: not listed' src/base/planted.c 'int a;'
planted listed 'src/base/planted.h: not listed' src/base/planted.h '/* */'
planted listed 'src/base/gone.c: listed in' src/base/base.mk 'libbase_a_SOURCES += src/base/gone.c'
planted listed 'src/attic: has no fragment' src/attic/a.c 'int a;'
planted listed 'tests/math/test_planted.c: not listed' tests/math/test_planted.c 'int a;'
planted listed 'tests/golden/planted.sh: not listed' tests/golden/planted.sh 'exit 0'
planted listed 'share/sql/report/planted.sql: not listed' share/sql/report/planted.sql '-- about: a'
planted listed 'share/sql/view/gone.sql: listed in' share/sql/sql.mk 'SQL_FILES += share/sql/view/gone.sql'
planted listed 'not sorted' share/sql/sql.mk 'SQL_FILES += z.sql\nSQL_FILES += a.sql'

planted listed 'data/planted.csv: not listed' data/planted.csv 'a'
planted listed 'golden/planted.txt: not listed' tests/screens/golden/planted.txt 'a'

planted headers 'base/planted.h: ' src/base/planted.h 'size_t planted(void);'

planted sql_headers 'planted.sql:1: does not begin' share/sql/report/planted.sql 'SELECT 1;'
planted sql_headers 'planted.sql:2: header line' share/sql/check/planted.sql '-- about: a\n-- hello'
planted sql_headers 'stg_planted.sql:2: stg_planted.sql may not read mart_a' share/sql/view/stg_planted.sql \
	'-- about: a\n-- reads: raw_a, mart_a'
planted sql_headers 'planted.sql:1: has no "-- reads:"' share/sql/view/planted.sql '-- about: a'

planted man_pages 'ABC-199: not in clv(1)' src/app/planted.c 'f("ABC-199");'
planted man_pages 'XYZ-199: in clv(1), no longer in src' man/clv.1 '.SS Codes\n.B XYZ\\-199\n.SH PLANTED'
planted man_pages '> .B planted\-code' src/ingest/reason.def 'REASON(PLANTED, "planted-code", "a planted reason")'
planted man_pages 'planted: not in clv-models(7)' src/models/models.def 'MODEL(planted)'
planted man_pages 'README.md:' README.md '`src/app/gone.c`'
planted man_pages '> .SS planted_table' share/sql/schema/0001_store.sql 'CREATE TABLE planted_table (\n  a TEXT\n) STRICT;'
planted man_pages "the list 'tree' is out of date" src/app/planted.c '/* A planted file. */'
planted man_pages "the list 'example' is out of date" share/clv.yaml.example '# BEGIN LIST example\n#planted: 1\n# END LIST'

planted style 'src/base/planted.c:1:' src/base/planted.c '/* TO''DO: later */'
planted style 'src/base/planted.c:1:int a; ' src/base/planted.c 'int a; '
planted style 'planted.c: does not open' src/base/planted.c 'int a;'
planted style 'planted.sql: 801 lines' share/sql/view/planted.sql "$(yes -- '--\n' | head -n 800 | tr -d '\n')"
tap_done
