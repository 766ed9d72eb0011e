# SPDX-License-Identifier: GPL-2.0
#
# External builds and the project's commands.  In a kernel tree only Kbuild is
# read.
#
#	make [KDIR=dir]		build the modules for the running kernel or KDIR
#	make install		install the header, and membar-stress
#	make modules_install	install the modules
#	make clean		remove build/ and what a build leaves
#	make run		boot a kernel, run litmus tests in it, and report
#	make run DEMO=virt	demonstration: a guest with one CPU and its host
#	make run DEMO=edu	demonstration: a driver and its device
#	make run DEMO=rust	demonstration: a module in Rust
#	make check		every test that a change must pass
#	make PART		one part of it, by its name in tools/check.d/parts
#	make check-longer	the slower tests: packages, demonstrations,
#				documentation, deliberately broken barriers
#	make faults		inject faults into every call that can fail; race
#				with unload, hotplug and OOM
#	make fuzz		fuzz the parser for half an hour, and the files in
#				debugfs with a million requests
#	make soak [HOURS=n]	faults, races and fuzzers at once for hours; reports
#				leaks
#	make coverage		line coverage of the modules
#	make check-compilers	the tests with each gcc and clang that is packaged
#	make check-fleet	several machines, their logs added up; a campaign
#				in shards
#	make check-hosts	make run in fresh systems of Debian 12, 13 and later
#	make check-lava		jobs of LAVA, run by its own dispatcher
#	make check-vng		the modules with virtme-ng, on a kernel just built
#	make kunit [ARCH=...]	the KUnit suites, on User-Mode Linux or on other machines
#	make check-matrix	KUnit on each architecture, kernel, compiler, checker
#	make docs		the documentation as HTML, in build/docs/html
#
# Documentation/options.rst describes the other commands and all variables.

KDIR ?= /lib/modules/$(shell uname -r)/build

kbuild = -C $(KDIR) M=$(CURDIR)
# The samples are built as other modules would be: they know membar.ko only by its
# Module.symvers.

kbuild-samples = -C $(KDIR) M=$(CURDIR)/samples \
		 KBUILD_EXTRA_SYMBOLS=$(CURDIR)/Module.symvers

modules: samples

membar: kdir
	$(MAKE) $(kbuild) modules

samples: membar
	$(MAKE) $(kbuild-samples) modules

modules_install: kdir
	$(MAKE) $(kbuild) modules_install

# The kernel that the files were built for may be gone, so its own rule for this
# is not asked.
kbuild-files := *.a *.cmd *.dtb *.dwo *.gcno *.ko *.mod *.mod.c *.o *.o.d \
		*.symvers modules.order

clean:
	find . -name .git -prune -o -path ./build -prune -o -type f \
		\( -false $(foreach f,$(kbuild-files),-o -name '$(f)') \) \
		-exec rm -f {} +
	rm -rf build .tmp_versions

kdir:
	@test -f $(KDIR)/Makefile || { \
		echo "no kernel to build against at $(KDIR): install the running kernel's headers, give KDIR=, or try 'make run', which needs neither" >&2; \
		exit 1; }

# Variables given on the command line reach the scripts through their
# environment.
commands := run check check-compilers check-fleet check-hosts check-lava check-matrix check-vng build kunit selftests lint reject litmus lkmm-patches kernel-bugs kernel-patches codegen bench-stress soak-stress \
	    convert-check convert-headers bench bench-compile bench-counterexample \
	    bench-litmus7 \
	    faults fuzz fuzz-parser soak coverage \
	    install dkms deb-pkg docs doc-commands mutants misuse-kernel

parts := $(shell sed -n 's/^\([a-z][a-z-]*\) .*/\1/p' tools/check.d/parts)

$(filter-out reject,$(commands)):
	@tools/$@

reject:
	@selftests/reject/run

tools-check:
	@tools/check.d/tools

check-longer:
	@tools/check longer

# The commands that have a line in the comment at the top.
described = $(shell sed -n 's/^\#\tmake \([a-z_-]*\).*/\1/p' $(firstword $(MAKEFILE_LIST)))

help:
	@sed -n 's/^#\t//p' $(lastword $(MAKEFILE_LIST))
	@echo "Other commands, which Documentation/options.rst describes:"
	@echo "$(filter-out $(described),$(sort $(commands)))" | fmt -w 72

# Any other part of make check.
$(filter-out $(commands),$(parts)):
	@tools/check $@

.PHONY: modules membar samples modules_install clean kdir check-longer help \
	tools-check $(commands) $(parts)
