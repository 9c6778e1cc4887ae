# One writing job at a time: a second is told who holds the store; readers are never blocked.
. "$top_srcdir/tests/batch/common.sh"

clv generate --preset tiny --seed 2 --out shop >/dev/null
clv -s b.clv run shop/transactions.csv >/dev/null
if command -v flock >/dev/null; then
	echo "pid 4711, command test" >hold.txt
	flock b.clv.lock sh -c 'echo held; sleep 3' >held.txt &
	while [ ! -s held.txt ]; do sleep 0.05; done
	tap_exit "a second writer" 7 "$CLV" --batch -s b.clv run --force
	tap_exit "a reader" 0 "$CLV" --batch -s b.clv show runs
	wait
	tap_exit "once it is free" 0 "$CLV" --batch -s b.clv run --force
else
	tap_skip "a second writer" "flock is not installed"
fi
tap_done
