"""Files made by hand, right and wrong, from what the pages say of them."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xxhash
import zstandard

HEADER_LENGTH = TAIL_LENGTH = 32
ENTRY_LENGTH = 24

I64_MAX, U64_MAX, U32_MAX = 2**63 - 1, 2**64 - 1, 2**32 - 1


@dataclass(frozen=True)
class Piece:
    """A block and its entry. What is None follows from the raw bytes."""

    section: int
    part: int
    encoding: int
    rows: int
    raw: bytes
    codec: int = 0
    raw_length: int | None = None
    stored: bytes | None = None
    checksum: int | None = None

    @property
    def stored_bytes(self) -> bytes:
        """The stored bytes."""
        if self.stored is not None:
            return self.stored
        return zstandard.ZstdCompressor(level=3).compress(self.raw) if self.codec == 1 else self.raw

    @property
    def entry(self) -> bytes:
        """The entry in the section table."""
        raw_length = len(self.raw) if self.raw_length is None else self.raw_length
        checksum = xxhash.xxh3_64_intdigest(self.stored_bytes) if self.checksum is None else self.checksum
        numbers = (
            self.section,
            self.part,
            self.encoding,
            self.codec,
            self.rows,
            raw_length,
            len(self.stored_bytes),
            checksum,
        )
        return struct.pack("<BBBBIIIQ", *numbers)


def container(
    letter: bytes,
    metadata: bytes,
    pieces: Sequence[Piece],
    *,
    version: int = 1,
    required: int = 0,
    optional: int = 0,
    zeros: tuple[int, int] = (0, 0),
) -> bytes:
    """A file of these blocks, with checksums and lengths that are right."""
    magic = b"\x89RS" + letter + b"\r\n\x1a\n"
    header = magic + struct.pack("<HHIII", version, zeros[0], required, optional, zeros[1])
    header += struct.pack("<Q", xxhash.xxh3_64_intdigest(header))
    entries = b"".join(piece.entry for piece in pieces)
    footer = struct.pack("<I", len(metadata)) + metadata + struct.pack("<I", len(pieces)) + entries
    return with_tail(header + b"".join(piece.stored_bytes for piece in pieces), footer, magic)


def with_tail(before: bytes, footer: bytes, magic: bytes) -> bytes:
    """A file of what stands before the footer, the footer, and a tail that suits them."""
    length = len(before) + len(footer) + TAIL_LENGTH
    tail = struct.pack("<IIQQ", len(footer), 0, xxhash.xxh3_64_intdigest(footer), length)
    return before + footer + tail + magic[::-1]


def width_of(values: Sequence[int]) -> int:
    """The fewest bytes that every value fits in, at least 1."""
    return max(1, -(-max(values).bit_length() // 8))


def planes(values: Sequence[int], width: int) -> bytes:
    """Byte planes of a width."""
    return b"".join(bytes(value >> 8 * plane & 0xFF for value in values) for plane in range(width))


def narrow(values: Sequence[int], width: int | None = None) -> bytes:
    """The raw bytes of encoding 2."""
    width = width or width_of(values)
    return bytes([width]) + b"".join(value.to_bytes(width, "little") for value in values)


def column(section: int, values: Sequence[int], part: int = 0) -> list[Piece]:
    """A column in one block, or none without values."""
    return [Piece(section, part, 2, len(values), narrow(values))] if values else []


def text(section: int, ids: Sequence[str | bytes]) -> list[Piece]:
    """A dictionary of one group of text, or of none."""
    if not ids:
        return []
    spelled = [each.encode() if isinstance(each, str) else each for each in ids]
    whole = b"".join(spelled)
    return [*column(section, [len(each) for each in spelled], part=4), Piece(section, 5, 7, len(whole), whole)]


def decimals(section: int, values: Sequence[int]) -> list[Piece]:
    """A dictionary of one group of numbers."""
    return column(section, values, part=1)


@dataclass
class PartitionParts:
    """Three events of a partition, to be taken apart.

    Rows: session 7 without a user at 5; user a in session 7 at 3; user b in session 8 at 9.
    """

    day: int = 20_454
    zero: int = 0
    rows: int = 3
    earliest: int = 3
    latest: int = 9
    distinct: tuple[int, int, int, int] = (2, 2, 1, 2)
    tenant: bytes = b"demo"
    surface: bytes = b"home"
    behind: bytes = b""
    sections: dict[int, list[Piece]] = field(
        default_factory=lambda: {
            1: text(1, ["a", "b"]),
            2: decimals(2, [7, 8]),
            3: text(3, ["r"]),
            4: text(4, ["x", "y"]),
            16: column(16, [0, 1, 2]),
            17: column(17, [5, 3, 9]),
            18: column(18, [1, 1, 2]),
            19: column(19, [1, 1, 0]),
            20: column(20, [1, 2, 1]),
            21: column(21, [0, 1, 2**31]),
        }
    )

    @property
    def statistics(self) -> bytes:
        """The metadata."""
        fixed = struct.pack("<iIQQQIIII", self.day, self.zero, self.rows, self.earliest, self.latest, *self.distinct)
        names = b"".join(struct.pack("<H", len(name)) + name for name in (self.tenant, self.surface))
        return fixed + names + self.behind

    def file(self, **header: Any) -> bytes:
        """The whole file."""
        pieces = [piece for section in self.sections.values() for piece in section]
        return container(b"P", self.statistics, pieces, **header)


@dataclass
class ArtifactParts:
    """Two rows of cooc, those of section 4 of the page, to be taken apart."""

    members: dict[str, Any] = field(
        default_factory=lambda: {
            "artifact_type": "cooc",
            "tenant": "demo",
            "surface": "home",
            "first_day": "2026-01-01",
            "last_day": "2026-01-07",
            "parameters": {"max_neighbors_per_item": 50, "min_cooc_support": 1},
            "counts": {"rows": 2, "row_keys": 2, "member_keys": 3, "entries": 3, "counted_entries": 3},
        }
    )
    sections: dict[int, list[Piece]] = field(
        default_factory=lambda: {
            1: text(1, ["sku-1", "sku-7"]),
            2: text(2, ["sku-1", "sku-7", "sku-9"]),
            16: column(16, [2, 1]),
            17: column(17, [1, 2, 0]),
            18: column(18, [9, 4, 9]),
            19: [],
        }
    )
    metadata: bytes | None = None

    @classmethod
    def with_scores(cls, scores: Sequence[float]) -> ArtifactParts:
        """The same with three scores in place of counts."""
        parts = cls()
        parts.members["counts"] |= {"counted_entries": 0, "scored_entries": 3}
        bits = [int.from_bytes(struct.pack("<d", score), "little") for score in scores]
        parts.sections |= {18: [], 19: column(19, bits)}
        return parts

    @classmethod
    def of_kind(cls, kind: str) -> ArtifactParts:
        """The same as another kind. popularity has one row of three entries, content_sim no counts."""
        parts = cls()
        parts.members["artifact_type"] = kind
        if kind == "popularity":
            parts.members["counts"] |= {"rows": 1, "row_keys": 0}
            parts.sections |= {1: [], 16: column(16, [3]), 17: column(17, [0, 1, 2]), 18: column(18, [9, 9, 4])}
        if kind == "content_sim":
            parts.members["counts"]["counted_entries"] = 0
            parts.sections[18] = []
        return parts

    def file(self, **header: Any) -> bytes:
        """The whole file."""
        metadata = json.dumps(self.members).encode() if self.metadata is None else self.metadata
        pieces = [piece for section in self.sections.values() for piece in section]
        return container(b"A", metadata, pieces, **header)
