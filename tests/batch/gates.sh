# The firewall: 95 of 100 passes and 94 does not; a refused file leaves its record and its quarantine, and the last good results stay.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

mixed() { # GOOD BAD
	echo $header
	good_rows "$1"
	awk -v n="$2" 'BEGIN { for (i = 0; i < n; i++) printf "B%04d,2025-13-%02d,5.00\n", i, 1 + i % 28 }'
}

clv generate --preset tiny --customers 400 --seed 7 --out shop >/dev/null
tap_exit "a good shop" 0 "$CLV" --batch -s s.clv run shop/transactions.csv
live=$(cell s.clv 'SELECT run_id FROM run_live')
top=$(clv -s s.clv --format csv show top_customers --limit 3)

mixed 95 5 >f95.csv
mixed 94 6 >f94.csv
mixed 190 10 >f190.csv
mixed 189 11 >f189.csv
tap_exit "95 of 100 rows good" 0 "$CLV" --batch validate f95.csv
tap_exit "94 of 100" 3 "$CLV" --batch validate f94.csv
tap_exit "190 of 200" 0 "$CLV" --batch validate f190.csv
tap_exit "189 of 200" 3 "$CLV" --batch validate f189.csv
tap_exit "6 % bad: the run is refused" 3 "$CLV" --batch -s s.clv run f94.csv
tap_is "nothing of it counts" "$(cell s.clv "SELECT count(*) FROM raw_customer WHERE customer_id LIKE 'G%'")" 0
tap_is "its record stays" "$(cell s.clv "SELECT status || ' ' || read_rows || ' ' || quarantined FROM raw_file WHERE name LIKE '%f94.csv'")" "refused 100 6"
tap_is "its quarantine stays, with its bytes" "$(cell s.clv "SELECT count(*) || ' ' || min(CAST(raw AS TEXT)) FROM quar_row q JOIN raw_file f ON f.file_id = q.file_id WHERE f.name LIKE '%f94.csv'")" \
	'"6 B0000,2025-13-01,5.00"'
tap_is "the live run did not move" "$(cell s.clv 'SELECT run_id FROM run_live')" "$live"
tap_is "the last good results are still shown" "$(clv -s s.clv --format csv show top_customers --limit 3)" "$top"
tap_exit "and a later run is not blocked" 0 "$CLV" --batch -s s.clv run
rows=$(wc -l <shop/transactions.csv)
awk -v bad=$((rows / 25)) 'NR > 1 && n < bad { sub(/2025-[0-9]*-/, "2025-13-"); n++ } { print }' shop/transactions.csv >f4.csv
tap_exit "4 % bad passes" 0 "$CLV" --batch -s s4.clv run f4.csv
tap_is "with a warning, of the gate and of what could not be read" "$(clv -s s4.clv --format csv show quality --where 'verdict:warn' | grep 'set aside' | cut -d, -f1 | sort | tr '\n' ' ')" "G2-parse G3-rows "

# Customers lost on the way: half of the customers only ever send refunds.
{
	echo $header
	good_rows 60
	awk 'BEGIN { for (i = 0; i < 20; i++) printf "R%04d,2025-03-01,-5.00\n", i }'
} >refunds.csv
tap_exit "too many customers without a purchase" 3 "$CLV" --batch -s r.clv run refunds.csv
tap_is "no model saw a row" "$(cell r.clv 'SELECT count(*) FROM fit_model')" 0
tap_is "the rule is named" "$(clv -s r.clv run 2>&1 | grep -c 'G3')" 1
tap_exit "negative=quarantine sets the rows aside" 3 "$CLV" --batch validate refunds.csv --negative quarantine

# The next file of the same source: amounts in cents, a column that is lost.
amounts() { # STORE
	cell $1 "SELECT coalesce(max(verdict || ' ' || hits || ' ' || total || ': ' || sentence), 'none') FROM qc_result WHERE check_id = 'G12-amounts' AND made = (SELECT max(made) FROM qc_result WHERE check_id = 'G12-amounts')" | tr -d '"'
}
{ echo $header; good_rows 300; } >sales-1.csv
{ echo $header; good_rows 300 | sed 's/2025/2024/'; } >sales-2.csv
{ echo $header; good_rows 300 | sed 's/2025/2023/; s/\.50$/50/'; } >sales-3.csv
{ echo $header; good_rows 300 | sed 's/2025/2022/' | awk 'NR % 25 == 0 { sub(/^[^,]*/, "") } { print }'; } >sales-4.csv
clv -s d.clv run sales-1.csv >/dev/null
tap_is "one file has nothing to be held against" "$(amounts d.clv)" none
clv -s d.clv run sales-2.csv >/dev/null
tap_is "the next one is alike" "$(amounts d.clv)" "pass 0 4: sales-2.csv against sales-1.csv: amounts and missing values are as they were"
cp d.clv e.clv
clv -s d.clv run sales-3.csv >/dev/null
tap_is "cents for euros" "$(amounts d.clv)" "warn 1 4: sales-3.csv against sales-2.csv: the median amount is 1850.00, it was 18.50"
clv -s e.clv run sales-4.csv >/dev/null 2>&1
tap_is "rows without a customer" "$(amounts e.clv)" "warn 1 4: sales-4.csv against sales-2.csv: customer_id is missing in 4.0 % of the rows, it was in 0.0 %"
tap_exit "negative=stop" 3 "$CLV" --batch validate refunds.csv --negative stop
tap_done
