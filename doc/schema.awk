# Tables and columns from the schema files: a comment above a table describes it, a comment behind a
# column describes that column.
function roff(text) { gsub(/\\/, "\\e", text); gsub(/-/, "\\-", text); return text }

function entry(definition, text,   name, type) {
	gsub(/^[ \t]+|[ \t]+$/, "", definition)
	if (definition == "" || definition ~ /^(PRIMARY|UNIQUE|CHECK|FOREIGN)/) return
	name = definition; sub(/[ \t].*/, "", name)
	type = definition; sub(/^[^ \t]+[ \t]+/, "", type); sub(/[ \t].*/, "", type)
	type = tolower(type)
	if (definition ~ /REFERENCES/) { sub(/.*REFERENCES /, "", definition); text = text == "" ? "refers to " definition : text "; refers to " definition }
	else if (definition !~ /NOT NULL|PRIMARY KEY/) text = text == "" ? "may be missing" : text "; may be missing"
	printf ".TP 20\n.B %s\n%s%s.\n", roff(name), type, text == "" ? "" : "; " roff(text)
}

function columns(line,   text, at, depth, i, c, from) {
	text = ""
	at = index(line, "--")
	if (at) { text = substr(line, at + 2); line = substr(line, 1, at - 1); gsub(/^[ \t]+|[ \t]+$/, "", text) }
	sub(/,[ \t]*$/, "", line)
	for (i = from = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "(") depth++
		if (c == ")") depth--
		if (c == "," && depth == 0) { entry(substr(line, from, i - from), ""); from = i + 1 }
	}
	entry(substr(line, from), text)
}

/^-- about:/ { comment = ""; next }
/^--/ && !table { line = $0; sub(/^-- ?/, "", line); comment = comment (comment == "" ? "" : " ") line; next }
/^CREATE TABLE / {
	name = $3
	printf ".SS %s\n", roff(name)
	if (comment != "") printf "%s%s\n", roff(comment), comment ~ /[.!?]$/ ? "" : "."
	comment = ""; table = 1
	next
}
table && /^\)/ { table = 0; next }
table { columns($0); next }
{ comment = "" }
