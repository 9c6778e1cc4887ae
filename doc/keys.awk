# The keys of the screen for clv(1): src/tui/keys.def, with what the acts and commands say of themselves in their constants.
# Files of acts and commands first, keys.def last. Keys of one text stand together, those of every pane first; what an act does is
# told once.
function between(text, from) {
	if (!match(text, from "[ ]*=[ ]*\""))
		return ""
	text = substr(text, RSTART + RLENGTH)
	return substr(text, 1, index(text, "\"") - 1)
}
function roff(text) {
	gsub(/\\\\/, "\\e", text)
	gsub(/-/, "\\-", text)
	gsub(/\^/, "\\(ha", text)
	gsub(/'/, "\\(aq", text)
	return text
}
/^const struct (act|command) / { constant = "" ; inside = 1 }
inside { constant = constant $0 }
inside && /};/ {
	about[between(constant, "\\.name")] = between(constant, "\\.about")
	inside = 0
}
/^KEY\(/ {
	split($0, field, "\"")
	pane = field[2]; key = field[4]; text = field[6]
	id = pane SUBSEP text
	if (!(id in keys)) {
		order[++n] = id
		where[id] = pane
		command[id] = text
		keys[id] = key
	} else {
		keys[id] = keys[id] ", " key
	}
}
END {
	for (i = 1; i <= n; i++) {
		if (where[order[i]] != "")
			continue
		show(order[i])
	}
	for (i = 1; i <= n; i++)
		if (where[order[i]] != "")
			show(order[i])
}
function show(id, name, line) {
	name = command[id]
	sub(/ .*/, "", name)
	line = name != before && about[name] != "" ? ": " about[name] : ""
	before = name
	print ".TP 14"
	print ".B " roff(keys[id])
	print (where[id] == "" ? "" : "On " where[id] ": ") "\\fI" roff(command[id]) "\\fR" roff(line) "."
}
