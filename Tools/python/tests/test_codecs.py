"""Tests of the codecs: a block is one whole frame of zstd, whatever its header says."""

from __future__ import annotations

import struct
import unittest

import numpy as np
import zstandard
from zstandard import ZstdCompressor

from memory import at_most
from recsys_artifacts.codecs import decompress, greatest_raw_lengths
from recsys_artifacts.errors import Damage

RAW = b"the raw bytes, the raw bytes, the raw bytes of a block"
FRAME = ZstdCompressor().compress(RAW)
UNSIZED = ZstdCompressor(write_content_size=False).compress(RAW)
SKIPPABLE = struct.pack("<II", 0x184D2A50, 0)


class CodecTests(unittest.TestCase):
    """Stored bytes to raw bytes."""

    def assert_damaged(self, stored: bytes, words: str, raw_length: int = len(RAW)) -> None:
        """The stored bytes give no raw bytes."""
        with self.assertRaisesRegex(Damage, words):
            decompress(memoryview(stored), 1, raw_length)

    def assert_gives(self, stored: bytes, raw: bytes) -> None:
        """The stored bytes give these raw bytes."""
        self.assertEqual(bytes(decompress(memoryview(stored), 1, len(raw))), raw)

    def test_none(self) -> None:
        self.assertEqual(bytes(decompress(memoryview(RAW), 0, len(RAW))), RAW)

    def test_a_frame(self) -> None:
        self.assert_gives(FRAME, RAW)
        self.assert_gives(ZstdCompressor(level=19, write_checksum=True).compress(RAW), RAW)

    def test_a_frame_that_does_not_say_its_length(self) -> None:
        self.assertEqual(zstandard.get_frame_parameters(UNSIZED).content_size, zstandard.CONTENTSIZE_UNKNOWN)
        self.assert_gives(UNSIZED, RAW)
        checked = ZstdCompressor(write_content_size=False, write_checksum=True).compress(RAW)
        self.assert_gives(checked, RAW)
        self.assert_damaged(checked[:-1] + bytes([checked[-1] ^ 1]), "one whole zstd frame")

    def test_long_content_that_does_not_say_its_length(self) -> None:
        raw = np.random.default_rng(1).integers(0, 50, 400_000, np.uint8).tobytes()
        self.assert_gives(ZstdCompressor(write_content_size=False).compress(raw), raw)

    def test_content_of_another_length(self) -> None:
        for length in (1, len(RAW) - 1, len(RAW) + 1):
            self.assert_damaged(FRAME, f"says {len(RAW)} bytes instead of {length}", length)
            self.assert_damaged(UNSIZED, "zstd frame|instead of", length)

    def test_not_exactly_one_frame(self) -> None:
        for whole in (FRAME, UNSIZED):
            self.assert_damaged(whole[:-1], "one whole zstd frame")
            self.assert_damaged(whole + b"\0", "one whole zstd frame")
            self.assert_damaged(whole + SKIPPABLE, "one whole zstd frame")
            self.assert_damaged(SKIPPABLE + whole, "magic")
            self.assert_damaged(whole + whole, "one whole zstd frame")
        halves = ZstdCompressor().compress(RAW[:10]) + ZstdCompressor().compress(RAW[10:])
        self.assert_damaged(halves, "says 10 bytes")

    def test_no_frame(self) -> None:
        self.assert_damaged(RAW, "magic")
        self.assert_damaged(b"\x28", "magic")
        self.assert_damaged(FRAME[:5], "one whole zstd frame")

    def test_a_frame_with_a_dictionary(self) -> None:
        asking = FRAME[:4] + bytes([FRAME[4] | 1, 7]) + FRAME[5:]
        self.assert_damaged(asking, "asks for dictionary 7")
        # Number 0 is no dictionary.
        self.assert_gives(FRAME[:4] + bytes([FRAME[4] | 1, 0]) + FRAME[5:], RAW)

    def test_a_reserved_bit(self) -> None:
        for whole in (FRAME, UNSIZED):
            self.assert_damaged(whole[:4] + bytes([whole[4] | 8]) + whole[5:], "one whole zstd frame")

    def test_a_header_that_promises_much_takes_no_memory(self) -> None:
        descriptor = bytes([0xE0])
        huge = FRAME[:4] + descriptor + (2**62).to_bytes(8, "little") + FRAME[6:]
        with at_most(50):
            self.assert_damaged(huge, "says 4611686018427387904 bytes")

    def test_a_huge_window_takes_no_memory(self) -> None:
        # A window of 2 GiB, the largest of the library.
        huge = UNSIZED[:5] + bytes([21 << 3]) + UNSIZED[6:]
        self.assertEqual(zstandard.get_frame_parameters(huge).window_size, 2**31)
        with at_most(50):
            self.assert_gives(huge, RAW)

    def test_content_that_goes_on_takes_no_memory(self) -> None:
        bomb = ZstdCompressor(write_content_size=False).compress(bytes(500_000_000))
        self.assertLess(len(bomb), 50_000)
        with at_most(50):
            self.assert_damaged(bomb, "zstd frame|instead of", 1000)

    def test_the_most_that_a_frame_holds(self) -> None:
        raw = bytes(10 * 131_072)
        # Blocks of one byte repeated, each a header of 3 bytes and that byte: none holds more for its length.
        header = b"\x28\xb5\x2f\xfd\xa0" + len(raw).to_bytes(4, "little")
        blocks = [(131_072 << 3 | 1 << 1 | (number == 9)).to_bytes(3, "little") + b"\0" for number in range(10)]
        dense = header + b"".join(blocks)
        self.assert_gives(dense, raw)
        self.assertGreaterEqual(int(greatest_raw_lengths(np.array([len(dense)]))[0]), len(raw))
        self.assertEqual(greatest_raw_lengths(np.array([1, 3, 4, 2**32 - 1])).tolist()[:3], [131_072, 131_072, 262_144])


if __name__ == "__main__":
    unittest.main()
