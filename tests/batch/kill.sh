# kill -9 at random moments of import and run: the store opens, is sound, holds nothing half, and the next run completes.
# KILL_ROUNDS sets how often (50 for the full test).
. "$top_srcdir/tests/batch/common.sh"
rounds=${KILL_ROUNDS:-6}

clv generate --preset fashion --customers 6000 --seed 3 --out shop >/dev/null
rows=$(($(wc -l <shop/transactions.csv) - 1))
clv -s whole.clv run shop/transactions.csv >/dev/null
want=$(cat outputs/clv_ranked_predictions.csv | cksum)
bad=
round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	rm -rf k && mkdir k
	"$CLV" --batch --quiet -s k/k.clv run shop/transactions.csv >/dev/null 2>&1 &
	pid=$!
	sleep "$(awk -v r=$round 'BEGIN { srand(r); printf "%.3f", rand() * 0.9 }')"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	if [ -f k/k.clv ]; then
		found=$(clv -s k/k.clv --format csv sql 'SELECT count(*) FROM raw_transaction' 2>/dev/null | tail -n 1)
		case $found in
		0 | "$rows" | "") ;;
		*) bad="$bad round $round: $found of $rows rows" ;;
		esac
		# A store killed while it was made is empty, and says so.
		clv -s k/k.clv doctor >doctor.txt 2>&1 || grep -q STORE-110 doctor.txt || bad="$bad round $round: $(cat doctor.txt)"
	fi
	clv -s k/k.clv run shop/transactions.csv >run.txt 2>&1 || bad="$bad round $round: the next run failed: $(cat run.txt)"
	[ "$(cat k/outputs/clv_ranked_predictions.csv | cksum)" = "$want" ] || bad="$bad round $round: other results"
	clv -s k/k.clv audit verify >/dev/null 2>&1 || bad="$bad round $round: the chain is broken"
done
tap_none "$rounds rounds of kill -9" "$bad"
tap_done
