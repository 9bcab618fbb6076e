"""Tests with thousands of damaged files whose checksums are right: this reader and `recsys-dump` agree on each."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xxhash

from building import ENTRY_LENGTH, HEADER_LENGTH, TAIL_LENGTH, ArtifactParts, PartitionParts
from programs import PROGRAMS, needs_programs, rows_of
from recsys_artifacts import FormatError, read_artifact, read_partition

FILES = 2_000
SEED = 1

# Of the files that this reader refuses one in so many is shown to the program, too: it takes a process each.
REFUSED_FILES_SHOWN = 12

# None is compressed: of a damaged frame two versions of zstd may make different bytes.
WHOLE_FILES = [
    PartitionParts().file(),
    ArtifactParts().file(),
    ArtifactParts.with_scores([2.5, -1, 0.5]).file(),
    *(ArtifactParts.of_kind(kind).file() for kind in ("popularity", "session_seq", "content_sim")),
]
BYTES = [*range(10), 16, 17, 127, 128, 254, 255]
EXTREMES = {width: [0, 1, 2 ** (8 * width - 1), 2 ** (8 * width) - 1] for width in (2, 4, 8)}


class Damager:
    """Makes damaged files, the same ones every time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def files(self, count: int) -> Iterator[bytes]:
        """Some damaged files."""
        for _ in range(count):
            data = bytearray(self._random.choice(WHOLE_FILES))
            for _ in range(self._random.choice([1, 1, 1, 2, 3])):
                self._damage(data)
            yield with_checksums(data)

    def _damage(self, data: bytearray) -> None:
        choose = self._random
        footer = len(data) - TAIL_LENGTH - int.from_bytes(data[-32:-28], "little")
        tail = len(data) - TAIL_LENGTH
        start, end = choose.choice([(0, len(data)), (HEADER_LENGTH, footer), (footer, tail), (footer, tail)])
        at = choose.randrange(len(data)) if not 0 <= start < end <= len(data) else choose.randrange(start, end)
        what = choose.randrange(6)
        if what == 0:
            data[at] ^= 1 << choose.randrange(8)
        elif what == 1:
            data[at] = choose.choice(BYTES)
        elif what == 2:
            width = choose.choice(list(EXTREMES))
            data[at : at + width] = choose.choice(EXTREMES[width]).to_bytes(width, "little")[: len(data) - at]
        elif what == 3:
            del data[at]
        elif what == 4:
            data.insert(at, choose.choice(BYTES))
        else:
            other = choose.randrange(len(data))
            data[at : at + ENTRY_LENGTH] = data[other : other + ENTRY_LENGTH]


def with_checksums(data: bytearray) -> bytes:
    """The file with all checksums, and the length that the tail says, as they would be right."""
    if len(data) < HEADER_LENGTH + TAIL_LENGTH:
        return bytes(data)
    tail = len(data) - TAIL_LENGTH
    footer = tail - int.from_bytes(data[tail : tail + 4], "little")
    data[24:32] = struct.pack("<Q", xxhash.xxh3_64_intdigest(bytes(data[:24])))
    data[tail + 16 : tail + 24] = struct.pack("<Q", len(data))
    if footer >= HEADER_LENGTH:
        table = footer + 8 + int.from_bytes(data[footer : footer + 4], "little")
        offset = HEADER_LENGTH
        for entry in range(table, tail - ENTRY_LENGTH + 1, ENTRY_LENGTH):
            end = offset + int.from_bytes(data[entry + 12 : entry + 16], "little")
            checksum = xxhash.xxh3_64_intdigest(bytes(data[offset:end]))
            data[entry + 16 : entry + 24] = struct.pack("<Q", checksum)
            offset = end
        data[tail + 8 : tail + 16] = struct.pack("<Q", xxhash.xxh3_64_intdigest(bytes(data[footer:tail])))
    return bytes(data)


def ours(data: bytes) -> list[dict[str, Any]] | None:
    """The rows that this reader finds, or None if it refuses the file."""
    try:
        if data[3:4] != b"A":
            return list(read_partition(data).events())
        artifact = read_artifact(data)
        artifact.verify()
    except FormatError:
        return None
    return list(rows_of(artifact))


def theirs(path: Path) -> list[dict[str, Any]] | None:
    """The rows that `recsys-dump` finds, or None if it refuses the file."""
    process = subprocess.run([PROGRAMS / "recsys-dump", "rows", path], capture_output=True, check=False)
    if process.returncode in (2, 5):
        return None
    if process.returncode != 0:
        raise AssertionError(f"exit code {process.returncode}: {process.stderr.decode(errors='replace')}")
    return [json.loads(line) for line in process.stdout.decode().split("\n")[:-1]]


@needs_programs
class DifferentialTests(unittest.TestCase):
    """Both refuse a file, or find the same rows in it."""

    def test_damaged_files(self) -> None:
        accepted = refused = 0
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "damaged"
            for number, data in enumerate(Damager(SEED).files(FILES)):
                found = ours(data)
                accepted += found is not None
                refused += found is None
                if found is not None or refused % REFUSED_FILES_SHOWN == 0:
                    path.write_bytes(data)
                    self.assertEqual(found, theirs(path), f"file {number}: {data.hex()}")
        self.assertGreater(accepted, FILES // 30)
        self.assertGreater(refused, FILES // 2)


if __name__ == "__main__":
    unittest.main()
