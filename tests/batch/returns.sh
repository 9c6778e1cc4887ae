# Returns and their sales; late rows; ranges that are replaced; and what holds for every split and order of files.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

rows() { # STORE SQL
	clv -s "$1" --format csv sql "$2" | tail -n +2 | tr '\n' ' ' | sed 's/ $//'
}
returns_of() { # STORE : customer, amount, what of it was matched, by what, the day of the sale
	rows "$1" "SELECT c.customer_id || r.amount_minor || r.matched_minor || coalesce(':' || r.matched_by || ':' || date(r.sale_day * 86400, 'unixepoch'), ':none')
		FROM raw_return r JOIN raw_customer c USING (customer) ORDER BY c.customer_id, r.day, r.amount_minor"
}
states() { # STORE
	rows "$1" "SELECT customer_id || ':' || days || ':' || first_minor || ':' || before_minor || ':' || total_minor || ':' || sales || ':' || refunds
		FROM raw_customer ORDER BY customer_id"
}

dump() { # STORE : all that a later look can see, without numbers that depend on the order of appearance
	clv -s "$1" --format csv sql "SELECT customer_id, first_day, last_day, open_day, days, sales, refunds, open_minor, first_minor, before_minor, total_minor, open_sale
		FROM raw_customer ORDER BY customer_id"
	clv -s "$1" --format csv sql "SELECT c.customer_id, t.came, t.day, t.amount_minor FROM raw_transaction t JOIN raw_customer c USING (customer) ORDER BY 1, 2, 3, 4"
	clv -s "$1" --format csv sql "SELECT c.customer_id, r.day, r.amount_minor, r.matched_minor, r.matched_by, r.sale_day
		FROM raw_return r JOIN raw_customer c USING (customer) ORDER BY 1, 2, 3, 4, 5, 6"
	clv -s "$1" --format csv sql "SELECT sum(accepted), sum(refunds), sum(revenue_minor), min(first_day), max(last_day) FROM raw_file"
}

cat >shop.yaml <<'M'
source: shop
tables:
  - file: "*.csv"
    key: [order_id, line_no]
    returns: { of: order | regex('^C?(.*)$'), same: [product_id, unit_price] }
    columns: { customer_id: cust, order_id: order, line_no: line, order_ts: date, product_id: product, quantity: qty, unit_price: price }
M
cat >shop.csv <<'D'
cust,order,line,date,product,qty,price
A,1,1,2024-01-01,p,10,1.00
A,1,2,2024-01-01,q,1,5.00
A,2,1,2024-02-01,p,3,1.00
A,C2,1,2024-02-10,p,-2,1.00
A,9,1,2024-03-01,p,-5,1.00
B,3,1,2024-01-05,x,1,7.00
B,C3,1,2024-01-06,x,-2,7.00
B,4,1,2024-03-05,z,1,9.00
C,5,1,2024-03-05,z,-1,9.00
D
found='A-200-200:order:2024-02-01 A-500-500:columns:2024-02-01 B-1400-700:order:2024-01-05 C-9000:none'
clv --json -s written.clv import shop.csv --mapping shop.yaml >written.json
tap_is "by order, then by columns; the latest sale first, used up sales no more; in part; not at all" "$(returns_of written.clv)" "$found"
tap_is "counted and summed" "$(grep -o '"returns":{[^}]*}' written.json)" \
	'"returns":{"rows":4,"matched":2,"partly":1,"unmatched":1,"amount":-30.0,"matched_amount":-14.0}'
tap_is "as written, they lower their own day" "$(states written.clv)" "A:2:1500:0:1100:3:2 B:2:700:0:200:2:1 C:0:0:0:-900:0:1"
clv -s net.clv import shop.csv --mapping shop.yaml --set import.returns=net >net.txt
tap_is "in words" "$(tail -n 1 net.txt)" "returns in the store: 4, -30.00 in all; matched with their sale 2, partly 1, without a sale 1"
tap_is "net: they lower the day of the sale, which stays a purchase day" "$(states net.clv)" "A:2:1500:0:1100:3:2 B:2:-700:0:200:2:1 C:0:0:0:-900:0:1"
tap_is "and every look at the rows sees it so" \
	"$(rows net.clv "SELECT date(day * 86400, 'unixepoch') || amount_minor FROM raw_transaction WHERE amount_minor < 0 ORDER BY row")" \
	"2024-02-01-200 2024-02-01-500 2024-01-05-1400 2024-03-05-900"
clv -s apart.clv import shop.csv --mapping shop.yaml --set import.returns=apart >/dev/null
tap_is "apart: counted, in no sum" "$(states apart.clv)" "A:2:1500:0:1800:3:2 B:2:700:0:1600:2:1 C:0:0:0:0:0:1"
clv --json -s written.clv import shop.csv --mapping shop.yaml --set import.returns=net >again.json
tap_is "another setting matches all anew with the next import" "$(states written.clv) $(first_of changed <again.json)" "$(states net.clv) true"
tap_is "and back" "$(clv -s written.clv import shop.csv --mapping shop.yaml >/dev/null; states written.clv)" "A:2:1500:0:1100:3:2 B:2:700:0:200:2:1 C:0:0:0:-900:0:1"

# Told by month, and where it is more than a customer bought.
tap_is "by month" "$(clv -s net.clv --format csv show returns | tail -n +2 | tr '\n' ' ')" \
	"2024-01,1,0,1,0,0,-14,-7 2024-02,1,1,0,0,0,-2,-2 2024-03,2,1,0,1,0,-14,-5 "
clv -s apart.clv run >/dev/null 2>&1
tap_is "more given back than bought is a warning" "$(rows apart.clv "SELECT verdict || hits || total || examples FROM qc_result WHERE check_id = 'G8-returns'")" \
	'"warn13[""C""]"'
tap_is "and cents in are cents out" "$(rows apart.clv "SELECT verdict || hits FROM qc_result WHERE check_id = 'G13-revenue'")" "pass0"
clv -s net.clv run >/dev/null 2>&1
tap_is "in every mode" "$(rows net.clv "SELECT verdict || hits FROM qc_result WHERE check_id IN ('G13-revenue', 'G13-rows')")" "pass0 pass0"

printf 'customer_id,order_date,revenue\nA,2024-01-01,10.00\nA,2024-02-01,10.00\nA,2024-03-01,-10.00\nA,2024-03-02,-4.00\n' >plain.csv
clv -s plain.clv import plain.csv >/dev/null
tap_is "nothing says how: nothing is matched" "$(returns_of plain.clv)" ""
clv -s plain.clv import plain.csv --set import.match_amount=true >/dev/null
tap_is "by equal amounts where that is allowed" "$(returns_of plain.clv)" "A-1000-1000:amount:2024-02-01 A-4000:none"

printf 'cust,order,line,date,product,qty,price\nA,C2,1,2024-02-10,p,-1,1.00\nA,9,1,2024-03-01,q,-1,5.00\n' >fixed.csv
clv -s last.clv import shop.csv --mapping shop.yaml --set import.returns=net >/dev/null
clv -s last.clv import fixed.csv --mapping shop.yaml --on-conflict last-wins --set import.returns=net >/dev/null
tap_is "a correction of a return is matched as the row that it is now" "$(returns_of last.clv)" \
	'A-100-100:order:2024-02-01 A-500-500:columns:2024-01-01 B-1400-700:order:2024-01-05 C-9000:none'
sed 's/of: .*same/on: order, same/' shop.yaml >wrong.yaml
tap_exit "an entry that returns has not" 2 "$CLV" --batch sources check wrong.yaml
sed 's/product_id, unit_price\]/produkt_id]/' shop.yaml >wrong.yaml
tap_is "a column that is not there: the nearest" "$(clv sources check wrong.yaml 2>&1 | grep -c 'did you mean product_id')" 1

# A run carries out what the settings say now, though there is no file to import.
clv -s afresh.clv import shop.csv --mapping shop.yaml --set import.returns=apart >/dev/null
clv -s written.clv run --only import --set import.returns=apart >apart.txt
tap_is "a run without files lets returns count as its settings say" "$(states written.clv)" "$(states afresh.clv)"
tap_is "and says why" "$(grep -c 'import .*how returns count changed' apart.txt)" 1
tap_is "once" "$(clv -s written.clv run --only import --set import.returns=apart | grep -c 'import .*no files given')" 1
clv -s written.clv run --only import >/dev/null

# Rows that come late: within the grace they are taken and counted, beyond it they wait.
{ echo customer_id,order_id,order_date,revenue; good_rows 60 | awk -F, '{ print $1 ",o" NR "," $2 "," $3 }'; } >base.csv
clv -s late.clv import base.csv --key order_id >/dev/null
newest=$(cell late.clv 'SELECT max(last_day) FROM raw_file')
days_before() { # DAYS
	cell late.clv "SELECT date(($newest - $1) * 86400, 'unixepoch')"
}
printf 'customer_id,order_id,order_date,revenue\nL,n1,%s,5.00\nL,n2,%s,6.00\nL,n3,%s,7.00\n' "$(days_before 0)" "$(days_before 10)" "$(days_before 11)" >new.csv
tail -n 3 base.csv >>new.csv
cp late.clv refused.clv
clv --json -s refused.clv import new.csv --key order_id --set import.grace_days=10 --set gate.accepted_percent=100 >refused.json 2>/dev/null
tap_is "of a refused file nothing can be released, and nothing promises it" "$(grep -c 'import the file again with a larger import.grace_days' refused.json)$(
	grep -c 'takes them in' refused.json)" 10
clv --json -s late.clv import new.csv --key order_id --set import.grace_days=10 --set gate.accepted_percent=50 >late.json
tap_is "one late within the grace, one beyond it; known rows are never late" \
	"$(grep -o '"accepted":[0-9]*,"quarantined":[0-9]*,"duplicate":[0-9]*' late.json) $(first_of late <late.json) $(first_of reasons <late.json)" \
	'"accepted":2,"quarantined":1,"duplicate":3 1 {late-row:1'
tap_is "told" "$(grep -o 'could change what was reported before' late.json)" 'could change what was reported before'
tap_is "counted with its file" "$(rows late.clv 'SELECT late FROM raw_file ORDER BY file_id')" "0 1"
sed '2,$s/,o/,p/' base.csv >others.csv
tap_exit "a file of late rows alone is refused" 3 "$CLV" --batch -s late.clv import others.csv --key order_id --set import.grace_days=0
clv -s late.clv quarantine release 1 --by ann --reason 'looked at' >/dev/null
tap_is "after a look it is released" "$(cell late.clv "SELECT days || ':' || total_minor FROM raw_customer WHERE customer_id = 'L'")" 3:1800
clv -s any.clv import base.csv --key order_id >/dev/null
clv -s any.clv import new.csv --key order_id >/dev/null
tap_is "without a grace every row is taken, and the store is the same" "$(states any.clv)" "$(states late.clv)"
tap_is "a correction beyond the grace waits, too" "$(sed -n '1p;2s/,[0-9.]*$/,99.00/p' base.csv >old.csv
	clv --json -s any.clv import old.csv --key order_id --on-conflict last-wins --set import.grace_days=3 --set gate.accepted_percent=0 | grep -o '"late-row":1')" '"late-row":1'
clv -s any.clv import old.csv --key order_id --on-conflict last-wins >/dev/null
sed '2s/99.00/77.00/' old.csv >seven.csv
sed '2s/99.00/55.00/' old.csv >five.csv
cp any.clv other.clv
won() { # STORE FILE... : the amount of the order after an import of these files
	store=$1
	shift
	clv -s "$store" import "$@" --key order_id --on-conflict last-wins >/dev/null
	rows "$store" "SELECT amount_minor FROM raw_transaction WHERE amount_minor IN (5500, 7700, 9900)"
}
tap_is "of two corrections the later file wins: the order of files is the order of what they say" "$(won any.clv seven.csv five.csv) $(won other.clv five.csv seven.csv)" "5500 7700"

# A range that is replaced: rows of earlier files give way, nothing is lost, and the accounts hold.
printf 'customer_id,order_date,revenue\nA,2024-01-01,10.00\nA,2024-02-01,10.00\nB,2024-02-05,-3.00\nB,2024-02-01,7.00\nC,2024-03-01,4.00\n' >one.csv
printf 'customer_id,order_date,revenue\nA,2024-02-01,10.00\nA,2024-02-02,11.00\nD,2024-02-03,1.00\n' >two.csv
accounts() { # STORE
	rows "$1" "SELECT read_rows || '=' || accepted || '+' || replaced || '+' || quarantined || ':' || refunds || ':' || revenue_minor || ':' || customers FROM raw_file ORDER BY file_id"
}
february="--replace-range 2024-02-01..2024-02-29"
clv -s r.clv import one.csv >/dev/null
before=$(dump r.clv)
# shellcheck disable=SC2086
{
tap_is "a dry run says what would give way" "$(clv -s r.clv import two.csv $february --dry-run | tail -n 2 | tr '\n' '|')" \
	"2024-02-01 to 2024-02-29: 3 rows of earlier files would give way; nothing was changed|  3 of one.csv|"
tap_is "and changes nothing" "$(dump r.clv) $(cell r.clv 'SELECT count(*) FROM audit_entry')" "$before 1"
tap_exit "it takes a name and a reason" 2 "$CLV" --batch -s r.clv import two.csv $february --by ann
tap_exit "a range" 2 "$CLV" --batch -s r.clv import two.csv --replace-range 2024-02-29..2024-02-01 --by ann --reason newer
tap_exit "one file" 2 "$CLV" --batch -s r.clv import one.csv two.csv $february --by ann --reason newer
tap_exit "and rows without a key" 2 "$CLV" --batch -s r.clv import two.csv --key customer_id,order_date $february --by ann --reason newer
tap_is "none of which changes anything" "$(dump r.clv)" "$before"
tap_exit "a file that lies outside is refused" 3 "$CLV" --batch -s r.clv import two.csv --replace-range 2024-03-01..2024-03-31 --by ann --reason newer
tap_is "by name, and nothing gives way" \
	"$(clv -s r.clv import two.csv --replace-range 2024-03-01..2024-03-31 --by ann --reason newer 2>&1 | grep -c 'why:.*outside-range') $(cell r.clv 'SELECT sum(replaced) FROM raw_file')" "1 0"
clv -s r.clv import two.csv $february --by ann --reason newer >/dev/null
tap_is "rows of the range are those of the new file" "$(states r.clv)" "A:3:1000:0:3100:3:0 B:0:0:0:0:0:0 C:1:400:0:400:1:0 D:1:100:0:100:1:0"
tap_is "what was read is kept, gave way or is set aside" "$(accounts r.clv)" "5=2+3+0:0:1400:2 3=3+0+0:0:2200:2"
tap_is "who, why, by which file" "$(clv -s r.clv --format csv show replaced | tail -n 1 | cut -d, -f1-8)" "one.csv,two.csv,2024-02-01,2024-02-29,3,14,ann,newer"
tap_is "in the chain, with the digest" "$(cell r.clv "SELECT count(*) FROM audit_entry a JOIN raw_file f ON f.file_id = json_extract(a.payload, '$.by_file')
	WHERE a.actor = 'ann' AND json_extract(a.payload, '$.digest') = f.digest AND json_extract(a.payload, '$.rows') = 3 AND json_extract(a.payload, '$.why') = 'newer'")" 1
tap_exit "the chain is sound" 0 "$CLV" --batch -s r.clv audit verify
tap_is "the rows are still there" "$(rows r.clv 'SELECT sum(rows) FROM raw_block')" 8
clv -s r.clv run >/dev/null 2>&1
tap_is "as many count as the states count" "$(rows r.clv "SELECT verdict FROM qc_result WHERE check_id = 'G13-rows'")" pass
tap_exit "a file that gave rows does not take others' place" 2 "$CLV" --batch -s r.clv import one.csv $february --by ann --reason back
clv -s o.clv import one.csv two.csv >both.txt
tap_is "an overlap is reported with the way out" "$(grep -c '1 of 3 rows are also in one.csv: .*--replace-range 2024-02-01..2024-02-03' both.txt)" 1
clv -s o.clv import two.csv $february --by ann --reason 'counted twice' >/dev/null
tap_is "which works for the file that is in already" "$(states o.clv)" "$(states r.clv)"
before=$(dump o.clv)
tap_is "the same files again change nothing" "$(clv --json -s o.clv import one.csv two.csv | first_of changed) $(dump o.clv)" "false $before"
sed '/key:/d' shop.yaml >nokey.yaml
printf 'cust,order,line,date,product,qty,price\nZ,1,1,2024-02-07,p,3,2.00\nZ,C1,2,2024-02-09,p,-1,2.00\n' >z1.csv
printf 'cust,order,line,date,product,qty,price\nZ,1,1,2024-02-06,p,2,2.00\n' >z2.csv
clv -s o.clv import z1.csv --mapping nokey.yaml $february --by ann --reason newer >/dev/null
tap_is "another source is another matter" "$(cell o.clv 'SELECT count(*) FROM raw_replaced WHERE by_file = 3')" 0
clv -s z.clv import z1.csv --mapping nokey.yaml >/dev/null
clv -s z.clv import z2.csv --mapping nokey.yaml --replace-range 2024-02-01..2024-02-08 --by ann --reason newer >/dev/null
tap_is "a return whose sale gave way finds the one that came" "$(returns_of z.clv)" "Z-200-200:order:2024-02-06"
}

# kill -9 on the way: the store is as before, or as after.
clv generate --preset fashion --customers 6000 --seed 5 --out gone >/dev/null
{ head -n 1 gone/transactions.csv; grep ',2025-0' gone/transactions.csv; } >part.csv
clv -s k.clv import gone/transactions.csv >/dev/null
cp k.clv safe.clv
replace() { # STORE
	"$CLV" --batch --quiet -s "$1" import part.csv --replace-range 2025-01-01..2025-09-30 --by ann --reason newer >/dev/null 2>&1
}
sums() { # STORE
	rows "$1" 'SELECT count(*) || sum(amount_minor) || sum(row) FROM raw_transaction' && rows "$1" 'SELECT sum(total_minor) || sum(first_minor) || sum(sales) FROM raw_customer' &&
		rows "$1" 'SELECT count(*) || sum(accepted) || sum(replaced) FROM raw_file'
}
replace k.clv
after=$(sums k.clv) before=$(sums safe.clv) bad=
for round in 1 2 3 4 5 6 7 8; do
	rm -f k.clv*
	cp safe.clv k.clv
	"$CLV" --batch --quiet -s k.clv import part.csv --replace-range 2025-01-01..2025-09-30 --by ann --reason newer >/dev/null 2>&1 &
	pid=$!
	sleep "0.0$round"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	case $(sums k.clv) in
	"$before" | "$after") ;;
	*) bad="$bad round $round: half of it" ;;
	esac
	clv -s k.clv audit verify >/dev/null 2>&1 || bad="$bad round $round: the chain is broken"
done
tap_none "killed at any moment: all of it or nothing" "$bad"
tap_is "the two differ" "$([ "$before" != "$after" ] && echo yes)" yes

# What rules of a mapping leave out is counted and summed by rule.
data=$(cd "$top_srcdir/data/sources" && pwd)
clv --json -s or.clv import "$data/online-retail.csv" --preset online-retail --set gate.accepted_percent=0 >or.json
tap_is "by rule, with sums" "$(grep -o '"left_out_amount":{[^}]*}' or.json)" '"left_out_amount":{"bad-debt":11062.06,"no-customer":594.73,"no-price":null,"no-product":26.5}'
tap_is "as a report" "$(clv -s or.clv --format csv show left_out | tail -n +2 | cut -d, -f2,3,5 | tr '\n' ' ')" "no-customer,3,594.73 no-product,2,26.5 bad-debt,1,11062.06 "

# Any split of the rows into files, in any order, gives the same store. A seed's rows: sales and returns of 40 customers, some by order.
generate() { # SEED
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		for (o = 1; o <= 300; o++)
			who[o] = int(rand() * 40)
		for (o = 1; o <= 300; o++) {
			d = int(rand() * 700); lines = 1 + int(rand() * 3); order = o
			back = rand()
			if (back < .2 && o > 1) { of = 1 + int(rand() * (o - 1)); order = "C" of; who[o] = who[of] }
			for (l = 1; l <= lines; l++) {
				q = 1 + int(rand() * 6); p = int(rand() * 8)
				if (back < .2 || rand() < .2) q = -q
				printf "K%02d,%s,%d,%04d-%02d-%02d,p%d,%d,%d.50\n", who[o], order, o * 10 + l, 2023 + int(d / 350), 1 + int(d % 350 / 30), 1 + d % 28, p, q, 1 + p
			}
		}
	}'
}
head=cust,order,line,date,product,qty,price
split_rows() { # SEED PARTS : part1.csv ... of rows.txt, each row in a part by chance
	rm -f part*.csv
	awk -v seed="$1" -v parts="$2" -v head=$head 'BEGIN { srand(seed); for (i = 1; i <= parts; i++) print head > ("part" i ".csv") }
		{ print > ("part" 1 + int(rand() * parts) ".csv") }' rows.txt
}
shuffled() { # SEED PARTS
	awk -v seed="$1" -v parts="$2" 'BEGIN { srand(seed); for (i = 1; i <= parts; i++) print rand(), "part" i ".csv" }' | sort | cut -d' ' -f2
}
for seed in 1 2 3 4 5 6; do
	mode=$(echo as-written net apart | cut -d' ' -f$((seed % 3 + 1)))
	generate $seed >rows.txt
	{ echo $head; cat rows.txt; } >whole.csv
	rm -f ./*.clv*
	clv -s whole.clv import whole.csv --mapping shop.yaml --set import.returns=$mode >/dev/null
	dump whole.clv >want.txt
	split_rows $((seed + 100)) $((seed + 1))
	for part in $(shuffled $seed $((seed + 1))); do
		clv -s parts.clv import "$part" --mapping shop.yaml --set import.returns=$mode >/dev/null
	done
	tap_is "seed $seed, $mode: $((seed + 1)) files one after the other" "$(dump parts.clv | cmp - want.txt && wc -l <want.txt)" "$(wc -l <want.txt)"
	# shellcheck disable=SC2046
	clv -s once.clv import $(shuffled $((seed + 50)) $((seed + 1))) --mapping shop.yaml --set import.returns=$mode >/dev/null
	tap_is "seed $seed, $mode: in one import, in another order" "$(dump once.clv | cmp - want.txt && echo same)" same
	clv -s more.clv import part1.csv --mapping shop.yaml --set import.returns=$mode >/dev/null
	clv -s more.clv import whole.csv --mapping shop.yaml --set import.returns=$mode >/dev/null
	tap_is "seed $seed, $mode: A, then A and B" "$(dump more.clv | cmp - want.txt && echo same)" same
done
tap_is "the rows have returns of every kind" "$(rows whole.clv 'SELECT min(n) > 3 FROM (SELECT count(*) AS n FROM raw_return GROUP BY matched_minor = 0, matched_minor = amount_minor)')" 1

tap_done
