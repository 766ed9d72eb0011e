# SPDX-License-Identifier: GPL-2.0
"""Changes of files that are checked against what their author saw.

An edit file is a commit message, then for each file

    --- path/in/tree                --- path/in/tree new [from path/in/membar]
    @after|@before|@replace         @text
    the anchor, whole lines         the lines
    @text                           @end
    the new lines
    @end

An anchor has to be there exactly once; anything else is an EditError.
"""
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


class EditError(Exception):
    pass


def parse(path):
    """An edit file as (message, [(file, how, anchor, text)])."""
    message, edits = [], []
    name = how = None
    anchor, text, into = [], [], message
    with open(path) as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            where = f"{path}:{number}"
            if line.startswith("--- "):
                words = line.split()
                name, into = words[1], None
                if words[2:3] == ["new"]:
                    edits.append((name, "new", [], copied(words[3:], where)))
            elif line in ("@after", "@before", "@replace"):
                how, anchor, text = line[1:], [], []
                into = anchor
            elif line == "@text":
                if how is None:
                    how, anchor, text = "new", [], []
                into = text
            elif line == "@end":
                if how == "new":
                    edits.pop()
                edits.append((name, how, anchor, text))
                how = into = None
            elif into is not None:
                if into is not message or not line.startswith("# SPDX"):
                    into.append(line)
            elif line:
                raise EditError(f"{where}: not inside a block: {line}")
    return message, edits


def copied(words, where):
    """The lines of 'from FILE', a file of this project; none without."""
    if not words:
        return []
    if len(words) != 2 or words[0] != "from":
        raise EditError(f"{where}: expected 'new from FILE'")
    with open(os.path.join(TOP, words[1])) as source:
        return source.read().splitlines()


def find(lines, anchor, path):
    """Index of the one place where the anchor's lines stand."""
    size = len(anchor)
    at = [i for i in range(len(lines) - size + 1)
          if lines[i:i + size] == anchor]
    if len(at) != 1:
        raise EditError(f"{path}: found {len(at)} times instead of once, the "
                        "file has changed:\n    " + "\n    ".join(anchor))
    return at[0]


def apply(lines, how, anchor, text, path):
    """The lines with one change made."""
    if how == "new":
        if lines is not None:
            raise EditError(f"{path}: exists already")
        return text
    if lines is None:
        raise EditError(f"{path}: no such file")
    at = find(lines, anchor, path)
    end = at + len(anchor)
    if how == "before":
        return lines[:at] + text + lines[at:]
    if how == "after":
        return lines[:end] + text + lines[end:]
    return lines[:at] + text + lines[end:]


def edited(source, edits):
    """{path: lines} of each file that the changes touch."""
    files = {}
    for path, how, anchor, text in edits:
        if path not in files:
            files[path] = read(os.path.join(source, path))
        files[path] = apply(files[path], how, anchor, text, path)
    return files


def read(path):
    if not os.path.exists(path):
        return None
    with open(path) as source:
        return source.read().splitlines()


def write(out, files):
    for path, lines in files.items():
        target = os.path.join(out, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w") as sink:
            sink.write("\n".join(lines) + "\n")


def files_of(path):
    """The files that an edit file changes, each once."""
    return list(dict.fromkeys(edit[0] for edit in parse(path)[1]))


def main(args):
    """usage: edits.py TREE EDIT       change the files of TREE
       edits.py --files EDIT...  print which files would be changed"""
    try:
        if args[:1] == ["--files"]:
            print("\n".join(dict.fromkeys(f for e in args[1:] for f in files_of(e))))
        elif len(args) == 2:
            write(args[0], edited(args[0], parse(args[1])[1]))
        else:
            sys.exit(main.__doc__)
    except (EditError, OSError) as error:
        sys.exit(f"edits.py: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
