# What fuzzing began with and what it found, once more, each input by itself.
. "$top_srcdir/tests/kit/tap.sh"

for input in "$top_srcdir"/tests/fuzz/corpus/*; do
	if said=$("$top_builddir/tests/fuzz/replay" "$input" 2>&1); then
		tap_ok "$(basename "$input")"
	else
		tap_fail "$(basename "$input")" "$said"
	fi
done
tap_done
