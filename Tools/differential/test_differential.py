"""Tests of the differential test: it reads what is exported, and it finds what differs."""

from __future__ import annotations

import contextlib
import io
import json
import unittest
from typing import Any

import differential


def lines(document: dict[str, Any]) -> list[str]:
    """A document as it is exported."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").splitlines(keepends=True)


class EntriesTests(unittest.TestCase):
    """The entries of documents, row by row."""

    def test_popularity_is_one_row_an_item(self) -> None:
        items = [{"item_id": "a } \\n {", "count": 2}, {"item_id": "b", "count": 1}]
        document = {"v": 1, "window": {"start": "x"}, "items": items, "build": {"version": ""}}
        self.assertEqual(
            list(differential.entries("popularity", lines(document))), [("a } \\n {", 2), ("b", 1)]
        )

    def test_rows_have_entries_or_an_empty_one(self) -> None:
        users = [
            {"user_id": "u", "items": [{"item_id": "a", "score": 2}, {"item_id": "b", "score": 1}]},
            {"user_id": "v", "items": []},
        ]
        self.assertEqual(
            list(differential.entries("implicit", lines({"users": users, "build": {}}))),
            [("u", "a", 2), ("u", "b", 1), ("v", None, None)],
        )

    def test_neighbours_are_of_items(self) -> None:
        rows = [{"item_id": "a", "items": [{"item_id": "b", "count": 3}]}]
        self.assertEqual(
            list(differential.entries("cooc", lines({"neighbors": rows}))), [("a", "b", 3)]
        )

    def test_no_rows(self) -> None:
        self.assertEqual(list(differential.entries("cooc", lines({"neighbors": []}))), [])


class ReportTests(unittest.TestCase):
    """What is said of a comparison."""

    def report(self, ours: list[differential.Row], theirs: list[differential.Row]) -> str:
        """The lines, after a check that the verdict fits them."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            equal = differential.report("x", ours, theirs)
        self.assertEqual(equal, "DIFFERENT" not in output.getvalue())
        return output.getvalue()

    def test_equal_rows(self) -> None:
        self.assertEqual(self.report([(1,), (2,)], [(1,), (2,)]), "x: 2 rows equal\n")

    def test_another_value_and_another_length(self) -> None:
        self.assertIn("row 1: ours   (2,)", self.report([(1,), (2,)], [(1,), (3,)]))
        self.assertIn("row 1: DuckDB None", self.report([(1,), (2,)], [(1,)]))
        self.assertIn("DIFFERENT in 1 of 1 rows", self.report([], [(1,)]))


if __name__ == "__main__":
    unittest.main()
