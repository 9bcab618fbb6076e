"""Tests with a year of real events, where they are at hand: every row of every file is what the programs say."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from programs import exported, needs_programs, rows, run
from recsys_artifacts import read_artifact, read_partition

DATA = Path(os.environ.get("RECSYS_DATA_DIR", "missing")) / "completejourney.exposure.jsonl.zst"
SCOPE = ("--tenant", "completejourney", "--surface", "home", "--start", "2017-01-01", "--end", "2017-12-31")
KINDS = ("popularity", "cooc", "implicit", "session_seq")


@needs_programs
@unittest.skipUnless(DATA.exists(), f"RECSYS_DATA_DIR has no {DATA.name}")
class YearTests(unittest.TestCase):
    """365 partitions and the artifacts of the whole year."""

    folder: Path

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        run("recsys-pipelines", "ingest", DATA, "--out-dir", cls.folder)

    def test_partitions(self) -> None:
        paths = sorted(self.folder.glob("canonical/*/*/exposures/*.rspart"))
        total = 0
        for path in paths:
            partition = read_partition(path, day=path.stem)
            # Not `assertEqual`, which would look for the difference for minutes.
            self.assertTrue(list(partition.events()) == list(rows(path)), path.stem)
            total += partition.rows
        self.assertEqual((len(paths), total), (365, 1_469_307))

    def test_artifacts(self) -> None:
        run("recsys-pipelines", "compute", *KINDS, *SCOPE, "--out-dir", self.folder)
        for kind in KINDS:
            [path] = self.folder.glob(f"artifacts/*/*/_/{kind}/*/*.rsart")
            artifact = read_artifact(path, expected_version=path.stem)
            artifact.verify()
            header, *entries = exported(path)
            table = artifact.to_arrow()
            self.assertEqual((table.column_names, table.num_rows), (header, len(entries)))
            for place, name in enumerate(header):
                texts = map(str, table[name].to_pylist())
                self.assertTrue(all(map(str.__eq__, texts, (entry[place] for entry in entries))), (kind, name))


if __name__ == "__main__":
    unittest.main()
