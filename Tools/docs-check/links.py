"""Finds the links of a page that lead nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from commands import Failure, Workspace
from markdown import Link, Page, read_page

SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:|^//")
IMAGES = {".svg", ".png"}
LINE_ANCHOR = re.compile(r"^L\d+(-L\d+)?$")


def check_links(page: Page, root: Path) -> list[Failure]:
    """The relative links of a page whose file or anchor is missing. Links to other hosts are not followed."""
    failures = []
    for link in page.links:
        if not SCHEME.match(link.target) and (problem := _problem(link, page, root)):
            failures.append(Failure(link.line, f"the link {link.target} leads nowhere: {problem}"))
    return failures


def check_test_names(page: Page, root: Path) -> list[Failure]:
    """The tests that a page names and that do not exist."""
    failures = []
    for named in page.tests:
        files = (root / "Tests").rglob(f"{named.suite}*.swift")
        if not any(f"func {named.test}(" in file.read_text(encoding="utf-8") for file in files):
            failures.append(Failure(named.line, f"there is no test {named.suite}.{named.test}"))
    return failures


def check_images(page: Page, workspace: Workspace, write: bool) -> list[Failure]:
    """The linked files of a name that the blocks of the page give a file with other content, replaced if `write`."""
    failures = []
    for link in page.links:
        shown = page.path.parent / unquote(link.target)
        made = workspace.path / shown.name
        if SCHEME.match(link.target) or shown.suffix not in IMAGES or not made.is_file():
            continue
        if write:
            shown.write_bytes(made.read_bytes())
        elif not shown.is_file() or shown.read_bytes() != made.read_bytes():
            message = f"{link.target} is not what the page makes; see it with --write-images"
            failures.append(Failure(link.line, message))
    return failures


def _problem(link: Link, page: Page, root: Path) -> str | None:
    name, _, anchor = unquote(link.target).partition("#")
    if not name:
        target = page.path
    elif name.startswith("/"):
        target = root / name.lstrip("/")
    else:
        target = page.path.parent / name
    target = target.resolve()
    if not target.is_relative_to(root.resolve()):
        return "it leaves the repository"
    if not target.exists():
        return "there is no such file"
    return _anchor_problem(anchor, target) if anchor else None


def _anchor_problem(anchor: str, target: Path) -> str | None:
    if target.suffix != ".md":
        return None if LINE_ANCHOR.match(anchor) else "only Markdown files have anchors"
    if anchor not in read_page(target).anchors:
        return f"{target.name} has no heading or anchor #{anchor}"
    return None
