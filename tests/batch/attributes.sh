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
tap_is "of a file that is known nothing more is kept, and that is told" "$(clv -s no.clv import a.csv --attributes "$kept" |
	grep -c "attributes none (now 'country, e_mail, points, since, zip_code')")$(clv -s a.clv import a.csv --attributes "$kept" | grep -c 'differ')" 10
sed 's/Points/1/' a.csv >numbers.csv
clv -s number.clv import numbers.csv >/dev/null
tap_is "a column called like a number is not taken for that column" "$(clv -s number.clv import numbers.csv --negative refund 2>&1 | grep -c "customer 'customer_id'")" 0
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
printf "customer_id,order_date,revenue,2023 points,Gr\303\266\303\237e,x'; DROP TABLE attribute; --\nA,2024-01-01,1,5,XL,v\n" >odd.csv
clv -s odd.clv import odd.csv --attributes "4,5,6" >/dev/null
tap_is "odd names of columns make plain names" "$(cell odd.clv "SELECT group_concat(name, ' ') FROM attribute")" "_2023_points gr$(printf '\303\266\303\237')e x_drop_table_attribute"
sed 's/attributes:/atributes:/' m.yaml >typo.yaml
tap_is "a mistyped entry names the nearest" "$(clv validate a.csv --mapping typo.yaml 2>&1 | grep -c 'did you mean attributes')" 1

# Reports: filters, sorts, columns, groups.
clv generate --customers 300 --transactions 2500 --seed 4 --out shop >/dev/null
awk -F, 'NR == 1 { print $0 ",Land,Age,first_name,tier"; next } { n = substr($1, 2) % 7; split("DE FR AT ES IT PL", l, " "); print $0 "," l[n] "," 20 + n * 3 ",Ann" n " Smith,t" n % 2 }' shop/transactions.csv >shop.csv
clv -s s.clv import shop.csv --attributes Land,Age,first_name,tier >/dev/null && clv -s s.clv run >/dev/null
rows() {
	clv -s s.clv --format csv show "$@" | sed 1d
}
all=$(rows top_customers --columns rank | wc -l)
de=$(rows top_customers --where "land = 'DE'" --columns rank | wc -l)
tap_is "a filter by an attribute" "$de" "$(cell s.clv "SELECT count(*) FROM attribute_now a JOIN mart_value_rank r USING(customer) WHERE name = 'land' AND value = 'DE'")"
tap_is "its opposite has all others, also those without a value" "$(rows top_customers --where '!land:DE' --columns rank | wc -l)" $((all - de))
tap_is "missing and not missing" "$(rows top_customers --where 'land:?' --columns rank | wc -l) $(rows top_customers --where 'land:!?' --columns rank | wc -l)" \
	"$(cell s.clv "SELECT ((SELECT count(*) FROM mart_value_rank) - n) || ' ' || n FROM (SELECT count(*) AS n FROM attribute_now a JOIN mart_value_rank r USING(customer) WHERE name = 'land')")"
tap_is "numbers compare, columns show them" "$(rows top_customers --where 'age>30 land:(IT,PL) clv>0' --columns age,land | sort -u | tr '\n' ' ')" "35,IT 38,PL "
tap_is "sorting, missing last" "$(rows top_customers --sort -land --columns land | uniq | tr '\n' ' ')" "PL IT FR ES DE AT  "
tap_is "a report with no list of views, too" "$(rows at_risk --where 'land=FR age=26' --columns land --limit 1) $(rows save_list --where 'land:AT' --columns land --limit 1)" "FR AT"
tap_is "what the report has itself goes first" "$(rows top_customers --where 'tier~Top tier_attribute:t1' --columns tier_attribute | sort -u)" t1
tap_is "and is not made ambiguous" "$(clv -s s.clv show top_customers --where 'l:DE' --limit 1 2>&1 | grep -c 'land')" 0
tap_is "unnamed, they are not shown" "$(clv -s s.clv --format csv show top_customers --limit 1 | head -n 1 | tr ',' '\n' | grep -c -e land -e age)" 0
tap_is "a mistyped one names the nearest" "$(clv -s s.clv show top_customers --where 'lend=DE' 2>&1 | grep -c 'did you mean land')" 1
tap_exit "an open quote is no empty success" 2 "$CLV" --batch -s s.clv show top_customers --where "land = 'DE"
tap_is "names of people are masked in tables" "$(clv -s s.clv --format table show top_customers --where 'first_name:"Ann1 Smith"' --columns first_name --limit 1 | tail -n 1 | tr -d ' ')" "A***S***"
tap_is "and not in files" "$(rows top_customers --where 'first_name:"Ann1 Smith"' --columns first_name --limit 1)" "Ann1 Smith"
tap_is "groups: every customer once, money adds up" "$(clv -s s.clv --format csv show attribute land >g.csv; awk -F, 'NR > 1 { n += $2; c += $8 } END { printf "%d %.2f", n, c }' g.csv)" \
	"$(cell s.clv "SELECT count(*) || printf(' %.2f', sum(clv)) FROM mart_value_score")"
tap_is "names of people are one group" "$(rows attribute first_name --columns value | tr '\n' ' ')" "(known) "
tap_exit "an attribute that is not there" 2 "$CLV" --batch -s s.clv show attribute lnad
tap_is "the list of them" "$(rows attributes --columns name,type,customers,distinct | head -n 2 | tr '\n' ' ')" "$(cell s.clv "SELECT group_concat(name || ',' || type || ',' || n || ',' || d, ' ') FROM (SELECT name, type, count(*) n, count(DISTINCT value) d FROM attribute_now WHERE name IN ('land', 'age') GROUP BY name ORDER BY name DESC)" | tr -d '"') "
tap_is "how many customers have which value" "$(rows attribute_values --where 'attribute=age' --columns value,customers | sort | tr '\n' ' ')" \
	"$(cell s.clv "SELECT group_concat(v || ',' || n, ' ') FROM (SELECT value v, count(*) n FROM attribute_now WHERE name = 'age' GROUP BY value ORDER BY value)" | tr -d '"') "
tap_is "each line names the filter that finds them" "$(rows top_customers --where "$(rows attribute_values --where 'attribute=land value=AT' --columns filter | sed 's/^"//; s/"$//; s/""/"/g')" --columns land | sort -u)" AT
tap_exit "export with columns" 0 "$CLV" --batch --quiet -s s.clv export kept --columns land,age
tap_is "a row a customer, in the order asked for" "$(head -n 1 kept/clv_customer_attributes.csv) $(sed 1d kept/clv_customer_attributes.csv | wc -l)" \
	"customer_id,land,age $(cell s.clv 'SELECT count(*) FROM mart_value_rank')"
tap_is "each has its own" "$(sed 1d kept/clv_customer_attributes.csv | awk -F, '$2 != "" || $3 != ""' | LC_ALL=C sort | cksum)" \
	"$(clv -s s.clv --format csv sql "SELECT customer_id, max(value) FILTER (WHERE name = 'land'), max(value) FILTER (WHERE name = 'age') FROM attribute_now a JOIN mart_value_rank r USING(customer) JOIN raw_customer c USING(customer) WHERE name IN ('land', 'age') GROUP BY 1" | sed 1d | LC_ALL=C sort | cksum)"
tap_is "the manifest has it" "$(grep -c '"name": *"clv_customer_attributes.csv"' kept/manifest.json)" 1
clv -s s.clv export kept --columns all >/dev/null
tap_is "all are all but names of people" "$(head -n 1 kept/clv_customer_attributes.csv | tr ',' '\n' | grep -c -e first_name -e land -e age)" 2
tap_exit "a column that is not kept" 2 "$CLV" --batch --quiet -s s.clv export kept --columns lend
tap_is "names the nearest" "$(clv -s s.clv export kept --columns lend 2>&1 | grep -c 'CMD-152\|did you mean land')" 2
printf 'customer_id,order_date,revenue,cell\n' >cells.csv
good_rows 300 | sed 's/$/,=1+1/' >>cells.csv
clv -s cells.clv import --attributes cell cells.csv >/dev/null
clv -s cells.clv run >/dev/null
clv -s cells.clv export kept --columns cell >/dev/null
tap_is "what a spreadsheet would run is neutralised" "$(grep -c ",'=1+1\$" kept/clv_customer_attributes.csv)" "$(sed 1d kept/clv_customer_attributes.csv | wc -l)"
clv -s cells.clv export kept --raw --columns cell >/dev/null
tap_is "unless asked for raw" "$(grep -c ",=1+1\$" kept/clv_customer_attributes.csv)" "$(sed 1d kept/clv_customer_attributes.csv | wc -l)"
tap_is "bars of them stand in the Clusters pane" "$("$CLV" --batch --quiet -s s.clv --snapshot clusters --size 120x40 | grep -c 'Attributes: who has which value\|land  *[A-Z][A-Z] .*█')" 7
tap_is "not where none is kept" "$(clv -s s0.clv import shop/transactions.csv >/dev/null; clv -s s0.clv run >/dev/null; clv -s s0.clv --snapshot clusters --size 120x40 | grep -c Attributes)" 0
if command -v sqlite3 >/dev/null; then
	cp a.clv torn.clv
	sqlite3 torn.clv "UPDATE customer_attribute SET value = 999999999 WHERE attribute = 1"
	sed 's/2024/2025/' b.csv >later.csv
	tap_exit "a cell whose value is in no dictionary is damage" 8 "$CLV" --batch --quiet -s torn.clv import later.csv --attributes "$kept"
else
	tap_skip "a cell whose value is in no dictionary is damage" "no sqlite3"
fi
tap_done
