"""What the documentation check reads from a Markdown page: fenced blocks, links and anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

FENCE = re.compile(r"^(?P<indent> {0,3})(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
DIRECTIVE = re.compile(r"^\s*<!--\s*(?P<name>not run|exit):\s*(?P<value>.*?)\s*-->\s*$")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(?P<title>.*?)\s*#*\s*$")
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
INLINE_LINK = re.compile(r"\]\(\s*<?(?P<target>[^)\s>]+)>?(?:\s+[\"'][^)]*)?\)")
REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?(?P<target>[^\s>]+)>?")
TEST_NAME = re.compile(r"`(?P<suite>\w+Tests)\.(?P<test>\w+)`")
HTML_ANCHOR = re.compile(r"<a\s+(?:id|name)=[\"'](?P<name>[^\"']+)[\"']")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its lines, and what the comments before it say."""

    language: str
    first_line: int
    """The number of the line of text after the opening fence, counted from 1."""
    lines: list[str]
    not_run: str | None = None
    """Why the block is not run, if it is not."""
    exit_status: int = 0
    """The exit status its last command should have."""
    output: list[str] | None = None
    """The lines of the `text` block right behind it, if it is one of `python`."""

    def is_right_before(self, other: Block) -> bool:
        """True if at most one blank line stands between the two."""
        # Between the last line of this and the first of the other are the fences.
        return other.first_line - (self.first_line + len(self.lines)) <= 3


@dataclass(frozen=True)
class Link:
    """A link and the line it stands on."""

    line: int
    target: str


@dataclass(frozen=True)
class NamedTest:
    """A Swift test that the text names, `SuiteTests.test`, and the line it stands on."""

    line: int
    suite: str
    test: str


@dataclass
class Page:
    """One Markdown file."""

    path: Path
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tests: list[NamedTest] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)


class MarkdownError(Exception):
    """A page that cannot be read as meant: the line, and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_page(path: Path) -> Page:
    """Reads one Markdown file."""
    page = Page(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    directives: dict[str, str] = {}
    number = 0
    while number < len(lines):
        line = lines[number]
        if fence := FENCE.match(line):
            end = _closing_fence(lines, number, fence)
            _append(_block(lines, number, end, fence, directives), page)
            directives = {}
            number = end + 1
            continue
        if directive := DIRECTIVE.match(line):
            directives[directive["name"]] = directive["value"]
        elif line.strip():
            _refuse_stray(directives, number)
            _read_prose(line, number + 1, page)
        number += 1
    _refuse_stray(directives, number - 1)
    return page


def _append(block: Block, page: Page) -> None:
    before = page.blocks[-1] if page.blocks else None
    if before and block.language == "text" and before.language == "python" and before.is_right_before(block):
        page.blocks[-1] = replace(before, output=block.lines)
    else:
        page.blocks.append(block)


def _closing_fence(lines: list[str], start: int, fence: re.Match[str]) -> int:
    marks = fence["marks"]
    closing = re.compile(rf"^ {{0,3}}{re.escape(marks[0])}{{{len(marks)},}}\s*$")
    for number in range(start + 1, len(lines)):
        if closing.match(lines[number]):
            return number
    raise MarkdownError(start + 1, "this fenced block is never closed")


def _block(lines: list[str], start: int, end: int, fence: re.Match[str], directives: dict[str, str]) -> Block:
    words = fence["info"].split()
    indent = len(fence["indent"])
    text = [line[indent:] if line[:indent].isspace() else line for line in lines[start + 1 : end]]
    status = directives.get("exit", "0")
    if not status.isdigit():
        raise MarkdownError(start + 1, f"exit: {status!r} is no exit status")
    reason = directives.get("not run")
    if reason == "":
        raise MarkdownError(start + 1, "'not run' needs a reason")
    return Block(words[0] if words else "", start + 2, text, reason, int(status))


def _refuse_stray(directives: dict[str, str], number: int) -> None:
    if directives:
        names = " and ".join(repr(name) for name in directives)
        raise MarkdownError(number + 1, f"the comment {names} above stands before no fenced block")


def _read_prose(line: str, number: int, page: Page) -> None:
    if heading := HEADING.match(line):
        page.anchors.add(_unused_anchor(heading_anchor(heading["title"]), page.anchors))
    page.tests.extend(NamedTest(number, match["suite"], match["test"]) for match in TEST_NAME.finditer(line))
    text = CODE_SPAN.sub("", line)
    page.anchors.update(match["name"] for match in HTML_ANCHOR.finditer(text))
    page.links.extend(Link(number, target) for target in _targets(text))


def _targets(text: str) -> Iterator[str]:
    if reference := REFERENCE.match(text):
        yield reference["target"]
    for link in INLINE_LINK.finditer(text):
        yield link["target"]


def heading_anchor(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title)
    text = re.sub(r"[^\w\- ]", "", text.lower())
    return text.replace(" ", "-")


def _unused_anchor(anchor: str, used: set[str]) -> str:
    if anchor not in used:
        return anchor
    return next(name for count in range(1, 10_000) if (name := f"{anchor}-{count}") not in used)
