# A contract proposed, compared and accepted: stable, kept by the files it came from, a decision with its entry, and whole after a kill at any moment.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

# Verdicts of a contract's checks of rows on files, those that are not ok.
broken() { # CONTRACT OPTIONS FILE...
	contract=$1
	shift
	clv --json -s empty.clv contract check "$contract" "$@" | grep -o '"verdict":"[a-z]*","looked"' | grep -vc '"pass"'
}

changes() { # STORE FILE
	clv -s "$1" --json contract diff "$2" | grep -o '"change":"[a-z]*","check":"[^"]*"' | sed 's/"change":"//; s/","check":"/ /; s/"//' | tr '\n' ';'
}

clv init -s empty.clv >/dev/null
{
	echo "customer_id,order_date,revenue,channel,note"
	good_rows 300 | awk -F, -v OFS=, '{ print $0, NR % 3 ? "web" : "shop", NR % 10 ? "" : "n" NR }'
} >orders.csv

# --- propose -------------------------------------------------------------------------------------
tap_exit "propose, without a store" 0 "$CLV" --batch --quiet contract propose orders.csv
clv contract propose orders.csv >c.yaml
clv contract propose orders.csv >again.yaml
tap_ok "the same input gives the same bytes" cmp -s c.yaml again.yaml
tap_is "in every locale and zone" "$(LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$CLV" --batch --quiet contract propose orders.csv | cmp - c.yaml && echo same)" same
tap_exit "it compiles and its files keep it" 0 "$CLV" --batch --quiet -s empty.clv contract check c.yaml orders.csv
tap_is "each check" "$(broken c.yaml orders.csv)" 0
tap_is "completeness at the end of Wilson's interval" "$(grep -c 'customer_id: # customer\|0 of 300 rows miss it; with 95 % confidence at most 1.265 % do' c.yaml)" 5
tap_is "a column with few values is not asked for" "$(grep -A2 '^  note:' c.yaml | grep -c '270 of 300 rows miss it: too many')" 1
tap_is "some rows that miss a value, fewer than its limit, leave a check in" "$(
	awk -F, -v OFS=, 'NR % 50 == 2 { $4 = "" } { print }' orders.csv >gaps.csv
	clv contract propose gaps.csv | grep -A3 '^  channel:' | grep -c '6 of 300 rows miss it\|required: { is: true'
)" 2
tap_is "few values" "$(grep -c 'accepted: { is: \["web", "shop"\], severity: warn }' c.yaml)" 1
tap_is "a range with the margin said" "$(grep -c '10.5 to 26.5 in 300 rows, none negative; the margin is 8, half of their distance\|is: 0..34.5, severity' c.yaml)" 2
tap_is "days" "$(grep -c 'is: 2025-01-01.., severity: warn' c.yaml)" 1
tap_is "a rhythm" "$(grep -c '^freshness: { warn_after: ' c.yaml)" 1
tap_is "unique: a column of its own values" "$(
	awk -F, -v OFS=, '{ print (NR == 1 ? "order_id" : "A" NR), $0 }' orders.csv >keyed.csv
	clv contract propose keyed.csv | grep -A6 '^  order_id:' | grep -c 'unique: { is: true'
)" 1
cp orders.csv part-1.csv
cut -d, -f1-4 orders.csv >part-2.csv
tap_is "a column that one of two files lacks may be missing" "$(clv contract propose part-1.csv part-2.csv | grep -A3 '^  note:' | grep -c 'in 1 of 2 files\|required: false')" 2
tap_is "names of people are not written down" "$(
	sed '1s/note/customer_name/' orders.csv | awk -F, -v OFS=, 'NR > 1 { $5 = NR % 2 ? "Anna" : "Otto" } { print }' >names.csv
	clv contract propose names.csv | grep -c 'Anna\|Otto'
)" 0
sed '1s/channel/Kanal: "neu"/' orders.csv | sed '1s/"neu"/""neu"""/; 1s/Kanal/"Kanal/' >odd.csv
clv contract propose odd.csv >odd.yaml
tap_exit "a name that YAML would read otherwise" 0 "$CLV" --batch --quiet -s empty.clv contract check odd.yaml odd.csv
tap_is "its checks hold too" "$(broken odd.yaml odd.csv)" 0
tap_exit "nothing in the store to propose from" 3 "$CLV" --batch -s empty.clv contract propose
for f in cdnow_elog.csv grocery_elog.csv lifetimes_example_transactions.csv; do
	if [ -f "$reference/$f" ]; then
		clv contract propose "$reference/$f" >r.yaml
		tap_exit "$f keeps its own contract" 0 "$CLV" --batch --quiet -s empty.clv contract check r.yaml "$reference/$f"
		tap_is "$f: all of it" "$(broken r.yaml "$reference/$f")" 0
	else
		tap_skip "$f keeps its own contract" "no reference data"
	fi
done
for f in plain.csv online-retail.csv online-retail-ii.csv; do
	preset=${f%.csv}
	clv contract propose --preset "$preset" "$top_srcdir/data/sources/$f" >r.yaml 2>r.txt
	tap_is "data/sources/$f keeps its own contract" "$(clv --json -s empty.clv contract check r.yaml --preset "$preset" "$top_srcdir/data/sources/$f" 2>&1 | grep -o '"verdict":"[a-z]*","looked"' | grep -vc '"pass"')" 0
done

# --- diff and accept -----------------------------------------------------------------------------
clv -s s.clv import orders.csv >/dev/null
tap_is "against nothing all is added" "$(changes s.clv c.yaml | tr ';' '\n' | grep -v '^added' | wc -l)" 0
tap_exit "no name" 6 "$CLV" --batch -s s.clv contract accept c.yaml
tap_exit "another text than was shown" 6 "$CLV" --batch -s s.clv contract accept c.yaml --by Ada --reason "first" --digest 00000000
tap_is "nothing is live" "$(cell s.clv 'SELECT count(*) FROM contract_version')" 0
digest=$(clv -s s.clv --json contract diff c.yaml | first_of digest)
tap_exit "accept" 0 "$CLV" --batch --quiet -s s.clv contract accept c.yaml --by Ada --reason "the shop promised this" --digest "$digest"
tap_is "it is in the chain" "$(cell s.clv "SELECT actor || ' ' || json_extract(payload, '\$.entity') || ' ' || json_extract(payload, '\$.version') FROM audit_entry WHERE kind = 'contract'")" 'Ada orders 1'
tap_exit "the same text again" 3 "$CLV" --batch -s s.clv contract accept c.yaml --by Ada --reason "again"
tap_is "no difference from itself" "$(changes s.clv c.yaml)" ""
sed 's/0\.\.34\.5/0..40/; s/\["web", "shop"\]/["web", "shop", "app"]/; s/^columns: additive/columns: strict/; s/^freshness: .*/freshness: { warn_after: 1 }/' c.yaml >d.yaml
sed -i '/^  note:/,$ { /^  note:/d; /rows miss it: too many/d }' d.yaml
printf 'checks:\n  none-before: { about: "no row before 2020", sql: "SELECT day FROM raw_transaction WHERE day < 18262", severity: stop }\n' >>d.yaml
tap_is "each change has its direction" "$(changes s.clv d.yaml)" \
	"tightened columns;loosened revenue.range;loosened channel.accepted;tightened freshness;added sql:none-before;removed note;"
tap_is "in words, with was and now" "$(clv -s s.clv contract diff d.yaml | grep -c 'loosened  revenue.range: 0..34.5, warn  ->  0..40, warn')" 1
sed 's/0\.\.34\.5/5..40/; s/\["web", "shop"\]/["web", "app"]/' c.yaml >e.yaml
tap_is "both ways is another check" "$(changes s.clv e.yaml)" "changed revenue.range;changed channel.accepted;"
sed 's/, severity: warn }/, severity: quarantine }/' c.yaml >f.yaml
tap_is "a graver severity is tighter" "$(changes s.clv f.yaml | tr ';' '\n' | grep -vc '^tightened\|^$')" 0
tap_exit "a second version" 0 "$CLV" --batch --quiet -s s.clv contract accept d.yaml --by Bob --reason "the app sells, too"
tap_is "log has both" "$(clv -s s.clv --format csv contract log | cut -d, -f1-5 | tail -n +2 | tr '\n' ';')" "orders,1,0,orders,Ada;orders,2,1,orders,Bob;"
tap_exit "one that does not compile" 2 "$CLV" --batch -s s.clv contract accept orders.csv --by Ada --reason x
tap_is "the chain is sound" "$(clv -s s.clv --json audit verify | first_of verdict)" sound

# --- from the store ------------------------------------------------------------------------------
clv -s s.clv contract propose >store.yaml
clv -s s.clv contract propose >store-2.yaml
tap_ok "from what was accepted, the same bytes" cmp -s store.yaml store-2.yaml
tap_exit "it holds by what is stored" 0 "$CLV" --batch --quiet -s s.clv contract check store.yaml
tap_is "and by the file" "$(broken store.yaml orders.csv)" 0

# --- what a change of the contract lets in -------------------------------------------------------
{
	echo "customer_id,order_date,revenue,channel"
	good_rows 200 | awk -F, -v OFS=, '{ $1 = "H" $1; print $0, NR % 50 ? "web" : "kiosk" }'
} >next.csv
sed 's/\["web", "shop"\], severity: warn/["web", "shop"], severity: quarantine/; /^  note:/,/too many/d' c.yaml >q.yaml
clv -s q.clv contract accept q.yaml --by Ada --reason "only these" >/dev/null 2>&1 || {
	clv init -s q.clv >/dev/null
	clv -s q.clv contract accept q.yaml --by Ada --reason "only these" >/dev/null
}
tap_exit "rows that the contract does not know are set aside" 0 "$CLV" --batch --quiet -s q.clv import next.csv
tap_is "with their reason" "$(cell q.clv "SELECT count(*) || ' ' || min(reasons) FROM quar_row WHERE state = 'open'")" '4 contract-accepted'
sed 's/"shop"\]/"shop", "kiosk"]/' q.yaml >k.yaml
clv -s q.clv contract accept k.yaml --by Ada --reason "kiosks are new" >/dev/null
tap_is "after a change a retry says what would be released" "$(clv -s q.clv --json quarantine retry --file 1 --dry-run | first_of released)" 4
tap_is "and changes nothing" "$(cell q.clv "SELECT count(*) FROM quar_row WHERE state = 'open'")" 4
tap_exit "then the same gate" 0 "$CLV" --batch --quiet -s q.clv quarantine retry --file 1 --by Ada --reason "kiosks are new"
tap_is "lets them in" "$(cell q.clv "SELECT count(*) FROM quar_row WHERE state = 'released'")" 4

# Columns by contract: what it names must be there, the policy is its own.
cut -d, -f1-3 next.csv | sed 's/^H/I/' >short.csv
tap_exit "a column that the contract requires is missing" 3 "$CLV" --batch --quiet -s q.clv import short.csv
tap_is "the file is set aside, against the contract" "$(cell q.clv "SELECT against || ', ' || reasons || ', ' || policy FROM quar_file")" '"contract orders (version 2), column-missing, additive"'
sed '/^  channel:/,/accepted/d' k.yaml >l.yaml
clv -s q.clv contract accept l.yaml --by Ada --reason "the channel is not sent any more" >/dev/null
tap_exit "a contract without it releases the file" 0 "$CLV" --batch --quiet -s q.clv quarantine release --file 2 --by Ada --reason "agreed"
sed 's/^columns: additive/columns: strict/' l.yaml >m.yaml
clv -s q.clv contract accept m.yaml --by Ada --reason "strict from now on" >/dev/null
awk -F, -v OFS=, '{ print "J" $0, NR == 1 ? "extra" : "x" }' short.csv | sed '1s/^J//' >extra.csv
tap_exit "strict: a column that it does not name" 3 "$CLV" --batch --quiet -s q.clv import extra.csv
tap_is "is told as new" "$(cell q.clv "SELECT reasons || ' ' || policy FROM quar_file WHERE state = 'aside'")" 'column-new strict'

# --- kill -9 in accept ---------------------------------------------------------------------------
bad=
round=0
while [ $round -lt "${KILL_ROUNDS:-6}" ]; do
	round=$((round + 1))
	clv init -s k$round.clv >/dev/null
	"$CLV" --batch --quiet -s k$round.clv contract accept c.yaml --by Ada --reason "round $round" >/dev/null 2>&1 &
	pid=$!
	sleep "$(awk -v r=$round 'BEGIN { srand(r); printf "%.3f", rand() * 0.03 }')"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	both=$(cell k$round.clv "SELECT (SELECT count(*) FROM contract_version) || ' ' || (SELECT count(*) FROM audit_entry WHERE kind = 'contract')")
	case $both in
	'"0 0"' | '"1 1"' | '0 0' | '1 1') ;;
	*) bad="$bad round $round: $both" ;;
	esac
	clv -s k$round.clv audit verify >/dev/null 2>&1 || bad="$bad round $round: the chain is broken"
	clv -s k$round.clv contract accept d.yaml --by Ada --reason "after" >/dev/null 2>&1 || bad="$bad round $round: the next one failed"
done
tap_none "kill -9 in accept leaves a version with its entry, or neither" "$bad"
tap_done
