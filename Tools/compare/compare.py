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
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

KINDS = ["popularity", "cooc", "implicit", "session_seq"]
PHASES = ["ingest", *KINDS]
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Job:
    """What everybody has to do."""

    input: Path
    tenant: str
    surface: str
    start: str
    end: str
    threads: int


@dataclass(frozen=True)
class Measurement:
    """What a process took."""

    process_seconds: float
    """From its start to its end."""
    query_seconds: float
    """Without the start of an interpreter and the import of libraries."""
    peak_bytes: int
    """The most memory that it had resident."""


class System(ABC):
    """One of the systems that are compared, with a folder of its own."""

    name: str
    version = ""

    def __init__(self, job: Job, folder: Path) -> None:
        """Takes the job, and a folder that need not exist."""
        self.job = job
        self._folder = folder
        self._run_count = 0
        self.store = folder / "store"

    def measure(self, phase: str) -> Measurement:
        """Runs a phase, whose result nobody has made before."""
        # Always new folders: after many files were removed, file systems are slow for a while.
        self._run_count += 1
        if phase == "ingest":
            self.store = self._folder / f"store-{self._run_count}"
        self.results.mkdir(parents=True)
        return self.run(phase)

    @property
    def results(self) -> Path:
        """Where the run writes what it computes."""
        return self._folder / f"results-{self._run_count}"

    @abstractmethod
    def run(self, phase: str) -> Measurement:
        """Runs a phase as a process."""

    @abstractmethod
    def stored_bytes(self) -> int:
        """The size of the columnar files."""


class Ours(System):
    """recsys-pipelines."""

    name = "recsys-pipelines"

    def __init__(self, job: Job, folder: Path, binaries: Path) -> None:
        """Takes the folder of the program."""
        super().__init__(job, folder)
        self._program = binaries / "recsys-pipelines"

    def run(self, phase: str) -> Measurement:
        """Runs a phase as a process."""
        job = self.job
        command = ["ingest", str(job.input)] if phase == "ingest" else ["compute", phase]
        scope = ["--tenant", job.tenant, "--surface", job.surface]
        window = ["--start", job.start, "--end", job.end]
        options = ["--out-dir", str(self.store), "--threads", str(job.threads), "--quiet"]
        settings = {"RECSYS_ARTIFACTS_DIR": str(self.results)}
        seconds, peak_bytes, _ = run_process(
            [self._program, *command, *scope, *window, *options], settings
        )
        return Measurement(seconds, seconds, peak_bytes)

    def stored_bytes(self) -> int:
        """The size of all partitions."""
        return size_of(self.store / "canonical", "*.rspart")


class Peer(System):
    """A Python library, whose part of the job is a script beside this one."""

    def __init__(self, job: Job, folder: Path, name: str, script: str) -> None:
        """Takes the name for people and the name of the script."""
        super().__init__(job, folder)
        self.name = name
        self._script = Path(__file__).with_name(script)

    def run(self, phase: str) -> Measurement:
        """Runs a phase as a process."""
        task = {
            "phase": phase,
            "input": str(self.job.input),
            "store": str(self.store),
            "results": str(self.results),
            "tenant": self.job.tenant,
            "surface": self.job.surface,
            "start": self.job.start,
            "end": self.job.end,
        }
        threads = str(self.job.threads)
        seconds, peak_bytes, output = run_process(
            [sys.executable, self._script, json.dumps(task), threads]
        )
        answer = json.loads(output)
        self.version = answer["version"]
        return Measurement(seconds, answer["query"], peak_bytes)

    def stored_bytes(self) -> int:
        """The size of all Parquet files."""
        return size_of(self.store, "*.parquet")


def run_process(
    command: list[str | Path], settings: dict[str, str] | None = None
) -> tuple[float, int, str]:
    """Runs a process, with some environment variables.

    Returns its wall time in seconds, its peak memory in bytes, and what it printed.
    """
    environment = {**os.environ, **(settings or {})}
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stdin=subprocess.DEVNULL, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"compare.py: exit code {process.returncode} of {command}")
        output.seek(0)
        # Linux counts in kibibytes, macOS in bytes.
        unit = 1 if platform.system() == "Darwin" else 1024
        return seconds, usage.ru_maxrss * unit, output.read().decode()


def size_of(folder: Path, pattern: str) -> int:
    """The size of all files below a folder that match the pattern."""
    return sum(path.stat().st_size for path in folder.rglob(pattern))


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
        folder = Path(name)
        ours = Ours(job, folder / "ours", arguments.binary)
        peers: list[System] = [Peer(job, folder / "duckdb", "DuckDB", "duckdb_peer.py")]
        if arguments.polars:
            peers.append(Peer(job, folder / "polars", "Polars", "polars_peer.py"))
        read_through(job.input)
        systems = [ours, *peers]
        phases = [phase for phase in PHASES if phase in arguments.phases]
        results = {phase: measure_phase(phase, systems, arguments.runs) for phase in phases}
        tables = [["", *table(peer, ours, results)] for peer in peers]
        return "\n".join(sum(tables, introduction(job, arguments.runs, peers)))


def read_through(path: Path) -> None:
    """Reads a file, so that nobody is the first to wait for the disk."""
    with open(path, "rb") as file:
        while file.read(1 << 20):
            pass


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
    print(compare(job, arguments))


if __name__ == "__main__":
    main()
