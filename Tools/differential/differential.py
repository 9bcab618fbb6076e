#!/usr/bin/env python3
r"""The differential test: recsys-pipelines against DuckDB, on the same events.

    differential.py --binary FOLDER --input EVENTS.jsonl \
        --tenant T --surface S --start DAY --end DAY [--kinds KIND ...]

Ingests the events, computes popularity, cooc, implicit and session_seq over the window, and
compares every row with what SQL of this script's own makes of the same lines: partitions row by
row and artifacts entry by entry, order included. Prints a line per comparison. Exit code: 0 if all
are equal; 1 if one is not, with the first differences shown; 2 if something could not be run.

The lines must be events of the contract: DuckDB is more lenient than that. Neither side needs
memory in proportion to them: both write files, which are compared as they are read. What DuckDB
needs for cooc, one count for each pair of items, is far more than a machine has with many events,
so there it goes through the items in slices by their hash.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import duckdb

from comparison import report, report_files
from counts import write_artifact
from events import Events
from programs import Ours, ToolFailedError
from question import KINDS, Question, add_options, question_of


def compare_partitions(ours: Ours, theirs: Events) -> bool:
    """Compares all partitions, one at a time."""
    days = theirs.days()
    if ours.days() != days:
        return report("days with a partition", ours.days(), days)
    results = [
        report(f"partition {day}", ours.partition(day), theirs.partition(day), quiet=True)
        for day in days
    ]
    if all(results):
        row_count = theirs.count()
        print(f"partitions: {row_count} rows equal, {len(days)} days", flush=True)
    return all(results)


def compare_artifact(kind: str, ours: Ours, theirs: Events, folder: Path) -> bool:
    """Compares an artifact."""
    expected = folder / f"{kind}.tsv"
    write_artifact(theirs.connection, kind, expected)
    return report_files(kind, ours.artifact(kind), expected)


def compare(binaries: Path, question: Question, kinds: list[str], scratch: Path | None) -> bool:
    """Makes all comparisons; true if all is equal."""
    with tempfile.TemporaryDirectory(prefix="recsys-differential-", dir=scratch) as name:
        folder = Path(name)
        ours = Ours(binaries, folder, question)
        ours.ingest()
        theirs = Events(question, folder)
        results = [compare_partitions(ours, theirs)]
        results += [compare_artifact(kind, ours, theirs, folder) for kind in kinds]
    return all(results)


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Compare recsys-pipelines with DuckDB on the same events.",
        epilog="Exit code: 0 equal, 1 different, 2 something could not be run.",
    )
    add_options(parser)
    parser.add_argument(
        "--kinds", nargs="*", choices=KINDS, default=KINDS, metavar="KIND", help="all by default"
    )
    return parser.parse_args()


def main() -> int:
    """Runs the test and returns its exit code."""
    arguments = parse_arguments()
    try:
        equal = compare(
            arguments.binary, question_of(arguments), arguments.kinds, arguments.scratch
        )
    except (ToolFailedError, OSError, duckdb.Error) as error:
        print(f"differential.py: {error}", file=sys.stderr)
        return 2
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
