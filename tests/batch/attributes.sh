# Attributes of customers: columns kept beside the purchases, the last value of each customer, and their types.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

cat >a.csv <<'E'
customer_id,order_date,revenue,Country,Points,Zip Code,since,e-mail
A,2024-01-01,10.00,Germany,5,01234,2023-12-01,anna@example.org
B,2024-01-02,11.00,France,7.5,20099,2023-12-02,
A,2024-03-01,12.00,Austria,,04321,2023-12-03,anna@example.net
A,2024-02-01,13.00,Spain,6,01067,2023-12-04,
C,2024-02-02,14.00,N/A,,,,
E
cat >b.csv <<'E'
customer_id,order_date,revenue,Country,Points,Zip Code,since,e-mail
B,2024-01-01,10.00,Italy,9,1,2023-01-01,
C,2024-05-05,15.00,Poland,12,5,2023-01-02,c@example.org
E
values() { # STORE ATTRIBUTE
	cell "$1" "SELECT group_concat(v, ' ') FROM (SELECT r.customer_id || '=' || d.value AS v FROM attribute_now d JOIN raw_customer r USING(customer) WHERE name = '$2' ORDER BY 1)"
}
kept=Country,points,zip_code,since,e-mail
clv -s no.clv import a.csv >/dev/null
tap_is "nothing is kept unasked" "$(cell no.clv 'SELECT count(*) FROM attribute')" 0
clv -s a.clv import a.csv --attributes "$kept" >a.txt
tap_is "the latest day wins, a missing value overwrites nothing" "$(values a.clv country); $(values a.clv points)" "A=Austria B=France; A=6 B=7.5"
tap_is "and the import says what it keeps" "$(grep -c 'kept of each customer, the last value: country, points, zip_code, since, e_mail' a.txt)" 1
tap_is "types by the whole column; codes with a leading 0 are text" \
	"$(cell a.clv "SELECT group_concat(name || ':' || type || ':' || form || personal, ' ') FROM (SELECT * FROM attribute ORDER BY name)")" \
	"country:text:0 e_mail:text:1 points:number:1234.560 since:day:YYYY-MM-DD0 zip_code:text:0"
tap_is "numbers and days are kept as such" "$(cell a.clv "SELECT sum(number) FROM attribute_now WHERE name = 'points'")" 13.5
clv -s a.clv import b.csv --attributes "$kept" >/dev/null
tap_is "a later file with an earlier day changes nothing, with a later one it does" "$(values a.clv country)" "A=Austria B=France C=Poland"
clv -s ba.clv import b.csv a.csv --attributes "$kept" >/dev/null
all() {
	for t in country points zip_code since e_mail; do values "$1" $t; done
}
tap_is "the order of files does not matter" "$(all ba.clv)" "$(all a.clv)"
printf 'customer_id,order_date,revenue,Country\nZ,2024-06-06,1.00,Chile\nA,2024-06-06,x,Peru\nB,2024-06-06,5.00,Peru\n' >bad.csv
clv -s a.clv import bad.csv --attributes Country >/dev/null 2>&1
tap_is "a refused file leaves nothing" "$(values a.clv country), $(cell a.clv "SELECT count(*) FROM attribute_value WHERE text IN ('Chile', 'Peru')")" \
	"A=Austria B=France C=Poland, 0"
clv -s bad.clv import bad.csv --attributes Country --set gate.accepted_percent=10 >/dev/null
tap_is "a row set aside says nothing yet" "$(values bad.clv country)" "B=Peru Z=Chile"
clv -s bad.clv quarantine fix 1 --by ann --reason typo --text 'A,2024-06-06,2.00,Peru' >/dev/null
tap_is "it does when it is taken in" "$(values bad.clv country)" "A=Peru B=Peru Z=Chile"
tap_exit "a column that is asked for must be there" 2 "$CLV" --batch -s x.clv import a.csv --attributes Countri
printf 'import:\n  attributes: [Country, Segment]\n' >clv.yaml
clv -s set.clv import a.csv >set.txt
tap_is "a setting takes what there is, and says what is not" "$(values set.clv country), $(grep -c 'to be kept of customers: Segment' set.txt)" \
	"A=Austria B=France, 1"
rm clv.yaml

cat >m.yaml <<'E'
source: shop
tables:
  - file: "*"
    key: [customer_id, order_ts]
    attributes: { Land: Country | upper, points: Points }
    columns: { customer_id: customer_id, order_ts: order_date, line_revenue: revenue }
E
clv -s m.clv import a.csv --mapping m.yaml >/dev/null
tap_is "a mapping names attributes by expressions" "$(values m.clv land)" "A=AUSTRIA B=FRANCE"
sed 's/,Austria,,/,Austria,88,/' a.csv >a2.csv
clv -s m.clv import a2.csv --mapping m.yaml >/dev/null
tap_is "rows known by their key still say what they say" "$(values m.clv points), $(cell m.clv 'SELECT sum(accepted) FROM raw_file')" "A=88 B=7.5, 5"
sed 's/attributes:/atributes:/' m.yaml >typo.yaml
tap_is "a mistyped entry names the nearest" "$(clv validate a.csv --mapping typo.yaml 2>&1 | grep -c 'did you mean attributes')" 1
tap_done
