#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The page that tools/stress-report makes of a campaign's results.
#
# usage: selftests/tools/report.sh		(KTAP)
set -u
. "$(dirname "$0")/results.sh"

# report ERROR STOPPED [ARGUMENT...]: the page of a campaign that ended so, in
# $work/said.  The file has the layout of the module: the header is one line.
report()
{
	cat >"$work/results.json" <<-END
	{"kernel":"6.12","machine":"x86_64","cpus":4,"version":1,"request":"test=SB+mb+mb","broken":"${broken-}","refused":false,"stopped":"$2","error":"$1","writer":1,"jobs":${jobs:-3},"results":[
	{"test":"SB+po+po","cells":["-","-"],"contract":"allowed","verdict":"seen","reason":"","cpus":"1,3","seen":7,"iterations":50,"observed":100,"expected":0,"per_second":100,"target":"0:y=0 1:x=0","outcomes":{"0:y=0 1:x=0":7,"0:y=1 1:x=0":93}},
	{"test":"SB+mb+mb","cells":["smp_mb:full","smp_mb:full"],"contract":"forbidden","verdict":"${verdict:-pass}","reason":"","cpus":"1,3","seen":0,"iterations":50,"observed":100,"control":"SB+po+po","expected":20,"per_second":100,"target":"0:y=0 1:x=0","outcomes":{"0:y=1 1:x=0":100}},
	{"test":"my<test>","cells":["smp_mb:full"],"contract":"forbidden","verdict":"skip","reason":"needs 9 CPUs","outcomes":{}}
	]}
	END
	shift 2
	"$tools/stress-report" "$@" "$work/results.json" "$work/files" >"$work/said" 2>&1
}

page_has()
{
	grep -qF -- "$1" "$work/said"
}

mkdir "$work/files"
cat >"$work/files/a.litmus" <<'END'
C my<test>
{}
P0(int *x) // the only thread
{
	if (READ_ONCE(*x))
		WRITE_ONCE(*x, 5);
}
exists (x=5)
END

report "" "" && page_has 'on CPUs 1,3'
result $? "each test has its CPUs"
page_has 'seen 7 of 100 outcomes'
result $? "seen is said of the outcomes, not of the iterations"
page_has 'SB+po+po</code> <span class="verdict seen">' &&
	page_has 'SB+mb+mb</code> <span class="verdict pass">' &&
	page_has '&gt;</code> <span class="verdict skip">'
result $? "each test has its verdict"
[ "$(grep -c '<section class="[a-z]' "$work/said")" = 3 ]
result $? "each test of the file is on the page"
page_has 'Nothing forbidden was seen. 1 test passed'
result $? "the conclusion comes first"
! page_has 'Failed:'
result $? "a campaign without a failure lists none"
page_has 'r0 = READ_ONCE(*y);'
result $? "a named test has its program"
page_has 'smp_mb();'
result $? "the program has its barriers"
page_has '    WRITE_ONCE(*x, 5);' && ! page_has '	WRITE'
result $? "the program of a litmus file comes from the file, indented"
page_has 'my&lt;test&gt;' && ! page_has 'my<test>'
result $? "a name is no HTML"
! page_has 'The tests after the last one did not run'
result $? "a campaign that came to its end is not said to be cut short"
page_has '20 expected at the rate of its control SB+po+po'
result $? "a forbidden test has what was expected, and names its control"
report "" "" --on=tcg && page_has 'QEMU emulated the CPUs'
result $? "emulated CPUs are called so"
! report "" "" --on=nowhere && page_has 'usage:'
result $? "another place is refused"
report "out of memory" "" &&
	page_has 'The campaign failed: out of memory. The tests after'
result $? "a campaign that failed says why"
report "" "by <request>" &&
	page_has 'The campaign was stopped: by &lt;request&gt;. The tests after'
result $? "a campaign that was stopped says why"
verdict=FAIL
report "" "" && page_has 'A forbidden outcome was seen: 1 of 3 tests failed.'
result $? "a failure is the conclusion"
page_has '<a href="#test-1"><code>SB+mb+mb</code></a>' &&
	page_has '<section class="forbidden" id="test-1"><h2><code>SB+mb+mb'
result $? "each test that failed is named at the top, with a link"
verdict=blind
report "" "" && page_has 'Inconclusive'
result $? "a campaign without evidence is inconclusive"
verdict=skip
report "" "" && page_has 'No test of a forbidden outcome ran'
result $? "allowed outcomes do not hide that the forbidden ones were skipped"
jobs=4
report "" "" && page_has 'did not come to its end: 3 of 4 tests ran'
result $? "a campaign with fewer results than tests is not complete"
jobs=3
broken=smp_mb:full
report "" "" && page_has 'Broken on purpose: smp_mb:full'
result $? "a broken build says so"
finish
