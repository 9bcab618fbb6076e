"""The statistics in the footer of a partition: section 2 of the page of partitions."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from .container import Container
from .days import FIRST_DAY, LAST_DAY, NANOSECONDS
from .errors import Damage
from .names import is_name

_FIXED = struct.Struct("<iIQQQIIII")


@dataclass(frozen=True)
class Statistics:
    """What a partition says of itself."""

    tenant: str
    """Whose events they are."""
    surface: str
    """Where they were shown."""
    day: np.datetime64
    """The UTC day of all events."""
    rows: int
    """How many events there are."""
    earliest: int
    """The time of the first event in nanoseconds since 00:00 UTC of the day; 0 without events."""
    latest: int
    """The time of the last event, likewise."""
    users: int
    """How many distinct users there are; events may have none."""
    sessions: int
    """How many distinct sessions there are."""
    requests: int
    """How many distinct requests there are; events may have none."""
    items: int
    """How many distinct items there are."""


def read_statistics(container: Container) -> Statistics:
    """The statistics of a partition: check 10."""
    try:
        return _parse(container.metadata)
    except Damage as damage:
        container.fail(str(damage), place="statistics", offset=container.metadata_offset)


def _parse(data: memoryview) -> Statistics:
    if len(data) < _FIXED.size:
        raise Damage(f"{len(data)} bytes, fewer than there must be")
    day, zero, rows, earliest, latest, *distinct = _FIXED.unpack_from(data)
    tenant, end = _text(data, _FIXED.size)
    surface, end = _text(data, end)
    if end != len(data):
        raise Damage(f"{len(data) - end} bytes behind the surface")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Damage(f"day {day} is outside the years 0000 to 9999")
    if zero != 0:
        raise Damage("a reserved field is not zero")
    if rows >= 2**63 or max(distinct) > rows:
        raise Damage(f"{rows} rows with {', '.join(map(str, distinct))} distinct ids")
    if not earliest <= latest < NANOSECONDS or (rows == 0 and latest != 0):
        raise Damage(f"{rows} rows between {earliest} and {latest} nanoseconds of the day")
    return Statistics(tenant, surface, np.datetime64(day, "D"), rows, earliest, latest, *distinct)


def _text(data: memoryview, start: int) -> tuple[str, int]:
    """A name behind its length, and where it ends."""
    end = start + 2 + int.from_bytes(data[start : start + 2], "little")
    if end > len(data):
        raise Damage("a name ends behind them")
    try:
        name = str(data[start + 2 : end], "utf-8")
    except UnicodeDecodeError:
        raise Damage("a name is no UTF-8") from None
    if not is_name(name):
        raise Damage(f"{name!r} is no name")
    return name, end
