"""Days and instants. Days are numpy's, for Python's begin with the year 1, and those of the format with 0."""

from __future__ import annotations

import datetime
import re

import numpy as np

DayLike = str | datetime.date | np.datetime64

FIRST_DAY, LAST_DAY = -719_528, 2_932_896

NANOSECONDS = 86_400_000_000_000
"""Of a day."""

# The days all of whose nanoseconds fit in an i64 since 1970: 1677-09-22 to 2262-04-10.
_FIRST_EXACT_DAY, _LAST_EXACT_DAY = -106_751, 106_750

_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_number(day: np.datetime64) -> int:
    """Days since 1970-01-01."""
    return int(day.astype("datetime64[D]").astype(np.int64))


def parse_day(text: str) -> np.datetime64:
    """The day of ``YYYY-MM-DD``. Raises `ValueError` if it is none."""
    if not _PATTERN.fullmatch(text):
        raise ValueError(f"{text!r} is no day; a day is YYYY-MM-DD")
    return np.datetime64(text, "D")


def has_timestamps(day: np.datetime64) -> bool:
    """True if the nanoseconds of a day are within numpy's, pandas' and Arrow's timestamps."""
    return _FIRST_EXACT_DAY <= day_number(day) <= _LAST_EXACT_DAY


def instant(day: np.datetime64, nanoseconds: int) -> str:
    """An instant of a day in RFC 3339, with as many digits of its second as there are, at most nine."""
    seconds, fraction = divmod(nanoseconds, 1_000_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    digits = f".{fraction:09d}".rstrip("0") if fraction else ""
    return f"{day}T{hour:02d}:{minute:02d}:{second:02d}{digits}Z"
