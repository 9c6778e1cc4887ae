# The main job on the public CDNOW sample, against published values; skipped where the reference data are not there.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

log=$reference/cdnow_elog.csv
if [ ! -f "$log" ]; then
	tap_skip "CDNOW" "the reference data are not there"
	tap_done
	exit 0
fi
clv --json -s t.clv import "$log" >import.json
tap_is "6,919 rows read" "$(first_of read <import.json)" 6919
tap_is "all accepted" "$(first_of accepted <import.json)" 6919
clv --json -s t.clv import "$log" >again.json
tap_is "again: known" "$(first_of known <again.json)" true
tap_is "again: nothing changed" "$(first_of changed <again.json)" false

near() { # NAME GOT WANT RELATIVE
	tap_is "$1 ($2)" "$(awk -v a="$2" -v b="$3" -v t="$4" 'BEGIN { d = a - b; if (d < 0) d = -d; w = b < 0 ? -b : b; print (a != "" && d <= t * w) ? "near" : "far" }')" near
}
value() { # FILE PARAMETER
	grep -o '"'"$2"'":{"value":[^,]*' "$1" | head -n 1 | sed 's/.*://'
}
clv --json -s t.clv fit bgnbd --calibration-end 1997-09-30 --holdout-end 1998-06-30 --period week >bg.json
near "BG/NBD r" "$(value bg.json r)" 0.242594522431 0.0005
near "BG/NBD alpha" "$(value bg.json alpha)" 4.41360201903 0.0005
near "BG/NBD a" "$(value bg.json a)" 0.792922017224 0.0005
near "BG/NBD b" "$(value bg.json b)" 2.42590677682 0.0005
near "BG/NBD log-likelihood" "$(first_of loglik <bg.json)" -9582.42920667 2e-7
clv --json -s t.clv fit mbgnbd --calibration-end 1997-09-30 --holdout-end 1998-06-30 --period week >mbg.json
near "MBG/NBD log-likelihood" "$(first_of loglik <mbg.json)" -9582.13571555 2e-7
clv --json -s t.clv fit gg --spend repeat --calibration-end 1997-09-30 --holdout-end 1998-06-30 --period week >gg.json
near "Gamma-Gamma p" "$(value gg.json p)" 6.24957227153 0.0005
near "Gamma-Gamma q" "$(value gg.json q)" 3.74422466714 0.0005
near "Gamma-Gamma gamma" "$(value gg.json gamma)" 15.4435209621 0.0005
near "Gamma-Gamma log-likelihood" "$(first_of loglik <gg.json)" -4055.9176948 5e-7
clv --json evaluate bgnbd --params "0.242594522431 4.41360201903 0.792922017224 2.42590677682" --x 26 --t-x 30.857142857 --T 31 --t 52 --quantity cond_expected >c.json
near "customer 1516: next 52 weeks" "$(first_of got <c.json)" 25.75659 2e-4
clv --json evaluate bgnbd --params "0.242594522431 4.41360201903 0.792922017224 2.42590677682" --x 26 --t-x 30.857142857 --T 31 --quantity palive >p.json
near "customer 1516: P(alive)" "$(first_of got <p.json)" 0.9688523 2e-5
tap_exit "run on CDNOW" 0 "$CLV" --batch -s s.clv run "$log"
clv --json -s s.clv run "$log" >fresh.json
tap_is "again: nothing runs" "$(first_of status <fresh.json)" fresh
tap_is "2,357 customers ranked" "$(cell s.clv 'SELECT count(*) FROM mart_customer_value')" 2357
tap_done
