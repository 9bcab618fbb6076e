"""Tests of partitions: what their page asks a reader to check, and what a notebook meets."""

from __future__ import annotations

import datetime
import pickle
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from building import PartitionParts, Piece, column, decimals, text
from recsys_artifacts import COLUMNS, Corrupt, Mismatched, read_partition

TIME = "2026-01-01T00:00:00.00000000"

EVENTS = [
    {"v": 1, "ts": f"{TIME}5Z", "tenant": "demo", "surface": "home"}
    | {"session_id": "7", "request_id": "r", "item_id": "x"},
    {"v": 1, "ts": f"{TIME}3Z", "tenant": "demo", "surface": "home", "user_id": "a"}
    | {"session_id": "7", "request_id": "r", "item_id": "y", "rank": 0},
    {"v": 1, "ts": f"{TIME}9Z", "tenant": "demo", "surface": "home", "user_id": "b"}
    | {"session_id": "8", "item_id": "x", "rank": 2**31 - 1},
]


def with_sections(**sections: list[Piece]) -> PartitionParts:
    """The partition with other blocks: `_20` is section 20."""
    parts = PartitionParts()
    parts.sections |= {int(name[1:]): pieces for name, pieces in sections.items()}
    return parts


def with_one_user(**sections: list[Piece]) -> PartitionParts:
    """The partition with a user in its last row alone, and other blocks."""
    parts = with_sections(_1=text(1, ["b"]), _16=column(16, [0, 0, 1]), **sections)
    parts.distinct = (1, *parts.distinct[1:])
    return parts


def without_events() -> PartitionParts:
    """A partition of a day without events."""
    return PartitionParts(rows=0, earliest=0, latest=0, distinct=(0, 0, 0, 0), sections={})


class StatisticsTests(unittest.TestCase):
    """Check 10: the statistics are within their ranges."""

    def assert_corrupt(self, parts: PartitionParts, words: str = "") -> None:
        """The file is found corrupt when it is opened."""
        with self.assertRaisesRegex(Corrupt, f"corrupt at statistics, offset [0-9]+: .*{words}"):
            read_partition(parts.file())

    def test_values(self) -> None:
        own = read_partition(PartitionParts().file()).statistics
        self.assertEqual((own.tenant, own.surface, own.day), ("demo", "home", np.datetime64("2026-01-01")))
        self.assertEqual((own.rows, own.earliest, own.latest), (3, 3, 9))
        self.assertEqual((own.users, own.sessions, own.requests, own.items), (2, 2, 1, 2))

    def test_the_first_and_the_last_day(self) -> None:
        self.assertEqual(str(read_partition(PartitionParts(day=-719_528).file()).day), "0000-01-01")
        self.assertEqual(str(read_partition(PartitionParts(day=2_932_896).file()).day), "9999-12-31")
        self.assert_corrupt(PartitionParts(day=-719_529), "outside the years")
        self.assert_corrupt(PartitionParts(day=2_932_897), "outside the years")

    def test_numbers(self) -> None:
        self.assert_corrupt(PartitionParts(zero=1), "reserved")
        self.assert_corrupt(PartitionParts(rows=2**63), "9223372036854775808 rows")
        for place in range(4):
            distinct = [1, 1, 1, 1]
            distinct[place] = 4
            self.assert_corrupt(PartitionParts(distinct=(distinct[0], distinct[1], distinct[2], distinct[3])), "4")

    def test_times(self) -> None:
        self.assert_corrupt(PartitionParts(latest=86_400_000_000_000), "nanoseconds of the day")
        self.assert_corrupt(PartitionParts(earliest=10), "between 10 and 9")
        parts = without_events()
        parts.latest = 1
        self.assert_corrupt(parts, "0 rows between 0 and 1")

    def test_names(self) -> None:
        self.assertEqual(read_partition(PartitionParts(tenant="é".encode() * 127).file()).tenant, "é" * 127)
        reserved = (b".", b"..", b"_", b".quarantine", b".tmp-1")
        for name in (*reserved, b"", b"a" * 256, b"a/b", b"a\\b", b"a\0", b"\x1f", b"\xc2\x85"):
            self.assert_corrupt(PartitionParts(tenant=name), "no name")
            self.assert_corrupt(PartitionParts(surface=name), "no name")
        self.assert_corrupt(PartitionParts(tenant=b"\xff"), "no UTF-8")

    def test_lengths(self) -> None:
        self.assert_corrupt(PartitionParts(behind=b"\0"), "1 bytes behind")
        for length in range(len(PartitionParts().statistics)):
            with self.subTest(length):
                parts = CutStatistics()
                parts.length = length
                self.assert_corrupt(parts, "fewer than there must be" if length < 48 else "a name ends behind")


class CutStatistics(PartitionParts):
    """A partition whose statistics end early."""

    length = 0

    @property
    def statistics(self) -> bytes:
        """The first bytes of the metadata."""
        return super().statistics[: self.length]


class ColumnTests(unittest.TestCase):
    """Check 19: what the page asks of the values and of the order of ids."""

    def assert_corrupt(self, parts: PartitionParts, words: str) -> None:
        """The file is found corrupt, by `verify` and when its events are asked for."""
        partition = read_partition(parts.file())
        for read in (partition.verify, lambda: next(partition.events())):
            with self.assertRaisesRegex(Corrupt, words):
                read()

    def test_codes_beyond_the_dictionary(self) -> None:
        self.assert_corrupt(with_sections(_16=column(16, [0, 1, 3])), "section user: a code of 0 or 3")
        self.assert_corrupt(with_sections(_18=column(18, [1, 1, 3])), "section session: a code")
        self.assert_corrupt(with_sections(_19=column(19, [1, 1, 2])), "section request: a code")
        self.assert_corrupt(with_sections(_20=column(20, [1, 2, 3])), "section item: a code")

    def test_sessions_and_items_that_are_missing(self) -> None:
        self.assert_corrupt(with_sections(_18=column(18, [0, 1, 2])), "section session: a code of 0")
        self.assert_corrupt(with_sections(_20=column(20, [1, 2, 0])), "section item: a code of 0")

    def test_ranks(self) -> None:
        self.assert_corrupt(with_sections(_21=column(21, [0, 1, 2**31 + 1])), "section rank: a rank code")

    def test_times(self) -> None:
        self.assert_corrupt(with_sections(_17=column(17, [5, 4, 9])), "times from 4 to 9, not from 3 to 9")
        self.assert_corrupt(with_sections(_17=column(17, [5, 3, 8])), "times from 3 to 8, not from 3 to 9")

    def test_users_that_do_not_ascend(self) -> None:
        self.assert_corrupt(with_sections(_1=text(1, ["b", "a"])), "user_dictionary: the ids do not ascend")
        self.assert_corrupt(with_sections(_1=text(1, ["a", "a"])), "user_dictionary: the ids do not ascend")
        # In the order of bytes; in the order of UTF-16 it would be the other way.
        ids = ["\uffff", "\U00010000"]
        self.assertEqual(list(read_partition(with_sections(_1=text(1, ids)).file()).user.ids), ids)
        self.assert_corrupt(with_sections(_1=text(1, ids[::-1])), "do not ascend")

    def test_ids_that_are_repeated(self) -> None:
        self.assert_corrupt(with_sections(_2=decimals(2, [7, 7])), "session_dictionary: an id is repeated")
        self.assert_corrupt(with_sections(_4=[*decimals(4, [5]), *text(4, ["5"])]), "item_dictionary: an id is rep")
        parts = with_sections(_3=text(3, ["r", "r"]))
        parts.distinct = (2, 2, 2, 2)
        self.assert_corrupt(parts, "request_dictionary: an id is repeated")

    def test_rows_out_of_order(self) -> None:
        self.assert_corrupt(with_sections(_16=column(16, [0, 2, 1])), "row 2 stands behind")
        self.assert_corrupt(with_sections(_16=column(16, [1, 2, 0])), "row 2 stands behind")
        self.assert_corrupt(with_sections(_16=column(16, [1, 1, 2])), "row 1 stands behind")

    def test_equal_times_are_in_order(self) -> None:
        parts = with_sections(_16=column(16, [1, 1, 2]), _17=column(17, [3, 3, 9]))
        read_partition(parts.file()).verify()

    def test_a_user_without_a_row(self) -> None:
        self.assert_corrupt(with_sections(_16=column(16, [0, 1, 1])), "a user has no row")
        self.assert_corrupt(with_sections(_16=column(16, [0, 2, 2])), "a user has no row")

    def test_rows_without_a_user_are_in_the_order_of_sessions(self) -> None:
        sessions = column(18, [2, 1, 2])
        for ids, is_right in (([8, 7], True), ([7, 8], False), ([9, 10], True), ([10, 9], False)):
            parts = with_one_user(_18=sessions, _2=decimals(2, ids))
            if is_right:
                read_partition(parts.file()).verify()
            else:
                self.assert_corrupt(parts, "row 1 stands behind")

    def test_the_time_of_rows_without_a_user_is_per_session(self) -> None:
        self.assert_corrupt(with_one_user(), "row 1 stands behind")
        read_partition(with_one_user(_18=column(18, [1, 2, 2])).file()).verify()

    def test_columns_are_read_by_themselves(self) -> None:
        parts = with_sections(_20=[Piece(20, 0, 2, 3, b"damaged")], _4=[Piece(4, 5, 7, 1, b"d", checksum=0)])
        partition = read_partition(parts.file())
        self.assertEqual(partition.to_pandas(["ts", "user_id"]).shape, (3, 2))
        self.assertEqual(partition.to_arrow(["rank", "session_id"]).num_rows, 3)
        with self.assertRaises(Corrupt):
            partition.to_pandas(["item_id"])
        with self.assertRaises(Corrupt):
            partition.to_pandas()


class ReadingTests(unittest.TestCase):
    """What a notebook meets."""

    def setUp(self) -> None:
        self.partition = read_partition(PartitionParts().file())

    def test_events(self) -> None:
        self.assertEqual(list(self.partition.events()), EVENTS)

    def test_arrays(self) -> None:
        partition = self.partition
        self.assertEqual(partition.user.codes.tolist(), [0, 1, 2])
        self.assertEqual(partition.user.codes.dtype, np.uint32)
        self.assertEqual(partition.user.to_numpy().tolist(), [None, "a", "b"])
        self.assertEqual(list(partition.session.ids), ["7", "8"])
        self.assertEqual(partition.time_of_day.tolist(), [5, 3, 9])
        self.assertEqual([str(ts) for ts in partition.ts], [f"{TIME}5", f"{TIME}3", f"{TIME}9"])
        self.assertEqual(partition.rank.tolist(), [None, 0, 2**31 - 1])
        self.assertEqual(partition.rank.dtype, np.int32)

    def test_arrays_that_are_kept_cannot_be_written_to(self) -> None:
        for array in (self.partition.user.codes, self.partition.time_of_day):
            with self.assertRaises(ValueError):
                array[0] = 1

    def test_pandas(self) -> None:
        table = self.partition.to_pandas()
        self.assertEqual(tuple(table.columns), COLUMNS)
        self.assertEqual(str(table["ts"].dtype), "datetime64[ns, UTC]")
        self.assertEqual(str(table["rank"].dtype), "Int32")
        self.assertEqual(table["ts"].iloc[2].isoformat(), f"{TIME}9+00:00")
        self.assertTrue(pd.isna(table["user_id"].iloc[0]))
        self.assertEqual(table["item_id"].tolist(), ["x", "y", "x"])
        self.assertEqual(table["tenant"].tolist(), ["demo"] * 3)
        self.assertEqual(table["rank"].tolist(), [pd.NA, 0, 2**31 - 1])
        self.assertEqual(int(table.groupby("item_id", observed=True).size()["x"]), 2)

    def test_arrow(self) -> None:
        table = self.partition.to_arrow()
        self.assertEqual(tuple(table.column_names), COLUMNS)
        self.assertEqual(table.schema.field("ts").type, pa.timestamp("ns", "UTC"))
        self.assertEqual(table.schema.field("item_id").type, pa.dictionary(pa.int32(), pa.string()))
        self.assertEqual([field.name for field in table.schema if field.nullable], ["user_id", "request_id", "rank"])
        self.assertEqual(table["user_id"].to_pylist(), [None, "a", "b"])
        self.assertEqual(table["rank"].to_pylist(), [None, 0, 2**31 - 1])
        self.assertTrue(table.validate(full=True) is None)

    def test_columns_in_the_order_that_is_wanted(self) -> None:
        self.assertEqual(list(self.partition.to_pandas(["rank", "ts"]).columns), ["rank", "ts"])
        self.assertEqual(self.partition.to_arrow(["rank", "ts"]).column_names, ["rank", "ts"])
        with self.assertRaisesRegex(ValueError, "no column 'user'; there are ts, tenant"):
            self.partition.to_pandas(["user"])
        for name in ("item_id", b"item_id"):
            for method in (self.partition.to_pandas, self.partition.to_arrow):
                with self.assertRaisesRegex(TypeError, "a list of names, not b?'item_id'"):
                    method(name)  # type: ignore[arg-type]

    def test_a_day_without_events(self) -> None:
        partition = read_partition(without_events().file())
        partition.verify()
        self.assertEqual(list(partition.events()), [])
        self.assertEqual(partition.to_pandas().shape, (0, 8))
        self.assertEqual(partition.to_arrow().num_rows, 0)
        self.assertIsNone(partition.earliest)
        self.assertIn("0 events", repr(partition))
        self.assertIn("2026-01-01", partition._repr_html_())

    def test_days_that_timestamps_cannot_say(self) -> None:
        for day, has_timestamps in ((-106_751, True), (-106_752, False), (106_750, True), (106_751, False)):
            partition = read_partition(PartitionParts(day=day).file())
            self.assertEqual(len(list(partition.events())), 3)
            if has_timestamps:
                self.assertEqual(str(partition.ts[0])[:10], str(partition.day))
            else:
                with self.assertRaisesRegex(OverflowError, str(partition.day)):
                    partition.to_pandas()

    def test_what_a_notebook_shows(self) -> None:
        text = "<Partition demo/home, 2026-01-01: 3 events, 2 users, 2 sessions, 1 requests, 2 items>"
        self.assertEqual(repr(self.partition), text)
        self.assertEqual(repr(self.partition.user), "<IdColumn user: 3 events, 2 distinct ids>")
        self.assertEqual(repr(self.partition.user.ids), "<Dictionary of 2 ids: 'a', 'b'>")
        html = read_partition(PartitionParts(tenant=b"<i>").file())._repr_html_()
        self.assertIn("&lt;i&gt;", html)
        self.assertNotIn("<i>", html)

    def test_dictionaries(self) -> None:
        ids = self.partition.item.ids
        self.assertEqual((len(ids), ids[1], ids[-1], ids[:1]), (2, "y", "y", ["x"]))
        self.assertTrue("x" in ids and "z" not in ids)
        self.assertEqual((ids.find("y"), ids.find("z"), ids.index("y")), (1, None, 1))
        for other in (7, b"x", None):
            with self.assertRaisesRegex(TypeError, "ids are strings, not (int|bytes|NoneType): "):
                ids.find(other)
            with self.assertRaises(TypeError):
                ids.__contains__(other)
        self.assertEqual(np.asarray(ids).tolist(), ["x", "y"])

    def test_ids_with_a_nul_at_the_end(self) -> None:
        partition = read_partition(with_sections(_4=text(4, ["x\0", "y"])).file())
        self.assertEqual(partition.item.to_numpy().tolist(), ["x\0", "y", "x\0"])
        self.assertEqual(partition.to_arrow()["item_id"].to_pylist(), ["x\0", "y", "x\0"])
        self.assertEqual(partition.to_pandas()["item_id"].tolist(), ["x\0", "y", "x\0"])


class OpeningTests(unittest.TestCase):
    """Files on disk, and those that were looked up."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "2026-01-01.rspart"
        self.path.write_bytes(PartitionParts().file())

    def test_paths(self) -> None:
        for path in (self.path, str(self.path)):
            partition = read_partition(path)
            self.assertEqual(list(partition.events()), EVENTS)
            self.assertEqual(partition.path, str(self.path))

    def test_a_file_that_is_replaced_while_it_is_read(self) -> None:
        partition = read_partition(self.path)
        other = self.path.with_name("other")
        other.write_bytes(b"")
        other.replace(self.path)
        self.assertEqual(list(partition.events()), EVENTS)

    def test_files_that_cannot_be_opened(self) -> None:
        with self.assertRaises(FileNotFoundError):
            read_partition(self.path.with_name("missing"))
        with self.assertRaises(IsADirectoryError):
            read_partition(self.path.parent)

    def test_errors_name_the_file(self) -> None:
        self.path.write_bytes(PartitionParts(zero=1).file())
        with self.assertRaises(Corrupt) as caught:
            read_partition(self.path)
        self.assertTrue(str(caught.exception).startswith(f"{self.path}: corrupt at statistics"))
        self.assertEqual(caught.exception.path, str(self.path))

    def test_what_was_looked_up(self) -> None:
        read_partition(self.path, tenant="demo", surface="home", day="2026-01-01")
        read_partition(self.path, day=datetime.date(2026, 1, 1))
        read_partition(self.path, day=np.datetime64("2026-01-01"))
        for key in ({"tenant": "x"}, {"surface": "x"}):
            with self.assertRaisesRegex(Mismatched, "of demo/home, 2026-01-01, not of"):
                read_partition(self.path, **key)
        with self.assertRaises(Mismatched):
            read_partition(self.path, day="2026-01-02")
        with self.assertRaises(ValueError):
            read_partition(self.path, day="2026-1-2")

    def test_errors_can_be_sent_between_processes(self) -> None:
        error = Corrupt("what", "a", section="item", block=1, offset=2)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(again), again.section, again.block, again.offset), (str(error), "item", 1, 2))


if __name__ == "__main__":
    unittest.main()
