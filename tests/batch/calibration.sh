# Inner back-tests: found, stored, applied to the scores, told; off by setting; sealed with the set.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

clv generate --preset tiny --customers 600 --seed 11 --out shop >/dev/null
tap_exit "a model that knows of no drop-out" 0 "$CLV" --batch --quiet -s s.clv --set model.purchase=nbd --set model.calibration=level run shop/transactions.csv
tap_exit "the same, uncorrected, as by default" 0 "$CLV" --batch --quiet -s n.clv --set model.purchase=nbd run shop/transactions.csv
tap_is "the scores have a calibration" "$(cell s.clv "SELECT count(*) FROM fit_level WHERE role = 'scores' AND kind = 'level'")" 1
tap_is "none without" "$(cell n.clv 'SELECT count(*) FROM fit_level')$(cell n.clv 'SELECT count(*) FROM fit_origin')" 00
factor=$(cell s.clv "SELECT purchases FROM fit_level WHERE role = 'scores'")
ratio=$(awk -v a="$(cell s.clv 'SELECT sum(expected_purchases) FROM score_customer')" -v b="$(cell n.clv 'SELECT sum(expected_purchases) FROM score_customer')" \
	-v f="$factor" 'BEGIN { r = a / b / f; print (r > .999999 && r < 1.000001) }')
tap_is "expected purchases are times the factor" "$ratio" 1
tap_is "which takes away" "$(awk -v f="$factor" 'BEGIN { print (f < .95) }')" 1
tap_is "P(alive) is untouched" "$(cell s.clv 'SELECT sum(p_alive) FROM score_customer')" "$(cell n.clv 'SELECT sum(p_alive) FROM score_customer')"
tap_is "ranks are untouched" "$(cell s.clv 'SELECT group_concat(customer_id) FROM (SELECT customer_id FROM mart_customer_value ORDER BY rank)' | cksum)" \
	"$(cell n.clv 'SELECT group_concat(customer_id) FROM (SELECT customer_id FROM mart_customer_value ORDER BY rank)' | cksum)"
tap_is "before and after stand side by side" "$(cell s.clv "SELECT count(*) FROM fit_metric WHERE model = 'plain' AND metric = 'aggregate_error'")" 3
better="SELECT abs(a.value) < abs(b.value) FROM fit_metric a JOIN fit_metric b USING (set_id, target, metric)
	WHERE a.model = 'nbd+gg' AND b.model = 'plain' AND target = 'purchases' AND metric = 'aggregate_error'"
tap_is "and after is nearer in the back-test" "$(cell s.clv "$better")" 1
tap_is "the report" "$(clv -s s.clv --format csv show origins --limit 100 | grep -c '^scores')" "$(cell s.clv "SELECT count(*) FROM fit_origin WHERE role = 'scores'")"
clv -s s.clv --format csv show coverage >coverage.csv
clv -s n.clv --format csv show coverage >uncorrected.csv
total() { sed -n 's/"total of purchases, error",0,//p' "$1"; }
tap_is "coverage before and after" "$(total coverage.csv | awk -F, '{ print ($1 > .05 && $2 < $1) }')" 1
tap_is "before is what the uncorrected set says" "$(total coverage.csv | cut -d, -f1)," "$(total uncorrected.csv)"
tap_is "the levels, the interval and the buyers as well" "$(grep -c '^purchases within the 80 % levels,0.8,\|^customers within the 80 % interval of revenue,0.8,\|^customers who buy,' coverage.csv)" 3
tap_is "the Fit pane says it in a line" "$("$CLV" -s s.clv --snapshot fit/verdicts --size 160x24 | grep -c 'levels *level: purchases times 0[.][0-9]* by [0-9]* of [0-9]* origins; .*, after it .*total off by .*, after it')" 1
tap_is "or that there is none" "$("$CLV" -s n.clv --snapshot fit/verdicts --size 160x24 | grep -c 'levels *no calibration: ')" 1
tap_is "the summary tells what scores, not what it was before" "$(clv -s s.clv --format csv show summary | grep -c '^back-test: purchases aggregate_error')" 1
# pnbd comes after plain in the alphabet.
tap_exit "a set whose name comes after plain" 0 "$CLV" --batch --quiet -s p.clv --set model.purchase=pnbd --set model.calibration=level run shop/transactions.csv
"$CLV" -s p.clv --snapshot fit --size 120x40 --glyphs ascii >fit.txt
tap_is "the Fit pane has the set first, and says which is before the calibration" \
	"$(sed -n 's/.*| *\(pnbd+gg\|plain\) .* \([*]\|raw fit\) *|$/\1 \2/p' fit.txt | tr '\n' ',')" "pnbd+gg *,plain raw fit,"
error() { # MODELS
	cell p.clv "SELECT min(value) FROM fit_metric WHERE target = 'purchases' AND metric = 'mae' AND set_id = (SELECT max(set_id) FROM decision_champion) AND model IN ($1)"
}
ratio=$(awk -v own="$(error "'pnbd+gg'")" -v naive="$(error "'rate', 'hiatus', 'last_window'")" 'BEGIN { printf "error %.0f%% of the best naive guess", 100 * own / naive }')
tap_is "and its own error is told" "$(grep -c "$ratio" fit.txt)" 1
clv -s s.clv fit nbd --calibration level >trial.txt
tap_is "a trial says what it corrects" "$(grep -c '^calibration: level: expected purchases times' trial.txt)" 1
tap_is "or that it does not" "$(clv -s s.clv fit nbd | grep -c '^calibration:')" 0
tap_exit "a kind that there is not" 2 "$CLV" --batch -s s.clv fit nbd --calibration much
clv -s s.clv --format csv predict --limit 1 >one.csv
tap_is "predict says what the score says" "$(tail -n 1 one.csv | cut -d, -f5 | cut -c1-8)" \
	"$(cell s.clv "SELECT expected_purchases FROM score_customer ORDER BY customer LIMIT 1" | cut -c1-8)"

# A newcomer, and chances of counts: as the calculator tells them, whatever was corrected.
params=$(cell n.clv "SELECT group_concat(value, ' ') FROM fit_param JOIN fit_model USING (fit_id) WHERE role = 'purchase' ORDER BY position" | tr -d '"')
days=$(cell n.clv "SELECT CASE period WHEN 'day' THEN 1.0 WHEN 'week' THEN 7.0 ELSE 365.25 / 12 END FROM fit_set")
clv -s n.clv --format csv predict --newcomer --pmf 2 --horizon 90 >newcomer.csv
asked() { # QUANTITY [X]
	clv evaluate nbd --params "$params" --quantity "$1" --x "${2:-0}" --t-x 0 --T 0 --t "$(awk -v d="$days" 'BEGIN { printf "%.17g", 90 / d }')" |
		sed 's/.*= //' | awk '{ printf "%.9f", $1 }'
}
of_newcomer() { tail -n 1 newcomer.csv | cut -d, -f"$1" | awk '{ printf "%.9f", $1 }'; }
tap_is "a newcomer is expected to buy" "$(of_newcomer 5)" "$(asked expected)"
tap_is "a newcomer buys nothing" "$(of_newcomer 6)" "$(asked p_none)"
tap_is "or twice" "$(of_newcomer 16)" "$(asked pmf 2)"
tap_is "chances of counts are the model's own also where scores are corrected" "$(clv -s s.clv --format csv predict --newcomer --pmf 2 --horizon 90 | tail -n 1 | cut -d, -f14-)" \
	"$(tail -n 1 newcomer.csv | cut -d, -f14-)"
tap_exit "a newcomer with a name" 2 "$CLV" --batch -s s.clv predict --newcomer --customer C000001

# Draws from the model: seeded, beside the curvature, and only where there is an estimate.
clv -s s.clv fit mbgnbd --bootstrap 30 --calibration none >boot.txt
tap_is "intervals of the bootstrap" "$(grep -c '^bootstrap: [0-9]* of 30 fits' boot.txt)" 1
tap_is "are the same again" "$(clv -s s.clv --threads 1 fit mbgnbd --bootstrap 30 --calibration none | grep -A4 '^bootstrap' | cksum)" "$(grep -A4 '^bootstrap' boot.txt | cksum)"
tap_is "and others with another seed" "$(clv -s s.clv --seed 2 fit mbgnbd --bootstrap 30 --calibration none | grep -A4 '^bootstrap' | cksum | grep -c "$(grep -A4 '^bootstrap' boot.txt | cksum)")" 0
tap_is "a customer's intervals hold what is expected" "$(clv -s n.clv --format csv predict --limit 5 --bootstrap 30 | awk -F, 'NR > 1 && $14 <= $5 && $5 <= $15 && $16 <= $17' | wc -l | tr -d ' ')" 5
tap_exit "too few draws" 2 "$CLV" --batch -s s.clv fit mbgnbd --bootstrap 3
if command -v sqlite3 >/dev/null; then
	sqlite3 s.clv "UPDATE fit_level SET purchases = 1.5"
	tap_exit "a factor that was changed by hand is seen" 8 "$CLV" --batch -s s.clv predict --limit 1
fi
tap_done
