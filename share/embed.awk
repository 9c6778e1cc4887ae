# Reads paths under -v top=DIR, one a line ("share/sql/statement/x.sql"), and prints a C file with
# each of them as bytes. Names lose the folder (-v under=share/sql/) and the end (-v end=.sql). The
# list is -v list=store_sql_files of struct -v struct=sql_file, which -v header=store/sql.h declares
# with the list and its count, LIST_count. The bytes come through od, so that any awk copies any
# file exactly.
BEGIN {
	n = 0
	print "/* Made from " under " by embed.awk. */"
	print "#include \"config.h\""
	print "#include \"" header "\""
}

function quoted(path) {
	gsub(/'/, "'\\''", path)
	return "'" path "'"
}

{
	name = $0
	if (index(name, under) == 1)
		name = substr(name, length(under) + 1)
	if (substr(name, length(name) - length(end) + 1) == end)
		name = substr(name, 1, length(name) - length(end))
	cmd = "od -An -v -tu1 " quoted(top "/" $0)
	printf "\n/* %s */\nstatic const unsigned char file_%d[] = {\n", name, n
	size = 0
	while ((cmd | getline line) > 0) {
		size += split(line, byte, " ")
		gsub(/^ +/, "", line)
		gsub(/ +/, ",", line)
		print line ","
	}
	if (close(cmd) != 0) {
		print "embed.awk: cannot read " top "/" $0 > "/dev/stderr"
		failed = 1
		exit
	}
	print "0 };"
	names[n] = name
	sizes[n++] = size
}

END {
	if (failed)
		exit 1
	print "\nconst struct " struct " " list "[] = {"
	for (i = 0; i < n; i++)
		printf "\t{ .name = \"%s\", .text = file_%d, .size = %d },\n", names[i], i, sizes[i]
	print "\t{ .name = 0 }"
	print "};\n"
	printf "const size_t %s_count = %d;\n", list, n
}
