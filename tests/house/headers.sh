# Every header compiles alone: it includes what it uses.
top=${top_srcdir:-.}
build=${top_builddir:-.}
. "$top/tests/kit/tap.sh"

faults=$(cd "$top/src" && find . -name '*.h' | sed 's|^\./||' | LC_ALL=C sort | while read -r header; do
	printf '#include "config.h"\n#include "%s"\n' "$header" |
	${CC:-cc} -std=c17 -fsyntax-only -Wall -Wextra -Werror -I"$build" -I. -x c - 2>&1 |
	sed "s|^|$header: |" | head -5
done)

tap_none "headers are self-sufficient" "$faults"
tap_done
