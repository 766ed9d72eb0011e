# SPDX-License-Identifier: GPL-2.0
# A source of each form in the file forms: dir/NAME.c.

function finish()
{
	if (file == "")
		return
	print head "#include \"membar.h\"\n" outside >file
	if (body != "")
		print "void reject(void);\n\nvoid reject(void)\n{\n" body "}" >file
	close(file)
	head = outside = body = ""
}

/^form / {
	finish()
	file = dir "/" $2 ".c"
	if ((getline line <file) >= 0) {
		print "the form " $2 " is there twice"
		exit 1
	}
	close(file)
	next
}
/^$|^#($|[ \t])/ { next }
file == "" { print "a line before the first form: " $0; exit 1 }
/^(want|errors|arch)(-[a-z]+)?: / { head = head "/* " $0 " */\n"; next }
/^\t/ { body = body $0 "\n"; next }
{ outside = outside $0 "\n" }
END { finish() }
