# SPDX-License-Identifier: GPL-2.0
"""What a configuration of tools/kunit stands for: MACHINE/KERNEL/COMPILER/PURPOSE."""
import functools
import glob
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys

from common import CACHE, TOP, die, read, script, shell
import machines

MACHINES = [row for row in machines.read() if "machine" in row]
KERNELS = ["newest", "6.12", "6.1"]
COMPILER = re.compile(r"(gcc|clang)(-\d+)?")
# The clang without a number is Debian's of this version.
CLANG = "-19"
DEFAULTS = ["", os.environ.get("KVER") or "newest", os.environ.get("CC") or "gcc",
            os.environ.get("PURPOSE") or "default"]
DEFAULT_NAMES = os.environ.get("ARCH", "").split() or ["um", "um-smp"]
ALL_SUITES = "membar*"
SUITES = os.environ.get("FILTER") or ALL_SUITES
for _name in ("ARCH", "CC", "KVER", "PURPOSE", "FILTER", "CROSS_COMPILE", "LLVM"):
    os.environ.pop(_name, None)

# What every kernel has, whatever its purpose.
OPTIONS = ["EXPERT", "PRINTK", "BUG", "TTY", "DEBUG_KERNEL", "HIGH_RES_TIMERS",
           "KUNIT_DEFAULT_ENABLED", "KUNIT_AUTORUN_ENABLED", "KUNIT_DEBUGFS",
           "MEMBAR_CONTROL_KUNIT_TEST"]
# The project's files that are compiled.
SOURCES = ["membar.h", "membar_core.c", "Kbuild", "Kconfig", "arch/*.h",
           "kunit/Kconfig", "kunit/Makefile", "kunit/*.[ch]", "samples/*.h",
           "selftests/stress/Makefile", "selftests/stress/*.[ch]"]


def kernel_module(source, name):
    """A module of the kernel's kunit.py, of that source."""
    path = os.path.join(source, "tools/testing/kunit", name + ".py")
    if path not in sys.modules:
        spec = importlib.util.spec_from_file_location(path, path)
        sys.modules[path] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[path])
    return sys.modules[path]


@functools.lru_cache(maxsize=None)
def source_of(kernel):
    """The directory of a kernel's source, downloaded if need be."""
    return script("get-source", kernel)


def option_lines(text):
    """The lines of a text that set options."""
    return re.findall(r"^(?:CONFIG_\w+=.*|# CONFIG_\w+ is not set)$", text, re.M)


def without(lines, text):
    """The text without those lines."""
    return "".join(line for line in text.splitlines(keepends=True)
                   if line.rstrip("\n") not in lines)


class Configuration:
    """One name, and all that follows from it."""

    def __init__(self, name):
        parts = name.split("/") + [""] * 4
        self.machine, self.kernel, self.compiler, self.purpose = [
            part or default for part, default in zip(parts, DEFAULTS)]
        self.name = "/".join((self.machine, self.kernel, self.compiler, self.purpose))
        self.file_name = self.name.replace("/", "-")
        self.skip_why = ""
        self._set_machine()
        self._set_purpose()
        if self.kernel not in KERNELS:
            die(f"there is no kernel {self.kernel}: use newest, 6.12 or 6.1")
        self._set_compiler()
        if SUITES != ALL_SUITES and self.runner == "init":
            die(f"FILTER= cannot select suites for {self.purpose}: its modules run "
                "all of theirs")
        self.source = source_of(self.kernel)
        self.number = ".".join(re.findall(
            r"^(?:VERSION|PATCHLEVEL|SUBLEVEL) = (\d+)$",
            read(self.source, "Makefile"), re.M))
        if self.machine == "um-smp" and not re.search(
                r"^config SMP$", read(self.source, "arch/um/Kconfig"), re.M):
            self.skip_why = "User-Mode Linux has one CPU before Linux 6.19"
        self._describe()
        prefix = f"{os.path.basename(self.source)}-{self.machine}-{self.compiler}-"
        # Of kernels that differ in our own options alone one is built.
        self.dir = os.path.join(CACHE, "kunit", prefix + self._kernel_parts())
        self.results = os.path.join(CACHE, "cells", prefix + self.purpose)

    def _set_machine(self):
        """The machine's row in tools/lib/machines, with the variants' changes."""
        self.arch, variant = re.fullmatch(r"(.*?)(-up|-smp|)", self.machine).groups()
        row = next((row for row in MACHINES if self.arch in row["machine"].split()),
                   None)
        if not row:
            die(f"there is no machine {self.machine}: use "
                f"{' '.join(row['machine'] for row in MACHINES)}, or um-smp, or one of "
                "them with -up after it")
        self.cpus = int(row.get("cpus", 2))
        self.kernel_args = row.get("kernel_args", "").split()
        if variant == "-up":
            self.cpus = 1
        elif variant == "-smp":
            if "smp_args" not in row:
                die(f"{self.arch} has no variant -smp: it has {self.cpus} CPUs")
            self.cpus = 2
            self.kernel_args += row["smp_args"].split()
        self.cross = row.get("cross", "")
        self.packages = row.get("qemu", "").split()
        if self.cross and row.get("gcc") != "none":
            self.packages = row.get("gcc", "").split() + self.packages
        self.options = row.get("kunit_config", "").split()
        self.qemu_args = row.get("qemu_args", "").split()
        self.boot = row.get("boot", "")
        self.programs = row.get("programs", "").split()

    def _set_purpose(self):
        """The text of the purpose's files, and what their comments say."""
        self.parts = {}
        for part in self.purpose.split("+") if self.purpose != "default" else []:
            path = os.path.join(TOP, "kunit", part + ".config")
            if not os.access(path, os.R_OK):
                die(f"there is no purpose {part}: use default or the name of a "
                    "kunit/*.config")
            self.parts[part] = read(path)
        self.purpose_config = "".join(self.parts.values())
        self.runner = " ".join(self.words("runner"))
        # For a kernel without the Kconfig for it.
        self.make_words = self.words("make")
        self.controls = ["WARNING: "] + self.words("control")
        self.programs += " ".join(self.words("programs")).split()
        self.qemu_args += " ".join(self.words("qemu_args")).split()
        self.path = [os.path.join(CACHE, "programs", program, "bin")
                     for program in reversed(self.programs)] + os.get_exec_path()

    def words(self, key):
        """The lines in the purpose's comments that say something to this script."""
        return re.findall(rf"^# {key}: (.*)$", self.purpose_config, re.M)

    def _kernel_parts(self):
        """Those files of the purpose that change more than our own options."""
        return "+".join(part for part, text in self.parts.items()
                        if re.search(r"^CONFIG_(?!MEMBAR)", text, re.M)) or "default"

    def _set_compiler(self):
        match = COMPILER.fullmatch(self.compiler)
        if not match:
            die(f"there is no compiler {self.compiler}: use gcc, clang, gcc-N or "
                "clang-N")
        family, number = match.groups()
        if number:
            # It comes for this system's architecture only.
            if self.cross:
                die(f"{self.compiler} does not compile for {self.machine}: use gcc or "
                    "clang")
            if not shutil.which(self.compiler):
                self.path.insert(0, script("get-programs", self.compiler))
        llvm = number or CLANG
        if family == "clang":
            self.command = f"clang{llvm}"
            self.make_words = [f"LLVM={llvm}"] + self.make_words
        elif number:
            self.command = self.compiler
            self.make_words = [f"CC={self.compiler}"] + self.make_words
        else:
            self.command = self.cross + "gcc"
        if self.compiler == "gcc":
            self.packages.insert(0, "gcc")
        elif self.compiler == "clang":
            self.packages = [f"clang{llvm}", f"lld{llvm}", f"llvm{llvm}"] + self.packages

    def _describe(self):
        """How kunit.py boots the machine.

        The newest kernel describes the most of them; a tree of one's own describes
        itself.
        """
        self.description, self.karch, self.emulator = "", "um", ""
        if self.arch == "um":
            self.kconfig = read(self.source,
                                "tools/testing/kunit/configs/arch_uml.config")
            return
        self.kconfig = ""
        newest = source_of("newest")
        path = os.path.join(newest, "tools/testing/kunit/qemu_configs", self.arch + ".py")
        if not os.path.isfile(path):
            self.skip_why = self.skip_why or \
                f"Linux {os.path.basename(newest)} does not say how to boot it"
            return
        self.description = read(path)
        names = {}
        exec(self.description.replace("from ..qemu_config import QemuArchParams",
                                      "QemuArchParams = dict"), names)
        said = names["QEMU_ARCH"]
        self.karch = said["linux_arch"]
        self.kconfig = said["kconfig"] + "\n"
        if self.kernel != "newest":
            lacking = {f"CONFIG_{option}=y" for option in self.parse(self.kconfig)
                       if self._lacks(option)}
            self.kconfig = without(lacking, self.kconfig)
            self.description = without(lacking, self.description)
        self.emulator = "qemu-system-" + said["qemu_arch"]

    def _lacks(self, option):
        """Whether the kernel has no such option for this architecture."""
        paths = [os.path.join(self.source, name) for name in os.listdir(self.source)
                 if name != "arch"] + [os.path.join(self.source, "arch", self.karch)]
        return subprocess.run(["grep", "-rqE", "--include=Kconfig*",
                               rf"^\s*(menu)?config {option}$", *paths],
                              check=False).returncode == 1

    def own_description(self):
        """The description without what the machine's row unsets.

        kunit.py insists on what it asks for.
        """
        unset = {f"CONFIG_{option[:-2]}=y" for option in self.options
                 if option.endswith("=n")}
        return without(unset, self.description)

    def parse(self, text):
        """Options by name; of two lines on one option the last holds."""
        kunit_config = kernel_module(self.source, "kunit_config")
        return {entry.name: entry.value for entry in
                kunit_config.parse_from_string(text).as_entries()}

    def fragment(self):
        """What the kernel is configured from."""
        lines = [f"CONFIG_{option}=y" for option in OPTIONS]
        # What kunit.py insists on.
        lines += option_lines(self.kconfig)
        lines += [f"CONFIG_{option}" for option in self.options]
        if not any(option.startswith("SMP=") for option in self.options):
            lines.append("CONFIG_SMP=" + ("n" if self.cpus == 1 else "y"))
        lines += option_lines(self.demanded())
        return "".join(f"CONFIG_{name}={value}\n"
                       for name, value in self.parse("\n".join(lines)).items())

    def demanded(self):
        """What the project itself asks for, without which there is no kernel."""
        # Linux 6.1 has SRCU only if something selects it.
        srcu = "CONFIG_INOTIFY_USER=y\n" if self.kernel == "6.1" else ""
        return read(TOP, "kunit/.kunitconfig") + srcu + self.purpose_config

    def sources(self):
        """The project's files that are compiled into this kernel."""
        names = [os.path.relpath(path, TOP) for pattern in SOURCES
                 for path in glob.glob(os.path.join(TOP, pattern))]
        return sorted(name for name in names if "kcsan" in self.purpose or
                      not name.startswith("kunit/kcsan_"))

    def inputs(self):
        """All that decides the result."""
        text = f"cell {self.name}, Linux {self.number} in {os.path.basename(self.source)}\n"
        text += self.version(self.command)
        if self.emulator:
            text += self.version(self.emulator)
        text += " ".join([self.arch, str(self.cpus), self.cross,
                          " ".join(self.qemu_args), " ".join(self.kernel_args),
                          " ".join(self.words("kernel_args"))]) + "\n"
        if SUITES != ALL_SUITES:
            text += f"only {SUITES}\n"
        text += self.fragment()
        for name in self.sources():
            with open(os.path.join(TOP, name), "rb") as file:
                text += f"{hashlib.sha256(file.read()).hexdigest()}  {name}\n"
        return text

    def environment(self):
        """With the programs that the configuration needs."""
        return dict(os.environ, PATH=":".join(self.path))

    def run(self, command, **more):
        """Run a command with the programs that the configuration needs."""
        return subprocess.run(command, check=False, stdin=subprocess.DEVNULL,
                              env=self.environment(), **more)

    def version(self, command):
        """The first line that a command says of its version, or nothing."""
        try:
            said = self.run([command, "--version"], capture_output=True, text=True).stdout
        except FileNotFoundError:
            return ""
        return "".join(said.splitlines(keepends=True)[:1])

    def key(self):
        """A short hash of the inputs."""
        return hashlib.sha256(self.inputs().encode()).hexdigest()[:16]

    def prepare(self):
        """Install and download what it needs; what is not to be had skips it."""
        if self.skip_why:
            return
        if self.packages:
            shell("need_pkgs", *self.packages)
        for program in self.programs:
            status = subprocess.run([os.path.join(TOP, "tools/get-programs"), program],
                                    stdout=subprocess.DEVNULL, check=False).returncode
            if status == 4:
                self.skip_why = f"{program} of Debian's sid is not for this machine"
                return
            if status:
                sys.exit(1)
        if not shutil.which(self.command, path=":".join(self.path)):
            self.skip_why = f"{self.command} is not to be had"

