# SPDX-License-Identifier: GPL-2.0
"""The symbols in the project's objects of a kernel that was built."""
import os
import shutil
import subprocess

FUNCTIONS = "tT"
DEFINED = "TDBRVW"
# How the object of an exported symbol tells of it, since Linux 6.4 and before.
EXPORTS = ("__export_symbol_", "__ksymtab_")


def symbols(directory, cross=""):
    """Triples: whether an object below the directory is of a suite, kind, name."""
    nm = shutil.which(cross + "nm") or "nm"
    for folder, _, names in os.walk(directory):
        # Every module has a NAME.mod.o of its own, with __this_module.
        objects = [os.path.join(folder, name) for name in names
                   if name.endswith(".o") and not name.endswith(".mod.o")]
        if not objects:
            continue
        said = subprocess.run([nm, *objects], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, check=False).stdout
        of_suite = os.path.basename(folder) == "kunit"
        for line in said.splitlines():
            words = line.split()
            # The code of a function has a dot before its name where a descriptor
            # has the name itself, as in the first ABI of 64-bit PowerPC.
            if len(words) >= 2:
                yield of_suite, words[-2], words[-1].removeprefix(".")


def functions_of(directory):
    """The names of all functions."""
    return sorted({name for _, kind, name in symbols(directory) if kind in FUNCTIONS})


def unexported(directory, cross):
    """What the suites use of the rest, and a module of them would not be given.

    Built into the kernel they are given everything.
    """
    used, provided, exported = set(), set(), set()
    for of_suite, kind, name in symbols(directory, cross):
        if of_suite and kind == "U":
            used.add(name)
        elif not of_suite and kind in DEFINED:
            provided.add(name)
        for prefix in EXPORTS:
            if name.startswith(prefix):
                exported.add(name[len(prefix):])
    return sorted(used & provided - exported)
