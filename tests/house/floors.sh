# Reads src/FLOORS and every #include under src/: no arrow to a room above or beside, no private
# header from outside its room, no library header but through its door.
top=${top_srcdir:-.}
. "$top/tests/kit/tap.sh"
cd "$top" || exit 99

faults=$(find src -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort | awk '
function fault(text) { printf "%s:%d: %s\n", path, line, text }

function room_of(file,   part) {
	return split(file, part, "/") > 1 ? part[1] : ""
}

# A door names a header, or a folder of headers when it ends with "/".
function opens(lib, header) {
	if (lib ~ /\/$/)
		return index(header, lib) == 1
	return header == lib || substr(header, length(header) - length(lib)) == "/" lib
}

function may_enter(targets, file,   i, n, target) {
	n = split(targets, target, " ")
	for (i = 1; i <= n; i++)
		if (target[i] == file || (target[i] ~ /\/$/ && index(file, target[i]) == 1))
			return 1
	return 0
}

function check_doors(header,   lib) {
	for (lib in door)
		if (opens(lib, header) && !may_enter(door[lib], own_file))
			fault("door: <" header "> belongs to " door[lib])
}

function check_room(header,   target) {
	target = room_of(header)
	if (target == "") {
		fault("floor: \"" header "\" is not written from src/")
	} else if (!(target in floor)) {
		fault("floor: room " target " is not in src/FLOORS")
	} else if (header ~ /_priv\.h$/ && target != own_room) {
		fault("private: \"" header "\" stays inside " target)
	} else if (own_room != "" && target != own_room && floor[target] >= floor[own_room]) {
		fault("floor: " own_room " (" floor[own_room] ") may not include " target " (" floor[target] ")")
	}
}

BEGIN {
	while ((getline < "src/FLOORS") > 0) {
		if ($1 == "floor")
			floor[$3] = $2
		if ($1 == "door")
			for (i = 3; i <= NF; i++)
				door[$2] = door[$2] (i > 3 ? " " : "") $i
	}
}

{
	path = $0
	own_file = substr(path, 5)
	own_room = room_of(own_file)
	line = 0
	if (own_room != "" && !(own_room in floor))
		fault("floor: room " own_room " is not in src/FLOORS")
	while ((getline text < path) > 0) {
		line++
		if (text !~ /^[ \t]*#[ \t]*include[ \t]*["<]/)
			continue
		local = text ~ /^[^<]*"/
		sub(/^[^"<]*["<]/, "", text)
		sub(/[">].*/, "", text)
		if (!local)
			check_doors(text)
		if (local && text != "config.h")
			check_room(text)
	}
	close(path)
}')

tap_none "no room includes a room above or beside" "$(printf '%s\n' "$faults" | grep ': floor: ')"
tap_none "private headers stay in their room" "$(printf '%s\n' "$faults" | grep ': private: ')"
tap_none "library headers come through their door" "$(printf '%s\n' "$faults" | grep ': door: ')"
tap_done
