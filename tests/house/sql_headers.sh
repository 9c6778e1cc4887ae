# Each view, report and check opens with its registry entry, "-- key: value" lines that begin
# with "about"; what a view reads is held against the floors of the SQL house.
top=${top_srcdir:-.}
. "$top/tests/kit/tap.sh"
cd "$top" || exit 99

faults=$(find share/sql/view share/sql/report share/sql/check -name '*.sql' 2>/dev/null | LC_ALL=C sort | awk '
function fault(text) { printf "%s:%d: %s\n", path, line, text }

# Tables that a file with this prefix may read, as a pattern; "" is anything.
function allowed(name) {
	if (name ~ /^stg_/) return "^(raw|quar)_"
	if (name ~ /^int_/) return "^(stg|int)_"
	if (name ~ /^(dim|fct)_/) return "^(raw_customer|(stg|int|feat|run)_)"
	if (name ~ /^mart_/) return "^(dim|fct|feat|fit|score|drift|decision|run|mart_value)_"
	return ""
}

# A header line; fills key[] and, for "reads", the set of tables.
function header(text,   k, v, i, n, table) {
	if (text !~ /^-- [a-z_]+:([ \t]|$)/) {
		fault("header line is not \"-- key: value\"")
		return
	}
	k = v = text
	sub(/^-- /, "", k); sub(/:.*/, "", k)
	sub(/^-- [a-z_]+:[ \t]*/, "", v)
	if (v ~ /^[ \t]*$/)
		fault(k ": has no value")
	key[k]++
	if (k == "reads") {
		n = split(v, table, /[ \t,]+/)
		for (i = 1; i <= n; i++)
			if (table[i] != "" && rule != "" && table[i] !~ rule)
				fault(name " may not read " table[i])
	}
}

{
	path = name = $0
	sub(/.*\//, "", name)
	line = 0
	for (k in key) delete key[k]
	rule = path ~ /\/view\// ? allowed(name) : ""
	while ((getline text < path) > 0 && text ~ /^--/) {
		line++
		if (line == 1 && text !~ /^-- about: *[^ ]/)
			fault("does not begin with \"-- about:\"")
		header(text)
	}
	close(path)
	if (line == 0) { line = 1; fault("does not begin with \"-- about:\"") }
	if (key["about"] > 1) fault("about: given twice")
	if (path ~ /\/view\// && !key["reads"]) fault("has no \"-- reads:\"")
}')

tap_none "SQL files open with their header" "$faults"
tap_done
