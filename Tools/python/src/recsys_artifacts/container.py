"""The container: header, tail, footer and blocks, as the container's page specifies.

Opening makes checks 1 to 9 and 11 of section 11 of that page; the rest is made as metadata, columns and dictionaries
are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
import xxhash
from numpy.typing import NDArray

from . import codecs, encodings
from .errors import Corrupt, Damage, NeedsNewerReader, NotRecognised
from .source import Source

VERSION = 1
HEADER_LENGTH = 32
TAIL_LENGTH = 32

# From here on sections are optional, and those that a reader does not know are skipped.
FIRST_OPTIONAL_SECTION = 128

_MAXIMUM_ROWS = 65_536
_ENTRY = np.dtype(
    [
        ("section", "u1"),
        ("part", "u1"),
        ("encoding", "u1"),
        ("codec", "u1"),
        ("rows", "<u4"),
        ("raw_length", "<u4"),
        ("stored_length", "<u4"),
        ("checksum", "<u8"),
    ]
)

Entries = NDArray[np.void]


@dataclass(frozen=True)
class Format:
    """A format of files in containers.

    Attributes:
        name: What a file of the format is called in messages.
        letter: The letter in the magic.
        sections: The names of the sections that it has, by number.
    """

    name: str
    letter: bytes
    sections: Mapping[int, str]

    @property
    def magic(self) -> bytes:
        """The first eight bytes of every file of the format."""
        return b"\x89RS" + self.letter + b"\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a section, as its entry describes it. The fields are within the ranges of section 6."""

    section: int
    number: int
    """Which block of the section it is, from 0."""
    part: int
    encoding: int
    codec: int
    rows: int
    raw_length: int
    stored_length: int
    checksum: int
    offset: int
    """Where its stored bytes begin, from the beginning of the file."""


class Container:
    """An opened file: its metadata, and the blocks of its sections.

    Attributes:
        format: Which format the file is of.
        path: The file as it was named, or None.
        data: All bytes of the file.
        metadata: The bytes between the length of the metadata and the number of blocks; nothing of them is checked yet.
        metadata_offset: Where they begin.
    """

    def __init__(self, source: Source, file_format: Format) -> None:
        """Opens a file.

        Raises:
            NotRecognised: The file is of another format.
            NeedsNewerReader: It is of a later version, or has a required feature.
            Corrupt: Header, tail or footer are damaged.
        """
        self.format = file_format
        self.path = source.path
        self.data = source.data
        self._check_header()
        footer_offset = self._footer_offset()
        self.metadata, self.metadata_offset, self._entries = self._split_footer(footer_offset)
        self._check_ranges()
        lengths = self._entries["stored_length"].astype(np.uint64)
        ends = np.cumsum(lengths, dtype=np.uint64) + np.uint64(HEADER_LENGTH)
        if (int(ends[-1]) if len(ends) else HEADER_LENGTH) != footer_offset:
            self.fail("the blocks do not end where the footer begins", place="section table", offset=footer_offset)
        self._offsets = ends - lengths
        self._check_sections()

    def blocks(self, section: int) -> Iterator[Block]:
        """The blocks of a section in the order of the section table."""
        entries = self._entries
        for number, index in enumerate(np.flatnonzero(entries["section"] == section).tolist()):
            _, part, encoding, codec, rows, raw_length, stored_length, checksum = entries[index].tolist()
            offset = int(self._offsets[index])
            yield Block(section, number, part, encoding, codec, rows, raw_length, stored_length, checksum, offset)

    def stored_bytes(self, section: int) -> int:
        """How many bytes of the file the blocks of a section take."""
        return int(self._entries["stored_length"][self._entries["section"] == section].sum(dtype=np.uint64))

    def raw(self, block: Block) -> memoryview:
        """The raw bytes of a block: checks 14 and 16."""
        stored = self.data[block.offset : block.offset + block.stored_length]
        if xxhash.xxh3_64_intdigest(stored) != block.checksum:
            self.fail_in(block, "the checksum of the stored bytes does not match")
        try:
            return codecs.decompress(stored, block.codec, block.raw_length)
        except Damage as damage:
            self.fail_in(block, str(damage))

    def numbers(self, block: Block, dtype: type[np.uint32 | np.uint64]) -> encodings.Numbers:
        """The values of a block of numbers of a type, as u64: checks 14, 16 and 17."""
        if block.encoding == encodings.TEXT:
            self.fail_in(block, "text where numbers belong")
        limit = int(np.iinfo(dtype).max)
        try:
            return encodings.decode(block.encoding, self.raw(block), block.rows, limit)
        except Damage as damage:
            self.fail_in(block, str(damage))

    def column(self, section: int, dtype: type[np.uint32 | np.uint64], count: int) -> NDArray[Any]:
        """The values of a column, an array of `count` of them: checks 12 to 14, 16 and 17."""
        blocks = list(self.blocks(section))
        self.check_count(section, sum(block.rows for block in blocks), count)
        for block in blocks:
            if block.part != 0:
                self.fail_in(block, f"part {block.part} in a column")
        values = np.empty(count, dtype)
        end = 0
        for block in blocks:
            start, end = end, end + block.rows
            values[start:end] = self.numbers(block, dtype)
        values.flags.writeable = False
        return values

    def check_count(self, section: int, promised: int, expected: int) -> None:
        """Check 12: the blocks of a section have as many values or ids as there must be."""
        if promised != expected:
            self.fail(f"its blocks have {promised} values where there must be {expected}", section=section)

    def fail(
        self, reason: str, *, place: str | None = None, section: int | None = None, offset: int | None = None
    ) -> NoReturn:
        """Raises that the file is corrupt."""
        name = None if section is None else self.format.sections[section]
        raise Corrupt(reason, self.path, place=place, section=name, offset=offset) from None

    def fail_in(self, block: Block, reason: str) -> NoReturn:
        """Raises that a block is corrupt."""
        name = self.format.sections[block.section]
        raise Corrupt(reason, self.path, section=name, block=block.number, offset=block.offset) from None

    def _check_header(self) -> None:
        """Checks 1 to 5."""
        if len(self.data) < HEADER_LENGTH + TAIL_LENGTH or bytes(self.data[:8]) != self.format.magic:
            raise NotRecognised(f"not {self.format.name} of recsys-pipelines", self.path)
        if xxhash.xxh3_64_intdigest(self.data[:24]) != self._number(24, 8):
            self.fail("the checksum does not match", place="header", offset=0)
        version, required = self._number(8, 2), self._number(12, 4)
        if version > VERSION:
            what = f"needs a newer recsys-artifacts (format {version}, this one reads {VERSION})"
            raise NeedsNewerReader(what, self.path)
        if required != 0:
            what = f"needs a newer recsys-artifacts (features {required:#x}, this one knows none)"
            raise NeedsNewerReader(what, self.path)
        if version == 0 or self._number(10, 2) != 0 or self._number(20, 4) != 0:
            self.fail("version 0, or a reserved field that is not zero", place="header", offset=0)

    def _footer_offset(self) -> int:
        """Checks 6 and 7."""
        tail = len(self.data) - TAIL_LENGTH
        if bytes(self.data[tail + 24 :]) != self.format.magic[::-1] or self._number(tail + 16, 8) != len(self.data):
            self.fail("the file is cut off or was appended to", place="tail", offset=tail)
        if self._number(tail + 4, 4) != 0:
            self.fail("a reserved field is not zero", place="tail", offset=tail)
        offset = tail - self._number(tail, 4)
        if offset < HEADER_LENGTH:
            self.fail("the footer would begin before the end of the header", place="tail", offset=tail)
        if xxhash.xxh3_64_intdigest(self.data[offset:tail]) != self._number(tail + 8, 8):
            self.fail("the checksum does not match", place="footer", offset=offset)
        return offset

    def _split_footer(self, offset: int) -> tuple[memoryview, int, Entries]:
        """The metadata, where they begin, and the block entries: the first half of check 8."""
        footer = self.data[offset : len(self.data) - TAIL_LENGTH]
        metadata_length = self._number(offset, 4)
        if metadata_length + 8 > len(footer):
            self.fail("the metadata would not fit in it", place="footer", offset=offset)
        table = 8 + metadata_length
        count = self._number(offset + table - 4, 4)
        if len(footer) != table + count * _ENTRY.itemsize:
            self.fail(f"it is no place for {count} block entries", place="footer", offset=offset)
        entries = np.frombuffer(footer, _ENTRY, count=count, offset=table) if count else np.empty(0, _ENTRY)
        return footer[4 : 4 + metadata_length], offset + 4, entries

    def _check_ranges(self) -> None:
        """The second half of check 8: every entry of a section below 128 is within its ranges."""
        entries = self._entries[self._entries["section"] < FIRST_OPTIONAL_SECTION]
        encoding, codec = entries["encoding"], entries["codec"]
        rows, raw, stored = (entries[name].astype(np.int64) for name in ("rows", "raw_length", "stored_length"))
        is_text, is_plain = encoding == encodings.TEXT, codec == codecs.NONE
        is_right = (encoding >= encodings.CONSTANT) & (encoding <= encodings.TEXT) & (codec <= codecs.ZSTD)
        is_right &= (rows >= 1) & (raw >= 1) & (stored >= 1)
        is_right &= np.where(is_text, raw == rows, (rows <= _MAXIMUM_ROWS) & (raw <= 32 + 12 * rows))
        is_right &= np.where(is_plain, stored == raw, raw <= codecs.greatest_raw_lengths(stored))
        if not is_right.all():
            self.fail(f"entry {entries[~is_right][0].tolist()} is outside its ranges", place="section table")

    def _check_sections(self) -> None:
        """Check 11. Made before check 10, for it is of no consequence which of the two is told of."""
        known = [*self.format.sections, *range(FIRST_OPTIONAL_SECTION, 256)]
        strange = self._entries["section"][~np.isin(self._entries["section"], known)]
        if len(strange):
            self.fail(f"section {int(strange[0])} is unknown", place="section table")

    def _number(self, offset: int, width: int) -> int:
        return int.from_bytes(self.data[offset : offset + width], "little")
