# Habits that a machine can hold: files of bounded length, no loose ends, no stray blanks.
top=${top_srcdir:-.}
. "$top/tests/kit/tap.sh"
cd "$top" || exit 99

texts=$(find src tests share -type f \( -name '*.[ch]' -o -name '*.def' -o -name '*.mk' -o -name '*.sql' \
	-o -name '*.awk' -o -name '*.sh' \) | LC_ALL=C sort)

loose_ends=$(grep -nE '\b(TO[D]O|FIX[M]E|XX[X])\b' $texts)
stray=$(grep -nE '[[:blank:]]$' $texts)
long_files=$(wc -l $texts | awk '$2 != "total" && $1 > 800 { print $2 ": " $1 " lines" }')
opening=$(for f in $(find src -name '*.c'); do
	head -n 1 "$f" | grep -q '^/\*' || echo "$f: does not open with a comment"
done)

tap_none "no loose ends" "$loose_ends"
tap_none "no blanks at line ends" "$stray"
tap_none "no file above 800 lines" "$long_files"
tap_none "every C file says what it is" "$opening"
tap_done
