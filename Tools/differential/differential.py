#!/usr/bin/env python3
r"""The differential test: recsys-pipelines against DuckDB, on the same events.

    differential.py --binary FOLDER --input EVENTS.jsonl \
        --tenant T --surface S --start DAY --end DAY

Ingests the events, computes popularity, cooc, implicit and session_seq over the window, and
compares every row with what SQL of this script's own makes of the same lines: partitions row by
row and artifacts entry by entry, order included. Prints a line per comparison. Exit code: 0 if all
are equal; 1 if one is not, with the first differences shown; 2 if something could not be run.

The lines must be events of the contract: DuckDB is more lenient than that.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import duckdb

Row = tuple[Any, ...]

KINDS = ["popularity", "cooc", "implicit", "session_seq"]

# The defaults of recsys-pipelines.
POPULARITY_LENGTH = 1000
NEIGHBOR_COUNT = 50
ITEMS_PER_USER = 500

# Unicode's property White_Space.
WHITE_SPACE = "".join(
    map(
        chr,
        [
            *range(0x09, 0x0E),
            0x20,
            0x85,
            0xA0,
            0x1680,
            *range(0x2000, 0x200B),
            0x2028,
            0x2029,
            0x202F,
            0x205F,
            0x3000,
        ],
    )
)

SHOWN_DIFFERENCES = 5

# Rows that are taken from DuckDB at a time.
FETCHED_ROWS = 10_000

COLUMNS = (
    "{ts: 'VARCHAR', tenant: 'VARCHAR', surface: 'VARCHAR', user_id: 'VARCHAR', "
    "session_id: 'VARCHAR', request_id: 'VARCHAR', item_id: 'VARCHAR', rank: 'INTEGER'}"
)

# One row an event of the tenant, surface and window, numbered in the order of the lines. DuckDB's
# timestamps end at microseconds, so the fraction of a second is kept apart.
READ = f"""
create table event as
with line as (
    select row_number() over () as arrival, upper(trim(ts, $white)) as ts,
        trim(tenant, $white) as tenant, trim(surface, $white) as surface,
        nullif(trim(user_id, $white), '') as user, trim(session_id, $white) as session,
        nullif(trim(request_id, $white), '') as request, trim(item_id, $white) as item, rank
    from read_json($input, format = 'newline_delimited', columns = {COLUMNS})),
timed as (
    select *, regexp_replace(ts, '[.][0-9]+', '')::timestamptz at time zone 'UTC' as instant,
        rpad(regexp_extract(ts, '[.]([0-9]+)', 1), 9, '0') as fraction
    from line where tenant = $tenant and surface = $surface)
select arrival, instant::date as day, epoch_us(instant) as microsecond, fraction,
    user, session, request, item, rank,
    strftime(instant, '%Y-%m-%dT%H:%M:%S') || rtrim('.' || fraction, '.0') || 'Z' as text
from timed where instant::date between $first::date and $last::date
"""

# Entries of a list per row: what ranks them, and how many are kept.
TOP = """
select row, item, count from (
    select *, row_number() over (partition by row order by count desc, item) as place from counted)
where place <= {limit} order by row, place
"""

QUERIES = {
    "popularity": f"""
select item, count(*) as count from event group by item
order by count desc, item limit {POPULARITY_LENGTH}
""",
    "cooc": f"""
with shown as (select distinct session, item from event),
counted as (
    select a.item as row, b.item as item, count(*) as count
    from shown a join shown b on a.session = b.session and a.item <> b.item group by all)
{TOP.format(limit=NEIGHBOR_COUNT)}
""",
    "implicit": f"""
with counted as (
    select user as row, item, count(*) as count from event where user is not null group by all)
{TOP.format(limit=ITEMS_PER_USER)}
""",
    "session_seq": f"""
with numbered as (
    select user as row, item,
        row_number() over (partition by user order by microsecond, fraction, arrival) as number
    from event where user is not null),
counted as (
    select row, item, count(*) as count from numbered where number > 1 group by all
    union all -- a user with a single event has an empty row
    select row, null, null from numbered group by row having count(*) = 1)
{TOP.format(limit=ITEMS_PER_USER)}
""",
}

# The rows of a partition in its order: by user, without one by session; then by time; then as
# they came.
PARTITION = """
select text, user, session, request, item, rank from event where day = $day::date
order by user nulls first, case when user is null then session end,
    microsecond, fraction, arrival
"""


class ToolFailed(Exception):
    """A command of ours did not end well."""


@dataclass(frozen=True)
class Question:
    """What is compared: events, and which of them."""

    input: Path
    tenant: str
    surface: str
    start: str
    end: str

    @property
    def scope(self) -> list[str]:
        """The question as flags of recsys-pipelines."""
        return [
            "--tenant",
            self.tenant,
            "--surface",
            self.surface,
            "--start",
            self.start,
            "--end",
            self.end,
        ]


class Ours:
    """What recsys-pipelines makes of the events, in a folder of its own."""

    def __init__(self, binaries: Path, folder: Path, question: Question) -> None:
        """Takes the folder of the programs, and an empty one for what they write."""
        self._binaries = binaries
        self._folder = folder
        self._question = question

    def build(self) -> None:
        """Ingests the events and computes all kinds."""
        out = ["--out-dir", str(self._folder)]
        self._run(
            "recsys-pipelines", "ingest", str(self._question.input), *self._question.scope, *out
        )
        self._run("recsys-pipelines", "compute", *KINDS, *self._question.scope, *out)

    def artifact(self, kind: str) -> Iterator[Row]:
        """The entries of an artifact, each with the key of its row if the kind has rows."""
        key = self._question
        files = list(
            self._folder.glob(
                f"artifacts/{key.tenant}/{key.surface}/_/{kind}/{key.start}_{key.end}/*.rsart"
            )
        )
        if len(files) != 1:
            raise ToolFailed(f"{kind}: {len(files)} staged artifacts instead of one")
        exported = self._folder / f"{kind}.json"
        arguments = ["--file", str(files[0]), "--format", "json-v1", "--output", str(exported)]
        self._run("recsys-pipelines", "export", *arguments)
        with exported.open(encoding="utf-8", newline="\n") as lines:
            yield from entries(kind, lines)

    def days(self) -> list[str]:
        """The days that have a partition, ascending."""
        return sorted(path.stem for path in self._partitions.glob("*.rspart"))

    def partition(self, day: str) -> list[Row]:
        """The events of a day in the order of the partition."""
        text = self._run("recsys-dump", "rows", str(self._partitions / f"{day}.rspart"))
        names = ["ts", "user_id", "session_id", "request_id", "item_id", "rank"]
        # Not splitlines(): ids may hold what Python takes for the end of a line.
        rows = (json.loads(line) for line in text.split("\n") if line)
        return [tuple(row.get(name) for name in names) for row in rows]

    @property
    def _partitions(self) -> Path:
        key = self._question
        return self._folder / "canonical" / key.tenant / key.surface / "exposures"

    def _run(self, program: str, *arguments: str) -> str:
        command = [str(self._binaries / program), *arguments]
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if result.returncode != 0:
            raise ToolFailed(f"{' '.join(command)}\nexit code {result.returncode}\n{result.stderr}")
        return result.stdout


class Theirs:
    """What DuckDB makes of the events."""

    def __init__(self, question: Question, folder: Path) -> None:
        """Reads the events into a database in the folder."""
        self._connection = duckdb.connect(str(folder / "events.duckdb"))
        # Beyond this it goes to files beside the database.
        self._connection.execute("set memory_limit = '1GB'")
        self._connection.execute("set timezone = 'UTC'")
        # Lines are numbered as they stand in the file by one thread only.
        self._connection.execute("set threads = 1")
        self._connection.execute(
            READ,
            {
                "input": str(question.input),
                "white": WHITE_SPACE,
                "tenant": question.tenant,
                "surface": question.surface,
                "first": question.start,
                "last": question.end,
            },
        )
        self._connection.execute("reset threads")

    def artifact(self, kind: str) -> Iterator[Row]:
        """The entries of an artifact, each with the key of its row if the kind has rows."""
        result = self._connection.execute(QUERIES[kind])
        while rows := result.fetchmany(FETCHED_ROWS):
            yield from rows

    def days(self) -> list[str]:
        """The days that have events, ascending."""
        rows = self._connection.execute(
            "select distinct day::varchar from event order by 1"
        ).fetchall()
        return [day for (day,) in rows]

    def partition(self, day: str) -> list[Row]:
        """The events of a day in the order of a partition."""
        return self._connection.execute(PARTITION, {"day": day}).fetchall()


def document_rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of an indented JSON v1 document, one at a time: four spaces stand before each."""
    row: list[str] = []
    for line in lines:
        if line == "    {\n":
            row = []
        row.append(line)
        if line in ("    }\n", "    },\n"):
            yield json.loads("".join(row).rstrip(",\n"))


def entries(kind: str, lines: Iterable[str]) -> Iterator[Row]:
    """The entries of a JSON v1 document in order; a row without any shows as a single empty one."""
    key, value = ("item_id", "count") if kind == "cooc" else ("user_id", "score")
    for row in document_rows(lines):
        if kind == "popularity":
            yield (row["item_id"], row["count"])
            continue
        if not row["items"]:
            yield (row[key], None, None)
        yield from ((row[key], item["item_id"], item[value]) for item in row["items"])


def report(name: str, ours: Iterable[Row], theirs: Iterable[Row]) -> bool:
    """Compares rows as they come and prints how that went; true if all is equal."""
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
    print("\n".join([f"{name}: {verdict}", *lines]), flush=True)
    return not lines


def compare_partitions(ours: Ours, theirs: Theirs) -> bool:
    """Compares all partitions, one at a time, and prints a line for all of them that are equal."""
    days = theirs.days()
    if ours.days() != days:
        return report(
            "days with a partition", [(day,) for day in ours.days()], [(day,) for day in days]
        )
    row_count = 0
    for day in days:
        rows = theirs.partition(day)
        if (dumped := ours.partition(day)) != rows:
            return report(f"partition {day}", dumped, rows)
        row_count += len(rows)
    print(f"partitions: {row_count} rows equal, {len(days)} days", flush=True)
    return True


def compare(binaries: Path, question: Question) -> bool:
    """Makes all comparisons; true if all is equal."""
    with tempfile.TemporaryDirectory(prefix="recsys-differential-") as folder:
        ours = Ours(binaries, Path(folder), question)
        ours.build()
        theirs = Theirs(question, Path(folder))
        results = [compare_partitions(ours, theirs)]
        results += [report(kind, ours.artifact(kind), theirs.artifact(kind)) for kind in KINDS]
    return all(results)


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Compare recsys-pipelines with DuckDB on the same events.",
        epilog="Exit code: 0 equal, 1 different, 2 something could not be run.",
    )
    parser.add_argument(
        "--binary",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="the folder of recsys-pipelines and recsys-dump",
    )
    parser.add_argument(
        "--input", type=Path, required=True, help="a JSON Lines file of valid events"
    )
    parser.add_argument("--tenant", required=True)
    parser.add_argument("--surface", required=True)
    parser.add_argument("--start", required=True, metavar="DAY", help="first day, YYYY-MM-DD")
    parser.add_argument("--end", required=True, metavar="DAY", help="last day, inclusive")
    return parser.parse_args()


def main() -> int:
    """Runs the test and returns its exit code."""
    arguments = parse_arguments()
    question = Question(
        arguments.input, arguments.tenant, arguments.surface, arguments.start, arguments.end
    )
    try:
        return 0 if compare(arguments.binary, question) else 1
    except (ToolFailed, OSError, duckdb.Error) as error:
        print(f"differential.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
