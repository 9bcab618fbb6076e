#!/usr/bin/env python3
"""One phase of the comparison in DuckDB, in a process of its own; `compare.py` starts it.

Prints a JSON object: seconds that the import took, and seconds of the query from connecting to the
written result.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

STARTED = time.perf_counter()

import duckdb  # noqa: E402  The import is part of what is measured.

IMPORTED = time.perf_counter()

COLUMNS = (
    "{v: 'INTEGER', ts: 'TIMESTAMPTZ', tenant: 'VARCHAR', surface: 'VARCHAR', "
    "user_id: 'VARCHAR', session_id: 'VARCHAR', request_id: 'VARCHAR', item_id: 'VARCHAR', "
    "rank: 'INTEGER'}"
)

INGEST = """
copy (
    select *, strftime(ts, '%Y-%m-%d') as day
    from read_json('{input}', format = 'newline_delimited', columns = {columns}))
to '{store}' (format parquet, compression zstd, partition_by (tenant, surface, day))
"""

# What is to be counted, from a table `event` of the window.
POPULARITY = """
select item_id, count(*) as n from event group by item_id order by n desc, item_id limit 1000
"""

COOC = """
with shown as (select distinct session_id, item_id from event),
counted as (
    select a.item_id as k, b.item_id as i, count(*) as n
    from shown a join shown b on a.session_id = b.session_id and a.item_id <> b.item_id
    group by all),
ranked as (select *, row_number() over (partition by k order by n desc, i) as r from counted)
select k, i, n from ranked where r <= 50 order by k, r
"""

IMPLICIT = """
with counted as (
    select user_id as k, item_id as i, count(*) as n
    from event where user_id <> '' group by all),
ranked as (select *, row_number() over (partition by k order by n desc, i) as r from counted)
select k, i, n from ranked where r <= 500 order by k, r
"""

# Equal times are told apart by ids: enough to time it, though not the exact definition.
SESSION_SEQ = """
with numbered as (
    select user_id as k, item_id as i, row_number() over (
        partition by user_id order by ts, session_id, rank, item_id) as p
    from event where user_id <> ''),
counted as (select k, i, count(*) as n from numbered where p > 1 group by all),
ranked as (select *, row_number() over (partition by k order by n desc, i) as r from counted)
select k, i, n from ranked where r <= 500 order by k, r
"""

QUERIES = {
    "popularity": POPULARITY,
    "cooc": COOC,
    "implicit": IMPLICIT,
    "session_seq": SESSION_SEQ,
}


def connect(threads: int) -> duckdb.DuckDBPyConnection:
    """A database in memory, set up for speed."""
    connection = duckdb.connect()
    connection.execute(f"set timezone = 'UTC'; set threads = {threads}")
    connection.execute("set preserve_insertion_order = false")
    return connection


def quoted(text: str) -> str:
    """The text as it stands between the quotes of an SQL string."""
    return text.replace("'", "''")


def run(task: dict[str, str], threads: int) -> None:
    """Ingests, or computes one kind and writes it as Parquet."""
    connection = connect(threads)
    values = {name: quoted(text) for name, text in task.items()}
    if task["phase"] == "ingest":
        connection.execute(INGEST.format(columns=COLUMNS, **values))
        return
    connection.execute(
        """create view event as select * from
        read_parquet('{store}/**/*.parquet', hive_partitioning = true)
        where tenant = '{tenant}' and surface = '{surface}'
        and day between '{start}' and '{end}'""".format(**values)
    )
    # What does not fit in memory goes beside the results, which go with them.
    connection.execute(f"set temp_directory = '{values['results']}/spilled'")
    target = quoted(str(Path(task["results"]) / f"{task['phase']}.parquet"))
    query = QUERIES[task["phase"]]
    connection.execute(f"copy ({query}) to '{target}' (format parquet, compression zstd)")


def main() -> None:
    """Does the task of the first argument, JSON, with as many threads as the second says."""
    run(json.loads(sys.argv[1]), int(sys.argv[2]))
    times = {"import": IMPORTED - STARTED, "query": time.perf_counter() - IMPORTED}
    print(json.dumps({"version": duckdb.__version__, **times}))


if __name__ == "__main__":
    main()
