"""Tests of the encodings, by bytes made by hand from section 10 of the container's page."""

from __future__ import annotations

import struct
import unittest

from building import I64_MAX, U32_MAX, U64_MAX, planes
from recsys_artifacts.encodings import decode
from recsys_artifacts.errors import Damage

CONSTANT, NARROW, PLANES, FRAME, DELTA, RUNS = range(1, 7)


class EncodingTestCase(unittest.TestCase):
    """A test of an encoding."""

    def assert_gives(self, encoding: int, raw: bytes, values: list[int], limit: int = U64_MAX) -> None:
        """The raw bytes give these values, and neither one byte fewer nor one more gives any."""
        self.assertEqual(decode(encoding, memoryview(raw), len(values), limit).tolist(), values)
        self.assert_damaged(encoding, raw[:-1], len(values), limit)
        self.assert_damaged(encoding, raw + b"\0", len(values), limit)

    def assert_damaged(self, encoding: int, raw: bytes, count: int, limit: int = U64_MAX, words: str = "") -> None:
        """The raw bytes give no values."""
        with self.assertRaisesRegex(Damage, words):
            decode(encoding, memoryview(raw), count, limit)


class PlainTests(EncodingTestCase):
    """Encodings 1 to 3."""

    def test_constant(self) -> None:
        self.assert_gives(CONSTANT, struct.pack("<Q", 7), [7, 7, 7])
        self.assert_gives(CONSTANT, struct.pack("<Q", U64_MAX), [U64_MAX])
        self.assert_damaged(CONSTANT, struct.pack("<Q", U32_MAX + 1), 3, U32_MAX, "at most 4294967295 fits")

    def test_narrow(self) -> None:
        self.assert_gives(NARROW, bytes([1, 5, 0, 255]), [5, 0, 255])
        self.assert_gives(NARROW, bytes([2, 0x02, 0x01, 0x04, 0x03]), [0x0102, 0x0304])
        self.assert_gives(NARROW, bytes([8]) + b"\xff" * 8, [U64_MAX])

    def test_byte_planes_of_the_page(self) -> None:
        raw = bytes.fromhex("02 02 04 06 01 03 05")
        self.assert_gives(PLANES, raw, [0x0102, 0x0304, 0x0506])

    def test_byte_planes_of_every_width(self) -> None:
        for width in range(1, 9):
            values = [0, 1, 256**width - 1, 256 ** (width - 1)]
            self.assert_gives(PLANES, bytes([width]) + planes(values, width), values)

    def test_a_width_larger_than_the_type(self) -> None:
        for encoding in (NARROW, PLANES):
            self.assert_gives(encoding, bytes([8, 7]) + bytes(7), [7], U32_MAX)
            self.assert_damaged(encoding, bytes([5]) + bytes(4) + b"\1", 1, U32_MAX, "at most 4294967295 fits")

    def test_widths_that_are_none(self) -> None:
        for encoding in (NARROW, PLANES):
            self.assert_damaged(encoding, bytes([0]), 1, words="a width of 0")
            self.assert_damaged(encoding, bytes([9]) + bytes(9), 1, words="a width of 9")
            self.assert_damaged(encoding, b"", 1, words="before the width")

    def test_numbers_that_are_no_encoding_of_numbers(self) -> None:
        for encoding in (0, 7, 8, 255):
            self.assert_damaged(encoding, bytes([1, 1]), 1, words=f"encoding {encoding}")


class FrameOfReferenceTests(EncodingTestCase):
    """Encoding 4."""

    def frame(self, base: int, scale: int, distances: list[int], width: int = 1) -> bytes:
        """The raw bytes."""
        return struct.pack("<QQB", base, scale, width) + planes(distances, width)

    def test_values(self) -> None:
        self.assert_gives(FRAME, self.frame(100, 10, [0, 1, 255]), [100, 110, 2650])
        self.assert_gives(FRAME, self.frame(100, 10, [0, 1, 256], 2), [100, 110, 2660])
        self.assert_gives(FRAME, self.frame(U64_MAX, 1, [0]), [U64_MAX])

    def test_the_greatest_values(self) -> None:
        self.assert_gives(FRAME, self.frame(5, U32_MAX - 5, [0, 1]), [5, U32_MAX], U32_MAX)
        self.assert_gives(FRAME, self.frame(0, U64_MAX // 255, [255]), [U64_MAX])

    def test_values_beyond_the_type(self) -> None:
        self.assert_damaged(FRAME, self.frame(6, U32_MAX - 5, [0, 1]), 2, U32_MAX, "leads to more")
        self.assert_damaged(FRAME, self.frame(1, U64_MAX // 255, [255]), 1, words="leads to more")
        # Modulo 2^64 the product is 0.
        self.assert_damaged(FRAME, self.frame(0, 2**60, [0, 16]), 2, words="leads to more")

    def test_parameters_beyond_the_type(self) -> None:
        self.assert_damaged(FRAME, self.frame(U32_MAX + 1, 1, [0]), 1, U32_MAX, "a base of")
        self.assert_damaged(FRAME, self.frame(0, U32_MAX + 1, [0]), 1, U32_MAX, "a scale of")
        self.assert_damaged(FRAME, self.frame(0, 0, [0]), 1, words="a scale of 0")


class DeltaTests(EncodingTestCase):
    """Encoding 5."""

    def delta(self, first: int, least: int, distances: list[int], width: int = 1) -> bytes:
        """The raw bytes."""
        return struct.pack("<QqB", first, least, width) + planes(distances, width)

    def test_values(self) -> None:
        self.assert_gives(DELTA, self.delta(10, -3, [0, 3, 5]), [10, 7, 7, 9])
        self.assert_gives(DELTA, self.delta(10, 1, [0, 0, 299], 2), [10, 11, 12, 312])

    def test_a_single_value_has_a_width_but_no_distance(self) -> None:
        self.assert_gives(DELTA, self.delta(5, 0, [], 1), [5])
        self.assert_gives(DELTA, self.delta(5, -9, [], 8), [5])
        self.assert_damaged(DELTA, self.delta(5, 0, [], 0), 1, words="a width of 0")

    def test_the_sum_is_modulo_2_to_the_64(self) -> None:
        self.assert_gives(DELTA, self.delta(0, 1, [I64_MAX - 1], 8), [0, I64_MAX])
        self.assert_gives(DELTA, self.delta(I64_MAX, -(2**63), [1], 1), [I64_MAX, 0])
        self.assert_gives(DELTA, self.delta(7, 2, [U64_MAX - 1], 8), [7, 7])

    def test_values_that_leave_the_range(self) -> None:
        self.assert_damaged(DELTA, self.delta(I64_MAX + 1, 0, []), 1, words="more than 2")
        self.assert_damaged(DELTA, self.delta(I64_MAX, 1, [0]), 2, words="below 0 or above")
        self.assert_damaged(DELTA, self.delta(0, -1, [0]), 2, words="below 0 or above")
        self.assert_damaged(DELTA, self.delta(0, -(2**63), [0]), 2, words="below 0 or above")
        self.assert_damaged(DELTA, self.delta(I64_MAX, I64_MAX, [0]), 2, words="below 0 or above")
        # The last value is right, one on the way is not.
        self.assert_damaged(DELTA, self.delta(0, -1, [0, 2]), 3, words="below 0 or above")
        self.assert_damaged(DELTA, self.delta(U32_MAX, 1, [0]), 2, U32_MAX, "at most 4294967295 fits")


class RunLengthTests(EncodingTestCase):
    """Encoding 6."""

    def runs(self, lengths: list[int], inner: int, raw: bytes, width: int = 1) -> bytes:
        """The raw bytes; the lengths are stored less 1."""
        stored = planes([length - 1 for length in lengths], width)
        return struct.pack("<IBB", len(lengths), width, inner) + stored + raw

    def test_values(self) -> None:
        values = [4, 4, 4, 9, 4, 4]
        self.assert_gives(RUNS, self.runs([3, 1, 2], NARROW, bytes([1, 4, 9, 4])), values)
        self.assert_gives(RUNS, self.runs([3, 1, 2], PLANES, bytes([1, 4, 9, 4]), 4), values)
        self.assert_gives(RUNS, self.runs([300], CONSTANT, struct.pack("<Q", 8), 2), [8] * 300)
        self.assert_gives(RUNS, self.runs([2, 2], FRAME, struct.pack("<QQBBB", 5, 2, 1, 0, 4)), [5, 5, 13, 13])
        self.assert_gives(RUNS, self.runs([2, 2], DELTA, struct.pack("<QqBB", 5, -1, 1, 0)), [5, 5, 4, 4])

    def test_runs_within_runs(self) -> None:
        inner = self.runs([1], CONSTANT, struct.pack("<Q", 8))
        self.assert_damaged(RUNS, self.runs([1], RUNS, inner), 1, words="encoding 6 within run length")
        self.assert_damaged(RUNS, self.runs([1], 0, inner), 1, words="encoding 0 within run length")

    def test_lengths_that_do_not_add_up(self) -> None:
        raw = self.runs([3, 1], NARROW, bytes([1, 4, 9]))
        self.assert_damaged(RUNS, raw, 3, words="add up to 4 values, not to 3")
        self.assert_damaged(RUNS, raw, 5, words="add up to 4 values, not to 5")
        huge = self.runs([2**32] * 2, NARROW, bytes([1, 4, 9]), 4)
        self.assert_damaged(RUNS, huge, 65_536, words="add up to 8589934592 values")

    def test_numbers_of_runs(self) -> None:
        self.assert_damaged(RUNS, self.runs([], CONSTANT, struct.pack("<Q", 8)), 1, words="0 runs")
        self.assert_damaged(RUNS, self.runs([1, 1], NARROW, bytes([1, 4, 9])), 1, words="2 runs of 1 values")
        self.assert_damaged(RUNS, struct.pack("<IBB", U32_MAX, 4, CONSTANT), 65_536, words="4294967295 runs")

    def test_widths_of_lengths(self) -> None:
        for width in (0, 5, 8):
            raw = struct.pack("<IBB", 1, width, CONSTANT) + bytes(width + 8)
            self.assert_damaged(RUNS, raw, 1, words=f"in {width} bytes")

    def test_too_few_bytes(self) -> None:
        self.assert_damaged(RUNS, bytes(5), 1, words="at least 6")
        self.assert_damaged(RUNS, struct.pack("<IBB", 9, 1, NARROW) + bytes(8), 9, words="fewer than the lengths")


if __name__ == "__main__":
    unittest.main()
