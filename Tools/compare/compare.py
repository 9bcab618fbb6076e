#!/usr/bin/env python3
r"""The comparison benchmark: recsys-pipelines against DuckDB, and Polars if asked, on the same job.

    compare.py --binary FOLDER --input EVENTS.jsonl \
        --tenant T --surface S --start DAY --end DAY [--phases PHASE ...] [--runs N] [--polars]

The job: JSON Lines to columnar files, then popularity, cooc, implicit and session_seq over the
window. Every phase is a process of its own, and the systems take turns. Prints Markdown. All files
go to a temporary folder, which is removed.

Of a peer two times are shown: its process from start to end, and the query alone, without the start
of Python and the import of the library. Ratios compare our whole process with the peer's query,
which favours the peer.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from processes import LimitExceededError, ProcessFailedError
from systems import PHASES, Job, Measurement, Ours, System, duckdb_peer, polars_peer, read_through

MEGABYTE = 1_000_000


def median(measurements: list[Measurement]) -> Measurement:
    """The median of each figure by itself."""
    return Measurement(
        statistics.median(each.process_seconds for each in measurements),
        statistics.median(each.query_seconds for each in measurements),
        int(statistics.median(each.peak_bytes for each in measurements)),
    )


def measure_phase(phase: str, systems: list[System], run_count: int) -> dict[str, Measurement]:
    """The medians of a phase by system. The systems take turns, so that a slow minute hits all."""
    measurements: dict[str, list[Measurement]] = {system.name: [] for system in systems}
    for _ in range(run_count):
        for system in systems:
            measurements[system.name].append(system.measure(phase))
    return {name: median(several) for name, several in measurements.items()}


def table(peer: System, ours: System, results: dict[str, dict[str, Measurement]]) -> list[str]:
    """The comparison with one peer as Markdown."""
    lines = [
        f"| phase | ours | {peer.name}, query | {peer.name}, process | times as fast "
        f"| ours, peak | {peer.name}, peak | of its memory |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for phase, by_system in results.items():
        our, their = by_system[ours.name], by_system[peer.name]
        speed = their.query_seconds / our.process_seconds
        share = our.peak_bytes / their.peak_bytes
        lines.append(
            f"| {phase} | {our.process_seconds:.3f} s | {their.query_seconds:.3f} s "
            f"| {their.process_seconds:.3f} s | {speed:.1f} | {megabytes(our.peak_bytes)} "
            f"| {megabytes(their.peak_bytes)} | {share:.2f} |"
        )
    our_bytes, their_bytes = ours.stored_bytes(), peer.stored_bytes()
    lines += [
        "",
        f"On disk: {megabytes(our_bytes)} of partitions, {megabytes(their_bytes)} of zstd Parquet "
        f"by {peer.name}: {our_bytes / their_bytes:.2f} of its size.",
    ]
    return lines


def megabytes(byte_count: int) -> str:
    """A size for people."""
    return f"{byte_count / MEGABYTE:.1f} MB"


def introduction(job: Job, run_count: int, peers: list[System]) -> list[str]:
    """What was measured, as Markdown."""
    versions = ", ".join(f"{peer.name} {peer.version}" for peer in peers)
    return [
        f"{job.input.name}, {megabytes(job.input.stat().st_size)}, {job.start} to {job.end}. "
        f"{versions}; {job.threads} threads each. Medians of {run_count} runs, taking turns.",
        "",
        "Ratios set our whole process against the peer's query alone, without the start of Python "
        "and its imports.",
    ]


def compare(job: Job, arguments: argparse.Namespace) -> str:
    """Measures everything; the report as Markdown."""
    with tempfile.TemporaryDirectory(prefix="recsys-compare-", dir=arguments.scratch) as name:
        folder = Path(name).resolve()
        ours = Ours(job, folder / "ours", arguments.binary)
        peers: list[System] = [duckdb_peer(job, folder)]
        if arguments.polars:
            peers.append(polars_peer(job, folder))
        read_through(job.input)
        systems = [ours, *peers]
        phases = [phase for phase in PHASES if phase in arguments.phases]
        results = {phase: measure_phase(phase, systems, arguments.runs) for phase in phases}
        tables = [["", *table(peer, ours, results)] for peer in peers]
        return "\n".join(sum(tables, introduction(job, arguments.runs, peers)))


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Compare recsys-pipelines with DuckDB on the same job. Prints Markdown.",
        epilog="Peak memory is what the system says of a process; it is never below this script's.",
    )
    parser.add_argument(
        "--binary", type=Path, required=True, metavar="FOLDER", help="the folder of the program"
    )
    parser.add_argument("--input", type=Path, required=True, help="a JSON Lines file of events")
    parser.add_argument("--tenant", required=True)
    parser.add_argument("--surface", required=True)
    parser.add_argument("--start", required=True, metavar="DAY", help="first day, YYYY-MM-DD")
    parser.add_argument("--end", required=True, metavar="DAY", help="last day, inclusive")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="5 by default")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="2 by default")
    parser.add_argument(
        "--phases",
        nargs="+",
        choices=PHASES,
        default=PHASES,
        metavar="PHASE",
        help="all by default; ingest makes what the others read",
    )
    parser.add_argument("--polars", action="store_true", help="compare with Polars, too")
    parser.add_argument("--scratch", type=Path, metavar="FOLDER", help="where temporary files go")
    return parser.parse_args()


def main() -> None:
    """Runs the benchmark."""
    arguments = parse_arguments()
    job = Job(
        arguments.input.resolve(),
        arguments.tenant,
        arguments.surface,
        arguments.start,
        arguments.end,
        arguments.threads,
    )
    try:
        print(compare(job, arguments))
    except (ProcessFailedError, LimitExceededError) as error:
        sys.exit(f"compare.py: {error}")


if __name__ == "__main__":
    main()
