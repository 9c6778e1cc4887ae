# A season of all customers: found in two full years of purchases, refused in less, declared, and used by what is to come.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

# Three years from 2021-01-01; in November and December three times as much is bought as from January to October.
awk 'function u() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
	function leap(y) { return y % 4 == 0 }
	BEGIN { seed = 23; print "customer_id,date,revenue"
		for (y = 2021; y < 2024; y++) for (m = 1; m <= 12; m++) for (k = 1; k <= 30 + (m ~ /^(1|3|5|7|8|10|12)$/) - (m == 2) * (2 - leap(y)); k++) {
			day[++n] = sprintf("%04d-%02d-%02d", y, m, k); weight[n] = m > 10 ? 3 : 1 }
		for (c = 1; c <= 500; c++) {
			rate = -log(u()) / 60; came = 1 + int(n / 2 * u()); drop = .1 * u()
			for (d = came; d <= n; d++)
				if (d == came || u() < rate * weight[d]) { printf "C%03d,%s,%.2f\n", c, day[d], 5 + 40 * u(); if (u() < drop) break }
		} }' >log.csv
clv -s s.clv import log.csv >/dev/null
fit() {
	clv -s s.clv fit "$@"
}
fit mbgnbd --season auto --calibration-end 2023-09-30 --holdout-end 2023-12-31 --json >with.json
fit mbgnbd --calibration-end 2023-09-30 --holdout-end 2023-12-31 --json >without.json
fit mbgnbd --season auto >with.txt
tap_is "a season that pays is found and said" "$(grep -c 'a season pays: AIC .* with it, .* without' with.txt), $(grep -c 'likelihood ratio against the model without season' with.txt)" "1, 1"
tap_is "December counts for more than twice a June day" \
	"$(sed -n 's/.*season, .* Jun \([0-9.]*\) .* Dec \([0-9.]*\);.*/\1 \2/p' with.txt | awk '{ print ($2 > 2 * $1) }')" 1
off() {
	grep -o '"mbgnbd[^}]*}' "$1" | grep -o '"aggregate_error":[0-9.-]*' | head -n 1 | cut -d: -f2
}
tap_is "the last quarter is foretold, without the season half of it is missed" \
	"$(awk -v a="$(off with.json)" -v b="$(off without.json)" 'BEGIN { print (a * a < .01 && b < -.4) }')" 1
tap_is "none by itself" "$(fit mbgnbd | grep -c season)" 0
tap_is "less than two years have none, and are told" "$(fit mbgnbd --season auto --calibration-end 2022-06-30 | grep -c 'no season: it takes two full years, 730 days')" 1
tap_exit "and refused where one must be had" 3 "$CLV" --batch -s s.clv fit mbgnbd --season always --calibration-end 2022-06-30
tap_is "weights of one's own need no history" "$(fit mbgnbd --season 1,1,1,1,1,1,1,1,1,1,3,3 --calibration-end 2022-06-30 | grep -c 'season, as declared: Jan 0.75 .* Dec 2.25')" 1
tap_exit "weights that are none" 2 "$CLV" --batch -s s.clv fit mbgnbd --season 1,2,3
clv -s s.clv run --set model.season=auto >run.txt || cat run.txt
tap_is "the pipeline's set has it" "$(cell s.clv "SELECT count(*) FROM fit_season JOIN fit_model m USING(fit_id) JOIN decision_champion USING(set_id) WHERE m.role = 'purchase'")" 366
tap_is "show season" "$(clv -s s.clv --format csv show season | awk -F, 'NR > 1 { n++; s += $2 } END { printf "%d %.2f", n, s / n }')" "366 1.00"
tap_is "a bar a month on the Fit pane" "$("$CLV" -s s.clv --snapshot fit/season --size 80x24 | grep -c '^. *\(Jan\|Jun\|Dec\) *[0-9.]* *[0-9█]*')" 3
tap_is "scores are those of predict" \
	"$(clv -s s.clv --format csv predict | awk -F, 'NR > 1 { s += $5 } END { printf "%.6f", s }')" \
	"$(cell s.clv "SELECT printf('%.6f', sum(expected_purchases)) FROM score_customer WHERE made = (SELECT max(made) FROM score_customer)")"
sum() {
	clv -s s.clv --format csv predict --horizon "$1" | awk -F, 'NR > 1 { s += $5 } END { print s }'
}
tap_is "the two months before the next new year bring more than the two after this" \
	"$(awk -v a="$(sum 61)" -v b="$(sum 304)" -v c="$(sum 365)" 'BEGIN { print (c - b > 1.5 * a) }')" 1
clv -s plain.clv import log.csv >/dev/null
clv -s plain.clv run --set model.season=auto --set model.calibration=none >/dev/null
tap_is "the chances of counts run by the same clock" "$(clv -s plain.clv --format csv predict --horizon 61 --pmf 0 | awk -F, '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR > 1 { off = $at["p_no_purchase"] - $at["p_0"]; worst = off * off > worst ? off * off : worst }
	END { print (NR > 100 && worst < 1e-12) }')" 1
tap_exit "and so do draws from the model" 0 "$CLV" --batch --quiet -s s.clv fit mbgnbd --season always --bootstrap 20
tap_done
