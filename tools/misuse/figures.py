# SPDX-License-Identifier: GPL-2.0
"""Print for each rule how many reports there are, how many were read and are true,
harmless and false, and whether it is on by default.

usage: python3 tools/misuse/figures.py COUNTS JUDGED

It is on if at least 80 % of the sample are true or harmless: of the twenty whose hash
is smallest, or of all reports if there are fewer.  A rule without a report on the kernel
stays off.
"""
import glob
import hashlib
import os
import sys

SAMPLE = 20


def rows(name):
    """The rows of a table, without its comments."""
    with open(name, encoding="utf-8") as file:
        return [row.rstrip("\n").split("\t") for row in file if row[0] != "#"]


def sha1(row):
    """What selects the sample, which nobody can choose."""
    key = f"{row[0]}:{row[1].rsplit(':', 1)[0]}:{row[2]}"
    return hashlib.sha1(key.encode()).hexdigest()


def main(counts, judged):
    """Print a line for each rule."""
    counts = {row[0]: row for row in rows(counts)}
    judged = rows(judged)
    directory = os.path.dirname(os.path.realpath(__file__))
    for path in sorted(glob.glob(directory + "/*.cocci")):
        rule = os.path.basename(path)[:-len(".cocci")]
        reports, whole = "none", False
        if rule in counts:
            reports, whole = int(counts[rule][2]), counts[rule][3] == "all"
        read = sorted((row for row in judged if row[0] == rule), key=sha1)
        kinds = [[row[3] for row in read].count(kind)
                 for kind in ("true", "harmless", "false")]
        sample = [row[3] for row in read[:SAMPLE]]
        enough = whole and sample and len(sample) >= min(reports, SAMPLE)
        good = len(sample) - sample.count("false")
        on = enough and good >= 0.8 * len(sample)
        print(rule, reports, len(read), *kinds, "on" if on else "off")


if __name__ == "__main__":
    main(*sys.argv[1:])
