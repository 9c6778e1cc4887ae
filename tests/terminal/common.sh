# Sourced by the terminal's scripts: the stores that the stories open, made once a script, and the skips where libvterm or terminals are missing.
. "$top_srcdir/tests/batch/common.sh"
driver=$top_builddir/tests/terminal/$1
if [ ! -x "$driver" ]; then
	tap_skip "$1 ${2-}" "libvterm is not installed (Debian: libvterm-dev)"
	tap_done
	exit 0
fi
if [ ! -c /dev/pts/ptmx ]; then
	tap_skip "$1 ${2-}" "this machine gives no terminals: /dev/pts is not mounted"
	tap_done
	exit 0
fi
TERMINAL_LOGS=$top_builddir/tests/terminal
CLV_TEST=1 CLV_NOW=2026-11-20T12:00:00Z
export TERMINAL_LOGS CLV_TEST CLV_NOW
mkdir home && HOME=$PWD/home
export HOME
{ echo $header; good_rows 900; } >shop.csv
clv -s raw.clv import shop.csv >/dev/null && cp raw.clv shop.clv && clv -s shop.clv run >/dev/null || tap_fail "the shop"
