"""Tests of the differential test: what it expects, what it reads, and that it finds faults."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path

import duckdb

import comparison
import counts
import tsv
from events import Events
from question import KINDS, Question

ARRIVAL = "2026-01-01T00:00:00Z"


def events_of(folder: Path, events: list[tuple[str | None, str, str, str]]) -> Events:
    """A database with events, each of a user, a session, an item and a time."""
    path = folder / "events.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for user, session, item, time in events:
            event = {"v": 1, "ts": time, "tenant": "t", "surface": "s", "user_id": user}
            file.write(json.dumps({**event, "session_id": session, "item_id": item}) + "\n")
    return Events(Question(path, "t", "s", "2026-01-01", "2026-01-02"), folder)


class CountsTests(unittest.TestCase):
    """The artifacts that are expected."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def artifact(self, kind: str, events: list[tuple[str | None, str, str, str]]) -> list[str]:
        """The lines of an artifact of some events."""
        path = self.folder / f"{kind}.tsv"
        counts.write_artifact(events_of(self.folder, events).connection, kind, path)
        return path.read_text(encoding="utf-8").splitlines()

    def test_popularity_by_count_then_id(self) -> None:
        events = [(None, "s", item, ARRIVAL) for item in ["b", "é", "b", "a\t\\", "é", "B"]]
        expected = ["item\tscore", "b\t2", "é\t2", "B\t1", "a\\t\\\\\t1"]
        self.assertEqual(self.artifact("popularity", events), expected)

    def test_cooc_counts_sessions_once(self) -> None:
        shown = ["1a", "1b", "1b", "2a", "2b", "2c", "3c"]
        events = [(None, each[0], each[1], ARRIVAL) for each in shown]
        expected = ["a\tb\t2", "a\tc\t1", "b\ta\t2", "b\tc\t1", "c\ta\t1", "c\tb\t1"]
        self.assertEqual(self.artifact("cooc", events), ["item\tneighbour\tscore", *expected])

    def test_implicit_leaves_out_events_without_a_user(self) -> None:
        users = [("v", "a"), (None, "a"), ("u", "b"), ("u", "a"), ("u", "b"), ("", "c")]
        events = [(user, "s", item, ARRIVAL) for user, item in users]
        expected = ["user\titem\tscore", "u\tb\t2", "u\ta\t1", "v\ta\t1"]
        self.assertEqual(self.artifact("implicit", events), expected)

    def test_session_seq_leaves_out_the_first_event(self) -> None:
        times = [("a", "00:00:02Z"), ("b", "00:00:01.000000001Z"), ("c", "00:00:01.000000002Z")]
        events: list[tuple[str | None, str, str, str]] = [
            ("u", "s", item, f"2026-01-01T{time}") for item, time in times
        ]
        events += [("u", "s", "d", "2026-01-01T00:00:02Z"), ("v", "s", "a", ARRIVAL)]
        expected = ["user\titem\tscore", "u\ta\t1", "u\tc\t1", "u\td\t1"]
        self.assertEqual(self.artifact("session_seq", events), expected)

    def test_slices_make_no_difference(self) -> None:
        events = [(None, str(n // 7), str(n * n % 31), ARRIVAL) for n in range(300)]
        results = []
        for pairs in (1, 50, 10_000):
            with tempfile.TemporaryDirectory() as name:
                connection = events_of(Path(name), events).connection
                counts.count_pairs(connection, pairs)
                results.append(connection.execute("from neighbor order by row, place").fetchall())
        self.assertEqual(results[0], results[2])
        self.assertEqual(results[1], results[2])

    def test_nothing(self) -> None:
        event = [("u", "s", "a", "2026-02-01T00:00:00Z")]
        for kind in KINDS:
            with self.subTest(kind), tempfile.TemporaryDirectory() as name:
                path = Path(name) / "empty.tsv"
                counts.write_artifact(events_of(Path(name), event).connection, kind, path)
                self.assertEqual(len(path.read_text().splitlines()), 1)


class PartitionTests(unittest.TestCase):
    """The partitions that are expected."""

    def test_order_and_times(self) -> None:
        events: list[tuple[str | None, str, str, str]] = [
            ("u", "s", "a", "2026-01-02T00:00:00Z"),
            ("u", "s", "b", "2026-01-01T23:00:00.500Z"),
            ("u", "r", "c", "2026-01-01T23:00:00.500Z"),
            (None, "z", "d", "2026-01-02T01:30:00+02:00"),
            (None, "y", "e", "2026-01-01T23:59:00Z"),
        ]
        with tempfile.TemporaryDirectory() as name:
            theirs = events_of(Path(name), events)
            self.assertEqual(theirs.days(), ["2026-01-01", "2026-01-02"])
            rows = list(theirs.partition("2026-01-01"))
        self.assertEqual([row[4] for row in rows], ["e", "d", "b", "c"])
        times = ["23:59:00Z", "23:30:00Z", "23:00:00.5Z", "23:00:00.5Z"]
        self.assertEqual([row[0] for row in rows], [f"2026-01-01T{time}" for time in times])


class SpellingTests(unittest.TestCase):
    """Ids as they stand in TSV."""

    def test_both_ways_to_spell_ids(self) -> None:
        text = "a\\t\tb\r\né"
        self.assertEqual(tsv.escaped(text), r"a\\t\tb\r\n" + "é")
        query = f"select {tsv.escaped_in_sql('$text')}"
        self.assertEqual(duckdb.execute(query, {"text": text}).fetchall(), [(tsv.escaped(text),)])


class ReportTests(unittest.TestCase):
    """What is said of a comparison."""

    def report(self, ours: list[object], theirs: list[object], *, quiet: bool = False) -> str:
        """The lines, after a check that the verdict fits them."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            equal = comparison.report("x", ours, theirs, quiet=quiet)
        self.assertEqual(equal, "DIFFERENT" not in output.getvalue())
        return output.getvalue()

    def test_equal_rows(self) -> None:
        self.assertEqual(self.report([(1,), (2,)], [(1,), (2,)]), "x: 2 rows equal\n")
        self.assertEqual(self.report([1], [1], quiet=True), "")

    def test_another_value_and_another_length(self) -> None:
        self.assertIn("row 1: ours   (2,)", self.report([(1,), (2,)], [(1,), (3,)]))
        self.assertIn("row 1: DuckDB None", self.report([(1,), (2,)], [(1,)], quiet=True))
        self.assertIn("DIFFERENT in 1 of 1 rows", self.report([], [(1,)]))

    def test_files(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            files = [Path(name) / each for each in "abcd"]
            for file, text in zip(files, ["h\n1\n", "h\n1\n", "h\n1\n2\n", "i\n1\n"], strict=True):
                file.write_text(text)
            with contextlib.redirect_stdout(io.StringIO()):
                verdicts = [comparison.report_files("x", files[0], other) for other in files]
        self.assertEqual(verdicts, [True, True, False, False])


if __name__ == "__main__":
    unittest.main()
