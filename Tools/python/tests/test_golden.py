"""Tests with the golden files: what was written once is read as it was meant."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

import zstandard

from programs import ROOT, rows_of
from recsys_artifacts import Artifact, Partition, read_artifact, read_partition

GOLDEN = ROOT / "Fixtures/golden/v1"


class GoldenTests(unittest.TestCase):
    """Every file of format 1 that is kept, and what is kept beside it."""

    def test_partitions(self) -> None:
        paths = sorted(GOLDEN.glob("*.rspart"))
        self.assertGreater(len(paths), 40)
        for path in paths:
            with self.subTest(path.stem):
                partition = read_partition(path)
                partition.verify()
                self.assertEqual(list(partition.events()), expected_rows(path))
                self.assertEqual(statistics(partition), expected_footer(path))

    def test_artifacts(self) -> None:
        paths = sorted(GOLDEN.glob("*.rsart"))
        self.assertGreater(len(paths), 20)
        for path in paths:
            with self.subTest(path.stem):
                artifact = read_artifact(path)
                artifact.verify()
                self.assertEqual(list(rows_of(artifact)), expected_rows(path))
                self.assert_metadata(artifact, expected_footer(path))

    def assert_metadata(self, artifact: Artifact, expected: dict[str, Any]) -> None:
        found = (artifact.kind, artifact.tenant, artifact.surface, artifact.segment, artifact.parameters)
        names = ("artifact_type", "tenant", "surface", "segment", "parameters")
        self.assertEqual(found, tuple(expected.get(name) for name in names))
        self.assertEqual([str(day) for day in artifact.window], [expected["first_day"], expected["last_day"]])
        counts = expected["counts"]
        found_counts = (artifact.rows, len(artifact.keys), len(artifact.members), artifact.entries)
        self.assertEqual(found_counts, tuple(counts[name] for name in ("rows", "row_keys", "member_keys", "entries")))
        self.assertEqual(0 if artifact.counts is None else artifact.entries, counts["counted_entries"])
        self.assertEqual(None if artifact.scores is None else artifact.entries, counts.get("scored_entries"))


def expected_rows(path: Path) -> list[Any]:
    """What `recsys-dump rows` prints of a golden file, as it is kept beside it."""
    lines = path.with_suffix(".jsonl")
    if lines.exists():
        data = lines.read_bytes()
    else:
        data = zstandard.ZstdDecompressor().decompressobj().decompress(lines.with_suffix(".jsonl.zst").read_bytes())
    return [json.loads(line) for line in data.split(b"\n") if line]


def expected_footer(path: Path) -> Any:
    """What is kept of the footer of a golden file."""
    return json.loads(path.with_suffix(".json").read_bytes())


def statistics(partition: Partition) -> dict[str, Any]:
    """The statistics of a partition as they are kept of golden files."""
    known = partition.statistics
    return {
        "tenant": known.tenant,
        "surface": known.surface,
        "day": str(partition.day),
        "rows": known.rows,
        "earliest": known.earliest,
        "latest": known.latest,
        "users": known.users,
        "sessions": known.sessions,
        "requests": known.requests,
        "items": known.items,
    }


if __name__ == "__main__":
    unittest.main()
