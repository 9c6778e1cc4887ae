# Reads paths under -v top=DIR, one a line ("share/sql/statement/x.sql"), and prints the C file
# behind store/sql.h: each SQL file as bytes, named "statement/x". The bytes come through od, so
# that any awk copies any file exactly.
BEGIN {
	n = 0
	print "/* Made from share/sql by embed.awk. */"
	print "#include \"config.h\""
	print "#include \"store/sql.h\""
}

function quoted(path) {
	gsub(/'/, "'\\''", path)
	return "'" path "'"
}

{
	name = $0
	sub(/^share\/sql\//, "", name)
	sub(/\.sql$/, "", name)
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
	print "\nconst struct sql_file store_sql_files[] = {"
	for (i = 0; i < n; i++)
		printf "\t{ .name = \"%s\", .text = file_%d, .size = %d },\n", names[i], i, sizes[i]
	print "\t{ .name = 0 }"
	print "};\n"
	printf "const size_t store_sql_count = %d;\n", n
}
