# Left truncation: a history that begins before the data do is named with the option that helps, and --cohort-from does what it says.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

clv generate --customers 2000 --transactions 12000 --from 2022-01-01 --to 2024-12-31 --seed 3 --out shop >/dev/null
log=shop/transactions.csv
check() { # STORE ID COLUMN
	cell "$1" "SELECT $3 FROM qc_result WHERE check_id = '$2' ORDER BY made DESC LIMIT 1"
}
clv -s whole.clv run $log >/dev/null
tap_is "a whole history passes" "$(check whole.clv G12-first-month verdict)" pass
awk -F, 'NR == 1 || $2 >= "2023-06-01"' $log >late.csv
clv -s late.clv run late.csv >/dev/null
tap_is "one that was cut at its left is warned of" "$(check late.clv G12-first-month verdict)" warn
day=$(check late.clv G12-first-month sentence | sed -n 's/.*--cohort-from \([0-9-]*\) .*/\1/p')
tap_is "with the option and a day" "$(cell late.clv "SELECT '$day' BETWEEN '2023-07-01' AND '2024-03-31'")" 1
before=$(cell late.clv "SELECT count(*) FROM raw_customer WHERE first_day < unixepoch('$day') / 86400")
all=$(cell late.clv "SELECT count(*) FROM raw_customer")
tap_exit "the option is taken as it was printed" 0 "$CLV" --batch --quiet -s late.clv run --cohort-from "$day"
tap_is "who came before has no features, by name" "$(cell late.clv "SELECT count(*) || min(reason) FROM feat_set_aside WHERE made = (SELECT max(made) FROM feat_window)")" "${before}before-cohort"
tap_is "others have the same features as without it" "$(cell late.clv "SELECT count(*) FROM feat_customer a JOIN feat_customer b USING(customer, frequency, recency, T, revenue_minor)
  WHERE a.made = (SELECT max(made) FROM feat_window) AND b.made = (SELECT min(made) FROM feat_window)")" $((all - before))
tap_is "the ratio of the gate does without them, and names them" "$(check late.clv G3-customers-features "verdict || total || (sentence LIKE '% $before more first bought before $day%')")" "pass$((all - before))1"
tap_is "they are scored no more" "$(cell late.clv 'SELECT count(*) FROM mart_value_rank')" $((all - before))
tap_is "nor back-tested, nor counted by day" "$(cell late.clv "SELECT sum(fresh) FROM feat_day WHERE made = (SELECT max(made) FROM feat_window)")" $((all - before))
tap_is "the summary counts them" "$(clv -s late.clv --format csv show summary | grep -c "set aside: first purchase before $day,$before")" 1
tap_is "its months begin there" "$(clv -s late.clv --format csv show months | sed -n 2p | cut -d, -f1)" "$(echo "$day" | cut -c1-7)"
tap_is "a fit has the customers of the run" "$(clv -s late.clv --cohort-from "$day" fit bgnbd | head -n 1 | grep -o '[0-9]* customers')" "$((all - before)) customers"
awk -F, -v d="$day" 'NR == FNR { if (FNR > 1 && (!($1 in f) || $2 < f[$1])) f[$1] = $2; next } FNR == 1 || f[$1] >= d' late.csv late.csv >alone.csv
clv -s alone.clv run alone.csv >/dev/null
tap_is "as if the others were not there" "$(clv -s late.clv --json --cohort-from "$day" fit bgnbd | grep -o '"loglik":[^,]*')" "$(clv -s alone.clv --json fit bgnbd | grep -o '"loglik":[^,]*')"
tap_is "the back-test, too" "$(clv -s late.clv --json --cohort-from "$day" fit mbgnbd --calibration-end 2024-06-30 --holdout-end 2024-12-31 | grep -o '"holdout":{[^}]*}')" \
	"$(clv -s alone.clv --json fit mbgnbd --calibration-end 2024-06-30 --holdout-end 2024-12-31 | grep -o '"holdout":{[^}]*}')"
tap_exit "back to everybody" 0 "$CLV" --batch --quiet -s late.clv run
tap_is "a run says why it works again" "$(clv -s late.clv run --dry-run --cohort-from 2024-06-01 | grep -c 'setting cohort_from changed')" 1
tap_exit "a day after all of them is refused" 3 "$CLV" --batch --quiet -s late.clv run --cohort-from 2025-06-01
tap_exit "a day that is none" 2 "$CLV" --batch --quiet -s late.clv run --cohort-from 2025-13-01
tap_done
