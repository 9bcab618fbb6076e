"""The events of a question in a DuckDB database, read by the contract of an event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from question import Question

Row = tuple[Any, ...]

# Beyond this DuckDB goes to files beside the database.
MEMORY_LIMIT = "1GB"

# Rows that are taken from DuckDB at a time.
FETCHED_ROWS = 10_000

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
select arrival, instant::date as day, epoch_us(instant) * 1000 + fraction::bigint as nanosecond,
    user, session, request, item, rank,
    strftime(instant, '%Y-%m-%dT%H:%M:%S') || rtrim('.' || fraction, '.0') || 'Z' as text
from timed where instant::date between $first::date and $last::date
"""

# The rows of a partition in its order: by user, without one by session; then by time; then as
# they came.
PARTITION = """
select text, user, session, request, item, rank from event where day = $day::date
order by user nulls first, case when user is null then session end, nanosecond, arrival
"""

# The ids of a column, numbered from 0 in the order of their bytes.
IDENTIFIERS = """
create table {column}_id as
select {column} as id, row_number() over (order by {column}) - 1 as code
from (select distinct {column} from event where {column} is not null)
"""

# The events with numbers for ids. Numbers compare as the ids do, and take less memory.
CODED = """
create table coded as
select arrival, day, nanosecond, u.code as user, s.code as session, i.code as item
from event e left join user_id u on e.user = u.id join session_id s on e.session = s.id
join item_id i on e.item = i.id
"""


class Events:
    """The tables `event`, as the lines say; `user_id`, `session_id`, `item_id`; and `coded`."""

    def __init__(self, question: Question, folder: Path) -> None:
        """Reads the events into a database in the folder, in bounded memory."""
        self.connection = duckdb.connect(str(folder / "events.duckdb"))
        self.connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        self.connection.execute("set timezone = 'UTC'")
        # Lines are numbered as they stand in the file by one thread only.
        self.connection.execute("set threads = 1")
        self.connection.execute(
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
        self.connection.execute("reset threads")
        for column in ("user", "session", "item"):
            self.connection.execute(IDENTIFIERS.format(column=column))
        self.connection.execute(CODED)

    def days(self) -> list[str]:
        """The days that have events, ascending."""
        rows = self.connection.execute(
            "select distinct day::varchar from event order by 1"
        ).fetchall()
        return [day for (day,) in rows]

    def count(self) -> int:
        """The number of events."""
        return scalar(self.connection, "select count(*) from event")

    def partition(self, day: str) -> Iterator[Row]:
        """The events of a day in the order of a partition."""
        result = self.connection.execute(PARTITION, {"day": day})
        while rows := result.fetchmany(FETCHED_ROWS):
            yield from rows


def scalar(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The one number that a query gives."""
    row = connection.execute(query).fetchone()
    if row is None:
        raise duckdb.Error(f"no row: {query}")
    return int(row[0])
