# The settings section of clv.yaml(5) as an example file: each setting commented out, with its default.
function plain(text) { gsub(/\\-/, "-", text); gsub(/\\e/, "\\", text); return text }

# A list stands between brackets, its entries in quotes where YAML would read them otherwise.
function entries(text,   n, i, item, all) {
	n = split(text, item, ", ")
	for (i = 1; i <= n; i++)
		all = all (i > 1 ? ", " : "") "'" item[i] "'"
	return "[" all "]"
}

/^\.TP/ { line = 0; next }
/^\.B / { sub(/^\.B /, ""); key = plain($0); next }
line++ == 0 { help = plain($0); next }
{
	kind = plain($0)
	sub(/\.$/, "", kind)
	value = ""
	if (match(kind, /; default /)) {
		value = substr(kind, RSTART + RLENGTH)
		kind = substr(kind, 1, RSTART - 1)
	}
	if (value != "" && kind ~ /^A list/) value = entries(value)
	printf "\n# %s\n# %s.\n#%s:%s\n", help, kind, key, value == "" ? "" : " " value
}
