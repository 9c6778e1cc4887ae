# Every hostile file of the reference folder, against its expected counts and what must become of it: the same in four locales and three
# time zones. Skipped where the folder is not there.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW
bad=$reference/bad-csv

if [ ! -f "$bad/expected.csv" ]; then
	tap_skip "hostile files" "the reference data are not there"
	tap_done
	exit 0
fi
bad=$(cd "$bad" && pwd)

# One line a file: name, read, accepted, quarantined, duplicate, blank, status, code of the error.
summary() { # JSON-FILE
	sed 's/{"file":/\
{"file":/g' "$1" | awk '
		function value(key,    at, s) {
			at = index($0, "\"" key "\":")
			if (!at)
				return "-"
			s = substr($0, at + length(key) + 3)
			sub(/^"/, "", s)
			sub(/[",}].*/, "", s)
			return s == "" ? "-" : s
		}
		/^\{"file":/ {
			name = value("file")
			sub(/.*\//, "", name)
			print name, value("read"), value("accepted"), value("quarantined"), value("duplicate"), value("blank"), value("status"), value("code")
		}'
}
judge() { # FILE OPTIONS... : its summary without the name
	file=$1
	shift
	clv --json validate "$bad/$file" "$@" >one.json 2>one.err
	summary one.json | sed 's/^[^ ]* //'
}

(cd "$bad" && ls ./*.csv ./*.txt ./*.json) | sed 's/^..//' | grep -v -e '^expected.csv$' -e '^LICENCES.txt$' >names
set --
while read -r name; do set -- "$@" "$bad/$name"; done <names
clv --json validate "$@" >all.json 2>all.err
tap_is "a hostile file ends nothing: exit 3 for all of them" $? 3
summary all.json >first
tap_is "every file has its answer" "$(wc -l <first | tr -d ' ')" "$(wc -l <names | tr -d ' ')"
tap_is "no control byte on any output" "$(cat all.json all.err | LC_ALL=C tr -d '\n\t\040-\176\200-\377' | wc -c | tr -d ' ')" 0
tap_is "every record is accounted for" "$(awk '$2 != "-" && $2 != $3 + $4 + $5 + $6' first)" ""
for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
	for zone in UTC America/New_York Asia/Tokyo; do
		LC_ALL=$locale TZ=$zone clv --json validate "$@" >again.json 2>/dev/null
		summary again.json >again
		if cmp -s first again; then tap_ok "$locale, $zone: the same"; else tap_fail "$locale, $zone: the same" "$(diff first again | head)"; fi
	done
done

# Counts where they are given. A file that is refused before its rows are read accepts none; blank lines are no records; duplicates are set apart.
counts() {
	awk -F'|' 'NR == FNR { split($0, v, " "); read[v[1]] = v[2]; ok[v[1]] = v[3]; bad[v[1]] = v[4]; dup[v[1]] = v[5]; blank[v[1]] = v[6]; next }
		$4 != "" || $5 != "" {
			if (read[$1] == "-") { if ($4 + 0 > 0) print $1 ": refused"; next }
			if (read[$1] - blank[$1] != $3) print $1 ": records " read[$1] - blank[$1] " not " $3
			if ($4 != "" && ok[$1] != $4) print $1 ": accepted " ok[$1] " not " $4
			if ($5 != "" && bad[$1] + dup[$1] != $5) print $1 ": set aside " bad[$1] + dup[$1] " not " $5
		}' first expected
}
awk '{ line = ""; quoted = 0
	for (i = 1; i <= length($0); i++) {
		c = substr($0, i, 1)
		if (c == "\"") quoted = !quoted
		else line = line (c == "," && !quoted ? "|" : c)
	}
	if (NR > 1) print line }' "$bad/expected.csv" | grep -v '^own-cp1252' >expected
tap_is "the counts that are given" "$(counts)" ""

# What must become of the others.
tap_is "Windows-1252: refused and offered" "$(judge own-cp1252.csv) $(grep -c -e '--encoding windows-1252' one.err)" "4 3 1 0 0 refused - 1"
tap_is "Windows-1252: declared" "$(judge own-cp1252.csv --encoding windows-1252)" "4 4 0 0 0 accepted -"
tap_is "Windows-1252: found when asked to" "$(judge own-cp1252.csv --encoding auto)" "4 4 0 0 0 accepted -"
tap_is "gzip under another name is read" "$(judge own-gzip-named.csv)" "5 5 0 0 0 accepted -"
head -c 150 "$bad/own-gzip-named.csv" >cut.csv
tap_exit "a cut stream fails whole" 3 "$CLV" --batch validate cut.csv
tap_is "serials are never guessed" "$(judge own-excel-serial.csv | cut -d' ' -f7)" CSV-109
tap_is "serials declared" "$(judge own-excel-serial.csv --date-format excel)" "5 2 3 0 0 refused -"
tap_is "their days" "$(grep -o '"first_day":"[^"]*","last_day":"[^"]*"' one.json)" ""
tap_is "two orders of dates, both named" "$(judge own-dates-ambiguous.csv | cut -d' ' -f7) $(grep -c 'DD/MM/YYYY and MM/DD/YYYY' one.json)" "CSV-108 1"
tap_is "rows that contradict each other" "$(judge own-dates-conflict.csv | cut -d' ' -f7) $(grep -c 'line 2.*line 3' one.json)" "CSV-108 1"
tap_is "one of seven formats, declared" "$(judge own-dates-mixed.csv --date-format YYYY-MM-DD | cut -d' ' -f1-3)" "7 2 5"
tap_is "offsets count as days of UTC" "$(judge own-dst-tz.csv | cut -d' ' -f1-2) $(grep -c 'calendar day in UTC' one.json)" "6 6 1"
tap_is "the last of them is 2012-01-01 there" "$(grep -o '"last_day":"[^"]*"' one.json)" '"last_day":"2012-01-01"'
judge own-dst-tz.csv --zone as-written >/dev/null
tap_is "and 2011-12-31 as written" "$(grep -o '"last_day":"[^"]*"' one.json)" '"last_day":"2011-12-31"'
if [ -f /usr/share/zoneinfo/Europe/London ]; then
	judge own-dst-tz.csv --zone Europe/London >/dev/null
	tap_is "a gap and a fold of the zone are told" "$(grep -c '1 times are left out .* 1 are there twice' one.json)" 1
else
	tap_skip "a gap and a fold of the zone are told" "no zone database"
fi
tap_is "negatives in four forms" "$(judge own-negatives.csv)" "5 5 0 0 0 accepted -"
tap_is "their sum: -25 - 37.50 - 50 - 62.50 + 75" "$(grep -o '"revenue":[^,]*' one.json)" '"revenue":-100.0'
tap_is "blanks between thousands: never 1" "$(judge own-thousands-space.csv)" "4 0 4 0 0 refused -"
tap_is "blanks declared" "$(judge own-thousands-space.csv --numbers '1 234.56')" "4 3 1 0 0 refused -"
tap_is "apostrophes declared" "$(judge own-thousands-space.csv --numbers "1'234.56")" "4 1 3 0 0 refused -"
tap_is "a comma behind the default quote" "$(judge own-quote-apostrophe.csv)" "3 1 2 0 0 refused -"
tap_is "the quote declared" "$(judge own-quote-apostrophe.csv --quote "'")" "3 3 0 0 0 accepted -"
tap_is "title lines, and a line of totals" "$(judge own-preamble-total.csv) $(grep -o '"total-row":1' one.json)" '5 4 1 0 0 refused - "total-row":1'
tap_is "the same with --skip-lines" "$(judge own-preamble-total.csv --skip-lines 2)" "5 4 1 0 0 refused -"
tap_is "one currency a column" "$(judge own-currency.csv | cut -d' ' -f1-3) $(grep -o '"mixed-currency":3' one.json)" '6 2 4 "mixed-currency":3'
tap_is "hostile numbers" "$(judge own-numbers-hostile.csv | cut -d' ' -f1-3)" "10 3 7"
tap_is "two forms of one letter are told" "$(judge own-nfc-nfd.csv >/dev/null; grep -c 'combining marks' one.json)" 1
tap_is "forms of one id are told and not joined" "$(judge own-id-forms.csv | cut -d' ' -f1-2) $(grep -o '"customers":[0-9]*' one.json) $(grep -c 'like 17850.0' one.json)" '8 8 "customers":6 1'
tap_is "the LFS pointer is named" "$(judge own-lfs-pointer.csv | cut -d' ' -f7) $(grep -c 'Git LFS' one.json)" "CSV-105 1"
tap_is "HTML is named" "$(judge own-html-error.csv | cut -d' ' -f7)" CSV-105
tap_is "a workbook is named" "$(judge own-xlsx-named.csv | cut -d' ' -f7) $(grep -c xlsx one.json)" "CSV-105 1"
tap_is "3,007 columns: the limit in numbers" "$(judge own-wide-header.csv | cut -d' ' -f7) $(grep -c '2000 are the limit' one.json)" "CSV-116 1"
tap_is "an unclosed quote: its line, no row lost" "$(judge own-unterminated.csv) $(grep -o '"unclosed-quote":1' one.json)" '6 5 1 0 0 refused - "unclosed-quote":1'
tap_is "a long field, whole" "$(judge own-huge-field.csv)" "3 3 0 0 0 accepted -"
tap_is "a long field beyond the limit" "$(judge own-huge-field.csv --set import.max_field=1000 | cut -d' ' -f1-3)" "3 2 1"
tap_is "invalid UTF-8 in a header: the byte" "$(judge duckdb-test-invalid_utf_header.csv | cut -d' ' -f7) $(grep -c 'offset 15' one.json)" "CSV-115 1"
tap_is "a header name twelve times" "$(judge duckdb-auto-duplicate_header_columns.csv --customer a --date a | cut -d' ' -f7)" CSV-104
tap_is "no header row is eaten" "$(judge datatable-quoted_no_header.csv | cut -d' ' -f7)" CSV-103
clv -s t.clv import "$bad/own-clean.csv" >/dev/null
tap_is "the same file again" "$(clv --json -s t.clv import "$bad/own-clean.csv" | first_of known)" true
tap_done
