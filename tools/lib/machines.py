# SPDX-License-Identifier: GPL-2.0
"""The rows of tools/lib/machines, for scripts in Python."""
import os


def read():
    """A dictionary for each machine; keys that it does not have are missing."""
    found = [{}]
    with open(os.path.join(os.path.dirname(os.path.realpath(__file__)),
                           "machines"), encoding="utf-8") as rows:
        for row in rows:
            if not row.strip():
                found.append({})
            elif not row.startswith("#"):
                key, value = row.rstrip("\n").split(None, 1)
                found[-1][key] = value
    return [machine for machine in found if machine]
