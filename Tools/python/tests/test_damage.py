"""Tests of damaged files: no bit and no byte can be lost without notice."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from building import ArtifactParts, PartitionParts
from programs import Demo, needs_programs, run
from recsys_artifacts import FormatError, read_artifact, read_partition


class DamageTestCase(unittest.TestCase):
    """Damages files."""

    def assert_noticed(self, file: bytes, what: str) -> None:
        """Whoever reads all of the file gets an error about its format, and no other."""
        try:
            if file[3:4] == b"A":
                read_artifact(file).verify()
            else:
                read_partition(file).verify()
        except FormatError:
            return
        self.fail(f"{what} is not noticed")

    def assert_every_damage_is_noticed(self, file: bytes) -> None:
        """Every flipped bit is noticed, every length that is cut off, and every byte that is left out or added."""
        damaged = bytearray(file)
        for place in range(len(file)):
            for bit in range(8):
                damaged[place] ^= 1 << bit
                self.assert_noticed(bytes(damaged), f"bit {bit} of byte {place}")
                damaged[place] ^= 1 << bit
            self.assert_noticed(file[:place], f"a file of {place} bytes")
            self.assert_noticed(file[:place] + file[place + 1 :], f"byte {place} left out")
            self.assert_noticed(file[:place] + b"\0" + file[place:], f"a byte at {place}")


class HandmadeDamageTests(DamageTestCase):
    """Files made by hand."""

    def test_partition(self) -> None:
        self.assert_every_damage_is_noticed(PartitionParts().file())

    def test_artifacts(self) -> None:
        self.assert_every_damage_is_noticed(ArtifactParts().file())
        self.assert_every_damage_is_noticed(ArtifactParts.with_scores([2.5, -1, 0.5]).file())


@needs_programs
class ProgramDamageTests(DamageTestCase):
    """Files that the programs write, with compressed blocks."""

    demo: Demo

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.demo = Demo(Path(folder.name))

    def test_partition(self) -> None:
        fields = '"v":1,"tenant":"t","surface":"s","session_id":"of a visitor","request_id":"of a visitor"'
        lines = [f'{{{fields},"ts":"2026-01-01T{n:02d}:00:00Z","item_id":"item-number-{n % 7}"}}' for n in range(24)]
        run("recsys-pipelines", "ingest", "-", "--out-dir", self.demo.folder, text="\n".join(lines))
        path = self.demo.folder / "canonical/t/s/exposures/2026-01-01.rspart"
        self.assertIn("zstd", run("recsys-dump", "columns", path))
        self.assert_every_damage_is_noticed(path.read_bytes())

    def test_artifact(self) -> None:
        path = self.demo.artifact("popularity")
        self.assertIn("zstd", run("recsys-dump", "columns", path))
        self.assert_every_damage_is_noticed(path.read_bytes())


if __name__ == "__main__":
    unittest.main()
