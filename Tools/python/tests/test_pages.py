"""Tests of the pages of the formats: their examples are files, and say of these what is so."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotation import bytes_of, listing_of
from programs import ROOT, needs_programs, run
from recsys_artifacts import read_artifact, read_partition

REFERENCE = ROOT / "docs" / "reference"


def example(page: str) -> str:
    """The last part of a page, which has the example."""
    return (REFERENCE / page).read_text(encoding="utf-8").rpartition("\n## ")[2]


def events(text: str) -> list[dict[str, Any]]:
    """The events in a text, which may go over several lines."""
    decoder = json.JSONDecoder()

    def found() -> Iterator[dict[str, Any]]:
        end = 0
        while (start := text.find('{"v":1', end)) != -1:
            event, end = decoder.raw_decode(text, start)
            yield event

    return list(found())


class ListingTests(unittest.TestCase):
    """The listings byte by byte."""

    maxDiff = None

    def listing(self, page: str) -> str:
        """The listing of a page."""
        return "".join(re.findall(r"^    [0-9A-F]{4}  .*\n", example(page), flags=re.MULTILINE))

    def test_partition(self) -> None:
        text = example("partition-format.md")
        data = bytes_of(text)
        self.assertIn(f"of {len(data)} bytes below", text)
        self.assertEqual(listing_of(data), self.listing("partition-format.md"))
        self.assertEqual(list(read_partition(data).events()), events(text))

    def test_artifact(self) -> None:
        text = example("artifact-format.md")
        data = bytes_of(text)
        self.assertIn(f"in {len(data)} bytes:", text)
        self.assertEqual(listing_of(data), self.listing("artifact-format.md"))
        artifact = read_artifact(data, expected_version=hashlib.sha256(data).hexdigest())
        self.assertIn(f"`{artifact.version}`", text)
        artifact.verify()
        rows = re.findall(r"^    (\w):  (\w) with (\d), (\w) with (\d)$", text, flags=re.MULTILINE)
        told = {key: {first: int(n), second: int(m)} for key, first, n, second, m in rows}
        self.assertEqual(artifact.to_dict(), told)
        self.assertEqual(json.dumps(artifact.to_dict()), json.dumps(told))

    def test_a_listing_that_is_wrong_is_found(self) -> None:
        text = example("partition-format.md")
        right = bytes_of(text)
        self.assertNotEqual(bytes_of(text.replace("61 6E 6E 62", "61 6E 6E 63")), right)
        with self.assertRaisesRegex(ValueError, "where 002A is due"):
            bytes_of(text.replace("    002A  00", "    002B  00"))

    @needs_programs
    def test_the_programs_write_these_bytes(self) -> None:
        day = ("--start", "2026-01-01", "--end", "2026-01-01")
        for page, suffix in (("partition-format.md", "rspart"), ("artifact-format.md", "rsart")):
            with self.subTest(page), tempfile.TemporaryDirectory() as folder:
                text = example(page)
                lines = "".join(f"{json.dumps(event)}\n" for event in events(text))
                run("recsys-pipelines", "ingest", "-", "--out-dir", folder, text=lines)
                scope = ("--tenant", "demo", "--surface", "home", *day, "--out-dir", folder)
                run("recsys-pipelines", "compute", "cooc", *scope)
                [path] = Path(folder).rglob(f"*.{suffix}")
                self.assertEqual(path.read_bytes(), bytes_of(text))


if __name__ == "__main__":
    unittest.main()
