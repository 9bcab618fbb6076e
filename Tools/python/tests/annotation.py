"""Listings of files byte by byte, each with what it says: the examples at the end of the pages of the formats.

    annotation.py FILE

prints the listing of a file, as a page has it. Everything that it says is taken from the bytes, so a listing that this
makes of the bytes in a page is the listing in the page, or the page is wrong.
"""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from building import ENTRY_LENGTH, HEADER_LENGTH, TAIL_LENGTH
from recsys_artifacts import artifact, partition
from recsys_artifacts.container import Block, Container
from recsys_artifacts.dictionaries import read_dictionary
from recsys_artifacts.source import Source

BYTES_PER_LINE = 16
LINE = re.compile(r" {4}(?P<offset>[0-9A-F]{4})  (?P<bytes>[0-9A-F]{2}(?: [0-9A-F]{2})*)(?: +(?P<text>\S.*))?")

ENCODINGS = ["", "constant", "narrow", "byte planes", "frame of reference", "delta", "run length", "text"]
CODECS = ["none", "zstd"]
PARTS = ["", "decimal", "UUID high", "UUID low", "lengths", "text"]

# How many bytes, and what they say.
Field = tuple[int, str]


def bytes_of(listing: str) -> bytes:
    """The bytes of the first listing in a page. Raises `ValueError` if its offsets are not those of its bytes."""
    data = bytearray()
    for line in listing.splitlines():
        match = LINE.fullmatch(line)
        if match is None:
            if data:
                break
            continue
        if int(match["offset"], 16) != len(data):
            raise ValueError(f"the line says {match['offset']} where {len(data):04X} is due: {line}")
        data += bytes.fromhex(match["bytes"])
    return bytes(data)


def listing_of(data: bytes) -> str:
    """The listing of a file."""
    lines: list[tuple[str, str]] = []
    offset = 0
    for length, text in fields(data):
        for start in range(0, length, BYTES_PER_LINE):
            part = data[offset + start : offset + min(start + BYTES_PER_LINE, length)]
            words = text if start == 0 else ""
            if text == "{":
                words = part.decode()
            lines.append((f"    {offset + start:04X}  {part.hex(' ').upper()}", words))
        offset += length
    if offset != len(data):
        raise ValueError(f"{offset} bytes are annotated of {len(data)}")
    return "".join(f"{line:{10 + 3 * BYTES_PER_LINE}} {words}".rstrip() + "\n" for line, words in lines)


def fields(data: bytes) -> Iterator[Field]:
    """The fields of a file, from its first byte to its last."""
    file_format = partition.FORMAT if data[3:4] == b"P" else artifact.FORMAT
    container = Container(Source(None, memoryview(data)), file_format)
    blocks = sorted((b for section in file_format.sections for b in container.blocks(section)), key=lambda b: b.offset)
    yield from header(file_format.letter)
    for block in blocks:
        yield from of_block(container, block)
    length = len(container.metadata)
    yield 4, f"footer: {length} bytes of metadata"
    yield from statistics(container.metadata) if file_format is partition.FORMAT else [(length, "{")]
    yield 4, f"{len(blocks)} block entries"
    for block in blocks:
        yield from entry(container, block)
    footer_length = 8 + length + ENTRY_LENGTH * len(blocks)
    yield 4, f"tail: the footer has {footer_length} bytes, and begins at {len(data) - TAIL_LENGTH - footer_length:04X}"
    yield from [(4, "zero"), (8, "XXH3-64 of the footer"), (8, f"the file has {len(data)} bytes")]
    yield 8, "the magic backwards"


def header(letter: bytes) -> Iterator[Field]:
    """The fields of the header."""
    yield 8, f"header: magic, letter {letter.decode()}"
    yield from [(2, "version 1"), (2, "zero"), (4, "no required feature"), (4, "no optional feature"), (4, "zero")]
    yield HEADER_LENGTH - 24, "XXH3-64 of bytes 0 to 23"


def of_block(container: Container, block: Block) -> Iterator[Field]:
    """The fields of a block; of numbers encodings 1 to 3 alone, which are those of short files."""
    name = container.format.sections[block.section]
    title = name if block.part == 0 else f"{name}, {PARTS[block.part]}"
    raw = container.raw(block)
    if block.codec != 0:
        yield block.stored_length, f"{title}: zstd"
    elif block.encoding == 7:
        yield len(raw), f"{title}: {bytes(raw).decode()}"
    else:
        dtype = np.uint64 if block.part in (1, 2, 3) or name in ("time_of_day", "score") else np.uint32
        values = container.numbers(block, dtype).tolist()
        spelled = ", ".join(f"{value:016x}" if block.part in (2, 3) else str(value) for value in values)
        if block.encoding == 1:
            yield 8, f"{title}: {spelled}"
            return
        spelling = "in planes" if block.encoding == 3 else "each"
        yield 1, f"{title}: {raw[0]} byte{'s' if raw[0] > 1 else ''} {spelling}"
        yield len(raw) - 1, f"{spelled}{meaning(container, block, values)}"


def meaning(container: Container, block: Block, values: list[int]) -> str:
    """What the values of a column stand for, if that is not the values themselves."""
    name = container.format.sections[block.section]
    dictionary = next((n for n, each in container.format.sections.items() if each == f"{name}_dictionary"), None)
    if block.part != 0 or (dictionary is None and name != "rank"):
        return ""
    if dictionary is None:
        words = [str(value - 1) if value else "none" for value in values]
    else:
        count = sum(each.rows for each in container.blocks(dictionary) if each.part in (1, 2, 4))
        ids = list(read_dictionary(container, dictionary, count))
        # In an artifact the first id is 0; in a partition 0 is none.
        ids = ids if name == "member" else ["none", *ids]
        words = [ids[value] for value in values]
    return f": {', '.join(words)}"


def statistics(metadata: memoryview) -> Iterator[Field]:
    """The fields of the metadata of a partition."""
    day, _, rows, earliest, latest, users, sessions, requests, items = struct.unpack_from("<iIQQQIIII", metadata)
    yield from [(4, f"day {day}: {np.datetime64(day, 'D')}"), (4, "zero"), (8, f"{rows} rows")]
    yield from [(8, f"earliest {earliest:,}"), (8, f"latest {latest:,}")]
    counts = {"users": users, "sessions": sessions, "requests": requests, "items": items}
    yield from [(4, f"{count} {name if count != 1 else name[:-1]}") for name, count in counts.items()]
    start = 48
    for name in ("tenant", "surface"):
        length = int.from_bytes(metadata[start : start + 2], "little")
        yield 2, f"{name} of {length} bytes"
        yield length, bytes(metadata[start + 2 : start + 2 + length]).decode()
        start += 2 + length


def entry(container: Container, block: Block) -> Iterator[Field]:
    """The fields of a block entry."""
    part = f", part {block.part}" if block.part else ""
    encoding = (
        f"{ENCODINGS[block.encoding]}, codec {CODECS[block.codec]}, {block.rows} row{'s' if block.rows > 1 else ''}"
    )
    yield 8, f"section {block.section}{part}, {encoding}"
    yield 8, f"raw {block.raw_length}, stored {block.stored_length} bytes, from {block.offset:04X}"
    yield 8, "XXH3-64 of these"


if __name__ == "__main__":
    print(listing_of(Path(sys.argv[1]).read_bytes()), end="")
