#!/usr/bin/env python3
"""Checks that the documentation is true: its commands run, print what it shows, and its links lead somewhere.

In README.md, the other pages of the top folder, docs/**/*.md and Tools/*/README.md:

- a fenced block marked `sh` is run whole with `bash -euo pipefail`;
- a block marked `console` holds lines `$ command`, each followed by the output it prints on either stream. A line `...`
  stands for any lines, and a `…` within a line for any text. All its commands run in one shell;
- a block marked `python` is run; those of a page are cells of one notebook. A block marked `text` right behind it is
  what it prints, its last expression included, with the same `...` and `…`;
- a page below docs says in its first paragraph whom it is for: `For data engineers ...`;
- a Swift test that a page names, `SomethingTests.aSentence`, exists;
- an image of a name that the blocks of its page give a file is that file; `--write-images` makes it so;
- a comment `<!-- exit: 3 -->` before a block is the exit status its last command must have, else 0;
- a comment `<!-- not run: reason -->` before a block keeps it from being run; it is listed with its reason;
- `make` commands are not run; their targets must exist.

The blocks of a page run in order in one working directory, which holds a copy of Fixtures; `recsys-pipelines` and the
other programs are on the PATH, and so are those of the Python that runs this. Exit status: 0 if all holds, 1 if
something does not, 2 if the check cannot run.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from commands import Failure, Workspace, check_make_targets, run_console_block, run_python_block, run_shell_block
from links import check_images, check_links, check_test_names
from readers import check_readers
from markdown import MarkdownError, Page, read_page

RUNNERS = {"sh": run_shell_block, "console": run_console_block, "python": run_python_block}
# What a reader would take for commands, but the check would pass over in silence.
UNCHECKED = {"bash", "shell", "zsh", "shell-session", "terminal"}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """The command line of the check."""
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description="Runs the commands of the documentation and checks its links.")
    parser.add_argument("--binary", type=Path, required=True, help="the folder with the built programs")
    parser.add_argument("--root", type=Path, default=root, help="the folder of the project")
    parser.add_argument("--write-images", action="store_true", help="replace images that pages make anew")
    parser.add_argument("pages", nargs="*", type=Path, help="pages to check instead of all")
    return parser.parse_args(arguments)


def all_pages(root: Path) -> list[Path]:
    """The pages of the top folder, README first, then those below docs, then those of the tools."""
    top = sorted(root.glob("*.md"), key=lambda path: (path.name != "README.md", path.name))
    return top + sorted((root / "docs").rglob("*.md")) + sorted((root / "Tools").glob("*/README.md"))


def make_targets(root: Path) -> set[str]:
    """The targets that the Makefile has."""
    makefile = root / "Makefile"
    text = makefile.read_text(encoding="utf-8") if makefile.exists() else ""
    return set(re.findall(r"^([a-zA-Z][\w-]*)\s*:(?!=)", text, flags=re.MULTILINE))


def check_page(
    page: Page, root: Path, programs: Path, counts: Counter[str], write_images: bool
) -> Iterator[Failure]:
    """Everything on a page that is not as it says."""
    counts["links"] += len(page.links)
    yield from check_links(page, root)
    yield from check_test_names(page, root)
    yield from check_readers(page, root)
    targets = make_targets(root)
    with Workspace(root / "Fixtures", programs) as workspace:
        for block in page.blocks:
            if block.language in UNCHECKED:
                yield Failure(block.first_line - 1, f"mark commands as `sh` or `console`, not `{block.language}`")
            if block.language not in RUNNERS:
                continue
            yield from check_make_targets(block, targets)
            if block.not_run is not None:
                counts["skipped"] += 1
                print(f"{display_name(page.path, root)}:{block.first_line}: not run: {block.not_run}")
                continue
            counts["blocks"] += 1
            yield from RUNNERS[block.language](block, workspace)
        yield from check_images(page, workspace, write_images)


def check_file(
    path: Path, root: Path, programs: Path, counts: Counter[str], write_images: bool
) -> Iterator[Failure]:
    """Everything in a file that is not as it says, or the one thing that makes it unreadable."""
    try:
        yield from check_page(read_page(path), root, programs, counts, write_images)
    except MarkdownError as error:
        yield Failure(error.line, str(error))


def display_name(path: Path, root: Path) -> str:
    """The name of a page as it is reported: relative to the project where it is part of it."""
    path = path.resolve()
    return str(path.relative_to(root.resolve()) if path.is_relative_to(root.resolve()) else path)


def main(arguments: list[str]) -> int:
    """Checks the pages and reports each failure as `file:line: what`."""
    options = parse_arguments(arguments)
    if not options.binary.is_dir():
        print(f"check_docs.py: {options.binary}: no such folder; build the programs first", file=sys.stderr)
        return 2
    counts: Counter[str] = Counter()
    pages = options.pages or all_pages(options.root)
    for path in pages:
        for failure in check_file(path, options.root, options.binary, counts, options.write_images):
            counts["failures"] += 1
            print(f"{display_name(path, options.root)}:{failure.line}: {failure.message}")
    print(
        f"{len(pages)} pages: {counts['blocks']} blocks run, {counts['skipped']} not run, "
        f"{counts['links']} links, {counts['failures']} failures"
    )
    return 1 if counts["failures"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
