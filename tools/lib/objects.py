# SPDX-License-Identifier: GPL-2.0
"""Objects of the stress harness, compiled to be looked at."""
import os
import shutil
import subprocess

from common import TOP, die

STRESS = os.path.join(TOP, "selftests/stress")


def kernel_for(name):
    """The newest kernel, prepared for an architecture and gcc."""
    done = subprocess.run([os.path.join(TOP, "tools/codegen"), "--prepare", name],
                          stdout=subprocess.PIPE, text=True, check=False,
                          env=dict(os.environ, CC="gcc"))
    if done.returncode or not done.stdout.strip():
        die(f"no kernel to compile against for {name}")
    return done.stdout.strip()


def copy_sources(work):
    """The harness and what it includes, in a directory of their own."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(os.path.join(TOP, "arch"), os.path.join(work, "arch"))
    shutil.copy(os.path.join(TOP, "membar.h"), work)
    for source in os.listdir(STRESS):
        if source.endswith((".c", ".h")):
            shutil.copy(os.path.join(STRESS, source), work)


def make(work, kernel, cross, kdir, targets, flags=""):
    """Make objects, or whatever else the kernel can make, of such a copy."""
    modules = " ".join(t for t in targets if t.endswith(".o"))
    with open(os.path.join(work, "Kbuild"), "w") as sink:
        sink.write(f"ccflags-y := -I{work} {flags}\nobj-m := {modules}\n")
    log = os.path.join(work, "log")
    with open(log, "w") as sink:
        done = subprocess.run(
            ["make", "-s", "-j2", "-C", kdir, "ARCH=" + kernel,
             "CROSS_COMPILE=" + cross, "M=" + work] + targets,
            stdout=sink, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            check=False)
    if done.returncode:
        with open(log) as text:
            print(text.read()[-2000:], file=sys.stderr)
        die(f"{' '.join(targets)} cannot be made: see {log}")


def objdump(cross, path, *options):
    """The lines that objdump prints."""
    done = subprocess.run([cross + "objdump", *options, path],
                          stdout=subprocess.PIPE, text=True, check=True,
                          env=dict(os.environ, LC_ALL="C"))
    return done.stdout
