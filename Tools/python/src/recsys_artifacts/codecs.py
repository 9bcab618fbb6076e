"""The codecs: stored bytes to raw bytes, as section 9 of the container's page specifies."""

from __future__ import annotations

import numpy as np
import zstandard
from numpy.typing import NDArray

from .errors import Damage

NONE, ZSTD = 0, 1

# What a block of zstd gives at most, and the fewest bytes that one takes: a header of 3, and 1 that is repeated.
_BLOCK_CONTENT = 131_072
_BLOCK_BYTES = 4

_FRAME_MAGIC = b"\x28\xb5\x2f\xfd"
_CHECKSUM_BIT = 0x04
# A single segment whose content size is said in four bytes.
_SINGLE_SEGMENT = 0xA0


def greatest_raw_lengths(stored_lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The most bytes that zstd frames of so many bytes can hold."""
    return _BLOCK_CONTENT * (stored_lengths // _BLOCK_BYTES + 1)


def decompress(stored: memoryview, codec: int, raw_length: int) -> memoryview:
    """The raw bytes of a block, exactly `raw_length` of them.

    Raises `Damage` if the stored bytes are not one whole frame with that content. Takes memory for `raw_length` bytes,
    whatever content and window the frame's header promises.
    """
    if codec == NONE:
        # The lengths are the same; that was checked with the entry.
        return stored
    try:
        raw = zstandard.ZstdDecompressor().decompress(_sized(stored, raw_length), allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise Damage(f"the stored bytes are not one whole zstd frame: {error}") from None
    return memoryview(raw)


def _sized(frame: memoryview, raw_length: int) -> memoryview | bytes:
    """The frame with a header that says `raw_length`, so that it decompresses to just as many bytes, or not at all.

    A header that says another length is damage. One that says none is replaced: what decompresses a frame of unknown
    length in one piece takes memory for its window, too, which may be huge.
    """
    if bytes(frame[:4]) != _FRAME_MAGIC:
        raise Damage("the stored bytes do not begin with the magic of a zstd frame")
    header = zstandard.get_frame_parameters(frame)
    if header.dict_id != 0:
        raise Damage(f"the frame asks for dictionary {header.dict_id}")
    if header.content_size == raw_length:
        return frame
    if header.content_size != zstandard.CONTENTSIZE_UNKNOWN:
        raise Damage(f"the frame's header says {header.content_size} bytes instead of {raw_length}")
    descriptor = bytes([_SINGLE_SEGMENT | (frame[4] & _CHECKSUM_BIT)])
    blocks = frame[zstandard.frame_header_size(frame) :]
    return b"".join([_FRAME_MAGIC, descriptor, raw_length.to_bytes(4, "little"), blocks])
