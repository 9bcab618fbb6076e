"""Tests of artifacts: what their page asks a reader to check, and what a notebook meets."""

from __future__ import annotations

import hashlib
import json
import math
import unittest
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from building import U32_MAX, ArtifactParts, Piece, column, text
from memory import at_most
from recsys_artifacts import KINDS, Artifact, Corrupt, Entry, Mismatched, read_artifact

Members = Mapping[str, Any]
NOTHING: Members = MappingProxyType({})


class MetadataTests(unittest.TestCase):
    """Check 10: the metadata are JSON with the members and ranges of section 2."""

    def opened(self, members: Members = NOTHING, counts: Members = NOTHING, without: str = "") -> Artifact:
        """The artifact with other members, with other members of its counts, and without one of either."""
        parts = ArtifactParts()
        parts.members |= members
        for each in (parts.members, parts.members.get("counts")):
            if isinstance(each, dict):
                each.pop(without, None)
        if counts:
            parts.members["counts"] |= counts
        return read_artifact(parts.file())

    def assert_corrupt(
        self, words: str, members: Members = NOTHING, counts: Members = NOTHING, without: str = ""
    ) -> None:
        """The artifact with other members is found corrupt when it is opened."""
        with self.assertRaisesRegex(Corrupt, f"corrupt at metadata, offset [0-9]+: .*{words}"):
            self.opened(members, counts, without)

    def spelled(self, old: str, new: str | bytes) -> bytes:
        """The artifact with its metadata spelled otherwise; an `old` of nothing stands for all of them."""
        parts = ArtifactParts()
        spelling = json.dumps(parts.members)
        self.assertIn(old, spelling)
        parts.metadata = new if isinstance(new, bytes) else spelling.replace(old or spelling, new).encode()
        return parts.file()

    def assert_refused(self, old: str, new: str | bytes) -> None:
        """The artifact with its metadata spelled so is found corrupt."""
        with self.assertRaises(Corrupt):
            read_artifact(self.spelled(old, new))

    def test_values(self) -> None:
        artifact = self.opened({"segment": "vip"})
        self.assertEqual((artifact.kind, artifact.tenant, artifact.surface), ("cooc", "demo", "home"))
        self.assertEqual((artifact.segment, artifact.rows, artifact.entries), ("vip", 2, 3))
        self.assertEqual([str(day) for day in artifact.window], ["2026-01-01", "2026-01-07"])
        self.assertEqual(artifact.parameters, {"max_neighbors_per_item": 50, "min_cooc_support": 1})

    def test_members_that_are_not_known_are_ignored(self) -> None:
        self.opened({"more": {"a": [1, None, True, "x", 1e5]}})
        self.opened(counts={"more": "x"})
        read_artifact(self.spelled('{"art', f'{{"huge": 1e999, "long": {"9" * 5000}, "art'))
        read_artifact(self.spelled('{"art', ' \n{"half": "\\ud800", "art'))

    def test_members_that_are_missing_or_of_another_type(self) -> None:
        for name in ArtifactParts().members:
            self.assert_corrupt(name, without=name)
            others: list[Any] = [None, 5, True, [], "" if name != "parameters" else 1]
            for value in others:
                self.assert_corrupt("", {name: value})

    def test_names(self) -> None:
        for name in ("", ".", "..", "_", ".quarantine", ".tmp-x", "a/b", "a\\b", "a\n", "\x85", "x" * 256, "\ud800"):
            for member in ("tenant", "surface", "segment"):
                self.assert_corrupt("no name", {member: name})
        self.assert_corrupt("segment", {"segment": None})

    def test_days(self) -> None:
        self.opened({"first_day": "0000-01-01", "last_day": "9999-12-31"})
        for day in ("2026-02-29", "2026-1-01", "2026-01-01T00", "-001-01-01", "２026-01-01", " 2026-01-01", "today"):
            self.assert_corrupt("first_day", {"first_day": day})
        self.assert_corrupt("begins on 2026-01-08", {"first_day": "2026-01-08"})

    def test_kinds(self) -> None:
        self.assert_corrupt("'als' is unknown", {"artifact_type": "als"})

    def test_parameters(self) -> None:
        artifact = self.opened({"parameters": {"a": 0.5, "b": "x", "c": -3}})
        self.assertEqual(artifact.parameters, {"a": 0.5, "b": "x", "c": -3})
        others: list[Any] = [None, True, [], {}]
        for value in others:
            self.assert_corrupt("parameter 'a'", {"parameters": {"a": value}})
        for spelling in ("1e999", "9" * 400):
            self.assert_refused('"min_cooc_support": 1', f'"min_cooc_support": {spelling}')

    def test_counts(self) -> None:
        for name in ArtifactParts().members["counts"]:
            self.assert_corrupt(name, without=name)
            for value in (-1, 2**32, 1.5, True, "1", None):
                self.assert_corrupt(name, counts={name: value})
        self.assert_corrupt("scored_entries", counts={"scored_entries": None})

    def test_counts_that_do_not_suit(self) -> None:
        for counts in ({"row_keys": 1}, {"counted_entries": 2}, {"counted_entries": 0}, {"scored_entries": 3}):
            self.assert_corrupt("suit cooc", counts=counts)
        scored = {"counted_entries": 0, "scored_entries": 3}
        for kind in ("implicit", "session_seq", "content_sim"):
            parts = ArtifactParts.of_kind(kind)
            parts.members["counts"] |= scored
            with self.assertRaisesRegex(Corrupt, f"suit {kind}"):
                read_artifact(parts.file())
        for counts in ({"rows": 2}, {"row_keys": 1}):
            parts = ArtifactParts.of_kind("popularity")
            parts.members["counts"] |= counts
            with self.assertRaisesRegex(Corrupt, "suit popularity"):
                read_artifact(parts.file())

    def test_what_is_no_json(self) -> None:
        whole = json.dumps(ArtifactParts().members)
        for spelling in ("", "[]", "null", whole + "x", whole + whole, whole[:-1], whole[:-1] + ",}", "[" * 100_000):
            self.assert_refused("", spelling.encode())
        self.assert_refused("", whole.encode("utf-16"))
        self.assert_refused("", b"\xef\xbb\xbf" + whole.encode())
        self.assert_refused("", whole.encode() + b"\xff")
        for value in ("NaN", "Infinity", "-Infinity", "01", "+1", ".5", "'x'", '"\t"', "/**/1"):
            self.assert_refused('{"art', f'{{"more": {value}, "art')

    def test_members_given_twice(self) -> None:
        self.assert_refused('{"art', '{"tenant": "demo", "art')
        self.assert_refused('"rows": 2', '"rows": 2, "rows": 2')

    def test_whole_numbers_have_no_fraction_and_no_exponent(self) -> None:
        for spelling in ("2.0", "2e0", "20e-1"):
            self.assert_refused('"rows": 2', f'"rows": {spelling}')


class SectionTests(unittest.TestCase):
    """Check 19: what the page asks of the values and of the order of ids."""

    def assert_corrupt(self, words: str, parts: ArtifactParts | None = None, **sections: list[Piece]) -> None:
        """The file with other blocks (`_17` is section 17) is found corrupt."""
        parts = parts or ArtifactParts()
        parts.sections |= {int(name[1:]): pieces for name, pieces in sections.items()}
        with self.assertRaisesRegex(Corrupt, words):
            read_artifact(parts.file()).verify()

    def test_ids_ascend(self) -> None:
        self.assert_corrupt("row_dictionary: the ids do not ascend", _1=text(1, ["sku-7", "sku-1"]))
        self.assert_corrupt("row_dictionary: the ids do not ascend", _1=text(1, ["sku-7", "sku-7"]))
        self.assert_corrupt("member_dictionary: the ids do not ascend", _2=text(2, ["a", "c", "b"]))

    def test_lengths_of_rows(self) -> None:
        self.assert_corrupt("row_length: the rows have 4 entries, not 3", _16=column(16, [2, 2]))
        self.assert_corrupt("row_length: row 1 is empty", _16=column(16, [3, 0]))
        self.assert_corrupt("have 3 values where there must be 2", _16=column(16, [1, 1, 1]))
        for kind in set(KINDS) - {"popularity", "session_seq"}:
            self.assert_corrupt("row 1 is empty", ArtifactParts.of_kind(kind), _16=column(16, [3, 0]))

    def test_rows_that_are_empty_in_session_seq(self) -> None:
        parts = ArtifactParts.of_kind("session_seq")
        parts.members["counts"] |= {"rows": 4, "row_keys": 4}
        parts.sections |= {1: text(1, ["a", "b", "c", "d"]), 16: column(16, [0, 2, 1, 0])}
        artifact = read_artifact(parts.file())
        artifact.verify()
        self.assertEqual(artifact.to_dict(), {"a": {}, "b": {"sku-7": 9, "sku-9": 4}, "c": {"sku-1": 9}, "d": {}})
        self.assertEqual(artifact.items("d"), [])
        self.assertTrue("d" in artifact and "e" not in artifact)
        self.assertEqual(artifact.to_pandas().shape, (3, 3))

    def test_members_beyond_the_dictionary(self) -> None:
        self.assert_corrupt("section member: a code of 3", _17=column(17, [1, 3, 0]))

    def test_counts(self) -> None:
        self.assert_corrupt("section count: entry 1 has a count of 0", _18=column(18, [9, 0, 9]))
        self.assert_corrupt("section count: entry 1 has more", _18=column(18, [4, 9, 9]))

    def test_counts_of_the_metadata_take_no_memory(self) -> None:
        huge = dict.fromkeys(("rows", "row_keys", "member_keys", "entries", "counted_entries"), U32_MAX)
        with at_most(50):
            for names in (huge, ("entries", "counted_entries"), ("rows", "row_keys"), ("member_keys",)):
                parts = ArtifactParts()
                parts.members["counts"] |= dict.fromkeys(names, U32_MAX)
                self.assert_corrupt("where there must be 4294967295|the rows have 3 entries", parts)

    def test_a_row_begins_anew(self) -> None:
        parts = ArtifactParts()
        parts.sections[18] = column(18, [2, 1, 9])
        read_artifact(parts.file()).verify()

    def test_scores(self) -> None:
        right: list[list[float]] = [[2.5, -1.0, 7.0], [0.0, -5e-324, 1e308], [1e16, 1e16, -1e-7]]
        for scores in right:
            artifact = read_artifact(ArtifactParts.with_scores(scores).file())
            artifact.verify()
            assert artifact.scores is not None
            self.assertEqual(artifact.scores.tolist(), scores)
            self.assertIsNone(artifact.counts)
        for scores, words in (
            ([math.nan, 1.0, 1.0], "not finite"),
            ([math.inf, 1.0, 1.0], "not finite"),
            ([2.0, -math.inf, 1.0], "not finite"),
            ([2.0, -0.0, 1.0], "negative zero"),
            ([1.0, 2.0, 1.0], "entry 1 has more"),
        ):
            self.assert_corrupt(f"section score: .*{words}", ArtifactParts.with_scores(scores))

    def test_equal_values_stand_by_id(self) -> None:
        tied = column(18, [9, 9, 9])
        self.assert_corrupt("section member: of entries with equal", _17=column(17, [2, 1, 0]), _18=tied)
        self.assert_corrupt("section member: of entries with equal", _17=column(17, [1, 1, 0]), _18=tied)
        scored = ArtifactParts.with_scores([0.5, 0.5, 0.5])
        self.assert_corrupt("section member: of entries with equal", scored, _17=column(17, [2, 1, 0]))
        parts = ArtifactParts()
        parts.sections |= {17: column(17, [2, 1, 0]), 18: tied}
        artifact = read_artifact(parts.file())
        for read in (artifact.to_dict, artifact.to_pandas, artifact.to_arrow, lambda: artifact.neighbors("sku-1")):
            with self.assertRaises(Corrupt):
                read()

    def test_tags_are_in_any_order(self) -> None:
        parts = ArtifactParts.of_kind("content_sim")
        parts.sections[17] = column(17, [2, 1, 0])
        self.assertEqual(read_artifact(parts.file()).tags("sku-1"), ["sku-9", "sku-7"])

    def test_values_where_there_are_none(self) -> None:
        self.assert_corrupt("section score: its blocks have 3 values", _19=column(19, [1, 1, 1]))
        scored = ArtifactParts.with_scores([1, 1, 1])
        self.assert_corrupt("section count: its blocks have 3 values", scored, _18=column(18, [1, 1, 1]))
        tags = ArtifactParts.of_kind("content_sim")
        self.assert_corrupt("section count: its blocks have 3 values", tags, _18=column(18, [1, 1, 1]))
        popular = ArtifactParts.of_kind("popularity")
        self.assert_corrupt("row_dictionary: its blocks have 1 values", popular, _1=text(1, ["x"]))


class ReadingTests(unittest.TestCase):
    """What a notebook meets."""

    def setUp(self) -> None:
        self.file = ArtifactParts().file()
        self.cooc = read_artifact(self.file)

    def of_kind(self, kind: str) -> Artifact:
        """The artifact as one of another kind."""
        return read_artifact(ArtifactParts.of_kind(kind).file())

    def test_neighbors(self) -> None:
        self.assertEqual(self.cooc.neighbors("sku-1"), [Entry("sku-7", 9), Entry("sku-9", 4)])
        self.assertEqual(self.cooc.neighbors("sku-7")[0].item, "sku-1")
        self.assertEqual(self.cooc.neighbors("sku-9"), [])
        self.assertIs(type(self.cooc.neighbors("sku-1")[0].score), int)

    def test_items(self) -> None:
        for kind in ("implicit", "session_seq"):
            self.assertEqual(self.of_kind(kind).items("sku-7"), [Entry("sku-1", 9)])

    def test_top(self) -> None:
        popularity = self.of_kind("popularity")
        self.assertEqual(popularity.top(2), [Entry("sku-1", 9), Entry("sku-7", 9)])
        self.assertEqual(len(popularity.top()), 3)
        self.assertEqual((len(popularity.top(99)), popularity.top(0)), (3, []))
        with self.assertRaises(ValueError):
            popularity.top(-1)

    def test_tags(self) -> None:
        self.assertEqual(self.of_kind("content_sim").tags("sku-1"), ["sku-7", "sku-9"])
        self.assertEqual(self.of_kind("content_sim").tags("x"), [])

    def test_what_is_in_it(self) -> None:
        self.assertTrue("sku-1" in self.cooc and "sku-9" not in self.cooc)
        popularity = self.of_kind("popularity")
        self.assertTrue("sku-9" in popularity and "x" not in popularity)

    def test_ids_are_strings(self) -> None:
        lookups: list[Callable[[Any], Any]] = [self.cooc.neighbors, self.cooc.__contains__]
        lookups += [self.of_kind("implicit").items, self.of_kind("session_seq").items, self.of_kind("content_sim").tags]
        lookups += [self.of_kind("popularity").__contains__, self.cooc.keys.find]
        for lookup in lookups:
            for other in (1, b"sku-1", None):
                with self.assertRaisesRegex(TypeError, "ids are strings"):
                    lookup(other)

    def test_what_is_for_another_kind(self) -> None:
        with self.assertRaisesRegex(ValueError, r"this artifact is cooc; items\(\) is for implicit and session_seq"):
            self.cooc.items("a")
        for method in (self.of_kind("implicit").neighbors, self.cooc.tags):
            with self.assertRaises(ValueError):
                method("a")
        with self.assertRaises(ValueError):
            self.cooc.top()

    def test_dicts(self) -> None:
        rows = {"sku-1": {"sku-7": 9, "sku-9": 4}, "sku-7": {"sku-1": 9}}
        self.assertEqual(self.cooc.to_dict(), rows)
        self.assertEqual(list(self.cooc.to_dict()["sku-1"]), ["sku-7", "sku-9"])
        self.assertEqual(self.of_kind("popularity").to_dict(), {"sku-1": 9, "sku-7": 9, "sku-9": 4})
        self.assertEqual(self.of_kind("content_sim").to_dict(), {"sku-1": ["sku-7", "sku-9"], "sku-7": ["sku-1"]})

    def test_arrays(self) -> None:
        self.assertEqual(self.cooc.row_offsets.tolist(), [0, 2, 3])
        self.assertEqual(self.cooc.member_codes.tolist(), [1, 2, 0])
        assert self.cooc.counts is not None
        self.assertEqual((self.cooc.counts.tolist(), self.cooc.counts.dtype), ([9, 4, 9], np.uint32))
        self.assertIsNone(self.cooc.scores)
        self.assertIsNone(self.of_kind("content_sim").values)
        for array in (self.cooc.row_offsets, self.cooc.member_codes, self.cooc.counts):
            with self.assertRaises(ValueError):
                array[0] = 1

    def test_tables(self) -> None:
        columns = {
            "popularity": ["item", "score"],
            "cooc": ["item", "neighbour", "score"],
            "implicit": ["user", "item", "score"],
            "session_seq": ["user", "item", "score"],
            "content_sim": ["item", "tag"],
        }
        for kind, names in columns.items():
            artifact = self.of_kind(kind)
            frame, table = artifact.to_pandas(), artifact.to_arrow()
            self.assertEqual((list(frame.columns), table.column_names), (names, names))
            self.assertEqual(frame.astype(object).to_dict("list"), table.to_pydict())
        rows = [("sku-1", "sku-7", 9), ("sku-1", "sku-9", 4), ("sku-7", "sku-1", 9)]
        self.assertEqual(list(self.cooc.to_pandas().itertuples(index=False, name=None)), rows)
        scored = read_artifact(ArtifactParts.with_scores([2.5, 0.5, 1]).file())
        self.assertEqual(scored.to_arrow()["score"].to_pylist(), [2.5, 0.5, 1.0])

    def test_nothing_at_all(self) -> None:
        for kind in KINDS:
            parts = ArtifactParts.of_kind(kind)
            parts.members["counts"] = dict.fromkeys(parts.members["counts"], 0)
            parts.sections = {}
            artifact = read_artifact(parts.file())
            artifact.verify()
            self.assertEqual((artifact.to_dict(), len(artifact.to_pandas()), artifact.to_arrow().num_rows), ({}, 0, 0))

    def test_versions(self) -> None:
        version = hashlib.sha256(self.file).hexdigest()
        self.assertEqual(read_artifact(self.file, expected_version=version).version, version)
        for other in ("0" * 64, version.upper(), ""):
            with self.assertRaisesRegex(Mismatched, f"of version {version}, not {other}"):
                read_artifact(self.file, expected_version=other)

    def test_what_a_notebook_shows(self) -> None:
        shown = f"2026-01-01 to 2026-01-07: 2 rows, 3 entries, version {self.cooc.version[:12]}…>"
        self.assertEqual(repr(self.cooc), f"<Artifact cooc of demo/home, {shown}")
        parts = ArtifactParts()
        parts.members |= {"segment": "vip", "parameters": {"<a>": "<b>"}}
        artifact = read_artifact(parts.file())
        self.assertIn("cooc of demo/home/vip", repr(artifact))
        self.assertIn("<th>&lt;a&gt;</th><td>&lt;b&gt;</td>", artifact._repr_html_())
        self.assertEqual(repr(self.cooc.neighbors("sku-7")), "[Entry(item='sku-1', score=9)]")


if __name__ == "__main__":
    unittest.main()
