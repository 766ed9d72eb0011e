# SPDX-License-Identifier: GPL-2.0
#
# Sphinx's configuration; run by tools/docs, which sets the environment.

import os
import sys

kernel = os.environ["MEMBAR_KERNEL_SOURCE"]
sys.path.insert(0, os.path.join(kernel, "Documentation/sphinx"))

project = "membar"
copyright = "membar maintainers"
author = "membar maintainers"
# As in the kernel: kernel-doc, and function() is a link to its entry.
extensions = ["kerneldoc", "automarkup"]
kerneldoc_bin = os.path.join(kernel, "scripts/kernel-doc")
kerneldoc_srctree = os.path.abspath("..")
kerneldoc_verbosity = 0

highlight_language = "none"
primary_domain = "c"
html_theme = "alabaster"
html_theme_options = {
    "description": "Memory barriers with typed orderings",
    "fixed_sidebar": True,
    "page_width": "min(1200px, 100%)",
    "sidebar_width": "240px",
    "font_family": "sans-serif",
    "font_size": "15px",
    "code_font_size": "13px",
    "show_relbar_bottom": True,
    "show_powered_by": False,
}
html_copy_source = False
