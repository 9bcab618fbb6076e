"""Tests of Parquet files: what DuckDB and pandas read from them is what is in the files they were made from."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from building import ArtifactParts, PartitionParts, column
from recsys_artifacts import COLUMNS, Corrupt, export, read_partition
from recsys_artifacts.export import UsageError, to_parquet

SELECT = "select strftime(ts, '%Y-%m-%d') as day, tenant, user_id, session_id, request_id, item_id, rank from"
ROWS = [
    ("demo", None, "7", "r", "x", None),
    ("demo", "a", "7", "r", "y", 0),
    ("demo", "b", "8", None, "x", 2**31 - 1),
]


class ExportTests(unittest.TestCase):
    """Files and folders of Parquet."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.first, self.second = self.partition(0), self.partition(1)

    def partition(self, number: int, **fields: Any) -> Path:
        """The partition of a day after 2026-01-01."""
        path = self.folder / "in" / f"2026-01-0{number + 1}.rspart"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PartitionParts(day=20_454 + number, **fields).file())
        return path

    def rows(self, pattern: Path) -> list[tuple[Any, ...]]:
        """What DuckDB reads."""
        with duckdb.connect() as connection:
            return connection.execute(f"{SELECT} '{pattern}'").fetchall()

    def assert_nothing_else(self, *names: str) -> None:
        """Beside the inputs there are only these."""
        self.assertEqual(sorted(each.name for each in self.folder.iterdir()), sorted(["in", *names]))

    def test_one_file_of_several_partitions(self) -> None:
        output = self.folder / "deep" / "events.parquet"
        self.assertEqual(to_parquet([self.second, self.first], output), [output])
        expected = [(day, *row) for day in ("2026-01-02", "2026-01-01") for row in ROWS]
        self.assertEqual(self.rows(output), expected)
        self.assertEqual([each.name for each in output.parent.iterdir()], ["events.parquet"])

    def test_a_folder_with_a_file_for_each_partition(self) -> None:
        other = self.partition(2, tenant=b"other")
        files = to_parquet([self.folder / "in"], self.folder / "out")
        names = ["demo/home/2026-01-01", "demo/home/2026-01-02", "other/home/2026-01-03"]
        self.assertEqual(files, [self.folder / "out" / f"{name}.parquet" for name in names])
        self.assertEqual(len(self.rows(self.folder / "out" / "**" / "*.parquet")), 9)
        self.assertEqual(self.rows(files[0]), [("2026-01-01", *row) for row in ROWS])
        self.assert_nothing_else("out")
        self.assertTrue(other.exists())

    def test_the_file(self) -> None:
        [path] = to_parquet([self.first], self.folder / "a.parquet")
        file = pq.ParquetFile(path)
        self.assertEqual(tuple(file.schema_arrow.names), COLUMNS)
        self.assertEqual({file.metadata.row_group(0).column(i).compression for i in range(8)}, {"ZSTD"})
        self.assertTrue(file.schema_arrow.equals(read_partition(self.first).to_arrow().schema))
        self.assertTrue(file.read().equals(read_partition(self.first).to_arrow()))
        table = pd.read_parquet(path)
        self.assertEqual(str(table["item_id"].dtype), "category")
        self.assertEqual(str(table["ts"].dtype), "datetime64[ns, UTC]")

    def test_small_partitions_share_a_group_of_rows(self) -> None:
        with mock.patch.object(export, "_ROWS_PER_GROUP", 7):
            [path] = to_parquet([self.partition(number) for number in range(5)], self.folder / "a.parquet")
        metadata = pq.ParquetFile(path).metadata
        groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
        self.assertEqual([group.num_rows for group in groups], [6, 6, 3])
        self.assertTrue(all(group.column(6).has_dictionary_page for group in groups))

    def test_without_an_output(self) -> None:
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            self.assertEqual(to_parquet([self.first], None), [Path("2026-01-01.parquet")])
        finally:
            os.chdir(before)
        self.assert_nothing_else("2026-01-01.parquet")
        for inputs in ([self.first, self.second], [self.first.parent]):
            with self.assertRaisesRegex(UsageError, "no output"):
                to_parquet(inputs, None)

    def test_artifacts(self) -> None:
        path = self.folder / "in" / "a.rsart"
        path.write_bytes(ArtifactParts().file())
        [written] = to_parquet([path], self.folder / "cooc.parquet")
        with duckdb.connect() as connection:
            found = connection.execute(f"select neighbour, score from '{written}' where item = 'sku-1'").fetchall()
        self.assertEqual(found, [("sku-7", 9), ("sku-9", 4)])
        for inputs in ([path, self.first], [self.first, path], [path, path]):
            with self.assertRaisesRegex(UsageError, "an artifact among other files"):
                to_parquet(inputs, self.folder / "all.parquet")

    def test_a_partition_given_twice(self) -> None:
        for inputs in ([self.first, self.first], [self.first, self.first.parent]):
            for output in ("a.parquet", "out"):
                with self.assertRaisesRegex(UsageError, "of demo/home/2026-01-01, as .* is"):
                    to_parquet(inputs, self.folder / output)
        self.assert_nothing_else()

    def test_hidden_files_are_left_out(self) -> None:
        (self.folder / "in" / ".tmp-1.rspart").write_bytes(b"being written")
        self.assertEqual(len(to_parquet([self.folder / "in"], self.folder / "out")), 2)

    def test_a_folder_without_partitions(self) -> None:
        (self.folder / "empty").mkdir()
        with self.assertRaisesRegex(UsageError, "no partition is below"):
            to_parquet([self.folder / "empty"], self.folder / "out")

    def test_a_file_is_replaced(self) -> None:
        output = self.folder / "a.parquet"
        to_parquet([self.first], output)
        to_parquet([self.second], output)
        self.assertEqual(self.rows(output)[0][0], "2026-01-02")

    def test_a_folder_is_not_replaced_unless_it_is_empty(self) -> None:
        output = self.folder / "out"
        output.mkdir()
        to_parquet([self.first], output)
        for place, words in ((output, "there already"), (self.first, "is no folder"), (Path("/dev/full"), "no folder")):
            with self.assertRaisesRegex(UsageError, words):
                to_parquet([self.second], place)
        self.assertEqual(len(self.rows(output / "**" / "*.parquet")), 3)

    def test_what_is_no_file_is_not_replaced(self) -> None:
        folder = self.folder / "folder.parquet"
        folder.mkdir()
        artifact = self.folder / "in" / "a.rsart"
        artifact.write_bytes(ArtifactParts().file())
        pipe = self.folder / "pipe.parquet"
        os.mkfifo(pipe)
        for file in (self.first, artifact):
            for place in (folder, pipe):
                with self.assertRaisesRegex(UsageError, "is no file that can be replaced"):
                    to_parquet([file], place)
        self.assertTrue(folder.is_dir() and pipe.is_fifo())

    def test_what_fails_leaves_nothing_behind(self) -> None:
        damaged = PartitionParts(day=20_455)
        damaged.sections[20] = column(20, [1, 2, 3])
        self.second.write_bytes(damaged.file())
        output = self.folder / "a.parquet"
        output.write_bytes(b"before")
        for place in (output, self.folder / "out"):
            with self.assertRaises(Corrupt):
                to_parquet([self.first.parent], place)
        self.assertEqual(output.read_bytes(), b"before")
        self.assert_nothing_else("a.parquet")

    def test_a_day_without_events(self) -> None:
        parts = PartitionParts(rows=0, earliest=0, latest=0, distinct=(0, 0, 0, 0), sections={})
        self.first.write_bytes(parts.file())
        [path] = to_parquet([self.first], self.folder / "a.parquet")
        self.assertEqual(self.rows(path), [])


if __name__ == "__main__":
    unittest.main()
