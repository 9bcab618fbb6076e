"""The artifacts that count, made in SQL of our own from the definitions, as TSV."""

from __future__ import annotations

from pathlib import Path

import duckdb

from events import scalar
from tsv import escaped_in_sql

# The defaults of recsys-pipelines.
POPULARITY_LENGTH = 1000
NEIGHBOR_COUNT = 50
ITEMS_PER_USER = 500

# Pairs of items in sessions that are counted at a time: their table has to fit in memory.
PAIRS_PER_SLICE = 20_000_000

# Entries of a list per row: what ranks them, and how many are kept.
TOP = """
select row, item, count, place from (
    select *, row_number() over (partition by row order by count desc, item) as place from counted)
where place <= {limit}
"""

POPULARITY = f"""
select item, count(*) as count, row_number() over (order by count(*) desc, item) as place
from coded group by item order by place limit {POPULARITY_LENGTH}
"""

IMPLICIT = f"""
with counted as (
    select user as row, item, count(*) as count from coded where user is not null group by all)
{TOP.format(limit=ITEMS_PER_USER)}
"""

SESSION_SEQ = f"""
with numbered as (
    select user as row, item,
        row_number() over (partition by user order by nanosecond, arrival) as number
    from coded where user is not null),
counted as (select row, item, count(*) as count from numbered where number > 1 group by all)
{TOP.format(limit=ITEMS_PER_USER)}
"""

SHOWN = "create table shown as select distinct session, item from coded"

PAIR_COUNT = """
select coalesce(sum(n * (n - 1)), 0)::bigint
from (select count(*) as n from shown group by session)
"""

# The rows of the items of a slice. Every pair counts in the slices of both its items, as the one
# whose row it stands in.
COOC_SLICE = f"""
with counted as (
    select a.item as row, b.item as item, count(*) as count
    from shown a join shown b on a.session = b.session and a.item <> b.item
    where hash(a.item) % {{slices}} = {{slice}} group by all)
{TOP.format(limit=NEIGHBOR_COUNT)}
"""

QUERIES = {"popularity": POPULARITY, "implicit": IMPLICIT, "session_seq": SESSION_SEQ}

COPY = """
copy ({0}) to '{1}' (format csv, delimiter '\t', header, quote '', escape '')
"""


def write_artifact(connection: duckdb.DuckDBPyConnection, kind: str, path: Path) -> None:
    """Writes an artifact of the events in a database as `export --format tsv` does.

    The header names the columns; the lines have a row's key, if the kind has rows, an item, and the
    count. A row without entries has no line.
    """
    item = escaped_in_sql("i.id")
    if kind == "popularity":
        columns, joins, order = f"{item} as item, count as score", "", "place"
    else:
        key, keys = ("item", "item_id") if kind == "cooc" else ("user", "user_id")
        member = "neighbour" if kind == "cooc" else "item"
        row = escaped_in_sql("k.id")
        columns = f"{row} as {key}, {item} as {member}, count as score"
        joins, order = f"join {keys} k on k.code = row", "row, place"
    if kind == "cooc":
        count_pairs(connection)
    source = "neighbor" if kind == "cooc" else f"({QUERIES[kind]})"
    query = f"select {columns} from {source} e join item_id i on i.code = e.item {joins}"
    target = str(path).replace("'", "''")
    connection.execute(COPY.format(f"{query} order by {order}", target))


def count_pairs(
    connection: duckdb.DuckDBPyConnection, pairs_per_slice: int = PAIRS_PER_SLICE
) -> None:
    """Makes the table `neighbor`, item by item in slices, for all pairs at once do not fit."""
    connection.execute(SHOWN)
    slices = -(-scalar(connection, PAIR_COUNT) // pairs_per_slice) or 1
    connection.execute(
        "create table neighbor (row bigint, item bigint, count bigint, place bigint)"
    )
    for each in range(slices):
        query = COOC_SLICE.format(slices=slices, slice=each)
        connection.execute(f"insert into neighbor {query}")
