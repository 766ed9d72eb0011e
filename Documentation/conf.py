# SPDX-License-Identifier: GPL-2.0
#
# Sphinx's configuration; run by tools/docs, which sets the environment.

import os
import re
import sys

from docutils import nodes

kernel = os.environ["MEMBAR_KERNEL_SOURCE"]
sys.path.insert(0, os.path.join(kernel, "Documentation/sphinx"))

project = "membar"
copyright = "membar maintainers"
author = "membar maintainers"
with open(os.environ["MEMBAR_DKMS_CONF"], encoding="utf-8") as dkms_conf:
    release = re.search('PACKAGE_VERSION="(.*)"', dkms_conf.read()).group(1)
version = release
# As in the kernel: kernel-doc, and function() is a link to its entry.
extensions = ["kerneldoc", "automarkup"]
kerneldoc_bin = os.path.join(kernel, "scripts/kernel-doc")
kerneldoc_srctree = os.path.abspath("..")
kerneldoc_verbosity = 0

highlight_language = "none"
primary_domain = "c"
# Has a contents list on each page, a dark mode, and fits small screens.
html_theme = "furo"


def dark_colours():
    """The dark colours of the theme.  In Debian 12 its style sheet has them for the
    button only, not for browsers that prefer dark pages, so each page sets them."""
    import furo  # pylint: disable=import-outside-toplevel
    styles = os.path.join(os.path.dirname(furo.__file__),
                          "theme/furo/static/styles/furo.css")
    with open(styles, encoding="utf-8") as source:
        block = re.search(r'body\[data-theme="?dark"?\]\s*\{([^}]*)\}', source.read())
    return dict(re.findall(r"--([\w-]+):\s*([^;]+?)\s*(?:;|$)", block.group(1)))


html_title = f"membar {release}"
html_theme_options = {
    "light_css_variables": {"content-padding": "2em"},
    "dark_css_variables": {**dark_colours(), "content-padding": "2em"},
}
html_copy_source = False


def mark_fields(_app, doctree):
    """Print "Ordering:" and "Pairing:" of kernel-doc in bold, and the arguments
    of a macro without the dots of its variable arguments."""
    for paragraph in doctree.findall(nodes.paragraph):
        first = paragraph.children[0] if paragraph.children else None
        match = re.match("(Ordering|Pairing|Ordering, pairing and context):", first or "") \
            if isinstance(first, nodes.Text) else None
        if match:
            paragraph.replace(first, [
                nodes.strong(text=match.group(0)),
                nodes.Text(first[match.end():])])
    for literal in doctree.findall(nodes.literal):
        text = literal.astext()
        if re.search(r"\border\.\.\.\)?$", text):
            literal.children = []
            literal += nodes.Text(text.replace("...", ""))


def setup(app):
    """Called by Sphinx."""
    app.connect("doctree-read", mark_fields)
