"""Names of tenants, surfaces and segments."""

from __future__ import annotations

import unicodedata

_GREATEST_LENGTH = 255


def is_name(text: str) -> bool:
    """True if a text is safe as one segment of a path, as section 2 of the page of partitions specifies."""
    try:
        length = len(text.encode())
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON can spell.
        return False
    if not 1 <= length <= _GREATEST_LENGTH or text in (".", "..", "_", ".quarantine") or text.startswith(".tmp-"):
        return False
    return not any(each in "/\\" or unicodedata.category(each) == "Cc" for each in text)
