# SPDX-License-Identifier: GPL-2.0
"""tools/kunit, whose comment says what it does."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "../lib"))

import common
from configuration import DEFAULT_NAMES, Configuration
import run
import trials

# The status if none of the configurations could run.
SKIPPED = 4


def main(mode, names):
    total = [0, 0, 0]
    for name in names or DEFAULT_NAMES:
        configuration = Configuration(name)
        if mode == "plan":
            print(*run.plan(configuration), configuration.name)
            continue
        if mode == "trials":
            counted = [*trials.attempt(configuration), 0]
        else:
            row = run.do(configuration, mode == "cached", sys.stdout)
            counted = [row.passed, row.failed, row.skipped]
        total = [a + b for a, b in zip(total, counted)]
    if mode == "plan":
        return 0
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    if total[1]:
        return 1
    return 0 if total[0] else SKIPPED


common.run(main, sys.argv[1], sys.argv[2:])
