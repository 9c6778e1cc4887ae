# Every pane of the demo shop at four sizes in both glyph sets, against tests/screens/golden. One file a pane and glyph set.
# UPDATE_GOLDEN=1 writes them anew; the difference is then seen where changes are reviewed.
. "$top_srcdir/tests/batch/common.sh"
golden=$(cd "$top_srcdir" && pwd)/tests/screens/golden
CLV_TEST=1 CLV_NOW=2026-11-20T12:00:00Z
export CLV_TEST CLV_NOW

clv -s demo.clv demo >/dev/null || tap_fail "the demo shop"

sizes() { # STORE PANE GLYPHS
	for size in 80x24 120x40 40x12 20x5; do
		echo "== $2 $size"
		"$CLV" -s "$1" --snapshot "$2" --size $size --glyphs "$3"
	done | sed -E 's/[0-9a-f]{12}/hhhhhhhhhhhh/; s/(–|-)([0-9]+) of [0-9]{3} (─|-)/\1\2 of nnn \3/' # the chain's head stands for everything; what it is belongs to other tests; so does the number of names in the store
}

compare() { # NAME STORE PANE GLYPHS
	sizes "$2" "$3" "$4" >"$1.txt" 2>&1
	if [ -n "${UPDATE_GOLDEN-}" ]; then
		mkdir -p "$golden" && cp "$1.txt" "$golden/$1.txt"
	fi
	tap_none "$1" "$(diff "$golden/$1.txt" "$1.txt" 2>&1)"
}

for pane in home data fit customers clusters drift runs sql; do
	for glyphs in unicode ascii; do
		compare "$pane-$glyphs" demo.clv $pane $glyphs
	done
	tap_none "$pane in ASCII is ASCII" "$(LC_ALL=C grep -n '[^ -~]' "$pane-ascii.txt")"
	tap_none "$pane keeps its width" "$(for size in 80 40 20; do
		"$CLV" -s demo.clv --snapshot $pane --size ${size}x24 --glyphs ascii | awk -v w=$size 'length > w'
	done)"
	compare "$pane-empty" none.clv $pane ascii
done
# Every part of the Fit pane alone: charts as people see them with z.
for glyphs in unicode ascii; do
	for part in orders tracking verdicts frequency alive purchases models parameters holdout weeks expected customers rates dropout frequency-curve \
		purchase-curve revenue effects season; do
		echo "== fit/$part"
		"$CLV" -s demo.clv --snapshot fit/$part --size 80x24 --glyphs $glyphs | sed -n '3,22p'
	done >"fit-parts-$glyphs.txt" 2>&1
	if [ -n "${UPDATE_GOLDEN-}" ]; then
		cp "fit-parts-$glyphs.txt" "$golden/fit-parts-$glyphs.txt"
	fi
	tap_none "fit-parts-$glyphs" "$(diff "$golden/fit-parts-$glyphs.txt" "fit-parts-$glyphs.txt" 2>&1)"
done
tap_none "the parts of Fit in ASCII are ASCII" "$(LC_ALL=C grep -n '[^ -~]' fit-parts-ascii.txt)"
tap_exit "a part that is not there" 2 "$CLV" -s demo.clv --snapshot fit/alife
tap_is "the nearest part is named" "$("$CLV" -s demo.clv --snapshot fit/alife 2>&1 | grep -c "did you mean 'alive'")" 1
clv -s new.clv init >/dev/null
tap_is "a new store and none look alike" "$("$CLV" -s new.clv --snapshot fit | tail -n +2)" "$("$CLV" -s none.clv --snapshot fit | tail -n +2)"
tap_is "drawing makes no store" "$(ls none.clv 2>/dev/null)" ""

header=customer_id,order_date,revenue
{ echo $header; good_rows 300; printf 'evil\033[2J,2025-03-01,99999\nevil\033[2J,2025-04-01,99999\n'; } >hostile.csv
clv -s hostile.clv run hostile.csv >/dev/null 2>&1
tap_none "no pane lets an escape through" "$(for pane in home data fit customers clusters drift runs sql; do
	"$CLV" -s hostile.clv --snapshot $pane 2>&1 | LC_ALL=C grep -n "$(printf '\033')"
done)"

snap() { # STORE PANE
	"$CLV" -s "$1" --snapshot "$2" --size 120x40 --glyphs ascii
}
{ echo $header; printf 'a,2025-01-0%s,5\n' 1 2 3; printf 'a,no day,%s\n' 1 2 3; } >refused.csv
clv -s refused.clv import refused.csv >/dev/null 2>&1
tap_is "a refused file leaves the welcome and is named" "$(snap refused.clv home | grep -c 'refused.csv was refused')" 2
tap_is "none of a refused file counts" "$(snap refused.clv data | grep -c 'refused  *refused.csv\|1 file refused, none of it counts')" 2
printf '%s\nC000001,2026-01-02,55\n' $header >later.csv
cp demo.clv later.clv
CLV_NOW=2026-11-21T12:00:00Z clv -s later.clv import later.csv >/dev/null
tap_is "rows that no run has seen are announced" "$(snap later.clv home | grep -c '1 new row waits for a run')" 1
{ echo $header; good_rows 300; } >few.csv
clv -s few.clv run few.csv >/dev/null 2>&1
printf '%s\nC1,2026-11-01,5\n' $header >few2.csv
clv -s few.clv run few2.csv >/dev/null 2>&1
tap_is "what could not be tested is not stable" "$(snap few.clv drift | grep -c 'too few new customers to tell')" 1

{ echo customer_id,order_date,revenue,region; good_rows 300 | sed 's/$/,north/'; printf 'C1,2025-06-0%s,-5,south\n' 1 2 3; } >back.csv
"$CLV" --batch --quiet -s back.clv import --negative refund --attributes region back.csv >/dev/null 2>&1 && "$CLV" --batch --quiet -s back.clv run >/dev/null 2>&1
tap_is "returns have their place where there are any" "$(snap back.clv data | grep -c 'Returns by month\|2025-06  *3 ')" 2
tap_is "and none where there are none" "$(snap few.clv data | grep -c 'Returns by month')" 0
tap_is "a small screen shows them alone" "$("$CLV" -s back.clv --snapshot data/returns --size 80x24 --glyphs ascii | grep -c '2025-06  *3 .*-15')" 1
tap_is "and has keys for them" "$("$CLV" -s back.clv --snapshot data --size 120x40 | grep -c 'b returns')" 1
tap_is "attributes alone on a small screen" "$("$CLV" -s back.clv --snapshot clusters/attributes --size 80x24 --glyphs ascii | grep -c 'region  *north.*##')" 1
tap_is "and a key for them" "$("$CLV" -s back.clv --snapshot clusters --size 80x24 | grep -c 'v attributes')" 1
"$CLV" --batch --quiet -s left.clv import --preset online-retail "$top_srcdir/data/sources/online-retail.csv" >/dev/null 2>&1
tap_is "what rules left out has its place" "$(snap left.clv data | grep -c 'What rules left out')" 1

tap_exit "a pane by its key" 0 "$CLV" -s demo.clv --snapshot 4
tap_exit "a pane that is not there" 2 "$CLV" -s demo.clv --snapshot campaigns
tap_is "the nearest pane is named" "$("$CLV" --snapshot custmers 2>&1 | grep -c "did you mean 'customers'")" 1
tap_exit "a size that is none" 2 "$CLV" --snapshot home --size 80
tap_exit "a size out of range" 2 "$CLV" --snapshot home --size 80x5000
tap_exit "glyphs that are not there" 2 "$CLV" --snapshot home --glyphs braille
tap_exit "a snapshot and a command" 2 "$CLV" --snapshot home run x.csv
tap_done
