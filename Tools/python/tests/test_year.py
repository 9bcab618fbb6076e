"""Tests with a year of real events, where they are at hand: every row of every file is what the programs say."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from programs import needs_programs, rows, run
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
            exported = path.with_suffix(".tsv")
            run("recsys-pipelines", "export", "--file", path, "--format", "tsv", "--output", exported)
            table = artifact.to_arrow()
            types = {name: pa.uint32() if name == "score" else pa.string() for name in table.column_names}
            self.assertTrue(table.cast(pa.schema(types.items())).equals(read_tsv(exported, types)), kind)


def read_tsv(path: Path, types: dict[str, pa.DataType]) -> pa.Table:
    """A table of tab-separated values none of which has a character that is escaped."""
    spelling = csv.ParseOptions(delimiter="\t", quote_char=False, escape_char=False)
    return csv.read_csv(path, parse_options=spelling, convert_options=csv.ConvertOptions(column_types=types))


if __name__ == "__main__":
    unittest.main()
