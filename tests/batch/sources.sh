# Mappings: the shipped ones on fixtures in their real layouts with their traps, own ones, their errors, their rows set aside.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW
data=$(cd "$top_srcdir/data/sources" && pwd)

accounts() { # FILE OPTIONS... : read accepted quarantined duplicate, and the revenue
	clv --json validate "$@" >v.json 2>v.err
	echo "$(first_of read <v.json) $(first_of accepted <v.json) $(first_of quarantined <v.json) $(first_of duplicate <v.json) $(first_of revenue <v.json)"
}
left_out() {
	grep -o '"left_out":{[^}]*}' v.json
}
tap_is "plain" "$(accounts "$data/plain.csv" --preset plain)" "6 6 0 0 43.48"
tap_is "cdnow: no header, blanks" "$(accounts "$data/cdnow.txt" --preset cdnow)" "6 6 0 0 142.29"
tap_is "online-retail" "$(accounts "$data/online-retail.csv" --preset online-retail)" "13 6 6 1 120.99"
tap_is "what it leaves out, by rule" "$(left_out)" '"left_out":{"bad-debt":1,"no-customer":3,"no-price":0,"no-product":2}'
tap_is "a cancellation takes its sale back" "$(clv -s or.clv import "$data/online-retail.csv" --preset online-retail >/dev/null; cell or.clv "SELECT total_minor FROM raw_customer WHERE customer_id = '13748'")" 0
tap_is "17850 and 17850.0 are one customer by rule" "$(cell or.clv "SELECT group_concat(customer_id) FROM raw_customer WHERE customer_id LIKE '178%'")" 17850
tap_is "what is left out is kept, with the rule" "$(cell or.clv "SELECT count(*) || group_concat(DISTINCT state) || max(by_name) FROM quar_row WHERE why = 'no-customer'")" "3discardedonline-retail"
tap_is "and is no open row" "$(cell or.clv "SELECT count(*) FROM quar_row WHERE state = 'open'")" 0
tap_is "online-retail-ii" "$(accounts "$data/online-retail-ii.csv" --preset online-retail-ii)" "10 5 4 1 184.56"
tap_is "what it leaves out" "$(left_out)" '"left_out":{"bad-debt":1,"no-customer":1,"no-price":0,"no-product":2}'
tap_is "plain and cdnow are mappings like others" "$(clv sources list | grep -c '^plain  *mapping\|^cdnow  *mapping') $(clv sources describe plain | grep -c 'currency  *currency or currency_code') $(clv sources print cdnow >own.yaml; accounts "$data/cdnow.txt" --mapping own.yaml)" "2 1 6 6 0 0 142.29"
tap_exit "a declared date format that the file has not is refused there, too" 3 "$CLV" --batch validate "$data/cdnow.txt" --preset cdnow --date-format MM/DD/YYYY
head -n 9 "$data/online-retail-ii.csv" >year1.csv
{ head -n 1 "$data/online-retail-ii.csv"; tail -n 6 "$data/online-retail-ii.csv"; } >year2.csv
clv -s two.clv import year1.csv year2.csv --preset online-retail-ii >/dev/null
tap_is "its sheets share lines: counted once" "$(cell two.clv 'SELECT sum(accepted) FROM raw_file')" 5
clv --json -s ol.clv import "$data/olist" --preset olist >ol.json
tap_is "olist: items, five files" "$(grep -o '"status":"[a-z]*"' ol.json | sort | uniq -c | tr -d '\n' | tr -s ' ')" ' 1 "status":"accepted" 3 "status":"ignored"'
tap_is "the person, not the order's id" "$(cell ol.clv 'SELECT group_concat(customer_id || days) FROM (SELECT * FROM raw_customer ORDER BY customer_id)')" '"person-a2,person-b1,person-d1"'
tap_is "cancelled and unavailable are no purchases" "$(cell ol.clv 'SELECT sum(total_minor) || count(*) FROM raw_customer')" "322393"
mkdir lone && cp "$data/olist/olist_order_items_dataset.csv" lone
tap_exit "a file to look into is missing" 9 "$CLV" --batch validate lone --preset olist
cp "$data"/olist/*.csv lone && sed -i '/"k4"/d' lone/olist_customers_dataset.csv
clv --json validate lone --preset olist --set gate.accepted_percent=50 >lone.json
tap_is "a row without its reference is set aside" "$(grep -o '"no-reference":[0-9]*' lone.json)" '"no-reference":1'
clv --json -s b2c.clv import "$data/b2c" --preset b2c >b2c.json
tap_is "b2c: nine files, one of them purchases, six feeds" "$(grep -o '"status":"ignored"' b2c.json | wc -l | tr -d ' ') $(grep -o '"status":"feed"' b2c.json | wc -l | tr -d ' ') $(grep -o '"accepted":4,"quarantined":2' b2c.json)" '2 6 "accepted":4,"quarantined":2'
tap_is "days of UTC, blanks around an id" "$(cell b2c.clv "SELECT group_concat(customer_id || last_day || total_minor) FROM raw_customer")" '"C1197832500,C219785450"'

cat >mine.yaml <<'M'
source: mine
tables:
  - file: "sales*.csv"
    delimiter: ";"
    numbers: "1.234,56"
    where: state != 'test'
    columns:
      customer_id: concat('S-', "Kunde Nr" | trim)
      order_ts: Datum | date('DD.MM.YYYY')
      line_revenue: mul(mul(Menge, Preis), sub(1, Rabatt))
M
printf 'Kunde Nr;Datum;Menge;Preis;Rabatt;state\n7 ;01.02.2024;2;1.000,50;0,5;ok\n8;02.02.2024;1;10,00;0;test\n9;30.02.2024;1;10,00;0;ok\n' >sales1.csv
tap_is "an own mapping" "$(accounts sales1.csv --mapping mine.yaml --set gate.accepted_percent=50)" "3 1 2 0 1000.5"
clv -s m.clv import sales1.csv --mapping mine.yaml --set gate.accepted_percent=50 >/dev/null
tap_is "its customer" "$(cell m.clv 'SELECT customer_id FROM raw_customer')" S-7
clv -s m.clv quarantine discard 99 --by ann --reason no >/dev/null 2>&1
clv -s m.clv quarantine release --file 1 --by ann --reason 'look again' >r.txt
tap_is "a row is judged again by the mapping of its file" "$(cat r.txt)" "released 0, still set aside 1; 'run' brings the results up to date"
tap_is "guess writes a mapping that reads the file" "$(clv sources guess "$data/plain.csv" >guess.yaml; accounts "$data/plain.csv" --mapping guess.yaml)" "6 6 0 0 43.48"
tap_exit "check compiles" 0 "$CLV" --batch sources check mine.yaml sales1.csv
sed -i 's/Menge/Mengen/' mine.yaml
tap_is "a column that is not there: its place and the nearest" "$(clv sources check mine.yaml sales1.csv 2>&1 | grep -c -e 'mine.yaml:10:29' -e 'did you mean Menge')" 2
tap_exit "and the file is refused" 3 "$CLV" --batch validate sales1.csv --mapping mine.yaml
tap_exit "a mapping that is wrong" 2 "$CLV" --batch sources check guess.yml
tap_exit "a preset that is none" 2 "$CLV" --batch validate sales1.csv --preset onlineretail
tap_exit "a file of no table" 3 "$CLV" --batch validate "$data/plain.csv" --mapping mine.yaml
tap_exit "list" 0 "$CLV" --batch sources list
tap_exit "describe" 0 "$CLV" --batch sources describe b2c
tap_is "print gives the file" "$(clv sources print olist | cmp - "$top_srcdir/share/mapping/olist.yaml" && echo same)" same

# Keys: two exports that overlap count once, in either order; a correction waits for a person, or wins when it is told to.
{ echo customer_id,order_id,order_date,revenue; good_rows 60 | awk -F, '{ print $1 ",o" NR "," $2 "," $3 }'; } >all.csv
{ head -n 1 all.csv; sed -n 2,41p all.csv; } >early.csv
{ head -n 1 all.csv; sed -n 21,61p all.csv; } >late.csv
states() {
	clv -s "$1" --format csv sql 'SELECT customer_id, days, total_minor FROM raw_customer ORDER BY customer_id' | cksum
}
clv -s a.clv import all.csv --key order_id >/dev/null
clv -s b.clv import early.csv late.csv --key order_id >/dev/null
clv -s c.clv import late.csv --key order_id >/dev/null
clv -s c.clv import early.csv --key order_id >/dev/null
tap_is "overlapping exports count once" "$(states b.clv)" "$(states a.clv)"
tap_is "in either order" "$(states c.clv)" "$(states a.clv)"
tap_is "all of it again changes nothing" "$(clv --json -s c.clv import all.csv --key order_id | grep -o '"accepted":0,"quarantined":0,"duplicate":60')" '"accepted":0,"quarantined":0,"duplicate":60'
sed 's/\(,o7,[^,]*\),[0-9.]*/\1,99.00/' all.csv | awk -F, 'NR == 1 || $2 == "o7" || $2 == "o8"' >corrected.csv
tap_exit "a correction of half of the rows is refused by the gate" 3 "$CLV" --batch -s c.clv import corrected.csv --key order_id
clv --json -s c.clv import corrected.csv --key order_id --on-conflict last-wins >won.json
tap_is "and taken when the last wins" "$(grep -o '"duplicate":2,"replaced":1' won.json)" '"duplicate":2,"replaced":1'
tap_is "as if it had been so from the start" "$(clv -s d.clv import --key order_id corrected.csv all.csv --set gate.accepted_percent=0 >/dev/null; states d.clv)" "$(states c.clv)"
tap_is "the amount is there once" "$(cell c.clv "SELECT count(*) FROM raw_transaction WHERE amount_minor = 9900")" 1
cat >keyed.yaml <<'M'
source: keyed
tables:
  - file: "*.csv"
    key: [order_id]
    columns: { customer_id: customer_id, order_id: order_id, order_ts: order_date, line_revenue: revenue }
M
clv -s e.clv import early.csv late.csv --mapping keyed.yaml >/dev/null
tap_is "a key of a mapping" "$(states e.clv)" "$(states a.clv)"

# What is set aside waits, is tried again, mended, or handed back.
{ echo customer_id,order_date,revenue; good_rows 100; printf 'X,2025-02-30,5.00\nY,01/03/2025,6.00\n,2025-03-01,7.00\n'; } >q.csv
clv -s q.clv import q.csv >/dev/null
tap_is "retry says what another date format would release" "$(clv -s q.clv quarantine retry --file 1 --date-format DD/MM/YYYY --dry-run)" \
	"would be released 1, still set aside 2; nothing was changed"
tap_is "and changes nothing" "$(cell q.clv "SELECT count(*) FROM quar_row WHERE state = 'open'") $(cell q.clv 'SELECT count(*) FROM raw_transaction')" "3 100"
tap_exit "without --dry-run it is a decision" 6 "$CLV" --batch -s q.clv quarantine retry --file 1 --date-format DD/MM/YYYY
clv -s q.clv quarantine retry --file 1 --date-format DD/MM/YYYY --by ann --reason 'days first' >/dev/null
tap_is "then it is released" "$(cell q.clv "SELECT state || by_name || why FROM quar_row WHERE quar_id = 2") $(cell q.clv 'SELECT count(*) FROM raw_transaction')" "releasedanndays first 101"
tap_exit "a mended row that is still wrong stays" 0 "$CLV" --batch -s q.clv quarantine fix 1 --text X,2025-02-31,5.00 --by ann --reason typo
tap_is "open" "$(cell q.clv 'SELECT state FROM quar_row WHERE quar_id = 1')" open
clv -s q.clv quarantine fix 1 --text X,2025-02-28,5.00 --by ann --reason typo >/dev/null
tap_is "a mended row counts; its bytes stay" "$(cell q.clv 'SELECT state || raw FROM quar_row WHERE quar_id = 1') $(cell q.clv "SELECT total_minor FROM raw_customer WHERE customer_id = 'X'")" \
	'"fixedX,2025-02-30,5.00" 500'
tap_is "with its entry in the chain" "$(cell q.clv "SELECT count(*) FROM audit_entry WHERE payload LIKE '%X,2025-02-28,5.00%'")" 1
clv -s q.clv quarantine export open.csv --file 1 >/dev/null
tap_is "the rest is handed back as it came" "$(cat open.csv)" '"customer_id","order_date","revenue"
,2025-03-01,7.00'
tap_exit "a row mended without its text" 2 "$CLV" --batch -s q.clv quarantine fix 3 --by ann --reason x
cat >tried.yaml <<'M'
source: tried
tables:
  - file: "q*.csv"
    columns: { customer_id: "coalesce(customer_id, 'nobody')", order_ts: order_date, line_revenue: revenue }
M
tap_is "retry by another mapping" "$(clv -s q.clv quarantine retry --file 1 --mapping tried.yaml --dry-run 2>&1 | head -n 1)" "would be released 1, still set aside 0; nothing was changed"
grep -v no-customer "$top_srcdir/share/mapping/online-retail.yaml" | sed 's/CustomerID | int/coalesce(CustomerID, InvoiceNo) | int/' >guests.yaml
tap_is "and of rows that a mapping left out" "$(clv -s or.clv quarantine retry --file 1 --mapping guests.yaml --dry-run)" \
	"would be released 1, still set aside 5; nothing was changed"
clv -s or.clv quarantine retry --file 1 --mapping guests.yaml --by ann --reason 'guests count' >/dev/null
tap_is "the accounts stay true" "$(cell or.clv 'SELECT accepted || quarantined || left_out || (accepted = (SELECT count(*) FROM raw_transaction)) FROM raw_file')" 7551
tap_done
