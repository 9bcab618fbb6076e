"""The metadata in the footer of an artifact: section 2 of the page of artifacts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .container import Container
from .days import parse_day
from .errors import Damage
from .names import is_name
from .strict_json import parse_object

KINDS = ("popularity", "cooc", "implicit", "session_seq", "content_sim")
"""What an artifact can be."""

_KINDS_WITH_SCORES = ("popularity", "cooc")

_GREATEST_COUNT = 2**32 - 1


@dataclass(frozen=True)
class Counts:
    """How much an artifact has."""

    rows: int
    """Rows: items or users; 1 in popularity."""
    row_keys: int
    """Keys of rows; 0 in popularity, whose row has none."""
    member_keys: int
    """Distinct ids, or tags, of all entries."""
    entries: int
    """Entries of all rows."""
    counted_entries: int
    """Entries that have a count: all or none."""
    scored_entries: int | None
    """Entries that have a score, which are all, or None in an artifact without scores."""


@dataclass(frozen=True)
class Metadata:
    """What an artifact says of itself."""

    kind: str
    """One of `KINDS`."""
    tenant: str
    """Whose events they were."""
    surface: str
    """Where they were shown."""
    segment: str | None
    """A variant of the artifacts, or None."""
    first_day: np.datetime64
    """The first UTC day of the window, as ``datetime64[D]``."""
    last_day: np.datetime64
    """The last UTC day of the window, which belongs to it."""
    parameters: dict[str, int | float | str]
    """What shaped the result, by name."""
    counts: Counts
    """How much there is."""


def read_metadata(container: Container) -> Metadata:
    """The metadata of an artifact: check 10."""
    try:
        return _parse(parse_object(container.metadata))
    except Damage as damage:
        container.fail(str(damage), place="metadata", offset=container.metadata_offset)


def _parse(members: dict[str, Any]) -> Metadata:
    kind = _text(members, "artifact_type")
    if kind not in KINDS:
        raise Damage(f"the kind {kind!r} is unknown")
    days = _day(members, "first_day"), _day(members, "last_day")
    if days[0] > days[1]:
        raise Damage(f"the window begins on {days[0]}, after it ends on {days[1]}")
    return Metadata(
        kind=kind,
        tenant=_name(members, "tenant"),
        surface=_name(members, "surface"),
        segment=_name(members, "segment") if "segment" in members else None,
        first_day=days[0],
        last_day=days[1],
        parameters=_parameters(_object(members, "parameters")),
        counts=_counts(_object(members, "counts"), kind),
    )


def _counts(members: dict[str, Any], kind: str) -> Counts:
    counts = Counts(
        rows=_count(members, "rows"),
        row_keys=_count(members, "row_keys"),
        member_keys=_count(members, "member_keys"),
        entries=_count(members, "entries"),
        counted_entries=_count(members, "counted_entries"),
        scored_entries=_count(members, "scored_entries") if "scored_entries" in members else None,
    )
    has_scores = counts.scored_entries is not None
    is_right = counts.row_keys == (0 if kind == "popularity" else counts.rows)
    is_right &= kind != "popularity" or counts.rows <= 1
    is_right &= counts.counted_entries == (0 if kind == "content_sim" or has_scores else counts.entries)
    is_right &= not has_scores or (kind in _KINDS_WITH_SCORES and counts.scored_entries == counts.entries)
    if not is_right:
        raise Damage(f"the counts do not suit {kind}: {members}")
    return counts


def _parameters(members: dict[str, Any]) -> dict[str, int | float | str]:
    for name, value in members.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not is_number and not isinstance(value, str):
            raise Damage(f"the parameter {name!r} is neither a finite number nor a string")
    return members


def _count(members: dict[str, Any], name: str) -> int:
    value = members.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _GREATEST_COUNT:
        raise Damage(f"{name!r} is no whole number from 0 to {_GREATEST_COUNT}")
    return value


def _text(members: dict[str, Any], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str):
        raise Damage(f"{name!r} is no string, or missing")
    return value


def _name(members: dict[str, Any], name: str) -> str:
    value = _text(members, name)
    if not is_name(value):
        raise Damage(f"{name!r} is {value!r}, which is no name")
    return value


def _day(members: dict[str, Any], name: str) -> np.datetime64:
    try:
        return parse_day(_text(members, name))
    except ValueError as error:
        raise Damage(f"{name!r}: {error}") from None


def _object(members: dict[str, Any], name: str) -> dict[str, Any]:
    value = members.get(name)
    if not isinstance(value, dict):
        raise Damage(f"{name!r} is no object, or missing")
    return value
