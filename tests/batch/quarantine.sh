# Rows set aside: one, several, all of a file, all with one reason; over several files at once; one transaction, an entry for each file.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

{ echo $header; good_rows 300; printf 'A,2025-13-01,1\nB,2025-13-02,2\nC,13/01/2025,x\nD,2025-01-01,y\n'; } >one.csv
{ echo $header; good_rows 600 | tail -n 300; printf 'E,2025-14-01,1\nF,01.02.2025,5\n'; } >two.csv
{ echo $header; printf 'A,2025-01-01,1\nA,2025-01-02,1\nA,2025-01-03,1\nB,never,1\nC,never,1\n'; } >three.csv
clv -s s.clv import one.csv two.csv three.csv >/dev/null 2>&1
states() {
	cell s.clv "SELECT group_concat(state || ' ' || n, ', ') FROM (SELECT state, count(*) AS n FROM quar_row GROUP BY state)" | tr -d '"'
}
tap_is "what is open" "$(states)" "open 8"
tap_is "a dry run tells and changes nothing" "$(clv -s s.clv --json quarantine retry --code bad-date --date-format DD.MM.YYYY --dry-run | grep -o '"released":[0-9]*,"kept":[0-9]*')$(states)" '"released":1,"kept":4open 8'
tap_exit "a decision needs a name" 6 "$CLV" --batch -s s.clv quarantine release --code bad-date
tap_exit "numbers or others" 2 "$CLV" --batch -s s.clv quarantine discard 1 --code bad-date --by ann --reason test
tap_exit "no such reason there" 3 "$CLV" --batch -s s.clv quarantine discard --code nul-byte --by ann --reason test
tap_exit "one of the rows is not there" 2 "$CLV" --batch -s s.clv quarantine discard 1 99 --by ann --reason test
tap_is "and nothing was done" "$(states)" "open 8"
tap_is "released over files, what does not pass stays" "$(clv -s s.clv quarantine release --code bad-date --date-format DD.MM.YYYY --by ann --reason 'dates of the south')" \
	"released 1, still set aside 4; 'run' brings the results up to date"
tap_is "accounts hold" "$(cell s.clv "SELECT max(abs(read_rows - accepted - quarantined - duplicate - blank)) || ' ' || sum(accepted) FROM raw_file WHERE status = 'accepted'" | tr -d '"')" "0 601"
tap_is "several by number" "$(clv -s s.clv quarantine discard 1 2 --by ann --reason 'test rows')" "discarded 2"
tap_is "those are discarded" "$(states)" "discarded 2, open 5, released 1"
tap_is "a reason of one file" "$(clv -s s.clv quarantine discard --file 3 --code bad-date --by ann --reason 'file withdrawn')" "discarded 2"
tap_exit "a row of a refused file that is named is not released" 3 "$CLV" --batch -s s.clv quarantine release --file 3 --by ann --reason test
tap_exit "a row that is not there is not shown as nothing" 2 "$CLV" --batch -s s.clv quarantine show 99
{ echo $header; good_rows 300 | tail -n 20; for i in 1 2 3 4 5; do echo "Z,2025-15-0$i,1"; done; } >four.csv
{ clv -s t.clv import one.csv four.csv; clv -s t.clv quarantine discard --file 1 --by ann --reason test; } >/dev/null 2>&1
clv -s t.clv quarantine release --code bad-date --by ann --reason test 2>refused.txt
tap_is "with a reason, too, and it says why" "$(grep -c 'of files that were refused as a whole' refused.txt)" 1
clv -s s.clv quarantine discard --code bad-amount --by ann --reason 'no amounts' >/dev/null
tap_is "all with a reason" "$(states)" "discarded 6, open 1, released 1"
tap_is "an entry for each decision and file" "$(cell s.clv "SELECT count(*) FROM audit_entry WHERE kind = 'quarantine'")" 4
tap_exit "the chain holds" 0 "$CLV" --batch -s s.clv audit verify
tap_done
