#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The page that tools/stress-report makes of a campaign's results.
#
# usage: selftests/tools/report.sh		(KTAP)
set -u
. "$(dirname "$0")/results.sh"

# report ERROR STOPPED: the page of a campaign that ended so, in $work/said.
report()
{
	cat >"$work/results.json" <<-END
	{"kernel":"6.12","machine":"x86_64","cpus":4,
	"request":"test=SB+mb+mb","broken":"","refused":false,"stopped":"$2","error":"$1","writer":1,
	"jobs":2,
	"results":[
	{"test":"SB+po+po","cells":["-","-"],"contract":"allowed","verdict":"seen","reason":"","cpus":"1,3","seen":7,"iterations":50,"observed":100,"expected":0,"per_second":100,"target":"0:r0=0 1:r0=0","outcomes":{"0:r0=0 1:r0=0":7,"0:r0=1 1:r0=0":93}}
	]}
	END
	"$tools/stress-report" "$work/results.json" >"$work/said" 2>&1
}

page_has()
{
	grep -qF -- "$1" "$work/said"
}

report "" "" && page_has '<td>1,3</td>'
result $? "each test has its CPUs"
page_has '<td class="n">7</td><td class="n">100</td>'
result $? "seen is said of the outcomes, not of the iterations"
page_has '"verdict seen"'
result $? "each test has its verdict"
! page_has 'did not run'
result $? "a campaign that came to its end is not said to be cut short"
report "out of memory" "" &&
	page_has 'The campaign failed: out of memory. The tests after'
result $? "a campaign that failed says why"
report "" "by <request>" &&
	page_has 'The campaign was stopped: by &lt;request&gt;. The tests after'
result $? "a campaign that was stopped says why"
finish
