"""Tests with files that the programs write: this reader says of them what `recsys-dump` says."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from building import PartitionParts
from programs import EVENTS, Demo, exported, needs_programs, rows, rows_of, run
from recsys_artifacts import Artifact, read_artifact, read_partition

SCORES = ("cosine", "cosine_shrunk", "jaccard", "lift", "npmi", "pmi_shrunk", "llr", "asym_shrunk")


@needs_programs
class ProgramTests(unittest.TestCase):
    """Files of the sample data."""

    demo: Demo

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.demo = Demo(Path(folder.name))

    def checked(self, path: Path) -> Artifact:
        """An artifact that is what `recsys-dump rows` and `export --format tsv` say that it is."""
        artifact = read_artifact(path, expected_version=path.stem)
        artifact.verify()
        self.assertEqual(list(rows_of(artifact)), list(rows(path)))
        table = artifact.to_arrow()
        header, *entries = exported(path)
        self.assertEqual(table.column_names, header)
        columns = [column.to_pylist() for column in table.columns]
        spelled = [list(map(float, entry[-1:])) if "score" in header else [entry[-1]] for entry in entries]
        expected = [entry[:-1] + last for entry, last in zip(entries, spelled, strict=True)]
        self.assertEqual(list(map(list, zip(*columns, strict=True))), expected)
        return artifact

    def test_partitions(self) -> None:
        total = 0
        for path in self.demo.partitions:
            partition = read_partition(path, tenant="demo", surface="home", day=path.stem)
            self.assertEqual(list(partition.events()), list(rows(path)))
            total += partition.rows
        self.assertEqual((len(self.demo.partitions), total), (7, len(EVENTS.read_bytes().splitlines())))

    def test_artifacts_with_counts(self) -> None:
        for kind in ("popularity", "cooc", "implicit", "session_seq"):
            with self.subTest(kind):
                artifact = self.checked(self.demo.artifact(kind))
                self.assertEqual(artifact.kind, kind)
                self.assertIsNotNone(artifact.counts)

    def test_tags(self) -> None:
        artifact = self.checked(self.demo.artifact("content_sim"))
        self.assertEqual(artifact.tags("sku-0002"), ["bags", "hiking"])

    def test_every_score_of_cooc(self) -> None:
        for score in SCORES:
            with self.subTest(score):
                artifact = self.checked(self.demo.artifact("cooc", COOC_SCORE=score))
                self.assertEqual(artifact.parameters["score"], score)
                self.assertIsNotNone(artifact.scores)

    def test_popularity_otherwise(self) -> None:
        artifact = self.checked(self.demo.artifact("popularity", POPULARITY_HALF_LIFE_DAYS="2.5"))
        self.assertEqual(artifact.parameters["half_life_days"], 2.5)
        self.assertIsNotNone(artifact.scores)
        for unit in ("sessions", "users"):
            artifact = self.checked(self.demo.artifact("popularity", POPULARITY_UNIT=unit))
            self.assertEqual(artifact.parameters["unit"], unit)

    def test_a_segment(self) -> None:
        artifact = self.checked(self.demo.artifact("cooc", "--segment", "vip", LIMITS_MAX_ITEMS_PER_ARTIFACT="5"))
        self.assertEqual((artifact.segment, artifact.rows), ("vip", 5))

    def test_files_made_by_hand_are_read_by_the_programs(self) -> None:
        path = self.demo.folder / "by-hand.rspart"
        path.write_bytes(PartitionParts().file())
        self.assertEqual(list(read_partition(path).events()), list(rows(path)))

    def test_awkward_ids(self) -> None:
        ids = ["\0", "a\0", "a\u2028b", "\U0010ffff", "0", "00", "18446744073709551615", "18446744073709551616", "-1"]
        ids += ["01234567-89ab-cdef-fedc-ba9876543210", "01234567-89AB-cdef-fedc-ba9876543210", "x" * 70_000]
        ids += ["\u00e9", "e\u0301"]
        fields = '"v":1,"ts":"2026-01-01T00:00:00Z","tenant":"t","surface":"awkward","session_id":"s"'
        spelled = ["".join(f"\\u{unit:04x}" for unit in _units(each)) for each in ids]
        lines = "".join(f'{{{fields},"item_id":"{each}","user_id":"{each}"}}\n' for each in spelled)
        run("recsys-pipelines", "ingest", "-", "--out-dir", self.demo.folder, text=lines)
        path = self.demo.folder / "canonical/t/awkward/exposures/2026-01-01.rspart"
        partition = read_partition(path)
        self.assertEqual(list(partition.events()), list(rows(path)))
        self.assertEqual(list(partition.user.ids), sorted(ids))
        self.assertEqual(partition.item.to_numpy().tolist(), sorted(ids))


def _units(text: str) -> list[int]:
    """The units of UTF-16 of a text, as JSON escapes them."""
    data = text.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


if __name__ == "__main__":
    unittest.main()
