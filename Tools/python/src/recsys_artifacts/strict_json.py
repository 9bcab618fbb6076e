"""JSON as RFC 8259 has it, and no more than that."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from .errors import Damage

# A whole number of more characters is read as a floating-point number: Python takes long for thousands of digits.
_LONGEST_WHOLE_NUMBER = 25


def parse_object(data: memoryview) -> dict[str, Any]:
    """The members of the one object that the bytes are. Raises `Damage` if they are anything else.

    What Python's reader accepts beyond the standard is damage: NaN, infinities, a byte order mark, UTF-16. So is a
    member given twice, of which readers make what they will.
    """
    try:
        value = json.loads(
            str(data, "utf-8"),
            object_pairs_hook=_distinct_members,
            parse_int=lambda text: int(text) if len(text) <= _LONGEST_WHOLE_NUMBER else float(text),
            parse_constant=_refuse,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Damage(f"no JSON: {error}") from None
    except RecursionError:
        raise Damage("nested too deep") from None
    if not isinstance(value, dict):
        raise Damage("no JSON object")
    return value


def _distinct_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise Damage(f"{repeated!r} is given twice")
    return members


def _refuse(text: str) -> NoReturn:
    raise Damage(f"{text} is no JSON")
