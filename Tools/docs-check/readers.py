"""Finds pages that do not say whom they are for."""

from __future__ import annotations

import re
from pathlib import Path

from commands import Failure
from markdown import Page

READERS = re.compile(r"(^|[.:] )For [a-zA-Z]|\bfor (whoever|everybody)\b")


def check_readers(page: Page, root: Path) -> list[Failure]:
    """The page, if it is one of docs and its first paragraph names no readers. The list of all pages is for all."""
    docs = root / "docs"
    if not page.path.is_relative_to(docs) or page.path == docs / "README.md":
        return []
    paragraphs = page.path.read_text(encoding="utf-8").split("\n\n", 2)
    first = " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else ""
    if READERS.search(first):
        return []
    return [Failure(1, "say in the first paragraph whom the page is for: `For data engineers ...`")]
