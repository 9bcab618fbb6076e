#!/usr/bin/env python3
"""One phase of the comparison in Polars, in a process of its own; `compare.py` starts it.

Prints a JSON object: seconds that the import took, and seconds of the query to the written result.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

STARTED = time.perf_counter()
os.environ["POLARS_MAX_THREADS"] = sys.argv[2]

import polars as pl  # noqa: E402  The import is part of what is measured.

IMPORTED = time.perf_counter()

SCHEMA = {
    "v": pl.Int32,
    "ts": pl.String,
    "tenant": pl.String,
    "surface": pl.String,
    "user_id": pl.String,
    "session_id": pl.String,
    "request_id": pl.String,
    "item_id": pl.String,
    "rank": pl.Int32,
}


def ingest(source: str, store: Path) -> None:
    """JSON Lines to one Parquet file a day."""
    frame = pl.read_ndjson(source, schema=SCHEMA)
    frame = frame.with_columns(pl.col("ts").str.to_datetime(time_zone="UTC"))
    frame = frame.with_columns(day=pl.col("ts").dt.date().cast(pl.String))
    for (day,), rows in frame.partition_by("day", as_dict=True, maintain_order=True).items():
        folder = store / f"day={day}"
        folder.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(folder / "0.parquet", compression="zstd")


def events(task: dict[str, str]) -> pl.LazyFrame:
    """The events of the window."""
    frame = pl.scan_parquet(f"{task['store']}/**/*.parquet", hive_partitioning=True)
    return frame.filter(
        pl.col("tenant") == task["tenant"],
        pl.col("surface") == task["surface"],
        pl.col("day").cast(pl.String).is_between(pl.lit(task["start"]), pl.lit(task["end"])),
    )


def with_user(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The events that have a user."""
    return frame.filter(pl.col("user_id").is_not_null() & (pl.col("user_id") != ""))


def best(counted: pl.LazyFrame, key: str, member: str, limit: int) -> pl.LazyFrame:
    """Of every key the members with the highest counts, equal ones by id."""
    ordered = counted.sort([key, "n", member], descending=[False, True, False])
    return ordered.group_by(key, maintain_order=True).head(limit)


def popularity(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Exposures per item."""
    counted = frame.group_by("item_id").len("n")
    return counted.sort(["n", "item_id"], descending=[True, False]).head(1000)


def cooc(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Items that share sessions."""
    shown = frame.select("session_id", "item_id").unique()
    pairs = shown.join(shown, on="session_id", suffix="_j")
    pairs = pairs.filter(pl.col("item_id") != pl.col("item_id_j"))
    return best(pairs.group_by("item_id", "item_id_j").len("n"), "item_id", "item_id_j", 50)


def implicit(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Exposures per user and item."""
    counted = with_user(frame).group_by("user_id", "item_id").len("n")
    return best(counted, "user_id", "item_id", 500)


def session_seq(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Next items per user; equal times are told apart by ids, which is enough to time it."""
    ordered = with_user(frame).sort(["user_id", "ts", "session_id", "rank", "item_id"])
    ordered = ordered.with_columns(before=pl.col("user_id").shift(1))
    following = ordered.filter(pl.col("before") == pl.col("user_id"))
    return best(following.group_by("user_id", "item_id").len("n"), "user_id", "item_id", 500)


KINDS: dict[str, Callable[[pl.LazyFrame], pl.LazyFrame]] = {
    "popularity": popularity,
    "cooc": cooc,
    "implicit": implicit,
    "session_seq": session_seq,
}


def run(task: dict[str, str]) -> None:
    """Ingests, or computes one kind and writes it as Parquet."""
    phase = task["phase"]
    if phase == "ingest":
        ingest(task["input"], Path(task["store"]))
        return
    target = Path(task["results"]) / f"{phase}.parquet"
    KINDS[phase](events(task)).collect().write_parquet(target, compression="zstd")


def main() -> None:
    """Does the task that the first argument describes as JSON."""
    run(json.loads(sys.argv[1]))
    times = {"import": IMPORTED - STARTED, "query": time.perf_counter() - IMPORTED}
    print(json.dumps({"version": pl.__version__, **times}))


if __name__ == "__main__":
    main()
