"""The encodings 1 to 6: raw bytes to numbers, as section 10 of the container's page specifies.

Every function takes the raw bytes of a block and how many values they are to give, and returns these as u64. It raises
`Damage` if the bytes are too few, too many, or break a rule of their encoding; no memory is taken before the number of
bytes was found right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from .errors import Damage

Numbers = NDArray[np.uint64]

CONSTANT, NARROW, BYTE_PLANES, FRAME_OF_REFERENCE, DELTA, RUN_LENGTH, TEXT = range(1, 8)

_I64_MAX = 2**63 - 1


def decode(encoding: int, raw: memoryview, count: int, limit: int) -> Numbers:
    """The values of a block of numbers.

    Args:
        encoding: 1 to 6; any other number is damage.
        raw: The raw bytes, all of which must be used.
        count: How many values there are, at least 1.
        limit: The greatest value of their type, 2**32 - 1 or 2**64 - 1.
    """
    decoder = _DECODERS.get(encoding)
    if decoder is None:
        raise Damage(f"encoding {encoding} is not one of numbers")
    values = decoder(raw, count, limit)
    greatest = int(values.max())
    if greatest > limit:
        raise Damage(f"a value of {greatest} where at most {limit} fits")
    return values


def _constant(raw: memoryview, count: int, _limit: int) -> Numbers:
    _check_length(raw, 8)
    return np.full(count, _u64(raw, 0), np.uint64)


def _narrow(raw: memoryview, count: int, _limit: int) -> Numbers:
    width = _width(raw, 0)
    _check_length(raw, 1 + width * count)
    wide = np.zeros((count, 8), np.uint8)
    wide[:, :width] = np.frombuffer(raw, np.uint8, offset=1).reshape(count, width)
    return wide.view("<u8").reshape(count)


def _byte_planes(raw: memoryview, count: int, _limit: int) -> Numbers:
    width = _width(raw, 0)
    _check_length(raw, 1 + width * count)
    return _planes(raw[1:], width, count)


def _frame_of_reference(raw: memoryview, count: int, limit: int) -> Numbers:
    width = _width(raw, 16)
    _check_length(raw, 17 + width * count)
    base, scale = _u64(raw, 0), _u64(raw, 8)
    distances = _planes(raw[17:], width, count)
    if base > limit or not 1 <= scale <= limit:
        raise Damage(f"a base of {base} and a scale of {scale} where 0 and 1 to {limit} fit")
    # In Python's numbers, which have no end. Neither the product nor the sum of another distance is greater.
    if base + scale * int(distances.max()) > limit:
        raise Damage(f"a distance leads to more than {limit}")
    return np.uint64(base) + np.uint64(scale) * distances


def _delta(raw: memoryview, count: int, _limit: int) -> Numbers:
    width = _width(raw, 16)
    _check_length(raw, 17 + width * (count - 1))
    first, least = _u64(raw, 0), _u64(raw, 8)
    if first > _I64_MAX:
        raise Damage(f"a first value of {first}, more than 2^63 - 1")
    values = np.empty(count, np.uint64)
    values[0] = first
    # The sums are modulo 2^64, as the page says of a difference. From a value of at most 2^63 - 1 a difference leads
    # below 0 or above 2^63 - 1 if, and only if, the sum modulo 2^64 has its highest bit set.
    np.add(_planes(raw[17:], width, count - 1), np.uint64(least), out=values[1:])
    np.cumsum(values, out=values)
    if int(values.max()) > _I64_MAX:
        raise Damage("a difference leads below 0 or above 2^63 - 1")
    return values


def _run_length(raw: memoryview, count: int, limit: int) -> Numbers:
    if len(raw) < 6:
        raise Damage(f"{len(raw)} raw bytes where run length has at least 6")
    runs, width, inner = int.from_bytes(raw[:4], "little"), raw[4], raw[5]
    if not 1 <= runs <= count or not 1 <= width <= 4:
        raise Damage(f"{runs} runs of {count} values, their lengths in {width} bytes")
    if not CONSTANT <= inner <= DELTA:
        raise Damage(f"encoding {inner} within run length")
    end = 6 + width * runs
    if len(raw) < end:
        raise Damage(f"{len(raw)} raw bytes, fewer than the lengths of {runs} runs take")
    lengths = _planes(raw[6:end], width, runs) + np.uint64(1)
    total = int(lengths.sum())
    if total != count:
        raise Damage(f"the runs add up to {total} values, not to {count}")
    return np.repeat(decode(inner, raw[end:], runs, limit), lengths.astype(np.int64))


def _planes(raw: memoryview, width: int, count: int) -> Numbers:
    """Numbers from byte planes; `raw` has at least `width * count` bytes, and no more are looked at."""
    planes = np.frombuffer(raw, np.uint8, count=width * count).reshape(width, count)
    wide = np.zeros((count, 8), np.uint8)
    wide[:, :width] = planes.T
    return wide.view("<u8").reshape(count)


def _width(raw: memoryview, offset: int) -> int:
    if len(raw) <= offset:
        raise Damage(f"{len(raw)} raw bytes, which end before the width")
    if not 1 <= raw[offset] <= 8:
        raise Damage(f"a width of {raw[offset]}")
    return raw[offset]


def _check_length(raw: memoryview, needed: int) -> None:
    if len(raw) != needed:
        raise Damage(f"{len(raw)} raw bytes where the encoding takes {needed}")


def _u64(raw: memoryview, offset: int) -> int:
    return int.from_bytes(raw[offset : offset + 8], "little")


_DECODERS: Mapping[int, Callable[[memoryview, int, int], Numbers]] = {
    CONSTANT: _constant,
    NARROW: _narrow,
    BYTE_PLANES: _byte_planes,
    FRAME_OF_REFERENCE: _frame_of_reference,
    DELTA: _delta,
    RUN_LENGTH: _run_length,
}
