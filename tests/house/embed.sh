# The embedder copies bytes: files with every byte, without a last newline and empty ones come
# back from the compiled C file as they were.
top=${top_srcdir:-.}
build=${top_builddir:-.}
. "$top/tests/kit/tap.sh"

scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/share/sql/report" "$scratch/out/report"
awk 'BEGIN { for (i = 1; i < 256; i++) printf "%c", i }' </dev/null >"$scratch/share/sql/report/bytes.sql"
printf 'a\000b\n\000' >"$scratch/share/sql/report/nul.sql"
printf -- '-- about: "it\\n"\nSELECT %s' "'caf\303\251'" >"$scratch/share/sql/report/text.sql"
: >"$scratch/share/sql/report/void.sql"

cat >"$scratch/main.c" <<'END'
#include <stdio.h>
#include "store/sql.h"
int main(void)
{
	for (size_t i = 0; i < store_sql_files_count; i++) {
		FILE *f = fopen(store_sql_files[i].name, "wb");
		if (!f || fwrite(store_sql_files[i].text, 1, store_sql_files[i].size, f) != store_sql_files[i].size)
			return 1;
		fclose(f);
	}
	return 0;
}
END
embed() {
	LC_ALL=C ${AWK:-awk} -v top="$scratch" -v under=share/sql/ -v end=.sql -v header=store/sql.h -v struct=sql_file \
		-v list=store_sql_files -f "$top/share/embed.awk"
}

ls "$scratch/share/sql/report" | sed 's|^|share/sql/report/|' |
	embed >"$scratch/data.c"
tap_exit "the C file compiles" 0 ${CC:-cc} -I"$build" -I"$top/src" -o "$scratch/out/a.out" "$scratch/main.c" "$scratch/data.c"
(cd "$scratch/out" && ./a.out)
for name in bytes nul text void; do
	tap_exit "$name.sql comes back" 0 cmp "$scratch/share/sql/report/$name.sql" "$scratch/out/report/$name"
done
missing=$(echo share/sql/report/gone.sql | embed 2>&1 >/dev/null)
tap_is "a missing file fails" "$?" 1
tap_done
