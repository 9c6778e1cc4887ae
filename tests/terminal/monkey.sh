# The monkey of tests/terminal/monkey.c: ten thousand steps where a sanitizer watches, fewer in the plain build.
# MONKEY_SEED and MONKEY_STEPS ask for others.
set -- monkey
. "$top_srcdir/tests/terminal/common.sh"
steps=2000
"$CLV" --version | grep -q '^sanitizers:' && steps=10000
steps=${MONKEY_STEPS:-$steps}
seed=${MONKEY_SEED:-1}
cp raw.clv monkey.clv
if "$driver" monkey.clv "$seed" "$steps"; then
	tap_ok "$steps steps, seed $seed"
else
	tap_fail "$steps steps, seed $seed"
fi
tap_none "the store is sound" "$(clv -s monkey.clv doctor | grep '^LOOK' | grep -v ' mode \| disk ')"
tap_done
