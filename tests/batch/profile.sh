# Profiles: of files as they came, of what was taken in, and what of people stands on a screen.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

cat >people.csv <<'C'
customer_id,order_date,revenue,E-Mail,Last Name,note
A,2025-01-01,1.50,anna@shop.example,Smith,hello
B,2025-02-02,2.00,bob@shop.example,Jones Miller,
B,2025-02-03,2.00,bob@shop.example,Jones Miller,write to eve@z.example
C,2025-04-13,4.25,,,-
C
printf 'D,2025-04-14,4.25,,,\033[2Jgone\n' >>people.csv

cp people.csv before.csv
clv profile people.csv >people.txt
tap_is "a row a column" "$(grep -c . people.txt)" 8
tap_is "the accounts" "$(head -n 1 people.txt)" "people.csv: 5 rows = 5 profiled + 0 of another shape + 0 blank; 4 months from 2025-01 by order_date"
tap_is "shape, values, missing, different, range" "$(awk '$1 == "revenue" { print $2, $3, $4, $5, $6, $7, $8, $9 }' people.txt)" "amount number 5 0 3 1.5 2 4.25"
tap_is "nothing is stored" "$(ls ./*.clv 2>/dev/null; cmp before.csv people.csv)" ""
tap_is "a terminal cannot be steered" "$(tr -d '\n -~' <people.txt | LC_ALL=C tr -d '\200-\377' | wc -c | tr -d ' ')" 0
tap_is "addresses and names are masked" "$(grep -c 'bob@\|anna@\|eve@\|Smith\|Jones' people.txt)" 0
tap_is "enough is left" "$(grep -o 'b\*\*\*@shop.example 66.7 %' people.txt)" 'b***@shop.example 66.7 %'
tap_is "in JSON, too" "$(clv --json profile people.csv | grep -c 'bob@\|Jones')" 0
tap_is "unless they are asked for" "$(clv --json profile people.csv --unmasked | grep -o '"bob@shop.example","count":2' | head -n 1)" '"bob@shop.example","count":2'
tap_is "look masks" "$(clv look people.csv | grep -c 'bob@\|Jones')" 0
tap_is "unless asked" "$(clv look people.csv --unmasked | grep -c 'Jones Miller')" 1

cp people.csv packed.csv && gzip packed.csv
tap_is "a packed file" "$(clv --json profile packed.csv.gz | first_of profiled)" 5
tap_is "standard input" "$(clv --json profile - <people.csv | first_of profiled)" 5
tap_is "several files" "$(clv --json profile people.csv before.csv | grep -o '"profiled":5' | wc -l | tr -d ' ')" 2
tap_is "two readings are named" "$(printf 'customer,date,amount\nA,01/02/2025,1\n' | clv profile - | grep -c "open: Which comes first in the dates?")" 1
tap_is "a mapping says how the file is read" "$(clv --json profile "$top_srcdir/data/sources/online-retail.csv" --preset online-retail | first_of profiled)" 13
printf '\n\n' >blank.csv
tap_exit "no table" 3 "$CLV" --batch profile blank.csv
tap_exit "no file" 9 "$CLV" --batch profile nowhere.csv
tap_exit "no such option" 2 "$CLV" --batch profile people.csv --unmaskd
tap_is "the same under another locale and zone" "$(LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo clv --json profile people.csv)" "$(LC_ALL=C TZ=UTC clv --json profile people.csv)"

# What was taken in.
{ echo $header; good_rows 300; echo 'x@y.example,2025-13-01,1'; } >log.csv
clv -s p.clv import log.csv >/dev/null
report() { # NAME COLUMN
	clv -s p.clv --format csv show profile --where "name:$1" --columns "$2" | tail -n 1
}
tap_is "customers" "$(report customer shape,rows,missing,distinct,top_rows)" "text,300,0,100,3"
tap_is "days" "$(report day shape,rows,distinct,min,max)" "date,300,$(cell p.clv 'SELECT count(DISTINCT day) FROM raw_transaction'),2025-01-01,2025-09-27"
tap_is "amounts" "$(report amount shape,distinct,min,median,max)" "number,17,10.50,18.50,26.50"
tap_is "file and store agree" "$(report amount min,p05,p25,p75,p95,max)" "$(cell p.clv "SELECT min(a) || ',' || max(CASE WHEN k = 15 THEN a END) || ',' || max(CASE WHEN k = 75 THEN a END) || ',' || max(CASE WHEN k = 225 THEN a END) || ',' || max(CASE WHEN k = 285 THEN a END) || ',' || max(a) FROM (SELECT printf('%.2f', amount_minor / 100.0) AS a, row_number() OVER (ORDER BY amount_minor) AS k FROM raw_transaction)" | tr -d '"')"
clv init -s empty.clv >/dev/null
tap_is "an empty store" "$(clv -s empty.clv --format csv show profile --columns shape | sort -u | tr '\n' ' ')" "empty shape "
# Kept with the import: of the file what profile says of it, of all files what they come to together.
kept() { # STORE FILE NAME COLUMNS
	cell "$1" "SELECT $4 FROM raw_profile WHERE file_id = $2 AND kept = 0 AND name = '$3'" | tr -d '"'
}
of_file() { # FILE COLUMN: count missing distinct shape, as profile FILE has it
	clv --json profile "$1" | tr '{' '\n' | grep -A99 '"name":"'"$2"'"' | tr -d '\n' | grep -o '"\(count\|missing\|distinct\|shape\)":[^,]*' | head -n 4 | sed 's/.*://; s/"//g' | tr '\n' ,
}
clv -s k.clv import people.csv >/dev/null
for c in customer_id order_date revenue E-Mail "Last Name" note; do
	tap_is "import and profile agree: $c" "$(kept k.clv 1 "$c" "shape || ',' || filled || ',' || missing || ',' || different || ','")" "$(of_file people.csv "$c")"
done
tap_is "columns named for people keep no value" "$(kept k.clv 1 E-Mail top)$(kept k.clv 0 'Last Name' top)" "[][]"
tap_is "of addresses in others the screen shows a part" "$(clv -s k.clv --format table show profile | grep -c 'eve@')" 0
printf 'customer_id,order_date,revenue,colour\nA,2025-06-01,8,red\nD,2025-06-02,16,red\nE,2025-08-09,NULL,\n' >more.csv
clv -s k.clv import --set gate.accepted_percent=50 more.csv >/dev/null
tap_is "two files: customers are counted once" "$(clv -s k.clv --format csv show profile --where name:customer --columns rows,distinct,top_rows | tail -n 1)" "7,4,2"
tap_is "two files: values add up" "$(kept k.clv 0 revenue "filled || ' ' || missing || ' ' || different || ' ' || low || ' ' || high || ' ' || mean")" "7 1 5 1.5 16.0 5.42857142857143"
tap_is "two files: months are those of both" "$(kept k.clv 0 revenue months) $(kept k.clv 0 revenue month_rows)" "[1,2,0,2,0,2,0,0] [1,2,0,2,0,2,0,1]"
tap_is "two files: a column that one of them has" "$(kept k.clv 0 colour "filled || ' ' || missing || ' ' || top")" "2 1 [[red,2,1]]"
tap_is "the second alone" "$(clv -s k.clv --format csv show profile --param file=2 --where 'name:revenue' --columns rows,min,max | tail -n 1)" "2,8,16"
tap_is "a column's months" "$(clv -s k.clv --format csv show profile_column --param id=2.0.3 --where part:month --columns label,rows,missing | tail -n +2 | tr '\n' ' ')" "2025-06,2,0 2025-07,0,0 2025-08,0,1 "
clv -s k.clv import more.csv >/dev/null 2>&1
tap_is "known content changes nothing" "$(kept k.clv 0 revenue filled)" 7
printf 'customer_id,order_date,revenue\nA,2025-06-01,8\nD,never,1\nE,never,2\n' >refused.csv
tap_exit "a refused file" 3 "$CLV" --batch -s k.clv import refused.csv
tap_is "has no profile" "$(kept k.clv 0 revenue filled) $(cell k.clv 'SELECT max(file_id) FROM raw_profile')" "7 2"

# Large files: everything is counted, a part is weighed.
awk 'BEGIN { print "customer_id,order_date,revenue,kind"; for (i = 0; i < 60000; i++) printf "C%05d,2025-%02d-01,%d.00,%s\n", i * 7919 % 60000 / 3, 1 + i / 5000, i * 7919 % 60000, i % 10 ? "often" : i % 20 ? "rare" : "" }' >large.csv
clv -s l.clv import large.csv >/dev/null
clv -s l2.clv import large.csv >/dev/null
whole="SELECT group_concat(quote(file_id) || kept || name || filled || missing || different || weighed || coalesce(grid, '') || top || months) FROM raw_profile"
tap_is "the same bytes again" "$(cell l.clv "$whole" | cksum)" "$(cell l2.clv "$whole" | cksum)"
tap_is "every row is counted" "$(kept l.clv 1 kind "filled || ' ' || missing || ' ' || different || ' ' || top")" "57000 3000 2 [[often,54000,1],[rare,3000,1]]"
tap_is "a part is weighed, and says so" "$(kept l.clv 1 revenue 'weighed > 12000 AND weighed < 40000')" 1
tap_is "quantiles are near" "$(kept l.clv 1 revenue 'abs(p05 - 3000) < 900 AND abs(p50 - 30000) < 1500 AND abs(p95 - 57000) < 900')" 1
tap_is "of what was taken in the ends and the mean are exact" "$(cell l.clv "SELECT low || ' ' || high || ' ' || mean FROM raw_profile WHERE file_id = 1 AND kept = 1 AND name = 'amount'" | tr -d '"')" "0.0 59999.0 29999.5"
tap_is "different values are near" "$(kept l.clv 1 revenue 'abs(different - 60000) < 5000 AND different_error > 0')" 1

tap_is "rows set aside are masked in tables" "$(clv -s p.clv --format table quarantine list | grep -c 'x\*\*\*@y.example,2025')" 1
tap_is "unless asked" "$(clv -s p.clv --format table quarantine list --unmasked | grep -c 'x@y.example,2025')" 1
tap_is "and are as they came in CSV" "$(clv -s p.clv --format csv show quarantine | grep -c 'x@y.example,2025')" 1
shown() { # OPTIONS... : rows set aside in the Data pane
	clv -s p.clv "$@" --snapshot data --size 140x40 | grep -c 'x@y.example,2025'
}
tap_is "the workbench masks them" "$(shown)" 0
tap_is "unless it is set otherwise" "$(shown --set screen.unmasked=true)" 1
tap_is "and so does look" "$(clv look people.csv --set screen.unmasked=true | grep -c 'Jones Miller')" 1
tap_done
