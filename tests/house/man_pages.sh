# The documents say what the program and the sources say: the list sections are those that `make docs`
# would write, every stable code stands in clv(1) and nowhere else, files that are named are there.
top=${top_srcdir:-.}
. "$top/tests/kit/tap.sh"
cd "$top" || exit 99
top_srcdir=.
export top_srcdir

scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT

section() { # FILE LIST
	awk -v list="$2" '/END LIST/ { inside = 0 } inside { print }
		/BEGIN LIST / { name = $0; sub(/.*BEGIN LIST /, "", name); sub(/[^a-z].*/, "", name); inside = name == list }' "$1"
}

# What the section lacks and what it has too much; the first lines of each.
held() { # FILE LIST
	sh doc/list.sh "$2" >"$scratch/made" 2>"$scratch/said" || { echo "doc/list.sh $2 failed: $(head -n 3 "$scratch/said")"; return; }
	[ -s "$scratch/made" ] || { echo "doc/list.sh $2 gave nothing"; return; }
	section "$1" "$2" >"$scratch/page"
	cmp -s "$scratch/made" "$scratch/page" && return
	echo "$1: the list '$2' is out of date; make docs writes it anew"
	diff "$scratch/page" "$scratch/made" | grep '^[<>]' | head -n 12
}

# The session of README.md, numbers aside: their last digits are the machine's.
session() {
	for text in made page; do
		if [ $text = made ]; then sh doc/list.sh session 2>"$scratch/said"; else section README.md session; fi |
			sed -e 's/[0-9a-f]\{64\}/HASH/g' -e 's/-\{0,1\}[0-9][0-9.]*/N/g' -e 's/  */ /g' >"$scratch/session-$text"
	done
	cmp -s "$scratch/session-made" "$scratch/session-page" && return
	echo "README.md: the first session is not what the program does; make docs writes it anew"
	head -n 3 "$scratch/said"
	diff "$scratch/session-page" "$scratch/session-made" | grep '^[<>]' | head -n 12
}

# Stable codes in the sources, and in the page.
codes() {
	grep -rhoE '"[A-Z]{2,5}-[1-9][0-9]{2}"' src --include='*.c' --include='*.h' | tr -d '"' | sort -u >"$scratch/used"
	sed -n '/^\.SS Codes/,/^\.SH/s/^\.B \([A-Z]*\)\\-\([0-9]*\)$/\1-\2/p' man/clv.1 >"$scratch/listed"
	sort "$scratch/listed" | uniq -d | sed 's/$/: twice in clv(1)/'
	sort -u "$scratch/listed" >"$scratch/known"
	diff "$scratch/used" "$scratch/known" | sed -n -e 's/^< \(.*\)/\1: not in clv(1)/p' -e 's/^> \(.*\)/\1: in clv(1), no longer in src/p'
}

# Every model has its entry.
models() {
	sed -n 's/^MODEL(\([a-z_]*\))$/\1/p' src/models/models.def | while read -r model; do
		grep -qx "\.SS $model" man/clv-models.7 || echo "$model: not in clv-models(7)"
	done
}

# Paths in `back quotes` or code blocks of the documents: from the top folder, or from src/.
named_files() { # FILE...
	grep -noE '`[A-Za-z0-9_./-]+`' "$@" /dev/null | tr -d '`' | while IFS=: read -r file line path; do
		case $path in
		*/*.c | */*.h | */*.sql | */*.sh | */*.mk | */*.md | */*.def | */*.awk | tests/*/ | src/*/ | share/*/ | doc/ | data/ | man/) ;;
		*) continue ;;
		esac
		case $path in *NAME* | *ROOM* | *ID.* | *x.* | *x_* | *_x* | build*) continue ;; esac
		[ -e "$path" ] || [ -e "src/$path" ] || [ -e "tests/$path" ] || echo "$file:$line: $path is not there"
	done
}

# Columns of each view and the `column:` lines of its header.
view_columns() {
	"$CLV" --batch --quiet -s "$scratch/views.clv" init >/dev/null || echo "no store: init failed"
	for view in share/sql/view/*.sql; do
		view=$(basename "$view" .sql)
		"$CLV" --batch --quiet -s "$scratch/views.clv" --format csv sql "SELECT * FROM $view LIMIT 0" | tr ',' '\n' | sed "s/^/$view: has /"
	done >"$scratch/has"
	for view in share/sql/view/*.sql; do
		sed -n "s/^-- column: \([^ ]*\).*/$(basename "$view" .sql): has \1/p" "$view"
	done | diff "$scratch/has" - | sed -n -e 's/^< \(.*\)/\1, which its header does not describe/p' \
		-e 's/^> \(.*\)/\1 in its header only/p'
}

# The example with every setting taken in: the program must agree with it.
example() {
	sed 's/^#\([a-z]\)/\1/' share/clv.yaml.example >"$scratch/clv.yaml"
	grep -q '^horizon_days: ' "$scratch/clv.yaml" || echo "share/clv.yaml.example has no settings"
	(cd "$scratch" && "$CLV" --batch -c clv.yaml config check 2>&1 >/dev/null)
}

roff() {
	command -v groff >/dev/null || return
	for page in man/*.[1-9]; do
		groff -man -Tutf8 -ww -z "$page" 2>&1
	done
}

for list in options commands keys reports reasons checks rules; do
	tap_none "clv(1) lists the $list" "$(held man/clv.1 $list)"
done
tap_none "clv.yaml(5) lists the settings" "$(held man/clv.yaml.5 settings)"
tap_none "the example lists the settings" "$(held share/clv.yaml.example example)"
for list in views tables; do
	tap_none "clv-sql(5) lists the $list" "$(held man/clv-sql.5 $list)"
done
tap_none "views describe their columns" "$(view_columns)"
tap_none "ARCHITECTURE.md lists the files" "$(held ARCHITECTURE.md tree)"
tap_none "README.md shows a session as it is" "$(session)"
tap_none "README.md shows the screens as they are" "$(held README.md screens)"
tap_none "clv(1) shows a screen as it is" "$(held man/clv.1 screen)"
tap_none "clv(1) explains the stable codes" "$(codes)"
tap_none "clv-models(7) explains the models" "$(models)"
tap_none "the example is a good settings file" "$(example)"
tap_none "files that documents name are there" "$(named_files README.md ARCHITECTURE.md HACKING.md NEWS)"
tap_none "manual pages are clean roff" "$(roff)"
tap_done
