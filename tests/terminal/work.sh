# The stories of tests/terminal/work.c.
set -- story work
. "$top_srcdir/tests/terminal/common.sh"
clv -s demo.clv demo >/dev/null || tap_fail "the demo shop"
"$driver" work
