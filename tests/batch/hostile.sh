# Bad files: each a clear error or a counted reason; never a crash, a hang, or a control byte from data on the terminal.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

reason() { # CODE : rows with that reason in the last validate
	first_of "$1" <v.json
}
judge() {
	clv --json validate "$@" >v.json 2>e.json
}
with() { # ROWS... : a file of 100 good rows and these
	echo $header
	good_rows 100
	for row; do printf '%b\n' "$row"; done
}

: >empty.csv
tap_exit "an empty file" 3 "$CLV" --batch validate empty.csv
echo $header >header.csv
tap_exit "a header only" 3 "$CLV" --batch validate header.csv
printf 'customer_id,revenue\nA,1\n' >nodate.csv
tap_exit "no date column" 3 "$CLV" --batch validate nodate.csv
printf 'customer_id,order_date,revenue,revenue\nA,2025-01-01,1,2\n' >twice.csv
tap_exit "the amount twice in the header" 2 "$CLV" --batch validate twice.csv
head -c 5000 /dev/urandom >binary.csv
tap_exit "binary" 3 "$CLV" --batch validate binary.csv
mkdir folder.csv
tap_exit "a folder with nothing in it" 9 "$CLV" --batch validate folder.csv
tap_exit "a file that is not there" 9 "$CLV" --batch validate nowhere.csv
if [ "$(id -u)" != 0 ]; then
	with >secret.csv && chmod 0 secret.csv
	tap_exit "unreadable" 9 "$CLV" --batch validate secret.csv
else
	tap_skip "unreadable" "root reads everything"
fi
with 'X,2025-01-01' 'X,2025-01-01,1,2' >ragged.csv
judge ragged.csv
tap_is "ragged rows are set aside" "$(first_of quarantined <v.json)" 2
with 'X,2025-02-30,1' 'X,yesterday,1' >dates.csv
judge dates.csv
tap_is "wrong dates" "$(reason bad-date)" 2
with 'X,2099-01-01,1' >future.csv
judge future.csv
tap_is "a day that has not come" "$(reason future-date)" 1
with 'X,2025-01-01,NaN' 'X,2025-01-01,inf' 'X,2025-01-01,0x10' >nan.csv
judge nan.csv
tap_is "NaN, Inf and hex are no money" "$(reason bad-amount) $(reason missing-amount)" "2 1"
with 'X,2025-01-01,99999999999999999999999' >over.csv
judge over.csv
tap_is "overflow is set aside" "$(first_of quarantined <v.json)" 1
with 'X,2025-01-01,1.005' >decimals.csv
judge decimals.csv
tap_is "more decimals than the store has" "$(first_of quarantined <v.json)" 1
with ',2025-01-01,1' 'NULL,2025-01-01,1' >noid.csv
judge noid.csv
tap_is "missing customers" "$(reason missing-customer)" 2
with 'X\0Y,2025-01-01,1' >nul.csv
judge nul.csv
tap_is "a NUL byte" "$(first_of quarantined <v.json)" 1
with 'X\0377,2025-01-01,1' >utf8.csv
judge utf8.csv
tap_is "invalid UTF-8" "$(first_of quarantined <v.json)" 1
with 'X,2025-01-01,$5.00' 'X,2025-01-01,5.00 EUR' >currencies.csv
judge currencies.csv
tap_is "two currencies are never added up" "$([ "$(first_of quarantined <v.json)" -ge 1 ] && echo yes)" yes
with "$(printf '%s' "$header")" >again.csv
judge again.csv
tap_is "the header again" "$(first_of quarantined <v.json)" 1
with '"X,2025-01-01,1' 'Y,2025-01-02,2' >quote.csv
judge quote.csv
tap_is "an unclosed quote does not swallow the file" "$([ "$(first_of accepted <v.json)" -ge 100 ] && echo yes)" yes
{ with; printf 'X,2025-01-01,"'; head -c 10000000 /dev/zero | tr '\0' x; printf '"\n'; } >huge.csv
judge huge.csv
tap_is "a field of 10 MB" "$(first_of accepted <v.json) $(first_of quarantined <v.json)" "100 1"
with | sed 's/$/\r/' >crlf.csv
judge crlf.csv
tap_is "CRLF" "$(first_of accepted <v.json)" 100
{ printf '\357\273\277'; with; } >bom.csv
judge bom.csv
tap_is "a BOM" "$(first_of accepted <v.json)" 100
{ with; printf 'M\374ller,2025-01-01,5.00\n'; } >latin.csv
judge latin.csv
tap_is "Latin-1 that is not declared" "$(first_of quarantined <v.json)" 1
judge latin.csv --encoding latin-1
tap_is "Latin-1 declared" "$(first_of accepted <v.json)" 101

# Nothing that came from data may steer the terminal.
clv generate --preset tiny --customers 300 --out shop >/dev/null
shop() { # ROWS... : a shop whose model can be fitted, and these
	cat shop/transactions.csv
	for row; do printf '%b\n' "$row"; done
}
shop 'E\0033[2J\0033]0;owned\0007,2025-01-01,5.00' 'C\0302\0233m,2025-01-02,5.00' 'B\0342\0200\0256x,2025-01-02,5.00' '\0033[31mX,bad,1' >escape.csv
{
	clv -s x.clv run escape.csv --no-export
	clv -s x.clv --format table show top_customers
	clv -s x.clv --format csv show top_customers
	clv -s x.clv --json show top_customers
	clv -s x.clv --format table show quarantine
	clv -s x.clv --format csv show quarantine
	clv -s x.clv show customer "$(printf 'E\033[2J')"
	clv -s x.clv export out
	clv import "$(printf 'no\033[2Jfile.csv')"
	clv "$(printf 'sho\033[2Jw')"
	clv --"$(printf 'opt\033[2J')"
} >said.txt 2>&1
cat out/*.csv >>said.txt
tap_is "no control byte on any output" "$(LC_ALL=C tr -d '\n\t\040-\176\200-\377' <said.txt | wc -c | tr -d ' ')" 0
tap_is "no C1, no bidi control" "$(LC_ALL=C grep -c -e "$(printf '\302\233')" -e "$(printf '\342\200\256')" said.txt)" 0
shop '=1+1,2025-01-01,5.00' >formula.csv
clv -s y.clv run formula.csv >/dev/null
tap_is "a formula is neutralised on export" "$(grep -c "'=1+1" outputs/clv_ranked_predictions.csv)" 1
clv -s y.clv export raw --raw >/dev/null
tap_is "and kept with --raw" "$(grep -c ",=1+1," raw/clv_ranked_predictions.csv)" 1
tap_done
