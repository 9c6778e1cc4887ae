# The stories of tests/terminal/kinds.c.
set -- story kinds
. "$top_srcdir/tests/terminal/common.sh"
clv -s demo.clv demo >/dev/null || tap_fail "the demo shop"
"$driver" kinds
