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
