# Feeds of a mapping that are no purchases: what is kept of customers, what is only counted, and what the checks say of them.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

cat >shop.yaml <<'E'
source: shop
tables:
  - file: "orders*.csv"
    key: [order_id]
    columns: { customer_id: customer_id, order_id: order_id, order_ts: day, line_revenue: amount }
  - file: "people*.csv"
    entity: customers
    leave_out: { test-account: "city = 'Nowhere'" }
    attributes: { street: street }
    columns: { customer_id: id, gender: gender, email: mail, signup_ts: since, city: city }
  - file: "tickets*.csv"
    entity: support_tickets
    date_format: DD.MM.YYYY
    columns: { ticket_id: no, customer_id: id, opened: opened, closed: closed, csat: csat, status: status }
  - file: "points*.csv"
    entity: loyalty_balances
    columns: { customer_id: id, date: day, points_balance: points, tier: tier }
  - { file: "plans*.csv", entity: plans, columns: { plan_id: id, plan_name: name } }
E
cat >orders.csv <<'E'
order_id,customer_id,day,amount
1,A,2025-01-01,10.00
2,A,2025-03-01,11.00
3,B,2025-02-01,12.00
4,X,2025-02-02,13.00
5,X,2025-04-02,13.00
6,C,2025-05-05,14.00
E
cat >people.csv <<'E'
id,gender,mail,since,city,street
A,F,a@example.org,2024-12-01,Bonn,Hill 1
B,M,,2025-02-03,Lyon,Low 2
C,zebra,c@example.org,2025-05-05,,
D,F,d@example.org,2025-05-06,Rome,
A,,a@example.net,2024-12-01,Mainz,
T,F,t@example.org,2025-01-01,Nowhere,
,F,none@example.org,2025-01-01,Rome,
E
cat >tickets.csv <<'E'
no,id,opened,closed,csat,status
1,A,05.03.2025,06.03.2025,4,closed
2,A,01.03.2025,28.02.2025,9,closed
3,Q,01.03.2025,,,open
4,B,07.03.2025,,1,lost
E
printf 'id,day,points,tier\nA,2025-03-01,70,gold\nA,2025-01-01,20,silver\n' >points.csv
printf 'id,name\nP,Plan\n' >plans.csv
values() { # STORE ATTRIBUTE
	cell "$1" "SELECT group_concat(v, ' ') FROM (SELECT r.customer_id || '=' || d.value AS v FROM attribute_now d JOIN raw_customer r USING(customer) WHERE name = '$2' ORDER BY 1)"
}
all() {
	for t in in_customers_feed gender email signup city street last_ticket last_csat ticket_status loyalty_points loyalty_tier; do values "$1" $t; done
}
allow='--set gate.accepted_percent=80'
clv -s a.clv --json $allow import people.csv tickets.csv points.csv plans.csv orders.csv --mapping shop.yaml >a.json
tap_is "feeds, purchases, and what is looked into" "$(grep -o '"status":"[a-z]*"' a.json | sort | uniq -c | tr -d '\n' | tr -s ' ')" \
	' 1 "status":"accepted" 3 "status":"feed" 1 "status":"ignored"'
tap_is "the accounts of a feed hold" \
	"$(cell a.clv "SELECT read_rows || ' ' || kept || ' ' || left_out || ' ' || no_customer FROM raw_feed WHERE entity = 'customers'")" "7 5 1 1"
tap_is "the last row of a customer counts, what it lacks stays" "$(values a.clv city), $(values a.clv street), $(values a.clv gender)" \
	"A=Mainz B=Lyon D=Rome, A=Hill 1 B=Low 2, A=F B=M C=zebra D=F"
tap_is "a feed with days: the latest day" "$(values a.clv loyalty_tier), $(values a.clv last_csat), $(values a.clv last_ticket)" \
	"A=gold, A=4 B=1, A=2025-03-05 B=2025-03-07 Q=2025-03-01"
clv -s b.clv $allow import orders.csv points.csv tickets.csv people.csv --mapping shop.yaml >/dev/null
tap_is "the order of files does not matter" "$(all b.clv)" "$(all a.clv)"
clv -s b.clv $allow import people.csv tickets.csv --mapping shop.yaml >b.txt
tap_is "the same content again changes nothing" "$(grep -c 'known already' b.txt) $(cell b.clv 'SELECT count(*) FROM raw_feed') $(all b.clv | cksum)" \
	"2 3 $(all a.clv | cksum)"
tap_is "validate judges the same, and stores nothing" \
	"$(clv --json $allow validate people.csv tickets.csv points.csv orders.csv --mapping shop.yaml | grep -o '"status":"feed"' | wc -l | tr -d ' ')" 3

clv -s a.clv run >/dev/null 2>&1 # too few customers for a fit: the checks are what is looked at
found() { # ID
	cell a.clv "SELECT verdict || ' ' || hits || ' of ' || total FROM qc_result WHERE check_id = '$1'"
}
says() { # ID WORDS
	cell a.clv "SELECT sentence || examples FROM qc_result WHERE check_id = '$1'" | grep -c "$2"
}
tap_is "purchases of customers whom the feed does not have" \
	"$(found G7-customers) $(says G7-customers 'with 2 rows; 1 of the feed never bought') $(says G7-customers 'X')" "warn 1 of 4 1 1"
tap_is "tickets of somebody unknown" "$(found G7-feeds) $(says G7-feeds 'Q')" "warn 1 of 2 1"
tap_is "values that there are not" "$(found G8-feeds) $(says G8-feeds 'customers.gender 1, support_tickets.csat 1, support_tickets.status 1')" "warn 3 of 11 1"
tap_is "closed before opened" "$(found G9-feeds) $(says G9-feeds 'line 3: 01.03.2025 after 28.02.2025')" "warn 1 of 2 1"
tap_is "bought before they signed up" "$(found G9-signup) $(says G9-signup 'B')" "warn 1 of 3 1"
tap_is "who never bought is counted and has no features; the gate holds" \
	"$(cell a.clv 'SELECT count(*) FROM raw_customer') $(cell a.clv 'SELECT count(*) FROM feat_customer') $(found G3-customers-features)" "6 4 pass 0 of 4"
clv -s none.clv import orders.csv --mapping shop.yaml >/dev/null
clv -s none.clv run >/dev/null 2>&1
tap_is "without feeds their checks are not asked" \
	"$(cell none.clv "SELECT count(*) FROM qc_result WHERE check_id IN ('G7-customers', 'G7-feeds', 'G8-feeds', 'G9-feeds', 'G9-signup')")" 0
printf 'order_id,customer_id,day,amount\n9,D,2025-06-01,9.00\n' >orders2.csv
clv -s a.clv import orders2.csv --mapping shop.yaml >/dev/null
tap_is "purchases that come later are theirs" \
	"$(cell a.clv "SELECT sales || (SELECT value FROM attribute_now d WHERE d.customer = r.customer AND name = 'city') FROM raw_customer r WHERE customer_id = 'D'")" 1Rome
printf 'id,gender,mail,since,city,street\n,F,,,Oslo,\nA,F,,,Oslo,\n' >people2.csv
tap_exit "a feed of which too few rows can be used is refused" 3 "$CLV" --batch --quiet -s a.clv import people2.csv --mapping shop.yaml
tap_is "and leaves nothing" "$(values a.clv city), $(cell a.clv "SELECT count(*) FROM raw_feed WHERE name = 'people2.csv'")" "A=Mainz B=Lyon D=Rome, 0"
clv -s a.clv run >/dev/null 2>&1
printf 'id,gender,mail,since,city,street\nA,F,,,Oslo,\n' >people3.csv
clv -s a.clv import people3.csv --mapping shop.yaml >/dev/null
tap_is "a later feed counts" "$(values a.clv city)" "A=Oslo B=Lyon D=Rome"
tap_is "and the next run knows" "$(clv -s a.clv run --dry-run | grep -c 'features .*raw_customer changed\|features .*import changed')" 1
sed 's/customer_id: id, gender/gender/' shop.yaml >bad.yaml
tap_is "a feed needs its customers" "$(clv -s bad.clv import people.csv orders.csv --mapping bad.yaml 2>&1 | grep -c 'a table of customers needs the column customer_id')" 1
tap_is "the list of feeds" "$(clv -s a.clv --format csv show feeds --columns entity,used,not_usable,odd | sed -n 2p)" "customers,5,1,1"
tap_done
