# SQL text stands in share/sql; in C only src/store/ may compose some. Looks at the beginning of
# every string literal elsewhere under src/.
top=${top_srcdir:-.}
. "$top/tests/kit/tap.sh"
cd "$top" || exit 99

faults=$(find src -name '*.[ch]' -o -name '*.def' | grep -v '^src/store/' | LC_ALL=C sort | awk '
# Statements that begin with these words in capitals, or read like SQL in small letters.
function is_sql(s,   low) {
	gsub(/\\[nrt]/, " ", s)
	sub(/^[ \t(]+/, "", s)
	if (s ~ /^(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|ATTACH|DETACH|REPLACE|EXPLAIN|WITH)[ \t]/)
		return 1
	if (s ~ /^(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|VACUUM|ANALYZE|REINDEX)([ \t;]|$)/)
		return 1
	low = tolower(s)
	return low ~ /^select .* from / || low ~ /^insert (or [a-z]+ )?into / ||
	       low ~ /^replace into / || low ~ /^update [a-z_%]+ set / || low ~ /^delete from / ||
	       low ~ /^create (unique |temp |temporary |virtual )*(table|view|index|trigger) / ||
	       low ~ /^drop (table|view|index|trigger) / || low ~ /^alter table / ||
	       low ~ /^pragma [a-z_]+/ || low ~ /^attach database / || low ~ /^with (recursive )?[a-z_]+ as *\(/ ||
	       low ~ /^begin (immediate|exclusive|deferred|transaction)/ || low ~ /^vacuum( into|;|$)/
}

# One pass over a line with the state of comments carried along; literals end on their line.
function scan(text,   i, c, two) {
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		two = substr(text, i, 2)
		if (comment) {
			if (two == "*/") { comment = 0; i++ }
		} else if (quote != "") {
			if (c == "\\") { literal = literal two; i++ }
			else if (c != quote) literal = literal c
			else {
				if (quote == "\"" && is_sql(literal))
					printf "%s:%d: \"%s\"\n", path, line, literal
				quote = ""
			}
		} else if (two == "//") {
			return
		} else if (two == "/*") {
			comment = 1; i++
		} else if (c == "\"" || c == "\047") {
			quote = c; literal = ""
		}
	}
	quote = ""
}

{
	path = $0
	line = comment = 0
	quote = ""
	while ((getline text < path) > 0) {
		line++
		scan(text)
	}
	close(path)
}')

tap_none "no SQL in C outside src/store" "$faults"
tap_done
