"""Compares what two sides say, row by row as they come, and prints how that went."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

SHOWN_DIFFERENCES = 5


def report(
    name: str, ours: Iterable[object], theirs: Iterable[object], *, quiet: bool = False
) -> bool:
    """Compares rows as they come and prints how that went; true if all is equal.

    With `quiet` nothing is printed if all is equal.
    """
    row_count, difference_count = 0, 0
    lines: list[str] = []
    for our, their in zip_longest(ours, theirs):
        if our != their:
            difference_count += 1
            if difference_count <= SHOWN_DIFFERENCES:
                lines += [f"  row {row_count}: ours   {our}", f"  row {row_count}: DuckDB {their}"]
        row_count += 1
    verdict = f"{row_count} rows equal"
    if lines:
        verdict = f"DIFFERENT in {difference_count} of {row_count} rows"
    if lines or not quiet:
        print("\n".join([f"{name}: {verdict}", *lines]), flush=True)
    return not lines


def report_files(name: str, ours: Path, theirs: Path) -> bool:
    """Compares the lines of two files with headers, in their order, whatever their size."""
    with ours.open("rb") as our_lines, theirs.open("rb") as their_lines:
        our_header, their_header = next(our_lines, b""), next(their_lines, b"")
        if our_header != their_header:
            return report(f"{name}, columns", [our_header], [their_header])
        return report(name, our_lines, their_lines)
