"""Dictionaries: lists of ids, as section 8 of the container's page specifies."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from . import encodings
from .container import Block, Container

DECIMAL, UUID_HIGH, UUID_LOW, LENGTHS, TEXT_PART = range(1, 6)

# The parts that begin a group, and the one that must follow each, if any.
_SECOND_PARTS = {DECIMAL: None, UUID_HIGH: UUID_LOW, LENGTHS: TEXT_PART}

# The most bytes of text that may belong to several ids.
_GREATEST_TEXT = 16_777_216


class Dictionary(Sequence[str]):
    """The ids of a column. A code is the number of an id in it.

    It is a sequence of strings, with a quick way back: `find` and `in` take the same time for any number of ids.
    """

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids
        self._codes: dict[str, int] | None = None

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._ids[index]

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __contains__(self, identifier: object) -> bool:
        return self.find(identifier) is not None

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self._ids[:3]))
        return f"<Dictionary of {len(self):,} ids: {shown}{', …' if len(self) > 3 else ''}>"

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return self.to_numpy() if dtype is None else self.to_numpy().astype(dtype)

    def find(self, identifier: object) -> int | None:
        """The code of an id, from 0, or None if it is not there. The first call builds a hash table of all ids.

        Raises `TypeError` for what is no string, which would never be found.
        """
        if not isinstance(identifier, str):
            raise TypeError(f"ids are strings, not {type(identifier).__name__}: {identifier!r}")
        if self._codes is None:
            self._codes = {each: code for code, each in enumerate(self._ids)}
        return self._codes.get(identifier)

    def to_numpy(self) -> NDArray[np.object_]:
        """The ids as an array of strings, dtype object: numpy's own type of strings would drop NULs at the end."""
        array = np.empty(len(self), object)
        array[:] = self._ids
        return array

    def ascends(self) -> bool:
        """True if every id is greater than the one before it, in the order of bytes.

        Python compares strings by code points, which is the order of their bytes in UTF-8.
        """
        return all(map(operator.lt, self._ids, self._ids[1:]))

    def is_distinct(self) -> bool:
        """True if no id occurs twice."""
        return len(set(self._ids)) == len(self._ids)


def read_dictionary(container: Container, section: int, count: int) -> Dictionary:
    """The `count` ids of a section: checks 12 to 18. Nothing is checked of their order."""
    groups = list(_groups(container, section))
    container.check_count(section, sum(first.rows for first, _ in groups), count)
    ids: list[str] = []
    for first, second in groups:
        if second is None:
            ids += map(str, container.numbers(first, np.uint64).tolist())
        elif first.part == UUID_HIGH:
            ids += _uuids(container, first, second)
        else:
            ids += _texts(container, first, second)
    return Dictionary(ids)


def _groups(container: Container, section: int) -> Iterator[tuple[Block, Block | None]]:
    """The groups of a dictionary: their first block, and their second if they have one."""
    blocks = container.blocks(section)
    for block in blocks:
        if block.part not in _SECOND_PARTS:
            container.fail_in(block, f"part {block.part} where no part of a dictionary begins a group with it")
        expected = _SECOND_PARTS[block.part]
        second = None if expected is None else next(blocks, None)
        if expected is not None and (second is None or second.part != expected):
            container.fail_in(block, f"part {expected} does not follow part {block.part}")
        yield block, second


def _uuids(container: Container, high: Block, low: Block) -> Iterator[str]:
    if high.rows != low.rows:
        container.fail_in(low, f"{low.rows} low halves of UUIDs, and {high.rows} high ones")
    halves = np.empty((high.rows, 2), ">u8")
    halves[:, 0] = container.numbers(high, np.uint64)
    halves[:, 1] = container.numbers(low, np.uint64)
    digits = halves.tobytes().hex()
    for start in range(0, len(digits), 32):
        text = digits[start : start + 32]
        yield f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _texts(container: Container, lengths: Block, text: Block) -> Iterator[str]:
    if text.encoding != encodings.TEXT:
        container.fail_in(text, f"encoding {text.encoding} where text belongs")
    if text.raw_length > _GREATEST_TEXT and lengths.rows > 1:
        container.fail_in(text, f"{text.raw_length} bytes of text for {lengths.rows} ids")
    sizes = container.numbers(lengths, np.uint32).tolist()
    # Before the text is decompressed.
    if min(sizes) == 0:
        container.fail_in(lengths, f"id {sizes.index(0)} of the block is empty")
    if sum(sizes) != text.raw_length:
        container.fail_in(lengths, f"the ids have {sum(sizes)} bytes, their text has {text.raw_length}")
    raw = container.raw(text)
    for number, (start, end) in enumerate(pairwise(accumulate(sizes, initial=0))):
        # The text is valid and every id begins where a character does if, and only if, every id is valid.
        try:
            yield str(raw[start:end], "utf-8")
        except UnicodeDecodeError:
            container.fail_in(text, f"id {number} of the block is no UTF-8")
