# Runs one criterion binary and prints TAP: what the tests said goes before it as comments. A
# sanitizer's report fails the suite even where criterion did not notice, as with leaks.
tap=$(mktemp) && said=$(mktemp) || exit 99
trap 'rm -f "$tap" "$said"' EXIT
LSAN_OPTIONS=suppressions=${top_srcdir:-.}/tests/kit/leaks.supp:print_suppressions=0${LSAN_OPTIONS:+:$LSAN_OPTIONS}
export LSAN_OPTIONS
"$@" --tap="$tap" --color=never >"$said" 2>&1
status=$?
sed 's/^/# /' "$said"
cat "$tap"
if grep -qE '(ERROR|WARNING): [A-Za-z]+Sanitizer|runtime error:' "$said"; then
	echo "Bail out! a sanitizer reported a fault"
fi
# Criterion's 1 says no more than its "not ok" lines; any other status is told to the driver.
[ "$status" = 1 ] && [ -s "$tap" ] && exit 0
exit "$status"
