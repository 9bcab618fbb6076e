r"""How an id stands in TSV: as PostgreSQL's COPY has it, \\ \t \n and \r for what would confuse."""

from __future__ import annotations

SPELLINGS = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


def escaped(text: str) -> str:
    """An id as it stands in TSV."""
    # The backslash comes first, or those of the others would be doubled.
    for character, spelling in SPELLINGS.items():
        text = text.replace(character, spelling)
    return text


def escaped_in_sql(column: str) -> str:
    """The SQL of an id as it stands in TSV."""
    for character, spelling in SPELLINGS.items():
        column = f"replace({column}, chr({ord(character)}), '{spelling}')"
    return column
