# A contract from its file to its effects: check, accept, import by it, refusal, kill, the gate, the same results when it passes.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

cat >shop.yaml <<'Y'
contract: shop
entity: orders
columns: lenient
fields:
  customer_id: { required: true, pattern: "G*" }
  revenue: { range: 0..1000 }
  status: { accepted: { is: [paid, sent], severity: stop, error_if: { share: 5 %, at_least: 5 } } }
checks:
  big: { about: large customers, sql: SELECT customer_id FROM raw_customer WHERE total_minor > 100000, severity: stop }
Y

rows() { # GOOD LOST: rows of G0000 ..., the last of them with another status
	echo customer_id,order_date,revenue,status
	good_rows "$1" | awk -v lost="$2" -v n="$1" '{ print $0 "," (NR > n - lost ? "lost" : "paid") }'
}
rows 100 0 >good.csv
rows 100 4 >few.csv
rows 100 6 >many.csv
{ rows 100 0; echo "X1,2025-03-01,5.00,paid"; echo "G1,2025-03-01,5000.00,paid"; } >aside.csv

tap_exit "a store" 0 "$CLV" --batch -s s.clv init
tap_is "nothing is live" "$(clv -s s.clv contract | grep -c 'no contract')" 1
tap_exit "the contract compiles" 0 "$CLV" --batch -s s.clv contract check shop.yaml
tap_exit "and holds for a file" 0 "$CLV" --batch -s s.clv contract check shop.yaml good.csv
tap_exit "not for another" 3 "$CLV" --batch -s s.clv contract check shop.yaml many.csv
tap_is "nothing was stored" "$(cell s.clv 'SELECT count(*) FROM raw_file')" 0
sed 's/accepted:/acceptd:/' shop.yaml >bad.yaml
tap_exit "a slip" 2 "$CLV" --batch -s s.clv contract check bad.yaml
tap_is "is told with its place and the nearest word" \
	"$("$CLV" --batch -s s.clv contract check bad.yaml 2>&1 | grep -c -e 'bad.yaml:7:13' -e 'did you mean accepted' -e 'CON-101')" 3
tap_exit "an unknown verb" 2 "$CLV" --batch -s s.clv contract chek shop.yaml
tap_exit "an unknown entity" 2 "$CLV" --batch -s s.clv contract show order
tap_exit "it becomes live" 0 "$CLV" --batch -s s.clv contract accept shop.yaml --by ann --reason agreed
tap_is "as its file is" "$(clv -s s.clv contract show | sed 1d)" "$(cat shop.yaml)"

tap_exit "a good file" 0 "$CLV" --batch -s s.clv import good.csv
tap_exit "4 of 100 stay below the limit" 0 "$CLV" --batch -s s.clv import few.csv
tap_is "and are kept with their figures" "$(cell s.clv "SELECT failing || ' ' || verdict FROM raw_contract WHERE check_id = 'status.accepted' AND failing > 0")" "4 warn"
tap_exit "6 of 100 refuse the file" 3 "$CLV" --batch -s s.clv import many.csv
tap_is "which leaves no row" "$(cell s.clv "SELECT status || ' ' || coalesce(first_row, 'none') FROM raw_file WHERE name LIKE '%many.csv'")" "refused none"
tap_is "the message names check, rows and line" \
	"$("$CLV" --batch -s s.clv import many.csv 2>&1 | grep -c 'status.accepted (paid, sent) fails in 6 of 100 rows, first in line 96: lost; error_if is 5 %')" 1
before=$(cell s.clv 'SELECT count(*) FROM raw_transaction')
clv -s s.clv import aside.csv >aside.txt
tap_is "rows are set aside with their reasons" \
	"$(cell s.clv "SELECT group_concat(reasons, ' ') FROM (SELECT reasons FROM quar_row q JOIN raw_file f ON f.file_id = q.file_id WHERE f.name LIKE '%aside.csv' ORDER BY quar_id)")" \
	"contract-pattern contract-range"
tap_is "the others are taken" "$(cell s.clv 'SELECT count(*) FROM raw_transaction')" $((before + 100))
tap_is "check says the same of the file" "$(clv -s s.clv contract check shop.yaml aside.csv | grep -c 'fails in 1 of 102 rows')" 2
sed 's/0..1000 /0..9000 /' shop.yaml >wide.yaml
tap_exit "another version" 0 "$CLV" --batch -s s.clv contract accept wide.yaml --by ann --reason wider
tap_is "lets one of them in" "$(clv -s s.clv quarantine release --file "$(cell s.clv "SELECT file_id FROM raw_file WHERE name LIKE '%aside.csv'")" --by ann --reason wider | grep -c 'released 1, still set aside 1')" 1

tap_exit "the gate asks the query" 3 "$CLV" --batch -s s.clv quality
tap_is "and names who fails" "$(clv -s s.clv --format csv show quality --where 'verdict:stop' | grep -c 'contract:sql:big.*large customers')" 1
tap_exit "the audit chain holds" 0 "$CLV" --batch -s s.clv audit verify

# A contract that passes changes no result.
clv generate --preset tiny --customers 300 --seed 7 --out shop >/dev/null
cat >loose.yaml <<'Y'
contract: loose
entity: orders
fields:
  customer_id: { required: true }
  revenue: { type: number }
volume:
Y
clv -s a.clv run shop/transactions.csv >/dev/null
clv -s b.clv init >/dev/null
clv -s b.clv contract accept loose.yaml --by ann --reason agreed >/dev/null
clv -s b.clv run shop/transactions.csv >/dev/null
tap_is "the same results by a contract that holds" "$(clv -s b.clv --format csv show top_customers --limit 300 | b2sum)" \
	"$(clv -s a.clv --format csv show top_customers --limit 300 | b2sum)"
clv -s a.clv contract accept loose.yaml --by ann --reason agreed >/dev/null
tap_is "a new contract makes the checks run again" "$(clv -s a.clv run --dry-run | grep -c '^ *quality.*contract')" 1

# References: to the customers feed that is there when the file comes.
cat >map.yaml <<'Y'
source: shop
tables:
  - { file: "orders*.csv", key: [order_id], columns: { customer_id: who, order_id: no, order_ts: day, line_revenue: amount } }
  - { file: "people*.csv", entity: customers, columns: { customer_id: id, city: city } }
Y
cat >refer.yaml <<'Y'
contract: refer
entity: orders
fields: { customer_id: { references: customers } }
Y
printf 'id,city\nA,Bonn\nB,Lyon\n' >people.csv
awk 'BEGIN { print "no,who,day,amount"; for (i = 1; i <= 40; i++) printf "%d,%s,2025-01-%02d,5.00\n", i, i == 40 ? "X" : i % 2 ? "A" : "B", 1 + i % 28 }' >orders1.csv
sed '2,$s/^/1/' orders1.csv >orders2.csv
clv -s r.clv init >/dev/null
clv -s r.clv contract accept refer.yaml --by ann --reason agreed >/dev/null
clv -s r.clv import orders1.csv --mapping map.yaml >/dev/null
tap_is "without a feed nothing is referred to" "$(cell r.clv 'SELECT count(*) FROM quar_row')" 0
clv -s r.clv import people.csv --mapping map.yaml >/dev/null
clv -s r.clv import orders2.csv --mapping map.yaml >/dev/null
tap_is "with one, who is not in it is set aside" "$(cell r.clv "SELECT customer_id || ' ' || reasons FROM quar_row")" "X contract-reference"

# A key with another content: counted, and above the limit the gate stops.
printf 'no,who,day,amount\n' >orders3.csv
awk 'BEGIN { for (i = 1; i <= 30; i++) printf "%d,%s,2025-01-%02d,6.00\n", i, i % 2 ? "A" : "B", 1 + i % 28 }' >>orders3.csv
clv -s k.clv import orders1.csv --mapping map.yaml >/dev/null
tap_is "keys agree" "$(clv -s k.clv quality | grep -c 'pass  G6-keys .* no row of 40 ')" 1
clv -s k.clv import orders3.csv --mapping map.yaml --on-conflict last-wins >/dev/null
tap_exit "too many do not" 3 "$CLV" --batch -s k.clv quality
tap_is "and how many is said" "$(clv -s k.clv --format csv show quality --where 'verdict:stop' | grep -c '30 of 70 rows contradict.*30 took its place, 0 were set aside')" 1
tap_exit "a higher limit lets them" 0 "$CLV" --batch -s k.clv quality --set gate.key_percent=50

# A file that its contract keeps out: what to do names the contract, and nothing is said to be kept that is not.
printf 'contract: c\nentity: orders\ncolumns: lenient\nfields:\n  land: { accepted: [AT] }\n' >land.yaml
printf 'customer_id,order_date,revenue,land\nA,2025-01-01,1,AT\nB,2025-01-02,2,AT\n' >at.csv
printf 'customer_id,order_date,revenue,land\nA,2025-02-01,1,DE\nB,2025-02-02,2,DE\n' >de.csv
clv -s land.clv import at.csv --attributes land >at.txt
clv -s land.clv contract accept land.yaml --by ann --reason 'agreed' >/dev/null
clv -s land.clv import de.csv --attributes land >de.txt 2>de.err
tap_is "refused by its contract: the contract is a way" "$(grep -c 'accept a contract that lets them in' de.err)" 1
tap_is "a refused file keeps no attributes and says of none" "$(grep -c 'kept of each' at.txt)$(grep -c 'kept of each' de.txt)" 10

# Killed while a file is refused: what is there is what was there.
for i in 1 2 3 4 5 6; do
	rows 100 6 | awk -v i="$i" 'NR == 1 { print; next } { for (k = 0; k < 400; k++) print "G" i k "," substr($0, index($0, ",") + 1) }' >"k.csv"
	"$CLV" --batch --quiet -s s.clv import k.csv >/dev/null 2>&1 &
	pid=$!
	sleep 0.0$i
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
done
tap_is "killed in the middle, nothing is half there" \
	"$(cell s.clv "SELECT count(*) FROM raw_transaction WHERE customer IN (SELECT customer FROM raw_customer WHERE customer_id LIKE 'G1___')")" 0
tap_exit "and the store is sound" 0 "$CLV" --batch -s s.clv doctor
tap_done
