#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The schema of results.json, and the report that tools/kcidb makes: KTAP.
#
# The results are those that the KUnit suite expects of the module, so they are
# what the module prints.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

# Debian's, or that of the python3 that comes first.
for python in /usr/bin/python3 python3; do
	"$python" -c 'import jsonschema' 2>/dev/null && break
	python=
done
[ -n "$python" ] || {
	skip "results.json has its schema" "python3-jsonschema is missing"
	finish
	exit 4
}

"$python" - "$top" "$work" >"$work/said" 2>&1 <<'END'
import ast
import re
import sys

top, work = sys.argv[1:]
with open(f"{top}/kunit/report_kunit.c") as file:
    literal = re.search(r"char json\[\] =\n(.*?);\n\n", file.read(), re.S)
with open(f"{work}/results.json", "w") as file:
    file.write(ast.literal_eval("(" + literal.group(1) + ")").replace(
        # The suite leaves out what differs from machine to machine.
        '{"kernel\n', '{"kernel":"6.12.1","machine":"x86_64","cpus":10,\n', 1))
END
result $? "the results of the KUnit suite"

# change NAME PYTHON: results that differ by a statement about r.
change()
{
	"$python" - "$work" "$1" "$2" <<'END'
import json
import sys

work, name, statement = sys.argv[1:]
with open(f"{work}/results.json") as file:
    r = json.load(file)
exec(statement)
with open(f"{work}/{name}.json", "w") as file:
    json.dump(r, file)
END
}

# conforms FILE SCHEMA: the validator has nothing to say.
conforms()
{
	"$python" - "$1" "$2" >"$work/said" 2>&1 <<'END'
import json
import sys

import jsonschema

with open(sys.argv[1]) as file, open(sys.argv[2]) as schema:
    schema = json.load(schema)
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(json.load(file))
END
}

schema=$top/selftests/stress/results.schema.json
conforms "$work/results.json" "$schema"
result $? "results.json has its schema"
change refused 'r["results"] = [{"test": "a", "cells": [], "contract":
	"unknown", "verdict": "skip", "reason": "refused: x", "outcomes": {}}]'
conforms "$work/refused.json" "$schema"
result $? "so has a litmus file that was refused"

# not_conforms NAME PYTHON
not_conforms()
{
	change changed "$2"
	! conforms "$work/changed.json" "$schema" &&
		grep -q ValidationError "$work/said"
	result $? "control: $1"
}
not_conforms "a verdict that does not exist" 'r["results"][0]["verdict"] = "ok"'
not_conforms "a property that is missing" 'del r["jobs"]'
not_conforms "a property that is new" 'r["results"][0]["new"] = 1'
not_conforms "a negative count" 'r["results"][0]["seen"] = -1'
not_conforms "another version" 'r["version"] = 2'


# report RESULTS ARGUMENT...: the report of these results.
report()
{
	name=$1
	shift
	"$tools/kcidb" "$@" "$work/$name.json" >"$work/report.json" \
		2>"$work/said"
}

# has PYTHON: an expression about the report r holds; t has its tests by path.
has()
{
	"$python" - "$work/report.json" "$1" >"$work/said" 2>&1 <<'END'
import json
import sys

with open(sys.argv[1]) as file:
    r = json.load(file)
t = {test["path"]: test for test in r["tests"]}
print({path: test["status"] for path, test in t.items()})
sys.exit(not eval(f"({sys.argv[2]})"))
END
}

report results --origin lab && conforms "$work/report.json" \
	"$(dirname "$0")/kcidb.schema.json"
result $? "a report is of KCIDB's format"
has 'len(t) == len(r["tests"]) == 11 and len({x["id"] for x in r["tests"]}) == 11'
result $? "each test once, and the campaign"
has 'all(x["build_id"] == r["builds"][0]["id"] for x in r["tests"]) and
	r["builds"][0]["checkout_id"] == r["checkouts"][0]["id"]'
result $? "tests belong to the build, and that to the checkout"
has '[t["membar.stress." + n]["status"] for n in ("SB-po-po", "SB-mb-mb",
	"MP-po-po", "MP-wmb-rmb", "MP-dma__wmb-dma__rmb", "R-mb-mb")] ==
	["DONE", "FAIL", "DONE", "SKIP", "DONE", "SKIP"]'
result $? "the status of each verdict"
has 't["membar.stress"]["status"] == "FAIL"'
result $? "the campaign has the worst of them"
has 't["membar.stress.SB-mb-mb"]["number"]["value"] == 2000 and
	t["membar.stress.SB-mb-mb"]["misc"]["outcomes"]["0:y=0 1:x=0"] == 2 and
	"number" not in t["membar.stress.R-mb-mb"]'
result $? "measurements, where something was measured"
report results --origin lab && cp "$work/report.json" "$work/first" &&
	report results --origin lab && cmp -s "$work/first" "$work/report.json"
result $? "the same results have the same report"
report results --origin lab --build ci:42 --run 7 && has 'set(r) == {"version",
	"tests"} and all(x["build_id"] == "ci:42" for x in r["tests"]) and
	t["membar.stress"]["id"] == "lab:7"'
result $? "a build that is known already"

only()
{
	change changed "r['results'] = r['results'][:1]; r['jobs'] = $1;
r['results'][0]['verdict'] = '$2'; r['error'] = '$3'"
	report changed --origin lab && has "t['membar.stress']['status'] == '$4'"
	result $? "a campaign: $5"
}
only 1 pass "" PASS "that passed"
only 1 blind "" SKIP "that was blind"
only 2 pass "" MISS "that was stopped"
only 2 pass "out of memory" ERROR "that an error ended"
only 2 FAIL "out of memory" FAIL "that saw something before that"

# Names with everything in them, in pairs that a careless encoding makes equal.
change changed 'row = r["results"][0]; names = ["2+2W+po+po", "Z6.0+po+po+po",
	"a+b", "a-b", "a_b", "a__b", "a.b", "a_2Eb", "a[once]", "ä", ".", "+"]
r["results"] = [dict(row, test=name) for name in names]'
report changed --origin lab && conforms "$work/report.json" \
	"$(dirname "$0")/kcidb.schema.json" && has 'len(t) == 13 and
	"membar.stress.2-2W-po-po" in t and "membar.stress.Z6_2E0-po-po-po" in t'
result $? "every name has a path of its own"

# refuses NAME WORDS ARGUMENT...: the last argument is a file.
refuses()
{
	name=$1
	words=$2
	shift 2
	"$tools/kcidb" "$@" >"$work/report.json" 2>"$work/said"
	[ $? = 2 ] && [ ! -s "$work/report.json" ] &&
		! grep -q Traceback "$work/said" && grep -q -e "$words" "$work/said"
	result $? "refused: $name"
}

# spoiled NAME WORDS PYTHON
spoiled()
{
	change changed "$3"
	refuses "$1" "$2" --origin lab "$work/changed.json"
}
echo '{"kernel":' >"$work/half.json"
printf '\377\376{}' >"$work/bytes.json"
refuses "half a file" "no JSON" --origin lab "$work/half.json"
refuses "no text" "no JSON" --origin lab "$work/bytes.json"
refuses "no file" "No such file" --origin lab "$work/none.json"
refuses "no origin" "origin" "$work/results.json"
refuses "a bad origin" "use a-z" --origin 'My Lab' "$work/results.json"
refuses "a bad build" "use NAME:ID" --origin lab --build x "$work/results.json"
spoiled "a list" "version" 'r = [r]'
spoiled "another version" "version 2 is not known" 'r["version"] = 2'
spoiled "a broken build" "broken on purpose: smp_mb" 'r["broken"] = "smp_mb:full"'
spoiled "a request that was refused" "was refused" 'r["refused"] = True'
spoiled "no results" "nothing ran" 'r["jobs"] = 0; r["results"] = []'
spoiled "a test without a name" "test. is missing" 'del r["results"][0]["test"]'
spoiled "a row that is no test" "test. is missing" 'r["results"][0] = 1'
spoiled "a verdict that is not known" "verdict .ok. is not known" \
	'r["results"][0]["verdict"] = "ok"'

# A name and two litmus files of the same name, and one of them on a pair, too.
change twice 'r["results"][0]["pair"] = "same-core"; r["results"] *= 3'
report twice --origin lab --run 1 && conforms "$work/report.json" \
	"$(dirname "$0")/kcidb.schema.json" && has '
	{"lab:1:SB-mb-mb", "lab:1:SB-mb-mb:2", "lab:1:SB-mb-mb:3",
	 "lab:1:same_2Dcore.SB-po-po:3"} < {x["id"] for x in r["tests"]} and
	len({x["id"] for x in r["tests"]}) == len(r["tests"]) == 31'
result $? "a test that ran three times is there three times"
finish
