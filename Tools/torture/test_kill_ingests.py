"""Tests of kill_ingests.py: what it would find wrong, in stores made for it."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import kill_ingests


class PartitionsTests(unittest.TestCase):
    OLD = {"a": "1", "b": "1", "same": "1"}
    NEW = {"a": "2", "c": "2", "same": "1"}

    def test_each_is_old_or_new(self) -> None:
        for now in [self.OLD, self.NEW, {"a": "2", "b": "1", "c": "2", "same": "1"}, {"a": "1", "same": "1"}]:
            self.assertEqual(kill_ingests.mixed_up(self.OLD, self.NEW, now), [])

    def test_what_is_neither_is_named(self) -> None:
        for name, now in [
            ("a", {"a": "3", "b": "1", "same": "1"}),
            ("a", {"b": "1", "same": "1"}),
            ("same", {"a": "2", "c": "2"}),
            ("d", {"a": "2", "c": "2", "same": "1", "d": "1"}),
        ]:
            self.assertEqual(kill_ingests.mixed_up(self.OLD, self.NEW, now), [name])

    def test_outcomes(self) -> None:
        self.assertEqual(kill_ingests.outcome(self.OLD, self.NEW, self.OLD), "old")
        self.assertEqual(kill_ingests.outcome(self.OLD, self.NEW, self.NEW), "new")
        self.assertEqual(kill_ingests.outcome(self.OLD, self.NEW, {"a": "2", "b": "1", "same": "1"}), "some new")


class FilesTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.store = Path(folder.name)
        self.write("ledger/demo/home/20260108T031500Z-1f0c9a2e.json", "{}")

    def write(self, name: str, text: str = "") -> None:
        path = self.store / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def test_entries_that_are_cut_off(self) -> None:
        self.assertEqual(kill_ingests.broken_entries(self.store), [])
        self.write("ledger/demo/home/20260108T031500Z-00000000.json", '{"v": 1')
        self.assertEqual(
            kill_ingests.broken_entries(self.store), ["ledger/demo/home/20260108T031500Z-00000000.json"]
        )


if __name__ == "__main__":
    unittest.main()
