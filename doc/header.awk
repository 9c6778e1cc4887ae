# The headers of SQL files as manual entries. what: reports, checks or views.
function roff(text) { gsub(/\\/, "\\e", text); gsub(/-/, "\\-", text); sub(/^[.']/, "\\\\\\&&", text); return text }

function sentence(text) { return roff(toupper(substr(text, 1, 1)) substr(text, 2)) "." }

function flush_entry() {
	if (name == "") return
	if (what == "views") {
		printf ".SS %s\n%s\n", roff(name), sentence(about)
		printf ".br\nMade from: %s.\n", roff(reads)
		for (i = 1; i <= columns; i++) printf ".TP 20\n.B %s\n%s\n", roff(column[i]), roff(text[i])
	} else {
		printf ".TP 20\n.B %s\n%s\n", roff(name), sentence(about)
		if (what == "checks") {
			printf "%s\n", severity == "stop" ? "A failure stops the run." : "A failure is a warning."
			if (threshold != "") printf "Asked for: %s.\n", roff(threshold)
		}
		for (i = 1; i <= params; i++) printf "Parameter: %s.\n", roff(param[i])
	}
}

FNR == 1 {
	flush_entry()
	name = FILENAME; sub(/.*\//, "", name); sub(/\.sql$/, "", name)
	about = reads = severity = threshold = ""; columns = params = 0; head = 1
}
!/^--/ { head = 0 }
head {
	key = value = $0
	sub(/^-- /, "", key); sub(/:.*/, "", key)
	sub(/^-- [a-z_]+:[ \t]*/, "", value)
	if (key == "about") about = value
	else if (key == "reads") reads = value
	else if (key == "severity") severity = value
	else if (key == "threshold") threshold = value
	else if (key == "param") {
		split(value, w, " ")
		rest = value; sub(/^[^ ]+ +[^ ]+ +[^ ]+ */, "", rest)
		param[++params] = w[1] " (" w[2] ", " w[3] ") " rest
	} else if (key == "column") {
		split(value, w, " ")
		rest = value; sub(/^[^ ]+ +[^ ]+ +[^ ]+ */, "", rest)
		column[++columns] = w[1]
		text[columns] = w[2] (w[3] == "-" || w[3] == w[2] ? "" : ", " w[3]) (rest == "" ? "." : "; " rest ".")
	}
}
END { flush_entry() }
