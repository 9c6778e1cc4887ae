# Whole files: their columns are held against those of the file before, or the contract; one that fails is set aside, and runs wait for a person.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

# ROWS rows of customers numbered from FIRST on, each row behind sed's SCRIPT.
rows() { # ROWS FIRST [SCRIPT]
	awk -v n="$1" -v s="$2" 'BEGIN { for (i = 0; i < n; i++) printf "G%04d,2025-%02d-%02d,%d.50\n", s + i / 3, 1 + i % 3 * 4, 1 + i % 27, 10 + i % 17 }' | sed "${3:-}"
}

file() { # NAME HEADER ROWS FIRST [SCRIPT]
	{
		echo "$2"
		rows "$3" "$4" "${5:-}"
	} >"$1"
}

status_of() { # STORE NAME
	cell "$1" "SELECT status FROM raw_file WHERE name LIKE '%$2'"
}

# codes of the differences of an import's only file, and whether each stops
kinds() { # OPTIONS FILE
	"$CLV" --batch --quiet --json -s t.clv "$@" 2>/dev/null | grep -o '"kind":"[a-z-]*"\|"stops":[a-z]*' | sed 's/"kind":"column-//; s/"stops":true/!/; s/"stops":false/./; s/"//g' | tr -d '\n'
}

# --- each kind of difference under each policy ---------------------------------------------------
file base.csv "$header,note" 60 0 's/$/x/'
try() { # WHAT STRICT ADDITIVE LENIENT FILE
	for policy in strict additive lenient; do
		case $policy in strict) want=$2 ;; additive) want=$3 ;; *) want=$4 ;; esac
		rm -f t.clv
		clv -s t.clv import base.csv >/dev/null
		tap_is "$1, $policy" "$(kinds --set import.columns=$policy import "$5")" "$want"
	done
}
file base-1.csv "$header,note,channel" 60 100 's/$/,x,web/'
file base-2.csv "$header" 60 100
file base-3.csv "$header,notes" 60 100 's/$/,x/'
file base-4.csv "customer_id,order_date,note" 60 100 's/,[0-9.]*$/,x/'
file base-5.csv "$header,note" 60 100 's/$/,12/'
file base-6.csv "customer_id,order_date,note,revenue" 60 100 's/,\([0-9.]*\)$/,x,\1/'
file base-7.csv "customer_id,order_date,total,note" 60 100 's/$/,x/'
file base-8.csv "$header,note" 60 100 's/-\([0-9]*\)-\([0-9]*\),\(.*\)/-\1-\2,\3,x/; s/2025-\([0-9]*\)-\([0-9]*\)/\2.\1.2025/'
sed -i 's/x$/,x/' base.csv
try "a new column" 'new!' new. new. base-1.csv
try "a column that nobody needs is missing" 'missing!' 'missing!' missing. base-2.csv
try "a column has another name" 'renamed!' 'renamed!' renamed. base-3.csv
try "the amount is missing" 'missing!' 'missing!' 'missing!' base-4.csv
try "numbers where text was" 'type!' 'type!' type. base-5.csv
try "another order" order. order. order. base-6.csv
try "the amount has another name and is found" 'renamed!' 'renamed!' renamed. base-7.csv
try "dates are written otherwise" 'form!' form. form. base-8.csv

rm -f t.clv
clv -s t.clv import base.csv >/dev/null
tap_is "the same columns" "$(kinds import base.csv; file more.csv "$header,note" 30 200 's/$/,x/'; kinds --set import.columns=strict import more.csv)" ""
file shop.csv "client,day,total" 30 300
tap_is "another source is not compared" "$(kinds --set import.columns=strict import shop.csv)" ""
file base-9.csv "customer_id,order_date,revenue,note,total" 60 100 's/\(,[0-9.]*\)$/\1,x\1/'
tap_is "the amount is read from another column, and nobody said so" "$(kinds import --amount 5 base-9.csv)" 'role!new.'
rm -f t.clv
clv -s t.clv import base.csv >/dev/null
tap_is "the same, named by a person" "$(kinds import --amount total base-9.csv)" 'role.new.'

# --- set aside, and what waits -------------------------------------------------------------------
file orders-1.csv "$header" 300 0
file orders-2.csv "customer_id,order_date,notes" 90 400 's/,[0-9.]*$/,fine/'
tap_exit "a first file" 0 "$CLV" --batch --quiet -s s.clv run orders-1.csv
live=$(cell s.clv 'SELECT run_id FROM run_live')
tap_exit "a file without the amount is refused" 3 "$CLV" --batch -s s.clv run orders-2.csv
tap_is "its record" "$(status_of s.clv orders-2.csv)" aside
tap_is "its entry in the chain says why" "$(cell s.clv "SELECT json_extract(payload, '\$.why') FROM audit_entry WHERE kind = 'import' AND json_extract(payload, '\$.status') = 'aside'")" \
	"'revenue' is missing: amount was read from it"
tap_is "with reasons, digest and path" "$(cell s.clv "SELECT reasons || ' ' || (digest = (SELECT digest FROM raw_file WHERE status = 'aside')) || ' ' || (path LIKE '/%orders-2.csv') || ' ' || coalesce(copy, 'none') FROM quar_file")" \
	"column-missing 1 1 none"
tap_is "expected against found" "$(cell s.clv "SELECT json_extract(expected, '\$[2].name') || ' ' || json_extract(expected, '\$[2].role') || ' ' || json_extract(found, '\$[2].name') FROM quar_file")" \
	"revenue amount notes"
tap_is "no row of it counts" "$(cell s.clv "SELECT count(*) FROM raw_customer WHERE customer_id > 'G0399'")" 0
tap_exit "a run waits" 3 "$CLV" --batch -s s.clv run
tap_is "and says for what" "$("$CLV" --batch -s s.clv run 2>&1 | grep -c "GATE-132\|orders-2.csv\|'revenue' is missing\|quarantine release --file 2")" 4
tap_is "the live run did not move" "$(cell s.clv 'SELECT run_id FROM run_live')" "$live"
tap_exit "a dry run is not stopped" 0 "$CLV" --batch -s s.clv run --dry-run
tap_is "a fit does not wait, and says what it is without" "$(clv -s s.clv fit bgnbd | grep -c 'note: without orders-2.csv, which is set aside whole')" 1
tap_is "so does its json" "$(clv -s s.clv --json fit bgnbd | grep -c '"waiting":\[{"file_id":2')" 1
tap_exit "the same file again" 3 "$CLV" --batch -s s.clv import orders-2.csv
tap_is "adds no second record" "$(cell s.clv 'SELECT count(*) FROM raw_file')" 2
tap_is "quarantine list names it" "$(clv -s s.clv --format table quarantine list | grep -c '^file 2, orders-2.csv, is set aside whole')" 1
tap_is "also as a row" "$(clv -s s.clv --format csv quarantine list | grep -c "orders-2.csv,.*column-missing,aside")" 1
tap_is "also as JSON" "$(clv -s s.clv --json quarantine list | grep -c '"files":\[{"file_id":2')" 1
tap_is "show has both lists of columns" "$(clv -s s.clv quarantine show --file 2 | grep -c 'expected .*revenue (amount, number)\|found .*notes')" 2
tap_exit "a file that is as expected goes in meanwhile" 0 "$CLV" --batch --quiet -s s.clv import more.csv
tap_exit "runs wait all the same" 3 "$CLV" --batch --quiet -s s.clv run

# --- on what was accepted, said by a person ------------------------------------------------------
tap_exit "without a name" 6 "$CLV" --batch -s s.clv run --accepted-only
tap_exit "with name and reason" 0 "$CLV" --batch --quiet -s s.clv run --accepted-only --by Ada --reason "month end, the shop mends the export"
tap_is "it is in the chain" "$(cell s.clv "SELECT actor || ' ' || json_extract(payload, '\$.why') || ' ' || json_extract(payload, '\$.files[0].file_id') FROM audit_entry WHERE json_extract(payload, '\$.action') LIKE 'run without%'")" \
	'"Ada month end, the shop mends the export 2"'
tap_exit "also where the file is among those given" 0 "$CLV" --batch --quiet -s s.clv run --accepted-only --by Ada --reason "the same" orders-2.csv
tap_exit "the next run waits again" 3 "$CLV" --batch --quiet -s s.clv run

# --- the ways out --------------------------------------------------------------------------------
tap_exit "retry shows that it would not pass" 3 "$CLV" --batch -s s.clv quarantine retry --file 2 --dry-run
tap_exit "release goes through the same gate" 3 "$CLV" --batch -s s.clv quarantine release --file 2 --by Ada --reason "please"
tap_is "nothing changed" "$(status_of s.clv orders-2.csv) $(cell s.clv 'SELECT state FROM quar_file')" "aside aside"
tap_exit "no decision without a name" 6 "$CLV" --batch -s s.clv quarantine discard --file 2
tap_exit "discard" 0 "$CLV" --batch --quiet -s s.clv quarantine discard --file 2 --by Ada --reason "sent by mistake"
tap_is "its record says so" "$(status_of s.clv orders-2.csv) $(cell s.clv "SELECT by_name || ': ' || why FROM quar_file")" "discarded Ada: sent by mistake"
tap_exit "runs go on" 0 "$CLV" --batch --quiet -s s.clv run
tap_exit "the same content is passed over" 0 "$CLV" --batch --quiet -s s.clv run orders-2.csv
tap_is "the chain is sound" "$(clv -s s.clv --json audit verify | first_of verdict)" sound
tap_exit "a number that is no such file" 2 "$CLV" --batch -s s.clv quarantine show --file 1

file orders-3.csv "$header,channel" 90 500 's/$/,web/'
tap_exit "a new column under strict" 3 "$CLV" --batch --quiet -s s.clv --set import.columns=strict import orders-3.csv
aside=$(cell s.clv "SELECT max(file_id) FROM quar_file")
tap_exit "the policy changed: it would pass" 0 "$CLV" --batch --quiet -s s.clv quarantine retry --file "$aside" --dry-run
tap_is "and nothing was changed" "$(status_of s.clv orders-3.csv)" aside
tap_exit "release" 0 "$CLV" --batch --quiet -s s.clv quarantine release --file "$aside" --by Ada --reason "the shop added a column"
tap_is "its rows are in, under one record" "$(cell s.clv "SELECT group_concat(status || ' ' || accepted) FROM raw_file WHERE name LIKE '%orders-3.csv'")" "accepted 90"
tap_is "the decision is kept" "$(cell s.clv "SELECT f.state || ' ' || f.by_name || ' ' || (f.released_as = r.file_id) FROM quar_file f JOIN raw_file r ON r.name LIKE '%orders-3.csv' WHERE f.file_id = $aside")" "released Ada 1"
tap_exit "runs go on with it" 0 "$CLV" --batch --quiet -s s.clv run
tap_exit "a second decision is refused" 3 "$CLV" --batch -s s.clv quarantine discard --file "$aside" --by Ada --reason "again"

# --- released by another mapping, and bytes that changed -----------------------------------------
cat >shop.yaml <<'YAML'
source: shop
tables:
  - file: "shop-*.csv"
    columns:
      customer_id: customer_id
      order_ts: order_date
      line_revenue: revenue
YAML
sed 's/revenue$/net/' shop.yaml >shop-2.yaml
file shop-1.csv "$header" 60 0
file shop-2.csv "customer_id,order_date,net" 60 100
tap_exit "by a mapping" 0 "$CLV" --batch --quiet -s m.clv import --mapping shop.yaml shop-1.csv
tap_exit "whose column is gone" 3 "$CLV" --batch --quiet -s m.clv import --mapping shop.yaml shop-2.csv
tap_is "the file is set aside, not the import lost" "$(status_of m.clv shop-2.csv) $(cell m.clv 'SELECT reasons FROM quar_file')" "aside column-missing;column-unread"
tap_exit "the mended mapping takes it in" 0 "$CLV" --batch --quiet -s m.clv quarantine release --file 2 --mapping shop-2.yaml --by Ada --reason "net is the amount now"
tap_is "all of it" "$(cell m.clv "SELECT sum(accepted) FROM raw_file WHERE status = 'accepted'")" 120
file shop-3.csv "customer_id,order_date" 60 200 's/,[0-9.]*$//'
"$CLV" --batch --quiet -s m.clv import --mapping shop-2.yaml shop-3.csv >/dev/null 2>&1
echo "G1,2025-01-01" >>shop-3.csv
tap_is "bytes that changed are not released" "$("$CLV" --batch -s m.clv quarantine release --file "$(cell m.clv 'SELECT max(file_id) FROM quar_file')" --mapping shop.yaml --by Ada --reason x 2>&1 | grep -c GATE-135)" 1

# --- copies --------------------------------------------------------------------------------------
cp orders-1.csv c-1.csv
sed 's/,[0-9.]*$/,x/; 1s/.*/customer_id,order_date,note/' orders-2.csv >c-2.csv
clv -s c.clv import c-1.csv >/dev/null
tap_exit "set aside with a copy" 3 "$CLV" --batch --quiet -s c.clv --set import.keep_aside=true import c-2.csv
copy=$(cell c.clv 'SELECT copy FROM quar_file')
tap_ok "the copy has its bytes" cmp -s "$copy" c-2.csv
tap_is "for the owner alone" "$(stat -c %a "$copy")" 600
"$CLV" --batch --quiet -s c.clv import - <base.csv >/dev/null
"$CLV" --batch --quiet -s c.clv import - <base-4.csv >/dev/null 2>&1
tap_is "of standard input there always is one" "$(cmp "$(cell c.clv "SELECT copy FROM quar_file WHERE name = '-'")" base-4.csv && echo same)" same
tap_done
