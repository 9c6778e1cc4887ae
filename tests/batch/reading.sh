# What can be read: packed files, standard input, folders of both; and what is said where a library is missing.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

{ echo $header; good_rows 100; } >plain.csv
state() { # STORE
	cell "$1" 'SELECT group_concat(customer_id || first_day || total_minor) FROM raw_customer'
}
clv -s plain.clv import plain.csv >/dev/null
want=$(state plain.clv)
tap_exit "standard input" 0 sh -c "'$CLV' --batch --quiet -s in.clv import - <plain.csv"
tap_is "the same purchases" "$(state in.clv)" "$want"
tap_exit "an empty standard input" 3 sh -c "'$CLV' --batch validate - </dev/null"
packed() { # TOOL END LIBRARY PACKAGE
	if ! command -v "$1" >/dev/null; then
		tap_skip "$2" "$1 is not there"
		return
	fi
	"$1" -c <plain.csv >p.csv$2
	if clv --version | grep -q "^ .*$3 [0-9]"; then
		clv --json -s p$2.clv import p.csv$2 >p.json
		tap_is "$2: the same purchases" "$(state p$2.clv)" "$want"
		tap_is "$2: the content is known by what is inside" "$(clv --json -s p$2.clv import plain.csv | first_of known)" true
		head -c 200 p.csv$2 >cut$2
		tap_exit "$2: cut off" 3 "$CLV" --batch -s p$2.clv import cut$2
		tap_exit "$2: from standard input" 0 sh -c "'$CLV' --batch validate - <p.csv$2"
		{ echo $header; yes 'G0001,2025-01-01,10.00' | head -n 5000000; } | "$1" -c >bomb$2
		tap_exit "$2: more than the ratio allows" 3 "$CLV" --batch validate bomb$2 --set import.max_ratio=20
	else
		tap_exit "$2: without the library it is refused by name" 2 "$CLV" --batch validate p.csv$2
		tap_is "and the package is named" "$("$CLV" --batch validate p.csv$2 2>&1 | grep -c "$4")" 1
	fi
}
packed gzip .gz zlib zlib1g-dev
packed zstd .zst libzstd libzstd-dev
mkdir day
{ echo $header; good_rows 60; } >day/b.csv
{ echo $header; good_rows 90 | sed 's/^G/H/'; } >day/a.csv
clv --json validate day >day.json
tap_is "a folder is one batch, in the order of names" "$(grep -o '"file":"[^"]*"' day.json | tr '\n' ' ')" '"file":"day/a.csv" "file":"day/b.csv" '
tap_is "a pattern, too" "$(clv --json validate 'day/*.csv' | grep -o '"file"' | wc -l | tr -d ' ')" 2
printf 'client,when,Price,Qty,Total\nA,01/02/2025,2.5,2,5.0\nB,03/04/2025,1,3,9.5\n' >ways.csv
tap_exit "two readings stop an import" 2 "$CLV" --batch validate ways.csv
tap_exit "and are only told by a look" 0 "$CLV" --batch look ways.csv
tap_is "each with the options that choose it" "$(clv look ways.csv | grep -c -e '--amount 5' -e '--quantity 4 --price 3' -e '--date-format MM/DD/YYYY')" 3
tap_exit "which settle it" 0 "$CLV" --batch validate ways.csv --amount 5 --date-format MM/DD/YYYY
tap_exit "a look at what is not there" 9 "$CLV" --batch look nowhere.csv
tap_exit "a zone that is none" 2 "$CLV" --batch validate plain.csv --zone Mars/Base
tap_exit "a form of numbers that is none" 2 "$CLV" --batch validate plain.csv --numbers 1-2
tap_exit "a quote that is none" 2 "$CLV" --batch validate plain.csv --quote xy
tap_exit "lines that are none" 2 "$CLV" --batch validate plain.csv --skip-lines many
tap_done
