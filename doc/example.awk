# The settings section of clv.yaml(5) as an example file: each setting commented out, with its default.
function plain(text) { gsub(/\\-/, "-", text); gsub(/\\e/, "\\", text); return text }

/^\.TP/ { state = 1; next }
/^\.B / && state == 1 { sub(/^\.B /, ""); key = plain($0); state = 2; next }
state == 2 && /^Is a / {
	text = plain($0)
	sub(/^Is a /, "", text); sub(/\.$/, "", text)
	value = ""
	if (match(text, /; default /)) {
		value = substr(text, RSTART + RLENGTH)
		text = substr(text, 1, RSTART - 1)
	} else {
		sub(/; unset by default$/, ", unset by default", text)
	}
	printf "\n# %s\n# %s%s.\n#%s:%s\n", help, toupper(substr(text, 1, 1)), substr(text, 2), key, value == "" ? "" : " " value
	state = 0
	next
}
state == 2 { help = plain($0) }
